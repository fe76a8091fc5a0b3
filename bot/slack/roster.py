"""What Slack says of people and places: names, channels, members."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from bot.slack.messenger import Messenger

KEEP_NAMES = 600.0
MOST_NAMES = 2_000
MOST_PAGES = 10
PAGE = 500  # members or people at a time; Slack gives at most 999


class Roster:
    """Reads with the bot's token. Every method raises SlackDeliveryError."""

    def __init__(self, messenger: Messenger, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._messenger = messenger
        self._clock = clock
        self._names: OrderedDict[str, tuple[float, str]] = OrderedDict()

    async def name_of(self, user_id: str) -> str:
        """What that person is called in Slack, kept for ten minutes; "" where Slack does not say."""
        kept = self._names.get(user_id)
        if kept is not None and self._clock() - kept[0] < KEEP_NAMES:
            return kept[1]
        name = called(await self._messenger.user(user_id))
        self._names[user_id] = (self._clock(), name)
        while len(self._names) > MOST_NAMES:
            self._names.popitem(last=False)
        return name

    async def conversation(self, channel: str) -> dict[str, Any]:
        """conversations.info of a channel, or of a direct message with the bot."""
        web = self._messenger.web
        found = (await self._messenger.read(lambda: web.conversations_info(channel=channel))).get("channel")
        return found if isinstance(found, dict) else {}

    async def channel_named(self, name: str) -> str:
        """The id of the channel of that name, "" where the bot sees none."""
        web, cursor = self._messenger.web, ""
        wanted = name.casefold()
        for _ in range(MOST_PAGES):
            page = await self._messenger.read(
                lambda after=cursor: web.conversations_list(  # type: ignore[misc]
                    limit=PAGE, cursor=after or None, types="public_channel,private_channel", exclude_archived=True
                )
            )
            listed = page.get("channels")
            for channel in listed if isinstance(listed, list) else []:
                if str(channel.get("name", "")).casefold() == wanted:
                    return str(channel.get("id", ""))
            cursor = _next_cursor(page)
            if not cursor:
                break
        return ""

    async def is_admin(self, user_id: str) -> bool:
        """Whether Slack calls them an admin or owner of the workspace."""
        user = await self._messenger.user(user_id)
        return bool(user.get("is_admin") or user.get("is_owner"))

    async def members(self, channel: str) -> AsyncIterator[list[str]]:
        """conversations.members, page by page: the ids of everybody in a channel, bots too."""
        cursor: str | None = None
        while cursor != "":
            page = await self._members_page(channel, cursor)
            listed = page.get("members")
            yield [str(user) for user in listed] if isinstance(listed, list) else []
            cursor = _next_cursor(page)

    async def all_members(self, channel: str) -> set[str]:
        """The ids of everybody in a channel at once."""
        return {user async for page in self.members(channel) for user in page}

    async def group(self, group: str) -> set[str]:
        """usergroups.users.list: the ids of the people in a user group."""
        web = self._messenger.web
        users = (await self._messenger.read(lambda: web.usergroups_users_list(usergroup=group))).get("users")
        return {str(user) for user in users} if isinstance(users, list) else set()

    async def everybody(self) -> AsyncIterator[list[dict[str, Any]]]:
        """users.list, page by page: everybody of the workspace as users.info shows them."""
        cursor: str | None = None
        while cursor != "":
            page = await self._people_page(cursor)
            listed = page.get("members")
            yield [user for user in listed if isinstance(user, dict)] if isinstance(listed, list) else []
            cursor = _next_cursor(page)

    async def _members_page(self, channel: str, cursor: str | None) -> dict[str, Any]:
        web = self._messenger.web
        return await self._messenger.read(lambda: web.conversations_members(channel=channel, limit=PAGE, cursor=cursor))

    async def _people_page(self, cursor: str | None) -> dict[str, Any]:
        web = self._messenger.web
        return await self._messenger.read(lambda: web.users_list(limit=PAGE, cursor=cursor))


def called(user: Mapping[str, Any]) -> str:
    """A person's name in what users.info says of them, as Slack shows it: the display name, else the real one."""
    profile = user.get("profile")
    names = profile if isinstance(profile, dict) else {}
    for name in (names.get("display_name"), names.get("real_name"), user.get("real_name"), user.get("name")):
        if isinstance(name, str) and name.strip():
            return name.strip()
    return ""


def _next_cursor(page: Mapping[str, Any]) -> str:
    metadata = page.get("response_metadata")
    cursor = metadata.get("next_cursor") if isinstance(metadata, dict) else None
    return cursor if isinstance(cursor, str) else ""

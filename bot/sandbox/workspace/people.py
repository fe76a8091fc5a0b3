"""`/workspace` as hands and eyes: what a person sees and does."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aiohttp import web

from bot.sandbox.slack import forms, interactions
from bot.sandbox.slack.errors import Refused
from bot.sandbox.slack.team import BOT_USER, TEAM_ID, Channel
from bot.sandbox.slack.world import World
from bot.sandbox.workspace.requests import answer, json_object, refusing

Deed = Callable[[World, dict[str, Any]], Awaitable[dict[str, Any]]]

DEEDS: dict[str, Deed] = {
    "/workspace/commands": interactions.command,
    "/workspace/actions": interactions.press,
    "/workspace/shortcuts": interactions.shortcut,
    "/workspace/home": interactions.open_home,
    "/workspace/views/submit": forms.submit,
    "/workspace/views/close": forms.close,
    "/workspace/options": forms.options,
}
_CHANNEL_FIELDS = frozenset({"archived", "members", "bot"})
_PERSON_FIELDS = frozenset({"locale", "tz"})
_LOCALE = re.compile(r"[a-z]{2,3}-[A-Z0-9]{2,4}")


class People:
    """The calls of one workspace."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        """Return the routes, with their full paths."""
        deeds = [web.post(path, refusing(self._doing(deed))) for path, deed in DEEDS.items()]
        return [
            *deeds,
            web.get("/workspace/state", refusing(self._state)),
            web.get("/workspace/views", refusing(self._views)),
            web.get("/workspace/channels/{id}/messages", refusing(self._messages)),
            web.patch("/workspace/channels/{id}", refusing(self._change_channel)),
            web.patch("/workspace/users/{id}", refusing(self._change_person)),
        ]

    def _doing(self, deed: Deed) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handler(request: web.Request) -> web.StreamResponse:
            return answer(await deed(self._world, await json_object(request)))

        return handler

    async def _state(self, _request: web.Request) -> web.Response:
        """Answer `{users, strangers, usergroups, channels, commands, shortcuts, app, last_event_id}`.

        `users` are the people of the workspace, `strangers` those of other organisations; the bot is in neither.
        """
        world = self._world
        people = [user for user in world.store.users.values() if not user.is_bot]
        channels = [self._seen(channel) for channel in world.store.channels.values()]
        commands = [
            {
                "command": c.command,
                "description": c.description,
                "usage_hint": c.usage_hint,
                "should_escape": c.should_escape,
            }
            for c in world.manifest.commands.values()
        ]
        shortcuts = [
            {"callback_id": s.callback_id, "name": s.name, "description": s.description, "type": s.kind}
            for s in world.manifest.shortcuts.values()
        ]
        app = {"name": world.manifest.app_name, "bot_user": BOT_USER, "home_tab": world.manifest.home_tab}
        return answer(
            {
                "users": [user.wire(email=True) for user in people if user.team_id == TEAM_ID],
                "strangers": [user.wire(email=True) for user in people if user.team_id != TEAM_ID],
                "usergroups": [group.wire(users=True) for group in world.store.groups.values()],
                "channels": channels,
                "commands": commands,
                "shortcuts": shortcuts,
                "app": app,
                "last_event_id": world.feed.last_id,
            },
        )

    def _seen(self, channel: Channel) -> dict[str, Any]:
        return {**channel.wire(), "members": list(channel.members), "bot": channel.has_bot}

    async def _messages(self, request: web.Request) -> web.Response:
        store = self._world.store
        person = store.person(request.query.get("user"))
        channel = store.channel_of(person.id, request.match_info["id"])
        messages = store.visible(channel.id, person.id, request.query.get("after", ""))
        return answer({"messages": [message.seen(person.id) for message in messages]})

    async def _views(self, request: web.Request) -> web.Response:
        """Answer `{stack, home}`: the open modals, root first, and the Home tab or null."""
        person = self._world.store.person(request.query.get("user"))
        stack = self._world.views.stacks.get(person.id) or []
        home = self._world.views.homes.get(person.id)
        return answer({"stack": [view.seen() for view in stack], "home": None if home is None else home.seen()})

    async def _change_channel(self, request: web.Request) -> web.Response:
        """Change `archived`, `members` (people) and `bot` (whether the bot is in); answer the channel."""
        world = self._world
        body = await json_object(request, _CHANNEL_FIELDS)
        channel = world.store.channels.get(request.match_info["id"])
        if channel is None or channel.im_user is not None:
            raise Refused(404, f"No channel has the id {request.match_info['id']!r}")
        for name in ("archived", "bot"):
            if name in body and not isinstance(body[name], bool):
                raise Refused(400, f"{name} must be true or false")
        had_bot = channel.has_bot
        if "members" in body:
            members = body["members"]
            if not isinstance(members, list):
                raise Refused(400, "members must be a list of user ids")
            people = [world.store.person(user).id for user in members if user != BOT_USER]
            had_bot = had_bot or BOT_USER in members
            channel.members = list(dict.fromkeys(people))
        else:
            channel.members = [user for user in channel.members if user != BOT_USER]
        if body.get("bot", had_bot):
            channel.members.append(BOT_USER)
        channel.archived = body.get("archived", channel.archived)
        world.store.announce_channel(channel)
        return answer({"channel": self._seen(channel)})

    async def _change_person(self, request: web.Request) -> web.Response:
        """Change a person's `locale` or `tz`, as they would in their preferences; answer the person."""
        store = self._world.store
        body = await json_object(request, _PERSON_FIELDS)
        person = store.person(request.match_info["id"])
        locale, zone = body.get("locale", person.locale), body.get("tz", person.tz)
        if not isinstance(locale, str) or not _LOCALE.fullmatch(locale):
            raise Refused(400, "locale must be a name such as fr-FR")
        try:
            ZoneInfo(zone)
        except (TypeError, ValueError, OSError, ZoneInfoNotFoundError):
            raise Refused(400, "tz must be the name of a time zone, such as Europe/Paris") from None
        store.users[person.id] = replace(person, locale=locale, tz=zone)
        return answer({"user": store.users[person.id].wire(email=True)})

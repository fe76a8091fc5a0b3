"""What one Web API method is: its code, its scopes, its tier, and what it is called with."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.slack.arguments import text_argument
from bot.sandbox.slack.errors import ApiError
from bot.sandbox.slack.team import Channel
from bot.sandbox.slack.world import World

Arguments = dict[str, Any]
PAGE = 1_000
READ_SCOPES = {"public_channel": "channels:read", "private_channel": "groups:read", "im": "im:read"}
HISTORY_SCOPES = {"public_channel": "channels:history", "private_channel": "groups:history", "im": "im:history"}


@dataclass(frozen=True, slots=True)
class Method:
    """One method; any one of `scopes` is enough, none are needed where it is empty.

    `tier` None is Slack's "special"; `limited` is off for methods with a pace of their own; `caller` says whose token
    it takes: that of the `bot`, that of the `app` (app-level), or of `anybody`, none included. One that must be
    `posted` refuses GET, and does not look for its token outside the header.
    """

    run: Callable[[World, Arguments], dict[str, Any]]
    scopes: tuple[str, ...] = ()
    tier: int | None = None
    limited: bool = True
    caller: str = "bot"
    posted: bool = False


def missing_scope(world: World, needed: str) -> ApiError:
    """Return the error that names the needed and the granted scopes."""
    return ApiError("missing_scope", needed=needed, provided=",".join(world.manifest.bot_scopes))


def need_scope(world: World, channel: Channel, scopes: dict[str, str]) -> None:
    """Check the scope for a kind of conversation. Raises ApiError `missing_scope`."""
    if scopes[channel.kind] not in world.manifest.bot_scopes:
        raise missing_scope(world, scopes[channel.kind])


def known_channel(world: World, arguments: Arguments) -> Channel:
    """Return the conversation in `channel` that the app can know of. Raises ApiError `channel_not_found`.

    Private ones without the bot are as unknown to it as ones that do not exist.
    """
    channel = world.store.channels.get(text_argument(arguments, "channel") or "")
    if channel is None or (channel.is_private and not channel.has_bot):
        raise ApiError("channel_not_found")
    return channel


def page(arguments: Arguments, items: list[Any], default: int = PAGE) -> tuple[list[Any], dict[str, Any]]:
    """Return one page of a list and its `response_metadata`.

    Raises ApiError `invalid_limit` (1 to 999 are allowed) or `invalid_cursor`.
    """
    raw_limit = str(arguments.get("limit") or default)
    limit = int(raw_limit) if raw_limit.isdecimal() else 0
    if raw_limit == "0":
        limit = default
    if not 1 <= limit <= PAGE:
        raise ApiError("invalid_limit")
    start = _offset(text_argument(arguments, "cursor"))
    following = start + limit
    cursor = base64.urlsafe_b64encode(f"next:{following}".encode()).decode() if following < len(items) else ""
    return items[start:following], {"next_cursor": cursor}


def _offset(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        word, _, number = base64.urlsafe_b64decode(cursor.encode()).decode().partition(":")
    except ValueError:
        raise ApiError("invalid_cursor") from None
    if word != "next" or not number.isdecimal():
        raise ApiError("invalid_cursor")
    return int(number)

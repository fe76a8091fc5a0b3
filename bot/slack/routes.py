"""Routes as data: every way in. A handler is `async def handler(call, services)`; `guard.py` wraps each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    import re
    from collections.abc import Awaitable, Callable

    from bot.slack.calls import Call

    Handler = Callable[[Call, Any], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command, its name with the slash."""

    kind: ClassVar[str] = "command"
    name: str
    handler: Handler


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be pressed or chosen, on a message, a modal or Home: an action id, or a pattern of them.

    `own_ack`: the handler acks, within three seconds, once what was pressed is sure to happen.
    """

    kind: ClassVar[str] = "action"
    id: str | re.Pattern[str]
    handler: Handler
    own_ack: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """The submission of a modal. The handler acks, within three seconds: with nothing (closes it), errors or a view."""

    kind: ClassVar[str] = "view"
    id: str | re.Pattern[str]
    handler: Handler


@dataclass(frozen=True, slots=True)
class Closed:
    """A modal with `notify_on_close` was closed."""

    kind: ClassVar[str] = "closed"
    id: str | re.Pattern[str]
    handler: Handler


@dataclass(frozen=True, slots=True)
class Options:
    """A type-ahead field asks for what `call.typed` may become; the handler acks with options, at most 100.

    Whoever may not see candidate data gets none, and so does everybody where the answer takes too long.
    """

    kind: ClassVar[str] = "options"
    id: str | re.Pattern[str]
    handler: Handler


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut of the manifest, by its callback id; `on` is what its `type` says: `global` or `message`."""

    kind: ClassVar[str] = "shortcut"
    id: str | re.Pattern[str]
    handler: Handler
    on: str = "global"


@dataclass(frozen=True, slots=True)
class Event:
    """An event of the manifest's `bot_events`. Slack may deliver one more than once."""

    kind: ClassVar[str] = "event"
    type: str
    handler: Handler


Route = Command | Action | View | Closed | Options | Shortcut | Event

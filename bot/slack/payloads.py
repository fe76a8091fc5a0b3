"""What Slack sent, as a Call (reference slack-platform §§1.2, 2.2, 2.4, 2.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.slack.addresses import Addresses
from bot.slack.calls import Call

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from bot.slack.messenger import Messenger

_CHOSEN = ("option", "user", "conversation", "channel", "date", "time", "date_time")


def from_body(
    body: dict[str, Any],
    *,
    kind: str,
    messenger: Messenger,
    ack: Callable[..., Awaitable[Any]],
    addresses: Addresses | None = None,
) -> Call:
    """A Call from what Slack sent; what is done in a modal gets the address of what opened it."""
    event = _object(body.get("event")) if kind == "event" else {}
    user = _object(body.get("user"))
    action = _first(body.get("actions"))
    container = _object(body.get("container"))
    view = _object(body.get("view")) or _object(event.get("view"))
    state = _object(view.get("state")) or _object(body.get("state"))
    addresses = addresses or Addresses()
    user_id = _text(body.get("user_id")) or _text(user.get("id")) or _text(event.get("user"))
    root = _text(view.get("root_view_id")) or _text(view.get("id"))
    opened_by = addresses.of(root, user_id)
    selected = tuple(_selected(action))
    return Call(
        kind=kind,
        user_id=user_id,
        team_id=_text(user.get("team_id")) or _text(body.get("team_id")) or _text(_object(body.get("team")).get("id")),
        enterprise_id=_text(body.get("enterprise_id")) or _text(_object(body.get("enterprise")).get("id")),
        channel_id=_text(body.get("channel_id"))
        or _text(_object(body.get("channel")).get("id"))
        or _text(container.get("channel_id"))
        or _text(event.get("channel"))
        or opened_by.channel_id,
        command=_text(body.get("command")),
        text=_text(body.get("text")),
        action_id=_text(action.get("action_id")) or _text(body.get("action_id")),
        block_id=_text(action.get("block_id")) or _text(body.get("block_id")),
        value=_text(action.get("value")) or next(iter(selected), ""),
        selected=selected,
        typed=_text(body.get("value")),
        message_ts=_text(container.get("message_ts"))
        or _text(_object(body.get("message")).get("ts"))
        or opened_by.message_ts,
        trigger_id=_text(body.get("trigger_id")),
        response_url=_text(body.get("response_url")) or opened_by.response_url,
        view_id=_text(view.get("id")),
        root_view_id=root,
        view_hash=_text(view.get("hash")),
        callback_id=_text(body.get("callback_id")) or _text(view.get("callback_id")),
        private_metadata=_text(view.get("private_metadata")),
        values={name: held for name, held in _object(state.get("values")).items() if isinstance(held, dict)},
        tab=_text(event.get("tab")),
        messenger=messenger,
        addresses=addresses,
        bolt_ack=ack,
    )


def _selected(action: dict[str, Any]) -> Iterator[str]:
    """What was chosen in a menu, a date or a list of people: values and ids."""
    for name in _CHOSEN:
        one, several = action.get(f"selected_{name}"), action.get(f"selected_{name}s")
        for each in [one, *(several if isinstance(several, list) else [])]:
            value = each.get("value") if isinstance(each, dict) else each
            if isinstance(value, (str, int)) and value != "":
                yield str(value)


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _first(value: object) -> dict[str, Any]:
    return _object(value[0]) if isinstance(value, list) and value else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""

"""The form that makes or changes a digest. What is typed in its fields is read by the same grammar as the command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.views import actions
from bot.views import blocks as kit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.digests import Digest

WHAT, WHEN, WHERE, ZONE, EMPTY = "what", "when", "where", "zone", "empty"
_SAY = ("say", "Say so in one line when nothing is new")
_PLACE = "conversation"


def form(*, digest: Digest | None = None, query: str = "", channel: str = "", zone: str = "UTC") -> dict[str, Any]:
    """The form: for a new digest, with what is known of it already, or for one that exists."""
    when = digest.schedule.removesuffix(f" {zone}") if digest is not None else "weekdays 09:00"
    asked = (digest.query if digest is not None else query).removeprefix("/")
    where = digest.channel if digest is not None else channel
    places: dict[str, Any] = {
        "type": "conversations_select",
        "action_id": _PLACE,
        "placeholder": kit.plain("A channel or a person", 150),
        "filter": {"include": ["public", "private", "im"], "exclude_bot_users": True},
    }
    if where:
        places["initial_conversation"] = where
    else:
        places["default_to_current_conversation"] = True
    option = {"text": kit.plain(_SAY[1], 75), "value": _SAY[0]}
    boxes: dict[str, Any] = {"type": "checkboxes", "action_id": EMPTY, "options": [option]}
    if digest is not None and digest.say_empty:
        boxes["initial_options"] = [option]
    view = kit.modal(
        f"Digest #{digest.number}" if digest is not None else "New digest",
        [
            _input(WHAT, "What", _text(WHAT, asked, 'profiles "Data Engineer" skills:python limit:5')),
            _input(WHEN, "When", _text(WHEN, when, "weekdays 09:00"), hint=_HINT),
            _input(WHERE, "Where", places),
            _input(ZONE, "Time zone", _text(ZONE, zone, "Europe/Paris")),
            {**_input(EMPTY, "Quiet days", boxes), "optional": True},
        ],
        callback_id=actions.DIGEST_FORM,
    )
    number = "" if digest is None else str(digest.number)
    return {**view, "submit": kit.plain("Save", kit.VIEW_TITLE), "private_metadata": number}


_HINT = 'daily 09:00, weekdays 9:00, weekly mon,thu 08:30, monthly 1 10:00, hourly, or cron:"*/30 8-18 * * mon-fri"'


def typed(values: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """What stands in each field, as text."""
    place = _element(values, WHERE, _PLACE).get("selected_conversation")
    chosen = _element(values, EMPTY, EMPTY).get("selected_options")
    return {
        **{name: str(_element(values, name, name).get("value") or "").strip() for name in (WHAT, WHEN, ZONE)},
        WHERE: place if isinstance(place, str) else "",
        EMPTY: "say" if chosen else "quiet",
    }


def _element(values: Mapping[str, Mapping[str, Any]], block: str, action: str) -> Mapping[str, Any]:
    found = values.get(block, {}).get(action)
    return found if isinstance(found, dict) else {}


def _input(block: str, label: str, element: dict[str, Any], *, hint: str = "") -> kit.Block:
    drawn: kit.Block = {"type": "input", "block_id": block, "label": kit.plain(label, 150), "element": element}
    if hint:
        drawn["hint"] = kit.plain(hint, 150)
    return drawn


def _text(action: str, initial: str, example: str) -> dict[str, Any]:
    element: dict[str, Any] = {
        "type": "plain_text_input",
        "action_id": action,
        "placeholder": kit.plain(example, 150),
        "max_length": 1_500,
    }
    if initial:
        element["initial_value"] = initial[:1_500]
    return element

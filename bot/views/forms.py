"""The form: every parameter of a query as a field, drawn from its declaration; and what Slack says it holds.

A field keeps what was filled in over a redraw, because its block and its element keep their ids (reference
slack-platform §2.4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.domain import fields
from bot.domain.forms import TYPED, Form, Offer
from bot.domain.kinds import Choice, Switch, Whole
from bot.domain.named_kinds import TagGroups
from bot.domain.people import LONGEST_NAME
from bot.domain.query import JobsQuery, ProfilesQuery
from bot.domain.text import tidy
from bot.views import actions, filters
from bot.views import blocks as kit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.domain.declaring import Parameter

CALLBACK = {ProfilesQuery: "form.profiles", JobsQuery: "form.jobs"}
QUERY_TYPES: Mapping[str, type[ProfilesQuery | JobsQuery]] = {name: kind for kind, name in CALLBACK.items()}
LONGEST_INPUT = 3_000  # reference slack-platform §3.2
OPTION_TEXT = 75
OPTION_VALUE = 150
MOST_OPTIONS = 100
_FIRST = (
    *("skills", "languages", "near", "within", "years", "education", "summary", "text"),
    *("stage", "sort", "limit", "source", "board", "since", "until", "tags"),
)
_SAVE = "save"
_NOTHING = "-"  # an option that stands for no value: a menu cannot be emptied everywhere
_TITLES = {ProfilesQuery: "Find profiles", JobsQuery: "Find jobs"}
_LEAST_TYPED = {"profile": 2}  # one letter finds half of everybody


def loading(query_type: type[ProfilesQuery | JobsQuery]) -> dict[str, Any]:
    """What is shown before the form."""
    return kit.modal(_TITLES[query_type], [kit.words("One moment \u2026")], callback_id="form.loading")


def draw(form: Form, *, draft_id: str = "") -> dict[str, Any]:
    """The form as a modal. What no field can hold is said above them."""
    kind = form.query_type
    shown = [each for each in _ordered(form) if not each.more or form.everything or each.key in form.contents]
    notes = [*form.notes, *(_too_long(kind, each) for each in shown if _lost(form.contents.get(each.key, ())))]
    blocks: list[kit.Block] = [kit.words(note, 1_000) for note in notes[:10]]
    blocks += [_field(form, parameter) for parameter in shown]
    blocks.append(_save_field())
    if len(shown) < len(kind.parameters):
        more = kit.button("More filters", actions.MORE_FILTERS, "more", label="Show more filters")
        blocks.append(kit.actions([more], block_id=actions.MORE_FILTERS))
    return {
        **kit.modal(_TITLES[kind], blocks, callback_id=CALLBACK[kind]),
        "submit": kit.plain("Search", kit.VIEW_TITLE),
        "close": kit.plain("Cancel", kit.VIEW_TITLE),
        "private_metadata": draft_id,
    }


def read(callback_id: str, values: Mapping[str, Mapping[str, Any]], before: Form | None) -> Form:
    """What the fields of a submitted or changed form hold; `before` is how it was drawn, where that is remembered."""
    kind = QUERY_TYPES[callback_id]
    contents: fields.Contents = {}
    labels: dict[str, str] = {}
    for parameter in kind.parameters.values():
        pieces: list[str] = []
        for element in values.get(_block(parameter), {}).values():
            for value, label in _held(element, lines=isinstance(parameter.kind, TagGroups)):
                words = before.contents.get(parameter.key, (label,))[0] if value == TYPED and before else value
                words = label if words == TYPED else words
                pieces += [words] if words else []
                labels.update({value: label} if label and value == words else {})
        if pieces:
            contents[parameter.key] = tuple(pieces)
    everything = all(_block(parameter) in values for parameter in kind.parameters.values())
    return Form(query_type=kind, contents=contents, labels=labels, everything=everything)


def name_to_save(values: Mapping[str, Mapping[str, Any]]) -> str:
    """The name under which the query is to be kept, "" where none was given."""
    return tidy(values.get(_SAVE, {}).get("text", {}).get("value") or "")


def errors(reasons: Mapping[str, str]) -> dict[str, str]:
    """Reasons by the keys of parameters, as Slack takes them: by block."""
    return {f"f.{key}": kit.cut(reason, 300) for key, reason in reasons.items()}


def options(offers: Iterable[Offer]) -> list[dict[str, Any]]:
    """What a type-ahead field offers."""
    return [_option(offer.value, offer.text) for offer in offers][:MOST_OPTIONS]


def _ordered(form: Form) -> list[Parameter]:
    """What the list is about, what people ask for most, then the rest as it is declared."""
    first = {key: place for place, key in enumerate((form.subject_key, *_FIRST))}
    return sorted(form.query_type.parameters.values(), key=lambda each: first.get(each.key, len(first)))


def _save_field() -> kit.Block:
    return {
        "type": "input",
        "block_id": _SAVE,
        "optional": True,
        "label": kit.plain("Save under a name", 200),
        "hint": kit.plain("Then saved: and the name runs it again.", 300),
        "element": {"type": "plain_text_input", "action_id": "text", "max_length": LONGEST_NAME},
    }


def _block(parameter: Parameter) -> str:
    return f"f.{parameter.key}"


def _field(form: Form, parameter: Parameter) -> kit.Block:
    kind = form.query_type
    block: kit.Block = {
        "type": "input",
        "block_id": _block(parameter),
        # A menu always holds something, and a list is always about something.
        "optional": not (parameter.key == form.subject_key or isinstance(parameter.kind, (Choice, Switch))),
        "label": kit.plain(filters.label(kind, parameter), 200),
        "element": _element(form, parameter),
    }
    if hint := filters.hint(kind, parameter):
        block["hint"] = kit.plain(hint, 300)
    return block


def _element(form: Form, parameter: Parameter) -> kit.Element:
    pieces = form.contents.get(parameter.key, ())
    if parameter.offers and _fits_options(form, parameter, pieces):
        return _external(form, parameter, pieces)
    if isinstance(parameter.kind, (Choice, Switch)):
        return _menu(form, parameter, pieces)
    element: kit.Element = {
        "type": "plain_text_input",
        "action_id": "text",
        "placeholder": kit.plain(filters.placeholder(form.query_type, parameter), 150),
        "max_length": LONGEST_INPUT,
    }
    text = ("\n" if isinstance(parameter.kind, TagGroups) else ", ").join(pieces)
    if isinstance(parameter.kind, TagGroups):
        element["multiline"] = True
    if isinstance(parameter.kind, Whole):
        del element["max_length"]
        low, high = str(parameter.kind.low), str(parameter.kind.high)
        element |= {"type": "number_input", "is_decimal_allowed": False, "min_value": low, "max_value": high}
        text = text if text.isascii() and text.isdigit() else ""
        text = text or next(iter(fields.default(form.query_type, parameter)), "")
    if text and len(text) <= LONGEST_INPUT:
        element["initial_value"] = text
    return element


def _external(form: Form, parameter: Parameter, pieces: fields.Pieces) -> kit.Element:
    chosen = [_option(_value_of(form, parameter, piece), form.labels.get(piece, piece)) for piece in pieces]
    several = parameter.kind.repeats
    element: kit.Element = {
        "type": "multi_external_select" if several else "external_select",
        "action_id": f"offer.{parameter.offers}",
        "placeholder": kit.plain("Type to search", 150),
        "min_query_length": _LEAST_TYPED.get(parameter.offers, 0),
    }
    if chosen:
        element |= {"initial_options": chosen} if several else {"initial_option": chosen[0]}
    return element


def _menu(form: Form, parameter: Parameter, pieces: fields.Pieces) -> kit.Element:
    words = parameter.kind.words if isinstance(parameter.kind, Choice) else ("on", "off")
    listed = [_option(word, filters.choice(parameter, word)) for word in words]
    default = next(iter(fields.default(form.query_type, parameter)), _NOTHING)
    if default == _NOTHING:
        listed.insert(0, _option(_NOTHING, filters.BY_DEFAULT))
    chosen = next(iter(pieces), default)
    element: kit.Element = {"type": "static_select", "action_id": "menu", "options": listed}
    initial = next((each for each in listed if each["value"] == chosen), None)
    return element | ({"initial_option": initial} if initial else {})


def _fits_options(form: Form, parameter: Parameter, pieces: fields.Pieces) -> bool:
    """Whether each piece can stand in an option, where its words are cut at 75 characters and its value at 150."""
    return len(pieces) <= MOST_OPTIONS and all(
        len(piece) <= (OPTION_TEXT if _value_of(form, parameter, piece) == TYPED else OPTION_VALUE) for piece in pieces
    )


def _value_of(form: Form, parameter: Parameter, piece: str) -> str:
    """What an option carries: a key, a source's or board's name; for the words about a person or job, a stand-in."""
    if parameter.key != form.subject_key or piece in form.labels:
        return piece
    return TYPED


def _held(element: Mapping[str, Any], *, lines: bool) -> Iterable[tuple[str, str]]:
    """What an element holds: each value, and the label of an option."""
    text = element.get("value")
    if isinstance(text, str):
        yield from ((line.strip(), "") for line in (text.split("\n") if lines else [text]))
    for option in [element.get("selected_option"), *(element.get("selected_options") or [])]:
        value = option.get("value") if isinstance(option, dict) else None
        if isinstance(value, str) and (value != _NOTHING or element.get("type") != "static_select"):
            yield value, str((option.get("text") or {}).get("text", ""))


def _option(value: str, text: str) -> dict[str, Any]:
    return {"text": kit.plain(text, OPTION_TEXT), "value": value}


def _lost(pieces: fields.Pieces) -> bool:
    return sum(map(len, pieces)) > LONGEST_INPUT


def _too_long(kind: type[ProfilesQuery | JobsQuery], parameter: Parameter) -> str:
    return f"{filters.label(kind, parameter)}: this is too long for a form, so it is left out here."

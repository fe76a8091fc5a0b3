"""Which element may stand in which block and on which surface (slack-platform §3.1, §3.2)."""

from dataclasses import dataclass

from bot.sandbox.slack.blockkit import element_rules as rules
from bot.sandbox.slack.blockkit.check import Check, Surface

ALL_SURFACES: frozenset[Surface] = frozenset({"message", "modal", "home"})


@dataclass(frozen=True, slots=True)
class Placement:
    """The rule of one element, the blocks that may hold it, and the surfaces that show it."""

    rule: rules.Rule
    places: frozenset[str]
    surfaces: frozenset[Surface] = ALL_SURFACES


_ANYWHERE = frozenset({"section", "actions", "input"})
_PRESSED = frozenset({"section", "actions"})
_INPUT = frozenset({"input"})
_MODAL: frozenset[Surface] = frozenset({"modal"})
_MESSAGE: frozenset[Surface] = frozenset({"message"})

ELEMENTS: dict[str, Placement] = {
    "button": Placement(rules.button, frozenset({"section", "actions", "card"})),
    "workflow_button": Placement(rules.workflow_button, _PRESSED, _MESSAGE),
    "overflow": Placement(rules.overflow, frozenset({"section", "actions", "auth_provider"})),
    "image": Placement(rules.image, frozenset({"section", "context", "card", "container"})),
    "checkboxes": Placement(rules.choices, _ANYWHERE),
    "radio_buttons": Placement(rules.choices, _ANYWHERE),
    "static_select": Placement(rules.static_select, _ANYWHERE),
    "multi_static_select": Placement(rules.static_select, _ANYWHERE),
    "external_select": Placement(rules.external_select, _ANYWHERE),
    "multi_external_select": Placement(rules.external_select, _ANYWHERE),
    "users_select": Placement(rules.dynamic_select, _ANYWHERE),
    "multi_users_select": Placement(rules.dynamic_select, _ANYWHERE),
    "conversations_select": Placement(rules.dynamic_select, _ANYWHERE),
    "multi_conversations_select": Placement(rules.dynamic_select, _ANYWHERE),
    "channels_select": Placement(rules.dynamic_select, _ANYWHERE),
    "multi_channels_select": Placement(rules.dynamic_select, _ANYWHERE),
    "datepicker": Placement(rules.datepicker, _ANYWHERE),
    "timepicker": Placement(rules.timepicker, _ANYWHERE),
    "datetimepicker": Placement(rules.datetimepicker, frozenset({"actions", "input"}), frozenset({"message", "modal"})),
    "plain_text_input": Placement(rules.text_input, _INPUT),
    "rich_text_input": Placement(rules.plain_field, _INPUT, frozenset({"modal", "home"})),
    "email_text_input": Placement(rules.plain_field, _INPUT, _MODAL),
    "url_text_input": Placement(rules.plain_field, _INPUT, _MODAL),
    "number_input": Placement(rules.number_input, _INPUT, _MODAL),
    "file_input": Placement(rules.plain_field, _INPUT, _MODAL),
    "feedback_buttons": Placement(rules.feedback_buttons, frozenset({"context_actions"})),
    "icon_button": Placement(rules.icon_button, frozenset({"context_actions"})),
}


def element(check: Check, value: object, at: str, place: str) -> None:
    """Check one element where it stands."""
    if not isinstance(value, dict):
        check.fail(at, "must be a valid object")
        return
    kind = value.get("type")
    placement = ELEMENTS.get(kind) if isinstance(kind, str) else None
    if placement is None or place not in placement.places:
        check.fail(f"{at}/type", f"unsupported type: {kind}")
    elif check.surface not in placement.surfaces:
        check.fail(f"{at}/type", f"{kind} is not supported in a {check.surface}")
    else:
        placement.rule(check, value, at)

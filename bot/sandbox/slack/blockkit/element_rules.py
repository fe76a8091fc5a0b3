"""The limits of interactive elements and images (slack-platform §3.1, §3.2)."""

import re
from collections.abc import Callable

from bot.sandbox.slack.blockkit.check import PLAIN, Check, Json
from bot.sandbox.slack.blockkit.option_rules import OPTIONS, URL, initial, option, option_groups

ID = 255
ALT_TEXT = 2_000
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
CHOICES = 10
OVERFLOW_OPTIONS = 5
PLACEHOLDER = 150
INPUT_LENGTH = 3_000
VISIBLE_TO = 10
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30
STYLES = ("primary", "danger")
ELEMENT_COUNT_MAX = 10**6

Rule = Callable[[Check, Json, str], None]


def confirm(check: Check, owner: Json, at: str) -> None:
    """Check a confirmation dialog: title 100, text 300, both buttons 30."""
    dialog = owner.get("confirm")
    at = f"{at}/confirm"
    if dialog is None or not check.mapping(dialog, at):
        return
    check.text(dialog, "title", at, CONFIRM_TITLE, kinds=PLAIN, required=True)
    check.text(dialog, "text", at, CONFIRM_TEXT, required=True)
    check.text(dialog, "confirm", at, CONFIRM_BUTTON, kinds=PLAIN, required=True)
    check.text(dialog, "deny", at, CONFIRM_BUTTON, kinds=PLAIN, required=True)
    check.one_of(dialog, "style", at, STYLES)


def _shared(check: Check, element: Json, at: str) -> None:
    check.string(element, "action_id", at, ID)
    check.text(element, "placeholder", at, PLACEHOLDER, kinds=PLAIN)
    check.boolean(element, "focus_on_load", at)
    confirm(check, element, at)
    if element.get("focus_on_load") is True:
        check.focused += 1
        if check.focused == 2:
            check.fail(f"{at}/focus_on_load", "only one element may have it")


def _visible_to(check: Check, element: Json, at: str) -> None:
    for user_at, user in check.items(element, "visible_to_user_ids", at, VISIBLE_TO, required=False):
        if not isinstance(user, str):
            check.fail(user_at, "must be a string")


def button(check: Check, element: Json, at: str) -> None:
    """Check a button: text 75, value 2,000, url 3,000, label 75, style primary or danger."""
    check.text(element, "text", at, BUTTON_TEXT, kinds=PLAIN, required=True)
    check.string(element, "value", at, BUTTON_VALUE)
    check.string(element, "url", at, URL)
    check.string(element, "accessibility_label", at, BUTTON_TEXT)
    check.one_of(element, "style", at, STYLES)
    _visible_to(check, element, at)
    _shared(check, element, at)


def workflow_button(check: Check, element: Json, at: str) -> None:
    """Check a workflow button: as a button, with a workflow instead of a value."""
    check.text(element, "text", at, BUTTON_TEXT, kinds=PLAIN, required=True)
    check.string(element, "accessibility_label", at, BUTTON_TEXT)
    check.one_of(element, "style", at, STYLES)
    check.mapping(element.get("workflow"), f"{at}/workflow")
    _shared(check, element, at)


def icon_button(check: Check, element: Json, at: str) -> None:
    """Check an icon button of a context_actions block."""
    check.text(element, "text", at, BUTTON_TEXT, kinds=PLAIN, required=True)
    check.string(element, "icon", at, ID, required=True, minimum=1)
    check.string(element, "value", at, BUTTON_VALUE)
    check.string(element, "accessibility_label", at, BUTTON_TEXT)
    _visible_to(check, element, at)
    _shared(check, element, at)


def feedback_buttons(check: Check, element: Json, at: str) -> None:
    """Check the pair of feedback buttons of a context_actions block."""
    for name in ("positive_button", "negative_button"):
        pressed = element.get(name)
        if check.mapping(pressed, f"{at}/{name}") and isinstance(pressed, dict):
            check.text(pressed, "text", f"{at}/{name}", BUTTON_TEXT, kinds=PLAIN, required=True)
            check.string(pressed, "value", f"{at}/{name}", BUTTON_VALUE, required=True)
            check.string(pressed, "accessibility_label", f"{at}/{name}", BUTTON_TEXT)
    _shared(check, element, at)


def overflow(check: Check, element: Json, at: str) -> None:
    """Check an overflow menu: 1 to 5 options, which may be links."""
    for option_at, value in check.items(element, "options", at, OVERFLOW_OPTIONS):
        option(check, value, option_at, link=True)
    _shared(check, element, at)


def choices(check: Check, element: Json, at: str) -> None:
    """Check checkboxes and radio buttons: 1 to 10 options."""
    for option_at, value in check.items(element, "options", at, CHOICES):
        option(check, value, option_at, markup=True)
    initial(check, element, at)
    _shared(check, element, at)


def static_select(check: Check, element: Json, at: str) -> None:
    """Check a select with 1 to 100 options or groups, not both."""
    if ("options" in element) == ("option_groups" in element):
        check.fail(at, "must have exactly one of options, option_groups")
    elif "options" in element:
        for option_at, value in check.items(element, "options", at, OPTIONS):
            option(check, value, option_at)
    else:
        option_groups(check, element, at)
    initial(check, element, at)
    dynamic_select(check, element, at)


def dynamic_select(check: Check, element: Json, at: str) -> None:
    """Check what selects of options, people and conversations share."""
    check.integer(element, "min_query_length", at, 0, ID)
    if element["type"].startswith("multi_"):
        check.integer(element, "max_selected_items", at, 1, ELEMENT_COUNT_MAX)
    _shared(check, element, at)


def external_select(check: Check, element: Json, at: str) -> None:
    """Check a type-ahead select; an initial option has the shape of any option."""
    if element.get("initial_option") is not None:
        option(check, element["initial_option"], f"{at}/initial_option")
    for option_at, value in check.items(element, "initial_options", at, OPTIONS, required=False):
        option(check, value, option_at)
    dynamic_select(check, element, at)


def text_input(check: Check, element: Json, at: str) -> None:
    """Check a text field: min_length 0 to 3,000, max_length 1 to 3,000."""
    check.integer(element, "min_length", at, 0, INPUT_LENGTH)
    check.integer(element, "max_length", at, 1, INPUT_LENGTH)
    check.boolean(element, "multiline", at)
    check.string(element, "initial_value", at, INPUT_LENGTH)
    low, high = element.get("min_length"), element.get("max_length")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        check.fail(f"{at}/min_length", "must not be above max_length")
    _shared(check, element, at)


def number_input(check: Check, element: Json, at: str) -> None:
    """Check a number field, which must say whether decimals are allowed."""
    if not isinstance(element.get("is_decimal_allowed"), bool):
        check.fail(at, "missing required field: is_decimal_allowed")
    _shared(check, element, at)


def plain_field(check: Check, element: Json, at: str) -> None:
    """Check an element that has only what all have."""
    _shared(check, element, at)


def _pattern(name: str, pattern: str, shape: str) -> Rule:
    compiled = re.compile(pattern)

    def rule(check: Check, element: Json, at: str) -> None:
        value = element.get(name)
        if value is not None and not compiled.fullmatch(str(value)):
            check.fail(f"{at}/{name}", f"must look like {shape}")
        _shared(check, element, at)

    return rule


datepicker = _pattern("initial_date", r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "YYYY-MM-DD")
timepicker = _pattern("initial_time", r"([01]\d|2[0-3]):[0-5]\d", "HH:mm")
datetimepicker = _pattern("initial_date_time", r"\d{10}", "a Unix time of 10 digits")


def image(check: Check, element: Json, at: str) -> None:
    """Check an image: a url of 3,000 or a Slack file, alternative text of 2,000."""
    check.string(element, "image_url", at, URL, minimum=1)
    check.string(element, "alt_text", at, ALT_TEXT, required=True)
    if ("image_url" in element) == ("slack_file" in element):
        check.fail(at, "must have exactly one of image_url, slack_file")

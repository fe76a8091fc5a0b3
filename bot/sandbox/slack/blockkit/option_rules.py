"""The limits of options and option groups, in elements and in type-ahead answers (slack-platform §2.5, §3.2)."""

from typing import Any

from bot.sandbox.slack.blockkit.check import PLAIN, Check, Json
from bot.sandbox.slack.blockkit.elements import static_options

URL = 3_000
OPTION_TEXT = 75
OPTION_VALUE = 150
OPTIONS = 100


def option(check: Check, value: object, at: str, *, markup: bool = False, link: bool = False) -> None:
    """Check one option; `markup` where mrkdwn is allowed (checkboxes, radio buttons), `link` in overflow menus."""
    if not isinstance(value, dict):
        check.fail(at, "must be an option object")
        return
    kinds = ("plain_text", "mrkdwn") if markup else PLAIN
    check.text(value, "text", at, OPTION_TEXT, kinds=kinds, required=True)
    check.string(value, "value", at, OPTION_VALUE, required=True)
    check.text(value, "description", at, OPTION_TEXT, kinds=kinds)
    if "url" in value and not link:
        check.fail(f"{at}/url", "is only allowed in overflow menus")
    check.string(value, "url", at, URL)


def option_groups(check: Check, owner: Json, at: str) -> None:
    """Check at most 100 groups of 1 to 100 options, labels of 75."""
    for group_at, group in check.items(owner, "option_groups", at, OPTIONS):
        if check.mapping(group, group_at):
            check.text(group, "label", group_at, OPTION_TEXT, kinds=PLAIN, required=True)
            for option_at, value in check.items(group, "options", group_at, OPTIONS):
                option(check, value, option_at)


def suggestions(check: Check, answer: Json, at: str = "") -> None:
    """Check the answer to a block_suggestion: options or option groups, none at all allowed."""
    if ("options" in answer) == ("option_groups" in answer):
        check.fail(at or "/", "must have exactly one of options, option_groups")
        return
    if "option_groups" in answer:
        if answer["option_groups"] != []:
            option_groups(check, answer, at)
        return
    for option_at, value in check.items(answer, "options", at, OPTIONS, minimum=0):
        option(check, value, option_at)


def initial(check: Check, element: Json, at: str) -> None:
    """Check that what is chosen at first is one of the options."""
    listed = [_identity(value) for value in static_options_of(element)]
    wanted: list[tuple[str, Any]] = []
    if element.get("initial_option") is not None:
        wanted.append((f"{at}/initial_option", element["initial_option"]))
    wanted += check.items(element, "initial_options", at, OPTIONS, required=False)
    for option_at, value in wanted:
        if _identity(value) not in listed:
            check.fail(option_at, "must be one of the options")


def static_options_of(element: Json) -> list[Any]:
    """Return the options of an element whose shape may be wrong."""
    groups = element.get("option_groups")
    if groups is not None and not (isinstance(groups, list) and all(isinstance(group, dict) for group in groups)):
        return []
    try:
        return static_options(element)
    except TypeError:
        return []


def _identity(value: object) -> tuple[object, object]:
    if not isinstance(value, dict) or not isinstance(value.get("text"), dict):
        return (None, None)
    return (value.get("value"), value["text"].get("text"))

"""The limits of the classic blocks (slack-platform §3.1)."""

from bot.sandbox.slack.blockkit.check import PLAIN, Check, Json
from bot.sandbox.slack.blockkit.element_rules import image
from bot.sandbox.slack.blockkit.placement import element

SECTION_TEXT = 3_000
FIELD_TEXT = 2_000
FIELDS = 10
HEADER_TEXT = 150
LABEL_TEXT = 2_000
ACTIONS = 25
CONTEXT_ELEMENTS = 10
VIDEO_TITLE = 200
VIDEO_AUTHOR = 50
RICH_TEXT_PARTS = ("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote")


def section(check: Check, block: Json, at: str) -> None:
    """Check text of 3,000 or up to 10 fields of 2,000, and one accessory."""
    if block.get("text") is None and block.get("fields") is None:
        check.fail(at, "missing required field: text or fields")
    check.text(block, "text", at, SECTION_TEXT)
    for field_at, value in check.items(block, "fields", at, FIELDS, required=False):
        check.text_object(value, field_at, FIELD_TEXT)
    check.boolean(block, "expand", at)
    if block.get("accessory") is not None:
        element(check, block["accessory"], f"{at}/accessory", "section")


def header(check: Check, block: Json, at: str) -> None:
    """Check plain text of 150."""
    check.text(block, "text", at, HEADER_TEXT, kinds=PLAIN, required=True)


def divider(_check: Check, _block: Json, _at: str) -> None:
    """Accept: a divider has nothing that could be wrong."""


def image_block(check: Check, block: Json, at: str) -> None:
    """Check an image with an optional title of 2,000."""
    image(check, block, at)
    check.text(block, "title", at, LABEL_TEXT, kinds=PLAIN)


def context(check: Check, block: Json, at: str) -> None:
    """Check 1 to 10 texts and images."""
    for item_at, value in check.items(block, "elements", at, CONTEXT_ELEMENTS):
        if isinstance(value, dict) and value.get("type") == "image":
            element(check, value, item_at, "context")
        else:
            check.text_object(value, item_at, SECTION_TEXT)


def actions(check: Check, block: Json, at: str) -> None:
    """Check 1 to 25 elements whose action_ids differ."""
    seen: set[str] = set()
    for item_at, value in check.items(block, "elements", at, ACTIONS):
        element(check, value, item_at, "actions")
        if isinstance(value, dict):
            check.unique(value.get("action_id"), seen, item_at, "action_id")


def input_block(check: Check, block: Json, at: str) -> None:
    """Check a label and a hint of 2,000 and one input element."""
    check.text(block, "label", at, LABEL_TEXT, kinds=PLAIN, required=True)
    check.text(block, "hint", at, LABEL_TEXT, kinds=PLAIN)
    check.boolean(block, "optional", at)
    check.boolean(block, "dispatch_action", at)
    if block.get("element") is None:
        check.fail(at, "missing required field: element")
    else:
        element(check, block["element"], f"{at}/element", "input")


def rich_text(check: Check, block: Json, at: str) -> None:
    """Check that a rich text consists of sections, lists, quotes and preformatted parts."""
    for item_at, value in check.items(block, "elements", at, 10**4, minimum=0):
        if not isinstance(value, dict) or value.get("type") not in RICH_TEXT_PARTS:
            check.fail(f"{item_at}/type", f"must be one of: {', '.join(RICH_TEXT_PARTS)}")
        elif not isinstance(value.get("elements"), list):
            check.fail(item_at, "missing required field: elements")


def video(check: Check, block: Json, at: str) -> None:
    """Check a video: title 200, author 50."""
    check.text(block, "title", at, VIDEO_TITLE, kinds=PLAIN, required=True)
    check.string(block, "alt_text", at, LABEL_TEXT, required=True)
    for name in ("video_url", "thumbnail_url"):
        check.string(block, name, at, 3_000, required=True, minimum=1)
    check.string(block, "author_name", at, VIDEO_AUTHOR)

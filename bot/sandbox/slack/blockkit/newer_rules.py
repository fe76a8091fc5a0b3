"""The limits of the younger blocks, as far as slack-platform §3.1 states them; the stricter of two figures."""

from bot.sandbox.slack.blockkit.block_rules import SECTION_TEXT, rich_text
from bot.sandbox.slack.blockkit.check import PLAIN, Check, Json
from bot.sandbox.slack.blockkit.option_rules import URL
from bot.sandbox.slack.blockkit.placement import element

MARKDOWN = 12_000
ALERT_TEXT = 200
TITLE = 150
CARD_BODY = 200
CARD_BUTTONS = 3
CONTEXT_ACTIONS = 5
TABLE_ROWS = 100
TABLE_COLUMNS = 20
DATA_TABLE_ROWS = 101
DATA_TABLE_CHARACTERS = 10_000
PAGE_SIZE = 100
CHART_TITLE = 50
TASKS = 50
PROVIDER_VALUE = 150
PROVIDER_NAME = 75
CELLS = ("raw_text", "rich_text", "raw_number")


def markdown(check: Check, block: Json, at: str) -> None:
    """Check markdown of 12,000; the sum over all blocks is checked for the whole payload."""
    check.string(block, "text", at, MARKDOWN, required=True, minimum=1)


def alert(check: Check, block: Json, at: str) -> None:
    """Check text of 200 and the level."""
    check.text(block, "text", at, ALERT_TEXT, required=True)
    check.one_of(block, "level", at, ("default", "info", "warning", "error", "success"))


def card(check: Check, block: Json, at: str) -> None:
    """Check title and subtitle of 150, a body of 200 and up to 3 buttons; one of hero, title, body, actions."""
    if not any(block.get(name) for name in ("hero_image", "title", "body", "actions")):
        check.fail(at, "must have one of hero_image, title, body, actions")
    check.text(block, "title", at, TITLE)
    check.text(block, "subtitle", at, TITLE)
    check.text(block, "body", at, CARD_BODY)
    for name in ("hero_image", "icon"):
        if block.get(name) is not None:
            element(check, block[name], f"{at}/{name}", "card")
    seen: set[str] = set()
    for item_at, value in check.items(block, "actions", at, CARD_BUTTONS, required=False):
        element(check, value, item_at, "card")
        if isinstance(value, dict):
            check.unique(value.get("action_id"), seen, item_at, "action_id")


def context_actions(check: Check, block: Json, at: str) -> None:
    """Check 1 to 5 feedback or icon buttons."""
    for item_at, value in check.items(block, "elements", at, CONTEXT_ACTIONS):
        element(check, value, item_at, "context_actions")


def table(check: Check, block: Json, at: str) -> None:
    """Check 100 rows of up to 20 cells."""
    for row_at, row in check.items(block, "rows", at, TABLE_ROWS):
        if not isinstance(row, list) or not 1 <= len(row) <= TABLE_COLUMNS:
            check.fail(row_at, f"must be an array of 1 to {TABLE_COLUMNS} cells")
            continue
        for index, cell in enumerate(row):
            if not isinstance(cell, dict) or cell.get("type") not in CELLS:
                check.fail(f"{row_at}/{index}/type", f"must be one of: {', '.join(CELLS)}")


def data_table(check: Check, block: Json, at: str) -> None:
    """Check a caption, 2 to 101 rows of equal length, 10,000 characters, page_size 1 to 100."""
    check.string(block, "caption", at, TITLE, required=True, minimum=1)
    check.integer(block, "page_size", at, 1, PAGE_SIZE)
    widths = set()
    characters = 0
    for row_at, row in check.items(block, "rows", at, DATA_TABLE_ROWS, minimum=2):
        if not isinstance(row, list) or not 1 <= len(row) <= TABLE_COLUMNS:
            check.fail(row_at, f"must be an array of 1 to {TABLE_COLUMNS} cells")
            continue
        widths.add(len(row))
        characters += sum(len(str(cell.get("text", ""))) for cell in row if isinstance(cell, dict))
    if len(widths) > 1:
        check.fail(f"{at}/rows", "all rows must have the same length")
    if characters > DATA_TABLE_CHARACTERS:
        check.fail(f"{at}/rows", f"must be less than {DATA_TABLE_CHARACTERS + 1} characters")


def data_visualization(check: Check, block: Json, at: str) -> None:
    """Check the title of 50; the shape of the chart's data is not checked."""
    title = block.get("title")
    if isinstance(title, dict):
        check.text(block, "title", at, CHART_TITLE, kinds=PLAIN)
    else:
        check.string(block, "title", at, CHART_TITLE, required=True, minimum=1)


def task_card(check: Check, block: Json, at: str) -> None:
    """Check a task that stands alone, which cannot be pending."""
    _task(check, block, at, ("in_progress", "complete", "error"))


def _task(check: Check, block: Json, at: str, statuses: tuple[str, ...]) -> None:
    check.string(block, "task_id", at, 255, required=True, minimum=1)
    check.string(block, "title", at, SECTION_TEXT, required=True, minimum=1)
    check.one_of(block, "status", at, statuses, required=True)
    for name in ("details", "output"):
        if block.get(name) is not None and check.mapping(block[name], f"{at}/{name}"):
            rich_text(check, block[name], f"{at}/{name}")


def plan(check: Check, block: Json, at: str) -> None:
    """Check a title and up to 50 tasks."""
    check.string(block, "title", at, SECTION_TEXT, required=True, minimum=1)
    for item_at, task in check.items(block, "tasks", at, TASKS, required=False, minimum=0):
        if check.mapping(task, item_at):
            _task(check, task, item_at, ("pending", "in_progress", "complete", "error"))


def auth_provider(check: Check, block: Json, at: str) -> None:
    """Check value 150, name 75, description 150, and that every address is https."""
    check.string(block, "value", at, PROVIDER_VALUE, required=True, minimum=1)
    check.text(block, "name", at, PROVIDER_NAME, kinds=PLAIN, required=True)
    check.text(block, "description", at, TITLE, kinds=PLAIN)
    for name in ("icon_url", "auth_url", "disconnect_url"):
        check.string(block, name, at, URL)
        if isinstance(block.get(name), str) and not block[name].startswith("https://"):
            check.fail(f"{at}/{name}", "must be an https address")

"""What an app sends as a message, checked as Slack checks it."""

import json
from typing import Any

from bot.sandbox.slack.blockkit import MESSAGE_TEXT_SUM, check_blocks, text_sum
from bot.sandbox.slack.errors import ApiError
from bot.sandbox.slack.messages import Content
from bot.sandbox.slack.store import content

TEXT_CUT = 40_000
UPDATE_TEXT = 4_000
METADATA_BYTES = 16_000


def compose(sent: dict[str, Any], *, sum_limit: bool = True, text_limit: int | None = None) -> Content:
    """Return the content of a message.

    `sum_limit` is off for response_urls, which took what the Web API refused (slack-platform §3.4). `text_limit`
    refuses a longer text that comes without blocks. Raises ApiError `no_text`, `invalid_blocks_format`,
    `invalid_blocks` (with JSON pointers), `invalid_attachments`, `msg_blocks_too_long` or `msg_too_long`.
    """
    blocks = sent.get("blocks") or []
    attachments = sent.get("attachments") or []
    text = sent.get("text") or sent.get("markdown_text") or ""
    if not isinstance(blocks, list):
        raise ApiError("invalid_blocks_format")
    if not isinstance(attachments, list) or not all(isinstance(item, dict) for item in attachments):
        raise ApiError("invalid_attachments")
    if not isinstance(text, str):
        raise ApiError("invalid_arguments")
    if not text and not blocks and not attachments:
        raise ApiError("no_text")
    problems = check_blocks(blocks, "message")
    for index, attachment in enumerate(attachments):
        problems += check_blocks(attachment.get("blocks") or [], "message", f"/attachments/{index}/blocks")
    if problems:
        raise ApiError("invalid_blocks", response_metadata={"messages": [str(problem) for problem in problems]})
    if sum_limit and text_sum(blocks) > MESSAGE_TEXT_SUM:
        raise ApiError("msg_blocks_too_long")
    if text_limit is not None and not blocks and len(text) > text_limit:
        raise ApiError("msg_too_long")
    return content(text[:TEXT_CUT], blocks, attachments)


def metadata_of(sent: dict[str, Any]) -> dict[str, Any] | None:
    """Return the metadata of a message. Raises ApiError `invalid_metadata_format` or `metadata_too_large`."""
    metadata = sent.get("metadata")
    if metadata is None or metadata == "":
        return None
    valid = isinstance(metadata, dict) and isinstance(metadata.get("event_type"), str)
    if not valid or not isinstance(metadata.get("event_payload"), dict):
        raise ApiError("invalid_metadata_format")
    if len(json.dumps(metadata)) > METADATA_BYTES:
        raise ApiError("metadata_too_large")
    return {"event_type": metadata["event_type"], "event_payload": metadata["event_payload"]}

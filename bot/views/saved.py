"""Saved queries as messages: what was kept, and the list of them with what can be pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.domain.people import LONGEST_NAME
from bot.domain.text import tidy
from bot.mistakes import Mistake, Wrong
from bot.views import actions, mistakes, phrases
from bot.views import blocks as kit
from bot.views.message import Message
from bot.views.notices import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.domain.people import Saved
    from bot.domain.query import Query

SHOWN = 20
NAME_BLOCK = "save.name"
OWNER_BLOCK = "save.owner"
MINE, CHANNEL = "mine", "channel"


def kept(name: str, query: Query, *, for_channel: bool, rename: Mapping[str, str]) -> Message:
    """Said after a query was saved."""
    command = rename.get(query.command, query.command)
    whose = "this channel" if for_channel else "you"
    return sentence(f'Saved for {whose} as "{name}". Run it with {command} saved:"{name}".')


def too_many() -> Message:
    """Said where no more can be kept."""
    return sentence(
        "There are a hundred saved queries here already. Please remove one first: /shortlist saved lists them."
    )


def removed(saved: Saved) -> Message:
    """Said after one was removed."""
    return sentence(f'Removed: "{saved.name}".')


def listed(found: Sequence[Saved], *, user: str, rename: Mapping[str, str]) -> Message:
    """The saved queries, each with Run and Remove."""
    if not found:
        return sentence(
            "Nothing is saved yet. Press Save under a list, or type "
            f"{rename.get('/shortlist', '/shortlist')} save NAME {rename.get('/profiles', '/profiles')} …"
        )
    lead = "Saved queries"
    lines, drawn = [lead], [kit.header(lead)]
    for each in found[:SHOWN]:
        whose = "yours" if each.owner == user else "this channel's"
        asked = phrases.renamed(each.query, rename)
        lines.append(f"{each.name} \u00b7 {whose} \u00b7 {asked}")
        drawn.append(kit.words(f"{each.name} \u00b7 {whose}\n{asked}", 500))
        buttons = [
            kit.button("Run", actions.RUN_SAVED, str(each.id), label=f"Run {each.name}"),
            kit.button("Remove", actions.REMOVE_SAVED, str(each.id), label=f"Remove {each.name}"),
        ]
        drawn.append(kit.actions(buttons, block_id=f"saved.{each.id}"))
    if len(found) > SHOWN:
        more = phrases.more(len(found) - SHOWN)
        lines.append(more)
        drawn.append(kit.words(more))
    return Message("\n".join(kit.escape_text(line, 600) for line in lines), tuple(drawn))


def ask_name(query: Query, draft_id: str, *, rename: Mapping[str, str]) -> dict[str, Any]:
    """The modal that asks for a name."""
    options = [
        {"text": kit.plain("For me", kit.BUTTON), "value": MINE},
        {"text": kit.plain("For this channel", kit.BUTTON), "value": CHANNEL},
    ]
    name = {"type": "plain_text_input", "action_id": "name", "max_length": LONGEST_NAME}
    owner = {"type": "radio_buttons", "action_id": "owner", "options": options, "initial_option": options[0]}
    blocks: list[kit.Block] = [
        kit.words(phrases.renamed(str(query), rename), 1_000),
        {"type": "input", "block_id": NAME_BLOCK, "label": kit.plain("Name", 100), "element": name},
        {"type": "input", "block_id": OWNER_BLOCK, "label": kit.plain("Whose it is", 100), "element": owner},
    ]
    return {
        **kit.modal("Save this query", blocks, callback_id=actions.SAVE_FORM),
        "submit": kit.plain("Save", kit.VIEW_TITLE),
        "private_metadata": draft_id,
    }


def name_needed() -> dict[str, str]:
    """What is said at the field where the name is missing."""
    return {NAME_BLOCK: mistakes.reason(Mistake(Wrong.NAME_NEEDED, high=LONGEST_NAME))}


def read(values: Mapping[str, Mapping[str, Any]]) -> tuple[str, bool]:
    """The name that was given, and whether the query is for the channel."""
    name = values.get(NAME_BLOCK, {}).get("name", {}).get("value")
    chosen = values.get(OWNER_BLOCK, {}).get("owner", {}).get("selected_option")
    return tidy(name or ""), isinstance(chosen, dict) and chosen.get("value") == CHANNEL

"""Ids of actions, and what travels in a button's value: keys, stages and a version, never a person's data.

A value is client-visible and replayable (reference slack-platform §3.2), so it is enough by itself and trusted in
nothing: access and the current stage are checked when it comes back. Keys of forty hex digits are packed, because an
option's value holds 150 characters and four keys would not fit.
"""

from __future__ import annotations

import base64
import functools
import re
from urllib.parse import quote, unquote

from bot.domain.entities import Stage
from bot.domain.stages import StageMove

VERSION = "1"
OPTION_VALUE = 150  # characters (reference slack-platform §0)
SET_STAGE = re.compile(r"^stage\.(yes|later|no|undo)$")
DETAILS = "details"
NOTE = "note"
PREVIOUS_PART = "details.previous"
NEXT_PART = "details.next"
PART = re.compile(r"^details\.(previous|next)$")
MENU = "menu"
PREVIOUS = "list.previous"
NEXT = "list.next"
ARRANGE = "list.arrange"
RECEIPTS = "list.receipts"
LOOSEN = re.compile(r"^loosen\.\d{1,2}$")
CHOOSE = re.compile(r"^choose\.\d{1,2}$")
SHARE = "share"
AGAIN = re.compile(r"^again\.\d{1,2}$")
PAST_UNDO = "past.undo"
HOME_REFRESH = "home.refresh"
EXAMPLE = re.compile(r"^example\.\d$")
REFINE = "refine"
OPEN_FORM = "form.open"
MORE_FILTERS = "form.more"
FORM = re.compile(r"^form\.(profiles|jobs)$")
OFFER = re.compile(r"^offer\.(job|profile|source|board)$")
SAVE = "save"
SAVE_FORM = "save.form"
RUN_SAVED = "saved.run"
REMOVE_SAVED = "saved.remove"
FIND_PROFILES = "find_profiles"
FIND_JOBS = "find_jobs"
DIGEST_NOW = "digest.now"
DIGEST_PAUSE = "digest.pause"
DIGEST_RESUME = "digest.resume"
DIGEST_EDIT = "digest.edit"
DIGEST_REMOVE = "digest.remove"
DIGEST_SAVE = "digest.save"
DIGEST_FORM = "digest.form"
ANYTHING_ELSE = re.compile(r".*")

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_STAGES_PART = re.compile(r"[nylxo]{2}[u-][0-9a-z]{0,7}")
_HEX_KEY = re.compile(r"[0-9a-f]{40}")
_LETTERS = {Stage.NEW: "n", Stage.YES: "y", Stage.LATER: "l", Stage.NO: "x"}
_OTHER = "o"  # a stage that only HrFlow knows: its word comes last
_CHOSEN = (Stage.YES, Stage.LATER, Stage.NO)
_UNDO = {"u": True, "-": False}
_STAGES = {letter: stage for stage, letter in _LETTERS.items()}


class UnreadableValueError(ValueError):
    """A value that this version did not write."""


def stage_action(target: Stage, *, undo: bool) -> str:
    """The action id of the button that leads to a stage."""
    return "stage.undo" if undo or target not in _CHOSEN else f"stage.{target}"


def again(place: int) -> str:
    """The action id of the button that runs an earlier query."""
    return f"again.{place}"


def write_move(move: StageMove) -> str:
    """The move as a button's value; at most 150 characters where the keys are forty hex digits each."""
    keys = packed(move.profile_key, move.source_key, move.job_key, move.board_key)
    return write(keys, move.expected, move.target, undo=move.undo, revision=move.revision)


def write(keys: str, expected: Stage, target: Stage, *, undo: bool = False, revision: int = 0) -> str:
    """The same from its parts, the keys as `packed` gives them: the buttons of an item have those in common."""
    moved = _base36(revision) if revision else ""
    letters = _LETTERS.get(expected, _OTHER) + _LETTERS.get(target, _OTHER)
    value = f"{VERSION}|{letters}{'u' if undo else '-'}{moved}|{keys}"
    if _OTHER not in letters:
        return value
    others = [quote(stage) for stage in (expected, target) if stage not in _LETTERS]
    return f"{value}|{','.join(others)}"


def packed(profile_key: str, source_key: str, job_key: str, board_key: str) -> str:
    """The keys of a pair and of the source and board that they are in."""
    return "|".join((_pack(profile_key), _pack(source_key), _pack(job_key), _pack(board_key)))


def read_move(value: str) -> StageMove:
    """What `write_move` wrote. Raises UnreadableValueError."""
    parts = value.split("|")
    named = parts.pop().split(",") if len(parts) == 7 else []  # noqa: PLR2004 - the form written above
    if len(parts) != 6 or parts[0] != VERSION or not _STAGES_PART.fullmatch(parts[1]):  # noqa: PLR2004
        raise UnreadableValueError
    if len(named) != parts[1][:2].count(_OTHER):
        raise UnreadableValueError
    try:
        words = iter(named)
        expected, target = (
            Stage(unquote(next(words))) if letter == _OTHER else _STAGES[letter] for letter in parts[1][:2]
        )
        undo = _UNDO[parts[1][2]]
        revision = int(parts[1][3:] or "0", 36)
        profile, source, job, board = map(_unpack, parts[2:])
    except (KeyError, ValueError):
        raise UnreadableValueError from None
    if not (profile and source and job and board):
        raise UnreadableValueError
    return StageMove(
        profile_key=profile,
        source_key=source,
        job_key=job,
        board_key=board,
        expected=expected,
        target=target,
        undo=undo,
        revision=revision,
    )


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits


@functools.lru_cache(maxsize=128)  # the items of a list have most of their keys in common
def _pack(key: str) -> str:
    if _HEX_KEY.fullmatch(key):
        return base64.urlsafe_b64encode(bytes.fromhex(key)).rstrip(b"=").decode()
    return "=" + quote(key, errors="surrogatepass")


def _unpack(packed: str) -> str:
    if packed.startswith("="):
        return unquote(packed[1:], errors="surrogatepass")
    key = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True).hex()
    if not _HEX_KEY.fullmatch(key):
        raise UnreadableValueError
    return key


def block_id(post_id: str, version: int, place: int, part: str) -> str:
    """The id of a block: which post, which drawing of it, which item, which part. Changes with every drawing."""
    return f"{post_id}.{version}.{place}.{part}"


def post_of(block: str) -> str:
    """The post that a block belongs to, or "" where the id is not one of ours."""
    parts = block.split(".")
    return parts[0] if len(parts) == 4 else ""  # noqa: PLR2004 - the form written above

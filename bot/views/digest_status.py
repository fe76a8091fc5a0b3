"""How the digests fared and when they come next, and whether what they need is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views import blocks as kit
from bot.views import digests as words
from bot.views import phrases
from bot.views.locales import NEUTRAL
from bot.views.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from bot.domain.deliveries import Delivery
    from bot.domain.digests import Digest
    from bot.views.locales import Manner

_WELL = {
    ("hrflow", True): "HrFlow ok",
    ("hrflow", False): "HrFlow in trouble",
    ("slack", True): "Slack ok",
    ("slack", False): "Slack in trouble",
    ("scheduler", True): "Scheduler ok",
    ("scheduler", False): "Scheduler in trouble",
}
_STATES = {"sent": "delivered", "silent": "nothing new", "due": "waiting", "prepared": "being sent"}


def health(*, hrflow: bool, slack: bool, scheduler: bool) -> str:
    """Whether what digests need is well, in one line."""
    parts = [("hrflow", hrflow), ("slack", slack), ("scheduler", scheduler)]
    return phrases.SEPARATOR.join(_WELL[each] for each in parts)


def draw(
    digests: Sequence[Digest],
    last: Mapping[int, Delivery],
    coming: Mapping[int, datetime | None],
    health: str,
    *,
    manner: Manner = NEUTRAL,
) -> Message:
    """How the last delivery of each digest went and when the next one comes; `health` is a line of its own."""
    lines = [health]
    drawn = [kit.words(health, 900)]
    for digest in digests:
        delivery, slot = last.get(digest.number), coming.get(digest.number)
        lines += [words.line(digest), _state(digest, delivery, slot, words.told_in(digest), NEUTRAL)]
        state = kit.Markup(_state(digest, delivery, slot, words.drawn, manner))
        drawn += [kit.words(words.line(digest, manner), 900), kit.section(state)]
    if not digests:
        lines.append("There are no digests.")
        drawn.append(kit.words("There are no digests."))
    return Message("\n".join(map(kit.escape_text, lines[:120])), tuple(drawn[:45]))


def _state(
    digest: Digest,
    last: Delivery | None,
    coming: datetime | None,
    when: Callable[[datetime], str],
    manner: Manner,
) -> str:
    """Parts of our own words; what Slack calls an error in them is escaped."""
    parts = []
    if last is None:
        parts.append("not delivered yet")
    else:
        how = _STATES.get(last.state, "not delivered")
        if last.started_at is not None and last.finished_at is not None:
            took = manner.number((last.finished_at - last.started_at).total_seconds(), 1)
            parts.append(f"last {when(last.slot)}: {how} in {took} s")
        else:
            parts.append(f"last {when(last.slot)}: {how}")
        if last.error:
            parts.append(f"error: {kit.escape(words.reason(last.error))}")
    if digest.trouble and not digest.active:
        parts.append(f"error: {kit.escape(words.reason(digest.trouble))}")
    parts.append(f"next {when(coming)}" if coming else "no next one")
    return phrases.SEPARATOR.join(parts)

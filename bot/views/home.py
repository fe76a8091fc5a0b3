"""The Home tab: what somebody asked and decided, their digests, the way to the forms, and how things stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.errors import HrflowError, HrflowMalformedError, HrflowTimeoutError
from bot.views import actions, history, notices, phrases
from bot.views import blocks as kit
from bot.views.locales import NEUTRAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.domain.history import Asked, Past
    from bot.views.blocks import Block, Element
    from bot.views.locales import Manner

CALLBACK = "home"
DIGESTS = "Your digests"
ANSWERED = "The answer is in the Messages tab."
_LEAD = "The top profiles for a job, the top jobs for a profile, and the decision right in the message."
_MAY = (
    "I answer you privately, wherever you ask. I post for others only what one of you shares or schedules, only in "
    "channels that I was invited to (/invite @Shortlist), and only where everybody may see candidate data: not in "
    "channels with guests or of other organisations. A decision sets the stage in HrFlow and changes nothing else "
    "there. I read neither your messages nor your files."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How HrFlow is: `trouble` is why it does not answer, None where it does, in `ms`; and the last failure before."""

    at: datetime
    ms: int = 0
    trouble: HrflowError | None = None
    last_trouble: tuple[datetime, HrflowError] | None = None


def loading() -> dict[str, Any]:
    """Shown where the rest takes longer than a moment."""
    return _view([kit.header("Shortlist"), kit.words(_LEAD), kit.words("Loading\u2026")])


def draw(
    queries: Sequence[Asked],
    decisions: Sequence[Past],
    status: Status,
    *,
    forms: Sequence[Element] = (),
    digests: Sequence[Block] = (),
    said: str = "",
    rename: Mapping[str, str],
    manner: Manner = NEUTRAL,
) -> dict[str, Any]:
    """The whole tab. `forms` are the buttons that open forms, `digests` what is drawn of each; `said` is news."""
    row = [*forms, kit.button("Refresh", actions.HOME_REFRESH, "refresh", label="Refresh this page")]
    blocks = [
        kit.header("Shortlist"),
        kit.words(_LEAD),
        kit.actions(row, block_id="home.row"),
        *([kit.context(kit.bold(kit.escape(said, 600)), block_id="home.said")] if said else []),
        *history.queries_drawn(queries, rename=rename),
        *history.decisions_drawn(decisions),
        *([kit.header(DIGESTS), *digests] if digests else []),
        kit.header("What I may do"),
        kit.words(_MAY, 1_000),
        kit.divider(),
        kit.context(_status(status, manner)),
    ]
    return _view(blocks)


def _status(status: Status, manner: Manner) -> kit.Markup:
    looked = kit.moment(int(status.at.timestamp()), phrases.utc(status.at))
    now = f"HrFlow answers ({manner.number(status.ms)} ms)"
    if isinstance(status.trouble, HrflowTimeoutError):
        now = f"HrFlow does not answer: no answer within {manner.number(status.trouble.seconds, 1)} seconds"
    elif status.trouble is not None:
        now = f"HrFlow does not answer: {notices.in_words(status.trouble, manner)}"
    parts = [kit.escape(now, 300), kit.Markup(f"looked at {looked}")]
    if status.last_trouble is not None:
        at, error = status.last_trouble
        when = kit.moment(int(at.timestamp()), phrases.utc(at))
        parts.append(kit.Markup(f"last trouble: {kit.escape(_trouble(error, manner), 300)}, {when}"))
    return kit.join(phrases.SEPARATOR, parts)


def _trouble(error: HrflowError, manner: Manner) -> str:
    """What went wrong with one call, for those who look after it."""
    match error:
        case HrflowTimeoutError():
            return f"no answer within {manner.number(error.seconds, 1)} s"
        case HrflowMalformedError():
            return "an answer that cannot be read"
        case _ if error.status:
            return f"HrFlow answered {error.status}"
        case _:
            return "the connection failed"


def _view(blocks: Sequence[Block]) -> dict[str, Any]:
    return {"type": "home", "callback_id": CALLBACK, "blocks": list(blocks[: kit.VIEW_BLOCKS])}


def forms() -> tuple[kit.Element, ...]:
    """The ways to the forms."""
    return (
        kit.button("Find profiles", actions.FIND_PROFILES, "home", label="Find profiles for a job", style="primary"),
        kit.button("Find jobs", actions.FIND_JOBS, "home", label="Find jobs for a profile"),
    )

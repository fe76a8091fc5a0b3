"""The Details modal: opened at once with a loading line, filled when HrFlow has answered.

E-mail and phone appear here only, for the person who asked (DESIGN §5). What exceeds a page goes on the next one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from bot.domain.entities import Stage
from bot.domain.scorable import missing_for_scoring
from bot.views import blocks as kit
from bot.views import facts, paged, phrases, stated
from bot.views.locales import NEUTRAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.domain.entities import Job, Label, Profile
    from bot.domain.ranking import Match
    from bot.views.locales import Manner
    from bot.views.paged import Chunk

CALLBACK = "details"
TITLE = "Details"
_MOST_LABELS = 40
_MOST_RANGES = 8
_PROOFS = {
    "stated": "\u2022 {said} \u2014 stated in `{path}`",
    "missed": "\u2022 {said} \u2014 looked for in `{path}`",
    "missed in the profile": "\u2022 {said} \u2014 looked for in `{path}` of the profile",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known beside the two objects.

    `match` is the line of the list that Details was opened from; None: that list is not known any more. `titles` are
    those of other jobs, by key and by reference. `history` are chunks about what was decided. `value` is what the
    buttons of a further page carry, and `page` the page to show, from 0. `manner` is how the reader writes.
    """

    match: Match | None = None
    titles: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    history: Sequence[Chunk] = ()
    value: str = ""
    page: int = 0
    manner: Manner = NEUTRAL


def loading() -> dict[str, Any]:
    """The view that opens at once."""
    return kit.modal(TITLE, [kit.section(kit.Markup("Loading\u2026"))], callback_id=CALLBACK)


def failed(sentence: str) -> dict[str, Any]:
    """The view when nothing could be loaded."""
    return kit.modal(TITLE, [kit.words(sentence, 600)], callback_id=CALLBACK)


def profile(found: Profile, job: Job, about: About | None = None) -> dict[str, Any]:
    """Everything that the profile states, and its stages; `job` is the one it was ranked for."""
    about = about or About()
    manner = about.manner
    label = found.label_for(job)
    chunks = [
        [
            kit.header(phrases.stated(found.name, phrases.NO_NAME)),
            kit.words(phrases.stated(found.headline, phrases.NO_HEADLINE), 300),
        ],
        *stated.pairs(
            [
                ("Stage for this job", _stage(label, manner)),
                ("Job", job.title),
                ("Place", found.place),
                ("Experience", phrases.years(found.experience_years)),
                ("Education", phrases.years(found.education_years)),
                ("Received", phrases.date(found.received_at, manner)),
                ("Created", phrases.date(found.created_at, manner)),
            ]
        ),
        *about.history,
        *_why(about.match, found, of="profile", manner=manner),
        *stated.exact([("E-mail", found.email), ("Phone", found.phone), ("Reference", found.reference)]),
        *stated.text("Summary", found.summary),
        *stated.stays("Experience", found.experiences, manner),
        *stated.stays("Education", found.educations, manner),
        *stated.names("Skills", found.skills, manner),
        *stated.text("Tasks", ", ".join(kit.cut(task, 120) for task in found.tasks[: stated.MOST_NAMES])),
        *stated.names("Languages", found.languages, manner),
        *stated.names("Interests", found.interests, manner),
        *stated.names("Tags", found.tags, manner),
        *stated.links(found.links),
        *_other_jobs(found, job, about),
    ]
    return paged.view(TITLE, paged.pages(chunks), about.page, about.value, callback_id=CALLBACK)


def job(found: Job, of: Profile, about: About | None = None) -> dict[str, Any]:
    """Everything that the job states; `of` is the profile it was ranked for."""
    about = about or About()
    manner = about.manner
    ranges = [(f"Range: {item.name}", item) for item in found.ranges[:_MOST_RANGES]]
    ranges += [(f"Dates: {item.name}", item) for item in found.dates[:_MOST_RANGES]]
    chunks = [
        [kit.header(phrases.stated(found.title, phrases.NO_NAME))],
        *stated.pairs(
            [
                ("Stage of this profile", _stage(of.label_for(found), manner)),
                ("Profile", of.name),
                ("Place", found.place),
                *((name, stated.between(item.low, item.high, manner)) for name, item in ranges),
                ("Created", phrases.date(found.created_at, manner)),
            ]
        ),
        *about.history,
        *_why(about.match, of, of="job", manner=manner),
        *stated.text("Summary", found.summary),
        *(
            chunk
            for title, text in found.sections[: stated.MOST_STAYS]
            for chunk in stated.text(phrases.stated(title, "Section"), text)
        ),
        *stated.names("Skills", found.skills, manner),
        *stated.names("Languages", found.languages, manner),
        *stated.names("Tags", found.tags, manner),
        *stated.exact([("Reference", found.reference)]),
        *stated.links((found.url,)),
    ]
    return paged.view(TITLE, paged.pages(chunks), about.page, about.value, callback_id=CALLBACK)


def _why(match: Match | None, scored: Profile, *, of: str, manner: Manner) -> list[Chunk]:
    """The score and each reason with the field that proves it; what keeps HrFlow from scoring the profile."""
    if match is None:
        lines = [kit.Markup("Ask for the list again to see the score and the reasons.")]
        title = "Why this score"
    else:
        title = f"Why {phrases.percent(match.score, manner)}" if match.score is not None else "Why there is no score"
        lines = [kit.Markup(phrases.bar(match.score))] if match.score is not None else []
        for each in match.reasons.facts:
            words = facts.fact_markup(each, facts.fact(each, of=of), of=of, manner=manner)
            lines.append(_proved("stated", words, each.path))
        if (gap := match.reasons.gap) is not None:
            words = kit.join(" ", [kit.bold(kit.Markup("Gap:")), kit.escape(facts.gap(gap, of=of, manner=manner), 200)])
            how = "stated" if gap.state != "unstated" else "missed"
            how = "missed in the profile" if how == "missed" and of == "job" and gap.kind != "place" else how
            lines.append(_proved(how, words, gap.path))
        if not match.reasons.facts:
            lines.append(kit.Markup("Nothing that the query or the job asks for is stated."))
        lines.append(kit.Markup(facts.NOTE))
    lines.append(_scoring(missing_for_scoring(scored)))
    return [[kit.section(kit.bold(kit.Markup(title))), kit.section(kit.join("\n", lines))]]


def _proved(how: str, words: kit.Markup, path: str) -> kit.Markup:
    """A fact and where it stands; paths are ours, made of names of fields and places."""
    return phrases.filled(_PROOFS[how], said=words, path=path)


def _scoring(missing: Sequence[str]) -> kit.Markup:
    if not missing:
        return kit.Markup("Missing for scoring: nothing.")
    named = ", ".join(f"{facts.missing([name])} (`{facts.PATHS[name]}`)" for name in missing)
    return kit.Markup(f"*Missing for scoring:* {named}")


def _other_jobs(found: Profile, job: Job, about: About) -> list[Chunk]:
    """The labels for other jobs, the newest first."""
    others = [label for label in found.labels if not label.about(job)]
    others.sort(key=lambda label: label.at.timestamp() if label.at else float("-inf"), reverse=True)
    lines = [f"{_job_name(label, about.titles)}: {_stage(label, about.manner)}" for label in others[:_MOST_LABELS]]
    if len(others) > _MOST_LABELS:
        lines.append(phrases.more(len(others) - _MOST_LABELS, about.manner))
    return stated.text("Stages for other jobs", "\n".join(lines))


def _job_name(label: Label, titles: Mapping[str, str]) -> str:
    title = titles.get(label.job_key) or titles.get(label.job_reference) or ""
    known = kit.cut(title, 120)
    return known or f"A job that is not listed ({kit.cut(label.job_reference or label.job_key, 60)})"


def _stage(label: Label | None, manner: Manner) -> str:
    """The stage and since when."""
    if label is None:
        return phrases.STAGE_NAMES[Stage.NEW]
    stage = phrases.STAGE_NAMES[label.stage]
    return f"{stage}, since {manner.day(label.at)}" if label.at is not None else stage

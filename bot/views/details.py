"""The Details modal: opened at once with a loading line, filled when HrFlow has answered.

E-mail and phone appear here only, for the person who asked (DESIGN §5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.domain.values import plain_number
from bot.views import blocks as kit
from bot.views import phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.domain.entities import Job, Profile, Stay
    from bot.domain.values import Named

CALLBACK = "details"
TITLE = "Details"
_MOST_STAYS = 8
_MOST_NAMES = 40
_MOST_LINKS = 9
_BLOCK = 2_400


def loading() -> dict[str, Any]:
    """The view that opens at once."""
    return kit.modal(TITLE, [kit.section(kit.Markup("Loading\u2026"))], callback_id=CALLBACK)


def failed(sentence: str) -> dict[str, Any]:
    """The view when nothing could be loaded."""
    return kit.modal(TITLE, [kit.words(sentence, 600)], callback_id=CALLBACK)


def profile(found: Profile, job: Job) -> dict[str, Any]:
    """Everything that the profile states, and its stages; `job` is the one it was ranked for."""
    blocks = [
        kit.header(phrases.stated(found.name, phrases.NO_NAME)),
        kit.section(kit.escape(phrases.stated(found.headline, phrases.NO_HEADLINE), 300)),
        *_pairs(
            [
                ("Stage for this job", phrases.STAGE_NAMES[found.stage_for(job)]),
                ("Job", job.title),
                ("Place", found.place),
                ("Experience", phrases.years(found.experience_years)),
                ("Education", phrases.years(found.education_years)),
            ]
        ),
        *_exact([("E-mail", found.email), ("Phone", found.phone), ("Reference", found.reference)]),
        *_paragraph("Summary", found.summary),
        *_stays("Experience", found.experiences),
        *_stays("Education", found.educations),
        *_names("Skills", found.skills),
        *_names("Languages", found.languages),
        *_names("Interests", found.interests),
        *_names("Tags", found.tags),
        *_exact([("Link", link) for link in found.links[:_MOST_LINKS]]),
    ]
    return kit.modal(TITLE, blocks, callback_id=CALLBACK)


def job(found: Job, about: Profile) -> dict[str, Any]:
    """Everything that the job states; `about` is the profile it was ranked for."""
    blocks = [
        kit.header(phrases.stated(found.title, phrases.NO_NAME)),
        *_pairs(
            [
                ("Stage of this profile", phrases.STAGE_NAMES[about.stage_for(found)]),
                ("Profile", about.name),
                ("Place", found.place),
                *((f"Range: {item.name}", f"{_end(item.low)} to {_end(item.high)}") for item in found.ranges[:4]),
                *((f"Dates: {item.name}", f"{_end(item.low)} to {_end(item.high)}") for item in found.dates[:4]),
            ]
        ),
        *_paragraph("Summary", found.summary),
        *(block for title, text in found.sections[:6] for block in _paragraph(phrases.stated(title, "Section"), text)),
        *_names("Skills", found.skills),
        *_names("Languages", found.languages),
        *_names("Tags", found.tags),
        *_exact([("Reference", found.reference), ("Link", found.url)]),
    ]
    return kit.modal(TITLE, blocks, callback_id=CALLBACK)


def _end(value: float | str | None) -> str:
    return "open" if value is None else value if isinstance(value, str) else plain_number(value)


def _pairs(pairs: Iterable[tuple[str, str]]) -> list[kit.Block]:
    """Stated values with their names, one a line."""
    lines = [
        kit.join(" ", [kit.bold(kit.escape(f"{name}:", 60)), kit.escape(value, 150)])
        for name, value in pairs
        if kit.cut(value, 1)
    ]
    return [kit.section(kit.join("\n", lines))] if lines else []


def _exact(pairs: Iterable[tuple[str, str]]) -> list[kit.Block]:
    """Stated values that people copy."""
    lines = [f"{name}: {value}" for name, value in pairs if kit.cut(value, 1)]
    return [kit.exactly(lines)] if lines else []


def _paragraph(title: str, text: str) -> list[kit.Block]:
    if not kit.cut(text, 1):
        return []
    return [kit.section(kit.join("\n", [kit.bold(kit.escape(title, 80)), kit.escape(text, _BLOCK)]))]


def _stays(title: str, stays: Sequence[Stay]) -> list[kit.Block]:
    if not stays:
        return []
    lines = [kit.bold(kit.Markup(title))]
    for stay in stays[:_MOST_STAYS]:
        what = ", ".join(part for part in (stay.title, stay.organisation, stay.place) if part)
        span = _span(stay)
        lines.append(kit.escape(f"\u2022 {what or 'not stated'}{f' ({span})' if span else ''}", 250))
    if len(stays) > _MOST_STAYS:
        lines.append(kit.Markup(f"and {len(stays) - _MOST_STAYS} more"))
    return [kit.section(kit.join("\n", lines))]


def _span(stay: Stay) -> str:
    if stay.start is None and stay.end is None:
        return ""
    start = stay.start.strftime("%Y-%m") if stay.start else "?"
    return f"{start} to {stay.end.strftime('%Y-%m') if stay.end else 'present'}"


def _names(title: str, named: Sequence[Named]) -> list[kit.Block]:
    shown = [each.name if each.value is None else f"{each.name} ({_value(each)})" for each in named[:_MOST_NAMES]]
    more = f" and {len(named) - _MOST_NAMES} more" if len(named) > _MOST_NAMES else ""
    return _paragraph(title, ", ".join(shown) + more) if shown else []


def _value(named: Named) -> str:
    if isinstance(named.value, bool):
        return "yes" if named.value else "no"
    return plain_number(named.value) if isinstance(named.value, (int, float)) else str(named.value)

"""Examples: what can be typed, and works. They are parsed by the tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.mistakes import Sample

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.mistakes import Example

_BOTH: Mapping[str, str] = {
    "source": "source:Agency",
    "board": 'board:"Tech jobs"',
    "scoring": "scoring:off",
    "limit": "limit:5",
    "page": "page:2",
    "order": "order:asc",
    "until": "until:yesterday",
    "near": "near:Lyon",
    "within": "within:40km",
    "summary": "summary:cloud",
    "text": "text:kafka",
    "skills": "skills:python,sql",
    "tags": "tags:active=true",
}
_FILTERS: Mapping[str, Mapping[str, str]] = {
    "/profiles": {
        **_BOTH,
        "job": "job:dev-42",
        "stage": "stage:any",
        "sort": "sort:received",
        "since": "since:7d",
        "name": 'name:"Ana"',
        "email": "email:ana@example.com",
        "experience": 'experience:"data platform"',
        "worked-near": "worked-near:Berlin",
        "worked-within": "worked-within:30km",
        "years": "years:3..7",
        "education": "education:physics",
        "studied-near": "studied-near:Milan",
        "studied-within": "studied-within:30km",
        "education-years": "education-years:2..5",
        "languages": "languages:english=fluent,french",
        "interests": "interests:chess",
    },
    "/jobs": {
        **_BOTH,
        "profile": "profile:cand-42",
        "agent": "agent:" + "a" * 40,
        "sort": "sort:created",
        "since": "since:2w",
        "name": "name:engineer",
        "languages": "languages:english",
        "range": "range:salary=40000..60000",
        "dates": "dates:start=2026-01-01..2026-06-30",
    },
}
NAMES: Mapping[str, str] = {"job": '"Data Engineer"', "profile": '"First Last"'}  # of what a list is about
DIGEST = 'add weekdays 09:00 #hiring profiles "Data Engineer" limit:5'
_TEXTS: Mapping[Sample, str] = {
    Sample.COMMAND: '/profiles "Data Engineer"',
    Sample.NAME: NAMES["job"],
    Sample.SAVED: "{command} saved:{key}",
    Sample.SCHEDULE: "weekdays 09:00",
    Sample.WEEKLY: "weekly mon,thu 09:00",
    Sample.MONTHLY: "monthly 1 09:00",
    Sample.HOURLY: "hourly :30",
    Sample.CRON: 'cron:"0 9 * * mon-fri"',
    Sample.ZONE: "tz:Europe/Paris",
    Sample.DIGEST: DIGEST,
    Sample.DIGEST_NUMBER: "{key} {number}",
    Sample.PAUSE: "pause 1 until 2027-01-04",
    Sample.LIST: "list all",
    Sample.EMPTY: "empty:say",
    Sample.SAVE: '/shortlist save "Data team" /profiles "Data Engineer" skills:python',
    Sample.CHANNEL: '/shortlist channel job:"Data Engineer" source:Agency',
    Sample.HISTORY: '/shortlist history job:"Data Engineer"',
}
_ANY_FILTER = "skills:python"


def of_filter(command: str, key: str) -> str:
    """What a filter of that command looks like."""
    return _FILTERS[command][key]


def text(example: Example | None) -> str:
    """The example as it can be typed, "" where there is none."""
    if example is None:
        return ""
    if example.of is Sample.FILTER:
        return of_filter(example.command, example.key) if example.key else _ANY_FILTER
    return _TEXTS[example.of].format(command=example.command, key=example.key, number=example.number)

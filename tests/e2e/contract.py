"""The contract of the seed pages as data: what a case types, what must be on the wire, which names must be listed.

`World` is one sandbox with everything in it, fetched through the plain API. A text of a case may hold `$names`, which
the world fills in: keys, moments and the like.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from itertools import cycle
from string import Template
from typing import TYPE_CHECKING, Any

from tests.sandbox.hrflow.restated import epoch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.helpers.workspace import Workspace

    Raw = dict[str, Any]

JOB = "Data Engineer"
AGENT = "a" * 40
LIMIT = 30
CHANNELS = 40
PARIS = (48.8566, 2.3522)


@dataclass(frozen=True)
class Case:
    """One thing that can be asked for: `typed` as people type it, `own` by the seed's own names and values.

    `covers` are the parameters of the page that it is about, with gaps between them.

    `seed` and `current` are what it adds to the parameters of a plain list in each dialect, values decoded where they
    are JSON. `listed` gives the objects of the list in their order; the message shows the first thirty.
    """

    command: str
    covers: str
    typed: str
    own: str
    seed: dict[str, Any]
    listed: Callable[[World], list[Raw]]
    current: dict[str, Any] = field(default_factory=dict)
    subject: str = ""
    narrows: bool = True


class World:
    """One sandbox, and what a plain client knows about it."""

    def __init__(self, workspace: Workspace, dialect: str) -> None:
        self.workspace = workspace
        self.dialect = dialect
        self._channels = cycle(f"C_{number:03}" for number in range(1, CHANNELS + 1))
        self.sources = {each["name"]: each["key"] for each in self.plain("/sources")["data"]}
        self.boards = {each["name"]: each["key"] for each in self.plain("/boards")["data"]}
        self.source_keys = list(self.sources.values())
        self.board_keys = list(self.boards.values())
        self.profiles = {
            each["key"]: each
            for each in self._all("/storing/profiles", source_keys=self.source_keys, return_profile=True)
        }
        self.jobs = {
            each["key"]: {**each, "board_key": board}
            for board in self.board_keys
            for each in self._all("/storing/jobs", board_keys=[board], return_job=True)
        }
        self.job = next(each for each in self.jobs.values() if each["name"] == JOB)
        best = self.scored_profiles("new")
        self.profile = best[0]
        middle = sorted(best, key=lambda x: x["created_at"])[len(best) // 2]
        middle_job = sorted(self.jobs.values(), key=lambda x: x["created_at"])[len(self.jobs) // 2]
        self.moment, self.job_moment = epoch(middle["created_at"]), epoch(middle_job["created_at"])
        self.start_day = epoch(
            middle_start := sorted(x["ranges_date"][0]["value_min"][:10] for x in self.jobs.values())[20]
        )
        self.known = {
            "start_day": middle_start,
            "agency": self.sources["Agency"],
            "tech": self.boards["Tech jobs"],
            "business": self.boards["Business jobs"],
            "job": self.job["key"],
            "profile": self.profile["key"],
            "its_source": self.profile["source_key"],
            "name": middle["info"]["full_name"][:3],
            "email": middle["info"]["email"],
            "unix": str(int(self.moment)),
            "iso": iso(self.moment),
            "job_iso": iso(self.job_moment),
            "agent": AGENT,
            "other_agent": "b" * 40,
        }

    def ask(self, text: str) -> Raw:
        """Type a line and wait for the list; each time in another channel, for a long conversation is slow to read."""
        return self.workspace.ask(text, channel=next(self._channels))

    def plain(self, path: str, **params: Any) -> Any:
        """A plain call; lists and objects travel as JSON text."""
        wire = {name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()}
        return self.workspace.hrflow(path, **wire)

    def fill(self, text: str) -> str:
        """`text` with its `$names` filled in."""
        return Template(text).substitute(self.known)

    @cache  # noqa: B019 - a world lives as long as the module that tests it
    def scored_profiles(self, stage: str, use_agent: str = "1", sort_by: str = "scoring") -> list[Raw]:
        """The stored profiles in the order in which a plain call lists them for the job.

        Each has its `received` (Unix seconds) and its `score`, which is 0 where there is none.
        """
        asked = {"source_keys": self.source_keys, "job_key": self.job["key"], "board_key": self.job["board_key"]}
        listed = self._scored("/profiles/scoring", **asked, stage=stage, use_agent=use_agent, sort_by=sort_by)
        key, date = ("profile_id", "date_reception") if self.dialect == "seed" else ("key", "created_at")
        return [{**self.profiles[each[key]], "received": epoch(each[date]), "score": score} for each, score in listed]

    @cache  # noqa: B019 - as above
    def scored_jobs(self, use_agent: str = "1", sort_by: str = "scoring") -> list[Raw]:
        """The stored jobs in the order in which a plain call lists them for the profile, each with its `score`."""
        asked = {
            "board_keys": self.board_keys,
            "source_key": self.profile["source_key"],
            "profile_key": self.profile["key"],
        }
        listed = self._scored("/jobs/scoring", **asked, use_agent=use_agent, sort_by=sort_by, agent_key=AGENT)
        return [{**self.jobs[each["key"]], "score": score} for each, score in listed]

    def _scored(self, path: str, **params: Any) -> list[tuple[Raw, float]]:
        found: list[tuple[Raw, float]] = []
        for data in self._pages(path, **params):
            items = data["profiles" if "profiles" in data else "jobs"]
            scores = [pair[1] for pair in data["predictions"]] or [0.0] * len(items)
            found += zip(items, scores, strict=True)
        return found

    def _all(self, path: str, **params: Any) -> list[Raw]:
        return [each for data in self._pages(path, **params) for each in data]

    def _pages(self, path: str, **params: Any) -> Iterator[Any]:
        page, last = 1, 1
        while page <= last:
            reply = self.plain(path, **params, limit=100, page=page)
            yield reply["data"]
            last = reply["meta"]["maxPage"] if "meta" in reply else reply["max_page"]
            page += 1


def iso(seconds: float) -> str:
    """An instant as the bot writes it: ISO 8601 in UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def name_of(item: Raw) -> str:
    """What the list calls a profile or a job."""
    return str(item["name"] if "name" in item else item["info"]["full_name"])


def unfiltered(case: Case, world: World) -> list[Raw]:
    """What the plain list of that command holds."""
    return world.scored_profiles("new") if case.command == "/profiles" else world.scored_jobs()


def keep(holds: Callable[[Raw], bool]) -> Callable[[World], list[Raw]]:
    """The new profiles for which that holds, best first."""
    return lambda world: [each for each in world.scored_profiles("new") if holds(each)]


def keep_jobs(holds: Callable[[Raw], bool]) -> Callable[[World], list[Raw]]:
    """The jobs for which that holds, best first."""
    return lambda world: [each for each in world.scored_jobs() if holds(each)]


def worst_first(items: list[Raw]) -> list[Raw]:
    """The objects by their scores, equal ones by their keys."""
    return sorted(items, key=lambda x: (x["score"], x["key"]))


def line(case: Case, world: World, text: str) -> str:
    """The whole command line of a case; thirty on a page unless the case says otherwise."""
    default = f'"{JOB}"' if case.command == "/profiles" else f'"{world.profile["info"]["full_name"]}"'
    subject = world.fill(case.subject) if case.subject else default
    limit = "" if "limit" in text else f" limit:{LIMIT}"
    return f"{case.command} {'' if case.subject == '-' else subject} {world.fill(text)}{limit}"


def wire(case: Case, world: World) -> dict[str, Any]:
    """All parameters that must be on the wire, decoded."""
    current = world.dialect == "current"
    common = {"use_agent": "1", "limit": str(LIMIT), "page": "1", "order_by": "desc", "sort_by": "scoring"}
    agent = {"algorithm_key" if current else "agent_key": AGENT}
    if case.command == "/profiles":
        about = {"source_keys": world.source_keys, "board_key": world.job["board_key"], "job_key": world.job["key"]}
        base = {**about, **(agent if current else {}), **common, "stage": "new"}
    else:
        about = {
            "board_keys": world.board_keys,
            "source_key": world.profile["source_key"],
            "profile_key": world.profile["key"],
        }
        base = {**about, **agent, **common}
    added = (case.current or case.seed) if current else case.seed
    return {**base, **{name: _filled(value, world) for name, value in added.items()}}


def _filled(value: Any, world: World) -> Any:
    if isinstance(value, str):
        return world.fill(value)
    if isinstance(value, dict):
        return {name: _filled(each, world) for name, each in value.items()}
    return [_filled(each, world) for each in value] if isinstance(value, list) else value


def last_sent(world: World, command: str) -> dict[str, Any]:
    """The parameters of the last call for such a list; what is JSON text is decoded."""
    path = f"/hrflow/v1{command}/scoring"
    sent = next(each for each in reversed(world.workspace.calls()) if each["path"] == path)["params"]
    return {name: json.loads(text) if text[:1] in ("[", "{") else text for name, text in sent.items()}

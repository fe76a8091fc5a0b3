"""`/profiles/scoring`, `/jobs/scoring`, `/profiles/searching`, `/jobs/searching` (reference hrflow-api §§2, 3, 7)."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from aiohttp import web

from . import queries
from .backend import Backend
from .errors import InvalidParameterError
from .filters import apply
from .params import Params
from .queries import Query
from .records import JobRecord, ProfileRecord
from .relevance import KEYWORD, SKILL, TITLE, terms
from .replies import Page, respond
from .sorting import job_value, ordered, profile_value

R = TypeVar("R", bound=ProfileRecord | JobRecord)


class Lists:
    """The four lists; each reads the index, leaves out what is archived, filters, sorts and cuts one page."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of the lists."""
        return [
            web.get("/profiles/scoring", self.profiles_scoring),
            web.get("/profiles/searching", self.profiles_searching),
            web.get("/jobs/scoring", self.jobs_scoring),
            web.get("/jobs/searching", self.jobs_searching),
        ]

    async def profiles_scoring(self, request: web.Request) -> web.Response:
        """Return the profiles of some sources with their scores for a job."""
        params = Params(request.query.items())
        source_keys = self._backend.source_keys(params)
        job = self._backend.indexed_job(params)
        scored = params.flag("use_agent", "use_algorithm", default=True)
        found, query = self._profiles(params, source_keys, job, scored=scored)
        shown, page = _cut(found, query)
        score = _scored_for(self._backend, job)
        predictions = [_pair(score(profile)) for profile in shown] if scored else []
        return self._profile_reply(shown, page, predictions)

    async def profiles_searching(self, request: web.Request) -> web.Response:
        """Return the profiles of some sources, without scores."""
        params = Params(request.query.items())
        found, query = self._profiles(params, self._backend.source_keys(params), None, scored=False)
        shown, page = _cut(found, query)
        return self._profile_reply(shown, page, [])

    def _profiles(
        self, params: Params, source_keys: frozenset[str], job: JobRecord | None, *, scored: bool
    ) -> tuple[list[ProfileRecord], Query[ProfileRecord]]:
        query = queries.profile_query(params)
        tests: list[Callable[[ProfileRecord], bool]] = [
            lambda profile: not profile.archived and profile.source_key in source_keys,
            queries.profile_stage_test(queries.wanted_stage(params), job),
            *query.tests,
        ]
        left = apply(self._backend.profiles.index(self._backend.config.lag_ms).values(), tests)
        wanted = terms((query.keywords, KEYWORD))
        score: Callable[[ProfileRecord], float | None] | None = None
        if job is not None:
            names = [skill["name"] for skill in job.raw.get("skills") or ()]
            wanted = terms(([job.name], TITLE), (names, SKILL), (query.keywords, KEYWORD))
            # A sort by distance that names no centre measures from the job.
            query.centres = {meaning: centre or job.point for meaning, centre in query.centres.items()}
            score = _scored_for(self._backend, job) if scored else None
        value = profile_value(query.sort, query.centres, wanted, score)
        return ordered(left, value, descending=query.descending), query

    def _profile_reply(
        self, shown: Sequence[ProfileRecord], page: Page, predictions: Sequence[list[float] | None]
    ) -> web.Response:
        seed = self._backend.dialect == "seed"
        pagination: dict[str, Any] = {**page.top_level()} if seed else {"meta": page.meta()}
        data = {"profiles": self._backend.show_profiles(shown), "predictions": predictions}
        return respond(200, "Profiles list", data, pagination)

    async def jobs_scoring(self, request: web.Request) -> web.Response:
        """Return the jobs of some boards with their scores for a profile."""
        backend, params = self._backend, Params(request.query.items())
        board_keys = backend.board_keys(params)
        scored = params.flag("use_agent", "use_algorithm", default=True)
        agent = params.text("agent_key", "algorithm_key")
        if backend.config.strict and scored and agent != backend.agent_key:
            raise InvalidParameterError("agent_key", "the key of an agent is expected")
        profile = backend.indexed_profile(params)
        query = queries.job_query(params)
        tests: list[Callable[[JobRecord], bool]] = [
            lambda job: not job.archived and job.board_key in board_keys,
            *query.tests,
        ]
        stage = queries.stage(params)
        if stage is not None:
            stages = profile.stages
            tests.append(lambda job: stages.for_job(job.key, job.board_key, job.reference) == stage)
        left = apply(backend.jobs.index(backend.config.lag_ms).values(), tests)
        wanted = terms(([profile.headline, *query.titles], TITLE), (profile.levels, SKILL), (query.keywords, KEYWORD))
        query.centres = {meaning: centre or profile.point for meaning, centre in query.centres.items()}
        score = backend.scorer.score
        by_score = (lambda job: score(job, profile)) if scored and profile.scorable else None
        value = job_value(query.sort, query.centres, wanted, by_score)
        shown, page = _cut(ordered(left, value, descending=query.descending), query)
        predictions = [_pair(by_score(job) if by_score else None) for job in shown] if scored else []
        data = {"jobs": backend.show_jobs(shown), "predictions": predictions}
        return respond(200, "Job scoring results", data, {"meta": page.meta()})

    async def jobs_searching(self, request: web.Request) -> web.Response:
        """Return the jobs of some boards, without scores."""
        backend, params = self._backend, Params(request.query.items())
        board_keys = backend.board_keys(params)
        query = queries.job_query(params)
        tests: list[Callable[[JobRecord], bool]] = [
            lambda job: not job.archived and job.board_key in board_keys,
            *query.tests,
        ]
        left = apply(backend.jobs.index(backend.config.lag_ms).values(), tests)
        value = job_value(query.sort, query.centres, terms((query.titles, TITLE), (query.keywords, KEYWORD)), None)
        shown, page = _cut(ordered(left, value, descending=query.descending), query)
        data = {"jobs": backend.show_jobs(shown), "predictions": []}
        return respond(200, "Job searching results", data, {"meta": page.meta()})


def _scored_for(backend: Backend, job: JobRecord) -> Callable[[ProfileRecord], float | None]:
    score = backend.scorer.score
    return lambda profile: score(job, profile) if profile.scorable else None


def _pair(score: float | None) -> list[float] | None:
    """Return a prediction: index 1 is the score (reference hrflow-api §4.2); None for a profile that has none."""
    return None if score is None else [1 - score, score]


def _cut(found: list[R], query: Query[R]) -> tuple[list[R], Page]:
    start = (query.page - 1) * query.limit
    shown = found[start : start + query.limit]
    return shown, Page(query.page, query.limit, len(shown), len(found))

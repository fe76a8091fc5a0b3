"""Puts the HrFlow side together: corpus, store, endpoints, and what is kept between runs."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from .backend import Backend
from .config import HrflowConfig
from .corpus import Corpus
from .corpus.keys import make_key
from .endpoints_lists import Lists
from .endpoints_lookups import Lookups
from .endpoints_objects import Objects
from .endpoints_trackings import Trackings
from .guard import OBSOLETE_PATHS, guard, obsolete
from .records import job_record, profile_record
from .replies import Dialect
from .scores import Scorer
from .store import Collection


class HrflowSide:
    """The HrFlow API over a generated corpus.

    The corpus depends on `seed`, `profiles`, `jobs` and the day on which it is made: all its dates are relative to
    that day's midnight in UTC, and only their distance from it is random. `config` can be changed at any time.
    """

    def __init__(
        self,
        *,
        profiles: int = 300,
        jobs: int = 12,
        seed: int = 7,
        dialect: Dialect = "seed",
        api_key: str = "ask_sandbox",
        user_email: str = "sandbox@example.com",
        agent_key: str = "a" * 40,
    ) -> None:
        self.config = HrflowConfig()
        self._seed, self._sizes = seed, (profiles, jobs)
        self._midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
        self._api_key, self._user_email, self._agent_key = api_key, user_email, agent_key
        self._dialect: Dialect = dialect
        self._backend = self._generate()

    def _generate(self) -> Backend:
        profiles, jobs = self._sizes
        corpus = Corpus(seed=self._seed, profiles=profiles, jobs=jobs, midnight=self._midnight)
        return Backend(
            seed=self._seed,
            dialect=self._dialect,
            api_key=self._api_key,
            user_email=self._user_email,
            agent_key=self._agent_key,
            team_id=make_key(self._seed, "team"),
            config=self.config,
            boards={board["key"]: board for board in corpus.boards},
            sources={source["key"]: source for source in corpus.sources},
            jobs=Collection(map(job_record, corpus.jobs)),
            profiles=Collection(profile_record(raw, received) for raw, received in corpus.profiles()),
            scorer=Scorer(self._midnight),
        )

    def app(self) -> web.Application:
        """Return a new application; its paths begin at `/`, so that it can be mounted anywhere."""
        backend = self._backend
        app = web.Application(middlewares=[guard(backend)])
        for endpoints in (Lists(backend), Objects(backend), Lookups(backend), Trackings(backend)):
            app.add_routes(endpoints.routes())
        for path in OBSOLETE_PATHS:
            app.router.add_route("*", path, obsolete)
        return app

    def dump(self) -> dict[str, Any]:
        """Return everything that was written since the corpus was generated, as JSON."""
        backend = self._backend
        return {
            "midnight": self._midnight,
            "jobs": [job.raw for job in backend.jobs.written.values()],
            "profiles": [
                {"profile": profile.raw, "received": profile.received} for profile in backend.profiles.written.values()
            ],
            "trackings": list(backend.trackings),
        }

    def load(self, data: Mapping[str, Any]) -> None:
        """Go back to what `dump` returned, on a side made with the same seed and sizes.

        The corpus is generated for the day of the dump, so that what was not written since stays as it was. Lists see
        what is loaded at once.
        """
        backend = self._backend
        if data["midnight"] != self._midnight or backend.jobs.written or backend.profiles.written:
            self._midnight = data["midnight"]
            self._adopt(self._generate())
        for raw in data["jobs"]:
            backend.jobs.write(job_record(raw))
        for each in data["profiles"]:
            backend.profiles.write(profile_record(each["profile"], each["received"]))
        backend.jobs.index(0)
        backend.profiles.index(0)
        backend.trackings[:] = data["trackings"]

    def _adopt(self, other: Backend) -> None:
        """Take over a newly generated corpus without replacing the backend that running applications hold."""
        backend = self._backend
        backend.boards, backend.sources = other.boards, other.sources
        backend.jobs, backend.profiles = other.jobs, other.profiles
        backend.scorer = other.scorer

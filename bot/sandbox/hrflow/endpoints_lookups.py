"""`/auth`, `/boards`, `/board`, `/sources`, `/source` and `/storing/...` (reference hrflow-api §7)."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from aiohttp import web

from . import filters, queries
from .backend import Backend
from .dates import parse_date
from .errors import InvalidParameterError
from .geo import Point, point
from .params import Params
from .records import JobRecord, ProfileRecord, Raw
from .replies import Page, respond
from .sorting import job_value, ordered, profile_value
from .text import fold

_OWNER_SORTS = {"date": "date", "created_at": "date", "job": "size", "profile": "size"}


class Lookups:
    """What a client asks before it scores: who am I, which boards and sources, which objects."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of the look-ups."""
        return [
            web.get("/auth", self.auth),
            web.get("/boards", self.boards),
            web.get("/board", self.board),
            web.get("/sources", self.sources),
            web.get("/source", self.source),
            web.get("/storing/jobs", self.storing_jobs),
            web.get("/storing/profiles", self.storing_profiles),
        ]

    async def auth(self, request: web.Request) -> web.Response:
        """Say whose key this is and what it may do."""
        data = {
            "team_name": "Sandbox",
            "team_subdomain": "sandbox",
            "request_origin": request.remote,
            "api_key_permission": self._backend.permission(request.headers["X-API-KEY"]),
        }
        return respond(200, "Auth details", data)

    async def boards(self, request: web.Request) -> web.Response:
        """Return the boards with the number of their jobs."""
        return self._owners(request, "Board list", self._backend.boards, self._sizes("job"))

    async def sources(self, request: web.Request) -> web.Response:
        """Return the sources with the number of their profiles."""
        return self._owners(request, "Source list", self._backend.sources, self._sizes("profile"))

    async def board(self, request: web.Request) -> web.Response:
        """Return one board."""
        key = Params(request.query.items()).text("key", "board_key", "board_id")
        return respond(200, "Board info", self._backend.owner("board", key))

    async def source(self, request: web.Request) -> web.Response:
        """Return one source."""
        key = Params(request.query.items()).text("key", "source_key", "source_id")
        return respond(200, "Source info", self._backend.owner("source", key))

    def _sizes(self, kind: str) -> Counter[str]:
        lag = self._backend.config.lag_ms
        if kind == "job":
            return Counter(job.board_key for job in self._backend.jobs.index(lag).values() if not job.archived)
        return Counter(each.source_key for each in self._backend.profiles.index(lag).values() if not each.archived)

    def _owners(self, request: web.Request, message: str, owners: dict[str, Raw], sizes: Counter[str]) -> web.Response:
        params = Params(request.query.items())
        name = fold(params.text("name") or "")
        by_size = params.choice("sort_by", among=_OWNER_SORTS, default="date") == "size"
        found = [owner for owner in owners.values() if name in fold(owner["name"])]

        def rank(owner: Raw) -> tuple[float, str]:
            value = sizes[owner["key"]] if by_size else parse_date(owner["created_at"]) or 0.0
            return (-value if descending else value), owner["key"]

        descending = queries.descending(params)
        shown, page = _page(sorted(found, key=rank), params)
        # The number is a text in the documentation.
        data = [{**owner, "stats": {"size": str(sizes[owner["key"]])}} for owner in shown]
        return respond(200, message, data, {"meta": page.meta()})

    async def storing_jobs(self, request: web.Request) -> web.Response:
        """Return the stored jobs of some boards: keys and dates, or with `return_job` everything."""
        backend, params = self._backend, Params(request.query.items())
        board_keys = backend.board_keys(params, newer=True)
        whole = params.flag("return_job", default=False)
        centre, tests = _storing_filters(params)
        job_tests: list[Callable[[JobRecord], bool]] = [
            lambda job: not job.archived and job.board_key in board_keys,
            *tests,
        ]
        left = filters.apply(backend.jobs.index(backend.config.lag_ms).values(), job_tests)
        value = job_value(queries.sort_meaning(params), {"location": centre}, (), None)
        shown, page = _page(ordered(left, value, descending=queries.descending(params)), params)
        data = [backend.show_job(job) if whole else _brief(job.raw) for job in shown]
        return respond(200, "List of jobs", data, {"meta": page.meta()})

    async def storing_profiles(self, request: web.Request) -> web.Response:
        """Return the stored profiles of some sources: keys and dates, or with `return_profile` everything."""
        backend, params = self._backend, Params(request.query.items())
        source_keys = backend.source_keys(params, newer=True)
        whole = params.flag("return_profile", default=False)
        centre, tests = _storing_filters(params)
        profile_tests: list[Callable[[ProfileRecord], bool]] = [
            lambda profile: not profile.archived and profile.source_key in source_keys,
            *tests,
        ]
        left = filters.apply(backend.profiles.index(backend.config.lag_ms).values(), profile_tests)
        value = profile_value(queries.sort_meaning(params), {"location": centre}, (), None)
        shown, page = _page(ordered(left, value, descending=queries.descending(params)), params)
        data = [profile.raw if whole else _brief(profile.raw) for profile in shown]
        return respond(200, "List of profiles", data, {"meta": page.meta()})


def _storing_filters(params: Params) -> tuple[Point | None, list[Callable[[Any], bool]]]:
    """Read the filters that both stores share; the place comes as three parameters."""
    lat, lng = params.number("location_lat"), params.number("location_lon", "location_lng")
    centre = point(lat, lng)
    if (lat is not None or lng is not None) and centre is None:
        raise InvalidParameterError("location_lat", "a latitude and with it location_lon are expected")
    name, key, reference = params.text("name"), params.text("key"), params.text("reference")
    low, high = params.date("created_at_min"), params.date("created_at_max")
    tests: list[Callable[[Any], bool]] = [
        *filters.keywords(lambda record: record.name, [name] if name else []),
        *([lambda record: record.key == key] if key else []),
        *([lambda record: record.raw.get("reference") == reference] if reference else []),
        *filters.within(lambda record: record.created, low, high),
        *filters.around(
            lambda record: (record.point,) if record.point is not None else (),
            centre,
            filters.distance(params, "location_dist"),
        ),
    ]
    return centre, tests


def _brief(raw: Raw) -> Raw:
    return {field: raw.get(field) for field in ("key", "reference", "created_at", "updated_at")}


def _page(found: Sequence[Any], params: Params) -> tuple[Sequence[Any], Page]:
    number, limit = queries.page_and_limit(params)
    shown = found[(number - 1) * limit : number * limit]
    return shown, Page(number, limit, len(shown), len(found))

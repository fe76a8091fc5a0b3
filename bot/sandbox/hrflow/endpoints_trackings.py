"""`POST /tracking` and `GET /trackings`: an append-only log of what people did (reference hrflow-api §6.2)."""

from time import time
from typing import Any

from aiohttp import web

from . import queries
from .backend import Backend
from .dates import parse_date, with_zone
from .endpoints_objects import read_body
from .errors import ApiError, InvalidParameterError
from .params import Params
from .records import JobRecord, ProfileRecord, Raw
from .replies import Page, respond

_ROLES = ("recruiter", "candidate", "employee", "manager")


class Trackings:
    """Trackings are added and listed; none is ever changed, and posting one again adds another."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of trackings."""
        return [web.post("/tracking", self.add), web.get("/trackings", self.list)]

    async def add(self, request: web.Request) -> web.Response:
        """Add a tracking about a job and a profile, both of which have to exist."""
        backend, body = self._backend, await read_body(request)
        action, role = body.get("action"), body.get("role")
        if not isinstance(action, str) or not action.strip():
            raise InvalidParameterError("action", "a text is expected")
        if role not in _ROLES:
            raise InvalidParameterError("role", "one of " + ", ".join(_ROLES) + " is expected")
        for name in ("author_email", "comment"):
            if not isinstance(body.get(name), str | None):
                raise InvalidParameterError(name, "a text or null is expected")
        created = time() if body.get("created_at") is None else parse_date(body["created_at"])
        if created is None:
            raise InvalidParameterError("created_at", "an ISO 8601 date is expected")
        job = backend.find_job(body.get("board_key"), _given(body, "job"))
        profile = backend.find_profile(body.get("source_key"), _given(body, "profile"))
        tracking = {
            "id": len(backend.trackings) + 1,
            "action": action,
            "role": role,
            "author_email": body.get("author_email"),
            "comment": body.get("comment"),
            **_about(job, profile),
            "created_at": with_zone(created),
            "updated_at": with_zone(created),
        }
        backend.trackings.append(tracking)
        return respond(201, "Tracking created", tracking)

    async def list(self, request: web.Request) -> web.Response:
        """Return the trackings of a role by their date; where there is none the answer is 404."""
        params = Params(request.query.items())
        role = params.text("role")
        if role not in _ROLES:
            raise InvalidParameterError("role", "one of " + ", ".join(_ROLES) + " is expected")
        wanted: dict[str, Any] = {
            "role": [role],
            "action": params.words("actions"),
            "author_email": params.words("author_email"),
            "source_key": params.words("source_key", "source_keys"),
            "board_key": params.words("board_key", "board_keys"),
            "profile_key": params.words("profile_key"),
            "profile_reference": params.words("profile_reference"),
            "job_key": params.words("job_key"),
            "job_reference": params.words("job_reference"),
        }
        queries.sort_meaning(params)
        since, until = params.date("created_at_min"), params.date("created_at_max")
        found = [
            each
            for each in self._backend.trackings
            if all(not values or each[field] in values for field, values in wanted.items())
            and (since is None or _created(each) >= since)
            and (until is None or _created(each) <= until)
        ]
        if not found:
            raise ApiError(404, "Tracking not found")
        found.sort(key=_moment, reverse=queries.descending(params))
        number, limit = queries.page_and_limit(params)
        shown = found[(number - 1) * limit : number * limit]
        return respond(200, "Tracking list", shown, {"meta": Page(number, limit, len(shown), len(found)).meta()})


def _given(body: Raw, kind: str) -> dict[str, Any]:
    key = body.get(f"{kind}_key")
    return {"key": key} if key is not None else {"reference": body.get(f"{kind}_reference")}


def _about(job: JobRecord, profile: ProfileRecord) -> Raw:
    return {
        "board_key": job.board_key,
        "job_key": job.key,
        "job_reference": job.reference,
        "source_key": profile.source_key,
        "profile_key": profile.key,
        "profile_reference": profile.raw.get("reference"),
    }


def _created(tracking: Raw) -> float:
    return parse_date(tracking["created_at"]) or 0.0


def _moment(tracking: Raw) -> tuple[float, int]:
    return _created(tracking), tracking["id"]

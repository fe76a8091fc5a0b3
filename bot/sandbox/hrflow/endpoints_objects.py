"""`/profile/indexing` and `/job/indexing`: read, create, edit, archive one object (reference hrflow-api §§6, 7)."""

from collections.abc import Awaitable, Callable
from time import time
from typing import Any, Literal

from aiohttp import web

from .backend import Backend
from .bodies import unwrap, whole_job, whole_profile
from .corpus.keys import make_key
from .corpus.owners import embedded
from .dates import with_zone
from .errors import InvalidParameterError, ReferenceTakenError
from .params import Params
from .records import JobRecord, ProfileRecord, Raw, job_record, profile_record
from .replies import respond
from .strict_json import read_json

Kind = Literal["profile", "job"]
_OWNER = {"profile": "source", "job": "board"}
# Fields that the server keeps for itself: a body cannot change them.
_OWNED = ("id", "key", "archive", "archived_at")
_YES, _NO = frozenset({"1", "true"}), frozenset({"0", "false"})


async def read_body(request: web.Request) -> Raw:
    """Return the JSON object of a request, whatever its content type says."""
    try:
        text = await request.read()
    except web.RequestPayloadError as error:
        raise InvalidParameterError("body", "a body that can be unpacked is expected") from error
    body = read_json(text, "body")
    if not isinstance(body, dict):
        raise InvalidParameterError("body", "a JSON object is expected")
    return body


class Objects:
    """Single objects, read fresh and written at once; lists follow after the lag."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of single objects."""
        routes = []
        for kind in ("profile", "job"):
            path = f"/{kind}/indexing"
            routes += [
                web.get(path, self._for(kind, self._details)),
                web.post(path, self._for(kind, self._create)),
                web.put(path, self._for(kind, self._edit)),
                web.patch(f"{path}/archive", self._for(kind, self._archive)),
            ]
        return routes

    @staticmethod
    def _for(
        kind: Any, handler: Callable[[Kind, web.Request], Awaitable[web.Response]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(request: web.Request) -> web.Response:
            return await handler(kind, request)

        return handle

    async def _details(self, kind: Kind, request: web.Request) -> web.Response:
        params = Params(request.query.items())
        owner_key = params.text(f"{_OWNER[kind]}_key", f"{_OWNER[kind]}_id")
        given = {
            "key": params.text("key", f"{kind}_key", f"{kind}_id"),
            "reference": params.text("reference", f"{kind}_reference"),
            "email": params.text("email"),
        }
        return self._reply(200, kind, "details", self._find(kind, owner_key, given))

    async def _create(self, kind: Kind, request: web.Request) -> web.Response:
        backend, owner_kind = self._backend, _OWNER[kind]
        body = unwrap(await read_body(request), kind, f"{owner_kind}_key")
        owner = backend.owner(owner_kind, body.get(f"{owner_kind}_key"))
        collection = backend.profiles if kind == "profile" else backend.jobs
        number = len(collection)
        owned = {
            "id": (100_000 if kind == "profile" else 1000) + number,
            "key": make_key(backend.seed, kind, number),
            "archive": None,
            "archived_at": None,
            f"{owner_kind}_key": owner["key"],
            owner_kind: embedded(owner),
        }
        return self._reply(201, kind, "created", self._store(kind, body, owned, None))

    async def _edit(self, kind: Kind, request: web.Request) -> web.Response:
        owner_kind = _OWNER[kind]
        body = unwrap(await read_body(request), kind, f"{owner_kind}_key")
        # The reference in a body is a field to be written, so the key decides which object is meant.
        before = self._find(kind, body.get(f"{owner_kind}_key"), _key_first(body))
        owned = {field: before.raw.get(field) for field in (*_OWNED, f"{owner_kind}_key", owner_kind)}
        return self._reply(200, kind, "edited", self._store(kind, body, owned, before))

    async def _archive(self, kind: Kind, request: web.Request) -> web.Response:
        owner_kind = _OWNER[kind]
        body = await read_body(request)
        switch = str(body.get("is_archive", 1)).lower()
        if switch not in _YES | _NO:
            raise InvalidParameterError("is_archive", "0 or 1 is expected")
        before = self._find(kind, body.get(f"{owner_kind}_key"), _key_first(body))
        moment = with_zone(time()) if switch in _YES else None
        raw = {**before.raw, "archive": moment, "archived_at": moment}
        self._write(raw, before)
        verb = "archived" if switch in _YES else "unarchived"
        return respond(200, f"{kind.capitalize()} {verb}", {"key": before.key, "archived_at": moment})

    def _find(self, kind: Kind, owner_key: object, given: dict[str, Any]) -> ProfileRecord | JobRecord:
        find = self._backend.find_profile if kind == "profile" else self._backend.find_job
        return find(owner_key, given)

    def _store(
        self, kind: Kind, body: Raw, owned: Raw, before: ProfileRecord | JobRecord | None
    ) -> ProfileRecord | JobRecord:
        """Check and complete a body, refuse a reference that another object of the same owner has, write."""
        whole = whole_profile if kind == "profile" else whole_job
        merge = self._backend.config.put == "merge"
        raw = whole(body, owned, before.raw if before is not None else None, merge=merge, now=time())
        collection = self._backend.profiles if kind == "profile" else self._backend.jobs
        reference, owner_key = raw["reference"], raw[f"{_OWNER[kind]}_key"]
        if reference is not None:
            holder = collection.by_reference(owner_key, reference)
            if holder is not None and holder.key != raw["key"]:
                raise ReferenceTakenError("create" if before is None else "edit", kind, reference)
        return self._write(raw, before)

    def _write(self, raw: Raw, before: ProfileRecord | JobRecord | None) -> ProfileRecord | JobRecord:
        if "source_key" in raw and "board_key" not in raw:
            received = before.received if before is not None else time()
            profile = profile_record(raw, received)
            self._backend.profiles.write(profile)
            return profile
        job = job_record(raw)
        self._backend.jobs.write(job)
        return job

    def _reply(self, status: int, kind: Kind, verb: str, record: ProfileRecord | JobRecord) -> web.Response:
        shown = self._backend.show_job(record) if isinstance(record, JobRecord) else record.raw
        return respond(status, f"{kind.capitalize()} {verb}", shown)


def _key_first(body: Raw) -> dict[str, Any]:
    key = body.get("key")
    if key is not None:
        return {"key": key}
    # The official Python SDK calls the e-mail `profile_email` when it archives.
    return {"reference": body.get("reference"), "email": body.get("email", body.get("profile_email"))}

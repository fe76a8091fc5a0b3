"""Lets nobody in without a key, and gives every refusal the envelope of the API."""

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from .backend import Backend
from .errors import ApiError
from .replies import respond


def guard(backend: Backend) -> Middleware:
    """Return the middleware for a backend; its 401 repeats the key that was sent (reference hrflow-api §9, row 33)."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            _authorise(request, backend)
            return await handler(request)
        except ApiError as error:
            return respond(error.status, error.message)
        except web.HTTPException as error:
            if error.status < 400:
                raise
            reply = respond(error.status, error.reason)
            if "Allow" in error.headers:
                reply.headers["Allow"] = error.headers["Allow"]
            return reply

    return middleware


def _authorise(request: web.Request, backend: Backend) -> None:
    key = request.headers.get("X-API-KEY", "")
    permission = backend.permission(key)
    if permission is None:
        raise ApiError(401, f"Unauthorized. Invalid secret key: {key}")
    needed = "read" if request.method in {"GET", "HEAD"} else "write"
    if permission not in {"all", needed}:
        raise ApiError(401, f"Unauthorized. Invalid secret key: {key} for permission: {needed}")
    email = request.headers.get("X-USER-EMAIL", "")
    if backend.config.strict is not False and email.lower() != backend.user_email.lower():
        raise ApiError(401, f"Unauthorized. Invalid user email: {email}")


async def obsolete(request: web.Request) -> web.StreamResponse:
    """Refuse the ways of setting a stage that are gone: they are documented nowhere or were removed (§6.2)."""
    raise web.HTTPMethodNotAllowed(request.method, ["PUT"])


OBSOLETE_PATHS = ("/profile/stage", "/profile/rating", "/profile/action", "/profile/feedback")
"""Paths of the years 2018 to 2020 that answer 405."""

"""`/workspace/sockets`: the connections of an app in Socket Mode, and what may happen to them."""

from typing import Any

from aiohttp import web

from bot.sandbox.slack.errors import Refused
from bot.sandbox.slack.sockets import DISCONNECT_REASONS, NOTICE_SECONDS, Sockets
from bot.sandbox.workspace.requests import answer, json_object, refusing, whole

_FIELDS = frozenset({"disconnect", "after_ms", "drop", "mute", "enabled"})
_DEEDS = ("disconnect", "drop", "mute", "enabled")


class SocketControl:
    """The calls; `sockets` is None while the sandbox delivers over HTTP."""

    def __init__(self, sockets: Sockets | None) -> None:
        self._sockets = sockets

    def routes(self) -> list[web.RouteDef]:
        """Return the routes, with their full paths."""
        return [
            web.get("/workspace/sockets", refusing(self._list)),
            web.post("/workspace/sockets", refusing(self._change)),
        ]

    async def _list(self, _request: web.Request) -> web.Response:
        """Answer `{mode, enabled, connections}`, the oldest connection first."""
        return answer(self._state())

    def _state(self) -> dict[str, Any]:
        sockets = self._sockets
        if sockets is None:
            return {"mode": "http", "enabled": False, "connections": []}
        return {"mode": "socket", "enabled": sockets.enabled, "connections": sockets.seen()}

    async def _change(self, request: web.Request) -> web.Response:
        """Do exactly one thing to all connections; answer as the list does.

        `disconnect` (a reason) tells them to go and closes them `after_ms` later, 10 s by default and at once for
        `link_disabled`, which also switches Socket Mode off; `enabled: true` switches it on again. `drop: true` loses
        them without a word, `mute: true` keeps them open but silent.
        """
        body = await json_object(request, _FIELDS)
        sockets = self._sockets
        if sockets is None:
            raise Refused(400, "This sandbox delivers over HTTP: start it with --mode socket")
        if sum(name in body for name in _DEEDS) != 1:
            raise Refused(400, f"Exactly one of {', '.join(_DEEDS)} is needed")
        reason = body.get("disconnect")
        if "disconnect" in body:
            if reason not in DISCONNECT_REASONS:
                raise Refused(400, f"disconnect must be one of {', '.join(DISCONNECT_REASONS)}")
            notice = 0 if reason == "link_disabled" else round(NOTICE_SECONDS * 1000)
            await sockets.disconnect(reason, whole(body, "after_ms", notice) / 1000)
            return answer(self._state())
        if body not in ({"drop": True}, {"mute": True}, {"enabled": True}):
            raise Refused(400, "drop, mute and enabled take true and nothing beside them")
        if "drop" in body:
            sockets.drop()
        elif "mute" in body:
            sockets.mute()
        else:
            sockets.enabled = True
        return answer(self._state())

"""apps.*: how an app asks for the address of a WebSocket (slack-platform §6.4)."""

from typing import Any

from bot.sandbox.slack.errors import ApiError
from bot.sandbox.slack.methods.call import Arguments
from bot.sandbox.slack.world import World


def connections_open(world: World, _arguments: Arguments) -> dict[str, Any]:
    """Return an address that is good for one connection. Raises ApiError `socket_mode_not_enabled`."""
    if world.sockets is None or not world.sockets.enabled:
        raise ApiError("socket_mode_not_enabled")
    return {"url": world.sockets.address()}

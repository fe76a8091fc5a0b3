"""What the foreign apps share: the shape of an installation, and a manifest to begin with."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt import App
from slack_bolt.async_app import AsyncApp

from tests.sandbox.slack.kit import World, eventually

InstallAsync = Callable[[dict[str, Any], Callable[[AsyncApp], object]], Awaitable[World]]
InstallSync = Callable[[dict[str, Any], Callable[[App], object]], Awaitable[World]]


def manifest(
    name: str, *, commands: tuple[str, ...] = (), shortcuts: tuple[tuple[str, str], ...] = (), scopes: str = ""
) -> dict[str, Any]:
    """A manifest; `shortcuts` are pairs of callback_id and type, `scopes` come beside those that every app has."""
    return {
        "display_information": {"name": name},
        "features": {
            "bot_user": {"display_name": name.lower()},
            "app_home": {"home_tab_enabled": True},
            "slash_commands": [{"command": command, "description": command} for command in commands],
            "shortcuts": [
                {"name": callback_id, "callback_id": callback_id, "description": callback_id, "type": kind}
                for callback_id, kind in shortcuts
            ],
        },
        "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "users:read", *scopes.split()]}},
        "settings": {"interactivity": {"is_enabled": True}, "event_subscriptions": {"bot_events": ["app_home_opened"]}},
    }


async def sees(world: World, words: str, *, user: str = "U_ANN", channel: str = "C_HIRING") -> dict[str, Any]:
    """Wait until a person sees a message with those words; return it."""
    shown = await eventually(
        lambda: world.messages(channel, user),
        until=lambda messages: any(words in message["text"] for message in messages),
    )
    return next(message for message in shown if words in message["text"])


async def gone(world: World, words: str, *, user: str = "U_ANN", channel: str = "C_HIRING") -> None:
    """Wait until a person sees no message with those words."""
    await eventually(
        lambda: world.messages(channel, user),
        until=lambda messages: not any(words in message["text"] for message in messages),
    )


async def top(world: World, words: str, user: str = "U_ANN") -> dict[str, Any]:
    """Wait until the topmost modal of a person has those words somewhere; return it."""
    views = await eventually(
        lambda: world.views(user), until=lambda views: bool(views["stack"]) and words in str(views["stack"][-1])
    )
    return dict(views["stack"][-1])


async def at_home(world: World, words: str, user: str = "U_ANN") -> dict[str, Any]:
    """Wait until a person's Home has those words somewhere; return it."""
    return dict((await eventually(lambda: world.views(user), until=lambda views: words in str(views["home"])))["home"])

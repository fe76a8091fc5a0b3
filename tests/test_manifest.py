"""The manifest in `app.yaml` promises exactly what the bot answers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot import manifest
from bot.slack.routes import Command, Event, Route, Shortcut
from commands import ROUTES

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
COMMANDS = {route.name for route in ROUTES if isinstance(route, Command)}


@pytest.mark.parametrize("url", ["", "https://bot.example.com/slack/events"], ids=["socket mode", "http"])
@pytest.mark.parametrize("prefix", ["", "hr-"], ids=["plain", "prefixed"])
def test_the_manifest_has_the_commands_that_the_bot_answers(prefix: str, url: str, tmp_path: Path) -> None:
    arguments = ("--http", url) if url else ()
    done = subprocess.run(
        [BIN / "shortlist", "manifest", *arguments],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "COMMAND_PREFIX": prefix},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    (tmp_path / "app.yaml").write_text(done.stdout, encoding="utf-8")
    printed = manifest.read(tmp_path / "app.yaml")
    declared = printed["features"]["slash_commands"]

    assert sorted(each["command"] for each in declared) == sorted(f"/{prefix}{name[1:]}" for name in COMMANDS)
    assert {each.get("url", "") for each in declared} == {url}
    assert all(each["should_escape"] and each["description"] and each["usage_hint"] for each in declared)
    assert printed["settings"]["socket_mode_enabled"] is not bool(url)
    assert printed["settings"]["interactivity"].get("request_url", "") == url


def test_the_manifest_promises_exactly_what_the_bot_answers() -> None:
    """Every shortcut, every event and the Home tab have a route, and every such route is in the manifest."""
    features: dict[str, Any] = manifest.read()["features"]
    settings: dict[str, Any] = manifest.read()["settings"]
    events = sorted(route.type for route in ROUTES if isinstance(route, Event))
    shortcuts = [route for route in ROUTES if isinstance(route, Shortcut) and isinstance(route.id, str)]
    declared = features.get("shortcuts", [])

    assert sorted((each["callback_id"], each["type"]) for each in declared) == sorted(
        (str(route.id), route.on) for route in shortcuts
    )
    assert all(each["name"] and each["description"] for each in declared)
    assert sorted(settings.get("event_subscriptions", {}).get("bot_events", [])) == events
    assert features["app_home"]["home_tab_enabled"] is ("app_home_opened" in events)
    assert settings["interactivity"]["is_enabled"] is True


def test_over_http_slack_is_told_where_everything_goes() -> None:
    url = "https://bot.example.com/slack/events"
    settings = manifest.for_workspace(manifest.read(), url=url)["settings"]

    assert settings["event_subscriptions"]["request_url"] == url
    assert settings["interactivity"]["message_menu_options_url"] == url
    assert "request_url" not in manifest.for_workspace(manifest.read())["settings"]["event_subscriptions"]


def test_the_app_asks_for_the_scopes_that_it_uses_and_for_no_other() -> None:
    """`commands` for the routes, `chat:write` for what the token posts, `users:read` for the access check."""
    edge = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot/slack").rglob("*.py"))
    called = set(re.findall(r"(?:self\.|lambda: )web\.([a-z]+_\w+)", edge))
    needs = {
        "chat_postMessage": {"chat:write"},
        "chat_postEphemeral": {"chat:write"},
        "chat_update": {"chat:write"},
        "conversations_history": set[str](),  # works without: the scopes for it are optional ones
        "users_info": {"users:read"},
        "users_list": {"users:read"},
        # Who would see a share: of public channels, private ones with the bot in them, direct messages with the bot.
        "conversations_info": {"channels:read", "groups:read", "im:read"},
        # Who may decide, where user groups are named.
        "usergroups_users_list": {"usergroups:read"},
        "conversations_members": {"channels:read", "groups:read", "im:read"},
        "apps_connections_open": set[str](),  # the app-level token has a scope of its own
        "auth_test": set[str](),
        "views_open": set[str](),
        "views_push": set[str](),
        "views_update": set[str](),
        "views_publish": set[str](),
    }

    assert called == needs.keys()
    scopes = manifest.read()["oauth_config"]["scopes"]
    assert set(scopes["bot"]) - set(scopes["bot_optional"]) == {"commands"}.union(*needs.values())


def test_no_two_routes_have_the_same_name() -> None:
    named = [(route.kind, _name(route)) for route in ROUTES]

    assert len(set(named)) == len(named)


def _name(route: Route) -> str:
    if isinstance(route, Command):
        return route.name
    if isinstance(route, Event):
        return route.type
    return route.id if isinstance(route.id, str) else route.id.pattern

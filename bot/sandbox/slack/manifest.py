"""What the sandbox reads from a Slack app manifest."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class ManifestError(Exception):
    """The manifest has the wrong shape; the message names the place."""


@dataclass(frozen=True, slots=True)
class SlashCommand:
    """One command as registered; `should_escape`: clients turn mentions and addresses in its text into tokens."""

    command: str
    description: str
    usage_hint: str
    should_escape: bool = False


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One shortcut; `kind` is `global` or `message`."""

    callback_id: str
    name: str
    description: str
    kind: str


@dataclass(frozen=True, slots=True)
class AppManifest:
    """The parts of a manifest that change how Slack behaves (slack-platform §7)."""

    app_name: str
    bot_name: str
    commands: dict[str, SlashCommand]
    shortcuts: dict[str, Shortcut]
    bot_scopes: tuple[str, ...]
    bot_events: frozenset[str]
    home_tab: bool
    messages_tab: bool
    interactive: bool

    @classmethod
    def parse(cls, manifest: Mapping[str, Any]) -> "AppManifest":
        """Read a parsed manifest.

        A missing `messages_tab_enabled` or `interactivity.is_enabled` counts as on, a missing `home_tab_enabled` as
        off. Raises ManifestError.
        """
        features = _mapping(manifest, "features")
        settings = _mapping(manifest, "settings")
        home = _mapping(features, "app_home")
        name = str(_mapping(manifest, "display_information").get("name") or "App")
        commands = [
            SlashCommand(
                _word(entry, "command"),
                str(entry.get("description", "")),
                str(entry.get("usage_hint", "")),
                entry.get("should_escape") is True,
            )
            for entry in _entries(features, "slash_commands")
        ]
        shortcuts = [
            Shortcut(
                _word(entry, "callback_id"),
                _word(entry, "name"),
                str(entry.get("description", "")),
                _word(entry, "type"),
            )
            for entry in _entries(features, "shortcuts")
        ]
        scopes = _mapping(_mapping(manifest, "oauth_config"), "scopes").get("bot") or []
        events = _mapping(settings, "event_subscriptions").get("bot_events") or []
        return cls(
            app_name=name,
            bot_name=str(_mapping(features, "bot_user").get("display_name") or name),
            commands={command.command: command for command in commands},
            shortcuts={shortcut.callback_id: shortcut for shortcut in shortcuts},
            bot_scopes=tuple(str(scope) for scope in scopes),
            bot_events=frozenset(str(event) for event in events),
            home_tab=home.get("home_tab_enabled") is True,
            messages_tab=home.get("messages_tab_enabled") is not False,
            interactive=_mapping(settings, "interactivity").get("is_enabled") is not False,
        )


def _mapping(parent: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = parent.get(key) or {}
    if not isinstance(value, Mapping):
        raise ManifestError(f"The manifest's {key} must be a mapping")
    return value


def _entries(parent: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = parent.get(key) or []
    if not isinstance(value, list) or not all(isinstance(entry, Mapping) for entry in value):
        raise ManifestError(f"The manifest's features.{key} must be a list of mappings")
    return value


def _word(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value:
        raise ManifestError(f"An entry of the manifest's features lacks {key!r}")
    return value

"""The Slack app manifest: `app.yaml` as it is, or its HTTP variant, with this workspace's command names."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

REQUEST_PATH = "/slack/events"
PATH = Path(__file__).resolve().parent.parent / "app.yaml"


def read(path: Path = PATH) -> dict[str, Any]:
    """The manifest in that file. Raises ValueError where it is not one."""
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ValueError(f"{path.name} is not YAML or JSON: {error.__class__.__name__}") from None
    if not isinstance(found, dict):
        raise ValueError(f"{path.name} is not a Slack app manifest")  # noqa: TRY004 - one error for a bad file
    return found


def for_workspace(manifest: dict[str, Any], *, prefix: str = "", url: str = "") -> dict[str, Any]:
    """The manifest with prefixed commands; with `url`, for HTTP instead of Socket Mode.

    `url` is the full request address, or the address of the host alone.
    """
    made = copy.deepcopy(manifest)
    if url and urlsplit(url).path in ("", "/"):
        url = url.rstrip("/") + REQUEST_PATH
    for command in made["features"]["slash_commands"]:
        command["command"] = f"/{prefix}{command['command'].lstrip('/')}"
        if url:
            command["url"] = url
    if url:
        made["settings"]["socket_mode_enabled"] = False
        made["settings"]["interactivity"] |= {"request_url": url, "message_menu_options_url": url}
        if "event_subscriptions" in made["settings"]:
            made["settings"]["event_subscriptions"] = {"request_url": url, **made["settings"]["event_subscriptions"]}
    return made


def as_yaml(manifest: dict[str, Any]) -> str:
    """The manifest as Slack's page takes it."""
    return yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=120)

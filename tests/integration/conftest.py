"""The bot in this process, wired to a small sandbox; requests come in as Slack signs them."""

from __future__ import annotations

import hashlib
import hmac
import json
import shutil
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import httpx
import pytest

from bot import manifest
from bot.app import Bot
from bot.demo import bot_settings
from bot.sandbox import Sandbox, SandboxOptions
from bot.storage.database import FILE
from commands import ROUTES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@dataclass
class Signed:
    """A client that signs like Slack, against the bot's own port."""

    port: int
    secret: str
    sandbox: Sandbox
    http: httpx.AsyncClient = field(default_factory=lambda: httpx.AsyncClient(trust_env=False, timeout=10))

    async def send(
        self, body: str | bytes, *, path: str = "/slack/events", at: str | None = None, signature: str | None = None
    ) -> httpx.Response:
        """POST that body; `at` and `signature` replace the right ones."""
        timestamp = str(int(time.time())) if at is None else at
        raw = body.encode() if isinstance(body, str) else body
        base = b"v0:" + timestamp.encode() + b":" + raw
        made = "v0=" + hmac.new(self.secret.encode(), base, hashlib.sha256).hexdigest()
        headers: dict[str, Any] = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": timestamp.encode(),
            "X-Slack-Signature": made if signature is None else signature.encode(),
        }
        return await self.http.post(f"http://127.0.0.1:{self.port}{path}", content=raw, headers=headers)

    async def command(self, command: str, text: str, **other: str) -> httpx.Response:
        """A slash command of Ann's in #hiring."""
        fields = {
            "command": command,
            "text": text,
            "user_id": "U_ANN",
            "channel_id": "C_HIRING",
            "team_id": "T_SANDBOX",
            "response_url": f"{self.sandbox.url}/nowhere",
            "trigger_id": "1.1.a",
            **other,
        }
        return await self.send(urlencode(fields))

    async def payload(self, payload: dict[str, Any]) -> httpx.Response:
        """An interaction."""
        return await self.send(urlencode({"payload": json.dumps(payload)}))

    async def action(self, action_id: str, value: str, **other: Any) -> httpx.Response:
        """A press of Ann's on a private message in #hiring."""
        return await self.payload(
            {
                "type": "block_actions",
                "user": {"id": "U_ANN", "team_id": "T_SANDBOX"},
                "team": {"id": "T_SANDBOX"},
                "channel": {"id": "C_HIRING"},
                "container": {"type": "message", "message_ts": "1.1", "channel_id": "C_HIRING", "is_ephemeral": True},
                "trigger_id": "1.1.a",
                "response_url": f"{self.sandbox.url}/nowhere",
                "actions": [{"type": "button", "action_id": action_id, "block_id": "b", "value": value}],
                **other,
            }
        )


@pytest.fixture
async def slack(tmp_path: Path, migrated: Path) -> AsyncIterator[Signed]:
    """The running bot, and Slack's way in."""
    shutil.copyfile(migrated, tmp_path / FILE)
    sandbox = Sandbox(SandboxOptions(manifest=manifest.read(), port=0, profiles=12, jobs=3))
    await sandbox.start()
    async with Bot(bot_settings(sandbox.credentials, "seed", folder=tmp_path), ROUTES) as bot:
        client = Signed(bot.port, sandbox.credentials.slack_signing_secret, sandbox)
        yield client
        await client.http.aclose()
    await sandbox.stop()

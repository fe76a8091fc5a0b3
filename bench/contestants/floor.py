"""The floor: a Bolt `AsyncApp` that only acks. No bot on Bolt and aiohttp can be cheaper."""

from __future__ import annotations

import os
from typing import Any

from aiohttp import web
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient


async def profiles(ack: Any) -> None:
    """Ack `/profiles`, and nothing else."""
    await ack()


def main() -> None:
    """Serve until told to stop."""
    token = os.environ["SLACK_BOT_TOKEN"]
    app = AsyncApp(
        client=AsyncWebClient(token=token, base_url=os.environ["SLACK_API_URL"]),
        signing_secret=os.environ["SLACK_SIGNING_SECRET"],
    )
    app.command("/profiles")(profiles)
    web.run_app(
        app.server(port=int(os.environ["PORT"])).web_app,
        host=os.environ["HOST"],
        port=int(os.environ["PORT"]),
        print=None,
        access_log=None,
    )


if __name__ == "__main__":
    main()

"""The Bolt app."""

from __future__ import annotations

import logging

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient


def app(token: str, api_url: str, identity: dict[str, object]) -> AsyncApp:
    """A Bolt app that asks nobody who we are: that is known since the start.

    Everything is passed explicitly, because Bolt reads several environment variables by itself (reference
    slack-platform §6.2); requests come with a signature that `transport` has checked.
    """
    result = AuthorizeResult(
        enterprise_id=_text(identity.get("enterprise_id")),
        team_id=_text(identity.get("team_id")),
        bot_id=_text(identity.get("bot_id")),
        bot_user_id=_text(identity.get("user_id")),
        bot_token=token,
    )

    async def authorize(**_: object) -> AuthorizeResult:
        return result

    quiet = logging.getLogger("slack_bolt.shortlist")
    quiet.setLevel(logging.ERROR)
    return AsyncApp(
        name="shortlist",
        logger=quiet,
        client=AsyncWebClient(base_url=api_url, retry_handlers=[]),
        authorize=authorize,
        signing_secret="checked-by-transport",  # noqa: S106 - not a secret: requests are verified before they get here
        request_verification_enabled=False,
        process_before_response=True,  # the listeners end with their ack, see Guard
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None

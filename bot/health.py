"""One look at each thing that Shortlist depends on, for `shortlist check`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot import errors
from bot.app import hrflow_client
from bot.settings import complete_hrflow, complete_slack
from bot.slack.messenger import Messenger
from bot.views import notices

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.hrflow.client import HrflowClient
    from bot.settable import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, whether it is right, and what to do if not."""

    subject: str
    ok: bool
    words: str


async def check(settings: Settings, manifest: dict[str, Any]) -> AsyncIterator[Finding]:
    """Look at Slack, then at HrFlow; what follows from a failure is not looked at."""
    for subject, complete in (("Slack settings", complete_slack), ("HrFlow settings", complete_hrflow)):
        try:
            complete(settings)
        except errors.ConfigError as error:
            yield Finding(subject, ok=False, words=str(error))
        else:
            looked = _look_at_slack(settings, manifest) if complete is complete_slack else _look_at_hrflow(settings)
            async for finding in looked:
                yield finding


async def _look_at_slack(settings: Settings, manifest: dict[str, Any]) -> AsyncIterator[Finding]:
    token = settings.slack.bot_token
    messenger = Messenger(token=token.get_secret_value() if token else "", api_url=settings.slack.api_url)
    await messenger.start()
    try:
        scopes = manifest["oauth_config"]["scopes"]
        yield await _slack(messenger, set(scopes["bot"]) - set(scopes.get("bot_optional", ())))
        if settings.slack.transport == "socket" and settings.slack.app_token is not None:
            yield await _socket(messenger, settings.slack.app_token.get_secret_value())
    finally:
        await messenger.close()


async def _look_at_hrflow(settings: Settings) -> AsyncIterator[Finding]:
    async with hrflow_client(settings) as hrflow:
        key = await _key(hrflow)
        yield key
        if key.ok:
            yield await _listed(hrflow, "sources", settings.hrflow.source_keys)
            yield await _listed(hrflow, "boards", settings.hrflow.board_keys)
    agent = bool(settings.hrflow.agent_key)
    yield Finding(
        "HRFLOW_AGENT_KEY",
        agent,
        "set" if agent else "missing: /jobs needs a scoring agent, unless people type agent:KEY",
    )


async def _slack(messenger: Messenger, needed: set[str]) -> Finding:
    try:
        identity = await messenger.auth_test()
    except errors.SlackDeliveryError as error:
        return Finding("Slack", ok=False, words=f"auth.test says {error.code}: check SLACK_BOT_TOKEN and SLACK_API_URL")
    missing = sorted(needed - set(identity["scopes"])) if identity["scopes"] else []
    if missing:
        return Finding("Slack", ok=False, words=f"scopes missing: {', '.join(missing)}. Install the app again")
    return Finding("Slack", ok=True, words=f"workspace {identity.get('team', '')}, all scopes granted")


async def _socket(messenger: Messenger, app_token: str) -> Finding:
    try:
        await messenger.open_socket(app_token)
    except errors.SlackDeliveryError as error:
        return Finding("Socket Mode", ok=False, words=f"Slack says {error.code}: check SLACK_APP_TOKEN (xapp-…)")
    return Finding("Socket Mode", ok=True, words="a connection is granted")


async def _key(hrflow: HrflowClient) -> Finding:
    try:
        permission = await hrflow.permission()
    except errors.HrflowRejectedError:
        return Finding("HrFlow key", ok=True, words="accepted (this account cannot say what it may do)")
    except errors.HrflowMalformedError as error:  # another page answers there, or points elsewhere
        return Finding("HrFlow key", ok=False, words=f"{error.detail}: check HRFLOW_API_URL")
    except errors.HrflowError as error:
        return Finding("HrFlow key", ok=False, words=f"{error.detail}. {notices.in_words(error)}")
    if permission in ("read", "write"):
        return Finding("HrFlow key", ok=False, words=f"may only {permission}: stages need a key that reads and writes")
    return Finding("HrFlow key", ok=True, words="may read and write")


async def _listed(hrflow: HrflowClient, what: str, configured: tuple[str, ...]) -> Finding:
    try:
        listed = await (hrflow.sources() if what == "sources" else hrflow.boards())
    except errors.HrflowError as error:
        return Finding(f"HrFlow {what}", ok=False, words=error.detail)
    unknown = [key for key in configured if key not in {each.key for each in listed}]
    if unknown:
        return Finding(f"HrFlow {what}", ok=False, words=f"{len(unknown)} configured keys are not in this account")
    return Finding(f"HrFlow {what}", ok=bool(listed), words=f"{len(configured) or len(listed)} in use")

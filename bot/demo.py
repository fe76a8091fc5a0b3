"""The sandbox and the real bot, wired to each other over real HTTP or WebSockets; the bot knows it by settings only."""

from __future__ import annotations

import os
import tempfile
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from pydantic import SecretStr

from bot import collecting, manifest
from bot.app import Bot
from bot.errors import ConfigError
from bot.sandbox import Sandbox, SandboxOptions
from bot.settable import HrflowSettings, ServiceSettings, Settings, SlackSettings
from bot.slack.transport import PATH
from bot.storage.database import FILE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.sandbox import BotCredentials
    from bot.slack.routes import Route

_LOOPBACK = "127.0.0.1"
_FIRST_CHANNEL = "C_HIRING"
EXAMPLES = ('/profiles "Data Engineer"', '/profiles "Data Engineer" skills:python,sql limit:5', "/jobs cand-0001")
SANDBOX_PACE = 6_000  # the sandbox has no quota to spare, and whoever tries it out types fast


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The options of `shortlist sandbox`, as typed."""

    port: int
    profiles: int
    jobs: int
    channels: int
    seed: int
    data: Path | None
    mode: str
    dialect: str
    bot: bool
    bot_url: str
    write_env: Path | None
    manifest: Path


@asynccontextmanager
async def running(plan: Plan, routes: Sequence[Route]) -> AsyncIterator[str]:
    """Start everything; yields the address when all of it answers. Raises ConfigError where an option is wrong."""
    _check(plan)
    fresh = plan.data is None or not (plan.data / "state.json").exists()
    async with AsyncExitStack() as stack:
        sandbox = Sandbox(_options(plan))
        try:
            await sandbox.start()
        except OSError as error:
            raise ConfigError(f"Port {plan.port} cannot be used ({_why(error)}): choose another with --port.") from None
        stack.push_async_callback(sandbox.stop)
        folder = plan.data or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="shortlist-")))
        if plan.write_env is not None:
            _write(plan.write_env, environment(sandbox.credentials, plan.mode, plan.dialect, folder=folder))
        if plan.bot:
            settings = bot_settings(sandbox.credentials, plan.dialect, plan.mode, folder=folder)
            bot = await stack.enter_async_context(Bot(settings, routes))
            if plan.mode == "http":
                sandbox.deliver_to(f"http://{_LOOPBACK}:{bot.port}{PATH}")
            if fresh:  # a workspace that goes on has been greeted before
                await bot.greet(_FIRST_CHANNEL, EXAMPLES)
        elif plan.bot_url:
            sandbox.deliver_to(plan.bot_url)
        collecting.settle()
        yield sandbox.url


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"--write-env cannot write {path}: {error.strerror}.") from None


def bot_settings(credentials: BotCredentials, dialect: str, mode: str = "http", *, folder: Path) -> Settings:
    """Settings given explicitly, for the chosen mode only: the environment and `.env` are not read.

    The bot keeps its database in `folder`.
    """
    http = mode == "http"
    return Settings(
        slack=SlackSettings(
            bot_token=SecretStr(credentials.slack_bot_token),
            signing_secret=SecretStr(credentials.slack_signing_secret) if http else None,
            app_token=None if http else SecretStr(credentials.slack_app_token),
            api_url=credentials.slack_api_url,
        ),
        hrflow=HrflowSettings(
            api_key=SecretStr(credentials.hrflow_api_key),
            user_email=credentials.hrflow_user_email,
            api_url=credentials.hrflow_api_url,
            agent_key=credentials.hrflow_agent_key,
            dialect=_dialect(dialect),
            pace=SANDBOX_PACE,
        ),
        service=ServiceSettings(host=_LOOPBACK, port=0, database_url=SecretStr(_database_url(folder))),
    )


def _database_url(folder: Path) -> str:
    return f"sqlite:///{(folder / FILE).resolve().as_posix()}"


def environment(credentials: BotCredentials, mode: str, dialect: str, *, folder: Path) -> str:
    """`NAME=value` lines for a bot of its own process, for the chosen mode only; its database is in `folder`.

    The database belongs to this sandbox: another one has the same keys for other people's decisions.
    """
    way_in = (
        ("SLACK_SIGNING_SECRET", credentials.slack_signing_secret)
        if mode == "http"
        else ("SLACK_APP_TOKEN", credentials.slack_app_token)
    )
    lines = {
        "SLACK_BOT_TOKEN": credentials.slack_bot_token,
        way_in[0]: way_in[1],
        "SLACK_API_URL": credentials.slack_api_url,
        "HRFLOW_API_KEY": credentials.hrflow_api_key,
        "HRFLOW_USER_EMAIL": credentials.hrflow_user_email,
        "HRFLOW_API_URL": credentials.hrflow_api_url,
        "HRFLOW_AGENT_KEY": credentials.hrflow_agent_key,
        "HRFLOW_DIALECT": dialect,
        "HRFLOW_PACE": str(SANDBOX_PACE),
        "DATABASE_URL": _database_url(folder),
    }
    return "".join(f"{name}={value}\n" for name, value in lines.items())


def _options(plan: Plan) -> SandboxOptions:
    try:
        app_manifest = manifest.read(plan.manifest)
    except (OSError, ValueError) as error:
        why = _why(error) if isinstance(error, OSError) else error
        raise ConfigError(f"The manifest {plan.manifest} cannot be read: {why}.") from None
    return SandboxOptions(
        manifest=app_manifest,
        port=plan.port,
        profiles=plan.profiles,
        jobs=plan.jobs,
        channels=plan.channels,
        seed=plan.seed,
        data_dir=plan.data,
        dialect=_dialect(plan.dialect),
        mode=_mode(plan.mode),
    )


def _why(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else type(error).__name__


def _check(plan: Plan) -> None:
    if plan.dialect not in ("seed", "current"):
        raise ConfigError("--dialect is seed or current.")
    if plan.mode not in ("http", "socket"):
        raise ConfigError("--mode is http or socket.")
    if plan.mode == "socket" and plan.bot_url:
        raise ConfigError("--bot-url goes with --mode http: in Socket Mode the app connects to the sandbox by itself.")
    if plan.bot_url and not plan.bot_url.startswith(("http://", "https://")):
        raise ConfigError(
            "--bot-url is the full request address of your app, such as http://127.0.0.1:5000/slack/events."
        )
    if plan.bot and plan.bot_url:
        raise ConfigError("--bot-url goes with --no-bot: with the bot started here its address is known.")


def _mode(name: str) -> Literal["http", "socket"]:
    return cast("Literal['http', 'socket']", name)


def _dialect(name: str) -> Literal["seed", "current"]:
    return cast("Literal['seed', 'current']", name)

"""Every setting, typed. Only `app.py` and `cli.py` read this module; everybody else receives plain values.

The models take explicit values (the sandbox does so); `load` reads the environment and `.env`.
"""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.domain.deciders import Deciders, UnknownDeciderError
from bot.domain.reason_codes import DEFAULT_CODES, read_codes
from bot.errors import ConfigError

Keys = Annotated[tuple[str, ...], NoDecode]


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("it must be a web address such as https://example.com")
    return value


def _lower(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


WebAddress = Annotated[str, AfterValidator(_web_address)]
Word = BeforeValidator(_lower)


class _Group(BaseModel):
    """What all groups share: spaces and line breaks around a value, as copying leaves them, are not part of it."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    @field_validator("*", mode="before")
    @classmethod
    def _trimmed(cls, value: object) -> object:
        return value.strip() if isinstance(value, str) else value


class SlackSettings(_Group):
    """How to reach Slack, and how Slack reaches us."""

    bot_token: SecretStr | None = Field(default=None, description="bot token, starts with `xoxb-`")
    signing_secret: SecretStr | None = Field(
        default=None, description="signing secret; set it to receive requests over HTTP"
    )
    app_token: SecretStr | None = Field(
        default=None, description="app-level token, starts with `xapp-`; set it to use Socket Mode"
    )
    mode: Annotated[Literal["http", "socket"] | None, Word] = Field(
        default=None, description="`http` or `socket`; needed only when both of the above are set"
    )
    api_url: WebAddress = Field(default="https://slack.com/api/", description="address of Slack's Web API")

    @property
    def transport(self) -> Literal["http", "socket"]:
        """How Slack reaches us; `load` has made sure that it is clear."""
        return self.mode or ("http" if self.signing_secret else "socket")


class HrflowSettings(_Group):
    """How to reach HrFlow."""

    api_key: SecretStr | None = Field(default=None, description="API key with permission to read and write")
    user_email: str | None = Field(default=None, description="e-mail of the account that owns the key")
    api_url: WebAddress = Field(default="https://api.hrflow.ai/v1", description="address of the HrFlow API")
    dialect: Annotated[Literal["seed", "current"], Word] = Field(
        default="seed", description="`seed` or `current`: which generation of parameter names to send"
    )
    source_keys: Keys = Field(default=(), description="keys of the sources to search, between commas; empty means all")
    board_keys: Keys = Field(default=(), description="keys of the boards to search, between commas; empty means all")
    agent_key: str = Field(default="", description="key of the scoring agent that `/jobs` uses")
    pace: int = Field(default=600, ge=1, le=1_000_000, description="calls to HrFlow in any minute, at the most")
    timeout: float = Field(default=8.0, gt=0, le=60, description="seconds to wait for one answer of HrFlow")

    @field_validator("source_keys", "board_keys", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value


class ServiceSettings(_Group):
    """How the process itself behaves."""

    database_url: SecretStr | None = Field(
        default=None,
        description="`sqlite:///FILE` or `postgresql://…`; empty means `shortlist.db` in the working folder",
    )
    replica_id: str = Field(
        default="1",
        pattern=r"^[A-Za-z0-9_.-]{1,40}$",
        description="name of this process, where several serve one app; each needs its own",
    )
    host: str = Field(default="0.0.0.0", description="address to listen on")  # noqa: S104 - a container must be reachable
    port: int = Field(
        default=3000, ge=0, le=65535, description="port to listen on (HTTP, and health checks in both modes)"
    )
    command_prefix: str = Field(
        default="",
        pattern=r"^[a-z0-9_-]{0,20}$",
        description="put before every command name, where another app owns `/jobs`",
    )
    receipts: Annotated[Literal["auto", "button", "off"], Word] = Field(
        default="auto",
        description="what filters hide: `auto` counts it behind every list, `button` on demand, `off` never",
    )
    log_format: Annotated[Literal["auto", "console", "json"], Word] = Field(
        default="auto", description="`console`, `json`, or `auto`: console on a terminal, JSON elsewhere"
    )
    log_level: Annotated[Literal["debug", "info", "warning", "error"], Word] = Field(
        default="info", description="`debug`, `info`, `warning` or `error`"
    )


def _deciders(value: str) -> str:
    try:
        Deciders.read(value)
    except UnknownDeciderError:
        raise ValueError(
            "it must hold ids of people (U…), user groups (S…) and channels (C…), between commas"
        ) from None
    return value


def _reason_codes(value: str) -> str:
    read_codes(value)
    return value


class DecisionSettings(_Group):
    """Who may decide, what is asked of them, and where it is noted down."""

    deciders: Annotated[str, AfterValidator(_deciders)] = Field(
        default="",
        description="ids of the people, user groups and channels whose members may decide, between commas; "
        "empty means everybody who may see",
    )
    reasons: Annotated[Literal["off", "optional", "required"], Word] = Field(
        default="off", description="whether **No** asks for a reason: `off`, `optional` or `required`"
    )
    reason_codes: Annotated[str, AfterValidator(_reason_codes)] = Field(
        default=DEFAULT_CODES, description="the reasons to choose from, between commas"
    )
    audit_tracking: Annotated[Literal["off", "on"], Word] = Field(
        default="off", description="`on` adds a line to HrFlow's trackings after each decision"
    )


class Settings(BaseModel):
    """All of it."""

    model_config = ConfigDict(frozen=True)

    slack: SlackSettings = SlackSettings()
    hrflow: HrflowSettings = HrflowSettings()
    service: ServiceSettings = ServiceSettings()
    decisions: DecisionSettings = DecisionSettings()


class _SlackEnvironment(BaseSettings, SlackSettings):
    model_config = SettingsConfigDict(env_prefix="SLACK_", env_file=".env", extra="ignore", env_ignore_empty=True)


class _HrflowEnvironment(BaseSettings, HrflowSettings):
    model_config = SettingsConfigDict(env_prefix="HRFLOW_", env_file=".env", extra="ignore", env_ignore_empty=True)


class _ServiceEnvironment(BaseSettings, ServiceSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)


class _DecisionEnvironment(BaseSettings, DecisionSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)


def load(*, slack: bool = False, hrflow: bool = False) -> Settings:
    """Read the environment and `.env`; `slack` and `hrflow` say what must be complete.

    Raises ConfigError: one sentence for the first thing that is missing, half set or wrong. No value is ever quoted.
    """
    try:
        settings = Settings.model_construct(
            slack=_SlackEnvironment(),
            hrflow=_HrflowEnvironment(),
            service=_ServiceEnvironment(),
            decisions=_DecisionEnvironment(),
        )
    except ValidationError as error:
        raise ConfigError(_sentence(error)) from None
    except (UnicodeDecodeError, OSError):
        raise ConfigError("The file .env cannot be read: it must be UTF-8 text with one NAME=value a line.") from None
    if slack and hrflow and _nothing_set(settings):
        raise ConfigError(
            "Nothing is set: Shortlist needs SLACK_BOT_TOKEN with SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN "
            "(Socket Mode), and HRFLOW_API_KEY with HRFLOW_USER_EMAIL."
        )
    if slack:
        complete_slack(settings)
    if hrflow:
        complete_hrflow(settings)
    return settings


def _nothing_set(settings: Settings) -> bool:
    slack, hrflow = settings.slack, settings.hrflow
    secrets = (slack.bot_token, slack.signing_secret, slack.app_token, hrflow.api_key)
    return all(map(_empty, secrets)) and not hrflow.user_email


def complete_slack(settings: Settings) -> None:
    """Raise ConfigError unless it is clear how to reach Slack, and how Slack reaches us."""
    slack = settings.slack
    if _empty(slack.bot_token):
        raise ConfigError("SLACK_BOT_TOKEN is missing: copy the bot token (xoxb-…) from the app's OAuth page.")
    http, socket = not _empty(slack.signing_secret), not _empty(slack.app_token)
    if not http and not socket:
        raise ConfigError(
            "SLACK_BOT_TOKEN is set, but not how Slack reaches the bot: "
            "set SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode)."
        )
    if http and socket and slack.mode is None:
        raise ConfigError(
            "SLACK_SIGNING_SECRET and SLACK_APP_TOKEN are both set: say which counts with SLACK_MODE=http or socket."
        )
    if (slack.mode == "http" and not http) or (slack.mode == "socket" and not socket):
        needed = "SLACK_SIGNING_SECRET" if slack.mode == "http" else "SLACK_APP_TOKEN"
        raise ConfigError(f"SLACK_MODE is {slack.mode}, but {needed} is missing.")


def complete_hrflow(settings: Settings) -> None:
    """Raise ConfigError unless it is clear how to reach HrFlow."""
    hrflow = settings.hrflow
    has_key, has_email = not _empty(hrflow.api_key), bool(hrflow.user_email)
    if has_key and has_email:
        return
    if has_key != has_email:
        given, missing = ("HRFLOW_API_KEY", "HRFLOW_USER_EMAIL") if has_key else ("HRFLOW_USER_EMAIL", "HRFLOW_API_KEY")
        raise ConfigError(f"{given} is set, but {missing} is missing: HrFlow wants both with every request.")
    raise ConfigError("HRFLOW_API_KEY and HRFLOW_USER_EMAIL are missing: set both.")


def _empty(secret: SecretStr | None) -> bool:
    return secret is None or not secret.get_secret_value().strip()


# What pydantic calls an error → what it means for somebody who fills in a value.
_MEANINGS = {
    "int_parsing": "it must be a whole number",
    "float_parsing": "it must be a number",
    "string_pattern_mismatch": "it may hold lower-case letters, digits, - and _ only, twenty at the most",
}
_MEANINGS_HERE = {"REPLICA_ID": "it may hold letters, digits, -, _ and . only, forty at the most"}


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    prefix = {"_SlackEnvironment": "SLACK_", "_HrflowEnvironment": "HRFLOW_"}.get(error.title, "")
    name = prefix + "_".join(str(part) for part in first["loc"]).upper()
    said = first["msg"].removeprefix("Value error, ").replace("Input should be", "it must be")
    return f"{name} is wrong: {_MEANINGS_HERE.get(name) or _MEANINGS.get(first['type'], said)}."

"""The groups of settings, typed: names, defaults, what each is for. `settings.py` fills them in."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, field_validator
from pydantic_settings import NoDecode

from bot.domain.deciders import Deciders, UnknownDeciderError
from bot.domain.reason_codes import DEFAULT_CODES, read_codes

Keys = Annotated[tuple[str, ...], NoDecode]


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("it must be a web address such as https://example.com")
    return value


def _lower(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


def _people(value: str) -> str:
    try:
        Deciders.read(value)
    except UnknownDeciderError:
        raise ValueError(
            "it must hold ids of people (U…), user groups (S…) and channels (C…), between commas"
        ) from None
    return value


WebAddress = Annotated[str, AfterValidator(_web_address)]
People = Annotated[str, AfterValidator(_people)]
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


def _reason_codes(value: str) -> str:
    read_codes(value)
    return value


class DecisionSettings(_Group):
    """Who may see and who may decide, what is asked of them, and where it is noted down."""

    viewers: People = Field(
        default="",
        description="ids of the people, user groups and channels whose members may see candidate data, between commas; "
        "empty means every full member",
    )
    deciders: People = Field(
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

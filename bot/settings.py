"""Every setting, typed. Only `app.py` and `cli.py` read this module; everybody else receives plain values.

The models take explicit values (the sandbox does so); `load` reads the environment and `.env`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import ConfigError
from bot.settable import DecisionSettings, HrflowSettings, ServiceSettings, Settings, SlackSettings

if TYPE_CHECKING:
    from pydantic import SecretStr


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

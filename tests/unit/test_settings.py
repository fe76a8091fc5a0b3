"""Settings come from the environment or `.env`; what is missing or half set is one sentence that says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.errors import ConfigError
from bot.settings import load

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "a-very-secret-value"
SLACK_HTTP = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": SECRET}
SLACK_SOCKET = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
HRFLOW = {"HRFLOW_API_KEY": SECRET, "HRFLOW_USER_EMAIL": "ann@example.com"}


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No `.env` of this machine is read."""
    monkeypatch.chdir(tmp_path)


def given(monkeypatch: pytest.MonkeyPatch, *values: dict[str, str]) -> None:
    for each in values:
        for name, value in each.items():
            monkeypatch.setenv(name, value)


def test_nothing_set_gives_the_documented_defaults() -> None:
    settings = load()

    assert settings.hrflow.api_url == "https://api.hrflow.ai/v1"
    assert settings.hrflow.dialect == "seed"
    assert settings.hrflow.timeout == 8.0
    assert settings.hrflow.source_keys == settings.hrflow.board_keys == ()
    assert settings.slack.api_url == "https://slack.com/api/"
    assert settings.service.port == 3000
    assert settings.service.command_prefix == ""


@pytest.mark.parametrize(
    ("value", "keys"),
    [
        ("a", ("a",)),
        ("a,b", ("a", "b")),
        (" a , b ,", ("a", "b")),
        (",", ()),
        ("", ()),
        ("a\n,b", ("a", "b")),
        ('["a"]', ('["a"]',)),
    ],
)
def test_lists_stand_between_commas(monkeypatch: pytest.MonkeyPatch, value: str, keys: tuple[str, ...]) -> None:
    given(monkeypatch, {"HRFLOW_SOURCE_KEYS": value, "HRFLOW_BOARD_KEYS": value})

    assert load().hrflow.source_keys == keys
    assert load().hrflow.board_keys == keys


def test_each_group_has_its_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    given(
        monkeypatch,
        {
            "API_KEY": "no",
            "API_URL": "no",
            "TIMEOUT": "no",
            "HRFLOW_API_URL": "http://h/v1",
            "SLACK_API_URL": "http://s/",
        },
        {"PORT": "4000", "HOST": "127.0.0.1", "COMMAND_PREFIX": "hr-", "LOG_FORMAT": "json", "HRFLOW_TIMEOUT": "2.5"},
    )
    settings = load()

    assert settings.hrflow.api_key is None
    assert (settings.hrflow.api_url, settings.slack.api_url) == ("http://h/v1", "http://s/")
    assert (settings.service.host, settings.service.port, settings.service.command_prefix) == ("127.0.0.1", 4000, "hr-")
    assert (settings.service.log_format, settings.hrflow.timeout) == ("json", 2.5)


def test_a_file_is_read_and_the_environment_wins_over_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("PORT=4000\nHOST=127.0.0.1\nHRFLOW_SOURCE_KEYS=a,b\nUNKNOWN=1\n", encoding="utf-8")
    given(monkeypatch, {"PORT": "5000"})
    settings = load()

    assert (settings.service.port, settings.service.host) == (5000, "127.0.0.1")
    assert settings.hrflow.source_keys == ("a", "b")


def test_spaces_and_line_breaks_around_a_value_do_not_belong_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, {"HRFLOW_API_KEY": f" {SECRET}\n", "HRFLOW_USER_EMAIL": "ann@example.com\r\n"})
    settings = load(hrflow=True)

    assert settings.hrflow.api_key is not None
    assert settings.hrflow.api_key.get_secret_value() == SECRET
    assert settings.hrflow.user_email == "ann@example.com"


@pytest.mark.parametrize(
    ("values", "transport"),
    [
        (SLACK_HTTP, "http"),
        (SLACK_SOCKET, "socket"),
        ({**SLACK_HTTP, **SLACK_SOCKET, "SLACK_MODE": "http"}, "http"),
        ({**SLACK_HTTP, **SLACK_SOCKET, "SLACK_MODE": "socket"}, "socket"),
        ({**SLACK_SOCKET, "SLACK_SIGNING_SECRET": ""}, "socket"),
    ],
)
def test_the_transport_follows_from_what_is_set(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], transport: str
) -> None:
    given(monkeypatch, values)

    assert load(slack=True).slack.transport == transport


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({}, ["SLACK_BOT_TOKEN"]),
        ({"SLACK_BOT_TOKEN": " "}, ["SLACK_BOT_TOKEN"]),
        ({"SLACK_SIGNING_SECRET": SECRET}, ["SLACK_BOT_TOKEN"]),
        ({"SLACK_BOT_TOKEN": SECRET}, ["SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN"]),
        ({**SLACK_HTTP, **SLACK_SOCKET}, ["SLACK_MODE"]),
        ({**SLACK_HTTP, "SLACK_MODE": "socket"}, ["SLACK_APP_TOKEN"]),
        ({**SLACK_SOCKET, "SLACK_MODE": "http"}, ["SLACK_SIGNING_SECRET"]),
        ({**SLACK_HTTP, "SLACK_MODE": "carrier pigeon"}, ["SLACK_MODE"]),
    ],
)
def test_an_incomplete_slack_side_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], names: list[str]
) -> None:
    given(monkeypatch, values)

    with pytest.raises(ConfigError) as caught:
        load(slack=True)
    _one_sentence(str(caught.value), names)


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({}, ["HRFLOW_API_KEY", "HRFLOW_USER_EMAIL"]),
        ({"HRFLOW_API_KEY": SECRET}, ["HRFLOW_USER_EMAIL"]),
        ({"HRFLOW_API_KEY": SECRET, "HRFLOW_USER_EMAIL": "  "}, ["HRFLOW_USER_EMAIL"]),
        ({"HRFLOW_USER_EMAIL": "ann@example.com"}, ["HRFLOW_API_KEY"]),
        ({**HRFLOW, "HRFLOW_DIALECT": "old"}, ["HRFLOW_DIALECT"]),
        ({**HRFLOW, "HRFLOW_TIMEOUT": "soon"}, ["HRFLOW_TIMEOUT"]),
        ({**HRFLOW, "HRFLOW_TIMEOUT": "0"}, ["HRFLOW_TIMEOUT"]),
        ({**HRFLOW, "PORT": "70000"}, ["PORT"]),
        ({**HRFLOW, "COMMAND_PREFIX": "Hr "}, ["COMMAND_PREFIX"]),
        ({**HRFLOW, "LOG_LEVEL": "loud"}, ["LOG_LEVEL"]),
    ],
)
def test_an_incomplete_or_wrong_setting_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], names: list[str]
) -> None:
    given(monkeypatch, values)

    with pytest.raises(ConfigError) as caught:
        load(hrflow=True)
    _one_sentence(str(caught.value), names)


def _one_sentence(text: str, names: list[str]) -> None:
    assert all(name in text for name in names)
    assert text.endswith(".")
    assert "\n" not in text
    assert SECRET not in text


def test_only_what_is_used_must_be_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, HRFLOW)

    assert load(hrflow=True).slack.bot_token is None


def test_secrets_never_show(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, SLACK_HTTP, HRFLOW)
    settings = load(slack=True, hrflow=True)

    assert SECRET not in repr(settings) + str(settings.hrflow.api_key)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VIEWERS", "ann"),
        ("DECIDERS", "@ann"),
        ("REASONS", "sometimes"),
        ("REASON_CODES", " , "),
        ("AUDIT_TRACKING", "perhaps"),
    ],
)
def test_a_wrong_decision_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(ConfigError, match=f"^{name} is wrong: [^\n]+\\.$"):
        load()

"""A reply is its envelope or the error that its status means; nothing of a refusal's text is ever kept."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import errors
from bot.hrflow.wire import LONGEST_TOLD, checked, error_for, reply_object, total_of
from tests.unit.strategies import json_values

SECRET = "ask_0123456789abcdef0123456789abcdef"


def envelope(status: int, body: bytes, *, retry_after: str | None = None) -> object:
    """What the exchange does with a reply: its status first, then its body."""
    checked(status, retry_after)
    return reply_object(body)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, errors.HrflowRejectedError),
        (401, errors.HrflowRefusedError),
        (402, errors.HrflowQuotaError),
        (403, errors.HrflowRefusedError),
        (404, errors.HrflowRejectedError),
        (405, errors.HrflowRejectedError),
        (422, errors.HrflowRejectedError),
        (429, errors.HrflowBusyError),
        (500, errors.HrflowUnavailableError),
        (502, errors.HrflowUnavailableError),
        (503, errors.HrflowUnavailableError),
        (504, errors.HrflowUnavailableError),
        (418, errors.HrflowRejectedError),
        (599, errors.HrflowUnavailableError),
    ],
)
def test_each_status_is_an_error_of_its_own(status: int, kind: type[errors.HrflowError]) -> None:
    """By the HTTP status first, else by `code` in the body."""
    refusal = json.dumps({"code": status, "message": f"Unauthorized. Invalid secret key: {SECRET}"}).encode()

    for http in (status, 200):
        with pytest.raises(errors.HrflowError) as caught:
            envelope(http, refusal)
        assert type(caught.value) is kind
        assert caught.value.status == status
        assert SECRET not in repr(caught.value) + str(caught.value) + caught.value.detail
        assert caught.value.__cause__ is None


@pytest.mark.parametrize("status", [0, 101, 300, 302, 304])
def test_what_is_neither_success_nor_an_error_is_no_answer(status: int) -> None:
    with pytest.raises(errors.HrflowMalformedError):
        checked(status)


def test_the_http_status_is_trusted_before_the_code() -> None:
    with pytest.raises(errors.HrflowQuotaError):
        envelope(402, b'{"code": 200, "message": "fine"}')


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>502</html>",
        b"null",
        b"[]",
        b'"text"',
        b"42",
        b'{"code": 200',
        b"\xff\xfe\x00",
        b'{"a": "\xe9"}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"1" * 5_000,
    ],
)
def test_a_body_that_is_no_object_is_malformed(body: bytes) -> None:
    with pytest.raises(errors.HrflowMalformedError) as caught:
        envelope(200, body)

    assert caught.value.__cause__ is None
    assert "html" not in caught.value.detail


_bodies = st.one_of(st.binary(max_size=50), json_values.map(lambda value: json.dumps(value).encode()))


@given(st.integers(100, 599), _bodies)
def test_any_reply_is_an_object_or_an_hrflow_error(status: int, body: bytes) -> None:
    try:
        reply: object = envelope(status, body)
    except errors.HrflowError as error:
        reply = error

    assert isinstance(reply, (dict, errors.HrflowError))


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        (" 30 ", 30.0),
        ("0", 0.0),
        (None, None),
        ("", None),
        ("soon", None),
        ("-1", None),
        ("²", None),
        ("Wed, 21 Oct 2020 07:28:00 GMT", 0.0),
        ("Wed, 32 Oct 2020 07:28:00 GMT", None),
        ("9" * 400, LONGEST_TOLD),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_TOLD),
        ("1.5", None),
    ],
)
def test_how_long_to_wait_is_read_where_it_is_a_number_of_seconds(header: str | None, seconds: float | None) -> None:
    with pytest.raises(errors.HrflowBusyError) as caught:
        envelope(429, b"", retry_after=header)

    assert caught.value.retry_after == seconds


def test_a_date_until_which_to_wait_is_so_many_seconds_from_now() -> None:
    with pytest.raises(errors.HrflowBusyError) as caught:
        envelope(429, b"", retry_after=format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True))

    assert caught.value.retry_after == pytest.approx(90, abs=5)


@pytest.mark.parametrize(
    ("reply", "total"),
    [
        ({"page": 1, "max_page": 1, "count": 1, "total": 98}, 98),
        ({"meta": {"page": 1, "maxPage": 73, "count": 1, "total": 73}}, 73),
        ({"total": 5, "meta": {"total": 7}}, 7),
        ({"total": 5, "meta": None}, 5),
        ({"total": 5, "meta": {"total": "x"}}, 5),
        ({"total": 0}, 0),
        ({"total": -1}, None),
        ({"total": True}, None),
        ({"total": "12"}, None),
        ({"meta": []}, None),
        ({}, None),
    ],
)
def test_the_total_is_read_from_either_style_of_pagination(reply: dict[str, object], total: int | None) -> None:
    assert total_of(reply) == total


def test_what_a_status_means_is_safe_to_log() -> None:
    assert error_for(503).detail == "HrFlow answered 503"

"""Every error has words that say what to do, and a query that cannot be read shows where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot import errors
from bot.domain.grammar import parse
from bot.domain.query import JobsQuery, ProfilesQuery
from bot.mistakes import Mistake, Wrong
from bot.views import filters, notices
from bot.views import help as helping
from tests.unit.drawing import check_message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.views.message import Message


def _all(kind: type[errors.ShortlistError] = errors.ShortlistError) -> Iterator[type[errors.ShortlistError]]:
    yield kind
    for each in kind.__subclasses__():
        yield from _all(each)


# How each kind is made; the nearest ancestor in this table counts.
_ARGUMENTS: dict[type[errors.ShortlistError], tuple[Any, ...]] = {
    errors.ShortlistError: (),
    errors.QueryError: (Mistake(Wrong.NO_FILTER, said="skils"),),
    errors.AccessDeniedError: ("guest",),
    errors.AudienceRefusedError: ("guests", "C_DATA"),
    errors.SubjectMissingError: ("job",),
    errors.LookupFailedError: ("job", "data"),
    errors.SeveralFoundError: ("job", "data", [("k1", "Data Engineer", "Lyon"), ("k2", "Data Analyst", "")], 2),
    errors.LedgerUnreadableError: (4,),
    errors.HrflowError: ("HrFlow answered 500",),
    errors.SlackDeliveryError: ("channel_not_found",),
    errors.ConfigError: ("HRFLOW_API_KEY is missing: set it.",),
}


def _made(kind: type[errors.ShortlistError]) -> errors.ShortlistError:
    known = next(each for each in kind.__mro__ if each in _ARGUMENTS)
    return kind(*_ARGUMENTS[known])


@pytest.mark.parametrize("kind", dict.fromkeys(_all()))
def test_every_error_has_words(kind: type[errors.ShortlistError]) -> None:
    payload = check_message(notices.for_error(_made(kind)))
    first = payload["text"].split("\n")[0]

    assert first[0].isupper()
    assert len(first.split()) >= 4
    assert kind.__name__ not in payload["text"]


@pytest.mark.parametrize("reason", ["guest", "external", "deactivated", "unknown", "something else"])
def test_every_refusal_of_access_has_words_of_its_own(reason: str) -> None:
    check_message(notices.for_error(errors.AccessDeniedError(reason)))


def test_hrflows_errors_are_told_apart() -> None:
    """Those that ask for something else to be done; no answer is no answer, in time or not."""
    words = {notices.in_words(_made(kind)) for kind in errors.HrflowError.__subclasses__()}

    assert len(words) == len(errors.HrflowError.__subclasses__()) == 7


def test_a_busy_hrflow_says_how_long_to_wait() -> None:
    assert "in 30 seconds" in notices.in_words(errors.HrflowBusyError("x", retry_after=30.0))
    assert "in 2 minutes" in notices.in_words(errors.HrflowBusyError("x", retry_after=100.0))
    assert "in 24 hours" in notices.in_words(errors.HrflowBusyError("x", retry_after=86_400.0))
    assert "in a minute" in notices.in_words(errors.HrflowBusyError("x"))


def refused(line: str) -> Message:
    with pytest.raises(errors.QueryError) as caught:
        parse(line)
    return notices.for_error(caught.value)


def test_a_query_error_shows_the_line_with_marks_the_reason_and_the_nearest_key() -> None:
    message = refused("/profiles dev skils:python limit:5")

    assert message.text.split("\n") == [
        "There is no filter skils. Did you mean skills? Example: skills:python,sql",
        "/profiles dev skils:python limit:5",
        "              ^^^^^",
    ]
    assert message.blocks[1]["text"]["text"] == ("```/profiles dev skils:python limit:5\n              ^^^^^```")


@pytest.mark.parametrize("before", [0, 40, 99, 150, 3_000])
@pytest.mark.parametrize("filler", ["a", "<", "&", "é", "漢"])
@pytest.mark.parametrize("after", [0, 200])
def test_in_a_long_line_the_marks_stand_under_the_wrong_word(before: int, filler: str, after: int) -> None:
    message = refused(f'/profiles "{filler * before}" skils:python text:{filler * after}')
    payload = check_message(message)
    for text in (payload["text"].split("\n", 1)[1], payload["blocks"][1]["text"]["text"].strip("`")):
        shown, marks = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").split("\n")
        start = marks.index("^")
        assert shown[start : start + marks.count("^")] == "skils"


def test_a_line_full_of_entities_keeps_its_marks() -> None:
    payload = check_message(refused("/profiles " + "&" * 7_000 + " limit:99 " + "<" * 500))

    assert "^^" in payload["blocks"][1]["text"]["text"]


def test_a_mark_is_never_longer_than_what_is_shown() -> None:
    payload = check_message(refused("/profiles x limit:" + "9" * 5_000))
    shown, marks = payload["text"].split("\n")[1:]

    assert len(marks) <= len(shown) <= 200


@pytest.mark.parametrize("kind", [ProfilesQuery, JobsQuery])
def test_help_names_every_filter_with_an_example_that_works(kind: type[ProfilesQuery | JobsQuery]) -> None:
    payload = check_message(helping.usage(kind, rename={}))
    shown = str(payload["blocks"])

    for parameter in kind.parameters.values():
        assert f"{parameter.key}: {filters.meaning(kind, parameter)}" in payload["text"]
        assert f"\\n{parameter.key}: " in shown or f"```{parameter.key}: " in shown
        beside = " near:1,2" if parameter.key == "within" else ""
        beside = f" {parameter.key.replace('within', 'near')}:1,2" if parameter.key.endswith("-within") else beside
        assert isinstance(parse(f"{kind.command} {filters.example(kind, parameter)}{beside}"), kind)


@pytest.mark.parametrize("kind", [ProfilesQuery, JobsQuery])
def test_help_explains_a_filter_by_any_of_its_names(kind: type[ProfilesQuery | JobsQuery]) -> None:
    for parameter in kind.parameters.values():
        for name in parameter.names:
            for topic in (name, f"{name}:", f"--{name}", name.upper()):
                text = helping.usage(kind, topic, rename={}).text
                assert text.startswith(f"{parameter.key}: ") or text.split(":")[0] in kind.parameters


def test_help_about_an_unknown_filter_names_the_nearest() -> None:
    assert "Did you mean skills?" in helping.usage(ProfilesQuery, "skils", rename={}).text


def test_help_uses_the_names_of_this_workspace() -> None:
    rename = {"/profiles": "/hr-profiles", "/jobs": "/hr-jobs"}

    for message in (helping.overview(rename), helping.usage(ProfilesQuery, rename=rename)):
        assert "/hr-profiles" in check_message(message)["text"]
        assert " /profiles" not in message.text


@pytest.mark.parametrize(
    "message",
    [
        notices.working(),
        notices.unconfirmed_delivery(),
        notices.outdated(),
        notices.unexpected("0a1b2c3d"),
        helping.overview({}),
    ],
)
def test_every_notice_is_one_that_slack_takes(message: Message) -> None:
    check_message(message)

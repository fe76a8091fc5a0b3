"""Whatever people and HrFlow write, a message stays within Slack's limits and nothing in it comes alive."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import errors
from bot.domain.choices import Choice
from bot.domain.entities import Job, Profile, Stage
from bot.domain.query import JobsQuery, ProfilesQuery
from bot.domain.stages import Decision, Failure, StageMove, Standing
from bot.domain.text import tidy
from bot.mistakes import Example, Mistake, Sample, Wrong
from bot.views import blocks as kit
from bot.views import choices, details, lists, notices, outcomes
from bot.views import help as helping
from bot.views.actions import read_move
from tests.unit.drawing import check_message, check_view, dead, jobs, posts, profiles
from tests.unit.strategies import HOSTILE, hostile

if TYPE_CHECKING:
    from bot.domain.posts import Post

AT = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
_few = settings(max_examples=max(40, settings().max_examples // 5))  # a list is thirty items


@_few
@given(posts())
def test_every_list_is_one_that_slack_takes_and_its_buttons_are_about_their_own_items(post: Post) -> None:
    payload = check_message(lists.draw(post, rename={"/profiles": "/hr-profiles"}))
    items = [block for block in payload["blocks"] if block.get("block_id", "").endswith(".card")]

    assert len(items) == len(post.ranking.matches)
    lines = payload["text"].split("\n")
    assert [line for line in lines if line.split(". ")[0].isdigit()] == [
        line for line in lines[2:] if not line.startswith("    ")
    ][: len(items)]
    every_value_decodes_to_a_move_about_its_own_item(post, payload)


def every_value_decodes_to_a_move_about_its_own_item(post: Post, payload: dict[str, Any]) -> None:
    matches = post.ranking.matches
    for block in payload.get("blocks", []):
        if ".0." in block.get("block_id", "").removeprefix(f"{post.id}.{post.version}"):
            continue  # what stands below the list as a whole
        accessory = block.get("accessory")
        holders = accessory["options"] if accessory else block.get("elements", [])
        values = [each["value"].rpartition(":")[2] for each in holders if "value" in each]
        for value in values:
            move = read_move(value)
            match = matches[int(block["block_id"].split(".")[2]) - 1]
            assert (move.profile_key, move.source_key) == (match.profile.key, match.profile.source_key)
            assert (move.job_key, move.board_key) == (match.job.key, match.job.board_key)
            assert move.expected is post.stage(match)


@_few
@given(posts(most=3), profiles, jobs, hostile)
def test_every_modal_is_one_that_slack_takes(post: Post, profile: Profile, job: Job, title: str) -> None:
    match = post.ranking.matches[0] if post.ranking.matches else None
    titles = {label.job_key: title for label in profile.labels}
    for page in (0, 1):
        about = details.About(match=match, titles=titles, value="x" * 200, page=page)
        check_view(details.profile(profile, job, about if post.ranking.of == "profile" else None))
        check_view(details.job(job, profile, about if post.ranking.of == "job" else None))


@given(hostile)
def test_the_modal_of_an_error_is_one_that_slack_takes(sentence: str) -> None:
    check_view(details.failed(sentence))
    check_view(details.loading())


@given(
    st.lists(st.tuples(hostile, hostile, hostile), min_size=1, max_size=10),
    hostile,
    st.sampled_from(("job", "profile", "source", "board", "place")),
)
def test_every_choice_is_one_that_slack_takes(
    hits: list[tuple[str, str, str]], words: str, kind: errors.Sought
) -> None:
    choice = Choice(
        id="0123456789abcdef",
        viewer="U1",
        query=ProfilesQuery(subject="x"),
        kind=kind,
        words=words,
        hits=tuple(hits),
        total=len(hits) + 3,
    )
    payload = check_message(choices.draw(choice))
    buttons = payload["blocks"][1]["elements"]

    assert [button["value"] for button in buttons] == [f"0123456789abcdef:{place}" for place in range(len(hits))]


@given(hostile, st.integers(0, 200), st.integers(0, 200), hostile)
def test_every_query_error_is_one_that_slack_takes(line: str, start: int, length: int, nearest: str) -> None:
    mistake = Mistake(Wrong.NO_COMMAND, said=line)
    example = Example(Sample.SAVED, "/profiles", line)
    error = errors.QueryError(
        mistake, line=tidy(line), start=start, end=start + length, nearest=nearest, example=example
    )

    check_message(notices.for_error(error))


@given(hostile, st.lists(hostile, max_size=5))
def test_every_failed_look_up_is_one_that_slack_takes(words: str, names: list[str]) -> None:
    check_message(notices.for_error(errors.NothingFoundError("job", words, names)))
    hits = [(name, name, name) for name in names]
    check_message(notices.for_error(errors.SeveralFoundError("profile", words, hits, 12)))


@given(hostile)
def test_help_about_anything_is_one_that_slack_takes(topic: str) -> None:
    for kind in (ProfilesQuery, JobsQuery):
        check_message(helping.usage(kind, topic, rename={}))


_TEXTS = st.one_of(hostile, st.text(st.sampled_from("&<>*_~`a \n\u200b"), max_size=80))


@given(_TEXTS, st.integers(1, 120))
def test_escaped_text_fits_shows_itself_and_does_nothing(text: str, limit: int) -> None:
    for escaped in (kit.escape(text, limit), kit.escape_text(text, limit)):
        assert len(escaped) <= limit
        dead(escaped)
        assert "\n" not in escaped
    assert not set(kit.escape(text, limit)) & set("*_~`")


@given(_TEXTS, st.integers(20, 120))
def test_code_fits_and_cannot_be_left(text: str, limit: int) -> None:
    boxed = kit.code(text, limit)

    assert len(boxed) <= limit
    assert boxed.startswith("```")
    assert boxed.endswith("```")
    assert "`" not in boxed[3:-3]
    dead(boxed)


@pytest.mark.parametrize("limit", [1, 2, 10, 75, 150])
@pytest.mark.parametrize("text", HOSTILE)
def test_a_cut_text_says_so_and_is_never_longer(text: str, limit: int) -> None:
    found = kit.cut(text, limit)

    assert len(found) <= limit
    assert found == tidy(text)[:limit] or found.endswith(kit.ELLIPSIS)


@pytest.mark.parametrize("user", ["U0123ABCD", "W_1"])
def test_a_person_is_mentioned_by_an_id_of_slack(user: str) -> None:
    assert kit.mention(user) == f"<@{user}>"


@pytest.mark.parametrize("user", ["", "!channel", "U1>", "u1", "U1|x", "U" * 40])
def test_what_is_no_id_of_slack_is_mentioned_by_nobody(user: str) -> None:
    assert kit.mention(user) == "somebody"


@given(hostile)
def test_what_became_of_a_click_is_what_slack_takes(name: str) -> None:
    move = StageMove(
        profile_key="a" * 40,
        source_key="b" * 40,
        job_key="c" * 40,
        board_key="d" * 40,
        expected=Stage.NEW,
        target=Stage.YES,
    )
    decision = Decision(stage=Stage.NO, before=Stage.NEW, by="U0BOB", at=AT)
    lost = Failure(decision=decision, reason="quota")
    decided = Standing(stage=Stage.NO, revision=3, decision=decision, at=AT)

    check_message(outcomes.saved(decided, move, (name, name)))
    check_message(outcomes.failed(lost, move, (name, name), revision=1))
    for standing in (decided, Standing(stage=Stage.LATER, at=AT), replace(decided, saving=decision)):
        check_message(outcomes.conflict(standing, move, (name, name)))

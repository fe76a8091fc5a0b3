"""What a digest says is the difference between what its place was told and how things stand; and when it is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain.deliveries import Delivery, Note, Slip, difference, snapshot
from bot.domain.digests import Digest
from bot.domain.entities import Stage
from bot.views import digest_posts, lists
from bot.views import digests as words
from tests.unit.people import ANN, BO, CY, profiles_post

if TYPE_CHECKING:
    from bot.domain.posts import Post

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
RANKING = profiles_post().ranking
DIGEST = Digest(
    number=1,
    maker="U0ANN",
    channel="C0HIRING",
    channel_name="hiring",
    schedule="daily 09:00 Europe/Paris",
    query='/profiles "Data Engineer" limit:3',
    reached=AT - timedelta(days=1),
    created_at=AT,
)


def post(slip: Slip, **changed: object) -> Post:
    made = profiles_post()
    return replace(made, kind="digest", slip=slip, ranking=replace(made.ranking, **changed))  # type: ignore[arg-type]


def drawn(of: Post) -> list[str]:
    return digest_posts.dress(of, lists.draw(of)).text.split("\n")


def test_everything_is_new_where_nothing_was_told() -> None:
    found = difference((), RANKING)

    assert found.new == RANKING.matches
    assert (found.moved, found.missing) == ((), ())


def test_nothing_is_new_where_everything_was_told() -> None:
    found = difference(snapshot(RANKING), RANKING)

    assert (found.new, found.moved, found.missing) == ((), (), ())


def test_new_moved_and_missing_are_told_apart() -> None:
    told = [each for each in snapshot(RANKING) if each.profile_key != BO.key]
    told = [replace(each, stage=Stage.NO) if each.profile_key == ANN.key else each for each in told]
    gone = replace(told[0], profile_key="f" * 40, rank=2)

    found = difference([*told, gone], RANKING)

    assert [match.profile.key for match in found.new] == [BO.key]
    assert [match.profile.key for match in found.moved] == [ANN.key]
    assert found.missing == (gone,)


def test_a_slot_has_one_name_and_a_mark_that_says_nothing() -> None:
    slot = Delivery(digest=7, slot=AT, kind="slot", channel="C1", created_at=AT)
    asked = replace(slot, kind="now")

    assert slot.workflow_id == "digest/7/2026-11-24T08:00Z"
    assert len({slot.mark, asked.mark, replace(slot, digest=8).mark}) == 3
    assert slot.mark == replace(slot, state="prepared", created_at=AT + timedelta(hours=1)).mark
    assert len(slot.mark) == 16


def test_a_digest_is_due_once_its_slot_has_come_and_after_a_pause_from_its_end_on() -> None:
    assert DIGEST.due(AT - timedelta(seconds=1)) is None
    assert DIGEST.due(AT) == AT
    assert DIGEST.due(AT + timedelta(days=3)) == AT + timedelta(days=3)
    assert replace(DIGEST, reached=AT).due(AT) is None
    paused = replace(DIGEST, active=False)
    assert paused.due(AT) is None
    assert paused.next_slot(AT) is None
    until = replace(paused, paused_until=AT + timedelta(days=2))
    assert until.due(AT + timedelta(days=1)) is None
    assert until.due(AT + timedelta(days=2)) == AT + timedelta(days=2)
    assert until.next_slot(AT) == AT + timedelta(days=2)


def test_a_line_says_when_where_and_what() -> None:
    assert words.line(DIGEST) == "#1 daily 09:00 Europe/Paris \u00b7 #hiring \u00b7 profiles Data Engineer limit:3"
    direct = replace(DIGEST, channel_name="", say_empty=True, active=False, paused_until=AT)
    assert words.line(direct).endswith(
        "\u00b7 direct message \u00b7 profiles Data Engineer limit:3 \u00b7 empty:say \u00b7 paused until 2026-11-24"
    )
    assert words.line(replace(DIGEST, query="/profiles help")).endswith("profiles help")


def test_the_next_slots_are_said_in_words_in_the_zone_of_the_schedule() -> None:
    assert (
        words.upcoming([AT, AT + timedelta(days=1)], "Europe/Paris")
        == "Next: Tuesday 24 November at 09:00, Wednesday 25 November at 09:00 (Europe/Paris)."
    )


def test_the_message_of_a_digest_says_which_and_what_is_new() -> None:
    slip = Slip(number=4, schedule="daily 09:00 Europe/Paris")

    assert drawn(post(replace(slip, first=True)))[0] == "Top profiles for Data Engineer"
    title, source, *rest = drawn(post(slip))
    assert title == "3 new profiles for Data Engineer"
    assert source.startswith("Digest #4 \u00b7 daily 09:00 Europe/Paris \u00b7 profiles ")
    assert rest[0].startswith("1. Ann Bell")
    assert digest_posts.REPEAT in drawn(post(replace(slip, repeat=True)))


def test_a_message_with_nothing_new_is_one_line() -> None:
    slip = Slip(number=4, schedule="daily 09:00 Europe/Paris")
    [line] = drawn(post(slip, matches=()))

    assert line.startswith("Nothing new for Data Engineer \u00b7 Digest #4")


def test_what_was_decided_and_what_is_gone_stands_below_the_cards() -> None:
    keys = {"profile_key": CY.key, "source_key": CY.source_key, "job_key": "1" * 40, "board_key": "b" * 40}
    notes = (
        Note(kind="decided", stage=Stage.YES, by="U0BOB", name="A <b> & c", **keys),
        Note(kind="decided", stage=Stage.NO, name="D", **keys),
        Note(kind="gone", stage=Stage.NEW, name="E", **keys),
    )
    lines = drawn(post(Slip(number=4, schedule="hourly UTC", notes=notes), matches=()))

    assert lines[0] == "What has changed for Data Engineer"
    assert lines[2:] == [
        "Decided: A &lt;b&gt; &amp; c \u00b7 Yes \u00b7 by <@U0BOB>",
        "Decided: D \u00b7 No \u00b7 set outside Slack",
        "No longer in the top 3: E",
    ]


def test_a_shared_copy_of_a_digest_is_a_plain_list() -> None:
    copy = replace(post(Slip(number=4, schedule="hourly UTC")), kind="shared")

    assert drawn(copy) == lists.draw(copy).text.split("\n")
    assert digest_posts.beside(copy) == []

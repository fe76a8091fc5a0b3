"""The words of a list: one line an item in one form, and buttons that say what they do to whom."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.entities import Profile, Stage
from bot.domain.grammar import parse
from bot.domain.posts import Post
from bot.domain.query import ProfilesQuery
from bot.domain.reasons import reasons_for
from bot.domain.stages import Decision
from bot.domain.text import tidy
from bot.views import lists, phrases
from tests.unit.drawing import check_message
from tests.unit.people import ANN, AT, CY, ENGINEER, jobs_post, profiles_post


def text_lines(post: Post) -> list[str]:
    return lists.draw(post).text.split("\n")


def item_lines(post: Post) -> list[str]:
    return [line for line in text_lines(post) if line.split(". ")[0].isdigit()]


def test_a_profile_is_rank_name_headline_score_and_stage() -> None:
    assert item_lines(profiles_post()) == [
        "1. Ann Bell · Data Engineer, Acme Freight · 92 % · later",
        "2. Bo *Star* &lt;!here&gt; · headline not stated · 50 % · new",
        "3. name not stated · headline not stated · not scored · new",
    ]


def test_a_job_is_rank_title_place_score_and_stage() -> None:
    assert item_lines(jobs_post()) == [
        "1. Data Engineer · Lyon · 61 % · yes",
        "2. R&amp;D &lt;Analyst&gt; · place not stated · 7 % · new",
    ]


def test_the_text_begins_with_the_question_as_it_can_be_typed_again() -> None:
    first, second, *_ = text_lines(profiles_post())

    assert first == "Top profiles for Data Engineer"
    assert second == '1-3 of 98 · /profiles "Data Engineer" limit:3 skills:python'
    assert parse(second.split(" · ")[1]) == profiles_post().ranking.query


def test_the_blocks_show_the_question_character_by_character() -> None:
    """With look-alikes for formatting marks it could not be copied."""
    post = profiles_post()
    query = ProfilesQuery(subject="dev_*~`<&>")
    post = Post(id=post.id, viewer="U", ranking=replace(post.ranking, query=query))

    shown = lists.draw(post).blocks[1]["elements"][0]
    assert shown["type"] == "plain_text"
    assert parse(shown["text"].split(" · ", 1)[1]) == query


def test_a_long_question_is_shown_whole_beside_thirty_items() -> None:
    post = profiles_post(30)
    query = replace(post.ranking.query, text=tuple(f"keyword{number}" for number in range(150)))
    message = lists.draw(Post(id=post.id, viewer="U", ranking=replace(post.ranking, query=query)))

    check_message(message)
    assert parse(message.text.split("\n")[1].split(" \u00b7 ", 1)[1]) == query
    assert parse(message.blocks[1]["elements"][0]["text"].split(" \u00b7 ", 1)[1]) == query


def test_what_stands_in_the_blocks_stands_in_the_text_too() -> None:
    message = lists.draw(jobs_post())
    words = set(tidy(message.text).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").casefold().split())

    for said in ("asks", "python,", "sql", "state", "kafka"):
        assert said in words


def test_a_renamed_command_is_shown_under_its_name() -> None:
    message = lists.draw(profiles_post(), rename={"/profiles": "/hr-profiles"})

    assert '/hr-profiles "Data Engineer"' in message.text
    assert " /profiles" not in message.text


def test_an_invisible_name_is_a_name_that_is_not_stated() -> None:
    post = profiles_post(1)
    ghost = replace(
        post.ranking.matches[0], profile=Profile(key="f" * 40, source_key="c" * 40, name="\u200b\u202e \ud800")
    )
    post = Post(id=post.id, viewer="U", ranking=replace(post.ranking, matches=(ghost,)))

    assert item_lines(post)[0].startswith("1. name not stated · ")
    check_message(lists.draw(post))


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (0.0, "0 %"),
        (0.004, "0 %"),
        (0.505, "50 %"),
        (0.507, "51 %"),
        (0.999, "100 %"),
        (1.0, "100 %"),
        (None, "not scored"),
    ],
)
def test_a_score_is_a_percentage_and_its_absence_is_never_nought(score: float | None, words: str) -> None:
    assert phrases.percent(score) == words
    assert len(phrases.bar(score)) == (0 if score is None else 10)


@pytest.mark.parametrize(
    ("years", "words"),
    [(None, ""), (-1, ""), (0, "under a year"), (0.9, "under a year"), (1, "1 year"), (7.9, "7 years"), (1e300, "")],
)
def test_years_are_whole_and_believable(years: float | None, words: str) -> None:
    assert phrases.years(years) == words


def buttons(post: Post, place: int) -> dict[str, str]:
    for block in lists.draw(post).blocks:
        if block.get("block_id", "").endswith(f".{place}.actions"):
            return {each["text"]["text"]: each["accessibility_label"] for each in block["elements"]}
    return {}


def test_each_button_says_to_whom_it_belongs() -> None:
    assert buttons(profiles_post(), 2) == {
        name: f"{name}: 2 of 3, Bo *Star* <!here>" for name in ("Yes", "Later", "No", "Details")
    }


def test_the_stage_that_is_already_set_is_not_offered() -> None:
    assert list(buttons(profiles_post(), 1)) == ["Yes", "No", "Details"]


def test_a_decision_is_shown_with_who_and_when_and_can_be_undone() -> None:
    post = jobs_post()
    drawn = [block for block in lists.draw(post).blocks if block.get("block_id", "").endswith(".1.decision")]

    assert drawn[0]["elements"][0]["text"] == (
        "*Yes* · by <@U0BOB> · <!date^1795359840^{date_short_pretty} at {time}|2026-11-22 15:04 UTC>"
    )
    assert list(buttons(post, 1)) == ["Undo", "Note", "Details"]


def test_what_was_undone_offers_all_stages_again() -> None:
    post = profiles_post()
    post.decided((CY.key, ENGINEER.key), Decision(stage=Stage.NEW, before=Stage.YES, by="U0BOB", at=AT, undo=True))

    assert list(buttons(post, 3)) == ["Yes", "Later", "No", "Note", "Details"]
    assert "New again" in str(lists.draw(post).blocks)


def _items(payload: dict[str, Any]) -> list[dict[str, Any]]:
    """The blocks without the row of the list as a whole."""
    return [block for block in payload["blocks"] if not block.get("block_id", "").endswith(".0.list")]


@pytest.mark.parametrize("missing", ["key", "source_key"])
def test_buttons_that_could_not_work_are_not_shown(missing: str) -> None:
    """A reply that names no source leaves nothing to write to."""
    without: dict[str, Any] = {missing: ""}
    for count in (3, 15):
        post = profiles_post(count)
        nameless = tuple(replace(match, profile=replace(match.profile, **without)) for match in post.ranking.matches)
        post = Post(id=post.id, viewer="U", ranking=replace(post.ranking, matches=nameless))
        drawn = _items(lists.draw(post).payload())

        assert not [block for block in drawn if block["type"] == "actions" or "accessory" in block]


@pytest.mark.parametrize(("count", "kind"), [(1, "actions"), (12, "actions"), (13, "overflow"), (30, "overflow")])
def test_up_to_twelve_items_are_cards_and_more_are_one_section_each(count: int, kind: str) -> None:
    payload = check_message(lists.draw(profiles_post(count)))
    rows = [block for block in _items(payload) if block["type"] == "actions"]
    menus = [block["accessory"] for block in payload["blocks"] if "accessory" in block]

    assert (len(rows), len(menus)) == ((count, 0) if kind == "actions" else (0, count))
    assert len(item_lines(profiles_post(count))) == count
    assert all([option["text"]["text"] for option in menu["options"]][-1] == "Details" for menu in menus)


def test_reasons_give_way_before_anything_else_does() -> None:
    """Twelve decided items would take more than fifty blocks: reasons are left out from the end."""
    post = profiles_post(12)
    for match in post.ranking.matches:
        decision = Decision(stage=Stage.YES, before=Stage.NEW, by="U0BOB", at=AT)
        post.decided((match.profile.key, match.job.key), decision)
    payload = check_message(lists.draw(post))
    parts = [block["block_id"].split(".")[2:] for block in payload["blocks"] if "block_id" in block]
    why = [int(place) for place, part in parts if part == "why"]

    assert [int(place) for place, part in parts if part == "card"] == list(range(1, 13))
    assert [int(place) for place, part in parts if part == "actions"] == list(range(1, 13))
    assert [int(place) for place, part in parts if part == "decision"] == list(range(1, 13))
    assert why == list(range(1, len(why) + 1)) or not set(range(1, len(why))) - set(why)


def test_every_drawing_has_block_ids_of_its_own() -> None:
    post = profiles_post()
    before = {block["block_id"] for block in lists.draw(post).blocks if "block_id" in block}
    post.version += 1
    after = {block["block_id"] for block in lists.draw(post).blocks if "block_id" in block}

    assert not before & after


def test_an_empty_list_names_the_filters_that_can_go() -> None:
    post = profiles_post()
    post = Post(id=post.id, viewer="U", ranking=replace(post.ranking, matches=(), total=0))
    payload = check_message(lists.draw(post))

    assert "No profiles match. Leave out one of these and try again: skills." in payload["text"]
    assert "stage:any" in payload["text"]


def test_a_page_behind_the_last_says_so() -> None:
    post = profiles_post()
    query = ProfilesQuery(subject="x", page=99)
    post = Post(id=post.id, viewer="U", ranking=replace(post.ranking, query=query, matches=(), total=5))

    assert "There are no profiles on page 99." in check_message(lists.draw(post))["text"]


def test_a_person_is_never_named_in_a_buttons_value() -> None:
    values = str([block.get("elements") for block in lists.draw(profiles_post()).blocks if block["type"] == "actions"])

    assert ANN.email not in values
    assert values.count("Ann Bell") == 3  # in the labels of her three buttons only


def test_who_came_without_a_score_stands_apart_with_what_is_missing() -> None:
    post = profiles_post()
    payload = check_message(lists.draw(post))
    texts = [block["text"]["text"] for block in payload["blocks"] if block["type"] == "section"]
    heading = next(place for place, text in enumerate(texts) if text.startswith("*Without a score*"))

    assert ["3. name not stated" in text for text in texts[heading + 1 :]] == [True]
    assert "One profile matches but came without a score." in payload["text"]
    assert (
        "missing for scoring: an experience with its company, an education, a skill, a task, a summary"
        in payload["text"]
    )


def test_where_no_score_was_asked_for_nobody_stands_apart() -> None:
    post = profiles_post()
    query = ProfilesQuery(subject="x", scoring=False)
    matches = tuple(replace(match, score=None, missing=()) for match in post.ranking.matches)
    post = Post(id=post.id, viewer="U", ranking=replace(post.ranking, query=query, matches=matches))

    assert "without a score" not in lists.draw(post).text.casefold()


def test_the_distance_stands_beside_the_place_only_where_a_place_was_asked_for() -> None:
    post = profiles_post(1)
    match = post.ranking.matches[0]
    near = reasons_for(ProfilesQuery(subject="x", near=ENGINEER.point), ANN, ENGINEER, of="profile")
    post.ranking = replace(post.ranking, matches=(replace(match, reasons=near),))

    assert "Villeurbanne, 3 km away · New" in str(lists.draw(post).blocks).replace("*Later*", "New")
    assert lists.draw(post).text.count("km away") == 1


def test_the_list_says_that_its_facts_do_not_make_the_score() -> None:
    for post in (profiles_post(), jobs_post()):
        assert "do not reproduce HrFlow's score" in lists.draw(post).text

"""Details: everything that is stated, each reason with the field that proves it, long contents on several pages."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.domain.entities import Label, Profile, Stage, Stay
from bot.domain.values import Named
from bot.views import details, stated
from tests.unit.drawing import check_view
from tests.unit.people import ANALYST, ANN, AT, ENGINEER, jobs_post, profiles_post

if TYPE_CHECKING:
    from collections.abc import Iterator


def words(view: dict[str, Any]) -> str:
    """Every text of the modal, one a line."""

    def texts(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            if isinstance(value.get("text"), str):
                yield value["text"]
            for inner in value.values():
                yield from texts(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from texts(inner)

    return "\n".join(texts(view["blocks"]))


def everything(profile: Profile) -> list[str]:
    """The words of each page."""
    found: list[str] = []
    while not found or "Next" in found[-1]:
        view = details.profile(profile, ENGINEER, details.About(value="v", page=len(found)))
        check_view(view)
        found.append(words(view))
    return found


def test_each_reason_stands_with_the_field_that_proves_it() -> None:
    match = profiles_post().ranking.matches[0]
    said = words(details.profile(ANN, ENGINEER, details.About(match=match)))

    assert "*Why 92 %*" in said
    assert "has python, sql \u2014 stated in `skills[0].name, skills[1].name`" in said
    assert "speaks english \u2014 stated in `languages[0].name`" in said
    assert "*Gap:* kafka not stated \u2014 looked for in `skills[].name`" in said
    assert "do not reproduce HrFlow's score" in said
    for path in re.findall(r"stated in `([^`]+)`", said):
        assert all(each.split("[")[0].split(".")[0] in {"skills", "languages", "info"} for each in path.split(", "))


def test_what_keeps_from_scoring_is_named_with_its_field() -> None:
    bare = Profile(key="p", skills=(Named("python"),))
    said = words(details.profile(bare, ENGINEER))

    assert "*Missing for scoring:* an experience with its company (`experiences[].company`)" in said
    assert "a summary (`info.summary`)" in said
    assert "a skill" not in said
    described = replace(ANN, experiences=(replace(ANN.experiences[0], description="Ran pipelines."),))
    assert "Missing for scoring: nothing." in words(details.profile(described, ENGINEER))


def test_the_stages_for_other_jobs_are_told_by_title() -> None:
    labels = (
        Label(stage=Stage.YES, job_key=ENGINEER.key, at=AT),
        Label(stage=Stage.NO, job_key=ANALYST.key, at=AT),
        Label(stage=Stage.LATER, job_reference="dev_7"),
        Label(stage=Stage.LATER, job_key="9" * 40),
    )
    about = details.About(titles={ANALYST.key: ANALYST.title, "dev_7": "Developer"})
    said = words(details.profile(replace(ANN, labels=labels), ENGINEER, about))

    assert "*Stage for this job:* Yes, since 2026-11-22" in said
    assert "R&D <Analyst>: No, since 2026-11-22\nDeveloper: Later\nA job that is not listed (9999" in said


def test_links_are_text_behind_the_host_that_they_lead_to() -> None:
    links = (
        "https://people.example.org/in/ann",
        "https://good.example@bad.example/x",
        "http://plain.example/",
        "javascript:alert(1)",
        "https://\u0430pple.example/",
    )
    view = details.profile(replace(ANN, links=links), ENGINEER)
    said = words(view)

    assert "people.example.org · https://people.example.org/in/ann" in said
    assert "bad.example · https://good.example@bad.example/x" in said
    assert "xn--pple-43d.example · " in said
    assert "plain.example" not in said
    assert "javascript" not in said
    block = next(block for block in view["blocks"] if "people.example.org" in str(block))
    assert block["text"]["type"] == "plain_text"


def test_what_exceeds_a_page_goes_on_and_nothing_is_lost_or_told_twice() -> None:
    stays = tuple(
        Stay(title=f"Position {place}!", organisation="Acme", description=f"Did {place}. " * 300) for place in range(50)
    )
    pages = everything(replace(ANN, experiences=stays, summary="word " * 2_000))

    assert len(pages) == 2
    for place in range(50):
        assert sum(page.count(f"Position {place}!") for page in pages) == (2 if place == 0 else 1)  # the headline, once
    assert sum(page.count("Did 49.") for page in pages) == 300
    assert sum(page.count("word") for page in pages) == 2_000
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, start=1))


@pytest.mark.parametrize(
    "text", ["n" * 100_000, "& " * 40_000, "👩🏽‍💻" * 9_000, "\u202e" * 90_000 + "x", "\ud800" * 5, "a\n\n\nb\r\n> c"]
)
def test_a_text_is_cut_into_parts_that_fit(text: str) -> None:
    parts = stated.parts_of(text)

    assert all(0 < len(part) <= stated.PART for part in parts)
    assert len("".join(parts)) <= stated.LONGEST_TEXT + 1
    assert not [part for part in parts for char in part if not char.isprintable() and char != "\n"]


def test_without_its_list_a_modal_says_so_instead_of_guessing() -> None:
    assert "Ask for the list again to see the score" in words(details.profile(ANN, ENGINEER))


def test_the_details_of_a_job_say_why_too() -> None:
    post = jobs_post()
    said = words(details.job(ANALYST, ANN, details.About(match=post.ranking.matches[1])))

    assert "*Why 7 %*" in said
    assert "asks for SQL \u2014 stated in `skills[0].name`" in said

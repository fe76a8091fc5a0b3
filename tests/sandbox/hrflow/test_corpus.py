"""The generated people and jobs are believable."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from bot.sandbox.hrflow import HrflowSide
from bot.sandbox.hrflow.corpus import Corpus
from tests.sandbox.hrflow.conftest import serving

if TYPE_CHECKING:
    from tests.sandbox.hrflow.conftest import Api

Raw = dict[str, Any]


@pytest.fixture(scope="module")
def people(many: Api) -> list[Raw]:
    return many.stored_profiles()


def seconds(text: str | None) -> float:
    if text is None:
        return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def test_the_first_jobs_have_the_titles_that_everybody_knows() -> None:
    with serving(HrflowSide(profiles=0)) as api:
        titles = {each["name"] for each in api.stored_jobs()}

    assert len(titles) == 12
    assert titles >= {
        "Data Engineer", "Senior Data Engineer", "Data Analyst", "Machine Learning Engineer", "Frontend Developer",
        "DevOps Engineer", "Product Manager", "Sales Manager",
    }  # fmt: skip


def test_five_hundred_jobs_have_different_titles_and_keys() -> None:
    with serving(HrflowSide(profiles=0, jobs=500)) as api:
        jobs = api.stored_jobs()

    for field in ("name", "key", "reference", "url"):
        assert len({each[field] for each in jobs}) == 500


def test_five_thousand_people_have_different_names_keys_and_addresses() -> None:
    people = [raw for raw, _ in Corpus(seed=7, profiles=5000, jobs=12, midnight=1_790_035_200.0).profiles()]

    for values in (
        {unicodedata.normalize("NFKD", each["info"]["full_name"]).casefold() for each in people},
        {each["info"]["email"] for each in people},
        {each["key"] for each in people},
        {each["reference"] for each in people},
    ):
        assert len(values) == 5000
    assert sum(not each["info"]["full_name"].isascii() for each in people) > 1000


def test_there_are_people_whose_names_are_easily_mixed_up(people: list[Raw]) -> None:
    names = {each["info"]["full_name"] for each in people}

    assert {"Anna Müller", "Hanna Müller"} <= names


def test_nobody_can_be_written_to_or_called(people: list[Raw]) -> None:
    for each in people:
        info = each["info"]
        assert info["email"].endswith("@example.com")
        assert info["phone"].startswith(("+44 7700 900", "+33 6 39 98 ", "+1 202 555 01"))
        assert all(".example." in f"{link['url']}." for link in info["urls"])


def test_durations_are_what_the_dates_add_up_to(people: list[Raw]) -> None:
    for each in people:
        for field, total in (("experiences", "experiences_duration"), ("educations", "educations_duration")):
            spans = [seconds(one["date_end"]) - seconds(one["date_start"]) for one in each[field]]
            assert all(span > 0 for span in spans)
            assert each[total] == pytest.approx(sum(spans) / 86_400 / 365.25, abs=0.006)


def test_a_career_has_one_thing_after_the_other(people: list[Raw]) -> None:
    for each in people:
        assert 1 <= len(each["experiences"]) <= 6
        assert len(each["educations"]) <= 3
        entries = each["experiences"] + each["educations"]
        for later, earlier in pairwise(entries):
            assert seconds(earlier["date_end"]) <= seconds(later["date_start"])


def test_everything_was_created_within_the_year_before_today(people: list[Raw], many: Api) -> None:
    today = seconds(None)
    for each in people + many.stored_jobs():
        assert today - 366 * 86_400 <= seconds(each["created_at"]) < today
        assert seconds(each["created_at"]) <= seconds(each["updated_at"])
    assert sum(seconds(each["created_at"]) > today - 7 * 86_400 for each in people) >= 3


def test_the_text_of_a_profile_contains_what_the_rest_says(people: list[Raw]) -> None:
    for each in people:
        words = [each["info"]["full_name"], each["info"]["summary"], each["info"]["location"]["fields"]["city"]]
        words += [one[field] for one in each["experiences"] for field in ("title", "company", "description")]
        words += [one[field] for one in each["educations"] for field in ("title", "school")]
        words += [one["name"] for field in ("skills", "languages", "interests") for one in each[field]]
        assert all(word in each["text"] for word in words)


def test_the_best_profiles_for_a_job_are_those_that_a_recruiter_would_pick(many: Api) -> None:
    """Of the ten highest scores at least eight have worked in the field, and know most of the skills."""
    for title, field in (("Data Engineer", "data"), ("Frontend Developer", "front"), ("Data Analyst", "analyst")):
        job = next(each for each in many.stored_jobs() if each["name"] == title)
        reply = many.get(
            "/profiles/scoring", source_keys=many.source_keys, job_key=job["key"], sort_by="scoring", limit=10
        )["data"]
        careers = [" ".join(one["title"] for one in each["experiences"]).lower() for each in reply["profiles"]]
        wanted = {skill["name"] for skill in job["skills"][:5]}

        assert sum(field in career for career in careers) >= 8, careers
        known = [len(wanted & {skill["name"] for skill in each["skills"]}) for each in reply["profiles"]]
        assert sum(known) / len(known) > 2.5


def test_scores_are_pairs_that_add_up_and_are_well_spread() -> None:
    with serving(HrflowSide()) as api:
        job = next(each for each in api.stored_jobs() if each["name"] == "Data Engineer")
        pairs = []
        for page in (1, 2, 3):
            reply = api.get("/profiles/scoring", source_keys=api.source_keys, job_key=job["key"], limit=100, page=page)
            pairs += reply["data"]["predictions"]

    assert all(0 < score < 1 and rest + score == pytest.approx(1, abs=1e-12) for rest, score in pairs)
    scores = sorted((score for _, score in pairs), reverse=True)
    assert scores[0] > 0.9
    assert scores[-1] < 0.1
    assert Counter(round(score, 1) for score in scores).keys() >= {0.1, 0.2, 0.4, 0.6, 0.8, 0.9}

"""Reasons are facts that hold for the pair; a gap is what was asked for and is nowhere stated."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entities import Job, Profile, Stay
from bot.domain.moments import Moment
from bot.domain.query import JobsQuery, ProfilesQuery
from bot.domain.reasons import reasons_for
from bot.domain.text import fold
from bot.domain.values import Named, Place, Range
from bot.hrflow.readers import read_profile
from bot.views import facts

_names = st.sampled_from(
    ["Python", "python", "PYTHON ", "SQL", "Go", "C++", "C", "Rust", "Java", "Jav", "\u0301", "", " ", "é", "e"]
)
_named = st.lists(st.builds(Named, _names, st.sampled_from([None, 0.5, "fluent"])), max_size=6).map(tuple)
_point = st.one_of(st.none(), st.builds(Place, st.floats(45, 46), st.floats(4, 5)), st.just(Place(0, 0)))
_profiles = st.builds(Profile, key=st.just("p"), skills=_named, languages=_named, point=_point)
_jobs = st.builds(Job, key=st.just("j"), skills=_named, languages=_named, point=_point)
_sides = st.sampled_from(["profile", "job"])


def folded(items: tuple[Named, ...]) -> set[str]:
    return {fold(item.name) for item in items}


_asked = st.fixed_dictionaries(
    {"skills": _named, "languages": _named, "near": st.one_of(st.none(), st.just(Place(45.5, 4.5)))}
)


@given(_profiles, _jobs, _asked, _sides)
def test_every_fact_is_true_of_the_pair_and_every_gap_is_unstated(
    profile: Profile, job: Job, asked_for: dict[str, Any], of: str
) -> None:
    kind = ProfilesQuery if of == "profile" else JobsQuery
    query = kind(subject="x", **asked_for)
    found = reasons_for(query, profile, job, of=of)
    stated = {"skills": folded(profile.skills), "languages": folded(profile.languages)}
    asked = {"skills": folded(job.skills), "languages": folded(job.languages)}
    wanted = {"skills": folded(query.skills), "languages": folded(query.languages)}

    assert len(found.facts) <= 3
    for fact in found.facts:
        if fact.kind == "distance":
            centre = asked_for["near"] or (job.point if of == "profile" else profile.point)
            point = profile.point if of == "profile" else job.point
            assert centre is not None
            assert point is not None
            assert fact.number == centre.km_to(point)
            continue
        names = {fold(name) for name in fact.names}
        holder = stated if of == "profile" else asked
        seeker = asked if of == "profile" else stated
        assert "" not in names
        assert len(names) == len(fact.names) <= 4
        assert names <= holder[fact.kind]
        assert names <= wanted[fact.kind] | seeker[fact.kind]
        assert fact.more == 0 or len(fact.names) == 4
        item = profile if of == "profile" else job
        proofs = [at(item, path) for path in fact.path.split(", ")]
        assert [fold(proof) for proof in proofs] == [fold(name) for name in fact.names]
    if found.gap is not None and found.gap.state == "unstated" and found.gap.kind in stated:
        names = {fold(name) for name in found.gap.names}
        assert len(names) == len(found.gap.names) > 0
        assert "" not in names
        assert not names & stated[found.gap.kind]
        assert names <= wanted[found.gap.kind] | asked[found.gap.kind]
    for each in found.facts:
        assert facts.fact(each, of=of)
    if found.gap is not None:
        assert facts.gap(found.gap, of=of)


def at(item: Profile | Job, path: str) -> str:
    """What stands at `skills[2].name`."""
    field, place = re.fullmatch(r"(\w+)\[(\d+)\]\.name", path).groups()  # type: ignore[union-attr]
    return str(getattr(item, field)[int(place)].name)


def test_a_name_is_compared_without_case_and_accents_but_whole() -> None:
    profile = Profile(key="p", skills=(Named("PYTHON"), Named("JavaScript")))
    job = Job(key="j", skills=(Named("python"), Named("Java")))
    found = reasons_for(ProfilesQuery(subject="x"), profile, job, of="profile")

    assert [fact.names for fact in found.facts] == [("python",)]
    assert found.gap is not None
    assert found.gap.names == ("Java",)


def test_what_the_query_asks_for_comes_before_what_the_job_asks_for() -> None:
    profile = Profile(key="p", skills=tuple(map(Named, "abcdefg")))
    job = Job(key="j", skills=tuple(map(Named, "abcdef")))
    found = reasons_for(ProfilesQuery(subject="x", skills=(Named("g"),)), profile, job, of="profile")

    assert found.facts[0].names == ("g", "a", "b", "c")
    assert found.facts[0].more == 3


def test_far_away_is_no_reason_unless_a_place_was_asked_for() -> None:
    profile, job = Profile(key="p", point=Place(48.86, 2.35)), Job(key="j", point=Place(45.76, 4.84))
    far = reasons_for(ProfilesQuery(subject="x"), profile, job, of="profile")
    asked = reasons_for(ProfilesQuery(subject="x", near=Place(45.76, 4.84)), profile, job, of="profile")
    close = reasons_for(ProfilesQuery(subject="x"), replace(profile, point=Place(45.77, 4.84)), job, of="profile")

    assert far.facts == ()
    assert asked.facts == ()
    assert asked.gap is not None
    assert facts.gap(asked.gap, of="profile") == "392 km away, beyond 50 km"
    assert [facts.fact(fact, of="profile") for fact in close.facts] == ["1 km away"]


def test_for_a_ranked_job_the_gap_is_what_the_profile_does_not_state() -> None:
    profile = Profile(key="p", skills=(Named("python"),))
    job = Job(key="j", skills=(Named("python"), Named("go"), Named("rust"), Named("c")))
    found = reasons_for(JobsQuery(subject="x"), profile, job, of="job")

    assert [facts.fact(fact, of="job") for fact in found.facts] == ["asks for python"]
    assert found.gap is not None
    assert facts.gap(found.gap, of="job") == "the profile does not state go, rust and 1 more"


def test_nothing_stated_gives_no_reasons() -> None:
    found = reasons_for(ProfilesQuery(subject="x"), Profile(key="p"), Job(key="j"), of="profile")

    assert found.facts == ()
    assert found.gap is None


NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def why(query: ProfilesQuery, profile: Profile, job: Job | None = None) -> tuple[list[str], str]:
    """The reasons and the gap as people read them."""
    found = reasons_for(query, profile, job or Job(key="j"), of="profile", now=NOW)
    gap = "" if found.gap is None else facts.gap(found.gap, of="profile")
    return [facts.fact(fact, of="profile") for fact in found.facts], gap


@pytest.mark.parametrize(
    ("asked", "stated", "reason", "gap"),
    [
        (Range(3, 7), 7.0, "7 years, asked 3 to 7", ""),
        (Range(3, None), 3.5, "3 years, asked 3 or more", ""),
        (Range(3.2, None), 3.5, "3.5 years, asked 3.2 or more", ""),
        (Range(3, None), 2.9, "", "2 years, below 3"),
        (Range(None, 7), 1.0, "1 year, asked 7 or fewer", ""),
        (Range(3, None), 2.0, "", "2 years, below 3"),
        (Range(None, 7), 7.4, "", "7.4 years, above 7"),
        (Range(3, None), None, "", "years not stated"),
        (Range(3, None), 1e9, "", "years not stated"),
    ],
)
def test_years_are_held_against_what_was_asked(asked: Range, stated: float | None, reason: str, gap: str) -> None:
    """Not stated is one thing, stated and below another."""
    query = ProfilesQuery(subject="x", years=asked)

    assert why(query, Profile(key="p", experience_years=stated)) == ([reason] if reason else [], gap)


def test_years_of_education_are_told_apart_from_those_of_experience() -> None:
    query = ProfilesQuery(subject="x", education_years=Range(3, None))

    assert why(query, Profile(key="p", education_years=5)) == (["5 years of education, asked 3 or more"], "")
    assert why(query, Profile(key="p", education_years=2))[1] == "2 years of education, below 3"
    assert why(query, Profile(key="p"))[1] == "years of education not stated"


@pytest.mark.parametrize(
    ("asked", "stated", "gap"),
    [
        (0.9, 0.5, "python 0.5, below 0.9"),
        (0.9, "0.5", "python 0.5, below 0.9"),
        (0.9, None, "level of python not stated"),
        ("expert", "beginner", "python beginner, asked expert"),
        (True, False, "python no, asked yes"),
        (0.5, 0.9, ""),
        ("Expert", "expert", ""),
        (None, "anything", ""),
    ],
)
def test_a_level_that_was_asked_for_is_looked_at_too(asked: Any, stated: Any, gap: str) -> None:
    query = ProfilesQuery(subject="x", skills=(Named("python", asked),))
    reasons, found = why(query, Profile(key="p", skills=(Named("Python", stated),)))

    assert found == gap
    assert reasons == ([] if gap else ["has python"])


def test_the_weight_of_a_skill_in_a_job_is_no_level_to_be_reached() -> None:
    job = Job(key="j", skills=(Named("python", 0.9),))

    assert why(ProfilesQuery(subject="x"), Profile(key="p", skills=(Named("python", 0.1),)), job) == (
        ["has python"],
        "",
    )


def test_what_was_received_lately_is_recent_and_so_is_what_was_asked_by_date() -> None:
    new, old = Profile(key="p", received_at=NOW - timedelta(days=29)), Profile(key="p", created_at=NOW - timedelta(90))

    assert why(ProfilesQuery(subject="x"), new)[0] == ["received 2026-10-24"]
    assert why(ProfilesQuery(subject="x"), old)[0] == []
    assert why(ProfilesQuery(subject="x", since=Moment("6m")), old)[0] == ["added 2026-08-24"]
    assert why(ProfilesQuery(subject="x", since=Moment("7d")), old)[0] == []


def test_a_position_that_is_held_now_is_told_and_one_that_ended_is_not() -> None:
    here = Stay(title="Developer", start=datetime(2019, 2, 1, tzinfo=UTC))
    gone = replace(here, end=datetime(2020, 1, 1, tzinfo=UTC))

    assert why(ProfilesQuery(subject="x"), Profile(key="p", experiences=(here,)))[0] == [
        "in this position since 2019-02"
    ]
    assert why(ProfilesQuery(subject="x"), Profile(key="p", experiences=(gone, here)))[0] == []


def test_what_the_query_asks_for_comes_before_what_the_job_asks_for_in_reasons_and_gaps() -> None:
    job = Job(key="j", skills=(Named("sql"), Named("kafka")), languages=(Named("english"),), point=Place(45.76, 4.84))
    profile = Profile(
        key="p",
        skills=(Named("sql"),),
        languages=(Named("english"),),
        point=Place(45.77, 4.88),
        experience_years=2,
        received_at=NOW,
    )
    query = ProfilesQuery(subject="x", years=Range(1, None), near=Place(45.77, 4.88))
    reasons, gap = why(query, profile, job)

    assert reasons == ["2 years, asked 1 or more", "0 km away", "has sql"]
    assert gap == "kafka not stated"
    assert why(replace(query, years=Range(3, None)), profile, job)[1] == "2 years, below 3"


def test_a_place_that_was_asked_for_and_is_not_stated_is_a_gap() -> None:
    assert why(ProfilesQuery(subject="x", near=Place(45, 4)), Profile(key="p"))[1] == "place not stated"


def test_a_path_counts_what_could_not_be_read() -> None:
    profile = read_profile({"key": "p", "skills": [{"name": None}, 7, {"name": "python"}]})
    assert profile is not None
    found = reasons_for(ProfilesQuery(subject="x", skills=(Named("python"),)), profile, Job(key="j"), of="profile")

    assert [fact.path for fact in found.facts] == ["skills[2].name"]

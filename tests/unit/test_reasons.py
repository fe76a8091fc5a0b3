"""Reasons are facts that hold for the pair; a gap is what was asked for and is nowhere stated."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entities import Job, Profile
from bot.domain.query import JobsQuery, ProfilesQuery
from bot.domain.reasons import reasons_for
from bot.domain.text import fold
from bot.domain.values import Named, Place
from bot.views import phrases

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
    if found.gap is not None:
        names = {fold(name) for name in found.gap.names}
        assert len(names) == len(found.gap.names) > 0
        assert "" not in names
        assert not names & stated[found.gap.kind]
        assert names <= wanted[found.gap.kind] | asked[found.gap.kind]
    for each in found.facts:
        assert phrases.fact(each, of=of)


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
    assert [phrases.fact(fact, of="profile") for fact in asked.facts] == ["392 km away"]
    assert [phrases.fact(fact, of="profile") for fact in close.facts] == ["1 km away"]


def test_for_a_ranked_job_the_gap_is_what_the_profile_does_not_state() -> None:
    profile = Profile(key="p", skills=(Named("python"),))
    job = Job(key="j", skills=(Named("python"), Named("go"), Named("rust"), Named("c")))
    found = reasons_for(JobsQuery(subject="x"), profile, job, of="job")

    assert [phrases.fact(fact, of="job") for fact in found.facts] == ["asks for python"]
    assert found.gap is not None
    assert phrases.gap(found.gap, of="job") == "the profile does not state: go, rust and 1 more"


def test_nothing_stated_gives_no_reasons() -> None:
    found = reasons_for(ProfilesQuery(subject="x"), Profile(key="p"), Job(key="j"), of="profile")

    assert found.facts == ()
    assert found.gap is None

"""Rankings to draw, hostile in every word; with the checks of `checking` for what is drawn."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.domain.entities import Job, Label, Profile, Stage, Stay
from bot.domain.moments import Moment
from bot.domain.posts import Post
from bot.domain.query import JobsQuery, ProfilesQuery
from bot.domain.ranking import Match, Ranking
from bot.domain.reasons import reasons_for
from bot.domain.scorable import missing_for_scoring
from bot.domain.stages import Decision
from bot.domain.values import Named, NamedRange, Place, Range
from tests.unit.checking import check_message, check_view, dead
from tests.unit.strategies import hostile, json_values

AT = datetime(2026, 11, 22, 15, 4, tzinfo=UTC)
POST_ID = "0123456789abcdef"
KEYS = st.text(st.sampled_from("0123456789abcdef"), min_size=40, max_size=40)
odd_keys = st.one_of(KEYS, KEYS, KEYS, st.sampled_from(["", "a|b", "é" * 255, "%" * 255, "x" * 255]))
_levels = st.one_of(st.none(), hostile, st.floats(0, 1), st.booleans(), st.floats(-1e300, 1e300))
_named = st.lists(st.builds(Named, hostile, _levels), max_size=5).map(tuple)
_many_named = st.one_of(_named, st.lists(st.builds(Named, hostile), min_size=50, max_size=50).map(tuple))
_point = st.one_of(st.none(), st.builds(Place, st.floats(-90, 90), st.floats(-180, 180)))
_when = st.one_of(st.none(), st.just(AT))
_stays = st.lists(
    st.builds(Stay, title=hostile, organisation=hostile, place=hostile, description=hostile, start=_when, end=_when),
    max_size=10,
).map(tuple)
_labels = st.lists(
    st.builds(Label, stage=st.sampled_from(Stage), job_key=hostile, job_reference=hostile, at=_when), max_size=5
).map(tuple)
_links = st.one_of(
    hostile,
    hostile.map(lambda text: f"https://{text}"),
    st.sampled_from(
        [
            "https://a.example@b.example/x|y>",
            "https://xn--80ak6aa92e.com",
            "https://\u0430\u0440\u0440\u04cf\u0435.com/*_~`",
        ]
    ),
)
_years = st.one_of(st.none(), st.floats(-1e300, 1e300), st.floats(0, 40))
profiles = st.builds(
    Profile,
    key=odd_keys,
    source_key=odd_keys,
    reference=hostile,
    name=hostile,
    email=hostile,
    phone=hostile,
    summary=hostile,
    place=hostile,
    point=_point,
    experience_years=_years,
    education_years=_years,
    experiences=_stays,
    educations=_stays,
    skills=_many_named,
    languages=_named,
    interests=_named,
    tags=_named,
    tasks=st.lists(hostile, max_size=3).map(tuple),
    links=st.lists(_links, max_size=12).map(tuple),
    labels=_labels,
    created_at=_when,
    received_at=_when,
)
_ranges = st.lists(
    st.builds(NamedRange, hostile, st.one_of(st.none(), st.floats(-1e300, 1e300)), st.none()), max_size=6
).map(tuple)
jobs = st.builds(
    Job,
    key=odd_keys,
    board_key=odd_keys,
    reference=hostile,
    title=hostile,
    summary=hostile,
    sections=st.lists(st.tuples(hostile, hostile), max_size=8).map(tuple),
    place=hostile,
    point=_point,
    skills=_many_named,
    languages=_named,
    tags=_named,
    ranges=_ranges,
    dates=_ranges,
    url=hostile,
)
stages = st.sampled_from(Stage)


@st.composite
def posts(draw: st.DrawFn, *, most: int = 30) -> Post:
    """A list of 0 to 30 pairs, hostile in every word, some of them decided; few profiles repeated keep it quick."""
    of = draw(st.sampled_from(["profile", "job"]))
    some_profiles = draw(st.lists(profiles, min_size=1, max_size=3))
    some_jobs = draw(st.lists(jobs, min_size=1, max_size=3))
    query: ProfilesQuery | JobsQuery
    if of == "profile":
        query = ProfilesQuery(
            subject=draw(hostile),
            text=(draw(hostile),),
            limit=30,
            page=draw(st.sampled_from([1, 1000])),
            skills=draw(_named),
            years=draw(st.one_of(st.none(), st.just(Range(3.0, 7.0)))),
            near=draw(_point),
            since=draw(st.one_of(st.none(), st.just(Moment("7d")))),
        )
        some_jobs = some_jobs[:1]
    else:
        query = JobsQuery(subject=draw(hostile), name=draw(hostile), skills=(Named(draw(hostile)),), limit=30)
        some_profiles = some_profiles[:1]
    count = draw(st.one_of(st.integers(0, most), st.sampled_from([12, 13, 30])))
    scores = draw(st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=1, max_size=4))
    matches = []
    in_order = sorted((scores[place % len(scores)] for place in range(count)), key=lambda score: score is None)
    for place in range(count):
        profile, job = some_profiles[place % len(some_profiles)], some_jobs[place % len(some_jobs)]
        matches.append(
            Match(
                rank=(query.page - 1) * 30 + place + 1,
                profile=profile,
                job=job,
                score=in_order[place],
                stage=draw(stages) if place < 4 else Stage.NEW,
                reasons=reasons_for(query, profile, job, of=of, now=AT),
                missing=missing_for_scoring(profile) if in_order[place] is None else (),
            )
        )
    subject = some_jobs[0] if of == "profile" else some_profiles[0]
    total = draw(st.one_of(st.none(), st.integers(0, 10**9)))
    post = Post(
        id=POST_ID,
        viewer="U0123ABCD",
        ranking=Ranking(query=query, of=of, subject=subject, matches=tuple(matches), total=total),
    )
    post.version = draw(st.integers(0, 10_000))
    decided = draw(st.sampled_from([0, 0, 3, 30]))
    for match in matches[:decided]:
        decision = Decision(
            stage=draw(stages),
            before=Stage.NEW,
            by=draw(st.sampled_from(["U0123ABCD", "<!channel>", ""])),
            at=AT,
            undo=draw(st.booleans()),
        )
        post.decided((match.profile.key, match.job.key), decision)
    return post


__all__ = ["check_message", "check_view", "dead", "jobs", "json_values", "posts", "profiles"]

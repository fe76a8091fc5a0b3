"""A small believable list: invented people and jobs for the tests of what is drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.entities import Job, Label, Profile, Scored, Stage, Stay
from bot.domain.posts import Post
from bot.domain.query import JobsQuery, ProfilesQuery
from bot.domain.ranking import Ranking, job_matches, profile_matches
from bot.domain.stages import Decision
from bot.domain.values import Named, NamedRange, Place

AT = datetime(2026, 11, 22, 15, 4, tzinfo=UTC)
ENGINEER = Job(
    key="1" * 40,
    board_key="b" * 40,
    reference="dev_42",
    title="Data Engineer",
    summary="Build and run pipelines.",
    sections=(("Mission", "Own the data platform."), ("", "We are in an old mill.")),
    place="Lyon",
    point=Place(45.76, 4.84),
    skills=(Named("python"), Named("sql"), Named("kafka")),
    languages=(Named("english"),),
    tags=(Named("remote", value=True), Named("contract", "permanent")),
    ranges=(NamedRange("salary", 40_000.0, 1_250_000.0),),
    dates=(NamedRange("start", "2027-01-01"),),
    url="https://jobs.example.com/dev_42",
    created_at=AT,
)
ANALYST = replace(ENGINEER, key="2" * 40, title="R&D <Analyst>", place="", point=None, skills=(Named("sql"),))
ANN = Profile(
    key="a" * 40,
    source_key="c" * 40,
    reference="cand_1",
    name="Ann Bell",
    email="ann_bell@example.com",
    phone="+33 1 00 00 00 00",
    summary="Ten years of pipelines.",
    place="Villeurbanne",
    point=Place(45.77, 4.88),
    experience_years=7.4,
    education_years=5,
    experiences=(
        Stay(title="Data Engineer", organisation="Acme Freight", place="Lyon", start=datetime(2019, 2, 1, tzinfo=UTC)),
        Stay(title="Developer", start=datetime(2016, 1, 1, tzinfo=UTC), end=datetime(2019, 1, 31, tzinfo=UTC)),
    ),
    educations=(Stay(title="MSc Mathematics", organisation="Northfield University"),),
    skills=(Named("Python", 0.9), Named("SQL")),
    languages=(Named("English", "fluent"),),
    interests=(Named("chess"),),
    tags=(Named("active", value=True),),
    links=("https://code.example.com/ann_bell",),
    labels=(Label(stage=Stage.LATER, job_key="1" * 40, at=AT),),
    received_at=AT,
)
BO = Profile(key="d" * 40, source_key="c" * 40, name="Bo *Star* <!here>", place="Oslo", experience_years=0.5)
CY = Profile(key="e" * 40, source_key="c" * 40)


def profiles_post(count: int = 3) -> Post:
    """A list of profiles for the engineer's job, from the three people above."""
    query = ProfilesQuery(subject="Data Engineer", skills=(Named("python"),), limit=max(count, 3))
    people = [replace((ANN, BO, CY)[place % 3], key=f"{place:040x}") for place in range(count)]
    people[:3] = [ANN, BO, CY][:count]
    scores = (0.923, 0.5, None) if count <= 3 else (0.923, 0.5, 0.25)
    rows = [Scored(person, scores[place % 3]) for place, person in enumerate(people)]
    matches = profile_matches(query, ENGINEER, rows, first=1, now=AT)
    ranking = Ranking(query=query, of="profile", subject=ENGINEER, matches=matches, total=98)
    return Post(id="0123456789abcdef", viewer="U0ANN", ranking=ranking)


def jobs_post() -> Post:
    """The two jobs for Ann, the first of them decided by somebody."""
    query = JobsQuery(subject="Ann Bell")
    rows = [Scored(ENGINEER, 0.61), Scored(ANALYST, 0.07)]
    matches = job_matches(query, ANN, rows, first=1, now=AT)
    post = Post(
        id="0123456789abcdef",
        viewer="U0ANN",
        ranking=Ranking(query=query, of="job", subject=ANN, matches=matches, total=None),
    )
    post.decided((ANN.key, ENGINEER.key), Decision(stage=Stage.YES, before=Stage.LATER, by="U0BOB", at=AT))
    return post

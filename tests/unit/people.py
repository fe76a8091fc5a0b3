"""A small believable list: invented people and jobs for the tests of what is drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.entities import Job, Label, Profile, Stage, Stay
from bot.domain.posts import Post
from bot.domain.query import JobsQuery, ProfilesQuery
from bot.domain.ranking import Match, Ranking
from bot.domain.reasons import reasons_for
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
)
BO = Profile(key="d" * 40, source_key="c" * 40, name="Bo *Star* <!here>", place="Oslo", experience_years=0.5)
CY = Profile(key="e" * 40, source_key="c" * 40)


def profiles_post(count: int = 3) -> Post:
    """A list of profiles for the engineer's job, from the three people above."""
    query = ProfilesQuery(subject="Data Engineer", skills=(Named("python"),), limit=max(count, 3))
    matches = []
    for place in range(count):
        person = (ANN, BO, CY)[place % 3]
        profile = person if place < 3 else replace(person, key=f"{place:040x}")
        matches.append(
            Match(
                rank=place + 1,
                profile=profile,
                job=ENGINEER,
                score=(0.923, 0.5, None)[place % 3],
                stage=profile.stage_for(ENGINEER),
                reasons=reasons_for(query, profile, ENGINEER, of="profile"),
            )
        )
    ranking = Ranking(query=query, of="profile", subject=ENGINEER, matches=tuple(matches), total=98)
    return Post(id="0123456789abcdef", viewer="U0ANN", ranking=ranking)


def jobs_post() -> Post:
    """The two jobs for Ann, the first of them decided by somebody."""
    query = JobsQuery(subject="Ann Bell")
    matches = tuple(
        Match(
            rank=rank,
            profile=ANN,
            job=job,
            score=score,
            stage=ANN.stage_for(job),
            reasons=reasons_for(query, ANN, job, of="job"),
        )
        for rank, (job, score) in enumerate([(ENGINEER, 0.61), (ANALYST, 0.07)], start=1)
    )
    post = Post(
        id="0123456789abcdef",
        viewer="U0ANN",
        ranking=Ranking(query=query, of="job", subject=ANN, matches=matches, total=None),
    )
    post.decided((ANN.key, ENGINEER.key), Decision(stage=Stage.YES, before=Stage.LATER, by="U0BOB", at=AT))
    return post

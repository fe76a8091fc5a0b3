"""Rankings to draw, and what Slack would say about the result: its limits, its models, a second opinion."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import slackblocks
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.entities import Job, Label, Profile, Stage, Stay
from bot.domain.moments import Moment
from bot.domain.posts import Post
from bot.domain.query import JobsQuery, ProfilesQuery
from bot.domain.ranking import Match, Ranking
from bot.domain.reasons import reasons_for
from bot.domain.scorable import missing_for_scoring
from bot.domain.stages import Decision
from bot.domain.values import Named, NamedRange, Place, Range
from tests.unit.strategies import hostile, json_values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.views.message import Message

AT = datetime(2026, 11, 22, 15, 4, tzinfo=UTC)
POST_ID = "0123456789abcdef"
# What Slack parses in text: entities, our own mentions and dates. Anything else with a bracket is alive by accident.
OURS = re.compile(
    r"<@[A-Z0-9_]{1,32}>"
    r"|<!date\^-?\d+\^(\{date_short_pretty\} at \{time\}\|[0-9: -]+ UTC|\{date_short\}\|[0-9]{4}-[0-9]{2}-[0-9]{2})>"
)
ENTITY = re.compile(r"&(amp|lt|gt);")


def dead(text: str) -> str:
    """`text` without our own tokens; fails where a bracket or a piece of an entity is left."""
    rest = OURS.sub("", text)
    assert "<" not in rest
    assert "&" not in ENTITY.sub("", rest)
    return rest


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)


def check_blocks(blocks: list[dict[str, Any]]) -> None:
    """Slack's limits (reference slack-platform §0, §3), by hand, by Slack's own models and by slackblocks."""
    json.dumps(blocks, ensure_ascii=False).encode()
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    assert len(ids) == len(set(ids))
    assert all(len(each) <= 255 for each in ids)
    for block in blocks:
        actions = [each["action_id"] for each in _objects(block) if "action_id" in each]
        assert len(actions) == len(set(actions))
        _check_texts(block)
        _check_elements(block)
    modelled = Block.parse_all(blocks)
    assert len(modelled) == len(blocks)
    assert [block.to_dict() for block in modelled] == blocks
    for block in blocks:
        _second_opinion(block)


def _check_texts(block: dict[str, Any]) -> None:
    limit = {"header": 150, "section": 3_000, "context": 2_000, "actions": 75}.get(block["type"], 0)
    for each in _objects(block):
        if each.get("type") in ("mrkdwn", "plain_text"):
            assert 1 <= len(each["text"]) <= limit
            assert "\r" not in each["text"]
        if each.get("type") == "mrkdwn":
            assert each["verbatim"] is True
            dead(each["text"])
        if each.get("type") == "plain_text":
            assert each["emoji"] is False


def _check_elements(block: dict[str, Any]) -> None:
    assert len(block.get("elements", [])) <= {"context": 10, "actions": 25}.get(block["type"], 0)
    for each in _objects(block):
        assert len(each.get("action_id", "")) <= 255
        if each.get("type") == "button":
            assert len(each["text"]["text"]) <= 75
            assert len(each["value"]) <= 2_000
            assert 1 <= len(each["accessibility_label"]) <= 75
        if each.get("type") == "overflow":
            assert 1 <= len(each["options"]) <= 5
            assert all(len(option["text"]["text"]) <= 75 and len(option["value"]) <= 150 for option in each["options"])


def _second_opinion(block: dict[str, Any]) -> None:
    """The same block built with slackblocks, which has limits of its own."""
    drawn: Any
    match block:
        case {"type": "header", "text": text}:
            drawn = slackblocks.HeaderBlock(_text(text))
        case {"type": "section", "text": text}:
            accessory = _element(block["accessory"]) if "accessory" in block else None
            drawn = slackblocks.SectionBlock(_text(text), accessory=accessory)
        case {"type": "context", "elements": elements}:
            drawn = slackblocks.ContextBlock([_text(each) for each in elements])
        case {"type": "actions", "elements": elements}:
            drawn = slackblocks.ActionsBlock([_element(each) for each in elements])
    assert _bare(drawn._resolve()) == _bare(block)


def _bare(value: Any) -> Any:
    """Without what slackblocks adds or leaves out by itself."""
    if isinstance(value, dict):
        return {name: _bare(each) for name, each in value.items() if name not in ("block_id", "emoji")}
    return [_bare(each) for each in value] if isinstance(value, list) else value


def _text(text: dict[str, Any]) -> slackblocks.Text:
    kind = slackblocks.TextType(text["type"])
    return slackblocks.Text(text["text"], type_=kind, verbatim=text.get("verbatim", False))


def _element(element: dict[str, Any]) -> Any:
    if element["type"] == "overflow":
        options = [slackblocks.Option(text=_text(each["text"]), value=each["value"]) for each in element["options"]]
        return slackblocks.OverflowMenu(action_id=element["action_id"], options=options)
    return slackblocks.Button(
        text=_text(element["text"]),
        action_id=element["action_id"],
        value=element["value"],
        style=element.get("style"),
        accessibility_label=element["accessibility_label"],
    )


def check_message(message: Message) -> dict[str, Any]:
    """The payload of a message that Slack takes as it is: at most 50 blocks and 10,000 characters in them."""
    payload = message.payload()
    json.dumps(payload, ensure_ascii=False).encode()
    dead(payload["text"])
    assert 1 <= len(payload["text"]) <= 40_000
    assert payload["unfurl_links"] is payload["unfurl_media"] is False
    blocks = payload.get("blocks", [])
    assert len(blocks) <= 50
    assert sum(len(each["text"]) for each in _objects(blocks) if isinstance(each.get("text"), str)) <= 10_000
    check_blocks(blocks)
    return payload


def check_view(view: dict[str, Any]) -> None:
    """A modal that Slack takes as it is."""
    json.dumps(view, ensure_ascii=False).encode()
    assert len(json.dumps(view).encode()) <= 250_000
    assert len(view["blocks"]) <= 100
    for name in ("title", "close"):
        assert 1 <= len(view[name]["text"]) <= 24
    check_blocks(view["blocks"])
    assert View(**view).to_dict()["type"] == "modal"


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

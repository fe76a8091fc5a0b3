"""Details in a conversation: everything stated, each reason proved, hostile text harmless, long contents on pages."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from bot.views.message import Message
from tests.helpers.workspace import elements, names
from tests.unit.drawing import check_message, dead
from tests.unit.strategies import HOSTILE

if TYPE_CHECKING:
    from tests.helpers.workspace import Workspace

EVIL = "<!channel> <@U0123> *b* _i_ `c` &lt;!here&gt; \u202eevil\u202c \u200b <https://x.example|click>"


TEXTS = "\n".join(text for text in HOSTILE if "\ud800" not in text)  # HrFlow takes no half characters


def opened(workspace: Workspace, message: dict[str, Any], place: int = 0) -> dict[str, Any]:
    """Press Details and wait until it is filled."""
    known = {view["id"] for view in workspace.views()}
    assert workspace.press(message, "details", place)["status"] == 200

    def filled() -> dict[str, Any] | None:
        views = [view for view in workspace.views() if view["id"] not in known]
        return next((view for view in views if "Loading" not in str(view["blocks"])), None)

    found: dict[str, Any] = workspace.until(filled)
    return found


def texts(view: dict[str, Any]) -> list[str]:
    return [block["text"]["text"] for block in view["blocks"] if "text" in block]


def turned(workspace: Workspace, view: dict[str, Any], action_id: str) -> dict[str, Any]:
    """Press Previous or Next in the modal, and wait for its other page."""
    block_id, element = elements(view, action_id)[0]
    workspace.http.post(
        "/workspace/actions",
        json={
            "user": "U_ANN",
            "view_id": view["id"],
            "action_id": action_id,
            "block_id": block_id,
            "value": element["value"],
        },
    ).raise_for_status()

    def redrawn() -> dict[str, Any] | None:
        now = next(each for each in workspace.views() if each["id"] == view["id"])
        return now if now["blocks"] != view["blocks"] else None

    found: dict[str, Any] = workspace.until(redrawn)
    return found


def create(workspace: Workspace, **fields: Any) -> dict[str, Any]:
    """A profile as the SDK makes one."""
    source = workspace.hrflow("/sources")["data"][0]["key"]
    reply = workspace.http.post(
        "/hrflow/v1/profile/indexing",
        content=json.dumps({"source_key": source, **fields}).encode(),
        headers={
            "X-API-KEY": "ask_sandbox",
            "X-USER-EMAIL": "sandbox@example.com",
            "Content-Type": "application/json",
        },
    )
    assert reply.status_code < 300, reply.text
    found: dict[str, Any] = reply.json()["data"]
    return found


def test_every_reason_is_proved_by_the_field_it_names(workspace: Workspace) -> None:
    message = workspace.ask('/profiles "Data Engineer" skills:python years:2.. limit:3')
    view = opened(workspace, message)
    [name] = [block["text"]["text"] for block in view["blocks"] if block["type"] == "header"]
    listed = workspace.hrflow(
        "/profiles/searching",
        source_keys=json.dumps([each["key"] for each in workspace.hrflow("/sources")["data"]]),
        name=name,
    )["data"]["profiles"][0]
    profile = workspace.hrflow("/profile/indexing", source_key=listed["source_id"], key=listed["profile_id"])["data"]
    said = "\n".join(texts(view))
    proofs = re.findall(r"has ([^\n]*?)(?: and \d+ more)? \u2014 stated in `([^`]+)`", said)

    assert name == names(message)[0]
    assert proofs
    for stated, paths in proofs:
        found = [profile["skills"][int(re.search(r"\d+", path)[0])]["name"] for path in paths.split(", ")]  # type: ignore[index]
        assert [each.casefold() for each in found] == [each.casefold() for each in stated.split(", ")]
    assert "asked 2 or more \u2014 stated in `experiences_duration`" in said
    for stated in (profile["info"]["email"], profile["info"]["phone"], profile["experiences"][-1]["title"]):
        assert stated in said
        assert profile["info"]["email"] not in json.dumps(message)


def test_hostile_text_in_every_field_shows_as_harmless_text_everywhere(workspace: Workspace) -> None:
    marker = "Zzyzx"
    place = {"text": EVIL, "lat": 45.76, "lng": 4.84, "fields": {"city": EVIL}}
    stay = {
        "title": EVIL,
        "company": EVIL,
        "school": EVIL,
        "description": TEXTS,
        "location": place,
        "date_start": "2020-01-01T00:00:00",
        "date_end": None,
    }
    create(
        workspace,
        info={
            "full_name": f"{marker} {EVIL}",
            "first_name": EVIL,
            "last_name": EVIL,
            "email": "evil@example.com",
            "phone": EVIL,
            "summary": TEXTS,
            "location": place,
            "urls": [{"type": "from_resume", "url": "https://good.example@bad.example/x|<!here>"}],
        },
        experiences=[stay] * 3,
        educations=[stay] * 3,
        experiences_duration=4,
        educations_duration=3,
        skills=[{"name": EVIL, "value": EVIL, "type": "hard"}, {"name": "python", "value": None, "type": "hard"}],
        languages=[{"name": EVIL, "value": EVIL}],
        interests=[{"name": EVIL, "value": None}],
        tags=[{"name": EVIL, "value": EVIL}],
        labels=[],
        created_at="2026-11-20T00:00:00+0000",
    )
    message = workspace.ask(f'/profiles "Data Engineer" name:{marker}')
    assert len(names(message)) == 1
    check_message(Message(message["text"], tuple(message["blocks"])))
    view = opened(workspace, message)
    for block in view["blocks"]:
        if block.get("text", {}).get("type") == "mrkdwn":
            dead(block["text"]["text"])
    assert "bad.example \u00b7 https://good.example@bad.example/x|<!here>" in "\n".join(texts(view))
    jobs = workspace.ask("/jobs evil@example.com limit:2")
    check_message(Message(jobs["text"], tuple(jobs["blocks"])))
    assert "&lt;!channel&gt;" in jobs["text"]


def test_a_long_profile_is_read_page_by_page(workspace: Workspace) -> None:
    stays = [
        {
            "title": f"Post {place}!",
            "company": "Acme",
            "description": f"Deed {place}. " * 120,
            "location": {"text": "Lyon"},
            "date_start": "2020-01-01T00:00:00",
            "date_end": None,
        }
        for place in range(50)
    ]
    create(workspace, info={"full_name": "Quillon Longreader", "summary": "s"}, experiences=stays, skills=[])
    message = workspace.ask('/profiles "Data Engineer" name:"Quillon Longreader"')
    first = opened(workspace, message)
    second = turned(workspace, first, "details.next")
    back = turned(workspace, second, "details.previous")
    held = "\n".join(texts(first) + texts(second))

    assert "Page 2 of " in json.dumps(second["blocks"])
    assert texts(back) == texts(first)
    assert held.count("Post 0!") >= 1
    assert "missing for scoring: an education, a skill" in message["text"]
    assert "*Missing for scoring:* an education (`educations[]`), a skill (`skills[]`)" in held


def test_who_cannot_be_scored_stands_apart_with_what_is_missing(workspace: Workspace) -> None:
    done = [{"title": "Data Engineer", "company": "Acme", "description": "Pipelines.", "date_start": "2020-01-01"}]
    whole = {"experiences": done, "educations": [{"school": "Rome"}], "skills": [{"name": "Python", "value": None}]}
    create(workspace, info={"full_name": "Perpetua Whole", "summary": "s"}, **whole)
    create(workspace, info={"full_name": "Perpetua Unschooled", "summary": "s"}, **{**whole, "educations": []})

    for order in ("desc", "asc"):
        message = workspace.ask(f'/profiles "Data Engineer" name:perpetua stage:any order:{order}')

        assert names(message) == ["Perpetua Whole", "Perpetua Unschooled"]
        assert "One profile matches but came without a score." in message["text"]
        assert [line for line in message["text"].splitlines() if "missing for scoring: an education" in line]

    jobs = workspace.ask('/jobs "Perpetua Unschooled" limit:2')
    assert "this one does not state an education." in jobs["text"]


def test_who_comes_without_a_score_stands_apart(workspace: Workspace) -> None:
    """The reply's predictions may be shorter than its profiles, or hold nothing for one of them."""
    plain = workspace.ask('/profiles "Data Engineer" limit:4')
    listed = workspace.calls()[-1]
    reply = workspace.hrflow(listed["path"].split("/v1")[-1], **listed["params"])
    reply["data"]["predictions"][1] = None
    reply["data"]["profiles"][1]["summary"] = None
    reply["data"]["profiles"][1]["educations"] = []
    workspace.fault("hrflow", "/profiles/scoring", status=200, body=json.dumps(reply), times=1)

    message = workspace.ask('/profiles "Data Engineer" limit:4')
    order = names(plain)

    assert names(message) == [order[0], order[2], order[3], order[1]]
    assert "\n4. " in message["text"]
    assert "not scored" in message["text"].split("\n4. ")[1].split("\n")[0]
    assert "#4: " in message["text"]
    assert "missing for scoring: an education, a summary" in message["text"]
    assert "0 % \u00b7" not in message["text"].split("\n4. ")[1].split("\n")[0]

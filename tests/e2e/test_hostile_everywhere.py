"""A profile with hostile text in every field is harmless text wherever it is shown, and pings and links nobody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.share_form import Form
from tests.helpers.workspace import Workspace, elements, item_lines, sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

EVIL = (
    "<!channel> <!here> <!everyone> <@U_BOB> <#C_HIRING> <!subteam^S1> <https://evil.example|click> "
    "*bold* _it_ ~no~ `code` ```block``` > quote\n> forged\n• line &lt;!channel&gt; &amp;lt; @everyone #general :tada: "
    "\u202eoverride\u202c \u2066iso\u2069 zero\u200bwidth\u00ad \x07bell \x1b[31m https://bare.example מרחבא 漢字 🙂"
)
LONG = EVIL + "n" * 100_000
TOKENS = re.compile(r"<(?!@[A-Z0-9_]+>|!date\^\d+\^\{date_short_pretty\} at \{time\}\||!date\^\d+\^\{date_short\}\|)")
UNSEEN = re.compile("[\u0000-\u0008\u000b-\u001f\u200b-\u200f\u202a-\u202e\u2060-\u2069\u00ad\ufeff]")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with sandbox(["--channels", "1"], tmp_path_factory.mktemp("hostile") / "log.jsonl") as running:
        yield running


@pytest.fixture(scope="module")
def profile(workspace: Workspace) -> dict[str, Any]:
    """A profile of the sandbox that is hostile in every text; returned as HrFlow has it."""
    source = workspace.hrflow("/sources")["data"][0]["key"]
    evil = {
        "source_key": source,
        "reference": "mallory",
        "info": {
            "full_name": f"Mallory {EVIL}",
            "first_name": EVIL,
            "last_name": LONG,
            "email": "mallory@example.com",
            "phone": EVIL,
            "summary": LONG,
            "location": {"text": EVIL, "lat": 45.76, "lng": 4.84},
            "urls": [
                {"type": "github", "url": "https://evil.example/|<!channel>"},
                {"type": EVIL, "url": "javascript:1"},
            ],
        },
        "text": LONG,
        "experiences": [
            {
                "title": f"Data Engineer {EVIL}",
                "company": EVIL,
                "description": LONG,
                "location": {"text": EVIL},
                "date_start": "2019-01-01T00:00:00+0000",
                "tasks": [{"name": EVIL}],
            }
        ],
        "educations": [{"title": EVIL, "school": EVIL, "description": LONG, "date_start": "2015-01-01T00:00:00+0000"}],
        "skills": [{"name": "python", "value": None}, {"name": EVIL, "value": EVIL}, {"name": LONG, "value": None}],
        "languages": [{"name": EVIL, "value": EVIL}],
        "interests": [{"name": EVIL, "value": None}],
        "tags": [{"name": EVIL, "value": EVIL}],
        "labels": [],
    }
    headers = {"X-API-KEY": "ask_sandbox", "X-USER-EMAIL": "sandbox@example.com"}
    reply = workspace.http.post("/hrflow/v1/profile/indexing", json=evil, headers=headers)
    assert reply.status_code in (200, 201), reply.text[:500]
    found: dict[str, Any] = reply.json()["data"]
    return found


def strings(value: Any) -> Iterator[tuple[str, str]]:
    """Every text object and plain string that Slack would draw, with its kind."""
    if isinstance(value, dict):
        if value.get("type") in ("mrkdwn", "plain_text"):
            yield value["type"], value["text"]
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def check(text: str, blocks: list[dict[str, Any]]) -> None:
    """Nothing in it pings, links, formats or hides anything."""
    assert not TOKENS.search(text), TOKENS.search(text)
    assert not UNSEEN.search(text)
    assert all("\n>" not in each for each in text.splitlines())
    for kind, words in strings(blocks):
        assert not UNSEEN.search(words)
        if kind == "mrkdwn":
            assert not TOKENS.search(words), words[:200]
            assert not re.search(r"[*_~`](?:bold|it|no|code|block)", words), words[:300]


def find(workspace: Workspace) -> dict[str, Any]:
    message = workspace.ask('/profiles "Data Engineer" email:mallory@example.com stage:any')
    assert "Mallory" in message["text"], message["text"][:500]
    return message


def test_a_list_of_it_is_harmless(workspace: Workspace, profile: dict[str, Any]) -> None:
    message = find(workspace)

    assert profile["reference"] == "mallory"
    check(message["text"], message["blocks"])
    assert len(item_lines(message)) == 1


def test_its_details_are_harmless_on_every_page(workspace: Workspace, profile: dict[str, Any]) -> None:
    assert profile
    message = find(workspace)
    workspace.press(message, "details")
    view = workspace.until(lambda: [view for view in workspace.views() if "Mallory" in str(view["blocks"])])[-1]

    check("", view["blocks"])
    assert all(not words.startswith("javascript:") for _, words in strings(view["blocks"]))
    workspace.http.post("/workspace/views/close", json={"user": "U_ANN", "view_id": view["id"], "clear": True})


def test_jobs_for_it_are_harmless(workspace: Workspace, profile: dict[str, Any]) -> None:
    message = workspace.ask(f"/jobs {profile['key']} limit:3")

    assert "Mallory" in message["text"]
    check(message["text"], message["blocks"])


def test_a_shared_copy_of_it_is_harmless_before_and_after_a_decision(
    workspace: Workspace, profile: dict[str, Any]
) -> None:
    assert profile
    form = Form(workspace, query='/profiles "Data Engineer" email:mallory@example.com stage:any')
    after = workspace.last_ts(user="U_BOB", channel="C_001")
    form.send("C_001")
    copy = workspace.until(lambda: workspace.messages(user="U_BOB", channel="C_001", after=after))[-1]
    assert "Mallory" in copy["text"]
    check(copy["text"], copy["blocks"])

    workspace.press(copy, "stage.yes", user="U_BOB", channel="C_001")

    def shown() -> dict[str, Any]:
        return workspace.message(copy["ts"], user="U_BOB", channel="C_001")

    workspace.until(lambda: item_lines(shown())[0][3] == "yes")
    check(shown()["text"], shown()["blocks"])


def test_choosing_among_namesakes_of_it_is_harmless(workspace: Workspace, profile: dict[str, Any]) -> None:
    assert profile
    message = workspace.ask("/jobs Mallor")

    check(message["text"], message["blocks"])


def test_home_and_history_with_it_are_harmless(workspace: Workspace, profile: dict[str, Any]) -> None:
    message = find(workspace)
    workspace.ask(f"/jobs {profile['key']} limit:2")
    if elements(message, "stage.later"):
        workspace.press(message, "stage.later")
    history = workspace.ask("/shortlist history")
    check(history["text"], history["blocks"])
    about = workspace.ask(f"/shortlist history profile:{profile['key']}")
    check(about["text"], about["blocks"])
    workspace.http.post("/workspace/home", json={"user": "U_ANN"})

    def home() -> dict[str, Any] | None:
        found: dict[str, Any] | None = workspace.http.get("/workspace/views", params={"user": "U_ANN"}).json()["home"]
        return found if found and "HrFlow answers" in str(found["blocks"]) else None

    check("", workspace.until(home)["blocks"])

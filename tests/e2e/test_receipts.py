"""What each filter hides: behind the list as a second message, and in the list from its next drawing on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.e2e.share_form import Form
from tests.e2e.test_lists import by_score, plain_scoring
from tests.e2e.test_paging import pressed
from tests.helpers.workspace import elements, names

if TYPE_CHECKING:
    from tests.helpers.workspace import Workspace

TITLE = "Data Engineer"


def receipts_after(workspace: Workspace, message: dict[str, Any]) -> dict[str, Any]:
    def look() -> dict[str, Any] | None:
        new = workspace.messages(after=message["ts"])
        return next((each for each in new if each["text"].startswith("What the filters hide")), None)

    found: dict[str, Any] = workspace.until(look)
    return found


def best(kept: dict[str, Any], wide: dict[str, Any]) -> str:
    """The first on the wide list who is not on the narrow one."""
    narrow = {profile["profile_id"] for profile in kept["data"]["profiles"]}
    scores = dict(
        zip(
            (profile["profile_id"] for profile in wide["data"]["profiles"]),
            (pair[1] for pair in wide["data"]["predictions"]),
            strict=True,
        )
    )
    for rank, profile in enumerate(by_score(wide, "profiles"), start=1):
        if profile["profile_id"] not in narrow:
            return f" (best: rank {rank}, {scores[profile['profile_id']] * 100:.0f} %)"
    return ""


def test_each_filter_is_told_with_what_it_hides(workspace: Workspace) -> None:
    both = plain_scoring(workspace, TITLE, skills_dict='["python"]', text_keywords='["kafka"]')
    no_skills = plain_scoring(workspace, TITLE, text_keywords='["kafka"]')
    no_text = plain_scoring(workspace, TITLE, skills_dict='["python"]')
    none = plain_scoring(workspace, TITLE)
    before = len(workspace.calls())

    message = workspace.ask(f'/profiles "{TITLE}" skills:python text:kafka')
    told = receipts_after(workspace, message)

    assert told["ephemeral"]
    assert told["text"].splitlines()[1:] == [
        f"text:kafka hides {no_text['total'] - both['total']}{best(both, no_text)}",
        f"skills:python hides {no_skills['total'] - both['total']}{best(both, no_skills)}",
        f"together they hide {none['total'] - both['total']}",
    ]
    made = [call for call in workspace.calls()[before:] if call["path"].endswith("/profiles/scoring")]
    assert len(made) <= 1 + 2 + 2

    wider = workspace.press(told, "loosen.0")
    assert wider["status"] == 200
    found = workspace.until(lambda: [m for m in workspace.messages(after=told["ts"]) if names(m)])[0]
    assert found["text"].splitlines()[1].endswith(f'/profiles "{TITLE}" skills:python')


def test_receipts_are_part_of_the_list_from_its_next_drawing_on(workspace: Workspace) -> None:
    message = workspace.ask(f'/profiles "{TITLE}" skills:sql limit:3')
    told = receipts_after(workspace, message)
    line = told["text"].splitlines()[1]
    assert line not in message["text"]

    decided = pressed(workspace, message, "stage.later")

    assert line in decided["text"]
    assert re.search(r"skills:sql hides \d+", decided["text"])
    assert elements(decided, "loosen.0")
    again = pressed(workspace, decided, "loosen.0")
    assert again["ts"] == message["ts"]


def test_a_copy_that_is_shared_has_what_was_counted_by_then(workspace: Workspace) -> None:
    form = Form(workspace, query=f'/profiles "{TITLE}" skills:sql limit:2')
    line = receipts_after(workspace, form.list)["text"].splitlines()[1]
    after = workspace.last_ts()
    form.send("C_HIRING")

    copy = workspace.until(lambda: [each for each in workspace.messages(after=after) if names(each)])[0]

    assert line in copy["text"].splitlines()
    workspace.press(copy, "stage.later")
    decided = workspace.until(lambda: (now := workspace.message(copy["ts"]))["text"] != copy["text"] and now)
    assert line in decided["text"].splitlines()


def test_a_list_without_filters_has_no_receipts(workspace: Workspace) -> None:
    before = len(workspace.calls())
    message = workspace.ask(f'/profiles "{TITLE}" limit:4 stage:later')
    assert not elements(message, "list.receipts")
    workspace.ask("/shortlist help")

    assert [call for call in workspace.calls()[before:] if "scoring" in call["path"]][1:] == []


def test_one_filter_alone_has_no_sum(workspace: Workspace) -> None:
    message = workspace.ask(f'/profiles "{TITLE}" skills:java')

    assert "together" not in receipts_after(workspace, message)["text"]

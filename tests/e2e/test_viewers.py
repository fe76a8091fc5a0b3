"""Where VIEWERS names some, nobody else sees candidate data: by no command, button, form, shortcut, Home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.share_form import Form
from tests.e2e.test_decisions import running
from tests.helpers.workspace import names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.helpers.workspace import Workspace

LIST = '/profiles "Data Engineer" limit:3'
REFUSED = "Shortlist shows candidate data to certain people of this workspace only, and you are not one of them."


@pytest.fixture(scope="module")
def leads(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Where the leads alone may see, of whom Ann is one and Bob is none."""
    with running(tmp_path_factory.mktemp("viewers"), VIEWERS="S_LEADS", HRFLOW_PACE="100000") as workspace:
        yield workspace


def refusal(leads: Workspace, do: Any) -> str:
    """What Bob is told where he does that; nobody else sees it."""
    after = leads.last_ts(user="U_BOB")
    assert do()["status"] == 200
    [told] = leads.until(lambda: leads.messages(user="U_BOB", after=after))
    assert told["ephemeral"]
    return str(told["text"])


@pytest.mark.parametrize("text", [LIST, "/profiles", "/jobs nobody", "/shortlist history", "/digest list"])
def test_a_command_is_refused_with_the_reason_and_whom_to_ask(leads: Workspace, text: str) -> None:
    before = len(leads.calls())

    told = refusal(leads, lambda: leads.type(text, user="U_BOB"))

    assert told.startswith(REFUSED)
    assert "Ask your operator" in told
    assert "<@U_ANN>" in told
    assert leads.views("U_BOB") == []
    assert leads.calls()[before:] == []


def test_a_shared_list_is_looked_at_only_by_those_who_may(leads: Workspace) -> None:
    leads.change_channel("C_HIRING", members=["U_ANN"])
    form = Form(leads, query=LIST)
    after = leads.last_ts()
    form.send("C_HIRING")
    copy = leads.until(lambda: [m for m in leads.messages(after=after) if "Shared by" in m["text"]])[0]
    leads.change_channel("C_HIRING", members=["U_ANN", "U_BOB"])

    for action in ("details", "stage.yes", "list.next", "refine", "share"):
        told = refusal(leads, lambda action=action: leads.press(copy, action, user="U_BOB"))
        assert told.startswith(REFUSED), action
    assert leads.views("U_BOB") == []
    assert not [call for call in leads.calls() if call["method"] == "PUT"]


def test_nothing_is_shared_where_others_are(leads: Workspace) -> None:
    form = Form(leads, query=LIST)

    refused = form.send("C_HIRING")

    assert "There is a person in #hiring who may not see candidate data" in str(refused)
    assert "That person may not see candidate data: your operator has named who may" in str(form.choose("U_BOB"))


def test_home_and_shortcuts_show_nothing(leads: Workspace) -> None:
    leads.http.post("/workspace/home", json={"user": "U_BOB"})
    home = leads.until(lambda: leads.http.get("/workspace/views", params={"user": "U_BOB"}).json()["home"])
    assert REFUSED in str(home["blocks"])
    leads.shortcut("find_profiles", user="U_BOB")
    [notice] = leads.until(lambda: leads.views("U_BOB"))
    assert REFUSED in str(notice["blocks"])
    assert "submit" not in notice or not notice["submit"]


def test_whoever_may_see_sees(leads: Workspace) -> None:
    assert len(names(leads.ask(LIST))) == 3

"""Home and /shortlist history: what somebody asked and decided, to run again and to take back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.workspace import Workspace, elements, item_lines, names, sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module", params=["http", "socket"])
def workspace(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace in which nobody has done anything yet."""
    folder = tmp_path_factory.mktemp("home")
    with sandbox(["--mode", request.param], folder / "log.jsonl") as running:
        yield running


def home(workspace: Workspace, user: str = "U_ANN") -> dict[str, Any] | None:
    """The Home tab as it is published now."""
    found: dict[str, Any] | None = workspace.http.get("/workspace/views", params={"user": user}).json()["home"]
    return found


def opened(workspace: Workspace, user: str = "U_ANN") -> dict[str, Any]:
    """The Home tab once it has been opened and drawn."""
    before = (home(workspace, user) or {}).get("hash")
    workspace.http.post("/workspace/home", json={"user": user})
    return drawn(workspace, before, user)


def drawn(workspace: Workspace, before: object, user: str = "U_ANN") -> dict[str, Any]:
    """The next drawing that is not the loading one."""

    def look() -> dict[str, Any] | None:
        now = home(workspace, user)
        return now if now and now["hash"] != before and "Loading" not in str(now["blocks"]) else None

    found: dict[str, Any] = workspace.until(look)
    return found


def press(workspace: Workspace, view: dict[str, Any], action_id: str, place: int = 0) -> None:
    block_id, element = elements(view, action_id)[place]
    body = {"user": "U_ANN", "view_id": view["id"], "action_id": action_id, "block_id": block_id}
    outcome = workspace._post("/workspace/actions", **body, value=element["value"])
    assert (outcome["status"], outcome["error"]) == (200, None)


def stage_of(workspace: Workspace, message: dict[str, Any], place: int) -> str:
    return item_lines(workspace.message(message["ts"]))[place][3]


def test_home_says_what_there_is_before_anything_was_done(workspace: Workspace) -> None:
    words = str(opened(workspace, "U_BOB")["blocks"])

    assert "You have not asked anything yet." in words
    assert "You have not decided anything yet." in words
    assert "HrFlow answers" in words
    assert "/invite @Shortlist" in words


def test_a_guest_finds_a_refusal_on_home_and_no_data(workspace: Workspace) -> None:
    view = opened(workspace, "U_EVE")

    assert "guest" in str(view["blocks"])
    assert "HrFlow answers" not in str(view["blocks"])


def test_a_query_can_be_run_again_from_home_and_answers_in_the_direct_message(workspace: Workspace) -> None:
    asked = workspace.ask('/profiles "Data Engineer" limit:3')
    workspace.until(lambda: elements(opened(workspace), "again.0"))
    view = opened(workspace)
    assert '/profiles "Data Engineer" limit:3' in str(view["blocks"])
    after = workspace.last_ts(channel="D_ANN")

    press(workspace, view, "again.0")

    answer = workspace.until(lambda: workspace.messages(channel="D_ANN", after=after))[-1]
    assert names(answer) == names(asked)
    assert "The answer is in the Messages tab." in str(drawn(workspace, view["hash"])["blocks"])


def test_history_lists_queries_latest_first_and_each_once(workspace: Workspace) -> None:
    for text in (
        "/profiles Data Engineer limit:2",
        "/profiles Sales Manager limit:2",
        '/profiles "Data Engineer" limit:2',
    ):
        workspace.ask(text)

    lines = workspace.ask("/shortlist history")["text"].splitlines()

    assert lines[0] == "Your last queries"
    assert lines[1:3] == ['/profiles "Data Engineer" limit:2', '/profiles "Sales Manager" limit:2']


def test_an_earlier_query_is_run_again_from_history(workspace: Workspace) -> None:
    asked = workspace.ask('/profiles "Data Engineer" limit:2')
    page = workspace.ask("/shortlist history")
    after = workspace.last_ts()

    workspace.press(page, "again.0")

    answer = workspace.until(lambda: workspace.messages(after=after))[-1]
    assert names(answer) == names(asked)
    assert "Data Engineer" not in str(elements(page, "again.0")[0][1]["value"])


def test_a_query_of_somebody_else_is_not_run(workspace: Workspace) -> None:
    workspace.ask('/profiles "Data Engineer" limit:2')
    page = workspace.ask("/shortlist history")
    theirs = workspace.ask("/shortlist history", user="U_BOB")

    assert elements(page, "again.0")[0][1]["value"] not in str(theirs["blocks"])


@pytest.mark.parametrize("text", ["Data Enginer", "job:Nowhere", "profile:Nobody"])
def test_history_of_nothing_says_so(workspace: Workspace, text: str) -> None:
    assert "There is no " in workspace.ask(f"/shortlist history {text}")["text"]


def test_history_takes_a_job_or_a_profile_and_nothing_else(workspace: Workspace) -> None:
    told = workspace.ask('/shortlist history job:"Data Engineer" limit:3')

    assert "history takes a job or a profile" in told["text"].casefold().replace("H", "h")


def test_history_is_for_members_only(workspace: Workspace) -> None:
    assert "guest" in workspace.ask("/shortlist history", user="U_EVE", channel="C_DATA")["text"]


def test_home_tells_when_hrflow_does_not_answer_and_still_shows_the_rest(workspace: Workspace) -> None:
    workspace.ask('/profiles "Data Engineer" limit:2')
    workspace.fault("hrflow", "/auth", status=401, body="{}", times=5)

    view = opened(workspace)

    assert "HrFlow refuses Shortlist" in str(view["blocks"])
    assert elements(view, "again.0")
    workspace.http.delete("/workspace/faults")
    press(workspace, view, "home.refresh")
    assert "HrFlow answers" in str(drawn(workspace, view["hash"])["blocks"])


def test_a_slow_home_loads_first(workspace: Workspace) -> None:
    workspace.fault("hrflow", "/auth", delay_ms=1_500)
    before = (home(workspace) or {}).get("hash")

    workspace.http.post("/workspace/home", json={"user": "U_ANN"})

    workspace.until(lambda: "Loading" in str((home(workspace) or {}).get("blocks")))
    assert "HrFlow answers" in str(drawn(workspace, before)["blocks"])


def test_digests_of_this_person_are_on_home_and_can_be_paused_there(workspace: Workspace) -> None:
    workspace.ask('/digest add weekdays 09:00 #hiring profiles "Data Engineer" limit:2')
    view = opened(workspace)
    assert "Your digests" in str(view["blocks"])
    assert "weekdays 09:00" in str(view["blocks"])
    before = len(workspace.messages(channel="D_ANN"))

    press(workspace, view, "digest.pause")

    view = drawn(workspace, view["hash"])
    assert elements(view, "digest.resume")
    assert "Paused." in str(view["blocks"])
    assert len(workspace.messages(channel="D_ANN")) == before
    assert "Your digests" not in str(opened(workspace, "U_BOB")["blocks"])


def decided(workspace: Workspace, stage: str, place: int, *, job: str = "Data Engineer") -> tuple[str, dict[str, Any]]:
    """Somebody's decision on a list of their own: the candidate's name, and the list."""
    message = workspace.ask(f'/profiles "{job}" limit:6')
    name = names(message)[place]
    workspace.press(message, f"stage.{stage}", place)
    workspace.until(lambda: stage_of(workspace, message, place) == stage)
    return name, message


def about(workspace: Workspace, text: str) -> list[str]:
    return list(workspace.ask(f"/shortlist history {text}")["text"].splitlines())


def test_decisions_are_listed_with_the_names_of_the_moment(workspace: Workspace) -> None:
    name, _ = decided(workspace, "later", 0)

    lines = workspace.until(lambda: (found := about(workspace, "")) and name in str(found) and found)
    line = next(each for each in lines if name in each)
    assert line.startswith(f"Later \u00b7 {name} \u00b7 Data Engineer \u00b7 ")

    of_job = next(each for each in about(workspace, 'job:"Data Engineer"') if name in each)
    assert of_job.startswith(f"Later \u00b7 {name} \u00b7 Data Engineer \u00b7 by ann \u00b7 ")
    of_profile = about(workspace, f'profile:"{name}"')
    assert of_profile[0] == f"Decisions about {name}"
    assert about(workspace, "Data Engineer")[1:] == about(workspace, 'job:"Data Engineer"')[1:]


def test_a_decision_is_taken_back_from_home_and_home_says_so(workspace: Workspace) -> None:
    name, _ = decided(workspace, "yes", 1)
    view = workspace.until(lambda: (found := opened(workspace)) and name in str(found["blocks"]) and found)
    before = len(workspace.messages(channel="D_ANN"))

    press(workspace, view, "past.undo")

    view = workspace.until(lambda: (now := home(workspace)) and "New again" in str(now["blocks"]) and now)
    undone = next(block for block in view["blocks"] if "New again" in str(block))
    assert name in str(undone)
    assert "accessory" not in undone
    assert len(workspace.messages(channel="D_ANN")) == before
    again = workspace.ask('/profiles "Data Engineer" limit:6')
    assert name in names(again)
    assert stage_of(workspace, again, names(again).index(name)) == "new"


def test_a_decision_is_taken_back_from_history_which_is_drawn_again(workspace: Workspace) -> None:
    name, _ = decided(workspace, "no", 2)
    page = workspace.until(lambda: (now := workspace.ask("/shortlist history")) and name in now["text"] and now)

    workspace.press(page, "past.undo")

    shown = workspace.until(
        lambda: (now := workspace.message(page["ts"])) and f"New again \u00b7 {name}" in now["text"] and now
    )
    assert f"No \u00b7 {name}" in shown["text"]


def test_a_decision_that_somebody_has_decided_on_since_has_no_undo(workspace: Workspace) -> None:
    name, _ = decided(workspace, "yes", 3)
    theirs = workspace.ask('/profiles "Data Engineer" stage:yes limit:12', user="U_BOB")
    card = f".{names(theirs).index(name) + 1}."
    undo = next(at for at, (block, _) in enumerate(elements(theirs, "stage.undo")) if card in block)
    workspace.press(theirs, "stage.undo", undo, user="U_BOB")

    def lines() -> list[dict[str, Any]]:
        page = workspace.ask("/shortlist history")
        return [each for each in page["blocks"] if f"*Yes* \u00b7 {name}" in str(each)]

    workspace.until(lambda: lines() and "accessory" not in lines()[0])
    assert any("by bob" in each and name in each for each in about(workspace, 'job:"Data Engineer"'))

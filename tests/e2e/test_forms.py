"""The form and the command line are two ways to ask one question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.workspace import elements, names

if TYPE_CHECKING:
    from tests.helpers.workspace import Workspace

PROFILES, JOBS = "form.profiles", "form.jobs"


@pytest.fixture(autouse=True)
def _closed(workspace: Workspace) -> None:
    """No form is open from before."""
    for view in workspace.views():
        workspace.http.post("/workspace/views/close", json={"user": "U_ANN", "view_id": view["id"], "clear": True})


def initial(view: dict[str, Any], key: str) -> Any:
    """What a field holds when the form opens."""
    element = next(block["element"] for block in view["blocks"] if block["block_id"] == f"f.{key}")
    option = element.get("initial_option", {}).get("text", {}).get("text")
    return element.get("initial_value") or option or [each["value"] for each in element.get("initial_options", [])]


def answered(workspace: Workspace, after: str, channel: str = "C_HIRING") -> dict[str, Any]:
    """What comes after that, but for a word that work goes on."""
    found: dict[str, Any] = workspace.until(
        lambda: next(
            (
                each
                for each in workspace.messages(channel=channel, after=after)
                if not each["text"].startswith("Still at it")
            ),
            None,
        )
    )
    return found


def asked(message: dict[str, Any]) -> str:
    """The canonical query that the list names."""
    return str(message["text"].split("\n")[1].split(" \u00b7 ", 1)[1])


def pick(workspace: Workspace, view: dict[str, Any], key: str, typed: str) -> dict[str, Any]:
    option: dict[str, Any] = workspace.until(lambda: workspace.offered(view, key, typed)["options"])[0]
    return option


def test_from_an_empty_command_to_a_list(workspace: Workspace) -> None:
    after = workspace.last_ts()
    workspace.type("/profiles")
    view = workspace.opened(PROFILES)
    job = pick(workspace, view, "job", "data eng")
    outcome = workspace.fill(view, {"job": job, "skills": "python, sql", "stage": "any", "limit": "5"})
    message = answered(workspace, after)

    assert (outcome["status"], outcome["error"], outcome["errors"]) == (200, None, None)
    assert workspace.views() == []
    assert asked(message) == '/profiles "Data Engineer" stage:any limit:5 skills:python,sql'
    assert message["ephemeral"]
    typed = workspace.ask(asked(message))
    assert names(typed) == names(message)


def test_jobs_for_a_profile_that_was_picked(workspace: Workspace) -> None:
    after = workspace.last_ts()
    someone = names(workspace.ask('/profiles "Data Engineer" limit:1'))[0]
    workspace.type("/jobs")
    view = workspace.opened(JOBS)
    option = pick(workspace, view, "profile", someone[:5])
    outcome = workspace.fill(view, {"profile": pick(workspace, view, "profile", someone)})

    assert len(option["value"]) == 40
    assert outcome["error"] is None
    message = workspace.until(
        lambda: next((m for m in workspace.messages(after=after) if m["text"].startswith("Top jobs for")), None)
    )
    assert message["text"].startswith(f"Top jobs for {someone}")


def test_what_was_typed_is_filled_in(workspace: Workspace) -> None:
    workspace.type('/profiles skills:python,"machine learning" near:Lyon within:20km stage:any email:a@example.com')
    view = workspace.opened(PROFILES)

    assert initial(view, "skills") == "python, machine learning"
    assert initial(view, "near") == "Lyon"
    assert initial(view, "within") == "20km"
    assert initial(view, "stage") == "Any of them"
    assert initial(view, "email") == "a@example.com"


def test_refine_opens_the_form_with_the_query_of_the_list(workspace: Workspace) -> None:
    message = workspace.ask('/profiles "Data Engineer" skills:python limit:3')
    workspace.press(message, "refine")
    view = workspace.opened(PROFILES)

    assert initial(view, "job") == "Data Engineer"
    assert initial(view, "limit") == "3"
    after = workspace.last_ts()
    workspace.fill(view, {"skills": "sql"})
    assert asked(answered(workspace, after)) == '/profiles "Data Engineer" limit:3 skills:sql'


def test_a_list_that_is_empty_can_be_refined_too(workspace: Workspace) -> None:
    message = workspace.ask('/profiles "Data Engineer" skills:nobody-has-this')

    assert elements(message, "refine")


def test_a_command_with_mistakes_opens_as_a_form_with_what_could_be_read(workspace: Workspace) -> None:
    message = workspace.ask('/profiles "Data Engineer" skils:x limit:99 near:Lyon')
    assert "There is no filter skils" in message["text"]
    workspace.press(message, "form.open")
    view = workspace.opened(PROFILES)

    assert initial(view, "job") == "Data Engineer"
    assert initial(view, "near") == "Lyon"
    said = str([block for block in view["blocks"] if block["type"] == "section"])
    assert "There is no filter skils" in said
    assert "it goes from 1 to 30" in said


def test_more_filters_keeps_what_was_filled_in(workspace: Workspace) -> None:
    workspace.type("/profiles")
    view = workspace.opened(PROFILES)
    job = pick(workspace, view, "job", "data eng")
    workspace.fill(view, {"job": job, "skills": "python"}, action_id="form.more")
    more = workspace.until(
        lambda: next((v for v in workspace.views() if any(b["block_id"] == "f.interests" for b in v["blocks"])), None)
    )

    assert more["state"]["values"]["f.skills"]["text"]["value"] == "python"
    assert more["state"]["values"]["f.job"]["offer.job"]["selected_option"]["value"] == job["value"]
    after = workspace.last_ts()
    workspace.fill(more, {"interests": "chess", "scoring": "off"})
    found = asked(answered(workspace, after))
    assert found == '/profiles "Data Engineer" scoring:off skills:python interests:chess'


def test_mistakes_stand_beside_their_fields_and_nothing_is_lost(workspace: Workspace) -> None:
    workspace.type("/profiles")
    view = workspace.opened(PROFILES)
    job = pick(workspace, view, "job", "data eng")
    outcome = workspace.fill(view, {"job": job, "limit": "99", "since": "someday", "skills": "python"})

    assert set(outcome["errors"]) == {"f.limit", "f.since"}
    assert "1 to 30" in outcome["errors"]["f.limit"]
    (still,) = workspace.views()
    assert still["state"]["values"]["f.skills"]["text"]["value"] == "python"
    assert still["state"]["values"]["f.job"]["offer.job"]["selected_option"]["value"] == job["value"]


def test_a_list_has_to_be_about_something(workspace: Workspace) -> None:
    """Slack's clients hold such a form back, beside the field."""
    workspace.type("/profiles")
    view = workspace.opened(PROFILES)
    reply = workspace.http.post("/workspace/views/submit", json={"user": "U_ANN", "view_id": view["id"], "values": {}})

    assert reply.json()["errors"].keys() == {"f.job"}


def test_a_name_that_leads_nowhere_is_said_beside_its_field(workspace: Workspace) -> None:
    workspace.type('/profiles source:nowhere near:"Nowhere at all"')
    view = workspace.opened(PROFILES)
    outcome = workspace.fill(view, {"job": pick(workspace, view, "job", "data eng")})

    assert set(outcome["errors"]) <= {"f.source", "f.near"}
    assert "Nowhere" in str(outcome["errors"]) or "nowhere" in str(outcome["errors"])


def test_a_form_survives_an_error_of_hrflow(workspace: Workspace) -> None:
    workspace.type("/profiles")
    view = workspace.opened(PROFILES)
    job = pick(workspace, view, "job", "data eng")
    workspace.fault("hrflow", "/profiles/scoring", status=500, times=5)
    outcome = workspace.fill(view, {"job": job, "skills": "python"})

    assert outcome["error"] is None
    (still,) = workspace.views()
    assert "HrFlow does not answer" in str(still["blocks"][0])
    assert still["state"]["values"]["f.skills"]["text"]["value"] == "python"
    workspace.http.delete("/workspace/faults")
    after = workspace.last_ts()
    workspace.fill(still, {})
    assert names(answered(workspace, after))


def test_a_form_that_fails_late_can_be_opened_again_as_it_was(workspace: Workspace) -> None:
    workspace.type("/profiles")
    view = workspace.opened(PROFILES)
    job = pick(workspace, view, "job", "data eng")
    workspace.fault("hrflow", "/profiles/scoring", status=500, delay_ms=2_000, times=9)
    after = workspace.last_ts()
    outcome = workspace.fill(view, {"job": job, "skills": "python"})
    assert outcome["status"] == 200
    assert outcome["ack_ms"] < 2_500
    message = answered(workspace, after)
    workspace.http.delete("/workspace/faults")
    workspace.press(message, "form.open")
    again = workspace.opened(PROFILES)

    assert initial(again, "skills") == "python"
    assert initial(again, "job").startswith("Data Engineer \u00b7 ")


def test_a_slow_answer_closes_the_form_in_time_and_comes_later(workspace: Workspace) -> None:
    workspace.type("/profiles")
    view = workspace.opened(PROFILES)
    job = pick(workspace, view, "job", "data eng")
    workspace.fault("hrflow", "/profiles/scoring", delay_ms=2_500, times=1)
    after = workspace.last_ts()
    outcome = workspace.fill(view, {"job": job})

    assert (outcome["status"], workspace.views()) == (200, [])
    assert names(answered(workspace, after))
    assert any(each["text"].startswith("Still at it") for each in workspace.messages(after=after))


@pytest.mark.parametrize(("callback_id", "form"), [("find_profiles", PROFILES), ("find_jobs", JOBS)])
def test_a_shortcut_opens_the_form_and_the_answer_comes_in_the_direct_message(
    workspace: Workspace, callback_id: str, form: str
) -> None:
    after = workspace.last_ts(channel="D_ANN")
    workspace.shortcut(callback_id)
    view = workspace.opened(form)
    key, typed = ("job", "data eng") if form == PROFILES else ("profile", "an")
    workspace.fill(view, {key: pick(workspace, view, key, typed)})

    assert answered(workspace, after, "D_ANN")["text"].startswith("Top ")


def test_type_ahead_is_quick_and_never_more_than_a_hundred(workspace: Workspace) -> None:
    workspace.type("/jobs")
    view = workspace.opened(JOBS)
    for typed in ("an", "ann", "a b", "zzzz", "an", "", "é", "\u202e", "x" * 200):
        outcome = workspace.offered(view, "profile", typed)
        assert (outcome["status"] == 200 or not outcome.get("delivered", True), outcome["error"]) == (True, None)
        assert (outcome["ack_ms"] or 0) <= 300
        assert len(outcome["options"]) <= 100


def test_type_ahead_is_quick_where_hrflow_is_slow(workspace: Workspace) -> None:
    workspace.type("/jobs")
    view = workspace.opened(JOBS)
    workspace.fault("hrflow", "/profiles/searching", delay_ms=1_500, times=8)

    outcome = workspace.offered(view, "profile", "mar")

    assert outcome["ack_ms"] <= 300
    assert outcome["options"] == []
    assert workspace.until(lambda: workspace.offered(view, "profile", "mar")["options"])


def test_no_name_travels_in_a_form_but_in_what_is_read(workspace: Workspace) -> None:
    someone = names(workspace.ask('/profiles "Data Engineer" limit:1'))[0]
    after = len(workspace.calls("slack"))
    message = workspace.ask(f'/jobs "{someone}"')
    workspace.press(message, "refine")
    view = workspace.opened(JOBS)

    assert someone not in view["private_metadata"]
    assert someone not in str([element.get("value") for element in view["blocks"]])
    for call in workspace.calls("slack")[after:]:
        if "views." in call["path"]:
            assert "private_metadata" not in str(call["body"]) or someone not in str(
                call["body"]["view"]["private_metadata"]
            )

"""Saved queries, a channel's own job, and what stands behind /shortlist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.test_forms import PROFILES, answered, asked, initial
from tests.helpers.workspace import elements, names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.helpers.workspace import Workspace


@pytest.fixture(autouse=True)
def _clean(workspace: Workspace) -> Iterator[None]:
    """No form is open, no channel is about anything."""
    for view in workspace.views():
        workspace.http.post("/workspace/views/close", json={"user": "U_ANN", "view_id": view["id"], "clear": True})
    yield
    workspace.ask("/shortlist channel clear", channel="C_DATA")


# A channel's own job


def test_a_channel_has_a_job_of_its_own_and_the_list_says_so(workspace: Workspace) -> None:
    said = workspace.ask('/shortlist channel job:"Data Engineer"', channel="C_DATA")
    assert '"Data Engineer"' in said["text"]

    here = workspace.ask("/profiles skills:sql limit:3", channel="C_DATA", user="U_BOB")

    assert asked(here) == '/profiles "Data Engineer" limit:3 skills:sql'
    elsewhere = workspace.ask(asked(here), user="U_BOB")
    assert names(elsewhere) == names(here)


def test_the_form_of_that_channel_is_about_its_job(workspace: Workspace) -> None:
    workspace.ask('/shortlist channel job:"Data Engineer"', channel="C_DATA")
    workspace.type("/profiles", channel="C_DATA")

    assert initial(workspace.opened(PROFILES), "job") == "Data Engineer"


def test_a_job_that_is_named_counts_more_than_the_channel(workspace: Workspace) -> None:
    titles = [each["label"] for each in _jobs(workspace)]
    other = next(title for title in titles if title != "Data Engineer")
    workspace.ask('/shortlist channel job:"Data Engineer"', channel="C_DATA")

    message = workspace.ask(f'/profiles "{other}" limit:1', channel="C_DATA")

    assert message["text"].startswith(f"Top profiles for {other}")


def test_clear_takes_it_back(workspace: Workspace) -> None:
    workspace.ask('/shortlist channel job:"Data Engineer"', channel="C_DATA")
    assert "Cleared" in workspace.ask("/shortlist channel clear", channel="C_DATA")["text"]
    assert "no job of its own" in workspace.ask("/shortlist channel", channel="C_DATA")["text"]
    workspace.type("/profiles skills:sql", channel="C_DATA")

    assert initial(workspace.opened(PROFILES), "skills") == "sql"


def test_a_job_that_leads_nowhere_is_not_set(workspace: Workspace) -> None:
    said = workspace.ask('/shortlist channel job:"Dat Enginer"', channel="C_DATA")

    assert "There is no job" in said["text"]
    assert "Data Engineer" in said["text"]
    assert "no job of its own" in workspace.ask("/shortlist channel", channel="C_DATA")["text"]


@pytest.mark.parametrize("words", ["source:nowhere job:x", "skills:sql", "deciders:ann", 'job:"Data Engineer" limit:3'])
def test_what_a_channel_cannot_be_about_is_said(workspace: Workspace, words: str) -> None:
    said = workspace.ask(f"/shortlist channel {words}", channel="C_DATA")

    assert "Saved" not in said["text"]


# Saved queries


def test_a_query_is_saved_and_runs_by_its_name(workspace: Workspace) -> None:
    said = workspace.ask('/shortlist save "Data team" /profiles "Data Engineer" skills:python limit:5')
    assert 'saved:"Data team"' in said["text"]

    same = workspace.ask('/profiles saved:"data TEAM"')
    more = workspace.ask('/profiles saved:"Data team" limit:3 skills:sql stage:any')

    assert asked(same) == '/profiles "Data Engineer" limit:5 skills:python'
    assert asked(more) == '/profiles "Data Engineer" stage:any limit:3 skills:python,sql'


def test_without_a_query_the_last_one_is_saved(workspace: Workspace) -> None:
    workspace.ask('/profiles "Data Engineer" languages:english limit:2')

    def saved() -> bool:
        """What was asked is written down after the answer is out."""
        assert "Saved for you" in workspace.ask("/shortlist save latest")["text"]
        return "languages:english" in workspace.ask("/shortlist saved")["text"]

    assert workspace.until(saved)


def test_a_query_for_the_channel_is_everybodys_there_and_nobodys_elsewhere(workspace: Workspace) -> None:
    workspace.ask('/shortlist save Ours for:channel /profiles "Data Engineer" limit:2', channel="C_DATA")

    assert names(workspace.ask("/profiles saved:ours", channel="C_DATA", user="U_BOB"))
    assert "There is no saved query" in workspace.ask("/profiles saved:ours", user="U_BOB")["text"]


def test_saved_queries_are_listed_run_and_removed_by_pressing(workspace: Workspace) -> None:
    workspace.ask('/shortlist save Pressed /profiles "Data Engineer" limit:2')
    listed = workspace.ask("/shortlist saved")
    place = [each["accessibility_label"] for _, each in elements(listed, "saved.run")].index("Run Pressed")
    after = workspace.last_ts()
    workspace.press(listed, "saved.run", place)
    assert asked(answered(workspace, after)) == '/profiles "Data Engineer" limit:2'
    workspace.press(listed, "saved.remove", place)

    assert workspace.until(lambda: "Pressed" not in workspace.message(listed["ts"])["text"])
    assert "There is no saved query" in workspace.ask("/profiles saved:Pressed")["text"]


def test_save_under_a_list_asks_for_a_name(workspace: Workspace) -> None:
    message = workspace.ask('/profiles "Data Engineer" skills:sql limit:4')
    workspace.press(message, "save")
    view = workspace.opened("save.form")
    after = workspace.last_ts()
    values = {"save.name": {"name": {"value": "From a list"}}}
    workspace.http.post(
        "/workspace/views/submit", json={"user": "U_ANN", "view_id": view["id"], "values": values}
    ).raise_for_status()

    assert "Saved for you" in answered(workspace, after)["text"]
    assert asked(workspace.ask('/profiles saved:"from a list"')) == '/profiles "Data Engineer" limit:4 skills:sql'


def test_a_saved_query_about_profiles_is_none_about_jobs(workspace: Workspace) -> None:
    workspace.ask('/shortlist save Mine /profiles "Data Engineer"')

    assert "is saved for /profiles" in workspace.ask("/jobs saved:Mine")["text"]


@pytest.mark.parametrize(
    "words", ["save", "save x" * 40, "save x /profiles", "save x /digest", "save x /profiles limit:99"]
)
def test_what_cannot_be_saved_is_said(workspace: Workspace, words: str) -> None:
    assert "Saved for" not in workspace.ask(f"/shortlist {words}", user="U_BOB")["text"]


# Help


def test_a_word_that_means_nothing_is_answered_with_the_nearest(workspace: Workspace) -> None:
    said = workspace.ask("/shortlist chanel")["text"]

    assert "Did you mean /shortlist channel?" in said


@pytest.mark.parametrize(
    "text", ["/shortlist help", "/profiles help", "/profiles help skills", "/profiles help within"]
)
def test_examples_of_help_can_be_pressed(workspace: Workspace, text: str) -> None:
    message = workspace.ask(text)
    after = workspace.last_ts()
    workspace.press(message, "example.0")
    answer = answered(workspace, after)

    assert answer["ephemeral"]
    assert answer["text"].startswith("Top profiles for")


def test_an_example_without_a_job_opens_the_form(workspace: Workspace) -> None:
    workspace.press(workspace.ask("/jobs help"), "example.0")

    assert workspace.opened("form.jobs")


def _jobs(workspace: Workspace) -> list[dict[str, str]]:
    workspace.type("/profiles")
    view = workspace.opened(PROFILES)
    offers = workspace.until(lambda: workspace.offered(view, "job", "")["options"])
    workspace.http.post("/workspace/views/close", json={"user": "U_ANN", "view_id": view["id"], "clear": True})
    return [{"label": each["text"]["text"].partition(" \u00b7 ")[0]} for each in offers]

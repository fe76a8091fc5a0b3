"""`shortlist explain` says what a command line would ask, and it is what is asked."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers import warm

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from tests.helpers.workspace import Workspace

JOB, BOARD, SOURCE, PROFILE = ("ab" * 20, "cd" * 20, "ef" * 20, "01" * 20)


def explain(*arguments: str, cwd: Path, given: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """Run it in an empty folder, so that no `.env` is found, with those settings only."""
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **settings}
    return warm.run(["explain", *arguments], cwd=cwd, env=env, given=given)


def account(workspace: Workspace) -> dict[str, str]:
    return {
        "HRFLOW_API_KEY": "ask_sandbox",
        "HRFLOW_USER_EMAIL": "sandbox@example.com",
        "HRFLOW_API_URL": f"{workspace.url}/hrflow/v1",
        "HRFLOW_AGENT_KEY": "a" * 40,
    }


def test_keys_need_no_account_and_no_network(tmp_path: Path) -> None:
    done = explain(f"/profiles {JOB} board:{BOARD} source:{SOURCE} skills:python limit:5", "--json", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "canonical": f"/profiles {JOB} source:{SOURCE} board:{BOARD} limit:5 skills:python",
        "path": "/profiles/scoring",
        "params": {
            "source_keys": json.dumps([SOURCE]),
            "board_key": BOARD,
            "job_key": JOB,
            "use_agent": "1",
            "stage": "new",
            "limit": "5",
            "page": "1",
            "order_by": "desc",
            "sort_by": "scoring",
            "skills_dict": '["python"]',
        },
    }


def test_configured_keys_are_used_where_none_is_typed(tmp_path: Path) -> None:
    settings = {"HRFLOW_SOURCE_KEYS": f"{SOURCE}, {JOB}", "HRFLOW_BOARD_KEYS": BOARD, "HRFLOW_DIALECT": "current"}

    done = explain(f"/profiles {JOB} stage:any", "--json", cwd=tmp_path, **settings)

    requests: list[dict[str, Any]] = json.loads(done.stdout)["requests"]
    assert [request["params"]["stage"] for request in requests] == ["new", "yes", "later", "no"]
    assert {request["params"]["source_keys"] for request in requests} == {json.dumps([SOURCE, JOB])}
    assert {request["params"]["board_key"] for request in requests} == {BOARD}


def test_dates_count_in_the_time_zone_that_is_named(tmp_path: Path) -> None:
    line = f"/profiles {JOB} since:2026-11-01 until:2026-11-01"

    paris = json.loads(explain(line, "--json", "--tz", "Europe/Paris", cwd=tmp_path).stdout)["params"]
    utc = json.loads(explain(line, "--json", cwd=tmp_path).stdout)["params"]

    assert int(utc["timestamp_start"]) - int(paris["timestamp_start"]) == 3600
    assert int(utc["timestamp_end"]) - int(utc["timestamp_start"]) == 86_399


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/profiles x skils:python", "Did you mean skills?"),
        ("/profiles", "The job is missing."),
        ("/jobs limit:3", "The profile is missing."),
        ("/profiles help", "asks for help"),
        ("/prfiles x", "Did you mean /profiles?"),
        ("", "A command is missing."),
        ('/profiles "Data Engineer"', "HRFLOW_API_KEY"),
    ],
)
def test_an_error_is_told_as_the_person_would_read_it(tmp_path: Path, line: str, words: str) -> None:
    done = explain(line, "--json", cwd=tmp_path)

    assert done.returncode == 1
    assert words in json.loads(done.stdout)["error"]


def test_many_lines_come_from_standard_input_and_leave_as_one_object_a_line(tmp_path: Path) -> None:
    lines = [f"/profiles {JOB}", f"/jobs {PROFILE} tags:a", "/profiles x nope:1", ""]

    done = explain("--json", "-", cwd=tmp_path, given="\n".join(lines) + "\n")

    objects = [json.loads(line) for line in done.stdout.splitlines()]
    assert ["error" in each for each in objects] == [False, False, True, True]
    assert objects[1]["path"] == "/jobs/scoring"


@pytest.mark.parametrize(
    "line",
    [
        '/profiles "Data Engineer" skills:python limit:2',
        "/profiles job-003 source:Agency",
        "/jobs cand-0003 limit:4",
    ],
)
def test_names_are_resolved_and_the_call_is_the_one_that_is_made(
    workspace: Workspace, tmp_path: Path, line: str
) -> None:
    said = json.loads(explain(line, "--json", cwd=tmp_path, **account(workspace)).stdout)

    workspace.ask(line)

    made = next(call for call in reversed(workspace.calls()) if call["path"].endswith(said["path"]))
    assert made["params"] == said["params"]


def test_without_json_it_reads_like_a_request(tmp_path: Path) -> None:
    done = explain(f"/jobs {PROFILE} limit:3", cwd=tmp_path)

    assert done.stdout.splitlines()[:2] == [f"/jobs {PROFILE} limit:3", "GET /jobs/scoring"]
    assert "  limit = 3" in done.stdout.splitlines()


def test_an_unknown_time_zone_is_a_setting_error(tmp_path: Path) -> None:
    done = explain(f"/jobs {PROFILE}", "--tz", "Mars/Base", cwd=tmp_path)

    assert done.returncode == 2
    assert "Mars/Base" in done.stderr

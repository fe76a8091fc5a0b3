"""What people see, as JSON that can be pasted into Block Kit Builder.

A change of words or layout shows here as a difference. Renew the files with `UPDATE_SNAPSHOTS=1 pytest tests/unit`.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.domain.choices import Choice
from bot.domain.grammar import parse
from bot.domain.query import ProfilesQuery
from bot.errors import QueryError
from bot.views import choices, details, lists, notices
from bot.views import help as helping
from tests.unit.drawing import check_message, check_view
from tests.unit.people import ANN, ENGINEER, jobs_post, profiles_post

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = Path(__file__).parent / "snapshots"


def _choice() -> dict[str, Any]:
    hits = (("1" * 40, "Data Engineer", "Lyon"), ("2" * 40, "Data Engineer", "Oslo"), ("3" * 40, "Data Analyst", ""))
    choice = Choice(
        id="0123456789abcdef",
        viewer="U0ANN",
        query=ProfilesQuery(subject="data"),
        kind="job",
        words="data",
        hits=hits,
        total=14,
    )
    return check_message(choices.draw(choice))


def _error() -> dict[str, Any]:
    with pytest.raises(QueryError) as caught:
        parse("/profiles dev skils:python limit:5")
    return check_message(notices.for_error(caught.value))


def _modal(view: dict[str, Any]) -> dict[str, Any]:
    check_view(view)
    return view


SNAPSHOTS: dict[str, Callable[[], dict[str, Any]]] = {
    "list_of_profiles": lambda: check_message(lists.draw(profiles_post())),
    "list_of_jobs": lambda: check_message(lists.draw(jobs_post())),
    "compact_list": lambda: check_message(lists.draw(profiles_post(13))),
    "details_of_a_profile": lambda: _modal(details.profile(ANN, ENGINEER)),
    "details_of_a_job": lambda: _modal(details.job(ENGINEER, ANN)),
    "choice": _choice,
    "help": lambda: check_message(helping.usage(ProfilesQuery, rename={})),
    "error": _error,
}


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_what_is_drawn_is_what_was_agreed(name: str) -> None:
    path = FOLDER / f"{name}.json"
    drawn = json.dumps(SNAPSHOTS[name](), ensure_ascii=False, indent=2) + "\n"
    if os.environ.get("UPDATE_SNAPSHOTS") == "1":
        path.write_text(drawn, encoding="utf-8")

    assert drawn == path.read_text(encoding="utf-8"), "if this is meant: UPDATE_SNAPSHOTS=1 pytest tests/unit"


def test_every_snapshot_is_still_drawn() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(SNAPSHOTS)

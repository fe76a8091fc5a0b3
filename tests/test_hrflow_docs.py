"""docs/hrflow.md says what can be asked for and which endpoints there are: it is compared with the code.

With UPDATE_DOCS=1 the tables of parameters are written anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from bot.domain.kinds import Choice, One, Span, Switch, Text, TextList, Whole
from bot.domain.more_kinds import WIDEST_KM, Distance, NamedRanges, Point, When
from bot.domain.named_kinds import NamedList, TagGroups
from bot.domain.query import JobsQuery, ProfilesQuery, Query
from bot.sandbox.hrflow import HrflowSide
from bot.views import filters
from tests.e2e import contract_jobs, contract_profiles, contract_sorts
from tests.sandbox.hrflow.conftest import HEADERS, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.domain.declaring import Parameter
    from bot.domain.kinds import Kind
    from tests.sandbox.hrflow.conftest import Api

PAGE = Path(__file__).resolve().parents[1] / "docs" / "hrflow.md"
COMMANDS: dict[str, tuple[type[Query], list[Any]]] = {
    "/profiles": (ProfilesQuery, [*contract_profiles.CASES, *contract_sorts.CASES]),
    "/jobs": (JobsQuery, contract_jobs.CASES),
}
HEAD = "| key | also | value | means | seed | current | state |\n|---|---|---|---|---|---|---|"
STATES = {"works": "answers", "refuses": 405, "not there": 404}
_KINDS: dict[type, str] = {
    Text: "text",
    One: "one name or key",
    TextList: "texts, between commas",
    Switch: "`on`, `off`",
    Span: "a range of numbers, not below 0",
    Point: "a city, or latitude and longitude in degrees",
    Distance: f"1 to {WIDEST_KM} km, or miles",
    When: "a date",
    NamedList: "names, each with a value if you like",
    TagGroups: "names, each with a value if you like; repeated: and",
}


def code(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def value(kind: Kind) -> str:
    """What can be given: the kind, with its range or its words."""
    if isinstance(kind, Whole):
        return f"whole number, {kind.low} to {kind.high}"
    if isinstance(kind, Choice):
        words = (code((word,)) + (f" ({code(others)})" if others else "") for word, others in kind.words.items())
        return ", ".join(words)
    if isinstance(kind, NamedRanges):
        return "named ranges of dates" if kind.dates else "named ranges of numbers"
    return _KINDS[type(kind)]


def rows(command: str) -> str:
    """The table of one command, from the declarations and from what the contract proves."""
    query_type, cases = COMMANDS[command]
    proven = {name for case in cases for name in case.covers.split()}
    return "\n".join([HEAD, *(row(query_type, each, proven) for each in query_type.parameters.values())])


def row(query_type: type[Query], parameter: Parameter, proven: set[str]) -> str:
    cells = [
        f"`{parameter.key}:`",
        code(tuple(name for name in parameter.names if name != parameter.key)),
        value(parameter.kind),
        filters.meaning(query_type, parameter),
        code(parameter.seed),
        code(parameter.current),
        "works" if proven.issuperset(parameter.seed) else "not proven",
    ]
    return f"| {' | '.join(cells)} |"


def endpoints() -> list[tuple[str, str, str]]:
    """Method, path and state of every row of the table of endpoints."""
    return re.findall(r"(?m)^\| ([A-Z]+) \| `(/\S+)` \| ([a-z ]+) \|", PAGE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def served() -> Iterator[Api]:
    with serving(HrflowSide(profiles=3, jobs=2)) as api:
        yield api


@pytest.mark.parametrize("command", COMMANDS)
def test_the_tables_list_every_parameter_as_it_is_declared_and_proven(command: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    marked = re.compile(rf"(?s)(<!-- parameters:{command} -->\n)(.*?)(?=<!-- end -->)")
    expected = rows(command) + "\n"

    if os.environ.get("UPDATE_DOCS"):
        page = marked.sub(lambda found: found[1] + expected, page)
        PAGE.write_text(page, encoding="utf-8")

    assert [table for _, table in marked.findall(page)] == [expected]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_parameter_of_the_seed_page_is_in_the_table_and_works(command: str) -> None:
    page = {"/profiles": contract_profiles, "/jobs": contract_jobs}[command]
    working = {
        name
        for line in rows(command).splitlines()
        if line.endswith("| works |")
        for name in re.findall("`(.+?)`", line)
    }

    assert working >= {*page.TABLE, *page.IN_SAMPLES}


def test_the_table_of_endpoints_has_every_route_of_the_sandbox() -> None:
    routes = {
        (route.method, route.resource.canonical)
        for route in HrflowSide(profiles=1, jobs=1).app().router.routes()
        if route.resource is not None and route.method not in ("HEAD", "*")
    }

    assert {(method, path) for method, path, state in endpoints() if state == "works"} == routes


@pytest.mark.parametrize(("method", "path", "state"), endpoints())
def test_an_endpoint_is_in_the_state_that_the_table_gives_it(served: Api, method: str, path: str, state: str) -> None:
    reply = httpx.request(method, served.url + path, headers=HEADERS, content="{}", trust_env=False)

    assert reply.json()["code"] == reply.status_code
    # Asked for nothing, an endpoint that works names what is missing, or says that there is nothing yet.
    found = "answers" if reply.status_code in (200, 400) else reply.status_code
    assert found == STATES[state]


def test_the_keys_on_the_page_open_the_sandbox_of_the_default_seed(served: Api) -> None:
    keys = set(re.findall(r"\bask[rw]?_[0-9a-z]+\b", PAGE.read_text(encoding="utf-8")))
    assert len(keys) == 4

    for key in keys:
        for method in ("GET", "PUT"):
            reply = httpx.request(
                method,
                f"{served.url}/profile/indexing",
                headers={**HEADERS, "X-API-KEY": key},
                json={},
                trust_env=False,
            )
            allowed = {"ask": ("GET", "PUT"), "askr": ("GET",), "askw": ("PUT",)}[key.partition("_")[0]]
            assert (reply.status_code != 401) == (method in allowed)

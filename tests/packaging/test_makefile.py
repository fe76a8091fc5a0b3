"""`make setup` does what is needed and nothing else; a Python that is too old is told so."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OLD_PYTHON = """#!/bin/sh
exec python3 -c 'import sys; code = sys.argv[2]; sys.version_info = (3, 10, 14); exec(code)' "$@"
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What the Makefile looks at, in a folder of its own, as if it had been set up a moment ago."""
    (tmp_path / "requirements").mkdir()
    for name in ("Makefile", "pyproject.toml", "requirements/run.txt", "requirements/dev.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
        os.utime(tmp_path / name, (1_000, 1_000))
    (tmp_path / ".venv").mkdir()
    for stamp, when in ((".run", 2_000), (".dev", 3_000)):
        (tmp_path / ".venv" / stamp).touch()
        os.utime(tmp_path / ".venv" / stamp, (when, when))
    return tmp_path


def make(clone: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
    return subprocess.run(
        [shutil.which("make") or "make", *arguments],
        cwd=clone,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_second_setup_has_nothing_to_install(clone: Path) -> None:
    assert "pip" not in make(clone, "--dry-run", "setup").stdout
    assert "pip" not in make(clone, "--dry-run", "demo", "test").stdout


@pytest.mark.parametrize("changed", ["requirements/run.txt", "pyproject.toml"])
def test_a_changed_lock_file_is_noticed(clone: Path, changed: str) -> None:
    (clone / changed).touch()

    assert "--require-hashes -r requirements/run.txt" in make(clone, "--dry-run", "demo").stdout


def test_changed_tools_are_noticed_by_the_tests_and_not_by_the_demo(clone: Path) -> None:
    (clone / "requirements/dev.txt").touch()

    assert "requirements/dev.txt" in make(clone, "--dry-run", "test").stdout
    assert "pip" not in make(clone, "--dry-run", "demo").stdout


def test_the_demo_takes_its_port_from_the_command_line(clone: Path) -> None:
    assert "sandbox --port 4000" in make(clone, "--dry-run", "demo", "PORT=4000").stdout
    assert "sandbox --port 3000" in make(clone, "--dry-run", "demo").stdout


def test_a_python_that_is_too_old_is_told_so_in_one_sentence_and_nothing_is_set_up(clone: Path) -> None:
    shutil.rmtree(clone / ".venv")
    old = clone / "old-python"
    old.write_text(OLD_PYTHON, encoding="utf-8")
    old.chmod(0o755)

    done = make(clone, "setup", f"PYTHON={old}")

    assert done.returncode == 2
    assert done.stderr.splitlines()[0].startswith("Shortlist needs Python 3.11 or newer")
    assert "Traceback" not in done.stderr
    assert not (clone / ".venv").exists()

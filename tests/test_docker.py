"""The image: the Dockerfile is linted, and its steps are replayed without an engine from what .dockerignore lets in."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.packaging.dockerfile import build_context, instructions, replay

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.packaging.dockerfile import Stage

ROOT = Path(__file__).resolve().parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
SECONDS = 60

# The steps take a while, so all of these run in one process and share one image.
pytestmark = pytest.mark.xdist_group("image")


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an engine would be sent."""
    target = tmp_path_factory.mktemp("context")
    build_context(ROOT, (ROOT / ".dockerignore").read_text(encoding="utf-8"), target)
    return target


@pytest.fixture(scope="module")
def image(context: Path, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """The last stage after all steps."""
    return replay(DOCKERFILE, context, tmp_path_factory.mktemp("image"))[-1]


def docker_run(image: Stage, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """As `docker run -e NAME=value IMAGE arguments` would."""
    return subprocess.run(
        [*image.argv("ENTRYPOINT"), *(arguments or image.argv("CMD"))],
        cwd=image.inside(""),
        env=image.environment() | settings,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def test_hadolint_finds_nothing() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, "--no-color", "Dockerfile"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "")
    assert "hadolint ignore" not in DOCKERFILE


def test_only_what_the_program_needs_is_sent_to_the_engine(context: Path) -> None:
    """No settings, no history, no tests, nothing compiled on this machine."""
    assert {path.name for path in context.iterdir()} == {"app.yaml", "bot", "commands", "requirements"}
    assert [path.name for path in (context / "requirements").iterdir()] == ["run.txt"]
    assert not list(context.rglob("__pycache__"))


def test_the_image_runs_as_a_fixed_user_that_is_not_root() -> None:
    user, group = next(rest for name, rest in reversed(instructions(DOCKERFILE)) if name == "USER").split(":")

    assert int(user) >= 1000
    assert int(group) >= 1000


def test_the_image_has_no_tool_that_installs_or_builds(image: Stage) -> None:
    installed = {path.name for path in image.inside("/opt/shortlist").glob("lib/*/site-packages/*")}

    assert "slack_bolt" in installed
    assert not installed & {"pip", "setuptools", "wheel", "uv", "pytest"}


def test_the_image_says_what_it_can_do(image: Stage) -> None:
    done = docker_run(image, "--help")

    assert done.returncode == 0, done.stderr
    assert "sandbox" in done.stdout


def test_the_image_prints_its_manifest(image: Stage) -> None:
    done = docker_run(image, "manifest", "--http", "https://bot.example.com/slack/events")

    assert done.returncode == 0, done.stderr
    assert "command: /profiles" in done.stdout


def test_the_image_runs_the_bot_unless_told_otherwise_and_says_which_setting_is_missing(image: Stage) -> None:
    done = docker_run(image)

    assert image.argv("CMD") == ["run"]
    assert done.returncode == 2
    assert re.fullmatch(r"Nothing is set: .*SLACK_BOT_TOKEN.+\.\n", done.stderr)


@contextmanager
def started_sandbox(image: Stage, log: Path) -> Iterator[str]:
    """The sandbox of the image, running: the address it says; ends with exit code 0 when it is told to stop."""
    arguments = [*image.argv("ENTRYPOINT"), "sandbox", "--port", "0", "--profiles", "5", "--jobs", "2"]
    with (
        log.open("w") as errors,
        subprocess.Popen(
            arguments,
            cwd=image.inside(""),
            env=image.environment(),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        killer = threading.Timer(SECONDS, process.kill)
        killer.start()
        try:
            assert process.stdout is not None
            found = re.fullmatch(r"ready (http://127\.0\.0\.1:\d+)\n", process.stdout.readline())
            assert found, log.read_text()
            yield found[1]
        finally:
            process.terminate()
            code = process.wait(SECONDS)
            killer.cancel()
    assert code == 0


def test_the_sandbox_of_the_image_answers_and_its_health_check_tells_a_live_bot_from_a_dead_one(
    image: Stage, tmp_path: Path
) -> None:
    """The check asks the bot itself, whatever proxy is set."""

    def healthy(port: str) -> bool:
        environment = image.environment() | {"PORT": port, "HTTP_PROXY": "http://127.0.0.1:9"}
        check = image.argv("HEALTHCHECK")
        return subprocess.run(check, env=environment, capture_output=True, timeout=SECONDS, check=False).returncode == 0

    log = tmp_path / "log"
    with started_sandbox(image, log) as url:
        state = httpx.get(f"{url}/workspace/state", trust_env=False).json()
        port = re.findall(r'"port": (\d+)', log.read_text())[0]

        assert "/profiles" in str(state["commands"])
        assert healthy(port)
    assert not healthy(port)

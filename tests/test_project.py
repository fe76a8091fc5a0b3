"""What holds for the project as a whole: its layers, its lock files, its words to an operator."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
MODULES = sorted(path for folder in ("bot", "commands", "tests") for path in (ROOT / folder).rglob("*.py"))
LONGEST_MODULE = 300
SECONDS = 60


def run(*arguments: object, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """A program with no setting but those."""
    clean = {"PATH": os.environ["PATH"], "HOME": str(cwd), "COLUMNS": "200", "NO_COLOR": "1"}
    return subprocess.run(
        [str(each) for each in arguments],
        cwd=cwd,
        env=clean | environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def project_files() -> list[Path]:
    """Every file that is, or may come, under version control; where there is no history, every file of ours."""
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard")
    names = listed.stdout.splitlines() if listed.returncode == 0 else [str(path.relative_to(ROOT)) for path in MODULES]
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def imported(path: Path) -> set[str]:
    """The modules that a file imports, anywhere in it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def importers(of: str, within: str) -> set[str]:
    """The files below `within` that import the module `of` or one in it."""
    return {
        str(path.relative_to(ROOT))
        for path in (ROOT / within).rglob("*.py")
        if any(name == of or name.startswith(f"{of}.") for name in imported(path))
    }


# The tree


def test_every_import_rule_holds() -> None:
    done = run(BIN / "lint-imports", "--no-cache")

    assert done.returncode == 0, done.stdout


def test_only_the_entry_point_of_the_bot_knows_the_commands() -> None:
    assert importers("commands", "bot") == {"bot/__main__.py"}


@pytest.mark.parametrize(
    "library", ["httpx", "aiohttp", "slack_bolt", "slack_sdk", "bot.app", "bot.cli", "bot.settings"]
)
def test_no_command_reaches_for_an_edge(library: str) -> None:
    assert importers(library, "commands") == set()


def test_only_the_demo_starts_the_sandbox() -> None:
    outside = {path for path in importers("bot.sandbox", "bot") if not path.startswith("bot/sandbox/")}

    assert outside == {"bot/demo.py"}


@pytest.mark.parametrize("folder", ["bot/domain", "bot/views"])
def test_rules_and_words_are_made_of_the_standard_library_alone(folder: str) -> None:
    for path in (ROOT / folder).rglob("*.py"):
        foreign = {name.partition(".")[0] for name in imported(path)} - sys.stdlib_module_names - {"bot"}

        assert foreign == set(), path


def test_no_module_is_longer_than_it_can_be_read() -> None:
    longest = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}

    assert {name: lines for name, lines in longest.items() if lines > LONGEST_MODULE} == {}


def test_nothing_is_left_half_done() -> None:
    """No note of work to do, no stand-in, no error that is swallowed."""
    marks = re.compile(r"\b(?:TOD[O]|FIXM[E]|NotImplementedErro[r])\b|except[^\n:]*:\s*(?:\n\s*)?pas[s]\b")
    found = {
        str(path.relative_to(ROOT)): marks.findall(text)
        for path in MODULES
        if marks.search(text := path.read_text(encoding="utf-8"))
    }

    assert found == {}


def test_no_file_names_a_folder_of_somebodys_machine_or_a_package_registry() -> None:
    """Nothing tells where it was written, nor where packages came from."""
    homes = r"/(?:home|Users)/\w|/roo[t]/|/wor[k]/"
    registries = r"pyp[i]\.org|pythonhoste[d]\.|npmj[s]\.|deb\.debia[n]|file:/[/]/"
    marks = re.compile(f"{homes}|{registries}")
    found = {}
    for path in project_files():
        try:
            hits = marks.findall(path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            continue  # a picture
        if hits:
            found[str(path.relative_to(ROOT))] = hits

    assert found == {}


# The lock files


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_every_locked_package_has_its_hash_and_no_address(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    entries = re.sub(r"\\\n\s*", "", text).splitlines()

    for entry in filter(None, entries):
        assert re.match(r"[a-z0-9.-]+==[^ ]+( ; .+?)? +--hash=sha256:[0-9a-f]{64}", entry), entry.split(" ")[0]
    assert "://" not in text
    assert "index-url" not in text


@pytest.mark.parametrize(("name", "groups"), [("run.txt", ["build"]), ("dev.txt", ["build", "dev"])])
def test_every_dependency_is_locked(name: str, groups: list[str]) -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*declared["project"]["dependencies"]]
    for group in groups:
        wanted += declared["dependency-groups"][group]
    locked = re.findall(r"(?m)^([a-z0-9.-]+)==", (ROOT / "requirements" / name).read_text(encoding="utf-8"))

    assert {re.split(r"[^A-Za-z0-9._-]", each)[0].lower() for each in wanted} <= set(locked)


# The command line


def test_the_command_line_says_what_each_subcommand_does() -> None:
    done = run(sys.executable, "-m", "bot", "--help")

    assert done.returncode == 0
    for name in ("run", "sandbox", "explain", "schedule", "check", "manifest", "migrate", "ledger"):
        assert re.search(rf"(?m)^\W*{name} +[A-Z]", done.stdout), name
        assert run(sys.executable, "-m", "bot", name, "--help").returncode == 0


TOKEN = {"SLACK_BOT_TOKEN": "xoxb-secret-1"}
SIGNING, APP = {"SLACK_SIGNING_SECRET": "secret-2"}, {"SLACK_APP_TOKEN": "xapp-secret-3"}
KEY, EMAIL = {"HRFLOW_API_KEY": "ask_secret-4"}, {"HRFLOW_USER_EMAIL": "secret-5@example.com"}
HALF_SET: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "nothing": ({}, ("SLACK_BOT_TOKEN",)),
    "no bot token, signing secret": ({**SIGNING, **KEY, **EMAIL}, ("SLACK_BOT_TOKEN",)),
    "no bot token, app token": ({**APP, **KEY, **EMAIL}, ("SLACK_BOT_TOKEN",)),
    "a bot token of spaces": ({"SLACK_BOT_TOKEN": " ", **SIGNING, **KEY, **EMAIL}, ("SLACK_BOT_TOKEN",)),
    "no way in": ({**TOKEN, **KEY, **EMAIL}, ("SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN")),
    "two ways in": ({**TOKEN, **SIGNING, **APP, **KEY, **EMAIL}, ("SLACK_MODE",)),
    "http without its secret": ({**TOKEN, **APP, **KEY, **EMAIL, "SLACK_MODE": "http"}, ("SLACK_SIGNING_SECRET",)),
    "socket without its token": ({**TOKEN, **SIGNING, **KEY, **EMAIL, "SLACK_MODE": "socket"}, ("SLACK_APP_TOKEN",)),
    "no HrFlow": ({**TOKEN, **SIGNING}, ("HRFLOW_API_KEY", "HRFLOW_USER_EMAIL")),
    "key without e-mail": ({**TOKEN, **SIGNING, **KEY}, ("HRFLOW_USER_EMAIL",)),
    "e-mail without key": ({**TOKEN, **APP, **EMAIL}, ("HRFLOW_API_KEY",)),
    "an e-mail of spaces": ({**TOKEN, **SIGNING, **KEY, "HRFLOW_USER_EMAIL": " "}, ("HRFLOW_USER_EMAIL",)),
}
WRONG = {
    "SLACK_MODE": "secret-6",
    "HRFLOW_DIALECT": "secret-6",
    "HRFLOW_TIMEOUT": "secret-6",
    "PORT": "secret-6",
    "COMMAND_PREFIX": "secret 6",
    "REPLICA_ID": "secret 6",
    "LOG_FORMAT": "secret-6",
    "LOG_LEVEL": "secret-6",
}


def assert_one_sentence(done: subprocess.CompletedProcess[str], *names: str) -> None:
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert re.fullmatch(r"[A-Z][^\n]+\.\n", done.stderr), done.stderr
    assert all(name in done.stderr for name in names), done.stderr
    assert "secret-" not in done.stderr
    assert "secret 6" not in done.stderr


@pytest.mark.parametrize("case", HALF_SET)
def test_a_missing_or_half_set_pair_ends_the_start_with_one_sentence(case: str, tmp_path: Path) -> None:
    given, names = HALF_SET[case]

    assert_one_sentence(run(BIN / "shortlist", "run", cwd=tmp_path, **given), *names)


@pytest.mark.parametrize("case", HALF_SET)
def test_check_names_what_is_missing_and_goes_on_to_the_next(case: str, tmp_path: Path) -> None:
    """It never reaches beyond this machine: the addresses given are closed ports of it."""
    given, names = HALF_SET[case]
    nowhere = {"SLACK_API_URL": "http://127.0.0.1:9/", "HRFLOW_API_URL": "http://127.0.0.1:9"}

    done = run(BIN / "shortlist", "check", cwd=tmp_path, **given, **nowhere)

    failed = [line for line in done.stdout.splitlines() if line.startswith("FAIL")]
    assert done.returncode == 1
    assert all(any(name in line for line in failed) for name in names)
    assert {"Slack", "HrFlow"} <= {line.split()[1].rstrip(":") for line in done.stdout.splitlines()}
    assert "secret-" not in done.stdout + done.stderr


def test_check_names_the_address_where_that_only_points_elsewhere(tmp_path: Path) -> None:
    class Pointing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(301)
            self.send_header("Location", "http://127.0.0.1:9/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            """Nothing of it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Pointing) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = {"SLACK_API_URL": "http://127.0.0.1:9/", "HRFLOW_API_URL": f"http://127.0.0.1:{server.server_port}"}
        done = run(BIN / "shortlist", "check", cwd=tmp_path, **TOKEN, **SIGNING, **KEY, **EMAIL, **address)
        server.shutdown()

    assert "HrFlow key: HrFlow answered 301: check HRFLOW_API_URL" in done.stdout


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_value_ends_the_start_with_one_sentence_that_does_not_repeat_it(name: str, tmp_path: Path) -> None:
    given = {**TOKEN, **SIGNING, **KEY, **EMAIL, name: WRONG[name]}

    assert_one_sentence(run(BIN / "shortlist", "run", cwd=tmp_path, **given), name)


def test_settings_are_read_from_a_file_too(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=secret-6\n", encoding="utf-8")

    assert_one_sentence(run(BIN / "shortlist", "manifest", cwd=tmp_path), "PORT")

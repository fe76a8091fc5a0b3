"""The documentation says what the program does: every table of it is compared with the declarations in the code."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot import settable as settings
from bot.domain import asides
from bot.domain.grammar import HelpWanted, parse
from bot.domain.parameters import JOBS, PROFILES
from bot.domain.query import JobsQuery, ProfilesQuery
from bot.slack.routes import Command
from bot.views import filters
from commands import ROUTES

if TYPE_CHECKING:
    from pydantic import BaseModel

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
OPERATING = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def code_lines(page: str) -> list[str]:
    """Every line of every code block, and every piece of code within a line."""
    blocks = re.findall(r"(?ms)^ *```\w*\n(.*?)^ *```", page)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"(?ms)^ *```.*?^ *```", "", page))
    return [line.strip() for line in itertools.chain(*(block.splitlines() for block in blocks), inline)]


def shown(default: object) -> str:
    """A default as the table shows it."""
    if default in (None, "", ()):
        return ""
    return f"`{default:g}`" if isinstance(default, float) else f"`{default}`"


def declared_settings() -> dict[str, tuple[str, str]]:
    """Every setting, in the order of declaration: its description and its default."""
    models: dict[str, type[BaseModel]] = {
        "SLACK_": settings.SlackSettings,
        "HRFLOW_": settings.HrflowSettings,
        "": settings.ServiceSettings,
    }
    groups: list[tuple[str, type[BaseModel]]] = [*models.items(), ("", settings.DecisionSettings)]
    return {
        prefix + name.upper(): (field.description or "", shown(field.default))
        for prefix, model in groups
        for name, field in model.model_fields.items()
    }


def setting_rows() -> list[str]:
    """The table of settings."""
    return [f"| `{name}` | {words} | {default} |" for name, (words, default) in declared_settings().items()]


def filter_rows() -> list[str]:
    """The table of filters: those of `/profiles` in their order, then those that only `/jobs` has."""
    rows = []
    for key in dict.fromkeys([*PROFILES, *JOBS]):
        meanings: dict[tuple[str, str], list[str]] = {}
        for query_type in (ProfilesQuery, JobsQuery):
            if parameter := query_type.parameters.get(key):
                words = filters.meaning(query_type, parameter)
                meanings.setdefault((words, filters.example(query_type, parameter)), []).append(
                    f"`{query_type.command}`"
                )
        rows += [
            f"| `{key}:` | {', '.join(where)} | {words} | `{example}` |" for (words, example), where in meanings.items()
        ]
    return rows


def table(page: str, first_column: str) -> list[str]:
    """The rows of the table whose first column has that heading."""
    found = re.search(rf"(?m)^\| {first_column} \|.*\n\|[-|]+\n((?:\|.*\n)+)", page)
    assert found, f"there is no table of a {first_column}"
    return found[1].splitlines()


def test_the_readme_says_in_three_sentences_what_shortlist_is() -> None:
    first = README.split("\n\n")[1]

    assert len(re.findall(r"[.!?](?=\s|$)", first)) == 3


def test_the_readme_lists_every_filter_as_it_is_declared() -> None:
    rows = filter_rows()

    assert table(README, "filter") == rows, "README.md should have:\n" + "\n".join(rows)


def test_the_readme_lists_every_command_and_no_other() -> None:
    listed = {re.findall(r"`(/\w+)", row)[0] for row in table(README, "command")}

    assert listed == {route.name for route in ROUTES if isinstance(route, Command)}


def test_the_readme_lists_every_setting_as_it_is_declared() -> None:
    rows = setting_rows()

    assert table(README, "setting") == rows, "README.md should have:\n" + "\n".join(rows)


@pytest.mark.parametrize("name", declared_settings())
def test_a_setting_is_described_and_explained_to_operators(name: str) -> None:
    assert declared_settings()[name][0]
    assert f"`{name}`" in OPERATING


def test_the_example_environment_has_every_setting_once_with_its_default() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    given = re.findall(r"(?m)^(?:# )?([A-Z_]+)=(.*)$", example)

    assert sorted(given) == sorted((name, default.strip("`")) for name, (_, default) in declared_settings().items())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_command_line_in_the_documentation_can_be_typed(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    typed = [line for line in code_lines(text) if re.match(r"/(profiles|jobs) [^<]", line)]
    typed += re.findall(r"explain '(/[^']+)'", text)

    for line in typed:
        if "\u2026" not in line:
            _, line = asides.taken("saved", line)  # noqa: PLW2901 - a name of the reader's own
            assert isinstance(parse(line), ProfilesQuery | JobsQuery | HelpWanted)


@pytest.mark.parametrize("command", ["/profiles", "/jobs"])
def test_every_example_of_a_filter_can_be_typed(command: str) -> None:
    for row in table(README, "filter"):
        _, where, _, example = (cell.strip() for cell in row.strip("|").split("|"))
        if f"`{command}`" in where:
            near = {
                "within:": "near:1,2 ",
                "worked-within:": "worked-near:1,2 ",
                "studied-within:": "studied-near:1,2 ",
            }
            typed = example.strip("`")
            needed = near.get(typed.partition(":")[0] + ":", "")
            named = "" if typed.startswith(("job:", "profile:")) else "dev "

            assert isinstance(parse(f"{command} {named}{needed}{typed}"), ProfilesQuery | JobsQuery)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_in_the_documentation_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        linked = (page.parent / path).resolve() if path else page
        assert linked.exists(), target
        if anchor:
            headings = re.findall(r"(?m)^#+ (.+)$", linked.read_text(encoding="utf-8"))
            assert anchor in {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in headings}, target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_the_documentation_says_to_run_exists(page: Path) -> None:
    targets = set(re.findall(r"(?m)^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    subcommands = {"run", "sandbox", "explain", "schedule", "check", "manifest", "migrate", "ledger"}
    for line in code_lines(page.read_text(encoding="utf-8")):
        if found := re.match(r"make (\w+)\b", line):
            assert found[1] in targets, line
        if found := re.match(r"(?:\.venv/bin/)?shortlist (\w+)", line):
            assert found[1] in subcommands, line


def test_the_diagram_of_the_readme_is_the_tree() -> None:
    """Every path of it exists, and every module and package of `bot` is in it."""
    diagram = next(part for part in README.split("```") if "app.yaml  " in part)
    drawn, folder = set(), ""
    for line in diagram.strip().splitlines():
        name = line.split()[0]
        folder = folder if line.startswith(" ") else ""
        drawn.add(folder + name)
        if not line.startswith(" ") and name.endswith("/"):
            folder = name
    modules = {path.name for path in (ROOT / "bot").glob("*.py")} - {"__init__.py"}
    packages = {f"{path.parent.name}/" for path in (ROOT / "bot").glob("*/__init__.py")}

    assert [path for path in drawn if not (ROOT / path).exists()] == []
    assert {f"bot/{name}" for name in modules | packages} <= drawn


def test_the_changelog_has_a_place_for_what_is_not_released_yet() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    kinds = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}

    assert changelog.startswith("# Changelog\n")
    assert re.findall(r"(?m)^## (.+)$", changelog)[0] == "[Unreleased]"
    assert set(re.findall(r"(?m)^### (.+)$", changelog)) <= kinds

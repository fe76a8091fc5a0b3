"""`docs/sandbox.md` says what the sandbox does: every table and every example is compared with the code."""

from __future__ import annotations

import importlib
import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args
from urllib.parse import urlsplit

import aiohttp
import pytest

from bot import manifest
from bot.sandbox import Sandbox, SandboxOptions
from bot.sandbox.slack import delivery, feed, payloads
from bot.sandbox.slack.api import METHODS
from bot.sandbox.slack.blockkit import BLOCKS
from bot.sandbox.slack.blockkit.placement import ELEMENTS
from bot.sandbox.slack.delivery import Envelope
from bot.sandbox.workspace.control import Control
from bot.sandbox.workspace.people import People
from bot.sandbox.workspace.sockets import SocketControl
from bot.sandbox.workspace.stream import Stream

if TYPE_CHECKING:
    from collections.abc import Collection

PAGE = (Path(__file__).resolve().parents[1] / "docs/sandbox.md").read_text(encoding="utf-8")
# Figures of the sandbox itself, which no app meets.
NO_LIMITS = {
    "CLOSE_SECONDS", "CONNECTION_SECONDS", "ELEMENT_COUNT_MAX", "REMEMBERED_SECONDS", "VERSIONS_KEPT", "WINDOW_SECONDS",
}  # fmt: skip
SURFACES = ("message", "modal", "home")
STATE = re.compile(r"full|no|partial: \S.+")


def table(first_column: str) -> dict[str, list[str]]:
    """The rows of all tables whose first column has that heading, by their first cell without its marks."""
    rows: dict[str, list[str]] = {}
    for found in re.findall(rf"(?m)^\| {first_column} \|.*\n\|[-|]+\n((?:\|.*\n)+)", PAGE):
        for line in found.splitlines():
            name, *cells = (cell.strip() for cell in line.strip("|").split(" | "))
            rows[f"{name} {cells[-1]}" if first_column == "limit" else name.strip("`")] = cells
    assert rows, f"there is no table of a {first_column}"
    return rows


def existing(first_column: str) -> dict[str, list[str]]:
    """The rows that are not said to be missing; every state is one of the three."""
    rows = table(first_column)
    for name, cells in rows.items():
        assert STATE.fullmatch(cells[-1]), name
    return {name: cells for name, cells in rows.items() if cells[-1] != "no"}


def examples() -> list[tuple[str, str, Any]]:
    """Every curl example: method, address and JSON."""
    found = []
    for line in re.findall(r"(?m)^curl .*$", PAGE):
        words = shlex.split(line)[1:]
        method = words[words.index("-X") + 1] if "-X" in words else "GET"
        body = json.loads(words[words.index("-d") + 1]) if "-d" in words else None
        found.append((method, next(word for word in words if word.startswith("http")), body))
    return found


def routes() -> set[tuple[str, str]]:
    """Every `/workspace` call, as method and path with `{names}`."""
    nothing = cast("Any", None)
    parts = (
        People(nothing),
        Control(nothing, nothing, nothing, nothing),
        Stream(nothing, nothing),
        SocketControl(None),
    )
    return {(route.method, route.path) for part in parts for route in part.routes()}


def in_order(surfaces: Collection[str]) -> str:
    return ", ".join(surface for surface in SURFACES if surface in surfaces)


def test_every_method_of_the_web_api_is_listed_with_its_tier_and_no_other() -> None:
    listed = {name: cells[0] for name, cells in existing("method").items()}

    tiers = {
        name: "own" if not method.limited else "special" if method.tier is None else f"{method.tier}"
        for name, method in METHODS.items()
    }
    assert listed == tiers
    assert not set(table("method")) - set(listed) & METHODS.keys()


def test_every_payload_that_is_delivered_is_listed_and_no_other() -> None:
    kinds = {*get_args(payloads.Interaction), *get_args(payloads.Event), "slash_commands"}

    assert set(existing("payload")) == kinds
    assert set(get_args(Envelope.__annotations__["kind"])) == {"slash_commands", "interactive", "events_api"}
    assert delivery.ACK_SECONDS == 3


def test_every_block_is_listed_with_its_surfaces_and_no_other() -> None:
    listed = {name: cells[0] for name, cells in existing("block").items()}

    assert listed == {name: in_order(surfaces) for name, (_, surfaces) in BLOCKS.items()}


def test_every_element_is_listed_with_its_places_and_surfaces_and_no_other() -> None:
    listed = {name: tuple(cells[:2]) for name, cells in existing("element").items()}

    assert listed == {
        name: (", ".join(sorted(element.places)), in_order(element.surfaces)) for name, element in ELEMENTS.items()
    }


@pytest.mark.parametrize(("figure", "constant"), [tuple(cells[-2:]) for cells in table("limit").values()])
def test_a_figure_is_the_one_in_the_code(figure: str, constant: str) -> None:
    path, key = re.fullmatch(r"`([\w.]+)(?:\[(.+)\])?`", constant).groups()  # type: ignore[union-attr]  # or it fails
    package, _, name = path.rpartition(".")
    root = "bot.sandbox" if package == "journal" else "bot.sandbox.slack"
    value = getattr(importlib.import_module(f"{root}.{package}"), name)
    if key is not None:
        value = value[json.loads(key)]

    assert f"{value:,.0f}" == figure


@pytest.mark.parametrize(
    "module",
    ["blockkit", "blockkit.block_rules", "blockkit.element_rules", "blockkit.newer_rules", "blockkit.option_rules",
     "composing", "pace", "response_urls", "sockets", "triggers", "views"],
)  # fmt: skip
def test_a_limit_in_the_code_is_listed(module: str) -> None:
    listed = {cells[-1].strip("`").partition("[")[0].rpartition(".")[2] for cells in table("limit").values()}
    names = {
        name
        for name, value in vars(importlib.import_module(f"bot.sandbox.slack.{module}")).items()
        if name.isupper() and not name.startswith("_") and type(value) in {int, float}
    }

    assert names <= listed | NO_LIMITS


def test_every_event_of_the_stream_is_listed_and_no_other() -> None:
    assert set(table("event")) == set(get_args(feed.Kind))


def test_every_call_of_the_workspace_has_an_example_and_every_example_is_a_call() -> None:
    patterns = {(method, path): re.compile(re.sub(r"{\w+}", "[^/]+", path)) for method, path in routes()}
    shown = set()
    for method, address, _ in examples():
        path = urlsplit(address).path
        hit = [route for route, pattern in patterns.items() if route[0] == method and pattern.fullmatch(path)]
        assert hit, f"{method} {path}"
        shown.add(hit[0])

    assert shown == routes()


@pytest.mark.parametrize("mode", ["http", "socket"])
async def test_an_example_without_a_blank_in_it_works_as_it_stands(mode: Any) -> None:
    """Those with a `$NAME` need something to press; those of sockets need a sandbox in Socket Mode."""
    app = manifest.read()
    there = Sandbox(SandboxOptions(manifest=app, port=0, profiles=3, jobs=2, mode=mode))
    await there.start()
    there.deliver_to("http://127.0.0.1:1/")
    async with aiohttp.ClientSession() as http:
        for method, address, body in examples():
            parts = urlsplit(address)
            if "$" in json.dumps(body) or parts.path == "/workspace/events":
                continue
            if mode == "http" and method == "POST" and parts.path == "/workspace/sockets":
                continue
            query = f"?{parts.query}" if parts.query else ""
            data = None if body is None else json.dumps(body)
            async with http.request(method, f"{there.url}{parts.path}{query}", data=data) as reply:
                assert reply.status == 200, (method, address, await reply.text())
    await there.stop()

"""A headless Chromium, pages that must stay free of errors, and what they look at: the real bot, or a scripted app."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.kit import MANIFEST, PATIENCE_MS, Parrot
from tests.helpers.workspace import Workspace, sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


class Visit(Protocol):
    """Open the page as somebody, somewhere; `context` are options of Playwright's new_context."""

    def __call__(self, workspace: Workspace, user: str = "U_ANN", place: str = "C_DATA", **context: Any) -> Page: ...


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the tests of a module; without Chromium they are skipped, and fail where CI is set.

    While it is there, Playwright's event loop counts as running; it is gone before tests that bring their own.
    """
    executable = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if executable is None:
        reason = f"The page is tested in Chromium, and none of these is installed: {', '.join(NAMES)}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)  # for those who work on something else without a browser; CI, above, never skips
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Open pages; at the end none of them may have met an error, a dialog, a new window or an outside request."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_page(workspace: Workspace, user: str = "U_ANN", place: str = "C_DATA", **context: Any) -> Page:
        options = {"locale": "en-US", "timezone_id": "Europe/Paris", "viewport": {"width": 1280, "height": 800}}
        one = chromium.new_context(**{**options, **context})
        contexts.append(one)
        one.set_default_timeout(PATIENCE_MS)
        page = one.new_page()
        _watch(page, workspace.url, troubles)
        page.goto(f"{workspace.url}/#/{user}/{place}")
        expect(page.locator("#header h1")).not_to_be_empty()
        if place != "home":
            expect(page.locator("#message-list")).to_have_attribute("aria-busy", "false")
            expect(page.locator("#composer-text")).to_be_focused()
        return page

    yield open_page
    for one in contexts:
        one.close()
    assert troubles == []


def _watch(page: Page, origin: str, troubles: list[str]) -> None:
    def asked(request: Request) -> None:
        if not request.url.startswith((f"{origin}/", "data:")):
            troubles.append(f"request to {request.url}")

    def refused_dialog(dialog: Dialog) -> None:
        troubles.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def said(line: ConsoleMessage) -> None:
        if line.type == "error" and _is_trouble(line.text):
            troubles.append(line.text)

    def opened(other: Page) -> None:
        if other is not page:
            troubles.append(f"window {other.url}")

    page.on("pageerror", lambda error: troubles.append(f"error {error}"))
    page.on("console", said)
    page.on("dialog", refused_dialog)
    page.on("request", asked)
    page.context.on("page", opened)


def _is_trouble(line: str) -> bool:
    """Chromium itself reports answers of 4xx and lost connections; the page shows those to the person."""
    return not line.startswith("Failed to load resource")


@pytest.fixture(scope="session")
def _shortlist(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with sandbox([], tmp_path_factory.mktemp("page") / "log.jsonl") as workspace:
        yield workspace


@pytest.fixture
def shortlist(_shortlist: Workspace) -> Iterator[Workspace]:
    """The sandbox with the real bot, without faults and open modals."""
    yield _shortlist
    _tidy(_shortlist)


@pytest.fixture(scope="session")
def _parrot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parrot]:
    folder = tmp_path_factory.mktemp("parrot")
    (folder / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    app = Parrot()
    wanted = {"--bot-url": app.url, "--write-env": folder / "env", "--manifest": folder / "manifest.json"}
    arguments = ["--no-bot", "--profiles", "3", "--jobs", "2", *(str(part) for pair in wanted.items() for part in pair)]
    with sandbox(arguments, folder / "log.jsonl") as workspace:
        app.join(workspace, folder / "env")
        yield app
    app.stop()


@pytest.fixture
def parrot(_parrot: Parrot) -> Iterator[Parrot]:
    """A scripted app in a workspace of its own, that has heard nothing yet and leaves no modal open."""
    _parrot.forget()
    yield _parrot
    _parrot.forget()
    _tidy(_parrot.workspace)


def _tidy(workspace: Workspace) -> None:
    """Clear faults and close what is open."""
    workspace.http.delete("/workspace/faults")
    for user in ("U_ANN", "U_BOB"):
        if stack := workspace.views(user):
            closing = {"user": user, "view_id": stack[-1]["id"], "clear": True}
            workspace.http.post("/workspace/views/close", json=closing)

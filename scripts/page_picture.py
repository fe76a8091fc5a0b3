"""Make `docs/page.png`: the sandbox's page with a list of profiles, from headless Chromium and a real sandbox.

Run it with `.venv/bin/python scripts/page_picture.py [FILE]`; it needs Chromium on the PATH or in CHROMIUM.
"""  # noqa: INP001 - a folder of scripts is no package

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[1]
LARGEST = 250_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")


@contextmanager
def sandbox() -> Iterator[str]:
    """`shortlist sandbox` on a free port; yields its address once it is ready."""
    command = [sys.executable, "-m", "bot", "sandbox", "--port", "0"]
    with subprocess.Popen(  # noqa: S603 - our own command line, without anything from outside
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            ready = process.stdout.readline() if process.stdout else ""
            if not ready.startswith("ready "):
                sys.exit("The sandbox did not start.")
            yield ready.removeprefix("ready ").strip()
        finally:
            process.terminate()


def converse(page: Page) -> None:
    """Ask for profiles and decide on the first one."""
    before = page.locator(".message").count()
    page.locator("#composer-text").fill('/profiles "Data Engineer" skills:python limit:3')
    page.keyboard.press("Enter")
    expect(page.locator(".message")).to_have_count(before + 1)
    message = page.locator(".message").last
    message.get_by_role("button", name=re.compile("^Yes: 1 of")).click()
    expect(message.get_by_role("button", name=re.compile("^Undo: 1 of"))).to_be_visible()
    message.locator(".message-head").scroll_into_view_if_needed()
    page.locator("#composer-text").focus()
    page.mouse.move(0, 0)


def main() -> None:
    """Write the picture; a picture above 250 kB is an error."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "page.png"
    executable = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        sys.exit(f"None of these is installed: {', '.join(BROWSERS)}.")
    with sandbox() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        page = browser.new_page(
            viewport={"width": 1280, "height": 800}, locale="en-US", color_scheme="light", reduced_motion="reduce"
        )
        page.goto(f"{url}/#/U_ANN/C_HIRING")
        expect(page.locator("#message-list")).to_have_attribute("aria-busy", "false")
        expect(page.locator("#composer-text")).to_be_focused()
        converse(page)
        picture = page.screenshot(type="png")
        browser.close()
    if len(picture) > LARGEST:
        sys.exit(f"The picture has {len(picture)} bytes, more than {LARGEST}.")
    target.write_bytes(picture)
    sys.stdout.write(f"{target} {len(picture)} bytes\n")


if __name__ == "__main__":
    main()

"""Shortlist's own form in the page: opened, filled and sent by keyboard and by mouse, on a desk and on a phone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit
    from tests.helpers.workspace import Workspace

PHONE = {"width": 390, "height": 780}


def look(page: Page, name: str) -> None:
    """Keep a picture for whoever wants to look: SCREENSHOTS=FOLDER."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


def test_from_an_empty_command_to_a_list_by_keyboard_alone(visit: Visit, shortlist: Workspace) -> None:
    page = visit(shortlist, place="C_HIRING")
    page.keyboard.type("/profiles")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog")
    expect(box.get_by_role("heading", name="Find profiles")).to_be_visible()
    job = box.get_by_label("Job", exact=True)
    expect(job).to_be_visible()
    look(page, "form-desktop")
    job.focus()
    page.keyboard.type("data eng")
    expect(page.get_by_role("option").first).to_contain_text("Data Engineer")
    look(page, "form-typeahead")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    box.get_by_label("Skills").focus()
    page.keyboard.type("python, sql")
    page.keyboard.press("Enter")

    expect(box).to_have_count(0)
    expect(page.locator("#message-list")).to_contain_text('/profiles "Data Engineer" skills:python,sql')
    look(page, "form-answer")


def test_from_a_list_through_refine_and_more_filters_by_mouse_on_a_phone(visit: Visit, shortlist: Workspace) -> None:
    page = visit(shortlist, place="C_HIRING", viewport=PHONE)
    shortlist.ask('/profiles "Data Engineer" skills:python limit:2')
    page.get_by_role("button", name="Refine this list in a form").last.click()
    box = page.get_by_role("dialog")
    expect(box.get_by_label("Skills")).to_have_value("python")
    look(page, "form-phone")
    box.get_by_label("Skills").fill("sql")
    box.get_by_role("button", name="Show more filters").click()
    expect(box.get_by_label("Interests")).to_be_visible()
    expect(box.get_by_label("Skills")).to_have_value("sql")
    box.get_by_label("Interests").scroll_into_view_if_needed()
    look(page, "form-phone-more")
    box.get_by_label("Page size").fill("40")
    box.get_by_role("button", name="Search").click()
    look(page, "form-phone-error")
    box.get_by_label("Page size").fill("3")
    box.get_by_role("button", name="Search").click()

    expect(box).to_have_count(0)
    expect(page.locator("#message-list")).to_contain_text('/profiles "Data Engineer" limit:3 skills:sql')

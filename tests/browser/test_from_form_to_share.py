"""From an empty /profiles to a refined, paged, sorted and shared list on the page alone: mouse, keys, wide, narrow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.helpers.workspace import names, sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import Visit
    from tests.helpers.workspace import Workspace

DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace in which nothing has been shared yet."""
    with sandbox([], tmp_path_factory.mktemp("flow") / "log.jsonl") as running:
        yield running


def field(page: Page, label: str) -> Locator:
    """A field of the open form by its label."""
    return page.locator("#modal").get_by_label(re.compile(f"^{label}"))


def by_mouse(page: Page) -> None:
    """Everything with the pointer; only words are typed."""
    page.locator("#composer-text").fill("/profiles")
    page.get_by_role("button", name="Send").click()
    field(page, "Job").click()
    page.keyboard.type("data en")
    page.get_by_role("option", name=re.compile("^Data Engineer")).click()
    field(page, "Page size").fill("5")
    page.locator("#modal").get_by_role("button", name="Search").click()
    listed(page, "1-5").get_by_role("button", name="Refine this list").click()
    field(page, "Skills").fill("python")
    field(page, "Page size").fill("3")
    page.locator("#modal").get_by_role("button", name="Search").click()
    listed(page, "1-3").get_by_role("button", name="Next page").click()
    listed(page, "4-6").get_by_role("button", name="Previous page").click()
    for option, shown in (("Date received", "1-3"), ("5 on a page", "1-5")):
        listed(page, "1-3").get_by_role("combobox", name="Sort and size").click()
        page.get_by_role("option", name=option).click()
        expect(listed(page, shown)).to_contain_text("sort:received")
    listed(page, "1-5").get_by_role("button", name="Share this list").click()
    field(page, "Channel").click()
    page.get_by_role("option", name="#hiring").click()
    expect(page.locator("#modal")).to_contain_text("2 people will see it, in #hiring")
    page.locator("#modal").get_by_role("button", name="Share", exact=True).click()


def by_keyboard(page: Page) -> None:
    """Everything with keys alone."""
    page.keyboard.type("/profiles ")
    page.keyboard.press("Enter")
    expect(field(page, "Job")).to_be_focused()
    page.keyboard.type("data en")
    expect(page.get_by_role("option", name=re.compile("^Data Engineer"))).to_be_visible()
    page.keyboard.press("Enter")
    _reach(page, field(page, "Page size"))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    _press(page, listed(page, "1-5").get_by_role("button", name="Refine this list"))
    expect(field(page, "Job")).to_be_focused()
    _reach(page, field(page, "Page size"))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("3")
    _reach(page, field(page, "Skills"))
    page.keyboard.type("python")
    page.keyboard.press("Enter")
    _press(page, listed(page, "1-3").get_by_role("button", name="Next page"))
    _press(page, listed(page, "4-6").get_by_role("button", name="Previous page"))
    for option, shown in (("Date rec", "1-3"), ("5 on", "1-5")):
        _focus(page, listed(page, "1-3").get_by_role("combobox", name="Sort and size"))
        page.keyboard.type(option)
        expect(page.get_by_role("option", name=option)).to_be_visible()
        page.keyboard.press("Enter")
        expect(listed(page, shown)).to_contain_text("sort:received")
    _press(page, listed(page, "1-5").get_by_role("button", name="Share this list"))
    expect(field(page, "Channel")).to_be_focused()
    page.keyboard.type("hir")
    expect(page.get_by_role("option", name="#hiring")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#modal")).to_contain_text("2 people will see it, in #hiring")
    _reach(page, page.locator("#modal").get_by_role("button", name="Share", exact=True))
    page.keyboard.press("Enter")


def listed(page: Page, ranks: str) -> Locator:
    """The private list with those ranks that comes."""
    found = page.locator(".message", has_text=f"{ranks} of").last
    expect(found).to_be_visible()
    return found


def _reach(page: Page, wanted: Locator, *, most: int = 40) -> None:
    """Tab until it has the focus."""
    for _ in range(most):
        if wanted.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the focus never got there")


def _press(page: Page, wanted: Locator) -> None:
    """Reach it by keys, then press it."""
    _focus(page, wanted)
    page.keyboard.press("Enter")


def _focus(page: Page, wanted: Locator) -> None:
    """Tab backwards from the composer until it has the focus."""
    page.locator("#composer-text").focus()
    for _ in range(60):
        if wanted.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab")
    raise AssertionError("the focus never got there")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("how", [by_mouse, by_keyboard], ids=["mouse", "keyboard"])
def test_from_an_empty_command_to_a_refined_paged_and_shared_list(
    visit: Visit, workspace: Workspace, how: Any, size: dict[str, Any]
) -> None:
    page = visit(workspace, place="C_HIRING", **size)

    how(page)

    expect(page.locator("#modal[open]")).to_have_count(0)
    expect(page.locator(".message", has_text="Shared in #hiring: 2 people can see it.")).to_be_visible()
    copy = page.locator(".message", has_text="Shared by ann")
    expect(copy).to_contain_text("sort:received skills:python")
    expect(copy).not_to_contain_text("Only visible to you")
    [shared] = [each for each in workspace.messages(user="U_BOB") if "Shared by ann" in each["text"]]
    assert len(names(shared)) == 5
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_channel_that_may_not_see_it_is_refused_in_the_form(visit: Visit, workspace: Workspace) -> None:
    page = visit(workspace, place="C_HIRING")
    page.keyboard.type('/profiles "Data Engineer" limit:2')
    page.keyboard.press("Enter")
    listed(page, "1-2").get_by_role("button", name="Share this list").click()
    offered = page.get_by_role("option")
    field(page, "Channel").click()
    expect(offered).to_have_text(["#hiring", "#data", "#partner", "#private"])

    for channel, reason in (
        ("#data", "There is a guest in #data"),
        ("#partner", "#partner is shared with another organisation"),
        ("#private", "Type /invite @Shortlist there"),
    ):
        field(page, "Channel").click()
        field(page, "Channel").fill(channel[1:])
        page.get_by_role("option", name=channel).click()
        expect(page.locator("#modal")).to_contain_text(reason)
    page.locator("#modal").get_by_role("button", name="Share", exact=True).click()
    expect(page.locator("#modal .input-invalid")).to_contain_text("/invite @Shortlist")
    field(page, "Or a person").click()
    page.get_by_role("option", name="Bob").click()
    expect(page.locator("#modal")).to_contain_text("bob will see it, in the direct message with me")
    expect(field(page, "Channel")).to_have_value("")


def test_home_runs_an_earlier_query_and_leads_to_the_form(visit: Visit, workspace: Workspace) -> None:
    workspace.ask('/profiles "Data Engineer" limit:2')
    page = visit(workspace, place="home")
    run = page.get_by_role("button", name='Run /profiles "Data Engineer" limit:2')
    expect(run).to_be_visible()

    run.click()

    expect(page.locator("#home")).to_contain_text("The answer is in the Messages tab.")
    workspace.until(lambda: workspace.messages(channel="D_ANN"))
    page.get_by_role("button", name="Find profiles for a job").click()
    expect(field(page, "Job")).to_be_focused()

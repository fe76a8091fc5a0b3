"""Light and dark, small screens, and everything by keyboard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.kit import actions, button, field, modal, option, plain, section
from tests.browser.test_conversation import ask

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit
    from tests.browser.kit import Parrot
    from tests.helpers.workspace import Workspace

# The contrast of every visible text with what is behind it (WCAG 2.2, 1.4.3); texts below the level are returned.
CONTRAST = """() => {
  const parse = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const over = ([r, g, b, a = 1], under) => [r, g, b].map((part, index) => part * a + under[index] * (1 - a));
  const light = (colour) => colour.slice(0, 3).map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (node) => {
    if (!node) return [255, 255, 255];
    const colour = parse(getComputedStyle(node).backgroundColor);
    return (colour[3] ?? 1) === 1 ? colour : over(colour, behind(node.parentElement));
  };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const node = text.parentElement;
    const style = getComputedStyle(node);
    if (!text.data.trim() || node.closest('.visually-hidden, [hidden], noscript') || !node.checkVisibility()) continue;
    const ground = behind(node);
    const levels = [light(over(parse(style.color), ground)), light(ground)].sort((a, b) => b - a);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    const ratio = (levels[0] + 0.05) / (levels[1] + 0.05);
    if (ratio < (large ? 3 : 4.5)) poor.push(`${node.className}: ${text.data.trim()} ${ratio.toFixed(2)}`);
  }
  return poor;
}"""


def background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(visit: Visit, parrot: Parrot, scheme: str) -> None:
    blocks = [
        {"type": "header", "text": plain("Header")},
        section("Words with `code`, <@U_ANN>, <@U_BOB> and <https://example.com|a link>", accessory=button("Press")),
        {"type": "context", "elements": [plain("small print")]},
        actions(button("Yes", "a", style="primary"), button("No", "b", style="danger"), button("Later", "c")),
        {"type": "image", "image_url": "https://example.com/x.png", "alt_text": "a parrot"},
    ]
    parrot.say("first", *blocks, channel="C_HIRING")
    parrot.api("chat.postEphemeral", channel="C_HIRING", user="U_ANN", text="only you")
    page = visit(parrot.workspace, place="C_HIRING", color_scheme=scheme)
    page.keyboard.type("/pa")
    expect(page.get_by_role("option")).to_have_count(2)
    page.locator("#show-inspector").click()
    expect(page.locator(".call").first).to_be_visible()
    page.get_by_text("Faults on purpose").click()

    assert page.evaluate(CONTRAST) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_of_a_form_stands_out_too(visit: Visit, parrot: Parrot, scheme: str) -> None:
    choice = {
        "type": "multi_static_select",
        "action_id": "a",
        "options": [option("Red")],
        "initial_options": [option("Red")],
    }
    blocks = [field("Name", hint=plain("a hint")), field("Colour", choice, block_id="c", optional=True)]
    alerts = [
        {"type": "alert", "level": level, "text": plain(level)} for level in ("info", "warning", "error", "success")
    ]
    parrot.answers["/parrot"] = parrot.opening(modal("Cage", *blocks, *alerts))
    page = visit(parrot.workspace, color_scheme=scheme)
    page.keyboard.type("/parrot x")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".input-error")).to_be_visible()

    assert [poor for poor in page.evaluate(CONTRAST) if "dialog" not in poor] == []


def test_the_colours_follow_the_system_until_they_are_chosen_and_stay_chosen(visit: Visit, parrot: Parrot) -> None:
    page = visit(parrot.workspace, color_scheme="dark")
    dark = background(page)
    switch = page.locator("#switch-theme")
    switch.click()
    expect(switch).to_have_attribute("aria-label", "Colours: light")
    assert background(page) != dark
    page.reload()
    expect(switch).to_have_attribute("aria-label", "Colours: light")
    switch.click()

    expect(switch).to_have_attribute("aria-label", "Colours: dark")
    assert background(page) == dark


def test_at_360_pixels_nothing_sticks_out_and_the_sidebar_is_a_drawer(visit: Visit, shortlist: Workspace) -> None:
    page = visit(shortlist, place="C_HIRING", viewport={"width": 360, "height": 640})
    ask(page)
    sidebar = page.get_by_role("navigation", name="Channels and direct messages")
    expect(sidebar).to_have_count(0)
    assert (
        page.evaluate(
            "[...document.querySelectorAll('#main *')].filter(n => n.getBoundingClientRect().right > 361).length"
        )
        == 0
    )
    page.get_by_role("button", name="Channels", exact=True).click()
    expect(sidebar).to_be_visible()
    sidebar.get_by_role("button", name=re.compile("^data")).click()

    expect(sidebar).to_have_count(0)
    expect(page.locator("#header h1")).to_have_text("data")
    page.get_by_role("button", name="Inspector", exact=True).click()
    box = page.get_by_role("complementary", name="Inspector").bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, 360)


def test_a_modal_fits_a_small_screen(visit: Visit, shortlist: Workspace) -> None:
    page = visit(shortlist, place="C_HIRING", viewport={"width": 360, "height": 640})
    ask(page).get_by_role("button", name=re.compile("^Details: 1 of 3")).click()
    expect(page.get_by_role("dialog")).to_contain_text("Stage for this job")
    box = page.get_by_role("dialog").bounding_box()

    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert box["y"] + box["height"] <= 640
    expect(page.get_by_role("dialog").get_by_role("button", name="Close").last).to_be_in_viewport()


def test_a_whole_conversation_goes_by_keyboard_alone(visit: Visit, shortlist: Workspace) -> None:
    page = visit(shortlist, place="C_DATA")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#header h1")).to_have_text("hiring")
    page.locator("#scroller").focus()
    page.keyboard.press("/")
    page.keyboard.type("pr")
    page.keyboard.press("Tab")
    before = page.locator(".message").count()
    page.keyboard.type('"Data Engineer" limit:2 page:9')
    page.keyboard.press("Enter")
    expect(page.locator(".message")).to_have_count(before + 1)
    message = page.locator(".message").last
    page.keyboard.press("Shift+F6")
    expect(page.locator("#scroller")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(message).to_be_focused()
    page.keyboard.press("Enter")
    expect(message.get_by_role("button", name=re.compile("^Yes: 1 of 2"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(message.get_by_role("button", name=re.compile("^Undo: 1 of 2"))).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Stage for this job")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")

    expect(message.get_by_role("button", name=re.compile("^Yes: 1 of 2"))).to_be_visible()


def test_the_keys_are_listed_in_a_dialog(visit: Visit, parrot: Parrot) -> None:
    page = visit(parrot.workspace)
    page.locator("#scroller").focus()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("begin a command")
    page.keyboard.press("Escape")

    expect(keys).to_have_count(0)


def test_landmarks_and_names_are_there_for_screen_readers(visit: Visit, parrot: Parrot) -> None:
    parrot.say("hello", actions(button("Go")))
    page = visit(parrot.workspace)
    for role, name in (
        ("navigation", "Channels and direct messages"),
        ("main", None),
        ("log", None),
        ("combobox", "Message #data"),
        ("radiogroup", "Use the page as"),
    ):
        expect(page.get_by_role(role, name=name)).to_be_visible()  # type: ignore[arg-type]
    nameless = "[...document.querySelectorAll('button, a, input, select, textarea')].filter(n => n.checkVisibility()"
    unnamed = page.evaluate(
        f"{nameless} && !(n.ariaLabel || n.textContent.trim() || n.labels?.length)).map(n => n.outerHTML)"
    )
    assert unnamed == []

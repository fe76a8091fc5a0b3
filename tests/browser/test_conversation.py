"""The page with the real bot: a command, the list, the decision, the details, and who sees what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.helpers.workspace import names

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import Visit
    from tests.helpers.workspace import Workspace

COMMAND = '"Data Engineer" limit:3'


def ask(page: Page, rest: str = COMMAND, command: str = "/profiles") -> Locator:
    """Type a command and return the message that comes of it."""
    before = page.locator(".message").count()
    page.locator("#composer-text").fill(f"{command} {rest}")
    page.keyboard.press("Enter")
    expect(page.locator(".message")).to_have_count(before + 1)
    return page.locator(".message").last


def test_a_command_is_completed_from_its_first_letters_and_shows_its_hint(visit: Visit, shortlist: Workspace) -> None:
    page = visit(shortlist, place="C_HIRING")
    page.keyboard.type("/pr")

    expect(page.get_by_role("option")).to_have_text(re.compile("/profiles.*Rank profiles"))

    page.keyboard.press("Enter")

    expect(page.locator("#composer-text")).to_have_value("/profiles ")
    expect(page.locator("#composer-hint")).to_contain_text("skills:python,sql")
    expect(page.get_by_role("option")).to_have_count(0)


def test_the_list_shows_the_names_in_the_order_of_the_message_and_only_to_who_asked(
    visit: Visit, shortlist: Workspace
) -> None:
    page = visit(shortlist, place="C_HIRING")
    message = ask(page)
    expected = names(shortlist.messages()[-1])

    expect(message).to_contain_text("Only visible to you")
    expect(message.locator(".app-badge")).to_have_text("APP")
    shown = [text.split(" · ")[0] for text in message.locator(".section strong:first-child").all_inner_texts()]
    assert [name.split(". ", 1)[1] for name in shown] == expected


def test_yes_changes_the_card_in_place_and_undo_brings_it_back(visit: Visit, shortlist: Workspace) -> None:
    page = visit(shortlist, place="C_HIRING")
    message = ask(page)
    yes = message.get_by_role("button", name=re.compile("^Yes: 1 of 3"))
    yes.click()

    expect(message.locator(".context", has_text="by @Ann")).to_contain_text("Yes")
    expect(yes).to_have_count(0)
    expect(page.locator(".message .message-warning")).to_have_count(0)

    message.get_by_role("button", name=re.compile("^Undo: 1 of 3")).click()

    expect(message.get_by_role("button", name=re.compile("^Yes: 1 of 3"))).to_be_visible()


def test_a_redraw_leaves_the_focus_on_the_card_that_was_pressed(visit: Visit, shortlist: Workspace) -> None:
    page = visit(shortlist, place="C_HIRING")
    message = ask(page, '"Data Engineer" limit:3 page:2')
    message.get_by_role("button", name=re.compile("^Later: 2 of 3")).focus()
    page.keyboard.press("Enter")

    undo = message.get_by_role("button", name=re.compile("^Undo: 2 of 3"))
    expect(undo).to_be_focused()
    page.keyboard.press("Enter")
    expect(undo).to_have_count(0)


def test_details_open_a_modal_that_escape_closes_and_focus_goes_back(visit: Visit, shortlist: Workspace) -> None:
    page = visit(shortlist, place="C_HIRING")
    details = ask(page).get_by_role("button", name=re.compile("^Details: 1 of 3"))
    details.click()
    modal = page.get_by_role("dialog")

    expect(modal).to_contain_text("Stage for this job")

    page.keyboard.press("Escape")

    expect(modal).to_have_count(0)
    expect(details).to_be_focused()
    assert shortlist.views() == []


def test_another_person_in_the_same_channel_does_not_see_what_was_private(visit: Visit, shortlist: Workspace) -> None:
    page = visit(shortlist, place="C_DATA")
    message = ask(page)
    ts = message.get_attribute("data-ts")
    page.get_by_role("radio", name=re.compile("^Bob")).click()

    expect(page).to_have_url(re.compile(r"#/U_BOB/C_DATA$"))
    expect(page.get_by_role("radio", name=re.compile("^Bob"))).to_have_attribute("aria-checked", "true")
    expect(page.locator("#message-list")).to_have_attribute("aria-busy", "false")
    expect(page.locator(f'[data-ts="{ts}"]')).to_have_count(0)

    page.get_by_role("radio", name=re.compile("^Ann")).click()

    expect(page.locator(f'[data-ts="{ts}"]')).to_be_visible()


def test_a_guest_is_kept_to_the_channels_of_a_guest(visit: Visit, shortlist: Workspace) -> None:
    page = visit(shortlist, place="C_HIRING")
    page.get_by_role("radio", name=re.compile("^Eve")).click()

    expect(page.locator("#header h1")).to_have_text("data")
    expect(page.locator(".place-name")).to_have_text(["data", "Shortlist", "Shortlist Home"])


def test_a_choice_of_jobs_is_answered_by_pressing_one(visit: Visit, shortlist: Workspace) -> None:
    page = visit(shortlist, place="C_HIRING")
    message = ask(page, "engineer")
    message.get_by_role("button", name=re.compile("^Choose Data Engineer")).click()

    expect(page.locator(".message").last.locator(".block-header")).to_have_text(re.compile("Top profiles for"))


def test_a_long_list_has_menus_that_the_arrow_keys_go_through(visit: Visit, shortlist: Workspace) -> None:
    page = visit(shortlist, place="C_HIRING")
    message = ask(page, '"Data Engineer" limit:30 page:3')
    message.get_by_role("button", name="More actions").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem")).to_have_text(["Yes", "Later", "No", "Details"])
    page.keyboard.press("ArrowUp")

    expect(page.get_by_role("menuitem", name="Details")).to_be_focused()

    page.keyboard.press("Enter")

    expect(page.get_by_role("dialog")).to_contain_text("Stage for this job")


def test_a_click_elsewhere_is_seen_without_a_reload(visit: Visit, shortlist: Workspace) -> None:
    page = visit(shortlist, place="C_HIRING")
    message = ask(page, '"Data Engineer" limit:2 page:4')
    seen = shortlist.messages()[-1]
    shortlist.press(seen, "stage.no")

    expect(message.locator(".context", has_text="by @Ann")).to_contain_text("No")


def test_text_that_is_no_command_stays_in_the_field_with_a_reason(visit: Visit, shortlist: Workspace) -> None:
    page = visit(shortlist, place="C_HIRING")
    page.keyboard.type("hello there")
    page.keyboard.press("Enter")

    expect(page.locator("#composer-hint")).to_contain_text("only commands")
    expect(page.locator("#composer-text")).to_have_value("hello there")


def test_an_unknown_command_is_named(visit: Visit, shortlist: Workspace) -> None:
    page = visit(shortlist, place="C_HIRING")
    page.keyboard.type("/dance now")
    page.keyboard.press("Enter")

    expect(page.locator("#composer-hint")).to_contain_text("/dance is not a command")


def test_up_recalls_what_was_sent_and_down_goes_forward_again(visit: Visit, shortlist: Workspace) -> None:
    page = visit(shortlist, place="C_HIRING")
    ask(page, "help")
    ask(page, "help", command="/jobs")
    field = page.locator("#composer-text")
    for key, value in (("ArrowUp", "/jobs help"), ("ArrowUp", "/profiles help"), ("ArrowDown", "/jobs help")):
        field.press(key)
        expect(field).to_have_value(value)


def test_shift_enter_is_a_new_line(visit: Visit, shortlist: Workspace) -> None:
    page = visit(shortlist, place="C_HIRING")
    page.keyboard.type("/jobs a")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("b")

    expect(page.locator("#composer-text")).to_have_value("/jobs a\nb")

"""What an app offers beside messages: its Home tab, shortcuts, and commands as Slack's clients send them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.kit import actions, button, section

if TYPE_CHECKING:
    from tests.browser.conftest import Visit
    from tests.browser.kit import Parrot

# The first command escapes by its manifest, the second does not.
SENT = [
    ("/parrot C&A <b> @bob #hiring", "C&amp;A &lt;b&gt; <@U_BOB|bob> <#C_HIRING|hiring>"),
    ("/parrot polly@example.com", "<mailto:polly@example.com|polly@example.com>"),
    ("/parrot https://example.com/a?b=1&c=2", "<https://example.com/a?b=1&amp;c=2>"),
    ("/parade @bob & <b>", "@bob & <b>"),
]


def test_the_home_tab_is_drawn_and_pressed(visit: Visit, parrot: Parrot) -> None:
    parrot.api(
        "views.publish", user_id="U_ANN", view={"type": "home", "blocks": [section("At home"), actions(button("Ring"))]}
    )
    page = visit(parrot.workspace, place="home")
    expect(page.locator("#home")).to_contain_text("At home")
    assert parrot.last("event_callback")["event"]["type"] == "app_home_opened"
    page.get_by_role("button", name="Ring", exact=True).click()

    assert parrot.last("block_actions")["view"]["type"] == "home"


def test_shortcuts_of_the_app_are_offered_on_a_message_and_beside_the_field(visit: Visit, parrot: Parrot) -> None:
    ts = parrot.say("repeat me")
    page = visit(parrot.workspace)
    page.locator(f'[data-ts="{ts}"]').hover()
    page.locator(f'[data-ts="{ts}"]').get_by_role("button", name="Message shortcuts").click()
    page.get_by_role("menuitem", name="Repeat this").click()
    assert parrot.last("message_action")["message"]["text"] == "repeat me"

    page.get_by_role("button", name="Shortcuts", exact=True).click()
    page.get_by_role("menuitem", name="New cage").click()
    assert parrot.last("shortcut")["callback_id"] == "cage"


def test_a_command_goes_out_as_slacks_clients_send_it(visit: Visit, parrot: Parrot) -> None:
    page = visit(parrot.workspace)
    field_ = page.locator("#composer-text")
    for typed, sent in SENT:
        field_.fill(typed)
        page.keyboard.press("Escape")
        page.keyboard.press("Enter")

        assert parrot.last(typed.split()[0])["text"] == sent
        parrot.received.clear()

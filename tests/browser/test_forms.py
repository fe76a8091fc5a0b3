"""Modals, fields, selects and confirm dialogs, with a scripted app behind them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from tests.browser.kit import Json, actions, button, field, modal, mrkdwn, option, plain, section

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import Visit
    from tests.browser.kit import Parrot


def open_modal(page: Page, parrot: Parrot, view: Json) -> Locator:
    """Let a command open that modal."""
    parrot.answers["/parrot"] = parrot.opening(view)
    page.locator("#composer-text").fill("/parrot form")
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog")
    expect(box).to_be_visible()
    return box


def test_an_error_stands_beside_its_field_until_the_form_is_right(visit: Visit, parrot: Parrot) -> None:
    page = visit(parrot.workspace)
    box = open_modal(page, parrot, modal("Cage", field("Name", block_id="name"), field("Colour", block_id="colour")))
    parrot.answers["view_submission"] = lambda _payload: {
        "response_action": "errors",
        "errors": {"colour": "No such colour"},
    }
    box.get_by_label("Name").fill("Polly")
    box.get_by_label("Colour").fill("plaid")
    box.get_by_role("button", name="Save").click()

    expect(box.locator('[data-block="colour"] .input-error')).to_have_text("No such colour")
    expect(box.get_by_label("Colour")).to_have_attribute("aria-invalid", "true")
    expect(box.get_by_label("Colour")).to_be_focused()
    expect(box.get_by_label("Name")).to_have_value("Polly")

    parrot.answers.clear()
    box.get_by_label("Colour").fill("green")
    box.get_by_role("button", name="Save").click()

    expect(box).to_have_count(0)
    values = parrot.last("view_submission")["view"]["state"]["values"]
    assert [values[block]["a"]["value"] for block in ("name", "colour")] == ["Polly", "green"]


WRONG: list[tuple[Json, str, str]] = [
    ({"type": "plain_text_input"}, "", "This field is required"),
    ({"type": "plain_text_input", "min_length": 5}, "abc", "At least 5 characters"),
    ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "Enter a whole number"),
    ({"type": "number_input", "is_decimal_allowed": True, "max_value": "10"}, "10.5", "At most 10"),
    ({"type": "email_text_input"}, "polly", "Enter a valid e-mail address"),
    ({"type": "url_text_input"}, "javascript:alert(1)", "Enter a valid address"),
]


def test_a_field_that_is_plainly_wrong_is_held_back(visit: Visit, parrot: Parrot) -> None:
    page = visit(parrot.workspace)
    fields = [
        field(f"Thing {number}", {**element, "action_id": "a"}, block_id=str(number))
        for number, (element, _, _) in enumerate(WRONG)
    ]
    box = open_modal(page, parrot, modal("Cage", *fields))
    for number, (_, typed, _) in enumerate(WRONG):
        box.get_by_label(f"Thing {number}").fill(typed)
    box.get_by_role("button", name="Save").click()

    expect(box.locator(".input-error")).to_contain_text([problem for _, _, problem in WRONG])
    assert [payload for payload in parrot.received if payload.get("type") == "view_submission"] == []


def test_modals_stack_and_back_returns_to_what_was_typed(visit: Visit, parrot: Parrot) -> None:
    page = visit(parrot.workspace)
    box = open_modal(page, parrot, modal("First", field("Name"), actions(button("Deeper"))))
    second = {**modal("Second", section("below")), "submit": None}

    def push(payload: Json) -> None:
        parrot.api("views.push", trigger_id=payload["trigger_id"], view=second)

    parrot.answers["block_actions"] = push
    box.get_by_label("Name").fill("Polly")
    box.get_by_role("button", name="Deeper").click()
    expect(box.get_by_role("heading", name="Second")).to_be_visible()
    box.get_by_role("button", name="Back").click()

    expect(box.get_by_role("heading", name="First")).to_be_visible()
    expect(box.get_by_label("Name")).to_have_value("Polly")
    assert parrot.last("block_actions")["view"]["state"]["values"]["b"]["a"]["value"] == "Polly"


def test_the_cross_closes_the_whole_stack(visit: Visit, parrot: Parrot) -> None:
    page = visit(parrot.workspace)
    box = open_modal(page, parrot, modal("First", field("Name", optional=True)))
    parrot.answers["view_submission"] = lambda _payload: {
        "response_action": "push",
        "view": modal("Second", section("below")),
    }
    box.get_by_role("button", name="Save").click()
    expect(box.get_by_role("heading", name="Second")).to_be_visible()
    box.get_by_role("button", name="Close", exact=True).click()

    expect(box).to_have_count(0)
    assert parrot.workspace.views() == []


def test_a_loading_view_is_filled_and_keeps_what_was_typed_in_fields_that_stay(visit: Visit, parrot: Parrot) -> None:
    page = visit(parrot.workspace)
    box = open_modal(page, parrot, modal("Loading", section("One moment"), field("Name")))
    box.get_by_label("Name").press_sequentially("Pol")
    view_id = parrot.workspace.views()[-1]["id"]
    parrot.api("views.update", view_id=view_id, view=modal("Ready", section("Here it is"), field("Full name")))
    expect(box).to_contain_text("Here it is")
    page.keyboard.type("ly")

    expect(box.get_by_label("Full name")).to_have_value("Polly")


def test_a_submission_that_nobody_answers_is_shown_as_trouble_and_can_be_repeated(visit: Visit, parrot: Parrot) -> None:
    page = visit(parrot.workspace)
    box = open_modal(page, parrot, modal("Cage", field("Name")))
    box.get_by_label("Name").fill("Polly")
    parrot.status = 500
    box.get_by_role("button", name="Save").click()
    expect(box.locator(".message-warning")).to_contain_text("dispatch_failed")
    parrot.status = 200
    box.get_by_role("button", name="Save").click()

    expect(box).to_have_count(0)


def test_the_keyboard_stays_in_the_modal(visit: Visit, parrot: Parrot) -> None:
    page = visit(parrot.workspace)
    open_modal(page, parrot, modal("Cage", field("Name"), field("Colour", block_id="c")))
    for _ in range(8):
        page.keyboard.press("Tab")
        where = page.evaluate(
            "document.activeElement.closest('dialog') !== null || document.activeElement === document.body"
        )
        assert where is True


def test_a_confirm_dialog_asks_first_and_escape_is_no(visit: Visit, parrot: Parrot) -> None:
    confirm = {"title": plain("Sure?"), "text": mrkdwn("For *good*"), "confirm": plain("Do it"), "deny": plain("Stop")}
    ts = parrot.say("", actions(button("Remove", style="danger", confirm=confirm)))
    page = visit(parrot.workspace)
    remove = page.locator(f'[data-ts="{ts}"]').get_by_role("button", name="Remove")
    remove.click()
    expect(page.get_by_role("dialog", name="Sure?")).to_contain_text("For good")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(remove).to_be_focused()
    assert parrot.received == []
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Do it").click()

    assert parrot.last("block_actions")["actions"][0]["action_id"] == "go"


def choose(page: Page, ts: str, name: str, typed: str, picked: str) -> None:
    page.locator(f'[data-ts="{ts}"]').get_by_role("combobox", name=name).click()
    page.keyboard.type(typed)
    page.get_by_role("option", name=re.compile(picked)).click()


def test_selects_send_what_was_chosen(visit: Visit, parrot: Parrot) -> None:
    colours = [option("Red"), option("Green"), option("Blue")]
    ts = parrot.say(
        "",
        actions(
            {"type": "static_select", "action_id": "colour", "placeholder": plain("Colour"), "options": colours},
            {"type": "users_select", "action_id": "person", "placeholder": plain("Person")},
            {"type": "channels_select", "action_id": "channel", "placeholder": plain("Channel")},
            {"type": "conversations_select", "action_id": "talk", "placeholder": plain("Talk")},
            {"type": "multi_static_select", "action_id": "many", "placeholder": plain("Many"), "options": colours},
        ),
    )
    page = visit(parrot.workspace)
    for name, typed, picked, action_id, chosen in (
        ("Colour", "gre", "Green", "colour", {"selected_option": option("Green")}),
        ("Person", "bo", "Bob", "person", {"selected_user": "U_BOB"}),
        ("Channel", "hir", "hiring", "channel", {"selected_channel": "C_HIRING"}),
        ("Talk", "priv", "private", "talk", {"selected_conversation": "C_PRIVATE"}),
        ("Many", "blu", "Blue", "many", {"selected_options": [option("Blue")]}),
    ):
        choose(page, ts, name, typed, picked)

        def sent(action_id: str = action_id) -> Json | None:
            told = [payload["actions"][0] for payload in parrot.received if payload["type"] == "block_actions"]
            return next((action for action in told if action["action_id"] == action_id), None)

        assert parrot.workspace.until(sent).items() >= chosen.items()


def test_type_ahead_asks_the_app_and_shows_what_it_offers(visit: Visit, parrot: Parrot) -> None:
    parrot.answers["block_suggestion"] = lambda payload: {
        "option_groups": [{"label": plain("Birds"), "options": [option(f"{payload['value']}eet")]}]
    }
    search = {"type": "external_select", "action_id": "bird", "placeholder": plain("Bird"), "min_query_length": 2}
    ts = parrot.say("", section("Which?", accessory=search))
    page = visit(parrot.workspace)
    box = page.locator(f'[data-ts="{ts}"]').get_by_role("combobox", name="Bird")
    box.click()
    expect(page.get_by_role("listbox")).to_contain_text("Type at least 2 characters")
    page.keyboard.type("parak")
    expect(page.get_by_role("group", name="Birds")).to_contain_text("parakeet")
    page.keyboard.press("Enter")

    expect(box).to_have_value("parakeet")
    assert parrot.last("block_actions")["actions"][0]["selected_option"]["value"] == "parakeet"


def test_several_are_chosen_shown_as_chips_and_removed_again(visit: Visit, parrot: Parrot) -> None:
    colours = [option(name) for name in ("Red", "Green", "Blue")]
    many = {"type": "multi_static_select", "action_id": "a", "options": colours, "max_selected_items": 2}
    page = visit(parrot.workspace)
    box = open_modal(page, parrot, modal("Cage", field("Colours", many)))
    box.get_by_label("Colours").click()
    for name in ("Red", "Blue", "Green"):
        page.get_by_role("option", name=name).click()
    expect(page.get_by_role("listbox")).to_contain_text("At most 2")
    page.keyboard.press("Escape")
    box.get_by_role("button", name="Remove Red").click()
    expect(box.locator(".chip")).to_have_text(["Blue"])
    box.get_by_role("button", name="Save").click()

    chosen = parrot.last("view_submission")["view"]["state"]["values"]["b"]["a"]["selected_options"]
    assert [each["value"] for each in chosen] == ["blue"]


def test_dates_times_checkboxes_and_radio_buttons_arrive_as_chosen(visit: Visit, parrot: Parrot) -> None:
    elements: list[tuple[str, Json]] = [
        ("Day", {"type": "datepicker"}),
        ("Hour", {"type": "timepicker"}),
        ("Boxes", {"type": "checkboxes", "options": [option("One"), option("Two")]}),
        ("Radio", {"type": "radio_buttons", "options": [option("This"), option("That")]}),
        ("Lines", {"type": "plain_text_input", "multiline": True}),
    ]
    blocks = [field(label, {**element, "action_id": "a"}, block_id=label) for label, element in elements]
    page = visit(parrot.workspace)
    box = open_modal(page, parrot, modal("Cage", *blocks))
    box.get_by_label("Day").fill("2026-12-24")
    box.get_by_label("Hour").fill("18:30")
    box.get_by_label("Two").check()
    box.get_by_label("That").check()
    box.get_by_label("Lines").fill("a\nb")
    box.get_by_role("button", name="Save").click()
    expect(box).to_have_count(0)

    values: Any = parrot.last("view_submission")["view"]["state"]["values"]
    assert values["Day"]["a"]["selected_date"] == "2026-12-24"
    assert values["Hour"]["a"]["selected_time"] == "18:30"
    assert [each["value"] for each in values["Boxes"]["a"]["selected_options"]] == ["two"]
    assert values["Radio"]["a"]["selected_option"]["value"] == "that"
    assert values["Lines"]["a"]["value"] == "a\nb"

"""What the page draws: mrkdwn, blocks, marks of messages, threads, unread counts, times."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.kit import Json, actions, button, mrkdwn, plain, section

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.conftest import Visit
    from tests.browser.kit import Parrot


def drawn(visit: Visit, parrot: Parrot, text: str = "", *blocks: Json, timezone: str = "Europe/Paris") -> Locator:
    """Post a message and return it as the page draws it."""
    ts = parrot.say(text, *blocks)
    return visit(parrot.workspace, timezone_id=timezone).locator(f'[data-ts="{ts}"]')


def test_formatting_of_mrkdwn_is_drawn_as_elements(visit: Visit, parrot: Parrot) -> None:
    message = drawn(
        visit, parrot, "*bold* _italic_ ~gone~ `code` a*b*c snake_case_name *_both_*\n```\nblock\n```\n> said"
    )

    expect(message.locator("strong")).to_have_text(["bold", "both"])
    expect(message.locator("em")).to_have_text(["italic", "both"])
    expect(message.locator("s")).to_have_text("gone")
    expect(message.locator("code.code")).to_have_text("code")
    expect(message.locator("pre")).to_have_text("block")
    expect(message.locator("blockquote")).to_have_text("said")
    expect(message).to_contain_text("a*b*c snake_case_name")


def test_mentions_show_names_and_mark_the_reader(visit: Visit, parrot: Parrot) -> None:
    message = drawn(
        visit, parrot, "<@U_ANN> <@U_BOB> <@U_NOBODY|somebody> <#C_HIRING> <#C_NONE> <!here> <!subteam^S1|@team>"
    )

    expect(message.locator(".mention")).to_have_text(
        ["@Ann", "@Bob", "@somebody", "#hiring", "#private-channel", "@here", "@team"]
    )
    expect(message.locator(".mention-me")).to_have_text(["@Ann", "@here"])
    message.get_by_role("button", name="#hiring").click()
    expect(message.page.locator("#header h1")).to_have_text("hiring")


def test_entities_are_decoded_once_and_stay_text(visit: Visit, parrot: Parrot) -> None:
    message = drawn(visit, parrot, "&lt;b&gt; &amp;lt; &amp;amp; &quot; &lt;@U_ANN&gt; &lt;!channel&gt;")

    expect(message.locator(".paragraph")).to_have_text("<b> &lt; &amp; &quot; <@U_ANN> <!channel>")
    expect(message.locator(".mention")).to_have_count(0)


def test_emoji_shortcodes_become_emoji_where_they_are_known(visit: Visit, parrot: Parrot) -> None:
    message = drawn(visit, parrot, ":tada: :no_such_thing: 10:30:45")

    expect(message.locator(".paragraph")).to_have_text("🎉 :no_such_thing: 10:30:45")


@pytest.mark.parametrize(
    ("timezone", "expected"),
    [
        ("Europe/Paris", "2014-02-18 Feb 18, 2014 February 18th, 2014 Tuesday, February 18th, 2014 3:39 PM 3:39:42 PM"),
        ("Asia/Tokyo", "2014-02-18 Feb 18, 2014 February 18th, 2014 Tuesday, February 18th, 2014 11:39 PM 11:39:42 PM"),
        (
            "Pacific/Auckland",
            "2014-02-19 Feb 19, 2014 February 19th, 2014 Wednesday, February 19th, 2014 3:39 AM 3:39:42 AM",
        ),
    ],
)
def test_dates_are_drawn_in_the_readers_zone(visit: Visit, parrot: Parrot, timezone: str, expected: str) -> None:
    tokens = "{date_num} {date_short} {date} {date_long} {time} {time_secs}"
    message = drawn(
        visit, parrot, f"<!date^1392734382^{tokens}|fallback> <!date^oops^{{date}}|no date>", timezone=timezone
    )

    # Newer Chromium puts a narrow space before AM and PM.
    shown = re.sub(r"\s", " ", message.locator(".paragraph").inner_text())
    assert shown == f"{expected} no date"


def test_every_kind_of_block_shows_its_words(visit: Visit, parrot: Parrot) -> None:
    rich = {"type": "rich_text_section", "elements": [{"type": "text", "text": "rich words", "style": {"bold": True}}]}
    blocks: list[tuple[Json, str]] = [
        ({"type": "header", "text": plain("a header")}, "a header"),
        ({"type": "section", "fields": [mrkdwn("*one*"), plain("two")]}, "one two"),
        ({"type": "context", "elements": [mrkdwn("small print")]}, "small print"),
        (
            {"type": "image", "image_url": "https://example.com/x.png", "alt_text": "a parrot", "title": plain("Bird")},
            "Bird a parrot",
        ),
        ({"type": "rich_text", "elements": [rich]}, "rich words"),
        ({"type": "markdown", "text": "## Title\n- **item**\n\n[site](https://example.com)"}, "Title item site"),
        ({"type": "card", "title": plain("card"), "body": mrkdwn("body")}, "card body"),
        ({"type": "carousel", "elements": [{"type": "card", "title": plain("first")}]}, "first"),
        ({"type": "container", "title": plain("box"), "child_blocks": [section("within")]}, "box within"),
        (
            {"type": "table", "rows": [[{"type": "raw_text", "text": "head"}], [{"type": "raw_number", "value": 7}]]},
            "head 7",
        ),
        (
            {"type": "plan", "title": "plan", "tasks": [{"task_id": "1", "title": "task", "status": "complete"}]},
            "plan task Complete",
        ),
    ]
    message = drawn(visit, parrot, "", *(block for block, _ in blocks))
    expect(message.locator(".message-main > .blocks > .block")).to_have_count(len(blocks))

    shown = [" ".join(text.split()) for text in message.locator(".message-main > .blocks > .block").all_inner_texts()]
    assert shown == [words for _, words in blocks]


def test_an_image_from_outside_is_shown_by_its_words_and_never_loaded(visit: Visit, parrot: Parrot) -> None:
    message = drawn(
        visit, parrot, "", {"type": "image", "image_url": "https://example.com/x.png", "alt_text": "a parrot"}
    )

    expect(message.get_by_role("img", name="a parrot")).to_be_visible()
    expect(message.locator("img")).to_have_count(0)


def test_links_open_elsewhere_without_telling_where_they_come_from(visit: Visit, parrot: Parrot) -> None:
    message = drawn(visit, parrot, "<https://example.com/a|label> https://example.com/b. <mailto:a@example.com|mail>")
    links = message.get_by_role("link")

    expect(links).to_have_text(["label", "https://example.com/b", "mail"])
    for link in links.all():
        assert link.get_attribute("rel") == "noopener noreferrer"
        assert link.get_attribute("target") == "_blank"


def test_a_button_is_named_by_its_accessibility_label_and_hidden_from_others(visit: Visit, parrot: Parrot) -> None:
    ts = parrot.say(
        "", actions(button("Go", accessibility_label="Go: 1 of 3"), button("Mine", "m", visible_to_user_ids=["U_BOB"]))
    )
    page = visit(parrot.workspace)
    message = page.locator(f'[data-ts="{ts}"]')

    expect(message.get_by_role("button", name="Go: 1 of 3")).to_have_text("Go")
    expect(message.get_by_role("button", name="Mine")).to_have_count(0)


def test_an_edit_is_shown_in_place_with_its_mark(visit: Visit, parrot: Parrot) -> None:
    message = drawn(visit, parrot, "before")
    expect(message).to_contain_text("before")
    parrot.api("chat.update", channel="C_DATA", ts=message.get_attribute("data-ts"), text="after")

    expect(message.locator(".paragraph")).to_have_text("after (edited)")


def test_a_deleted_message_is_gone_without_a_reload(visit: Visit, parrot: Parrot) -> None:
    message = drawn(visit, parrot, "for a moment")
    expect(message).to_be_visible()
    parrot.api("chat.delete", channel="C_DATA", ts=message.get_attribute("data-ts"))

    expect(message).to_have_count(0)


def test_a_press_that_nobody_acknowledges_leaves_a_warning_until_one_is(visit: Visit, parrot: Parrot) -> None:
    message = drawn(visit, parrot, "", actions(button("Go")))
    parrot.status = 500
    message.get_by_role("button", name="Go").click()
    expect(message.get_by_role("alert")).to_contain_text("dispatch_failed")
    parrot.status = 200
    message.get_by_role("button", name="Go").click()

    expect(message.get_by_role("alert")).to_have_count(0)


def test_a_button_is_busy_until_the_app_has_answered(visit: Visit, parrot: Parrot) -> None:
    message = drawn(visit, parrot, "", actions(button("Go")))
    answered = threading.Event()

    def hold(_payload: Json) -> None:
        assert answered.wait(2.5)

    parrot.answers["block_actions"] = hold
    go = message.get_by_role("button", name="Go")
    go.click()
    expect(go).to_have_attribute("aria-busy", "true")
    answered.set()

    expect(go).not_to_have_attribute("aria-busy", "true")


def test_a_thread_is_counted_at_its_root_and_opened_beside(visit: Visit, parrot: Parrot) -> None:
    root = drawn(visit, parrot, "the root")
    ts = root.get_attribute("data-ts")
    parrot.say("first reply", thread_ts=ts)
    parrot.say("second reply", thread_ts=ts)
    page = root.page
    expect(page.locator("#message-list")).not_to_contain_text("first reply")
    root.get_by_role("button", name=re.compile("2 replies")).click()
    thread = page.get_by_role("complementary", name="Thread")

    expect(thread.locator(".message")).to_contain_text(["the root", "first reply", "second reply"])
    parrot.say("third reply", thread_ts=ts)
    expect(thread.locator(".message")).to_have_count(4)
    page.keyboard.press("Escape")
    expect(thread).to_have_count(0)
    expect(root.get_by_role("button", name=re.compile("3 replies"))).to_be_focused()


def test_what_arrives_elsewhere_is_counted_until_it_is_read_for_each_person(visit: Visit, parrot: Parrot) -> None:
    page = visit(parrot.workspace, place="C_HIRING")
    channel = page.locator('[data-place="C_PARTNER"]')
    channel.click()
    page.locator('[data-place="C_HIRING"]').click()
    parrot.say("one", channel="C_PARTNER")
    parrot.say("two", channel="C_PARTNER")
    expect(channel.locator(".badge")).to_have_text("2 unread")
    expect(page).to_have_title(re.compile(r"^\(\d+\)"))
    channel.click()
    expect(page.locator(".new-line")).to_have_count(1)
    page.locator('[data-place="C_HIRING"]').click()
    expect(channel.locator(".badge")).to_have_count(0)
    page.get_by_role("radio", name=re.compile("^Bob")).click()

    expect(channel.locator(".badge")).to_contain_text("unread")


def test_a_new_message_is_said_to_screen_readers_by_its_text(visit: Visit, parrot: Parrot) -> None:
    page = visit(parrot.workspace)
    parrot.say("*Three* profiles for <@U_BOB>", section("drawn"))

    expect(page.locator("#announcer")).to_have_text("Parrot: Three profiles for @Bob")


def test_the_focus_waits_on_the_card_while_its_press_is_being_worked_on(visit: Visit, parrot: Parrot) -> None:
    """While it is, the other button there holds the focus, and the first one that comes in its place takes it."""
    details = button("Details", "details")

    def card(*row: Json) -> list[Json]:
        return [section("Ann"), actions(*row), section("Bea"), actions(button("Later", "later"), details)]

    ts = parrot.say("cards", *card(button("Later", "later"), details))
    page = visit(parrot.workspace)
    row = page.locator(f'[data-ts="{ts}"] .actions').first
    row.get_by_role("button", name="Later").focus()

    def redraw(*buttons: Json) -> None:
        parrot.api("chat.update", channel="C_DATA", ts=ts, text="cards", blocks=card(*buttons))

    redraw(details)
    expect(row.get_by_role("button", name="Details")).to_be_focused()
    redraw(button("Undo", "undo"), details)
    expect(row.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Tab")
    redraw(button("Yes", "yes"), details)
    expect(row.get_by_role("button", name="Yes")).to_be_visible()
    expect(row.get_by_role("button", name="Details")).to_be_focused()

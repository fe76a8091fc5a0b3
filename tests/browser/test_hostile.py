"""Text that wants to be more than text, in every field that the page draws, comes out as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from bot.sandbox import page as served
from tests.browser.kit import Json, actions, button, field, modal, mrkdwn, option, plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Visit
    from tests.browser.kit import Parrot

PAYLOADS = {
    "script": "<script>window.hit=1</script>",
    "handler": "<img src=x onerror=window.hit=1><svg onload=window.hit=1>",
    "frame": "\"><iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
    "style": "<style>*{display:none}</style><link rel=stylesheet href=//example.com/x.css>",
    "address": "<javascript:window.hit=1|press me> [press](javascript:window.hit=1)",
    "data": "<data:text/html,<script>window.hit=1</script>|press>",
    "mention": "&lt;!channel&gt; &amp;lt;@U_ANN&amp;gt;",
    "direction": "\u202eevil\u202c \u2066mixed\u2069 \u200f",
    "template": "{{constructor.constructor('window.hit=1')()}} ${window.hit=1}",
    "prototype": "__proto__ constructor toString",
    "entities": "&#60;script&#62;window.hit=1&#60;/script&#62; &lt;script&gt;window.hit=1&lt;/script&gt;",
    "closing": "</textarea></title></script><script>window.hit=1</script>",
}


def everywhere(words: str) -> list[Json]:
    """Blocks of a message with those words in every field that takes words."""
    cut = words[:70]
    choice = {"text": plain(cut), "value": cut, "description": plain(cut)}
    pressed = button(cut, cut, value=words[:900], accessibility_label=cut)
    leaf = {"type": "text", "text": words[:900]}
    confirm = {"title": plain(cut), "text": mrkdwn(words[:290]), "confirm": plain(cut[:29]), "deny": plain(cut[:29])}
    image = {"type": "image", "image_url": f"javascript:{cut}", "alt_text": words[:900]}
    listed = [{"type": "rich_text_section", "elements": [leaf]}]
    rich: Json = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [leaf, {"type": "link", "url": "javascript:window.hit=1", "text": cut}],
            },
            {
                "type": "rich_text_section",
                "elements": [{"type": "emoji", "name": cut}, {"type": "user", "user_id": cut}],
            },
            {
                "type": "rich_text_section",
                "elements": [{"type": "channel", "channel_id": cut}, {"type": "broadcast", "range": cut}],
            },
            {"type": "rich_text_section", "elements": [{"type": cut}, {"type": "color", "value": cut}]},
            {"type": "rich_text_list", "style": cut, "elements": listed},
            {"type": "rich_text_preformatted", "elements": [leaf]},
        ],
    }
    card = {
        "type": "card",
        "title": mrkdwn(cut),
        "subtitle": plain(cut),
        "body": mrkdwn(words[:190]),
        "actions": [button(cut, "k")],
    }
    return [
        {"type": "header", "text": plain(words[:140])},
        {"type": "section", "text": mrkdwn(words[:2900]), "accessory": {**pressed, "url": "javascript:window.hit=1"}},
        {"type": "section", "fields": [mrkdwn(words[:900]), plain(words[:900])]},
        {"type": "section", "text": plain(cut), "accessory": image},
        {"type": "context", "elements": [image, mrkdwn(cut), plain(cut)]},
        actions(
            {**pressed, "confirm": confirm, "url": "javascript:window.hit=1"},
            {"type": "overflow", "action_id": "o", "options": [{**choice, "url": "javascript:window.hit=1"}]},
            {"type": "static_select", "action_id": "s", "placeholder": plain(cut), "options": [choice]},
            {"type": "checkboxes", "action_id": "c", "options": [{**choice, "text": mrkdwn(cut)}]},
            {"type": "radio_buttons", "action_id": "r", "options": [choice]},
        ),
        {**image, "title": plain(words[:900])},
        rich,
        card,
        {"type": "carousel", "elements": [{**card, "actions": [button(cut, "l")]}]},
        {
            "type": "container",
            "title": plain(cut),
            "subtitle": mrkdwn(cut),
            "child_blocks": [{"type": "section", "text": plain(cut)}],
        },
        {"type": "markdown", "text": f"# {words[:900]}\n\n{words[:900]}\n- {words[:900]}\n\n|{cut}|\n|---|\n|{cut}|\n"},
        {
            "type": "table",
            "rows": [[{"type": "raw_text", "text": cut}], [{"type": "rich_text", "elements": rich["elements"]}]],
        },
        {
            "type": "plan",
            "title": cut,
            "tasks": [{"task_id": "1", "title": cut, "status": "complete", "details": rich}],
        },
        {
            "type": "video",
            "title": plain(cut),
            "alt_text": cut,
            "video_url": "javascript:window.hit=1",
            "thumbnail_url": cut,
        },
    ]


# What must not be there, by a name for the message of a failed test; each gives a list.
HARM = {
    "ran": "window.hit === undefined ? [] : [window.hit]",
    "elements": "[...document.querySelectorAll('script:not([src]), iframe, object, embed, style, base, form[action]')]",
    "handlers": (
        "[...document.querySelectorAll('*')].flatMap(node => [...node.attributes])"
        ".filter(attribute => /^on/i.test(attribute.name))"
    ),
    "styles": (
        "[...document.querySelectorAll('[style]')].filter(node => /url|expression/.test(node.getAttribute('style')))"
    ),
    "addresses": (
        "[...document.querySelectorAll('[href], [src]')].map(node => node.href || node.src)"
        ".filter(address => !/^(https?|mailto):/.test(address))"
    ),
}


def harm(page: Page) -> Json:
    """What has become of payloads besides text: elements, handlers, addresses, or something that has run."""
    found = {name: page.evaluate(f"({what}).map(String)") for name, what in HARM.items()}
    return {name: what for name, what in found.items() if what}


def test_a_hostile_payload_in_every_field_of_a_message_stays_text(visit: Visit, parrot: Parrot) -> None:
    page = visit(parrot.workspace)
    for name, words in PAYLOADS.items():
        blocks = everywhere(words)
        tables = [block for block in blocks if block["type"] in {"table", "markdown"}]
        ts = parrot.say(words, *(block for block in blocks if block not in tables))
        attached = {"title": words, "title_link": "javascript:window.hit=1", "text": words, "footer": words}
        last = [parrot.say(words, *tables), parrot.say(words, attachments=[attached]), parrot.say(words)][-1]
        message = page.locator(f'[data-ts="{ts}"]')

        expect(message.locator(".message-main > .blocks > .block")).to_have_count(len(blocks) - len(tables))
        expect(message.locator(".block-header")).to_have_text(words[:140])
        expect(page.locator(f'[data-ts="{last}"] .message-text')).not_to_be_empty()
        assert harm(page) == {}, name


def test_hostile_words_in_menus_dialogs_and_the_inspector_stay_text(visit: Visit, parrot: Parrot) -> None:
    page = visit(parrot.workspace)
    for name, words in PAYLOADS.items():
        ts = parrot.say("", *(block for block in everywhere(words) if block["type"] == "actions"))
        message = page.locator(f'[data-ts="{ts}"]')
        message.get_by_role("button", name="More actions").click()
        expect(page.get_by_role("menuitem")).to_contain_text(words[:70])
        page.keyboard.press("Escape")
        message.locator(".actions .button").first.click()
        expect(page.get_by_role("dialog")).to_contain_text(words[:70])
        assert harm(page) == {}, name
        page.keyboard.press("Escape")
    page.keyboard.press("Alt+i")
    for head in page.locator(".call-head").all()[:20]:
        head.click()
    assert harm(page) == {}


def test_hostile_words_in_a_modal_and_its_errors_stay_text(visit: Visit, parrot: Parrot) -> None:
    page = visit(parrot.workspace)
    box = page.get_by_role("dialog")
    for name, words in PAYLOADS.items():
        choice = option(words[:70])
        elements: list[Json] = [
            {"type": "plain_text_input", "initial_value": words, "placeholder": plain(words[:100])},
            {"type": "static_select", "options": [choice], "initial_option": choice},
            {"type": "multi_static_select", "options": [choice], "initial_options": [choice]},
        ]
        blocks: list[Json] = [
            field(words, {**element, "action_id": "a"}, block_id=f"b{index}", hint=plain(words))
            for index, element in enumerate(elements)
        ]
        blocks.append({"type": "alert", "text": mrkdwn(words[:200]), "level": "error"})
        view = {**modal(words[:24], *blocks), "submit": plain(words[:24]), "close": plain(words[:24])}
        parrot.answers["/parrot"] = parrot.opening(view)
        errors = {"response_action": "errors", "errors": {"b0": words}}
        parrot.answers["view_submission"] = lambda _payload, errors=errors: errors  # type: ignore[misc]
        page.locator("#composer-text").fill("/parrot")
        page.keyboard.press("Enter")
        expect(box.locator(".field").first).to_have_value(words)
        box.locator("button[type=submit]").click()
        expect(box.locator(".input-error")).to_have_text(words)
        assert harm(page) == {}, name
        page.keyboard.press("Escape")
        expect(box).to_have_count(0)


def test_texts_of_100_kb_are_folded_and_the_page_stays_usable(visit: Visit, parrot: Parrot) -> None:
    page = visit(parrot.workspace, place="D_ANN")
    for repeated in ("a", "*a ", "<", "`", "_*~", "&lt;", "> \n", "https://example.com/ ", "\u202e", "\u202ea", "😀"):
        ts = parrot.say((repeated * 100_000)[:100_000], channel="D_ANN")
        expect(page.locator(f'[data-ts="{ts}"] .link-button')).to_have_text("Show more")
    ts = parrot.say("still here", channel="D_ANN")

    expect(page.locator(f'[data-ts="{ts}"]')).to_contain_text("still here")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True
    assert harm(page) == {}


def sources() -> Iterator[Path]:
    return (path for path in served.STATIC.rglob("*") if path.suffix in {".js", ".html", ".css", ".svg"})


def test_the_page_has_no_way_to_turn_text_into_markup_or_code() -> None:
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser"
        r"|createContextualFragment"
        r"|setHTML|srcdoc\s*=|setAttribute\(\s*['\"`]on|javascript:|\son\w+\s*=\s*[\"']"
    )
    found = {path.name: match.group() for path in sources() if (match := forbidden.search(path.read_text("utf-8")))}

    assert found == {}


def test_the_page_names_no_outside_resource() -> None:
    outside = re.compile(r"(?:src|href)=\"(?!/page/|#|<)|@import|url\((?!data:)|from '(?!\.)|import\('(?!\.)")
    found = {path.name: match.group() for path in sources() if (match := outside.search(path.read_text("utf-8")))}

    assert found == {}


def test_the_files_of_the_page_are_short() -> None:
    long = {path.name: count for path in sources() if (count := len(path.read_text("utf-8").splitlines())) > 250}

    assert long == {}


def test_every_file_is_served_under_the_strict_policy(parrot: Parrot) -> None:
    http = parrot.workspace.http
    for path in ("/", "/page/js/main.js", "/page/page.css", "/page/icon.svg", "/page/js/none.js"):
        reply = http.get(path)
        policy = dict(part.strip().split(" ", 1) for part in reply.headers["Content-Security-Policy"].split(";"))

        assert (
            policy["default-src"]
            == policy["base-uri"]
            == policy["form-action"]
            == policy["frame-ancestors"]
            == "'none'"
        )
        assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
        assert policy["img-src"] == "'self' data:"
        assert reply.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_the_browser_has_is_not_sent_again(parrot: Parrot) -> None:
    http = parrot.workspace.http
    first = http.get("/page/js/main.js")
    again = http.get("/page/js/main.js", headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_nothing_but_the_files_of_the_page_is_served(parrot: Parrot) -> None:
    for path in ("/page/../server.py", "/page/%2e%2e/__init__.py", "/page/", "/page/js", "/page/index.html"):
        assert parrot.workspace.http.get(path).status_code in {403, 404}

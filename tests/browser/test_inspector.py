"""The inspector and the fault panel, with the real bot."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.test_conversation import ask

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit
    from tests.helpers.workspace import Workspace


def inspecting(visit: Visit, workspace: Workspace) -> Page:
    page = visit(workspace, place="C_HIRING")
    page.get_by_role("button", name="Inspector", exact=True).click()
    expect(page.get_by_role("complementary", name="Inspector")).to_be_visible()
    return page


def test_calls_are_listed_newest_first_as_they_happen(visit: Visit, shortlist: Workspace) -> None:
    page = inspecting(visit, shortlist)
    ask(page)
    expect(page.locator(".call-path", has_text="/slack/response_url/")).not_to_have_count(0)

    assert "/hrflow/v1/profiles/scoring" in page.locator(".call-path").all_inner_texts()
    times = page.locator(".call-at").all_inner_texts()
    assert times == sorted(times, reverse=True)


def test_a_call_shows_its_parameters_and_body_as_json_without_secrets(visit: Visit, shortlist: Workspace) -> None:
    page = inspecting(visit, shortlist)
    ask(page)
    page.get_by_role("searchbox", name="Search calls").fill("/profiles/scoring")
    head = page.locator(".call-head").first
    head.click()
    parameters = json.loads(page.locator(".call-part", has_text="Parameters").locator("code").first.inner_text())

    assert parameters["limit"] == "3"
    expect(head).to_have_attribute("aria-expanded", "true")
    page.get_by_role("searchbox", name="Search calls").fill("response_url")
    page.get_by_role("combobox", name="Target").select_option("bot")
    page.locator(".call-head").first.click()
    body = json.loads(page.locator(".call-detail:visible code").last.inner_text())
    assert body["response_url"] == body["trigger_id"] == "***"
    assert "xoxb-" not in page.locator("#inspector").inner_text()


def test_calls_are_filtered_by_target_and_status(visit: Visit, shortlist: Workspace) -> None:
    shortlist.fault("hrflow", status=500, times=5)
    page = inspecting(visit, shortlist)
    ask(page)
    page.get_by_role("combobox", name="Status").select_option("failed")
    page.get_by_role("combobox", name="Target").select_option("hrflow")

    expect(page.locator(".call-status").first).to_have_text("500")
    assert set(page.locator(".call-target").all_inner_texts()) == {"hrflow"}
    page.get_by_role("combobox", name="Target").select_option("bot")
    expect(page.locator(".call")).to_have_count(0)


PRESETS: dict[str, dict[str, object]] = {
    "HrFlow down": {"target": "hrflow", "status": 500},
    "HrFlow slow": {"target": "hrflow", "status": None, "delay_ms": 10_000},
    "Quota used up": {"target": "hrflow", "status": 402},
    "Key refused": {"target": "hrflow", "status": 401},
    "Slack busy": {"target": "slack", "status": 429},
    "Reply lost": {"target": "hrflow", "match": "PUT", "after": True},
    "response_url refused": {"target": "slack", "match": "/slack/response_url/", "status": 404},
}


def test_a_preset_arms_its_fault_and_clearing_removes_it(visit: Visit, shortlist: Workspace) -> None:
    page = inspecting(visit, shortlist)
    page.get_by_text("Faults on purpose").click()
    page.get_by_label("For how many calls").fill("3")
    armed = page.get_by_role("list", name="Armed faults").get_by_role("listitem")
    for preset, fault in PRESETS.items():
        page.get_by_role("button", name=re.compile(f"^{preset}")).click()
        expect(armed).to_contain_text(["the next 3 calls"])
        faults = shortlist.http.get("/workspace/faults").json()["faults"]
        assert [each.items() >= {**fault, "times": 3}.items() for each in faults] == [True], preset
        page.get_by_role("button", name="Clear all").click()
        expect(page.get_by_text("Nothing is armed.")).to_be_visible()

    assert shortlist.http.get("/workspace/faults").json()["faults"] == []


def test_a_fault_is_felt_in_the_conversation_and_counts_down(visit: Visit, shortlist: Workspace) -> None:
    page = inspecting(visit, shortlist)
    page.get_by_text("Faults on purpose").click()
    page.get_by_role("button", name=re.compile("^Key refused")).click()
    expect(page.get_by_role("list", name="Armed faults").get_by_role("listitem")).to_have_count(1)
    message = ask(page, '"Data Engineer" limit:4')

    expect(message).to_contain_text(re.compile("key", re.IGNORECASE))
    expect(page.get_by_text("Nothing is armed.")).to_be_visible()

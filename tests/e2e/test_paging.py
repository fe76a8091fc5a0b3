"""Turning pages in place, whatever is decided in between; order, size and filters by a press."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.test_lists import by_score, plain_scoring
from tests.helpers.workspace import elements, item_lines, names

if TYPE_CHECKING:
    from tests.helpers.workspace import Workspace


def changed(workspace: Workspace, message: dict[str, Any]) -> dict[str, Any]:
    """The message once it has been drawn anew."""

    def look() -> dict[str, Any] | None:
        now = workspace.message(message["ts"])
        return now if now["blocks"] != message["blocks"] else None

    found: dict[str, Any] = workspace.until(look)
    return found


def pressed(workspace: Workspace, message: dict[str, Any], action_id: str, place: int = 0) -> dict[str, Any]:
    assert workspace.press(message, action_id, place)["status"] == 200
    return changed(workspace, message)


def ranks(message: dict[str, Any]) -> list[int]:
    return [int(parts[0].split(".")[0]) for parts in item_lines(message)]


def everybody(workspace: Workspace, title: str, stage: str = "new") -> list[str]:
    """Whom HrFlow lists, best first."""
    rows: list[str] = []
    page = 1
    while True:
        reply = plain_scoring(workspace, title, limit="100", page=str(page), stage=stage)
        rows += [profile["name"]["text"] for profile in by_score(reply, "profiles")]
        if page * 100 >= reply["total"]:
            return rows
        page += 1


def test_ten_pages_and_back_with_decisions_in_between_show_each_profile_once(workspace: Workspace) -> None:
    expected = everybody(workspace, "Data Engineer")
    message = workspace.ask('/profiles "Data Engineer" limit:5')
    pages = [names(message)]
    for turn in range(9):
        for place in (0, 2) if turn % 2 else (4,):  # they leave the list of the new ones
            message = pressed(workspace, message, ("stage.yes", "stage.no")[turn % 2], place)
        message = pressed(workspace, message, "list.next")
        pages.append(names(message))
        assert ranks(message) == list(range(5 * len(pages) - 4, 5 * len(pages) + 1))

    assert [name for page in pages for name in page] == expected[:50]
    for page in reversed(pages[:-1]):
        message = pressed(workspace, message, "list.previous")
        assert names(message) == page
    assert not elements(message, "list.previous")
    assert f"1-5 of {len(expected)}" in message["text"]


def test_a_button_of_an_earlier_drawing_goes_to_the_page_beside_it(workspace: Workspace) -> None:
    first = workspace.ask('/profiles "Product Manager" limit:3')
    second = pressed(workspace, first, "list.next")
    third = pressed(workspace, second, "list.next")

    assert workspace.press(first, "list.next")["status"] == 200
    again = changed(workspace, third)

    assert names(again) == names(second) != names(third)
    assert ranks(again) == [4, 5, 6]


def test_the_last_page_says_so_and_offers_to_loosen(workspace: Workspace) -> None:
    total = plain_scoring(workspace, "Data Engineer", skills_dict='["kafka"]')["total"]
    message = workspace.ask('/profiles "Data Engineer" skills:kafka limit:30')
    while elements(message, "list.next"):
        message = pressed(workspace, message, "list.next")

    assert ranks(message)[-1] == total
    assert f"there are no profiles after these {total}. Leave out a filter to see more: skills:kafka" in message["text"]
    loosened = pressed(workspace, message, "loosen.0")
    assert 'profiles "Data Engineer" limit:30' in loosened["text"].splitlines()[1]
    assert "skills" not in loosened["text"].splitlines()[1]


def test_an_empty_list_is_loosened_by_a_press(workspace: Workspace) -> None:
    message = workspace.ask('/profiles "Data Engineer" skills:python text:zzzznothing')

    assert "No profiles match." in message["text"]
    labels = [element["text"]["text"] for place in range(3) for _, element in elements(message, f"loosen.{place}")]
    assert labels == ["Without text", "Without skills", "Any stage"]
    found = pressed(workspace, message, "loosen.0")
    assert names(found)
    assert "text:" not in found["text"].splitlines()[1]


def test_a_page_that_was_asked_for_by_number_goes_on_and_back(workspace: Workspace) -> None:
    expected = everybody(workspace, "UX Designer")
    message = workspace.ask('/profiles "UX Designer" limit:4 page:3')
    after = pressed(workspace, message, "list.next")
    back = pressed(workspace, pressed(workspace, after, "list.previous"), "list.previous")
    first = pressed(workspace, back, "list.previous")

    assert names(message) == expected[8:12]
    assert names(after) == expected[12:16]
    assert ranks(after) == [13, 14, 15, 16]
    assert (names(back), names(first)) == (expected[4:8], expected[:4])
    assert ranks(first) == [1, 2, 3, 4]
    assert not elements(first, "list.previous")


def test_any_stage_goes_on_through_all_four(workspace: Workspace) -> None:
    rows = []
    for stage in ("new", "yes", "later", "no"):
        reply = plain_scoring(workspace, "Data Analyst", stage=stage, limit="100")
        pairs = zip(reply["data"]["profiles"], reply["data"]["predictions"], strict=True)
        rows += [(pair[1], profile["name"]["text"]) for profile, pair in pairs]
    expected = [name for _, name in sorted(rows, key=lambda row: -row[0])]
    message = workspace.ask('/profiles "Data Analyst" stage:any limit:6')
    seen = names(message)
    for _ in range(4):
        message = pressed(workspace, message, "stage.later")
        message = pressed(workspace, message, "list.next")
        seen += names(message)

    assert seen == expected[:30]


def scored(workspace: Workspace) -> int:
    """How many calls for scores there have been."""
    return sum("/profiles/scoring" in call["path"] for call in workspace.calls())


def test_a_further_page_of_any_stage_takes_one_call_a_stage(workspace: Workspace) -> None:
    message = workspace.ask('/profiles "Data Engineer" stage:any limit:7')
    for _ in range(4):
        before = scored(workspace)
        message = pressed(workspace, message, "list.next")

        assert ranks(message)
        assert scored(workspace) - before <= 4


def test_the_jobs_of_a_profile_are_paged_too(workspace: Workspace) -> None:
    name = names(workspace.ask('/profiles "Data Engineer" limit:1 stage:any'))[0]
    whole = names(workspace.ask(f'/jobs "{name}" limit:12'))
    message = workspace.ask(f'/jobs "{name}" limit:5')
    seen = names(message)
    while elements(message, "list.next"):
        message = pressed(workspace, message, "list.next")
        seen += names(message)

    assert seen == whole
    assert "there are no jobs after these" in message["text"]


@pytest.mark.parametrize(
    ("value", "typed"),
    [("sort:received", "sort:received"), ("order:asc", "order:asc"), ("limit:20", "limit:20")],
)
def test_order_and_size_change_in_place_by_the_menu(workspace: Workspace, value: str, typed: str) -> None:
    message = workspace.ask('/profiles "Data Engineer" limit:5')
    [(block_id, menu)] = elements(message, "list.arrange")
    options = [option for group in menu["option_groups"] for option in group["options"]]
    reply = workspace.http.post(
        "/workspace/actions",
        json={
            "user": "U_ANN",
            "channel": "C_HIRING",
            "ts": message["ts"],
            "action_id": "list.arrange",
            "block_id": block_id,
            "selected_option": next(option for option in options if option["value"] == value),
        },
    ).json()
    assert reply["status"] == 200

    arranged = changed(workspace, message)

    assert typed in arranged["text"].splitlines()[1]
    assert names(arranged) == names(workspace.ask(arranged["text"].splitlines()[1].split(" \u00b7 ", 1)[1]))


def test_a_posted_copy_is_paged_privately(workspace: Workspace) -> None:
    message = workspace.ask('/profiles "Product Manager" limit:3')
    expected = everybody(workspace, "Product Manager")
    workspace.press(message, "share")
    view = workspace.until(workspace.views)[-1]
    after = workspace.last_ts(user="U_BOB")
    share(workspace, view)
    copy = workspace.until(lambda: workspace.messages(user="U_BOB", after=after))[0]

    assert workspace.press(copy, "list.next", user="U_BOB")["status"] == 200

    own = workspace.until(lambda: workspace.messages(user="U_BOB", after=copy["ts"]))[0]
    assert own["ephemeral"]
    assert names(own) == expected[3:6]
    assert names(workspace.message(copy["ts"])) == expected[:3]


def share(workspace: Workspace, view: dict[str, Any]) -> None:
    """Share into the channel that everybody is in."""
    values: dict[str, Any] = {}
    for block in view["blocks"]:
        element = block.get("element") or block.get("accessory")
        if element and element["type"] == "conversations_select":
            held = {"type": element["type"], "selected_conversation": "C_HIRING"}
            values[block["block_id"]] = {element["action_id"]: held}
    reply = workspace.http.post(
        "/workspace/views/submit", json={"user": "U_ANN", "view_id": view["id"], "values": values}
    ).json()
    assert reply["status"] == 200, reply

"""A list is shared where everybody may see it, once, under the sharer's name; anywhere else the reason is given."""

from __future__ import annotations

import functools
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.share_form import Form
from tests.helpers.workspace import Workspace, elements, item_lines, names, sandbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(scope="module", params=["http", "socket"])
def workspace(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace of its own: channels change in it."""
    folder = tmp_path_factory.mktemp("share")
    with sandbox(["--mode", request.param, "--channels", "1"], folder / "log.jsonl") as running:
        yield running


def posted(workspace: Workspace, channel: str, *, user: str = "U_BOB", after: str = "") -> list[dict[str, Any]]:
    """The shared lists that somebody else sees there."""
    seen = workspace.messages(user=user, channel=channel, after=after)
    return [each for each in seen if "\nShared by " in each["text"]]


def private(workspace: Workspace, user: str, channel: str) -> list[dict[str, Any]]:
    """What only that person sees there."""
    return [each for each in workspace.messages(user=user, channel=channel) if each["ephemeral"]]


def _reached(told: Callable[[], list[dict[str, Any]]], count: int) -> bool:
    return len(told()) == count


def test_a_shared_list_says_who_shares_it_and_holds_every_card(workspace: Workspace) -> None:
    form = Form(workspace)
    after = workspace.last_ts()
    assert form.choose("C_001").startswith("*2 people* will see it, in *#channel-001*.")

    assert form.send()["response_action"] is None

    told = workspace.until(lambda: workspace.messages(after=after))[-1]
    assert told["text"] == "Shared in #channel-001: 2 people can see it."
    assert told["ephemeral"]
    assert workspace.views() == []
    [copy] = posted(workspace, "C_001")
    assert not copy["ephemeral"]
    assert copy["text"].splitlines()[2] == "Shared by ann"
    assert "<@" not in str(copy["blocks"]) + copy["text"]
    assert names(copy) == names(form.list)
    assert [copy["text"].splitlines()[0], *copy["text"].splitlines()[3:]] == [
        form.list["text"].splitlines()[0],
        *form.list["text"].splitlines()[2:],
    ]


def test_a_person_gets_it_in_the_direct_message_with_the_bot(workspace: Workspace) -> None:
    form = Form(workspace)
    after = workspace.last_ts()

    assert form.choose("U_BOB") == "*bob* will see it, in the direct message with me, and nobody else."
    form.send()

    told = workspace.until(lambda: workspace.messages(after=after))[-1]
    assert told["text"] == "Shared with bob, in their direct message with me."
    assert names(posted(workspace, "D_BOB")[-1]) == names(form.list)


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("C_PARTNER", "#partner is shared with another organisation"),
        ("C_DATA", "There is a guest in #data"),
        ("C_PRIVATE", "Type /invite @Shortlist there"),
        ("U_EVE", "That person may not see candidate data"),
        ("U_PAT", "That person may not see candidate data"),
    ],
)
def test_a_place_where_somebody_may_not_see_it_is_refused_before_and_at_sending(
    workspace: Workspace, place: str, reason: str
) -> None:
    form = Form(workspace)

    assert form.choose(place).startswith("*Not there.* ")
    assert reason in form.preview
    outcome = form.send()

    assert outcome["response_action"] == "errors"
    [(block, words)] = outcome["errors"].items()
    assert reason in words
    assert block == form.block("share.person" if place.startswith("U") else "share.channel")
    if place in ("C_PARTNER", "C_DATA", "C_PRIVATE"):
        assert posted(workspace, place) == []


def test_who_is_in_there_is_looked_at_again_when_it_is_sent(workspace: Workspace) -> None:
    form = Form(workspace)
    after = workspace.last_ts(user="U_BOB", channel="C_001")
    assert "2 people" in form.choose("C_001")

    workspace.change_channel("C_001", members=["U_ANN", "U_BOB", "U_EVE"])
    assert "There is a guest" in str(form.send()["errors"])
    workspace.change_channel("C_001", members=["U_ANN", "U_BOB"], bot=False)
    assert "/invite @Shortlist" in str(form.send()["errors"])
    workspace.change_channel("C_001", bot=True, archived=True)
    assert "is archived" in str(form.send()["errors"])
    workspace.change_channel("C_001", archived=False)
    assert posted(workspace, "C_001", after=after) == []

    assert form.send()["response_action"] is None
    workspace.until(lambda: posted(workspace, "C_001", after=after))


def test_choosing_in_one_field_empties_the_other(workspace: Workspace) -> None:
    form = Form(workspace)
    form.choose("C_HIRING")
    form.choose("U_BOB")

    values = form.view["state"]["values"]
    chosen = [
        element.get("selected_conversation") or element.get("selected_user")
        for held in values.values()
        for element in held.values()
    ]
    assert sorted(filter(None, chosen)) == ["U_BOB"]


def test_nothing_chosen_or_two_places_at_once_is_told_beside_the_field(workspace: Workspace) -> None:
    form = Form(workspace)
    assert form.send()["errors"] == {form.block("share.channel"): "Choose a channel or a person."}

    body = {
        "user": "U_ANN",
        "view_id": form.view["id"],
        "values": {
            form.block("share.channel"): {"share.channel": {"selected_conversation": "C_001"}},
            form.block("share.person"): {"share.person": {"selected_user": "U_BOB"}},
        },
    }
    reply = workspace.http.post("/workspace/views/submit", json=body).json()
    assert reply["errors"] == {form.block("share.person"): "Choose a channel or a person, not both."}


def test_a_lost_reply_posts_once_and_says_that_it_is_not_sure(workspace: Workspace) -> None:
    form = Form(workspace)
    seen = workspace.last_ts(user="U_BOB", channel="C_001")
    after = workspace.last_ts()
    form.choose("C_001")
    workspace.fault("slack", "chat.postMessage", status=0, after=True)

    form.send()

    told = workspace.until(lambda: workspace.messages(after=after))[-1]
    assert "did not confirm that the list was posted in #channel-001" in told["text"]
    assert len(posted(workspace, "C_001", after=seen)) == 1
    workspace.http.delete("/workspace/faults")


def test_a_refused_post_says_that_nothing_was_shared(workspace: Workspace) -> None:
    form = Form(workspace)
    seen = workspace.last_ts(user="U_BOB", channel="C_001")
    after = workspace.last_ts()
    form.choose("C_001")
    workspace.fault("slack", "chat.postMessage", status=200, body='{"ok": false, "error": "restricted_action"}')

    form.send()

    told = workspace.until(lambda: workspace.messages(after=after))[-1]
    assert "nothing was shared" in told["text"]
    assert posted(workspace, "C_001", after=seen) == []
    workspace.http.delete("/workspace/faults")


def test_slow_checks_keep_the_form_and_post_all_the_same(workspace: Workspace) -> None:
    form = Form(workspace)
    seen = workspace.last_ts(user="U_BOB", channel="C_001")
    workspace.fault("slack", "conversations.members", delay_ms=3_500)

    outcome = form.send("C_001")

    assert (outcome["status"], outcome["error"], outcome["response_action"]) == (200, None, "update")
    assert "Looking at who is in there" in str(form.view["blocks"])
    workspace.until(lambda: "Shared in #channel-001" in str(form.view["blocks"]))
    assert len(posted(workspace, "C_001", after=seen)) == 1


def test_cards_of_a_shared_copy_are_real_cards(workspace: Workspace) -> None:
    """Somebody else decides on the shared copy; it shows that, with a mention now that it is an update."""
    form = Form(workspace)
    seen = workspace.last_ts(user="U_BOB", channel="C_001")
    form.choose("C_001")
    form.send()
    [copy] = workspace.until(lambda: posted(workspace, "C_001", after=seen))

    workspace.press(copy, "stage.yes", 1, user="U_BOB", channel="C_001")

    def shown() -> dict[str, Any]:
        return workspace.message(copy["ts"], user="U_BOB", channel="C_001")

    workspace.until(lambda: item_lines(shown())[1][3] == "yes")
    assert "Shared by <@U_ANN>" in shown()["text"]
    workspace.press(shown(), "stage.undo", 0, user="U_ANN", channel="C_001")
    workspace.until(lambda: item_lines(shown())[1][3] == "new")
    workspace.press(shown(), "details", 0, user="U_BOB", channel="C_001")
    name = names(copy)[0]
    workspace.until(lambda: [view for view in workspace.views("U_BOB") if name in str(view["blocks"])])
    assert elements(shown(), "share")


def test_a_guest_who_comes_later_cannot_press_anything_on_it(workspace: Workspace) -> None:
    form = Form(workspace)
    seen = workspace.last_ts(user="U_BOB", channel="C_001")
    form.choose("C_001")
    form.send()
    [copy] = workspace.until(lambda: posted(workspace, "C_001", after=seen))
    workspace.change_channel("C_001", members=["U_ANN", "U_BOB", "U_EVE"])

    for count, action in enumerate(("details", "share", "stage.yes"), start=1):
        workspace.press(copy, action, user="U_EVE", channel="C_001")
        told = functools.partial(private, workspace, "U_EVE", "C_001")
        workspace.until(functools.partial(_reached, told, count))
        assert "guest" in told()[-1]["text"]
    assert workspace.views("U_EVE") == []
    workspace.change_channel("C_001", members=["U_ANN", "U_BOB"])


def test_nothing_that_is_sent_holds_more_than_ids(workspace: Workspace) -> None:
    """The form's metadata, its values, the log: no names of candidates, no query."""
    form = Form(workspace)
    form.choose("C_001")
    name = names(form.list)[0]

    assert len(form.view["private_metadata"]) < 40
    assert name not in str(form.view)
    form.send()
    assert name not in workspace.logged()
    assert "Data Engineer" not in workspace.logged()


def test_a_form_sent_twice_posts_once(workspace: Workspace) -> None:
    """An impatient double click: both reach the bot before either is answered."""
    form = Form(workspace)
    seen = workspace.last_ts(user="U_BOB", channel="C_001")
    form.choose("C_001")
    workspace.fault("slack", "conversations.info", delay_ms=400, times=4)
    body = {"user": "U_ANN", "view_id": form.view["id"], "values": {}}

    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda _: workspace.http.post("/workspace/views/submit", json=body), range(4)))

    assert {reply.json()["status"] for reply in replies} == {200}
    workspace.until(lambda: posted(workspace, "C_001", after=seen))
    workspace.ask("/shortlist help")
    assert len(posted(workspace, "C_001", after=seen)) == 1

"""/digest: made, listed, changed, delivered; only what is new; and who may do what."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.views.actions import read_move
from tests.helpers.workspace import Workspace, elements, names, sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE = "#{0} weekdays 09:00 Europe/Paris \u00b7 #{1} \u00b7 profiles Data Engineer limit:3"
ADD = '/digest add weekdays 09:00 {0} profiles "Data Engineer" limit:3'


@pytest.fixture(scope="module")
def _running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with sandbox(["--channels", "30"], tmp_path_factory.mktemp("digests") / "log.jsonl") as workspace:
        yield workspace


@pytest.fixture
def channel(workspace: Workspace) -> str:
    """A channel of its own for each test: a digest of another one says nothing in it."""
    used = getattr(workspace, "channels_used", 0) + 1
    workspace.channels_used = used  # type: ignore[attr-defined]
    return f"C_{used:03}"


def add(workspace: Workspace, to: str, text: str = ADD, **where: Any) -> int:
    """Make a digest; returns its number."""
    said = workspace.ask(text.format(f"<#{to}>"), **where)["text"]
    assert said.startswith("Your digest is on."), said
    return int(said.split("\n")[1].partition(" ")[0].removeprefix("#"))


def posted(workspace: Workspace, channel: str) -> list[dict[str, Any]]:
    """What digests have said there, in threads too."""
    return [each for each in workspace.messages(channel=channel) if not each["ephemeral"] and each["metadata"]]


def run_now(workspace: Workspace, number: int, **where: Any) -> str:
    return str(workspace.ask(f"/digest now {number}", **where)["text"])


def test_a_digest_is_made_and_says_in_words_when_it_comes(workspace: Workspace, channel: str) -> None:
    said = workspace.ask(ADD.format(f"<#{channel}>"))["text"].split("\n")

    number = said[1].partition(" ")[0].removeprefix("#")
    assert said[0] == "Your digest is on."
    assert said[1].startswith(f"#{number} weekdays 09:00 Europe/Paris \u00b7 #")
    assert said[1].endswith(" \u00b7 profiles Data Engineer limit:3")
    assert said[2].startswith("Next: ")
    assert said[2].count(" at 09:00") == 3
    assert workspace.ask("/digest list", channel=channel)["text"] == said[1]


def test_without_a_channel_it_goes_where_it_was_typed(workspace: Workspace, channel: str) -> None:
    number = add(workspace, channel, ADD.replace("{0} ", ""), channel=channel)

    assert run_now(workspace, number).startswith(f"Digest #{number} is in #")
    assert len(posted(workspace, channel)) == 1


def test_a_name_typed_by_hand_is_found_and_a_direct_message_is_fine(workspace: Workspace) -> None:
    assert " \u00b7 #hiring \u00b7 " in workspace.ask(ADD.format("#hiring"))["text"]
    said = workspace.ask(ADD.format("@me"))["text"]
    number = int(said.split("\n")[1].partition(" ")[0].removeprefix("#"))

    assert " \u00b7 direct message \u00b7 " in said
    run_now(workspace, number)
    assert names(posted(workspace, "D_ANN")[-1])


def test_the_first_delivery_is_the_top_and_the_next_only_what_is_new(workspace: Workspace, channel: str) -> None:
    number = add(workspace, channel)
    listed = names(workspace.ask('/profiles "Data Engineer" limit:4'))

    run_now(workspace, number)
    [message] = posted(workspace, channel)
    assert message["text"].startswith("Top profiles for Data Engineer\n")
    assert names(message) == listed[:3]
    assert "Nothing new" in run_now(workspace, number)
    assert len(posted(workspace, channel)) == 1

    workspace.press(message, "stage.later", 1, channel=channel)
    workspace.until(lambda: "\u00b7 later" in workspace.message(message["ts"], channel=channel)["text"])
    run_now(workspace, number)

    root, reply = posted(workspace, channel)
    assert reply["thread_ts"] == root["ts"]
    assert names(reply) == listed[3:]
    assert f"Decided: {listed[1]} \u00b7 Later" in reply["text"]
    assert set(names(root)) == set(listed)
    workspace.press(root, "stage.undo", 0, channel=channel)


def test_its_cards_keep_saying_which_digest_they_are_of(workspace: Workspace, channel: str) -> None:
    number = add(workspace, channel)
    run_now(workspace, number)
    [message] = posted(workspace, channel)
    workspace.press(message, "stage.yes", 2, channel=channel)

    def drawn() -> str:
        text: str = workspace.message(message["ts"], channel=channel)["text"]
        return text if "\u00b7 yes" in text else ""

    assert f"Digest #{number} \u00b7 weekdays 09:00 Europe/Paris" in workspace.until(drawn)
    assert elements(workspace.message(message["ts"], channel=channel), "digest.pause")
    workspace.press(workspace.message(message["ts"], channel=channel), "stage.undo", 0, channel=channel)


def test_a_digest_is_paused_resumed_changed_and_removed(workspace: Workspace, channel: str) -> None:
    number = add(workspace, channel)
    ask = workspace.ask

    assert "paused until 2031-01-06" in ask(f"/digest pause {number} until 2031-01-06")["text"]
    assert "Monday 6 January at 09:00" in ask(f"/digest show {number}")["text"]
    assert ask(f"/digest pause {number}")["text"].endswith(" \u00b7 paused")
    assert "paused" not in ask(f"/digest resume {number}")["text"]
    assert "daily 10:15 Europe/Paris" in ask(f"/digest edit {number} daily 10:15")["text"]
    assert "daily 10:15 Asia/Tokyo" in ask(f"/digest edit {number} tz:Asia/Tokyo")["text"]
    assert "profiles Backend Developer" in ask(f'/digest edit {number} profiles "Backend Developer"')["text"]
    assert "empty:say" in ask(f"/digest edit {number} empty:say")["text"]
    assert " \u00b7 #hiring \u00b7 " in ask(f"/digest edit {number} <#C_HIRING>")["text"]
    assert ask(f"/digest remove {number}")["text"].startswith("Removed: ")
    assert f"no digest #{number}" in ask(f"/digest show {number}")["text"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/digest ad weekdays 09:00 profiles x", "Did you mean add?"),
        ("/digest add weekdys 09:00 profiles x", "Did you mean weekdays?"),
        ('/digest add daily 09:00 profiles "Data Engineer" skils:python', "Did you mean skills?"),
        ("/digest add daily 09:00 profiles Nonsense", 'There is no job "Nonsense"'),
        ("/digest add daily 09:00 #nowhere profiles x", "no channel #nowhere"),
        ("/digest add daily 09:00 <#C_PARTNER> profiles x", "organisation"),
        ("/digest add daily 09:00 <#C_PRIVATE> profiles x", "/invite"),
        ("/digest show 9999", "no digest #9999"),
        ("/digest help", "empty:say"),
    ],
)
def test_what_cannot_be_done_is_said_with_the_nearest(workspace: Workspace, text: str, said: str) -> None:
    assert said in workspace.ask(text)["text"]


def test_only_its_maker_admins_and_members_of_its_channel_may_change_it(workspace: Workspace) -> None:
    said = workspace.ask(ADD.format("@me"))["text"]
    number = said.split("\n")[1].partition(" ")[0].removeprefix("#")

    assert "can be seen and changed by its maker" in workspace.ask(f"/digest show {number}", user="U_BOB")["text"]
    assert "paused" not in workspace.ask(f"/digest show {number}")["text"]


def test_a_form_makes_a_digest_and_marks_what_it_cannot_read(workspace: Workspace, channel: str) -> None:
    workspace.type("/digest", channel=channel)
    view = workspace.until(workspace.views)[-1]
    values: dict[str, Any] = {
        "what": {"what": {"type": "plain_text_input", "value": 'profiles "Data Engineer" limit:3'}},
        "when": {"when": {"type": "plain_text_input", "value": "weekdys 09:00"}},
        "where": {"conversation": {"type": "conversations_select", "selected_conversation": channel}},
        "zone": {"zone": {"type": "plain_text_input", "value": "Europe/Paris"}},
        "empty": {"empty": {"type": "checkboxes", "selected_options": []}},
    }

    def submit() -> dict[str, Any]:
        body = {"user": "U_ANN", "view_id": view["id"], "values": values}
        reply: dict[str, Any] = workspace.http.post("/workspace/views/submit", json=body).json()
        return reply

    assert "weekdays" in submit()["errors"]["when"]
    values["when"]["when"]["value"] = "weekdays 09:00"
    assert submit()["status"] == 200
    said = workspace.until(lambda: workspace.messages(channel=channel))[-1]["text"]

    assert "profiles Data Engineer limit:3" in said


def test_a_digest_pauses_when_its_channel_is_archived_and_tells_its_maker_once(
    workspace: Workspace, channel: str
) -> None:
    number = add(workspace, channel)
    workspace.http.patch(f"/workspace/channels/{channel}", json={"archived": True})
    after = workspace.last_ts(channel="D_ANN")
    run_now(workspace, number)
    run_now(workspace, number)

    told = [each["text"] for each in workspace.messages(channel="D_ANN", after=after)]
    assert len([text for text in told if "I have paused this digest" in text and f"resume {number}" in text]) == 1
    assert "paused" in workspace.ask(f"/digest show {number}")["text"]


def test_a_refused_key_is_told_once_a_day(workspace: Workspace, channel: str) -> None:
    number = add(workspace, channel)
    after = workspace.last_ts(channel="D_ANN")
    workspace.fault("hrflow", "/profiles/scoring", status=401, body="{}", times=20)
    for _ in range(2):
        assert "HRFLOW_API_KEY" in run_now(workspace, number)
    workspace.http.request("DELETE", "/workspace/faults")

    told = [each["text"] for each in workspace.messages(channel="D_ANN", after=after)]
    assert sum("HRFLOW_API_KEY" in text for text in told) == 1
    assert "is in #" in run_now(workspace, number)


def test_a_lost_reply_of_slack_gives_one_message(workspace: Workspace, channel: str) -> None:
    """Slack took the post and the answer was lost: it is found again by its metadata."""
    number = add(workspace, channel)
    workspace.fault("slack", "chat.postMessage", status=0, after=True, times=1)
    run_now(workspace, number)
    workspace.until(lambda: posted(workspace, channel))
    workspace.until(lambda: "Nothing new" in run_now(workspace, number))

    assert len(posted(workspace, channel)) == 1


def test_a_rate_limit_is_waited_for(workspace: Workspace, channel: str) -> None:
    number = add(workspace, channel)
    workspace.fault("slack", "chat.postMessage", status=429, retry_after=1, times=2)

    assert "is in #" in run_now(workspace, number)
    assert len(posted(workspace, channel)) == 1


def test_status_says_how_each_went_and_when_it_comes_next(workspace: Workspace, channel: str) -> None:
    number = add(workspace, channel)
    before = workspace.ask("/shortlist status", channel=channel)["text"].split("\n")
    run_now(workspace, number)
    after = workspace.ask("/shortlist status", channel=channel)["text"].split("\n")
    place = next(place for place, line in enumerate(after) if line.startswith(f"#{number} weekdays 09:00"))

    assert before[0] == after[0] == "HrFlow ok \u00b7 Slack ok \u00b7 Scheduler ok"
    assert before[place + 1].startswith("not delivered yet \u00b7 next ")
    assert ": delivered in " in after[place + 1]
    assert " \u00b7 next " in after[place + 1]


def test_home_lists_your_digests_and_they_are_paused_there(workspace: Workspace, channel: str) -> None:
    number = add(workspace, channel, user="U_BOB")

    def home() -> str:
        view = workspace.http.get("/workspace/views", params={"user": "U_BOB"}).json()["home"]
        return json.dumps(view, ensure_ascii=False)

    workspace.http.post("/workspace/home", json={"user": "U_BOB"})
    workspace.until(lambda: f"#{number} weekdays 09:00" in home())
    view = json.loads(home())
    workspace.http.post(
        "/workspace/actions",
        json={
            "user": "U_BOB",
            "view_id": view["id"],
            "action_id": "digest.pause",
            "block_id": f"digest.{number}",
            "value": str(number),
        },
    )

    workspace.until(lambda: "limit:3 \u00b7 paused" in home())
    assert "digest.resume" in home()


def test_a_list_is_saved_as_a_digest(workspace: Workspace, channel: str) -> None:
    listed = workspace.ask('/profiles "Data Engineer" limit:3', channel=channel)
    workspace.press(listed, "digest.save", channel=channel)
    view = workspace.until(workspace.views)[-1]
    fields = {block["block_id"]: block["element"] for block in view["blocks"]}

    assert fields["what"]["initial_value"] == 'profiles "Data Engineer" limit:3'
    assert fields["where"]["initial_conversation"] == channel
    workspace.http.post("/workspace/views/close", json={"user": "U_ANN", "view_id": view["id"]})


def test_only_what_was_added_meanwhile_appears(workspace: Workspace, channel: str) -> None:
    """A twin of the best profile, put into HrFlow by somebody else between two deliveries."""
    number = add(workspace, channel, '/digest add daily 09:00 {0} profiles "Data Engineer" limit:4')
    run_now(workspace, number)
    [message] = posted(workspace, channel)
    best = read_move(elements(message, "stage.yes")[0][1]["value"])
    stored = workspace.hrflow("/profile/indexing", source_key=best.source_key, key=best.profile_key)["data"]
    body = {name: value for name, value in stored.items() if name not in {"key", "id", "labels", "source"}}
    body |= {"reference": f"twin-{number}", "info": {**stored["info"], "full_name": f"Twin Number {number}"}}
    workspace.http.post(
        "/hrflow/v1/profile/indexing",
        json={**body, "source_key": best.source_key},
        headers={"X-API-KEY": "ask_sandbox", "X-USER-EMAIL": "sandbox@example.com"},
    ).raise_for_status()

    run_now(workspace, number)

    reply = posted(workspace, channel)[-1]
    assert names(reply) == [f"Twin Number {number}"]
    assert f"No longer in the top 4: {names(message)[-1]}" in reply["text"]

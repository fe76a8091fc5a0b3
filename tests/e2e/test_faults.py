"""Whatever goes wrong on either side, the person gets one clear private sentence, and nothing is half done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.workspace import elements, item_lines, names, sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.helpers.workspace import Workspace

SECRETS = ("ask_sandbox", "xoxb-", "sandbox@example.com")
MANY = 100

KEY_ECHO = '{"code":401,"message":"Unauthorized. Invalid secret key: ask_sandbox"}'
ENDLESS_NUMBER = '{"code":200,"data":{"key":"p","labels":[],"experiences_duration":1e999}}'
BUSY = '{"ok":false,"error":"ratelimited"}'
HRFLOW_FAULTS: list[tuple[str, dict[str, Any], str, str]] = [
    ("key refused", {"status": 401, "body": KEY_ECHO}, "refuses Shortlist's API key", "HrFlow answered 401"),
    ("quota used up", {"status": 402, "body": "{}"}, "quota of this account is used up", "HrFlow answered 402"),
    ("busy", {"status": 429, "retry_after": 7, "body": "{}"}, "try again in 7 seconds", "HrFlow answered 429"),
    ("server error", {"status": 500, "body": "{}"}, "does not answer just now", "HrFlow answered 500"),
    ("malformed JSON", {"status": 200, "body": '{"code": 200, '}, "cannot read", "the reply is not JSON"),
    ("no object", {"status": 200, "body": "[1, 2]"}, "cannot read", "the reply is not an object"),
    ("connection dropped", {"status": 0}, "does not answer just now", "the connection failed"),
    ("ten seconds of delay", {"delay_ms": 10_000}, "does not answer just now", "no answer within 8 s"),
]


@pytest.mark.parametrize(("what", "reply", "words", "reason"), HRFLOW_FAULTS, ids=[row[0] for row in HRFLOW_FAULTS])
def test_a_list_that_hrflow_cannot_give_is_one_private_sentence(
    workspace: Workspace, what: str, reply: dict[str, Any], words: str, reason: str
) -> None:
    assert what
    workspace.fault("hrflow", "/profiles/scoring", times=MANY, **reply)
    after = workspace.last_ts()

    message = workspace.ask('/profiles "Data Engineer"')

    assert words in message["text"]
    assert message["ephemeral"]
    told = [each for each in workspace.messages(after=after) if not each["text"].startswith("Still at it")]
    assert len(told) == 1
    assert reason in workspace.logged()
    assert not [secret for secret in SECRETS if secret in workspace.logged() or secret in message["text"]]


def shown(workspace: Workspace, message: dict[str, Any], words: str) -> dict[str, Any]:
    """That message, once it holds those words."""
    found: dict[str, Any] = workspace.until(lambda: words in (now := workspace.message(message["ts"]))["text"] and now)
    return found


@pytest.mark.parametrize(
    "reply",
    [
        {"status": 500, "body": "{}"},
        {"status": 429, "retry_after": 3, "body": "{}"},
        {"status": 200, "body": '{"code": 200, '},
        {"status": 0},
    ],
    ids=["server error", "busy", "malformed", "connection dropped"],
)
def test_a_click_waits_for_hrflow_and_the_card_says_so(workspace: Workspace, reply: dict[str, Any]) -> None:
    """Reading still works, writing does not: nothing is lost, and nothing is said that is not so."""
    message = workspace.ask('/profiles "Backend Developer" limit:2')
    name = names(message)[0]
    workspace.fault("hrflow", "PUT", times=MANY, **reply)
    after = workspace.last_ts()

    assert workspace.press(message, "stage.later")["status"] == 200
    saving = shown(workspace, message, "saving Later")

    assert not [block for block, _ in elements(saving, "stage.later") if block.split(".")[2] == "1"]
    workspace.http.delete("/workspace/faults")
    done = workspace.until(lambda: "saving " not in (now := workspace.message(message["ts"]))["text"] and now)
    assert names(done)[0] == name
    assert item_lines(done)[0][3] == "later"
    assert workspace.messages(after=after) == []


@pytest.mark.parametrize(
    ("calls", "reply", "words"),
    [
        ("PUT", {"status": 401, "body": KEY_ECHO}, "refuses Shortlist's API key"),
        ("PUT", {"status": 402, "body": "{}"}, "quota of this account is used up"),
        ("PUT", {"status": 400, "body": "{}"}, "does not take the change"),
        ("/profile/indexing", {"status": 200, "body": ENDLESS_NUMBER}, "cannot be sent back unchanged"),
    ],
    ids=["key refused", "quota used up", "rejected", "a number that is no JSON"],
)
def test_a_click_that_cannot_be_saved_says_why_and_offers_to_try_again(
    workspace: Workspace, calls: str, reply: dict[str, Any], words: str
) -> None:
    message = workspace.ask('/profiles "UX Designer" limit:2')
    workspace.fault("hrflow", calls, times=MANY, **reply)

    assert workspace.press(message, "stage.yes")["status"] == 200
    failed = shown(workspace, message, "not saved: Yes by <@U_ANN>")

    assert words in failed["text"]
    assert item_lines(failed)[0][3] == "new"
    assert not [secret for secret in SECRETS if secret in workspace.logged() or secret in failed["text"]]
    workspace.http.delete("/workspace/faults")
    again = next(element for _, element in elements(failed, "stage.yes") if element["text"]["text"] == "Try again")
    assert again == elements(failed, "stage.yes")[0][1]
    workspace.press(failed, "stage.yes")
    saved = workspace.until(lambda: item_lines(now := workspace.message(message["ts"]))[0][3] == "yes" and now)
    workspace.press(saved, "stage.undo")
    workspace.until(lambda: item_lines(workspace.message(message["ts"]))[0][3] == "new")


def test_a_write_that_crawls_is_waited_for(workspace: Workspace) -> None:
    """It takes longer than we wait for one answer, and arrives all the same."""
    message = workspace.ask('/profiles "UX Designer" limit:2')
    workspace.fault("hrflow", "PUT", times=1, delay_ms=10_000)

    workspace.press(message, "stage.later")

    shown(workspace, message, "saving Later")
    workspace.until(lambda: item_lines(workspace.message(message["ts"]))[0][3] == "later")


def test_a_write_whose_reply_is_lost_is_found_again_and_shown(workspace: Workspace) -> None:
    message = workspace.ask('/profiles "Frontend Developer" limit:2')
    workspace.fault("hrflow", "PUT", status=0, after=True, times=1)
    after = workspace.last_ts()

    workspace.press(message, "stage.yes")

    shown = workspace.until(lambda: (now := workspace.message(message["ts"]))["text"] != message["text"] and now)
    assert elements(shown, "stage.undo")
    assert workspace.messages(after=after) == []


def test_a_write_that_nobody_can_confirm_is_confirmed_when_hrflow_is_back(workspace: Workspace) -> None:
    message = workspace.ask('/profiles "Frontend Developer" limit:2')
    workspace.fault("hrflow", "PUT", status=0, after=True, times=1)
    workspace.fault("hrflow", "GET /hrflow/v1/profile/indexing", status=500, body="{}", times=8)
    writes = len([call for call in workspace.calls() if call["method"] == "PUT"])

    workspace.press(message, "stage.later")

    workspace.until(lambda: item_lines(workspace.message(message["ts"]))[0][3] == "later")
    assert len([call for call in workspace.calls() if call["method"] == "PUT"]) == writes + 1


def test_details_that_cannot_be_loaded_say_so_in_the_modal(workspace: Workspace) -> None:
    message = workspace.ask('/profiles "Data Engineer" limit:1')
    workspace.fault("hrflow", "/profile/indexing", status=500, body="{}", times=MANY)

    assert workspace.press(message, "details")["status"] == 200

    workspace.until(lambda: [view for view in workspace.views() if "does not answer just now" in str(view["blocks"])])


@pytest.mark.parametrize(
    ("what", "reply"),
    [
        (
            "busy for a second",
            {"status": 429, "retry_after": 1, "body": BUSY, "times": 1},
        ),
        ("refused", {"status": 404, "body": "used_url", "times": MANY}),
        ("expired", {"status": 404, "body": "expired_url", "times": MANY}),
        ("busy for too long", {"status": 429, "retry_after": 60, "body": "{}", "times": MANY}),
    ],
)
def test_a_refused_response_url_does_not_lose_the_list(workspace: Workspace, what: str, reply: dict[str, Any]) -> None:
    """It arrives through the bot's own token, privately, once."""
    assert what
    workspace.fault("slack", "/slack/response_url/", **reply)
    after = workspace.last_ts()

    message = workspace.ask('/profiles "Data Engineer" limit:3')

    assert len(names(message)) == 3
    assert message["ephemeral"]
    assert len(workspace.messages(after=after)) == 1


@pytest.mark.parametrize(
    "reply", [{"status": 500, "body": "oops"}, {"status": 0}, {"status": 500, "body": "", "after": True}]
)
def test_where_slack_does_not_say_whether_it_took_the_list_it_is_not_sent_twice(
    workspace: Workspace, reply: dict[str, Any]
) -> None:
    workspace.fault("slack", "/slack/response_url/", times=MANY, **reply)
    after = workspace.last_ts()

    workspace.type('/profiles "Data Engineer" limit:3')

    told = workspace.until(
        lambda: [each for each in workspace.messages(after=after) if "did not confirm" in each["text"]]
    )
    assert told[0]["ephemeral"]
    lists = [each for each in workspace.messages(after=after) if elements(each, "details")]
    assert len(lists) == (1 if reply.get("after") else 0)


def test_a_list_that_cannot_be_redrawn_is_told_in_words(workspace: Workspace) -> None:
    message = workspace.ask('/profiles "Data Analyst" limit:2')
    workspace.fault("slack", "/slack/response_url/", status=404, body="expired_url", times=MANY)
    after = workspace.last_ts()

    workspace.press(message, "stage.no")

    told = workspace.until(lambda: workspace.messages(after=after))[0]
    assert told["text"] == f"Saved: {names(message)[0]} is No for Data Analyst."
    workspace.http.delete("/workspace/faults")
    workspace.press(told, "stage.undo")
    workspace.until(lambda: any(" is New for " in each["text"] for each in workspace.messages(after=after)))


@pytest.fixture(scope="module")
def unmet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A sandbox of its own, where the bot has met nobody yet."""
    with sandbox(["--profiles", "20"], tmp_path_factory.mktemp("unmet") / "log.jsonl") as fresh:
        yield fresh


@pytest.mark.parametrize(
    "reply",
    [
        {"status": 500, "body": "{}"},
        {"status": 0},
        {"status": 429, "retry_after": 30, "body": BUSY},
    ],
)
def test_whoever_slack_does_not_vouch_for_sees_nothing(unmet: Workspace, reply: dict[str, Any]) -> None:
    """users.info fails for a person the bot has not met: nothing is shown, and the reason is said privately."""
    unmet.http.delete("/workspace/faults")
    unmet.fault("slack", "users.info", times=MANY, **reply)
    before = len(asked(unmet)), unmet.logged().count("access unknown")

    message = unmet.ask('/profiles "Data Engineer"')

    assert message["text"].startswith("I could not check with Slack whether you may see candidate data")
    assert len(asked(unmet)) > before[0]
    assert unmet.logged().count("access unknown") > before[1]


def asked(workspace: Workspace) -> list[dict[str, Any]]:
    """The calls that asked Slack who somebody is."""
    return [call for call in workspace.calls("slack") if "users.info" in call["path"]]


def test_a_modal_that_slack_does_not_open_is_explained(workspace: Workspace) -> None:
    message = workspace.ask('/profiles "Data Engineer" limit:1')
    workspace.fault("slack", "views.open", status=500, body="{}", times=MANY)
    after = workspace.last_ts()

    assert workspace.press(message, "details")["status"] == 200

    told = workspace.until(lambda: workspace.messages(after=after))
    assert "Slack" in told[0]["text"]


def test_everything_of_slack_failing_leaves_a_trace_in_the_log(workspace: Workspace) -> None:
    """Nobody can be told; the ack still came in time, and the log says so."""
    workspace.ask("/shortlist help")
    workspace.fault("slack", "", status=500, body="{}", times=MANY)

    assert workspace.type('/profiles "Data Engineer" limit:1')["status"] == 200

    workspace.until(lambda: "nobody could be told" in workspace.logged())

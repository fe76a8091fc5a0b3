"""Typing a command brings the list that HrFlow's scores say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.workspace import elements, item_lines, names

if TYPE_CHECKING:
    from tests.helpers.workspace import Workspace


def keys(workspace: Workspace, path: str) -> str:
    return json.dumps([each["key"] for each in workspace.hrflow(path)["data"]])


def job_named(workspace: Workspace, title: str) -> tuple[dict[str, Any], str]:
    """The job of that title, and the key of its board."""
    for board in workspace.hrflow("/boards")["data"]:
        found = workspace.hrflow("/jobs/searching", board_keys=json.dumps([board["key"]]), limit="100")
        for job in found["data"]["jobs"]:
            if job["name"] == title:
                return job, board["key"]
    pytest.fail(f"no job {title}")


def by_score(reply: dict[str, Any], what: str) -> list[dict[str, Any]]:
    """Best first; whoever has no score comes last."""
    pairs = zip(reply["data"][what], reply["data"]["predictions"], strict=True)
    return [item for item, _ in sorted(pairs, key=lambda pair: -pair[1][1] if pair[1] else 0.0)]


def plain_scoring(workspace: Workspace, title: str, **filters: str) -> dict[str, Any]:
    job, board = job_named(workspace, title)
    asked = {"limit": "10", "stage": "new", "use_agent": "1", "sort_by": "scoring", "order_by": "desc", **filters}
    reply: dict[str, Any] = workspace.hrflow(
        "/profiles/scoring", source_keys=keys(workspace, "/sources"), board_key=board, job_key=job["key"], **asked
    )
    return reply


@pytest.mark.parametrize(
    ("typed", "filters"),
    [
        ("", {}),
        (" skills:python", {"skills_dict": '["python"]'}),
        (" limit:3 page:2", {"limit": "3", "page": "2"}),
        (" text:kafka order:asc", {"text_keywords": '["kafka"]', "order_by": "asc"}),
        (" stage:later", {"stage": "later"}),
    ],
)
def test_profiles_come_in_the_order_of_the_predictions(
    workspace: Workspace, typed: str, filters: dict[str, str]
) -> None:
    """The order of the names is the order of predictions[i][1] that a plain call gives for the same filters."""
    reply = plain_scoring(workspace, "Data Engineer", **filters)
    expected = [profile["name"]["text"] for profile in by_score(reply, "profiles")]
    if filters.get("order_by") == "asc":
        expected.reverse()

    message = workspace.ask(f'/profiles "Data Engineer"{typed}')

    assert names(message) == expected
    assert message["ephemeral"]


def test_scores_are_those_of_the_api(workspace: Workspace) -> None:
    reply = plain_scoring(workspace, "Product Manager")
    expected = [f"{pair[1] * 100:.0f} %" for pair in sorted(reply["data"]["predictions"], key=lambda pair: -pair[1])]

    message = workspace.ask('/profiles "product manager"')

    assert [parts[2] for parts in item_lines(message)] == expected
    assert f"1-10 of {reply['total']}" in message["text"]


def test_jobs_come_in_the_order_of_the_predictions(workspace: Workspace) -> None:
    """The same for the jobs of a profile, found by its name."""
    profile = plain_scoring(workspace, "Data Analyst")["data"]["profiles"][0]
    reply = workspace.hrflow(
        "/jobs/scoring",
        board_keys=keys(workspace, "/boards"),
        source_key=profile["source_id"],
        profile_key=profile["profile_id"],
        agent_key="a" * 40,
        limit="10",
        sort_by="scoring",
    )

    message = workspace.ask(f'/jobs "{profile["name"]["text"]}"')

    assert names(message) == [job["name"] for job in by_score(reply, "jobs")]


@pytest.mark.parametrize("how", ["key", "reference", "lower case", "part"])
def test_a_job_is_found_by(workspace: Workspace, how: str) -> None:
    job, _ = job_named(workspace, "UX Designer")
    words = {"key": job["key"], "reference": job["reference"], "lower case": '"ux designer"', "part": "designer"}

    message = workspace.ask(f"/profiles {words[how]} limit:2")

    assert message["text"].startswith("Top profiles for UX Designer\n")


@pytest.mark.parametrize("how", ["key", "reference", "email", "accents aside"])
def test_a_profile_is_found_by(workspace: Workspace, how: str) -> None:
    reply = plain_scoring(workspace, "Data Engineer", limit="100")
    listed = next(each for each in reply["data"]["profiles"] if not each["name"]["text"].isascii())
    stored = workspace.hrflow("/profile/indexing", source_key=listed["source_id"], key=listed["profile_id"])["data"]
    name = stored["info"]["full_name"]
    plain = "".join(char if char.isascii() else "" for char in __import__("unicodedata").normalize("NFKD", name))
    words = {
        "key": stored["key"],
        "reference": stored["reference"],
        "email": f"<mailto:{stored['info']['email']}|{stored['info']['email']}>",
        "accents aside": f'"{plain.upper()}"',
    }

    message = workspace.ask(f"/jobs {words[how]} limit:2")

    assert message["text"].startswith(f"Top jobs for {name}\n")


def test_several_titles_are_offered_as_buttons_and_a_press_brings_the_list(workspace: Workspace) -> None:
    choice = workspace.ask("/profiles engineer limit:4")
    block_id, element = elements(choice, "choose.1")[0]
    title = element["text"]["text"].split(",")[0]

    assert block_id
    assert workspace.press(choice, "choose.1")["status"] == 200
    replaced = workspace.until(lambda: (now := workspace.message(choice["ts"]))["text"] != choice["text"] and now)
    assert replaced["text"].startswith(f"Top profiles for {title}\n")
    assert len(names(replaced)) == 4


def test_an_unknown_title_gives_the_nearest(workspace: Workspace) -> None:
    message = workspace.ask('/profiles "Data Enginer"')

    assert message["text"].startswith('There is no job "Data Enginer". Nearest: Data Engineer')


def test_an_unknown_name_gives_the_nearest(workspace: Workspace) -> None:
    name = plain_scoring(workspace, "Data Engineer")["data"]["profiles"][0]["name"]["text"]

    message = workspace.ask(f'/jobs "{name[:-2]}zz"')

    assert "Nearest: " in message["text"]
    assert name in message["text"]


def test_a_wrong_key_is_answered_at_once_with_the_place_and_the_nearest(workspace: Workspace) -> None:
    """The answer comes with the ack itself, for a person the bot knows already."""
    workspace.ask("/shortlist help")
    after = workspace.last_ts()
    workspace.type('/profiles "Data Engineer" skils:python')

    [message] = workspace.messages(after=after)

    assert "Did you mean skills?" in message["text"]
    line, marks = message["text"].splitlines()[-2:]
    assert line[marks.index("^") : marks.rindex("^") + 1] == "skils"
    assert message["ephemeral"]


def test_the_canonical_text_typed_again_gives_the_same_list(workspace: Workspace) -> None:
    first = workspace.ask("/profiles Data Engineer --skills python \u2014limit 4 text: sql")
    canonical = first["text"].splitlines()[1].split(" \u00b7 ", 1)[1]

    again = workspace.ask(canonical)

    assert canonical == '/profiles "Data Engineer" limit:4 text:sql skills:python'
    assert again["text"] == first["text"]


def test_scoring_off_shows_no_score(workspace: Workspace) -> None:
    message = workspace.ask('/profiles "Data Engineer" scoring:off limit:3')

    assert [parts[2] for parts in item_lines(message)] == ["not scored"] * 3
    sent = workspace.calls()[-1]["params"]
    assert (sent["use_agent"], sent["sort_by"]) == ("0", "score_semantic")


def test_any_stage_merges_the_four_by_score(workspace: Workspace) -> None:
    pages = [
        plain_scoring(workspace, "Data Engineer", stage=stage, limit="100") for stage in ("new", "yes", "later", "no")
    ]
    rows = [
        (pair[1], profile["name"]["text"])
        for page in pages
        for profile, pair in zip(page["data"]["profiles"], page["data"]["predictions"], strict=True)
    ]
    expected = [name for _, name in sorted(rows, key=lambda row: -row[0])][5:10]

    message = workspace.ask('/profiles "Data Engineer" stage:any limit:5 page:2')

    assert names(message) == expected
    assert f"6-10 of {sum(page['total'] for page in pages)}" in message["text"]


def test_more_than_twelve_are_one_section_each_with_a_menu(workspace: Workspace) -> None:
    message = workspace.ask('/profiles "Data Engineer" limit:30')

    assert len(names(message)) == 30
    assert len(elements(message, "menu")) == 30
    assert len(message["blocks"]) <= 50


@pytest.mark.parametrize("channel", ["C_DATA", "D_EVE"])
@pytest.mark.parametrize("text", ['/profiles "Data Engineer"', "/jobs Anna", "/profiles x skils:1", "/shortlist help"])
def test_a_guest_gets_a_private_refusal_everywhere(workspace: Workspace, text: str, channel: str) -> None:
    message = workspace.ask(text, user="U_EVE", channel=channel)

    assert "guest" in message["text"]
    assert not elements(message, "stage.yes")
    assert message["ephemeral"] or channel == "D_EVE"


def test_every_call_names_the_user_and_the_key_in_headers_only(workspace: Workspace) -> None:
    workspace.ask('/profiles "Data Engineer" limit:1')

    for call in workspace.calls():
        assert "ask_sandbox" not in json.dumps([call["path"], call["params"], call["body"]])
    assert "ask_sandbox" not in workspace.logged()


def test_the_log_names_no_candidate_no_query_and_no_secret(workspace: Workspace) -> None:
    message = workspace.ask('/profiles "Data Engineer" text:kafka limit:3')
    name = names(message)[0]
    workspace.ask(f'/jobs "{name}"')
    workspace.press(message, "details")
    workspace.until(lambda: [view for view in workspace.views() if name in str(view["blocks"])])

    logged = workspace.logged()

    assert "handled" in logged
    for secret in (
        name,
        "Data Engineer",
        "kafka",
        "ask_sandbox",
        "xoxb-",
        "sandbox@example.com",
        "/slack/response_url/",
    ):
        assert secret not in logged


def test_slow_answers_are_announced_and_fast_ones_are_not(workspace: Workspace) -> None:
    after = workspace.last_ts()
    workspace.ask('/profiles "Data Engineer" limit:1')
    assert len(workspace.messages(after=after)) == 1
    workspace.fault("hrflow", "/profiles/scoring", delay_ms=2_500, times=1)
    after = workspace.last_ts()

    workspace.ask('/profiles "Data Engineer" limit:1')

    # What goes with the list of an earlier test may still be on its way.
    seen = [each for each in workspace.messages(after=after) if not each["text"].startswith("What the filters hide")]
    notice, answer = seen
    assert notice["text"].startswith("Still at it")
    assert names(answer)


def test_a_command_works_where_the_bot_is_not_a_member(workspace: Workspace) -> None:
    message = workspace.ask('/profiles "Data Engineer" limit:2', channel="C_PRIVATE")

    assert len(names(message)) == 2
    assert message["ephemeral"]


def test_sources_and_boards_are_known_by_name(workspace: Workspace) -> None:
    agency = next(each["key"] for each in workspace.hrflow("/sources")["data"] if each["name"] == "Agency")

    message = workspace.ask('/profiles "Data Engineer" source:agency limit:5')

    assert len(names(message)) == 5
    assert workspace.calls()[-1]["params"]["source_keys"] == json.dumps([agency])
    assert 'no source "Agncy". Nearest: Agency' in workspace.ask('/profiles "Data Engineer" source:Agncy')["text"]
    assert 'no job "Data Engineer"' in workspace.ask('/profiles "Data Engineer" board:"Business jobs"')["text"]

"""What one person is shown is written as they write: their Slack's language and time zone. The text has one form."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.workspace import Workspace, sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

PEOPLE = 1_400


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace with more people than three digits count; Ann reads French, Bob American English."""
    arguments = ["--profiles", str(PEOPLE)]
    with sandbox(arguments, tmp_path_factory.mktemp("large") / "log.jsonl") as workspace:
        for user, locale, zone in (("U_ANN", "fr-FR", "Europe/Paris"), ("U_BOB", "en-US", "America/New_York")):
            reply = workspace.http.patch(f"/workspace/users/{user}", json={"locale": locale, "tz": zone})
            assert reply.status_code == 200, reply.text
        yield workspace


def shown(message: dict[str, Any]) -> str:
    """Every word of the blocks."""
    return json.dumps(message["blocks"], ensure_ascii=False)


def test_a_list_is_written_as_its_reader_writes_and_its_text_is_the_same_for_all(large: Workspace) -> None:
    line = '/profiles "Data Engineer" stage:any near:Paris within:5000km'
    french, american = large.ask(line), large.ask(line, user="U_BOB")

    total = int(re.search(r"1-10 of (\d+)", french["text"]).group(1))  # type: ignore[union-attr]  # or it fails
    assert total >= 1_000
    assert re.search(rf"of {total // 1000}[ \u202f]{total % 1000:03}", shown(french))
    assert f"of {total:,}" in shown(american)
    assert re.search(r"\d\u202f%|\d %", shown(french))
    assert re.search(r"\d%", shown(american))
    assert " km" in shown(french)
    assert " mi" in shown(american)
    assert french["text"] == american["text"]
    assert re.search(r" \d+ %", american["text"])


def test_details_are_written_as_their_reader_writes(large: Workspace) -> None:
    message = large.ask('/profiles "Data Engineer" stage:any limit:3')
    assert large.press(message, "details")["status"] == 200

    view = large.until(lambda: next((each for each in large.views() if "Missing for scoring" in str(each)), None))
    words = shown(view)

    assert re.search(r"Created:\* \d\d/\d\d/\d{4}", words)
    assert re.search(r"\d\d/\d{4} to (\d\d/\d{4}|present)", words)
    assert not re.search(r"\d{4}-\d\d-\d\d", words)
    assert not re.search(r"\(0\.\d", words)  # the value of a skill: 0,9


def test_what_filters_hide_is_written_as_the_reader_writes(large: Workspace) -> None:
    after = large.last_ts()
    large.ask('/profiles "Data Engineer" stage:any skills:python name:zzzzz')

    told = large.until(lambda: next((each for each in large.messages(after=after) if " hides " in each["text"]), None))

    hides = max(int(found) for found in re.findall(r"(?:hides|they hide) (\d+)", told["text"]))
    assert hides >= 1_000
    assert re.search(rf" {hides // 1000}[ \u202f]{hides % 1000:03}", shown(told))


def test_the_next_slots_of_a_digest_are_on_the_readers_clocks(large: Workspace) -> None:
    card = large.ask('/digest add daily 09:00 @me profiles "Data Engineer" tz:Asia/Tokyo')

    assert re.search(r"Next: \w+day \d+ \w+ at 09:00, .* \(Asia/Tokyo\)\.", card["text"])
    assert shown(card).count("<!date^") == 3

"""The corpus is the same everywhere, and what was written to it can be kept between runs."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from bot.sandbox.hrflow import HrflowSide
from tests.sandbox.hrflow.conftest import serving

DIGEST = """
import hashlib, json
from bot.sandbox.hrflow.corpus import Corpus
corpus = Corpus(seed=5, profiles=60, jobs=40, midnight=1790035200.0)
everything = [corpus.boards, corpus.sources, corpus.jobs, list(corpus.profiles())]
print(hashlib.sha256(json.dumps(everything).encode()).hexdigest())
"""


def snapshot(side: HrflowSide) -> dict[str, Any]:
    with serving(side) as api:
        return {"profiles": api.stored_profiles(), "jobs": api.stored_jobs(), "boards": api.get("/boards")["data"]}


def test_two_sides_made_alike_are_alike() -> None:
    assert snapshot(HrflowSide(profiles=30, seed=3)) == snapshot(HrflowSide(profiles=30, seed=3))


def test_another_seed_makes_other_people() -> None:
    assert snapshot(HrflowSide(profiles=30, seed=3)) != snapshot(HrflowSide(profiles=30, seed=4))


def test_the_corpus_is_the_same_in_every_process() -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            env={"PYTHONHASHSEED": str(hash_seed)}, capture_output=True, text=True, check=True, timeout=60,
        ).stdout
        for hash_seed in (1, 2)
    }  # fmt: skip

    assert len(digests) == 1


def test_a_larger_corpus_begins_with_the_smaller_one() -> None:
    small, large = (snapshot(HrflowSide(profiles=size, seed=3))["profiles"] for size in (20, 50))

    assert all(each in large for each in small)


def test_an_empty_corpus_answers_too() -> None:
    with serving(HrflowSide(profiles=0, jobs=0)) as api:
        assert api.stored_profiles() == api.stored_jobs() == []


def test_what_was_written_survives_a_dump_and_a_load() -> None:
    first = HrflowSide(profiles=20)
    with serving(first) as api:
        profiles, job = api.stored_profiles(), api.stored_jobs()[0]
        label = {"job_key": job["key"], "stage": "yes"}
        api.send("PUT", "/profile/indexing", {**profiles[0], "labels": [label]})
        archived = {"source_key": profiles[1]["source_key"], "key": profiles[1]["key"]}
        api.send("PATCH", "/profile/indexing/archive", archived)
        made = {"source_key": api.source_keys[0], "info": {"full_name": "Newly Made"}}
        key = api.send("POST", "/profile/indexing", made, status=201)["data"]["key"]
        board = next(
            key for key in api.board_keys if api.get("/storing/jobs", board_keys=[key], key=job["key"])["data"]
        )
        api.send("PUT", "/job/indexing", {**job, "board_key": board, "summary": "Changed"})
        tracking = {
            "action": "yes", "role": "recruiter", "board_key": board, "job_key": job["key"],
            "source_key": profiles[0]["source_key"], "profile_key": profiles[0]["key"],
        }  # fmt: skip
        api.send("POST", "/tracking", tracking, status=201)
        api.side.config.lag_ms = 60_000
    text = json.dumps(first.dump())

    second = HrflowSide(profiles=20)
    second.load(json.loads(text))

    first.config.lag_ms = 0
    assert snapshot(second) == snapshot(first)
    assert second.dump() == first.dump()
    with serving(second) as api:
        assert api.get("/trackings", role="recruiter")["data"][0]["action"] == "yes"
        again = api.send("POST", "/profile/indexing", made, status=201)["data"]["key"]
        assert again != key, "keys go on from where they were"


def test_a_load_undoes_what_was_written_before_it_in_running_applications_too() -> None:
    side = HrflowSide(profiles=10)
    clean = json.loads(json.dumps(side.dump()))
    with serving(side) as api:
        before = api.stored_profiles()
        api.send("PUT", "/profile/indexing", {**before[0], "text": "changed"})

        side.load(clean)

        assert api.stored_profiles() == before


def test_a_dump_of_another_day_brings_that_day_back() -> None:
    side = HrflowSide(profiles=10)
    data = side.dump()
    data["midnight"] -= 86_400 * 30

    side.load(data)

    with serving(side) as api, serving(HrflowSide(profiles=10)) as today:
        then, now = api.stored_profiles(), today.stored_profiles()
    assert [each["key"] for each in then] == [each["key"] for each in now]
    assert then[0]["created_at"] < now[0]["created_at"]


def test_a_dump_of_nothing_written_is_small() -> None:
    assert len(json.dumps(HrflowSide().dump())) < 200

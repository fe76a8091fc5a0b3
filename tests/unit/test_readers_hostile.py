"""Whatever HrFlow sends in whatever place is read as "not stated" where it makes no sense, and never raises."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entities import Job, Profile
from bot.hrflow.readers import read_container, read_job, read_label, read_listed_profile, read_page, read_profile
from bot.hrflow.wire import total_of
from bot.views import details
from tests.unit.strategies import json_values
from tests.unit.test_readers_shapes import payload

if TYPE_CHECKING:
    from collections.abc import Iterator

PROFILES = json.loads(payload("profiles_scoring_seed"))
JOBS = json.loads(payload("jobs_scoring_seed"))
LATER = {"code": 200, "data": {"profiles": [json.loads(payload("profile_later"))], "predictions": [[0.5, 0.5]]}}
Path = tuple[str | int, ...]


def _paths(value: Any, before: Path = ()) -> Iterator[Path]:
    yield before
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inner:
        yield from _paths(each, (*before, name))


def _with(value: Any, path: Path, replaced: Any) -> Any:
    if not path:
        return replaced
    changed = copy.deepcopy(value)
    holder = changed
    for name in path[:-1]:
        holder = holder[name]
    holder[path[-1]] = replaced
    return changed


def _without(value: Any, path: Path) -> Any:
    changed = copy.deepcopy(value)
    holder = changed
    for name in path[:-1]:
        holder = holder[name]
    del holder[path[-1]]
    return changed


def _read(reply: Any) -> None:
    """Read it as both kinds of list, and draw what was read."""
    if not isinstance(reply, dict):
        return  # the envelope refuses it
    total_of(reply)
    for row in read_page(reply, "profiles", read_profile, None).items:
        assert row.item.key
        assert read_page(reply, "profiles", read_listed_profile, None).items
        json.dumps(details.profile(row.item, Job(key="j"))).encode()
    for job in read_page(reply, "jobs", read_job, None).items:
        assert job.item.key
        json.dumps(details.job(job.item, Profile(key="p"))).encode()


ALL = [(reply, path) for reply in (PROFILES, JOBS, LATER) for path in _paths(reply)]


@given(st.sampled_from(ALL), json_values)
def test_any_json_in_any_place_is_read(at: tuple[Any, Path], value: Any) -> None:
    reply, path = at

    _read(_with(reply, path, value))


def test_every_place_may_be_missing_null_or_of_another_type() -> None:
    odd: list[Any] = [
        None,
        True,
        0,
        -1,
        10**400,
        1e308,
        "",
        "x",
        "\ud800",
        [],
        {},
        [None],
        [[]],
        {"x": None},
        "9" * 400,
    ]
    for reply, path in ALL:
        if path:
            _read(_without(reply, path))
        for value in odd:
            _read(_with(reply, path, value))


def test_deep_nesting_is_read() -> None:
    deep: Any = "2020-01-01"
    for name in ("date", "iso8601", "text", "fields", "location") * 180:
        deep = {name: deep, "lat": deep if name == "x" else None}

    for path in (
        ("data", "profiles", 0, name) for name in ("location", "created_at", "info", "labels", "urls", "text")
    ):
        _read(_with(PROFILES, path, deep))
        _read(_with(PROFILES, path, [deep]))


@given(json_values)
def test_any_json_is_a_label_a_container_or_none(value: Any) -> None:
    read_label(value)
    read_container(value)
    _read({"data": value})
    _read({"data": {"profiles": value, "jobs": value, "predictions": value}})

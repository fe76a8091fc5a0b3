"""What the vendor's SDK reads is what the sandbox holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hrflow.utils import get_all_jobs, get_all_profiles  # type: ignore[import-untyped]  # no type hints

if TYPE_CHECKING:
    from tests.sandbox.sdk.conftest import Account


def test_boards_and_sources_are_listed_and_read_one_by_one(account: Account) -> None:
    for resource, path, keys in (
        (account.sdk.board, "/boards", account.boards),
        (account.sdk.source, "/sources", account.sources),
    ):
        listed = resource.list()

        assert listed == account.plain(path)
        for each in listed["data"]:
            one = resource.get(key=each["key"])
            assert one["code"] == 200
            assert one["data"] == {name: value for name, value in each.items() if name != "stats"}
        assert {each["key"] for each in listed["data"]} == set(keys)


def test_a_board_is_found_by_a_part_of_its_name_and_pages_are_cut(account: Account) -> None:
    names = [each["name"] for each in account.sdk.board.list()["data"]]

    found = account.sdk.board.list(name=names[0][:4].upper())
    second = account.sdk.source.list(page=2, limit=1, sort_by="date", order_by="asc")

    assert [each["name"] for each in found["data"]] == [name for name in names if names[0][:4] in name]
    assert second["meta"] == {"page": 2, "maxPage": 3, "count": 1, "total": 3}


def test_the_helpers_of_the_sdk_bring_every_profile_and_every_job(account: Account) -> None:
    profiles = [each for source in account.sources for each in get_all_profiles(account.sdk, source)]
    jobs = [each for board in account.boards for each in get_all_jobs(account.sdk, board)]

    assert sorted(each["key"] for each in profiles) == sorted(each["key"] for each in account.stored_profiles())
    assert {each["key"]: each for each in profiles} == {each["key"]: each for each in account.stored_profiles()}
    assert {each["key"]: each for each in jobs} == {each["key"]: each for each in account.stored_jobs()}


def test_a_store_is_searched_by_name_place_and_date(account: Account) -> None:
    one = account.stored_profiles()[0]
    place = one["info"]["location"]

    named = account.sdk.profile.storing.list(account.sources, name=one["info"]["full_name"], return_profile=True)
    dated = account.sdk.profile.storing.list(
        account.sources, key=one["key"], created_at_min=one["created_at"][:10], created_at_max=one["created_at"]
    )
    around = account.sdk.profile.storing.list(
        account.sources,
        location_lat=str(place["lat"]),
        location_lon=str(place["lng"]),
        location_dist="1",
        return_profile=True,
        limit=100,
    )

    assert named["data"] == [one]
    assert [each["key"] for each in dated["data"]] == [one["key"]]
    assert {each["info"]["location"]["text"] for each in around["data"]} == {place["text"]}


@pytest.mark.parametrize("by", ["key", "reference"])
def test_one_profile_and_one_job_are_read_by(account: Account, by: str) -> None:
    profile = account.stored_profiles()[3]
    job, board = account.job_and_board()

    assert account.sdk.profile.storing.get(profile["source_key"], **{by: profile[by]})["data"] == profile
    assert account.sdk.job.storing.get(board, **{by: job[by]})["data"] == job


def test_the_reference_counts_where_a_key_is_given_too(account: Account) -> None:
    one, other = [each for each in account.stored_profiles() if each["source_key"] == account.sources[0]][:2]

    found = account.sdk.profile.storing.get(account.sources[0], key=one["key"], reference=other["reference"])

    assert found["data"]["key"] == other["key"]


def test_what_does_not_exist_is_a_400_with_the_documented_message(account: Account) -> None:
    sdk, nobody = account.sdk, "0" * 40
    refusals = [
        (sdk.board.get(key=nobody), "Invalid board fields"),
        (sdk.source.get(), "Invalid source fields"),
        (sdk.profile.storing.get(account.sources[0], key=nobody), "Invalid source fields"),
        (sdk.job.storing.get(account.boards[0], key=nobody), "Invalid parameters. Unable to find object: job"),
        (sdk.job.storing.list([nobody]), "Invalid parameters. Unable to find object: board"),
        (sdk.profile.storing.list([nobody]), "Invalid parameters. Unable to find object: source"),
        (sdk.profile.scoring.list([nobody], job_key=nobody), "Bad Request. Invalid source ids"),
    ]

    assert [reply for reply, _ in refusals] == [{"code": 400, "message": message} for _, message in refusals]

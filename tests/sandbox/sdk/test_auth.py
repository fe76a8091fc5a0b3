"""The SDK gets in with a documented key, and learns from the sandbox why it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sandbox.sdk.conftest import DOCUMENTED_KEY

if TYPE_CHECKING:
    from tests.sandbox.sdk.conftest import Account


def test_a_key_in_the_documented_format_may_do_everything(account: Account) -> None:
    reply = account.sdk.auth.get()

    assert reply["code"] == 200
    assert reply["data"]["api_key_permission"] == "all"


@pytest.mark.parametrize(("prefix", "permission"), [("askr_", "read"), ("askw_", "write")])
def test_the_prefix_of_a_key_says_what_it_may_do(account: Account, prefix: str, permission: str) -> None:
    key = DOCUMENTED_KEY.replace("ask_", prefix)
    client = account.client(key)
    profile = account.stored_profiles()[0]

    read = client.profile.storing.get(profile["source_key"], key=profile["key"])
    written = client.profile.storing.edit(profile["source_key"], dict(profile), key=profile["key"])

    refused = written if permission == "read" else read
    assert {read["code"], written["code"]} == {200, 401}
    assert refused["code"] == 401
    lacking = "write" if permission == "read" else "read"
    assert refused["message"] == f"Unauthorized. Invalid secret key: {key} for permission: {lacking}"


def test_the_short_key_of_the_sandbox_works_for_all_but_the_self_test_of_the_sdk(account: Account) -> None:
    client = account.client("ask_sandbox")

    assert client.board.list()["code"] == 200
    with pytest.raises(ValueError, match="api_secret key must match"):
        client.auth.get()


@pytest.mark.parametrize("key", ["ask_" + "8".zfill(32), "ask_" + "0" * 32, "askx_" + "7".zfill(32), "7".zfill(32)])
def test_another_key_is_refused_and_repeated_in_the_message(account: Account, key: str) -> None:
    reply = account.client(key).board.list()

    assert reply == {"code": 401, "message": f"Unauthorized. Invalid secret key: {key}"}


def test_a_client_without_a_user_is_refused(account: Account) -> None:
    client = account.client(DOCUMENTED_KEY, email="somebody@example.com")

    assert client.source.list()["code"] == 401

"""A reply's bytes → one page of scored items. A large reply is read in a child process: parsing holds up everybody.

Run as a program, this module is that child: bytes on standard input, the pickled page on standard output.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import sys
from typing import TYPE_CHECKING, Any

from bot import errors
from bot.hrflow import readers, wire

if TYPE_CHECKING:
    from bot.domain.entities import Job, Page, Profile

NICE = 10  # where processors are few, acks go before a large reply
LARGE = 1024 * 1024  # bytes; measured: a megabyte is read in about 10 ms, eight in about 80


async def profiles(body: bytes) -> Page[Profile]:
    """`data.profiles` with their scores. Raises HrflowError.

    Of profiles that have a score only what a list shows is read; others whole: people are told what these lack.
    """
    page: Page[Profile] = await _page("profiles", body)
    return page


async def jobs(body: bytes) -> Page[Job]:
    """`data.jobs` with their scores. Raises HrflowError."""
    page: Page[Job] = await _page("jobs", body)
    return page


async def _page(name: str, body: bytes) -> Any:
    return _read(name, body) if len(body) <= LARGE else await _in_child(name, body)


def _read(name: str, body: bytes) -> Page[Any]:
    reply = wire.reply_object(body, exact=False)
    if name == "profiles":
        listed = readers.read_listed_profile
        return readers.read_page(reply, name, readers.read_profile, wire.total_of(reply), read_scored=listed)
    return readers.read_page(reply, name, readers.read_job, wire.total_of(reply))


async def _in_child(name: str, body: bytes) -> Any:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.hrflow.pages",
        name,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        made, _ = await child.communicate(body)
    except BaseException:
        if child.returncode is None:
            child.kill()
            await child.wait()
        raise
    if child.returncode != 0:
        raise errors.HrflowMalformedError("the large reply cannot be read")
    return pickle.loads(made)  # noqa: S301 - written by our own child, from this very module


def _main() -> None:
    os.nice(NICE)
    page = _read(sys.argv[1], sys.stdin.buffer.read())
    sys.stdout.buffer.write(pickle.dumps(page, protocol=pickle.HIGHEST_PROTOCOL))


if __name__ == "__main__":
    _main()

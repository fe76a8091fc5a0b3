"""A reply's bytes → what it lists. A large reply is read in a child process: parsing holds up everybody.

Run as a program, this module is that child: on standard input what is to be read by, pickled, and the bytes; on
standard output what was read, pickled.
"""

from __future__ import annotations

import asyncio
import gc
import os
import pickle
import sys
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from bot import errors
from bot.domain.entities import Page
from bot.hrflow import readers, stored, wire

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.entities import Job, Label, Profile, Stage

_Single = TypeVar("_Single", "Profile", "Job")
NICE = 10  # where processors are few, acks go before a large reply
LARGE = 512 * 1024  # bytes; measured: a megabyte is read in about 10 ms, eight in about 80
MANY = 40_000  # values, by the commas between them: read in up to 30 ms; thirty large profiles have about as many
_FEW = 64 * 1024  # bytes in which nobody counts
MOST_LISTED = 500  # entries of one list of one item on a large page; it has a hundred items, and labels are all kept
CHILDREN = 3  # at once: each takes a processor, and memory many times that of what it reads
MOST = 5_000  # entries of one list of a large single object that are kept: what comes back is read in one go

_lines: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


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


async def profile(body: bytes) -> Profile | None:
    """`data` as one profile, None where it is none. Raises HrflowError."""
    found: Profile | None = await _page("profile", body)
    return found


async def job(body: bytes) -> Job | None:
    """`data` as one job, None where it is none. Raises HrflowError."""
    found: Job | None = await _page("job", body)
    return found


async def containers(body: bytes) -> tuple[list[tuple[str, str]], int | None]:
    """Key and name of each board or source in `data`, and how many there are in all. Raises HrflowError."""
    found: tuple[list[tuple[str, str]], int | None] = await _page("containers", body)
    return found


async def labels(body: bytes, job_key: str) -> tuple[str, tuple[Label, ...]]:
    """Of `data` as one profile its key, "" where it is none, and what `stored.labels` gives. Raises HrflowError."""
    found: tuple[str, tuple[Label, ...]] = await _page("labels", body, job_key)
    return found


async def edited(body: bytes, source_key: str, key: str, *, about: Job, target: Stage, at: datetime) -> bytes:
    """`data` as the body of a PUT, its label for a job set (`stored.edited`). Raises HrflowError."""
    made: bytes = await _page("edited", body, source_key, key, about, target, at)
    return made


async def _page(name: str, body: bytes, *by: Any) -> Any:
    return await _in_child(name, body, *by) if _is_large(body) else _read(name, body, *by)


def _is_large(body: bytes) -> bool:
    return len(body) > LARGE or (len(body) > _FEW and body.count(b",") > MANY)


def _read(name: str, body: bytes, *by: Any) -> Any:
    collecting = gc.isenabled()
    gc.disable()  # what is made here goes by itself: looking through it half way would only hold everybody up
    try:
        return _made(name, wire.reply_object(body, exact=name == "edited"), *by)
    finally:
        if collecting:
            gc.enable()


def _made(name: str, reply: dict[str, Any], *by: Any) -> Any:
    data = reply.get("data")
    match name:
        case "profiles":
            listed = readers.read_listed_profile
            return readers.read_page(reply, name, readers.read_profile, wire.total_of(reply), read_scored=listed)
        case "jobs":
            return readers.read_page(reply, name, readers.read_job, wire.total_of(reply))
        case "containers":
            pairs = map(readers.read_container, data if isinstance(data, list) else [])
            return [pair for pair in pairs if pair][:MOST], wire.total_of(reply)
        case "labels":
            key, found = stored.labels(reply, *by)
            return key, found[:MOST]
        case "edited":
            source_key, key, about, target, at = by
            return stored.edited(reply, source_key, key, job=about, target=target, at=at)
        case _:
            read = readers.read_profile if name == "profile" else readers.read_job
            return _cut(read(data)) if isinstance(data, dict) and data else None


def _cut(found: _Single | None, most: int = MOST) -> _Single | None:
    """The same with no list longer than `most`; of labels, which decide a stage, MOST are kept."""
    if found is None:
        return None
    held: dict[str, Any] = {each.name: getattr(found, each.name) for each in fields(found)}
    long: dict[str, Any] = {
        name: value[:limit]
        for name, value in held.items()
        if isinstance(value, tuple) and len(value) > (limit := MOST if name == "labels" else most)
    }
    return replace(found, **long) if long else found


async def _in_child(name: str, body: bytes, *by: Any) -> Any:
    line = _lines.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(CHILDREN))
    async with line:
        found = await _in_one_child(name, body, *by)
    if isinstance(found, errors.HrflowError):
        raise found
    if not isinstance(found, tuple) or not isinstance(found[0], Page):
        return found
    page, rows = found
    return replace(page, items=tuple([await _unpacked(row) for row in rows]))


async def _in_one_child(name: str, body: bytes, *by: Any) -> Any:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.hrflow.pages",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        made, _ = await child.communicate(pickle.dumps((name, by)) + body)
    except BaseException:
        if child.returncode is None:
            child.kill()
            await child.wait()
        raise
    if child.returncode != 0:
        raise errors.HrflowMalformedError("the large reply cannot be read")
    return pickle.loads(made)  # noqa: S301 - written by our own child, from this very module


async def _unpacked(row: bytes) -> Any:
    await asyncio.sleep(0)  # one of many entries takes milliseconds, and there may be a hundred
    return pickle.loads(row)  # noqa: S301 - written by our own child, from this very module


def _apart(page: Page[Any]) -> tuple[Page[Any], list[bytes]]:
    """The page without its items, and each of them pickled by itself."""
    rows = [replace(row, item=_cut(row.item, MOST_LISTED)) for row in page.items]
    return replace(page, items=()), [pickle.dumps(row, protocol=pickle.HIGHEST_PROTOCOL) for row in rows]


def _main() -> None:
    os.nice(NICE)
    name, by = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our own parent
    try:
        made = _read(name, sys.stdin.buffer.read(), *by)
        made = _apart(made) if isinstance(made, Page) else made
    except errors.HrflowError as error:
        made = error
    sys.stdout.buffer.write(pickle.dumps(made, protocol=pickle.HIGHEST_PROTOCOL))


if __name__ == "__main__":
    _main()

"""`shortlist ledger`: export, verify, erase. Works beside a running bot and needs DATABASE_URL only."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from bot import logs, settings
from bot.domain.ledger import exported
from bot.domain.ledger_chain import Anchor
from bot.domain.moments import Moment
from bot.errors import ConfigError, LedgerUnreadableError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine

    from bot.domain.ledger_chain import Bad
    from bot.storage.ledger import Ledger

app = typer.Typer(no_args_is_help=True, help="The decision ledger: export it, check its chain, erase notes.")

_DATE = "a date, a time, or how long ago: 2026-11-01, 2026-11-01T09:00+01:00, 7d; in UTC where it says no other zone"
Person = Annotated[str, typer.Option(help="only what this person did: a Slack user id")]
Profile = Annotated[str, typer.Option(metavar="KEY", help="only this profile")]
_BAD = {
    "altered": "row {row} was altered",
    "missing": "row {row} is missing: it was dropped, or rows were renumbered",
    "misplaced": "row {row} is not the one that belongs there: rows were moved, repeated or renumbered",
    "added": "row {row} was added without the ledger's head",
    "head": "the head does not fit row {row}: the last rows were rewritten, or the head was altered",
    "anchor": "the head given is not in the chain: row {row} or one before it was rewritten or dropped",
}


@app.command()
def export(
    job: Annotated[str, typer.Option(metavar="KEY", help="only this job")] = "",
    profile: Profile = "",
    person: Person = "",
    since: Annotated[str, typer.Option(metavar="DATE", help=_DATE)] = "",
    until: Annotated[str, typer.Option(metavar="DATE", help="the same; a day counts to its end")] = "",
) -> None:
    """Print decisions, undos, notes and erasures as JSON lines, oldest first; the head goes to standard error."""
    now = datetime.now(UTC)
    start, end = _moment("--since", since, now), _moment("--until", until, now, end=True)

    async def run() -> None:
        async with _ledger() as ledger:
            found = ledger.export(by=_person(person), job=job, profile=profile, since=start, until=end)
            async for each in found:
                line = exported(each.text, note=each.entry.note or None, salt=each.salt, hash=each.hash)
                typer.echo(json.dumps(line, ensure_ascii=False))
            typer.echo(f"head {await ledger.head()}", err=True)

    _run(run)


@app.command()
def verify(
    head: Annotated[str, typer.Option(metavar="HEAD", help="a head that was noted earlier: it must be there")] = "",
) -> None:
    """Check the chain; exit code 1 with the first row that was altered, dropped or moved."""
    anchor = Anchor.read(head) if head else None
    if head and anchor is None:
        raise ConfigError("--head is wrong: it must be what `shortlist ledger verify` printed, such as 12:4f0c….")

    async def run() -> None:
        async with _ledger() as ledger:
            whole, bad = await ledger.verify(anchor)
        if bad is not None:
            typer.echo(f"FAIL: {_words(bad)}.")
            raise typer.Exit(1)
        typer.echo(f"ok: {whole.count} rows, head {whole}")

    _run(run)


@app.command()
def erase(
    profile: Profile = "",
    person: Person = "",
) -> None:
    """Erase the text of notes on a profile, or by a person; the chain stays whole, and a row says that it was done."""
    if not (profile or person):
        raise ConfigError("Say whose notes: --profile KEY, --person U…, or both.")

    async def run() -> None:
        async with _ledger() as ledger:
            count = await ledger.erase_notes(
                by="operator", at=datetime.now(UTC), profile=profile, author=_person(person)
            )
        typer.echo(f"{count} notes erased." if count != 1 else "1 note erased.")

    _run(run)


def _run(work: Callable[[], Coroutine[None, None, None]]) -> None:
    logs.configure(level="error")
    try:
        asyncio.run(work())
    except LedgerUnreadableError as error:
        typer.echo(f"Row {error.row} cannot be read: `shortlist ledger verify` says what was altered.", err=True)
        raise typer.Exit(1) from None


@asynccontextmanager
async def _ledger() -> AsyncIterator[Ledger]:
    from bot.app import open_database  # noqa: PLC0415 - the other subcommands start faster without
    from bot.storage.ledger import Ledger as Opened  # noqa: PLC0415 - the same

    database = open_database(settings.load())
    file = database.file
    if file is not None and not file.exists():
        raise ConfigError(f"There is no database {file.name} here: set DATABASE_URL, or go where the bot runs.")
    await database.open()
    try:
        yield Opened(database)
    finally:
        await database.close()


def _moment(option: str, typed: str, now: datetime, *, end: bool = False) -> datetime | None:
    """The instant; as an end, the first one that is not meant any more."""
    if not typed:
        return None
    found = Moment.read(typed)
    if found is None:
        raise ConfigError(f"{option} is wrong: it must be {_DATE}.")
    return found.at(now, end=end) + timedelta(seconds=1 if end else 0)


def _person(typed: str) -> str:
    return typed.strip().strip("<@>").partition("|")[0]


def _words(bad: Bad) -> str:
    return _BAD[bad.what].format(row=bad.row)

"""The command line. A subcommand needs only the settings that it uses."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from datetime import datetime
from itertools import islice
from pathlib import Path  # noqa: TC003 - typer reads the annotation when it runs
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from bot import collecting, ledger_cli, logs, manifest, settings
from bot.errors import ConfigError, QueryError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.settable import Settings
    from bot.slack.routes import Route

EXIT_CONFIG = 2
_YEARS = range(1971, 8_000)  # whose slots are all known


def main(routes: Sequence[Route]) -> None:
    """Run the command line over those routes."""
    app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
    app.callback()(_about)
    _add_run(app, routes)
    _add_sandbox(app, routes)
    app.command()(explain)
    app.command()(schedule)
    app.command()(check)
    app.command("manifest")(print_manifest)
    app.command()(migrate)
    app.add_typer(ledger_cli.app, name="ledger")
    try:
        app()
    except ConfigError as error:
        typer.echo(str(error), err=True)
        sys.exit(EXIT_CONFIG)


def _about() -> None:
    """Shortlist: the top profiles for a job, the top jobs for a profile, and the decision, all in Slack."""


def _add_run(app: typer.Typer, routes: Sequence[Route]) -> None:
    @app.command()
    def run() -> None:
        """Run the bot: over HTTP where SLACK_SIGNING_SECRET is set, in Socket Mode where SLACK_APP_TOKEN is."""
        found = settings.load(slack=True, hrflow=True)
        logs.configure(log_format=found.service.log_format, level=found.service.log_level)
        collecting.share()
        asyncio.run(_run_bot(found, routes))


async def _run_bot(found: Settings, routes: Sequence[Route]) -> None:
    from bot.app import Bot  # noqa: PLC0415 - the other subcommands start faster without Bolt

    stop = _stop_when_told()  # before the start, which may be told to stop as well
    try:
        async with Bot(found, routes) as bot:
            collecting.settle()
            told, lost = asyncio.create_task(stop.wait()), asyncio.create_task(bot.lost())
            await asyncio.wait({told, lost}, return_when=asyncio.FIRST_COMPLETED)
            failed = lost.done()
            told.cancel()
            lost.cancel()
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else type(error).__name__
        raise ConfigError(f"Cannot listen on {found.service.host}, port {found.service.port}: {why}.") from None
    if failed:
        raise typer.Exit(1)


def _add_sandbox(app: typer.Typer, routes: Sequence[Route]) -> None:
    @app.command()
    def sandbox(  # noqa: PLR0917 - the options of a command line
        port: Annotated[int, typer.Option(min=0, max=65535, help="port of everything the sandbox serves")] = 3000,
        profiles: Annotated[int, typer.Option(min=0, max=100_000, help="generated profiles")] = 300,
        jobs: Annotated[int, typer.Option(min=0, max=10_000, help="generated jobs")] = 12,
        channels: Annotated[int, typer.Option(min=0, max=999, help="additional channels")] = 0,
        seed: Annotated[int, typer.Option(help="the same seed gives the same people")] = 7,
        data: Annotated[Path | None, typer.Option(help="folder that keeps everything; default: a fresh one")] = None,
        mode: Annotated[str, typer.Option(help="how the sandbox's Slack reaches the bot: http or socket")] = "http",
        dialect: Annotated[str, typer.Option(help="generation of HrFlow: seed or current")] = "seed",
        bot: Annotated[bool, typer.Option("--bot/--no-bot", help="start the bot too")] = True,
        bot_url: Annotated[str, typer.Option(help="with --no-bot: the full request address of your app")] = "",
        write_env: Annotated[Path | None, typer.Option(help="write the settings a bot needs to this file")] = None,
        manifest_file: Annotated[
            Path | None, typer.Option("--manifest", help="manifest of another app (YAML or JSON)")
        ] = None,
    ) -> None:
        """A local HrFlow and a local Slack with a web page, and the bot wired to both. No account needed."""
        from bot import demo  # noqa: PLC0415 - nothing else needs the sandbox

        logs.configure()
        plan = demo.Plan(
            port=port,
            profiles=profiles,
            jobs=jobs,
            channels=channels,
            seed=seed,
            data=data,
            mode=mode,
            dialect=dialect,
            bot=bot,
            bot_url=bot_url,
            write_env=write_env,
            manifest=manifest_file or manifest.PATH,
        )
        asyncio.run(_run_sandbox(plan, routes))


async def _run_sandbox(plan: Any, routes: Sequence[Route]) -> None:
    from bot import demo  # noqa: PLC0415 - as above

    stop = _stop_when_told()
    async with demo.running(plan, routes) as url:
        typer.echo(f"ready {url}")
        await stop.wait()


def explain(
    line: Annotated[
        str, typer.Argument(help="a command line such as '/profiles dev-42 limit:5'; - reads standard input")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
    tz: Annotated[str, typer.Option(help="time zone for relative dates")] = "UTC",
) -> None:
    """Show what a command line would ask HrFlow."""
    zone = _zone(tz)
    found = settings.load()
    logs.configure(level="error")
    lines = [read.rstrip("\n") for read in sys.stdin] if line == "-" else [line]
    results = asyncio.run(_explain_all(found, lines, zone))
    for result in results:
        typer.echo(json.dumps(result, ensure_ascii=False) if as_json else _readable(result), err=False)
    if line != "-" and "error" in results[0]:
        raise typer.Exit(1)


async def _explain_all(found: Settings, lines: Sequence[str], zone: ZoneInfo) -> list[dict[str, Any]]:
    from bot.app import directory, hrflow_client  # noqa: PLC0415 - the other subcommands start faster without
    from bot.explain import Explainer  # noqa: PLC0415 - the same
    from bot.gazetteer import Gazetteer  # noqa: PLC0415 - the same

    account = found.hrflow.api_key is not None and found.hrflow.user_email is not None
    async with hrflow_client(found) as hrflow:
        explainer = Explainer(
            directory=directory(found, hrflow) if account else None,
            gazetteer=Gazetteer(),
            sources=found.hrflow.source_keys,
            boards=found.hrflow.board_keys,
            agent_key=found.hrflow.agent_key,
            dialect=found.hrflow.dialect,
            prefix=found.service.command_prefix,
        )
        return [await explainer.explain(line, now=datetime.now(zone)) for line in lines]


def _readable(result: dict[str, Any]) -> str:
    if "error" in result:
        return str(result["error"])
    requests = result.get("requests", [result])
    lines = [str(result["canonical"])]
    for request in requests:
        lines += [f"GET {request['path']}", *(f"  {name} = {value}" for name, value in request["params"].items())]
    return "\n".join(lines)


def schedule(
    text: Annotated[str, typer.Argument(help="a schedule such as 'weekdays 09:00' or 'cron:\"*/5 * * * *\"'")],
    tz: Annotated[str, typer.Option(help="time zone of the schedule, where it names none")] = "UTC",
    start: Annotated[str, typer.Option("--from", help="first moment that counts; default: now")] = "",
    count: Annotated[int, typer.Option(min=1, max=100_000, help="how many slots")] = 5,
) -> None:
    """Show the next slots of a digest's schedule, one time with its offset a line."""
    from bot.domain import schedule_text  # noqa: PLC0415 - the other subcommands start faster without
    from bot.views import notices  # noqa: PLC0415 - the same

    zone = _zone(tz)
    try:
        begin = datetime.fromisoformat(start) if start else datetime.now(zone)
    except ValueError:
        raise ConfigError(f"--from {start} is no time: write it as 2026-03-27T00:00.") from None
    if begin.year not in _YEARS:
        raise ConfigError(f"--from is between the years {_YEARS[0]} and {_YEARS[-1]}.")
    try:
        found = schedule_text.read(text, zone.key)
    except QueryError as error:
        typer.echo("\n".join([notices.in_words(error), *notices.marked_line(error)]), err=True)
        raise typer.Exit(1) from None
    own = ZoneInfo(found.zone)
    begin = begin if begin.tzinfo else begin.replace(tzinfo=own)
    for slot in islice(found.slots(begin), count):
        typer.echo(slot.astimezone(own).isoformat())


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ConfigError(f"There is no time zone {name}: use a name such as Europe/Paris.") from None


def check() -> None:
    """Test every setting against the real services and say what to fix."""
    found = settings.load()
    logs.configure(level="error")
    if not asyncio.run(_check_all(found)):
        raise typer.Exit(1)


async def _check_all(found: Settings) -> bool:
    from bot.health import check as look  # noqa: PLC0415 - nothing else needs it

    good = True
    async for finding in look(found, manifest.read()):
        typer.echo(f"{'ok  ' if finding.ok else 'FAIL'} {finding.subject}: {finding.words}")
        good = good and finding.ok
    return good


def print_manifest(
    http: Annotated[str, typer.Option(help="the full request address, for HTTP instead of Socket Mode")] = "",
) -> None:
    """Print the Slack app manifest."""
    prefix = settings.load().service.command_prefix
    typer.echo(manifest.as_yaml(manifest.for_workspace(manifest.read(), prefix=prefix, url=http)), nl=False)


def migrate() -> None:
    """Bring the database up to date; `run` does so by itself when it starts."""
    found = settings.load()
    logs.configure(level="error")
    asyncio.run(_migrate(found))
    typer.echo("The database is up to date.")


async def _migrate(found: Settings) -> None:
    from bot.app import open_database  # noqa: PLC0415 - the other subcommands start faster without

    database = open_database(found)
    await database.open()
    await database.close()


def _stop_when_told() -> asyncio.Event:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    return told

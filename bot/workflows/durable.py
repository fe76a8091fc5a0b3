"""Work that survives a crash: the only user of the workflow library.

A run is started under an id, which is its idempotency key, and is carried to its end by this process, by the next one
of the same name, or by another one that takes over. Its steps' results are stored as JSON: a run that is continued
does not repeat the steps that it has finished. Ids, arguments and results hold keys, stages and scores, nothing else.

The library lives in a thread with an event loop of its own, so that nothing of it keeps anybody's ack waiting; the
steps themselves run in our loop, where our connections are.
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import structlog

from bot.workflows.running import Run, Runs

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from bot.storage.database import Database

    Function = Callable[..., Awaitable[dict[str, Any]]]

log = structlog.get_logger(__name__)
# The generation of our workflows. A run is only continued by a process of the same one: raise it when the steps of a
# workflow change, and keep the old code until its runs have ended.
VERSION = "1"
STORE = "runs"
THREADS = 2  # of the library's statements; more only wait for each other
KEEP_DAYS = 30
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Status:
    """What is known of a run: `unknown`, `running`, `done` (then `result` is what it gave) or `broken`."""

    state: str
    result: dict[str, Any] | None = None


class Durable:
    """Starts runs and knows how they ended. `replica` names this process; nobody else may run under that name."""

    def __init__(self, database: Database, *, replica: str) -> None:
        self._database = database
        self._replica = replica
        self._functions: dict[str, Function] = {}
        self._runs = Runs()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._library: Any = None
        self._workflow: Any = None
        self._launching: asyncio.Task[None] | None = None
        self._launched = asyncio.Event()

    def register(self, name: str, function: Function, *, queue: str, concurrency: int) -> None:
        """A workflow: `await function(run, *arguments)` gives its result; all before `open`.

        Of the steps of all runs in one `queue`, at most `concurrency` are carried out at once.
        """
        self._functions[name] = function
        self._runs.queue(name, queue, concurrency)

    def open(self) -> None:
        """Begin to continue what was left unfinished, in the background."""
        self._runs.home = asyncio.get_running_loop()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._turn, name="durable", daemon=True)
        self._thread.start()
        self._launching = asyncio.create_task(self._launch())

    async def close(self, seconds: float) -> None:
        """Let steps under way finish, at most that long; what is left is continued by whoever comes next."""
        if self._loop is None or self._thread is None:
            return
        if self._launching is not None:
            self._launching.cancel()
            await asyncio.gather(self._launching, return_exceptions=True)
        await self._runs.settle(seconds)
        loop = self._loop
        if self._library is not None:
            await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(_cancel_all(), loop))
            await asyncio.to_thread(self._library.DBOS.destroy)
        loop.call_soon_threadsafe(loop.stop)
        await asyncio.to_thread(self._thread.join, 5.0)
        self._loop = None

    async def start(self, name: str, workflow_id: str, *arguments: Any) -> None:
        """Have that workflow run under that id. When this returns, it will be carried to its end.

        Where a run of that id was started before, nothing happens.
        """
        await self._ready()
        await self._there(self._begin(name, workflow_id, arguments))

    async def status(self, workflow_id: str) -> Status:
        """What is known of that run."""
        await self._ready()
        return await self._there(self._look(workflow_id))

    async def wait(self, workflow_id: str, seconds: float) -> bool:
        """Wait for a run of this process to end, at most that long; tells whether it has."""
        return await self._runs.wait(workflow_id, seconds)

    async def take_over(self, replica: str) -> int:
        """Continue what a dead process left unfinished; the caller makes sure that it is dead."""
        await self._ready()
        return await self._there(self._adopt(replica))

    async def forget_finished(self, before: str) -> None:
        """Delete what ended before that moment (ISO 8601)."""
        await self._ready()
        await self._there(self._forget(before))

    async def loaded(self, seconds: float) -> None:
        """Return once runs can be started, at most after that long.

        Loading the library takes a quarter of a second, in which nobody's ack gets through: so it is waited for before
        anybody is let in.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._launched.wait()

    async def _ready(self) -> None:
        await self._launched.wait()

    def _turn(self) -> None:
        assert self._loop is not None  # noqa: S101 - `open` has made it
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        self._loop.close()

    async def _there(self, work: Coroutine[Any, Any, _T]) -> _T:
        """Have it done in the library's loop."""
        if self._loop is None:
            work.close()
            raise RuntimeError("Durable.open() comes first")
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))

    async def _launch(self) -> None:
        """A store that cannot be opened just now is tried again: without it nothing is accepted, but lists work."""
        wait = 1.0
        while True:
            try:
                await self._there(self._start_library())
            except Exception as error:  # noqa: BLE001 - whatever keeps the library from starting, we try again
                log.error("durable work not ready", error=error)  # noqa: TRY400 - with type and place only
                await asyncio.sleep(wait)
                wait = min(60.0, 2 * wait)
            else:
                self._launched.set()
                return

    async def _start_library(self) -> None:
        import dbos  # noqa: PLC0415 - slow to load, and nobody waits for it

        _quieten()
        self._library = dbos
        if self._workflow is None:
            self._workflow = _workflow(dbos, self._run)
        address, engine = self._database.beside(STORE)
        json_only: Any = _Json()  # the library's own class would have to be loaded early
        dbos.DBOS.destroy()  # what a failed attempt left behind
        dbos.DBOS(
            config={
                "name": "shortlist",
                "system_database_url": address,
                "system_database_engine": engine,
                "application_version": VERSION,
                "executor_id": self._replica,
                "serializer": json_only,
                "use_listen_notify": False,
                "max_executor_threads": THREADS,
                "enable_otlp": False,
                "log_level": "WARNING",
            }
        )
        dbos.DBOS.launch()

    async def _begin(self, name: str, workflow_id: str, arguments: tuple[Any, ...]) -> None:
        with self._library.SetWorkflowID(workflow_id):
            await self._library.DBOS.start_workflow_async(self._workflow, name, list(arguments))

    async def _run(self, name: str, arguments: list[Any]) -> dict[str, Any]:
        """One run, in the library's loop."""
        run = Run(self._library.DBOS.workflow_id or "", name, self._library, self._runs)
        with self._runs.under_way(run.id):
            return await self._functions[name](run, *arguments)

    async def _look(self, workflow_id: str) -> Status:
        found = await self._library.DBOS.get_workflow_status_async(workflow_id)
        if found is None:
            return Status("unknown")
        if found.status == "SUCCESS":
            return Status("done", found.output)
        return Status("running" if found.status in {"PENDING", "ENQUEUED", "DELAYED"} else "broken")

    async def _adopt(self, replica: str) -> int:
        pending = await self._library.DBOS.list_workflows_async(
            status="PENDING", executor_id=replica, load_input=False, load_output=False
        )
        ids = [each.workflow_id for each in pending]
        if ids:
            await self._library.DBOS.resume_workflows_async(ids)
        return len(ids)

    async def _forget(self, before: str) -> None:
        while True:
            old = await self._library.DBOS.list_workflows_async(
                completed_before=before, limit=100, load_input=False, load_output=False
            )
            if not old:
                return
            await self._library.DBOS.delete_workflows_async([each.workflow_id for each in old])


def _workflow(library: Any, run: Callable[[str, list[Any]], Awaitable[dict[str, Any]]]) -> Any:
    """The one function that the library knows; which of ours it runs is its first argument."""
    global _current  # noqa: PLW0603 - the library registers a function once a process, whoever runs just now
    _current = run
    global _registered  # noqa: PLW0603 - the same
    if _registered is None:

        async def shortlist(name: str, arguments: list[Any]) -> dict[str, Any]:
            done: dict[str, Any] = await _current(name, arguments)
            return done

        _registered = library.DBOS.workflow(name="shortlist", max_recovery_attempts=None)(shortlist)
    return _registered


_registered: Any = None
_current: Any = None


class _Json:
    """What is stored can be read by anybody, and holds no code. Of an error only the type is kept."""

    @staticmethod
    def serialize(data: Any) -> str:
        if isinstance(data, BaseException):
            data = {"__error__": type(data).__name__}
        return json.dumps(data, separators=(",", ":"))

    @staticmethod
    def deserialize(serialized_data: str) -> Any:
        held = json.loads(serialized_data)
        if isinstance(held, dict) and "__error__" in held:
            return RuntimeError(held["__error__"])
        return held

    @staticmethod
    def name() -> str:
        return "json"


async def _cancel_all() -> None:
    tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


class _Told(logging.Handler):
    """What the library says, as one of our log lines: where and how grave, not the words, which may quote values."""

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        log.warning("durable", level=record.levelname, where=f"{record.module}:{record.lineno}", error_type=kind)


def _quieten() -> None:
    """The library logs to a handler of its own unless there is one."""
    logger = logging.getLogger("dbos")
    logger.propagate = False
    logger.handlers = [_Told(logging.WARNING)]

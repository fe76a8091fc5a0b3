"""What survives a restart: `state.json` in the data folder, written whole and atomically."""

import asyncio
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

FILE = "state.json"
VERSION = 1
DEBOUNCE_SECONDS = 0.5


class Keeper:
    """Loads a state at start and writes it after changes and at stop; without a folder it does nothing."""

    def __init__(
        self,
        folder: Path | None,
        *,
        dump: Callable[[], dict[str, Any]],
        load: Callable[[dict[str, Any]], object],
    ) -> None:
        self._path = None if folder is None else folder / FILE
        self._dump = dump
        self._load = load
        self._changed = asyncio.Event()
        self._writer: asyncio.Task[None] | None = None

    def changed(self) -> None:
        """Note that there is something to write."""
        self._changed.set()

    async def start(self) -> None:
        """Load what is there. Raises ValueError for a file that is none of ours, OSError for one that is unreadable."""
        if self._path is None:
            return
        path = self._path
        await asyncio.to_thread(path.parent.mkdir, parents=True, exist_ok=True)
        if await asyncio.to_thread(path.exists):
            state = json.loads(await asyncio.to_thread(path.read_text, "utf-8"))
            if not isinstance(state, dict) or state.get("version") != VERSION:
                raise ValueError(f"{path.name} is not a state of this version of the sandbox")
            self._load(state)
        self._writer = asyncio.create_task(self._write_after_changes(path))

    async def stop(self) -> None:
        """Write the last changes."""
        if self._writer is None or self._path is None:
            return
        self._writer.cancel()
        await asyncio.gather(self._writer, return_exceptions=True)
        self._writer = None
        await self._write(self._path)

    async def _write_after_changes(self, path: Path) -> None:
        while True:
            await self._changed.wait()
            await asyncio.sleep(DEBOUNCE_SECONDS)
            self._changed.clear()
            await self._write(path)

    async def _write(self, path: Path) -> None:
        # The snapshot is taken here, where nothing else runs; only the finished text goes to the disk's thread.
        text = json.dumps({"version": VERSION, **self._dump()}, ensure_ascii=False, separators=(",", ":"))
        await asyncio.to_thread(_replace, path, text)


def _replace(path: Path, text: str) -> None:
    draft = path.with_suffix(".tmp")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)

"""The bot as `shortlist run` starts it, under cProfile between SIGUSR1 and SIGUSR2; the second writes the figures.

They go to `PROFILE_FILE` in the working folder, in the form that `pstats` reads.
"""

from __future__ import annotations

import asyncio
import cProfile
import signal
from pathlib import Path

from bot import collecting, logs, settings
from bot.app import Bot
from commands import ROUTES

PROFILE_FILE = "bot.pstats"


async def serve() -> None:
    """Run the bot of the environment until told to stop."""
    profile = cProfile.Profile()
    told = asyncio.Event()

    def write() -> None:
        profile.disable()
        profile.create_stats()
        unfinished = Path(PROFILE_FILE + ".part")
        profile.dump_stats(unfinished)
        unfinished.rename(PROFILE_FILE)

    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGUSR1, profile.enable)
    loop.add_signal_handler(signal.SIGUSR2, write)
    loop.add_signal_handler(signal.SIGTERM, told.set)
    found = settings.load(slack=True, hrflow=True)
    logs.configure(log_format=found.service.log_format, level=found.service.log_level)
    async with Bot(found, ROUTES):
        collecting.settle()
        await told.wait()


if __name__ == "__main__":
    asyncio.run(serve())

"""Run the yardstick: print the tables, write `docs/performance.md`. Exits with 0 whether the goals are met or not."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

from bench import arena, document, goals, hotpath, inside, measuring
from bench.processes import AFTERNOON, BOT, FLOOR, ROOT

RUNS = 5
CONTESTANTS = (FLOOR, AFTERNOON, BOT)
SENDING_SECONDS = 165.0  # no run begins after it, so that the whole, digests included, stays under five minutes
DOCUMENT = ROOT / "docs" / "performance.md"


async def bench(runs: int) -> document.Report:
    """Everything, one after the other; contestants take turns, so that a noisy minute meets all of them."""
    begun, busy = time.monotonic(), os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        async with arena.opened(Path(folder)) as ground:
            cycles: dict[str, list[measuring.Cycle]] = {each.name: [] for each in CONTESTANTS}
            long = {}
            for each in CONTESTANTS:
                _say(f"long run: {each.name}")
                long[each.name] = await measuring.long_run(ground, each)
            _say("profile")
            hot_path = await hotpath.measure(ground)
            done = 0
            while done < runs and (done == 0 or time.monotonic() - begun < SENDING_SECONDS):
                done += 1
                _say(f"run {done} of {runs}")
                for each in CONTESTANTS:
                    cycles[each.name].append(await measuring.cycle(ground, each))
    large_ms = await inside.milliseconds(ground.large, ground.job, ground.board_key)
    medians = {name: measuring.median(of) for name, of in cycles.items()}
    return document.Report(
        runs=done,
        busy=busy,
        cycles=medians,
        long=long,
        goals=goals.judged(
            bot=medians[BOT.name], afternoon=medians[AFTERNOON.name], long=long[BOT.name], large_ms=large_ms
        ),
        hot_path=hot_path,
        large_ms=large_ms,
        sandbox_ms=ground.sandbox_ms,
        reply_bytes=ground.reply_bytes,
    )


def main() -> None:
    """`python -m bench [runs]`."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    if not Path("/proc/self/stat").exists():
        sys.exit("The bench reads CPU and memory of its contestants from /proc, which this system does not have.")
    report = asyncio.run(bench(runs))
    DOCUMENT.parent.mkdir(exist_ok=True)
    DOCUMENT.write_text(document.markdown(report), encoding="utf-8")
    print(document.plain(document.figures(report)), document.plain(document.goals(report.goals)), sep="\n\n")


def _say(what: str) -> None:
    print(what, "...", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

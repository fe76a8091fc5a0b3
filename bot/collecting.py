"""Memory, set for a server that runs for weeks: Python's garbage collector, and the C library's allocator."""

from __future__ import annotations

import ctypes
import gc
import sys

YOUNG = 20_000  # objects that may come into being, beyond those that went, before the young ones are looked through

_ARENAS, _TRIM = (-8, 2), (-1, 128 * 1024)  # M_ARENA_MAX and M_TRIM_THRESHOLD of glibc's malloc.h


def share() -> None:
    """Call once, before there are threads: they share two arenas, and what is freed at their end goes back.

    By default glibc gives every thread an arena of its own, and each database connection is a thread: after 5,000
    commands that kept 3 to 5 MB more. Does nothing where the C library is another one.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        for option, value in (_ARENAS, _TRIM):
            mallopt(option, value)


def settle() -> None:
    """Call once, when everything that stays has been loaded.

    What is there then is never looked through again: modules and settings do not become garbage, and going through
    them held up everybody for up to a tenth of a second. A list makes some ten thousand objects, all of them gone when
    it is posted, without the collector's help; looking for garbage among them every 700 took 15 % of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)

"""The one clock of the sandbox, which tests can move forward."""

import time


class Clock:
    """The system's time plus what has been advanced; seconds since 1970 as float.

    Signatures sent to the app use the system's time instead, because the app checks them against its own clock.
    """

    def __init__(self) -> None:
        self.offset = 0.0
        self._last_micros = 0

    def now(self) -> float:
        """Return the sandbox's time."""
        return time.time() + self.offset

    def advance(self, seconds: float) -> None:
        """Move the clock forward, so that triggers, response_urls and messages are older by `seconds`."""
        self.offset += seconds

    def next_ts(self) -> str:
        """Return a message timestamp `seconds.micros`, above every one given out before."""
        self._last_micros = max(int(self.now() * 1_000_000), self._last_micros + 1)
        seconds, micros = divmod(self._last_micros, 1_000_000)
        return f"{seconds}.{micros:06d}"

    def continue_after(self, ts: str) -> None:
        """Give out only timestamps above `ts` from now on (used when a kept state is loaded)."""
        seconds, _, micros = ts.partition(".")
        self._last_micros = max(self._last_micros, int(seconds) * 1_000_000 + int(micros or 0))

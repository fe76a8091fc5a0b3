"""The generated corpus: boards, sources, jobs and profiles, the same for the same seed, sizes and day."""

from collections.abc import Iterator
from typing import Any

from .jobs import make_jobs
from .owners import make_boards, make_sources
from .profiles import Surroundings, make_profiles

Raw = dict[str, Any]


class Corpus:
    """Everything that exists before the first write.

    `midnight` (Unix seconds, 00:00 UTC) is the day that all dates are relative to; nothing but its distance from
    other days is random.
    """

    def __init__(self, *, seed: int, profiles: int, jobs: int, midnight: float) -> None:
        self.boards = make_boards(seed, midnight)
        self.sources = make_sources(seed, midnight)
        self.jobs = make_jobs(seed, jobs, self.boards, midnight)
        self._surroundings = Surroundings(seed, self.sources, self.jobs, midnight)
        self._profiles = profiles

    def profiles(self) -> Iterator[tuple[Raw, float]]:
        """Yield each profile with the Unix time at which it was received."""
        return make_profiles(self._surroundings, self._profiles)

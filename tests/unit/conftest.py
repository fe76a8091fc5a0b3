"""How many examples the property tests try: some hundreds, or thousands with HYPOTHESIS_PROFILE=thorough."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_SLOW_BY_DESIGN = (HealthCheck.too_slow, HealthCheck.data_too_large)
# The default run tries the same examples every time, so that a build fails for what was changed in it.
settings.register_profile(
    "default", deadline=None, max_examples=200, derandomize=True, database=None, suppress_health_check=_SLOW_BY_DESIGN
)
settings.register_profile(
    "thorough", deadline=None, max_examples=3_000, database=None, suppress_health_check=_SLOW_BY_DESIGN
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

"""Dataclasses that a list makes by the hundred."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - exported: the type checker knows it by its own name
else:

    def dataclass(*, frozen: bool = False, **options: bool):  # noqa: ANN201 - see above
        """`dataclasses.dataclass`, whose `frozen` the type checker enforces and nothing at run time.

        The interpreter's way of enforcing it sets each field through a call, which makes creation three times as slow;
        a list of ten creates 270 (measured: reading, ranking and drawing it takes 1.55 ms instead of 1.78).
        """
        return dataclasses.dataclass(unsafe_hash=frozen, **options)

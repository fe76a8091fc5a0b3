"""Audience: who would see a message in a place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Audience:
    """Where a message would go and how many `people` would see it.

    `channel` is what a post goes to: the id of a channel, or of the one person; `name` is without a mark, `is_person`
    tells whose it is. `is_public`: whoever joins later can read it too.
    """

    channel: str
    name: str
    people: int
    is_person: bool = False
    is_public: bool = False

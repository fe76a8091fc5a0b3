"""A form while somebody fills it in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.domain import fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.query import JobsQuery, ProfilesQuery, Query

TYPED = "typed"  # stands for the words of the draft where a form must not carry them


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a form holds. `labels` are the words for values that were picked from what was offered.

    `notes` are said above the fields, `everything` shows the rarer fields too.
    """

    query_type: type[ProfilesQuery | JobsQuery]
    contents: fields.Contents = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    everything: bool = False

    @property
    def subject_key(self) -> str:
        """The key of what the list is about: `job` or `profile`."""
        return next(iter(self.query_type.parameters))


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is remembered on our side of a form that is open, so that its view carries ids only."""

    viewer: str
    form: Form


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that a type-ahead field offers: what it stands for, and its words."""

    value: str
    text: str


def of_query(query: Query) -> Form:
    """The form that shows that query."""
    return Form(query_type=type(query), contents=fields.filled(query))

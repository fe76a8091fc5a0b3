"""Who may decide, or see: people, user groups and members of channels, by their Slack ids; as typed and as kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# As Slack sends a mention (`<@U1|ann>`, `<!subteam^S1|@leads>`, `<#C1|hiring>`), or the bare id.
_MENTION = re.compile(r"<(?:@([UW][A-Z0-9_]+)|!subteam\^(S[A-Z0-9_]+)|#([CG][A-Z0-9_]+))(?:\|[^<>]*)?>")
_ID = re.compile(r"([UW][A-Z0-9_]+)|(S[A-Z0-9_]+)|([CG][A-Z0-9_]+)")
_EVERYBODY = frozenset({"everybody", "everyone", "anyone", "all"})


class UnknownDeciderError(ValueError):
    """A word that names nobody. `word` is that word, `at` where it begins in what was typed."""

    def __init__(self, word: str, at: int) -> None:
        super().__init__(word)
        self.word = word
        self.at = at


@dataclass(frozen=True, slots=True)
class Deciders:
    """Ids of those who may decide. None at all means everybody who may see."""

    users: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.users or self.groups or self.channels)

    def __str__(self) -> str:
        """The ids between commas; `Deciders.read` reads them back."""
        return ",".join((*self.users, *self.groups, *self.channels))

    @classmethod
    def read(cls, typed: str) -> Deciders:
        """What was typed: mentions or ids, between commas or blanks; `everybody` or nothing for all who may see.

        Raises UnknownDeciderError for a name that Slack's client has not turned into a mention.
        """
        users: list[str] = []
        groups: list[str] = []
        channels: list[str] = []
        for word, at in _words(typed):
            if word.casefold() in _EVERYBODY:
                return cls()
            found = _MENTION.fullmatch(word) or _ID.fullmatch(word)
            if found is None:
                raise UnknownDeciderError(word, at)
            for ids, held in zip(found.groups(), (users, groups, channels), strict=True):
                if ids:
                    held.append(ids)
        return cls(_once(users), _once(groups), _once(channels))


def _words(typed: str) -> Iterable[tuple[str, int]]:
    """The words and where they begin; a mention is one word, whatever blanks its label holds."""
    return ((found[0], found.start()) for found in re.finditer(r"<[^<>]*>|[^\s,;<>]+", typed))


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))

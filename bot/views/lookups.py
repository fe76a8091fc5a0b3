"""A name that leads nowhere, or to several things: a whole sentence for each kind of thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.views import blocks as kit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.errors import NothingFoundError, SeveralFoundError, Sought

_NOTHING: Mapping[Sought, str] = {
    "job": 'There is no job "{words}".',
    "profile": 'There is no profile "{words}".',
    "source": 'There is no source "{words}".',
    "board": 'There is no board "{words}".',
    "place": 'There is no place "{words}".',
    "saved": 'There is no saved query "{words}".',
    "query": "This list cannot be read any more. Please ask for it again.",
}
# Where no words were given: nothing is listed at all, or what was listed is gone.
_WITHOUT_WORDS: Mapping[Sought, str] = {
    "job": "This job is not in HrFlow any more, or Shortlist has no access to it.",
    "profile": "This profile is not in HrFlow any more, or Shortlist has no access to it.",
    "source": "HrFlow lists no source for this account. Ask your operator to check the HrFlow settings.",
    "board": "HrFlow lists no board for this account. Ask your operator to check the HrFlow settings.",
}
_SEVERAL: Mapping[Sought, str] = {
    "job": 'Several jobs match "{words}"',
    "profile": 'Several profiles match "{words}"',
    "source": 'Several sources match "{words}"',
    "board": 'Several boards match "{words}"',
    "place": 'Several places match "{words}"',
}
_NO_ACCESS = "It may not exist, or Shortlist may have no access to it."
_INSTEAD: Mapping[Sought, str] = {
    "place": "Name a larger city nearby, or coordinates such as 48.85,2.35.",
    "saved": "It may have been removed, or be somebody else's.",
}


def nothing(error: NothingFoundError) -> str:
    """Nothing has that name; what comes nearest, not escaped."""
    if not error.words and error.kind in _WITHOUT_WORDS:
        return _WITHOUT_WORDS[error.kind]
    said = _NOTHING[error.kind].format(words=kit.cut(error.words, 80))
    if error.kind == "query":
        return said
    return (
        f"{said} Nearest: {_listed(error.nearest)}."
        if error.nearest
        else f"{said} {_INSTEAD.get(error.kind, _NO_ACCESS)}"
    )


def several(error: SeveralFoundError) -> str:
    """Several things have that name, where none of them can be pressed; not escaped."""
    names = _listed(name for _, name, _ in error.hits)
    return f"{which(error.kind, error.words)}: {names}. Please name one of them in full."


def which(kind: Sought, words: str) -> str:
    """That several things have that name, as a sentence without a stop; not escaped."""
    return _SEVERAL[kind].format(words=words)


def _listed(names: Iterable[str]) -> str:
    """The names, told apart where one holds a comma itself, as places do."""
    names = list(names)
    return ("; " if any("," in name for name in names) else ", ").join(names)

"""What Slack's clients and servers do to typed text, undone once (reference slack-platform §1.3)."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"<([@#!][^<>|]*|[a-zA-Z][a-zA-Z0-9+.-]*:[^<>|]*)(?:\|([^<>]*))?>")
_ENTITY = re.compile(r"&(amp|lt|gt);")
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">"}
_APOSTROPHE = re.compile("(?<=\\w)[\u2019\u02bc](?=\\w)")


def as_typed(text: str) -> str:
    """The text as the person meant it.

    Links and addresses become their words again, mentions of people and channels keep their id (`<@U1>`, `<#C1>`),
    and the three entities are decoded once, after the tokens: an escaped token stays text, and so do brackets that
    hold neither. An apostrophe inside a word is straight again; curly quotes around words are for the grammar to read.
    """
    pieces, end = [], 0
    for token in _TOKEN.finditer(text):
        pieces += [_decoded(text[end : token.start()]), _meant(token[1], token[2] or "")]
        end = token.end()
    return _APOSTROPHE.sub("'", "".join([*pieces, _decoded(text[end:])]))


def _meant(target: str, label: str) -> str:
    if target[:1] in ("@", "#", "!"):
        return f"<{target}>"
    if label:
        return _decoded(label)
    return _decoded(target.removeprefix("mailto:"))


def _decoded(text: str) -> str:
    return _ENTITY.sub(lambda found: _CHARACTERS[found[1]], text)

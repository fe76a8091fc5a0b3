"""Words on a command line that are not about the query itself: `saved:NAME`, `deciders:@ann`, `for:channel`."""

from __future__ import annotations

import re

from bot.domain.text import tidy
from bot.domain.words import scan
from bot.errors import QueryError

_LISTED = re.compile(r"[,;]\s*$")


def taken(key: str, text: str) -> tuple[str | None, str]:
    """The value of `key:` (None where it does not stand there), and the text without it.

    The value may be in quotes, follow a gap, and go on behind a comma. Where the text cannot be cut into words it is
    given back as it is: whoever reads the rest says what is wrong.
    """
    if key not in text.casefold():  # the usual case, and every command passes here
        return None, text.strip()
    try:
        words = scan(text)
    except QueryError:
        return None, text
    pattern = re.compile(rf"(?:--|[\u2012-\u2015])?{re.escape(key)}[:=]", re.IGNORECASE)
    for place, word in enumerate(words):
        found = pattern.match(word.text)
        if found is None or any(word.quoted[: found.end()]):
            continue
        value, end = word.text[found.end() :], word.end
        for following in words[place + 1 :]:
            if value and not _LISTED.search(value):
                break
            value, end = f"{value} {following.text}", following.end
        return tidy(value), f"{text[: word.start]}{text[end:]}".strip()
    return None, text.strip()

"""The stand-in for the search engine: how often the words of a query occur in a text.

For each word of the query, with its weight: `n / (n + 1.2 (0.25 + 0.75 length / 2000))`, where `n` counts its
occurrences in the text and twice those in the title, and `length` is that of the text in characters. The relevance is
the weighted mean over the words, so it lies between 0 and 1, and 0 means that no word occurs.
"""

from collections.abc import Iterable

from .text import fold, words

Terms = tuple[tuple[str, float], ...]
"""Folded words with their weights."""

TITLE, SKILL, KEYWORD = 3.0, 2.0, 2.0
"""What a word counts that comes from a title or name, a list of skills, the keywords of the query."""


def terms(*sources: tuple[Iterable[str], float]) -> Terms:
    """Return the words of texts, each with the weight of its texts; the highest counts for a word found twice."""
    found: dict[str, float] = {}
    for texts, weight in sources:
        for text in texts:
            for word in words(fold(text)):
                found[word] = max(weight, found.get(word, 0.0))
    return tuple(found.items())


def relevance(wanted: Terms, title: str, text: str) -> float:
    """Return the relevance of a folded title and text for a query, 0 to below 1."""
    dampening = 1.2 * (0.25 + 0.75 * len(text) / 2000)
    total = found = 0.0
    for word, weight in wanted:
        total += weight
        occurrences = text.count(word) + 2 * title.count(word)
        if occurrences:
            found += weight * occurrences / (occurrences + dampening)
    return found / total if total else 0.0

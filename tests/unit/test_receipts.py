"""What is kept of receipts is what they were, and holds no words of the query."""

from __future__ import annotations

import json

from bot.domain.filters import filters_of
from bot.domain.grammar import HelpWanted, parse
from bot.domain.receipts import Best, Receipt, Receipts


def test_receipts_are_kept_without_the_words_of_the_query() -> None:
    query = parse("/profiles dev near:Lyon name:Quill skills:a text:b")
    assert not isinstance(query, HelpWanted)
    bests = [Best(3, 0.91), None, Best(1, None), Best(2, 0.5)]
    found = Receipts(
        tuple(Receipt(each, 10 + place, bests[place]) for place, each in enumerate(filters_of(query))), together=44
    )

    kept = json.loads(json.dumps(found.kept()))

    assert Receipts.read(kept, query) == found
    assert "Quill" not in str(kept)
    assert Receipts.read(Receipts(found.each[1:]).kept(), query) == Receipts(found.each[1:])

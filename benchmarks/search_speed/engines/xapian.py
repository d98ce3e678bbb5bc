"""Xapian, from Debian's python3-xapian where present."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from ..corpus import Passage, bigrams, phrase_tokens
from ..queries import Query
from . import NotPresent

_SYSTEM = "/usr/lib/python3/dist-packages"

try:
    import xapian
except ImportError:
    sys.path.append(_SYSTEM)  # Debian's module, built for the same Python version
    try:
        import xapian
    except ImportError as error:
        raise NotPresent("apt-get install python3-xapian") from error
    finally:
        sys.path.remove(_SYSTEM)

DAY, PROVINCE, OUTLET, MONTH = range(4)
#: Documents between two writings to disk: 10,000 by default, with which every fifth second goes into merging.
FLUSH = "50000"


class Engine:
    version = f"xapian-{xapian.version_string()}"

    def __init__(self, folder: Path) -> None:
        self.path = str(folder / "xapian")

    def build(self, rows: Sequence[Passage]) -> None:
        os.environ.setdefault("XAPIAN_FLUSH_THRESHOLD", FLUSH)
        db = xapian.WritableDatabase(self.path, xapian.DB_CREATE_OR_OVERWRITE)
        for row in rows:
            document = xapian.Document()
            for place, token in enumerate(bigrams(row.title + "\ue0ff" + row.text), 1):
                document.add_posting(token, place)
            document.add_boolean_term("XP" + row.province)
            document.add_value(DAY, xapian.sortable_serialise(row.number_of_day))
            document.add_value(PROVINCE, row.province)
            document.add_value(OUTLET, row.outlet)
            document.add_value(MONTH, str(row.number_of_day // 100))
            db.replace_document(row.key, document)
        db.commit()
        db.close()

    def open(self) -> None:
        self.db = xapian.Database(self.path)
        self.enquire = xapian.Enquire(self.db)

    def run(self, query: Query) -> tuple[int, list[int]]:
        texts = []
        for phrase in query.phrases:
            tokens = phrase_tokens(phrase)
            texts.append(
                xapian.Query(tokens[0])
                if len(tokens) == 1
                else xapian.Query(xapian.Query.OP_PHRASE, tokens, len(tokens))
            )
        parsed = xapian.Query.MatchAll
        if texts:
            parsed = xapian.Query(xapian.Query.OP_AND if query.joined == "and" else xapian.Query.OP_OR, texts)
        if query.province:
            parsed = xapian.Query(xapian.Query.OP_FILTER, parsed, xapian.Query("XP" + query.province))
        if query.days:
            low, high = (xapian.sortable_serialise(day) for day in query.days)
            parsed = xapian.Query(
                xapian.Query.OP_FILTER, parsed, xapian.Query(xapian.Query.OP_VALUE_RANGE, DAY, low, high)
            )
        enquire = self.enquire
        enquire.set_query(parsed)
        if query.newest_first:
            enquire.set_sort_by_value_then_relevance(DAY, True)
        else:
            enquire.set_sort_by_relevance()
        enquire.clear_matchspies()
        if query.facets:
            for slot in (PROVINCE, OUTLET, MONTH):
                enquire.add_matchspy(xapian.ValueCountMatchSpy(slot))
        # An exact total needs every match looked at, as every other engine does.
        matches = self.matches = enquire.get_mset(query.offset, query.limit, self.db.get_doccount())
        return matches.get_matches_estimated(), [match.docid for match in matches]

    def snippets(self, query: Query, texts: Sequence[str]) -> list[str]:
        """By its own generator, over the tokens of each text; `query` is the one that was asked last."""
        cut = self.matches.snippet
        return [cut(" ".join(bigrams(text)), 720) for text in texts]  # bytes of bigrams: eighty characters

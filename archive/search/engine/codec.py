"""The index through Whoosh's own Codec interface: its table of contents, segments, readers and matchers.

Whoosh's table of contents names our segments; each says which codec reads it. So stock Whoosh opens
the same folder (`whoosh.index.open_dir`) and finds the same documents: field `grams` holds bigrams
and characters with places, `words` the words, `pk` and the values of the columns the rest.
"""

from __future__ import annotations

import functools
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whoosh import fields, formats
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.codec import base
from whoosh.matching import ListMatcher, NullMatcher

from .documents import LAST, SHIFT
from .postings import Postings
from .segments import MULTI, STRINGS, SegmentData, load_segment

EXTENSION = ".pack"
INDEX_NAME = "ARCHIVE"


def schema() -> fields.Schema:
    """The fields as stock Whoosh sees them; tokens of a query are given ready, parted by blanks."""
    text = functools.partial(fields.TEXT, analyzer=SpaceSeparatedTokenizer(), phrase=True)
    names = {name: fields.ID() for name in (*MULTI, *STRINGS)}
    return fields.Schema(pk=fields.ID(stored=True, unique=True), grams=text(), words=text(), **names)


class ArchiveSegment(base.Segment):
    """What the table of contents keeps of a segment: its name, size, and which documents are deleted."""

    def __init__(self, indexname: str, size: int) -> None:
        super().__init__(indexname)
        self.size = size
        self.deleted: frozenset[int] = frozenset()

    @classmethod
    def _random_id(cls, size: int = 16) -> str:
        # Whoosh draws from a generator whose state forked workers share: names would collide.
        return secrets.token_hex(size // 2)

    def codec(self) -> ArchiveCodec:
        return ArchiveCodec()

    def filename(self) -> str:
        name: str = self.make_filename(EXTENSION)
        return name

    def doc_count_all(self) -> int:
        return self.size

    def deleted_count(self) -> int:
        return len(self.deleted)

    def deleted_docs(self) -> frozenset[int]:
        return self.deleted

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        self.deleted = self.deleted | {docnum} if delete else self.deleted - {docnum}

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self.deleted

    def should_assemble(self) -> bool:
        return False

    def without(self, numbers: set[int]) -> ArchiveSegment:
        """The same segment with more documents deleted; segments of a table already written never change."""
        copy = ArchiveSegment.__new__(ArchiveSegment)
        copy.__dict__.update(self.__dict__)
        copy.deleted = self.deleted | numbers
        return copy


class ArchiveCodec(base.Codec):
    """Reads only: segments are written by `writing.Writer`, whole."""

    def terms_reader(self, storage: Any, segment: ArchiveSegment) -> ArchiveTerms:
        return ArchiveTerms(_data(storage, segment))

    def per_document_reader(self, storage: Any, segment: ArchiveSegment) -> ArchiveDocuments:
        return ArchiveDocuments(_data(storage, segment), segment)


def _data(storage: Any, segment: ArchiveSegment) -> SegmentData:
    return load_segment(Path(storage.folder) / segment.filename())


class ArchiveDocuments(base.PerDocumentReader):
    def __init__(self, data: SegmentData, segment: ArchiveSegment) -> None:
        self._data, self._segment = data, segment

    def doc_count(self) -> int:
        count: int = self._segment.doc_count()
        return count

    def doc_count_all(self) -> int:
        return self._segment.size

    def has_deletions(self) -> bool:
        return bool(self._segment.deleted)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._segment.deleted

    def deleted_docs(self) -> frozenset[int]:
        return self._segment.deleted

    def supports_columns(self) -> bool:
        return False

    def has_column(self, fieldname: str) -> bool:
        return False

    def list_columns(self) -> list[str]:
        return []

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return int(self._data.length[docnum]) if fieldname in ("grams", "words") else default

    def field_length(self, fieldname: str) -> int:
        return int(self._data.length.sum()) if fieldname in ("grams", "words") else 0

    def min_field_length(self, fieldname: str) -> int:
        return int(self._data.length.min()) if self._data.size else 0

    def max_field_length(self, fieldname: str) -> int:
        return int(self._data.length.max()) if self._data.size else 0

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        return False

    def stored_fields(self, docnum: int) -> dict[str, str]:
        return {"pk": str(int(self._data.pk[docnum]))}

    def close(self) -> None:
        return None


class ArchiveTerms(base.TermsReader):
    """The terms of a segment as (field, bytes), and their posting lists as matchers."""

    def __init__(self, data: SegmentData) -> None:
        self._data = data

    def indexed_field_names(self) -> list[str]:
        return ["grams", "words", "pk", *MULTI, *STRINGS]

    def _find(self, fieldname: str, text: bytes) -> tuple[Postings, int] | list[int] | None:
        word = text.decode("utf-8", "surrogatepass")
        if fieldname == "words":
            number = self._data.words.number(word)
            return None if number is None else (self._data.words, number)
        if fieldname == "grams":
            return self._gram(word)
        return self._holding(fieldname, word)

    def _gram(self, word: str) -> tuple[Postings, int] | None:
        if not 1 <= len(word) <= 2:
            return None
        key = ord(word[0]) << SHIFT | (ord(word[1]) if len(word) == 2 else 0)
        postings = self._data.bigrams if len(word) == 2 else self._data.singles
        number = postings.number(key)
        return None if number is None else (postings, number)

    def _holding(self, fieldname: str, value: str) -> list[int] | None:
        if fieldname == "pk":
            return [number for number, pk in enumerate(self._data.pk.tolist()) if str(pk) == value] or None
        if fieldname in STRINGS:
            table, column = self._data.strings[fieldname]
            found = (column == table.index(value)).nonzero()[0].tolist() if value in table else []
            return found or None
        table, values, first = self._data.multi[fieldname]
        if value not in table:
            return None
        rows = (values == table.index(value)).nonzero()[0]
        return sorted(set((first.searchsorted(rows, side="right") - 1).tolist()))

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._find(*term) is not None

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for fieldname in sorted(self.indexed_field_names()):
            yield from self.terms_from(fieldname, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        for text in self._texts(fieldname):
            if text >= prefix:
                yield fieldname, text

    def _texts(self, fieldname: str) -> list[bytes]:
        if fieldname == "words":
            texts = list(self._data.words.terms)
        elif fieldname == "grams":
            texts = [chr(key >> SHIFT) for key in self._data.singles.terms.tolist()]
            mask = (1 << SHIFT) - 1
            texts += [chr(k >> SHIFT) + chr(k & mask) for k in self._data.bigrams.terms.tolist() if k & mask != LAST]
        elif fieldname == "pk":
            texts = [str(pk) for pk in self._data.pk.tolist()]
        else:
            texts = list((self._data.strings.get(fieldname) or self._data.multi[fieldname])[0])
        return sorted({text.encode("utf-8", "surrogatepass") for text in texts})

    def items(self) -> Iterator[tuple[tuple[str, bytes], Any]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], Any]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def _list(self, fieldname: str, text: bytes) -> tuple[list[int], list[float], list[bytes]]:
        found = self._find(fieldname, text)
        if found is None:
            raise KeyError((fieldname, text))
        if isinstance(found, list):
            return found, [1.0] * len(found), [b""] * len(found)
        postings, number = found
        docs, weight, _parts = postings.read(number)
        values = [b""] * len(docs)
        if postings.places is not None:
            encode = formats.Positions().encode
            places = postings.occurrences(number)[1].tolist()
            place = 0
            for i, count in enumerate(postings.times(number).tolist()):
                values[i] = encode(places[place : place + count])
                place += count
        return docs.tolist(), [float(one) for one in weight.tolist()], values

    def term_info(self, fieldname: str, text: bytes) -> Any:
        from whoosh.reading import TermInfo

        docs, weights, _values = self._list(fieldname, text)
        lengths = self._data.length
        return TermInfo(
            weight=sum(weights), df=len(docs), minlength=int(lengths.min()), maxlength=int(lengths.max()),
            maxweight=max(weights), minid=docs[0], maxid=docs[-1],
        )  # fmt: skip

    def frequency(self, fieldname: str, text: bytes) -> float:
        return sum(self._list(fieldname, text)[1])

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return len(self._list(fieldname, text)[0])

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Any:
        if self._find(fieldname, text) is None:
            return NullMatcher()
        docs, weights, values = self._list(fieldname, text)
        info = self.term_info(fieldname, text)
        return ListMatcher(docs, weights, values, format_, scorer=scorer, term=(fieldname, text), terminfo=info)

    def close(self) -> None:
        return None

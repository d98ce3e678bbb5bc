"""A segment: an unchanging file of postings and columns for some documents, and its merging with others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .container import Array, DamagedIndex, read_arrays, write_arrays
from .documents import BODY_START, PART_BITS, IndexDocument

#: A word in the title weighs as much as this many in the body (measured on the cross-script retrieval set).
TITLE_WEIGHT = 4
#: Columns with any number of values a document.
MULTI = ("place", "outlet_place", "topic", "author", "date")
#: Columns with one string a document.
STRINGS = ("outlet", "script", "public_id", "digest")


@dataclass(slots=True)
class Postings:
    """Posting lists of sorted terms: `first[i]:first[i+1]` are the postings of term i.

    docs; weight: times, those in the title multiplied, at most 255; parts: bits; and for bigrams
    count (times) with `places` one after the other in the order of the postings.
    """

    terms: Array
    first: NDArray[np.uint32]
    docs: NDArray[np.uint32]
    weight: NDArray[np.uint8]
    parts: NDArray[np.uint8]
    count: Array | None = None
    places: Array | None = None
    places_first: NDArray[np.uint64] | None = None


@dataclass(slots=True)
class SegmentData:
    """The arrays of one segment, in memory or mapped from its file."""

    size: int
    pk: NDArray[np.int64]
    earliest: NDArray[np.int32]
    latest: NDArray[np.int32]
    sample: NDArray[np.uint8]
    length: NDArray[np.uint32]
    body_end: NDArray[np.uint32]
    bigrams: Postings
    singles: Postings
    words: Postings
    strings: dict[str, tuple[list[str], NDArray[np.uint32]]] = field(default_factory=dict)
    multi: dict[str, tuple[list[str], NDArray[np.uint32], NDArray[np.uint32]]] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        arrays: dict[str, Array] = {
            "pk": self.pk, "earliest": self.earliest, "latest": self.latest, "sample": self.sample,
            "length": self.length, "body_end": self.body_end,
        }  # fmt: skip
        for name, postings in (("bigrams", self.bigrams), ("singles", self.singles)):
            arrays |= _arrays(name, postings)
        arrays |= _arrays("words", self.words, terms=False)
        arrays["words.blob"], arrays["words.blob_first"] = pack_strings([str(term) for term in self.words.terms])
        facts: dict[str, Any] = {"size": self.size, "strings": {}, "multi": {}}
        for name, (table, values) in self.strings.items():
            facts["strings"][name] = table
            arrays[f"string.{name}"] = values
        for name, (table, values, first) in self.multi.items():
            facts["multi"][name] = table
            arrays[f"multi.{name}"], arrays[f"multi.{name}.first"] = values, first
        write_arrays(path, arrays, facts)


def load_segment(path: Path, *, verify: bool = True) -> SegmentData:
    """Map a segment's file. DamagedIndex when it is not whole, FileNotFoundError when it is gone."""
    arrays, facts = read_arrays(path, verify=verify)
    try:
        return _segment(arrays, facts)
    except KeyError as error:
        raise DamagedIndex(f"{path.name}: written in another layout (it has no {error})") from error


def _segment(arrays: dict[str, Array], facts: dict[str, Any]) -> SegmentData:
    return SegmentData(
        size=facts["size"],
        pk=arrays["pk"], earliest=arrays["earliest"], latest=arrays["latest"], sample=arrays["sample"],
        length=arrays["length"], body_end=arrays["body_end"],
        bigrams=_postings("bigrams", arrays),
        singles=_postings("singles", arrays),
        words=_postings("words", arrays, terms=WordTable(arrays["words.blob"], arrays["words.blob_first"])),
        strings={name: (table, arrays[f"string.{name}"]) for name, table in facts["strings"].items()},
        multi={n: (t, arrays[f"multi.{n}"], arrays[f"multi.{n}.first"]) for n, t in facts["multi"].items()},
    )  # fmt: skip


def _arrays(name: str, postings: Postings, *, terms: bool = True) -> dict[str, Array]:
    found: dict[str, Array] = {
        f"{name}.{part}": getattr(postings, part) for part in ("first", "docs", "weight", "parts")
    }
    if terms:
        found[f"{name}.terms"] = postings.terms
    for part in ("count", "places", "places_first"):
        if getattr(postings, part) is not None:
            found[f"{name}.{part}"] = getattr(postings, part)
    return found


def _postings(name: str, arrays: dict[str, Array], terms: Any = None) -> Postings:
    return Postings(
        terms=terms if terms is not None else arrays[f"{name}.terms"],
        first=arrays[f"{name}.first"],
        docs=arrays[f"{name}.docs"],
        weight=arrays[f"{name}.weight"],
        parts=arrays[f"{name}.parts"],
        count=arrays.get(f"{name}.count"),
        places=arrays.get(f"{name}.places"),
        places_first=arrays.get(f"{name}.places_first"),
    )


class WordTable:
    """Sorted words as bytes one after the other: found by halving, read as strings."""

    def __init__(self, blob: Array, first: Array) -> None:
        self._blob, self._first = memoryview(blob.data), first

    def __len__(self) -> int:
        return len(self._first) - 1

    def _bytes(self, number: int) -> bytes:
        return bytes(self._blob[int(self._first[number]) : int(self._first[number + 1])])

    def __getitem__(self, number: int) -> str:
        return self._bytes(number).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return (self[number] for number in range(len(self)))

    def at_least(self, word: bytes) -> int:
        """Number of the first word that is not before `word`, in the order of bytes."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._bytes(middle) < word:
                low = middle + 1
            else:
                high = middle
        return low

    def number(self, word: str) -> int | None:
        wanted = word.encode("utf-8", "surrogatepass")
        place = self.at_least(wanted)
        return place if place < len(self) and self._bytes(place) == wanted else None

    def beginning(self, prefix: str) -> range:
        """Numbers of the words that begin with `prefix`."""
        wanted = prefix.encode("utf-8", "surrogatepass")
        return range(self.at_least(wanted), self.at_least(wanted + b"\xff"))


def pack_strings(strings: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Strings as bytes one after the other, and where each begins (one more than there are)."""
    encoded = [string.encode("utf-8", "surrogatepass") for string in strings]
    first = np.zeros(len(encoded) + 1, np.uint32)
    np.cumsum([len(one) for one in encoded], out=first[1:])
    return np.frombuffer(b"".join(encoded), np.uint8), first


def build(documents: Sequence[IndexDocument]) -> SegmentData:
    """Make one segment of documents, in their order."""
    numbers = np.arange(len(documents), dtype=np.uint32)

    def each(name: str, kind: Any) -> Any:
        return np.array([getattr(document, name) for document in documents], dtype=kind)

    keys = _joined([document.keys for document in documents], np.uint64)
    places = _joined([document.places for document in documents], np.uint32)
    owners = np.repeat(numbers, [len(document.keys) for document in documents])
    single_owners = np.repeat(numbers, [len(document.single_keys) for document in documents])
    body_end = each("body_end", np.uint32)
    return SegmentData(
        size=len(documents),
        pk=each("pk", np.int64),
        earliest=each("earliest", np.int32),
        latest=each("latest", np.int32),
        sample=each("is_sample", np.uint8),
        length=each("length", np.uint32),
        body_end=body_end,
        bigrams=_bigrams(keys, owners, places, body_end),
        singles=_singles(documents, single_owners),
        words=_words(documents),
        strings={name: string_column([getattr(document, name) for document in documents]) for name in STRINGS},
        multi={name: multi_column([document.values[name] for document in documents]) for name in MULTI},
    )


def _joined(arrays: Sequence[Array], kind: Any) -> Array:
    return np.concatenate(arrays) if arrays else np.zeros(0, kind)


def _bigrams(keys: Array, owners: Array, places: Array, body_end: Array) -> Postings:
    """Postings from single occurrences, which stand by document and, within it, by key and place."""
    order = np.argsort(keys, kind="stable")
    keys, owners, places = keys[order], owners[order], places[order]
    fresh = np.ones(len(keys), bool)
    fresh[1:] = (keys[1:] != keys[:-1]) | (owners[1:] != owners[:-1])
    starts = np.flatnonzero(fresh)
    counts = np.diff(np.append(starts, len(keys)))
    docs = owners[starts]
    title = places < BODY_START
    caption = places >= body_end[owners] if len(owners) else np.zeros(0, bool)
    bits = np.where(title, PART_BITS["title"], np.where(caption, PART_BITS["caption"], PART_BITS["body"])).astype(
        np.uint8
    )
    weight = np.where(title, TITLE_WEIGHT, 1)
    terms, first = terms_of(keys[starts])
    return Postings(
        terms=terms,
        first=first,
        docs=docs,
        weight=np.minimum(np.add.reduceat(weight, starts), 255).astype(np.uint8)
        if len(starts)
        else np.zeros(0, np.uint8),
        parts=np.bitwise_or.reduceat(bits, starts) if len(starts) else np.zeros(0, np.uint8),
        count=counts.astype(smallest(counts)),
        places=places.astype(smallest(places)),
        places_first=np.append(starts[first[:-1]], len(keys)).astype(np.uint64)
        if len(starts)
        else np.zeros(1, np.uint64),
    )


def sizes(first: Array) -> NDArray[np.int64]:
    """How many each has, from where each begins."""
    starts = first.astype(np.int64)
    return starts[1:] - starts[:-1]


def terms_of(keys: Array) -> tuple[Array, NDArray[np.uint32]]:
    """The distinct ones of sorted keys, and where each begins."""
    if not len(keys):
        return keys, np.zeros(1, np.uint32)
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[starts], np.append(starts, len(keys)).astype(np.uint32)


def smallest(values: Array) -> Any:
    """The smallest unsigned type that holds all values."""
    largest = int(values.max()) if len(values) else 0
    return np.uint8 if largest < 256 else np.uint16 if largest < 65536 else np.uint32


def _singles(documents: Sequence[IndexDocument], owners: Array) -> Postings:
    keys = _joined([document.single_keys for document in documents], np.uint64)
    counts = _joined([document.single_counts for document in documents], np.uint32).astype(np.int64)
    titles = _joined([document.single_titles for document in documents], np.uint32).astype(np.int64)
    parts = _joined([document.single_parts for document in documents], np.uint8)
    order = np.argsort(keys, kind="stable")
    terms, first = terms_of(keys[order])
    weight = np.minimum(counts + titles * (TITLE_WEIGHT - 1), 255).astype(np.uint8)
    return Postings(terms, first, owners[order], weight[order], parts[order])


def _words(documents: Sequence[IndexDocument]) -> Postings:
    rows: dict[str, list[tuple[int, int, int]]] = {}
    for number, document in enumerate(documents):
        for word, (times, bits) in document.words.items():
            rows.setdefault(word, []).append((number, min(times, 255), bits))
    words = sorted(rows, key=lambda word: word.encode("utf-8", "surrogatepass"))
    flat = np.array([row for word in words for row in rows[word]], dtype=np.uint32).reshape(-1, 3)
    first = np.zeros(len(words) + 1, np.uint32)
    np.cumsum([len(rows[word]) for word in words], out=first[1:])
    return Postings(
        terms=words,  # type: ignore[arg-type]
        first=first,
        docs=np.ascontiguousarray(flat[:, 0]),
        weight=flat[:, 1].astype(np.uint8),
        parts=flat[:, 2].astype(np.uint8),
    )


def string_column(values: Sequence[str]) -> tuple[list[str], NDArray[np.uint32]]:
    """A table of distinct strings, and the number of each value in it."""
    table = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return list(table), np.array([table[value] for value in values], dtype=np.uint32)


def multi_column(rows: Sequence[Sequence[str]]) -> tuple[list[str], NDArray[np.uint32], NDArray[np.uint32]]:
    """A table of distinct strings, the values of all rows one after the other, and where each row begins."""
    table, values = string_column([value for row in rows for value in row])
    first = np.zeros(len(rows) + 1, np.uint32)
    np.cumsum([len(row) for row in rows], out=first[1:])
    return table, values, first

"""A segment: an unchanging file of postings and columns for some documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from . import inverting
from .container import Array, DamagedIndex, read_arrays, write_arrays
from .documents import IndexDocument
from .postings import Postings, pack
from .seals import seal
from .tables import WordTable, multi_column, string_column

if TYPE_CHECKING:
    from .valuesets import LocalSets  # compiled: a process that only writes needs none of it

#: Columns with any number of values a document.
MULTI = ("place", "outlet_place", "topic", "author", "date")
#: Columns with one number a document.
COLUMNS = ("pk", "earliest", "latest", "sample", "story", "original", "length", "body_end")
#: Columns with one string a document.
STRINGS = ("outlet", "script", "public_id", "digest")
#: Documents of a segment at most: their numbers have 16 bits.
LARGEST = 65_536


@dataclass(slots=True)
class SegmentData:
    """The arrays of one segment, in memory or mapped from its file."""

    size: int
    pk: NDArray[np.int64]
    earliest: NDArray[np.int32]
    latest: NDArray[np.int32]
    sample: NDArray[np.uint8]
    story: NDArray[np.int64]
    original: NDArray[np.uint8]
    length: NDArray[np.uint32]
    body_end: NDArray[np.uint32]
    bigrams: Postings
    singles: Postings
    words: Postings
    strings: dict[str, tuple[list[str], NDArray[np.uint32]]] = field(default_factory=dict)
    multi: dict[str, tuple[list[str], NDArray[np.uint32], NDArray[np.uint32]]] = field(default_factory=dict)

    _sets: dict[str, LocalSets] = field(default_factory=dict, init=False)

    def sets(self, name: str) -> LocalSets:
        """The sets of values of a column, reckoned once: the segment stays when others come."""
        if name not in self._sets:
            from .valuesets import LocalSets

            made = (
                LocalSets.of_strings(*self.strings[name]) if name in STRINGS else LocalSets.of_rows(*self.multi[name])
            )
            self._sets[name] = made
        return self._sets[name]

    def write(self, path: Path) -> None:
        arrays: dict[str, Array] = {
            "pk": self.pk, "earliest": self.earliest, "latest": self.latest, "sample": self.sample,
            "length": self.length, "body_end": self.body_end, "story": self.story, "original": self.original,
        }  # fmt: skip
        for name, postings in (("bigrams", self.bigrams), ("singles", self.singles), ("words", self.words)):
            arrays |= postings.arrays(name)
        arrays |= {"bigrams.terms": self.bigrams.terms, "singles.terms": self.singles.terms}
        arrays |= {"words.blob": self.words.terms.blob, "words.blob_first": self.words.terms.first}
        facts: dict[str, Any] = {"size": self.size, "strings": {}, "multi": {}}
        for name, (table, values) in self.strings.items():
            facts["strings"][name] = table
            arrays[f"string.{name}"] = values
        for name, (table, values, first) in self.multi.items():
            facts["multi"][name] = table
            arrays[f"multi.{name}"], arrays[f"multi.{name}.first"] = values, first
        write_arrays(path, arrays, facts)


def load_segment(path: Path, *, verify: bool = False) -> SegmentData:
    """Map a segment's file. DamagedIndex when it is not whole, FileNotFoundError when it is gone.

    What was found whole is sealed, and not read through by the next process; `verify` reads it in any case.
    """
    read = read_arrays(path, verify=verify)
    try:
        segment = _segment(read.arrays, read.facts, check=read.checked)
    except KeyError as error:
        raise DamagedIndex(f"{path.name}: written in another layout (it has no {error})") from error
    if read.checked:
        seal(path, read.state)
    return segment


def _segment(arrays: dict[str, Array], facts: dict[str, Any], *, check: bool) -> SegmentData:
    def postings(name: str, terms: Any) -> Postings:
        return Postings.among(arrays, name, terms, check=check)

    return SegmentData(
        size=facts["size"],
        pk=arrays["pk"], earliest=arrays["earliest"], latest=arrays["latest"], sample=arrays["sample"],
        length=arrays["length"], body_end=arrays["body_end"], story=arrays["story"], original=arrays["original"],
        bigrams=postings("bigrams", arrays["bigrams.terms"]),
        singles=postings("singles", arrays["singles.terms"]),
        words=postings("words", WordTable(arrays["words.blob"], arrays["words.blob_first"])),
        strings={name: (table, arrays[f"string.{name}"]) for name, table in facts["strings"].items()},
        multi={n: (t, arrays[f"multi.{n}"], arrays[f"multi.{n}.first"]) for n, t in facts["multi"].items()},
    )  # fmt: skip


def build(documents: Sequence[IndexDocument]) -> SegmentData:
    """Make one segment of documents, in their order."""

    def each(name: str, kind: Any) -> Any:
        return np.array([getattr(document, name) for document in documents], dtype=kind)

    chars = inverting.characters(documents)
    return SegmentData(
        size=len(documents),
        pk=each("pk", np.int64),
        earliest=each("earliest", np.int32),
        latest=each("latest", np.int32),
        sample=each("is_sample", np.uint8),
        story=each("story", np.int64),
        original=each("is_original", np.uint8),
        length=chars.length,
        body_end=chars.body_end,
        bigrams=pack(inverting.bigrams(chars)),
        singles=pack(inverting.singles(chars)),
        words=pack(inverting.words(documents)),
        strings={name: string_column([getattr(document, name) for document in documents]) for name in STRINGS},
        multi={name: multi_column([document.values[name] for document in documents]) for name in MULTI},
    )

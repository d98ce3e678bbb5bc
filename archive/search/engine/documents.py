"""An article as the index sees it: its characters, words, and the values that filters and facets use."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from archive.catalog.models import Article
from archive.text.script import to_simplified
from archive.text.words import word_list

from ..folded import name_key, positions
from ..texts import PartText, texts_of

Keys = NDArray[np.uint64]
Places = NDArray[np.uint32]

#: Where the body begins among the positions of a document: titles have 300 characters at most.
BODY_START = 1024
#: Between captions, so that no phrase and no proximity spans two.
CAPTION_GAP = 4096
#: Bits of a posting's parts.
PART_BITS = {"title": 1, "body": 2, "caption": 4}
#: Two characters of 21 bits make the key of a bigram; 0 as the second stands for the character alone.
SHIFT = 21
#: As the second character: the first is the last of its part. No code point is as large.
LAST = (1 << SHIFT) - 1


@dataclass(slots=True)
class IndexDocument:
    """One article ready for a segment. `keys` and `places` are parallel: each bigram where it begins."""

    pk: int
    digest: str
    public_id: str
    keys: Keys
    places: Places
    single_keys: Keys
    single_counts: NDArray[np.uint32]
    single_titles: NDArray[np.uint32]
    single_parts: NDArray[np.uint8]
    words: dict[str, tuple[int, int]]  # word → (times, parts)
    body_end: int
    length: int
    earliest: int  # proleptic ordinal, 0 for unknown
    latest: int
    is_sample: bool
    outlet: str
    script: str
    values: dict[str, list[str]]  # place, outlet_place, topic, author, date


def document_of(article: Article) -> IndexDocument:
    """Read an article (see ArticleQuerySet.with_parts) for the index. It must have a current version."""
    version = article.current_version
    assert version is not None
    parts = texts_of(version)
    grams = Grams()
    words: dict[str, tuple[int, int]] = {}
    start = {"title": 0, "body": BODY_START}
    caption_start = 0
    body_end = BODY_START
    for part in parts:
        place = start.get(part.part, caption_start)
        count = grams.add(part, place)
        if part.part == "body":
            body_end = BODY_START + count
            caption_start = body_end + CAPTION_GAP
        elif part.part == "caption":
            caption_start += count + CAPTION_GAP
        _count_words(part, words)
    first, last = version.published_earliest, version.published_latest
    region = article.outlet.region if article.outlet else None
    values = {
        "place": sorted({unit.code for place in version.places.all() for unit in place.region.chain()}),
        "outlet_place": sorted({unit.code for unit in region.chain()}) if region else [],
        "topic": list(dict.fromkeys(version.topics)),
        "author": list(dict.fromkeys(name_key(byline.name) for byline in version.bylines.all())),
        "date": date_values(first, last),
    }
    keys, places = grams.bigrams()
    single_keys, single_counts, single_titles, single_parts = grams.singles()
    document = IndexDocument(
        pk=article.pk,
        digest="",
        public_id=article.public_id,
        keys=keys,
        places=places,
        single_keys=single_keys,
        single_counts=single_counts,
        single_titles=single_titles,
        single_parts=single_parts,
        words=words,
        body_end=body_end,
        length=grams.length,
        earliest=first.toordinal() if first and last else 0,
        latest=last.toordinal() if first and last else 0,
        is_sample=article.is_sample,
        outlet=article.outlet.slug if article.outlet else "",
        script=version.script,
        values=values,
    )
    document.digest = digest_of(article)
    return document


def digest_of(article: Article) -> str:
    """Hash of everything of an article that the index holds: what `check_index` compares."""
    version = article.current_version
    assert version is not None
    outlet = article.outlet
    told = [
        article.public_id,
        str(article.is_sample),
        f"{outlet.slug}/{outlet.region_id}" if outlet else "",
        version.script,
        str(version.published_earliest),
        str(version.published_latest),
        *version.topics,
        *(byline.name for byline in version.bylines.all()),
        *(place.region.code for place in version.places.all()),
        *(f"{part.part}\x1f{part.text}" for part in texts_of(version)),
    ]
    return hashlib.sha256("\x1e".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def date_values(first: date | None, last: date | None) -> list[str]:
    """The values of the date facet that an article counts for (see records.FacetName)."""
    if first is None or last is None or first.year != last.year:
        return ["~"]
    day = first.isoformat()
    if first == last:
        return [day[:4], day[:7], day]
    if first.month == last.month:
        return [day[:4], day[:7], day[:7] + "~"]
    return [day[:4], day[:4] + "~"]


def _count_words(part: PartText, words: dict[str, tuple[int, int]]) -> None:
    text = part.text
    if part.traditional:
        text = part.simplified if part.simplified is not None else to_simplified(text)
    bit = PART_BITS[part.part]
    for word, times in Counter(word_list(text)).items():
        before, bits = words.get(word, (0, 0))
        words[word] = (before + times, bits | bit)


class Grams:
    """Collects the bigrams and single characters of the parts of one document."""

    def __init__(self) -> None:
        self.keys: list[Keys] = []
        self.places: list[Places] = []
        self.single: list[Keys] = []
        self.parts: list[NDArray[np.uint8]] = []
        self.length = 0

    def add(self, part: PartText, start: int) -> int:
        """Add one part whose characters are counted from `start`; returns how many there are."""
        first, second, _offsets = positions(part.text, part.traditional, part.simplified)
        count = len(first)
        if not count:
            return 0
        a, b = first.astype(np.uint64), second.astype(np.uint64)
        places = np.arange(start, start + count, dtype=np.uint32)
        self._take(a, a, places)
        single = a
        differs = np.flatnonzero(a != b)
        if len(differs):
            near = np.unique(np.concatenate((differs, differs[differs > 0] - 1)))
            for here, there in ((b, b), (a, b), (b, a)):
                self._take(here, there, places, near)
            single = np.concatenate((a, b[differs]))
        self.single.append(single << np.uint64(SHIFT))
        self.parts.append(np.full(len(single), PART_BITS[part.part], dtype=np.uint8))
        self.length += count
        return count

    def _take(self, here: Keys, there: Keys, places: Places, only: NDArray[np.intp] | None = None) -> None:
        after = np.append(there[1:], np.uint64(LAST))
        keys = (here << np.uint64(SHIFT)) | after
        if only is not None:
            keys, places = keys[only], places[only]
        self.keys.append(keys)
        self.places.append(places)

    def bigrams(self) -> tuple[Keys, Places]:
        """All bigrams with their places, each pair once, by key and then by place."""
        if not self.keys:
            return np.zeros(0, np.uint64), np.zeros(0, np.uint32)
        keys, places = np.concatenate(self.keys), np.concatenate(self.places)
        order = np.lexsort((places, keys))
        keys, places = keys[order], places[order]
        if len(self.keys) > 1:
            fresh = np.ones(len(keys), bool)
            fresh[1:] = (keys[1:] != keys[:-1]) | (places[1:] != places[:-1])
            keys, places = keys[fresh], places[fresh]
        return keys, places

    def singles(self) -> tuple[Keys, NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint8]]:
        """Single characters: key, times, times in the title, parts."""
        if not self.single:
            return np.zeros(0, np.uint64), np.zeros(0, np.uint32), np.zeros(0, np.uint32), np.zeros(0, np.uint8)
        every, parts = np.concatenate(self.single), np.concatenate(self.parts)
        keys, inverse, counts = np.unique(every, return_inverse=True, return_counts=True)
        titles = np.bincount(inverse, weights=parts == PART_BITS["title"], minlength=len(keys)).astype(np.uint32)
        bits = np.zeros(len(keys), np.uint8)
        np.bitwise_or.at(bits, inverse, parts)
        return keys, counts.astype(np.uint32), titles, bits

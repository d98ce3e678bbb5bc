"""An article as the index sees it: its texts, and the values that filters and facets use."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from archive.catalog.models import Article, Printing

from ..folded import name_key
from ..texts import PartText, texts_of

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
#: Of every so many postings, as a power of two, it is told where the places begin: of the others it is counted from there.
STEP_BITS = 6


@dataclass(slots=True)
class IndexDocument:
    """One article ready for a segment: its texts (title, body, captions) and what filters and facets use."""

    pk: int
    digest: str
    public_id: str
    parts: Sequence[PartText]
    earliest: int  # proleptic ordinal, 0 for unknown
    latest: int
    is_sample: bool
    outlet: str
    script: str
    values: dict[str, list[str]]  # place, outlet_place, topic, author, date
    story: int = 0  # the key of its reprint cluster, 0 for none
    is_original: bool = True  # as ArticleQuerySet.originals

    @property
    def characters(self) -> int:
        return sum(len(part.text) for part in self.parts)


def document_of(article: Article) -> IndexDocument:
    """Read an article (see ArticleQuerySet.with_parts) for the index. It must have a current version."""
    version = article.current_version
    assert version is not None
    first, last = version.published_earliest, version.published_latest
    region = article.outlet.region if article.outlet else None
    printing = _printing(article)
    values = {
        "place": sorted({unit.code for place in version.places.all() for unit in place.region.chain()}),
        "outlet_place": sorted({unit.code for unit in region.chain()}) if region else [],
        "topic": list(dict.fromkeys(version.topics)),
        "author": list(dict.fromkeys(name_key(byline.name) for byline in version.bylines.all())),
        "date": date_values(first, last),
    }
    return IndexDocument(
        pk=article.pk,
        digest=digest_of(article),
        public_id=article.public_id,
        parts=texts_of(version),
        earliest=first.toordinal() if first and last else 0,
        latest=last.toordinal() if first and last else 0,
        is_sample=article.is_sample,
        outlet=article.outlet.slug if article.outlet else "",
        script=version.script,
        values=values,
        story=printing.cluster_id if printing else 0,
        is_original=printing is None or printing.is_original,
    )


def _printing(article: Article) -> Printing | None:
    """Its place in a reprint cluster. The attribute is absent where there is none."""
    found: Printing | None = getattr(article, "printing", None)
    return found


def digest_of(article: Article) -> str:
    """Hash of everything of an article that the index holds: what `check_index` compares."""
    version = article.current_version
    assert version is not None
    outlet, printing = article.outlet, _printing(article)
    told = [
        article.public_id,
        str(article.is_sample),
        f"{outlet.slug}/{outlet.region_id}" if outlet else "",
        version.script,
        f"{printing.cluster_id}/{printing.is_original}" if printing else "",
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

"""What an index of OpenSearch looks like, and an article as a document of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from archive.text.words import word_list

from ..engine.documents import IndexDocument
from ..engine.fingerprint import fingerprint
from ..engine.lexicon import LONGEST, SHORTEST
from ..folded import name_key
from ..texts import PartText
from ..tree import Part
from .streams import characters, word_stream

#: Raised by hand when the mapping or what stands in it changes.
LAYOUT = "2"
PARTS: tuple[Part, ...] = ("title", "body", "caption")
#: Between captions, so that no phrase and no proximity spans two: longer than any text.
GAP = 1_000_000
#: Usual characters of each part, against which length is weighed. Constants: with the averages of a shard the
#: same article would weigh otherwise on another copy, and pages would overlap.
_USUAL: dict[Part, int] = {"title": 20, "body": 900, "caption": 30}
_K1, _B = 1.2, 0.75

_WEIGHT = (
    f"double f = doc.freq; return query.boost * f * {_K1 + 1} / (f + {_K1} * ({1 - _B} + {_B} * doc.length / %d.0));"
)


def body() -> dict[str, Any]:
    """Settings and mapping of a new index. The idf comes with the query, as its boost (see `weights`)."""
    fields: dict[str, Any] = {
        name: {"type": "keyword"}
        for name in ("public_id", "digest", "place", "outlet_place", "outlet", "topic", "topic_key", "author",
                     "script", "date", "word")
    }  # fmt: skip
    fields |= {name: {"type": "integer"} for name in ("earliest", "latest")}
    fields |= {"pk": {"type": "long"}, "story": {"type": "long"}, "original": {"type": "boolean"}}
    fields |= {"sample": {"type": "boolean"}, "exact_day": {"type": "boolean"}}
    for part in PARTS:
        shape = {"type": "text", "similarity": part, "position_increment_gap": GAP}
        fields[part] = shape | {"analyzer": "places"}
        fields[f"{part}_words"] = shape | {"analyzer": "tokens"}
    return {
        "settings": {
            "number_of_shards": settings.SEARCH_SHARDS,
            "number_of_replicas": settings.SEARCH_REPLICAS,
            "mapping.total_fields.limit": 100,
            "analysis": {
                "filter": {
                    "readings": {"type": "pattern_capture", "preserve_original": False, "patterns": ["([^|]+)"]}
                },
                "analyzer": {
                    "places": {"type": "custom", "tokenizer": "whitespace", "filter": ["readings"]},
                    "tokens": {"type": "custom", "tokenizer": "whitespace"},
                },
                # The longest token is one place with all its readings, far below this.
                "tokenizer": {"whitespace": {"type": "whitespace", "max_token_length": 1024}},
            },
            "similarity": {
                part: {"type": "scripted", "script": {"source": _WEIGHT % usual}} for part, usual in _USUAL.items()
            },
        },
        "mappings": {"dynamic": "strict", "_source": {"enabled": False}, "_meta": written_with(), "properties": fields},
    }


def written_with() -> dict[str, str]:
    """Everything that decides what stands in an index; another one means that it must be rebuilt."""
    return {**fingerprint(), "layout": f"opensearch-{LAYOUT}"}


def source_of(document: IndexDocument) -> dict[str, Any]:
    """An article as it is sent."""
    texts: dict[str, list[str]] = {}
    words: set[str] = set()
    for one in document.parts:
        texts.setdefault(one.part, []).append(characters(one))
        texts.setdefault(f"{one.part}_words", []).append(word_stream(one))
        words.update(told(one))
    found: dict[str, Any] = {
        "pk": document.pk, "public_id": document.public_id, "digest": document.digest, "sample": document.is_sample,
        "original": document.is_original, "script": document.script, **document.values, **texts, "word": sorted(words),
        "topic_key": sorted(set(map(name_key, document.values["topic"]))),
    }  # fmt: skip
    if document.story:
        found["story"] = document.story
    if document.outlet:
        found["outlet"] = document.outlet
    if document.latest:
        found |= {"earliest": document.earliest, "latest": document.latest}
        found["exact_day"] = document.earliest == document.latest
    return found


def told(text: PartText) -> set[str]:
    """Words that suggestions may be drawn from."""
    return {word for word in word_list(text.reading) if SHORTEST <= len(word) <= LONGEST and not word.isdecimal()}

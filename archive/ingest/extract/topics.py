"""What a piece is about, by the words of a taxonomy that an editor can read (data/topics.toml)."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import NamedTuple

from archive.ingest.extract.surroundings import Surroundings
from archive.ingest.records import EvidenceFound

TOPIC_TABLE = Path(__file__).parents[1] / "data" / "topics.toml"

#: Different signals in the body that make a topic when the headline has none.
SIGNALS_NEEDED = 2
#: Topics a piece may have; those with the most signals stay.
MOST_TOPICS = 6


class Topic(NamedTuple):
    """A row of the taxonomy: `words` signal it anywhere, `title` words decide in the headline."""

    key: str
    name: str
    words: tuple[str, ...]
    title: tuple[str, ...]


@functools.cache
def taxonomy() -> tuple[Topic, ...]:
    """Return the topics of data/topics.toml in their order."""
    rows = tomllib.loads(TOPIC_TABLE.read_text(encoding="utf-8"))["topic"]
    return tuple(Topic(row["key"], row["name"], tuple(row["words"]), tuple(row.get("title", ()))) for row in rows)


def read_topics(story: Surroundings) -> tuple[list[str], list[EvidenceFound]]:
    """Return the names of the topics of `story`, strongest first, and the words that decided."""
    scored = []
    for order, topic in enumerate(taxonomy()):
        signals = _signals(story, topic)
        in_title = sum(1 for signal in signals if signal.rule == "word-in-title")
        if in_title or len(signals) >= SIGNALS_NEEDED:
            scored.append((-(2 * in_title + len(signals)), order, topic.name, signals))
    scored.sort(key=lambda row: row[:2])
    chosen = scored[:MOST_TOPICS]
    return [name for _, _, name, _ in chosen], [signal for *_, signals in chosen for signal in signals[:4]]


def _signals(story: Surroundings, topic: Topic) -> list[EvidenceFound]:
    """The first place of each different signal of `topic`; a word inside one already found is no second signal."""
    found: dict[str, EvidenceFound] = {}
    for piece in story.zone("title", "body"):
        title = piece.zone == "title"
        for word in (*topic.words, *(topic.title if title else ())):
            if any(word in other or other in word for other in found):
                continue
            place = piece.text.find(word)
            if place >= 0:
                start = piece.start + place
                rule, confidence = ("word-in-title", 0.9) if title else ("word-in-body", 0.8)
                found[word] = EvidenceFound(
                    "topics", topic.name, rule, start, start + len(word), word, confidence, "inferred"
                )
    return list(found.values())

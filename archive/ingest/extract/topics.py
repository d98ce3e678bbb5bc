"""What a piece is about, by the words of a taxonomy that an editor can read (data/topics.toml)."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import NamedTuple

import ahocorasick

from archive.ingest.extract.surroundings import Surroundings
from archive.ingest.records import EvidenceFound

TOPIC_TABLE = Path(__file__).parents[1] / "data" / "topics.toml"

#: Different signals in the body that make a topic when the headline has none.
SIGNALS_NEEDED = 2
#: Characters of headline and body of a short piece, of which one word can tell the subject.
SHORT = 260
#: Topics a piece may have; those with the most signals stay.
MOST_TOPICS = 6


class Topic(NamedTuple):
    """A row of the taxonomy: `words` signal it anywhere, `title` words decide in the headline, one `sure` word in a short
    piece; `but` are longer words that hold a signal and are none."""

    key: str
    name: str
    words: tuple[str, ...]
    title: tuple[str, ...]
    sure: frozenset[str]
    but: tuple[str, ...]


@functools.cache
def taxonomy() -> tuple[Topic, ...]:
    """Return the topics of data/topics.toml in their order."""
    rows = tomllib.loads(TOPIC_TABLE.read_text(encoding="utf-8"))["topic"]
    return tuple(
        Topic(
            row["key"],
            row["name"],
            tuple(row["words"]),
            tuple(row.get("title", ())),
            frozenset(row.get("sure", ())),
            tuple(row.get("but", ())),
        )
        for row in rows
    )


@functools.cache
def _words() -> ahocorasick.Automaton:
    """All words of the taxonomy in one automaton: word → (word, topics it signals anywhere, topics it decides in a headline)."""
    anywhere: dict[str, list[int]] = {}
    headline: dict[str, list[int]] = {}
    for number, topic in enumerate(taxonomy()):
        for word in topic.words:
            anywhere.setdefault(word, []).append(number)
        for word in topic.title:
            headline.setdefault(word, []).append(number)
    automaton = ahocorasick.Automaton()
    for word in {*anywhere, *headline}:
        automaton.add_word(word, (word, tuple(anywhere.get(word, ())), tuple(headline.get(word, ()))))
    automaton.make_automaton()
    return automaton


def read_topics(story: Surroundings) -> tuple[list[str], list[EvidenceFound]]:
    """Return the names of the topics of `story`, strongest first, and the words that decided."""
    scored = []
    short = sum(len(piece.text) for piece in story.zone("title", "body")) <= SHORT
    for number, signals in _signals(story).items():
        in_title = sum(1 for signal in signals if signal.rule == "word-in-title")
        sure = short and any(signal.text in taxonomy()[number].sure for signal in signals)
        if in_title or sure or len(signals) >= SIGNALS_NEEDED:
            scored.append((-(2 * in_title + len(signals)), number, taxonomy()[number].name, signals))
    scored.sort(key=lambda row: row[:2])
    chosen = scored[:MOST_TOPICS]
    return [name for _, _, name, _ in chosen], [signal for *_, signals in chosen for signal in signals[:4]]


def _signals(story: Surroundings) -> dict[int, list[EvidenceFound]]:
    """The first place of each different signal, by topic; a word inside or around one already found is no second signal."""
    found: dict[int, dict[str, EvidenceFound]] = {}
    for piece in story.zone("title", "body"):
        title = piece.zone == "title"
        for last, (word, anywhere, headline) in _words().iter(piece.text):
            for number in {*anywhere, *headline} if title else anywhere:
                signals = found.setdefault(number, {})
                if any(word in other or other in word for other in signals) or _inside(
                    piece.text, last + 1, word, number
                ):
                    continue
                end = piece.start + last + 1
                rule, confidence = ("word-in-title", 0.9) if title else ("word-in-body", 0.8)
                name = taxonomy()[number].name
                signals[word] = EvidenceFound("topics", name, rule, end - len(word), end, word, confidence, "inferred")
    return {number: list(signals.values()) for number, signals in found.items()}


def _inside(text: str, end: int, word: str, number: int) -> bool:
    """Tell whether the signal that ends at `end` is part of a longer word that is none."""
    start = end - len(word)
    return any(
        longer.find(word) >= 0 and text.startswith(longer, start - longer.find(word))
        for longer in taxonomy()[number].but
    )

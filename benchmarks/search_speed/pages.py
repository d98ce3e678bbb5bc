"""What stands around the hits of a peer: snippets and a page of a concordance, from texts kept beside its index."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from archive.text.fold import fold

from .corpus import Passage
from .queries import Query

#: Characters around a place, lines on a page, snippets of a text.
WIDTH, LINES, SNIPPETS = 20, 50, 3
_CHUNK = 500


def write(path: Path, rows: Sequence[Passage]) -> None:
    """Keep the texts of all passages by key."""
    beside = path.with_suffix(".part")
    beside.unlink(missing_ok=True)
    db = sqlite3.connect(beside)
    with db:
        db.execute("CREATE TABLE texts(id INTEGER PRIMARY KEY, text TEXT)")
        db.executemany("INSERT INTO texts VALUES (?, ?)", ((row.key, f"{row.title}\ue0ff{row.text}") for row in rows))
    db.close()
    beside.replace(path)


class Texts:
    """Reads them, a few at a time."""

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def of(self, keys: Sequence[int]) -> Iterator[str]:
        for start in range(0, len(keys), _CHUNK):
            some = keys[start : start + _CHUNK]
            marks = ",".join("?" * len(some))
            found = dict(self.db.execute(f"SELECT id, text FROM texts WHERE id IN ({marks})", some))
            yield from (found[key] for key in some)


def runner(engine: Any, texts: Path) -> Callable[[Query], tuple[int, list[int]]]:
    """Ask an engine any query; snippets and lines are made here where it does not make them itself."""
    kept = Texts(texts)

    def run(query: Query) -> tuple[int, list[int]]:
        if not (query.highlights or query.lines) or getattr(engine, "own_pages", False):
            found: tuple[int, list[int]] = engine.run(query)
            return found
        if getattr(engine, "only_index", False):
            raise NotImplementedError("measured on a site")
        total, keys = engine.run(replace(query, highlights=False, lines=False))
        if query.lines:
            _lines(kept.of(keys), query.phrases)
        elif hasattr(engine, "snippets"):
            engine.snippets(query, list(kept.of(keys)))
        else:
            _ = [_snippets(text, query.phrases) for text in kept.of(keys)]
        return total, keys

    return run


def _places(text: str, phrases: Sequence[str]) -> Iterator[tuple[int, int]]:
    folded = fold(text)
    for phrase in phrases:
        wanted = fold(phrase)
        place = folded.find(wanted)
        while place >= 0:
            yield place, place + len(wanted)
            place = folded.find(wanted, place + 1)


def _snippets(text: str, phrases: Sequence[str]) -> list[str]:
    """The first places of a text, marked, with what stands around."""
    found = sorted(_places(text, phrases))[:SNIPPETS]
    return [f"{text[max(a - 30, 0) : a]}<b>{text[a:b]}</b>{text[b : b + 30]}" for a, b in found]


def _lines(texts: Iterator[str], phrases: Sequence[str]) -> list[tuple[str, str, str]]:
    """The first lines of a concordance, in the order of what follows."""
    found = [
        (text[b : b + WIDTH], text[a:b], text[max(a - WIDTH, 0) : a])
        for text in texts
        for a, b in _places(text, phrases)
    ]
    return sorted(found)[:LINES]

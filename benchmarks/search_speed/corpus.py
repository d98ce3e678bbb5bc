"""The collection that every engine indexes, and its tokens."""

from __future__ import annotations

import hashlib
import json
import random
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jieba

from archive.text.fold import fold

SHARED = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "passages-130k.jsonl.zst"
_BLANKS = re.compile(r"\s+")
#: ASCII marks would end a token in FTS5's tokenizer: peers get them as private characters, one for one.
_SAFE = {code: 0xE000 + code for code in range(0x21, 0x7F) if not chr(code).isalnum()}


@dataclass(frozen=True, slots=True)
class Passage:
    key: int
    title: str
    text: str
    outlet: str
    province: str
    day: str  # ISO

    @property
    def number_of_day(self) -> int:
        return int(self.day.replace("-", ""))


def passages(count: int) -> list[Passage]:
    """The first `count` passages of the shared corpus, or a generated set where it is absent."""
    return list(_shared(count)) if SHARED.exists() else list(_generated(count))


def corpus_hash(rows: list[Passage]) -> str:
    digest = hashlib.sha256()
    for row in rows:
        digest.update(f"{row.key}\0{row.title}\0{row.text}\0{row.outlet}\0{row.province}\0{row.day}\n".encode())
    return digest.hexdigest()[:16]


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def mark() -> str:
    """Tells one state of the collection from another without reading it whole: its size, beginning and end."""
    if not SHARED.exists():
        return "generated"
    size = SHARED.stat().st_size
    with SHARED.open("rb") as file:
        ends = file.read(1 << 20)
        file.seek(max(size - (1 << 20), 0))
        return digest(ends + file.read())


def _shared(count: int) -> Iterator[Passage]:
    process = subprocess.Popen(["zstd", "-dc", str(SHARED)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        for number, line in enumerate(process.stdout):
            if number >= count:
                break
            row = json.loads(line)
            yield Passage(number + 1, row["title"], row["text"], row["outlet"], row["province"], row["published_at"])
    finally:
        process.kill()
        process.wait()


def _generated(count: int) -> Iterator[Passage]:
    """Words of the dictionary by their frequency: for machines without the corpus; figures say so."""
    jieba.initialize()
    words = [(word, freq) for word, freq in jieba.dt.FREQ.items() if freq > 50 and len(word) > 1]
    chance = random.Random(20200124)
    names, weights = [word for word, _ in words], [freq for _, freq in words]
    for key in range(1, count + 1):
        body = "".join(chance.choices(names, weights, k=chance.randint(40, 160)))
        day = f"{chance.randint(2020, 2022)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        yield Passage(key, body[:20], body, f"示例报{chance.randint(1, 300)}", f"示例省{chance.randint(1, 31)}", day)


def characters(text: str) -> str:
    """What is searched: folded, white space removed."""
    return _BLANKS.sub("", fold(text))


def bigrams(text: str) -> list[str]:
    """One token a character: it and its successor (the last one alone), safe for every tokenizer."""
    chars = characters(text).translate(_SAFE)
    return [chars[place : place + 2] for place in range(len(chars))]


def phrase_tokens(phrase: str) -> list[str]:
    """The tokens whose adjacency is the phrase: all its bigrams."""
    chars = characters(phrase).translate(_SAFE)
    return [chars[place : place + 2] for place in range(max(1, len(chars) - 1))]

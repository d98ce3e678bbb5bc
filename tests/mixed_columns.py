"""Newspaper pages made of real passages, with the exact truth: headings, cut columns, columns that slipped together.

The passages come from ../shared/corpus at run time; nothing of them is kept here. Each layout names the
kind of page that it was seen on. `archive.ingest.extract` never reads this file.
"""

import io
import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import zstandard

#: A cut leaves at least this many characters on either side.
LEAST_PIECE = 8
_SENTENCE = re.compile(r"[^。！？]*[。！？]+[”』」）]*")
_ENDS = '。！？!?；;…”"」』)）】：:》'
_BYLINES = ("记者 示例甲", "通讯员 示例乙", "记者 示例丙 通讯员 示例丁", "本报记者 示例戊")
_OPENINGS = ("本报讯(记者 示例甲)", "本报讯(通讯员 示例乙)", "本报讯(记者 示例丙 通讯员 示例丁)", "")


@dataclass
class Piece:
    """One story as a reader would put it together: headline and blocks in order."""

    title: str
    blocks: list[str] = field(default_factory=list)


@dataclass
class MixedPage:
    layout: str
    lines: list[str]
    truth: list[Piece]

    @property
    def text(self) -> str:
        return "\n\n".join(self.lines) + "\n"


def load_stories(shared: Path, *, limit: int = 3000) -> list[Piece]:
    """Passages of broadcast news and of briefs as stories of two to five paragraphs, each ending in a full stop."""
    found: list[Piece] = []
    with (shared / "corpus" / "passages-130k.jsonl.zst").open("rb") as raw:
        reader = zstandard.ZstdDecompressor().stream_reader(raw)
        for line in io.TextIOWrapper(reader, encoding="utf-8"):
            row = json.loads(line)
            if row["source"] not in ("xwlb", "dxy"):
                continue
            story = _story(row["title"].strip("\u200b 【】#"), row["text"])
            if story is not None:
                found.append(story)
            if len(found) >= limit:
                break
    return found


def _story(title: str, text: str) -> Piece | None:
    text = re.sub(r"央视网消息（新闻联播）：|[ \u3000\xa0]{2,}|\u200b", "", text)
    text = re.sub(r"[\u00a0\u2000-\u200a\u3000]", " ", text)  # as the repair has them
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if text.startswith(title[:10]) or not 8 <= len(title) <= 40 or any(len(line) < 25 for line in lines):
        return None
    if any(not line.endswith("。") for line in lines[:-1]) or re.search(r"[#\ufffd]|【", text):
        return None
    paragraphs: list[str] = []
    for line in lines:
        sentences = [match[0] for match in _SENTENCE.finditer(line)]
        while sentences:
            paragraph = sentences.pop(0)
            while sentences and len(paragraph) < 70:
                paragraph += sentences.pop(0)
            paragraphs.append(paragraph)
    paragraphs = [paragraph.strip() for paragraph in paragraphs if len(paragraph) >= 40][:5]
    return Piece(title, paragraphs) if len(paragraphs) >= 2 else None


def make_page(rng: random.Random, stories: Sequence[Piece], layout: str) -> MixedPage:
    """Return a page of three to seven stories in the given layout; see LAYOUTS."""
    chosen = [Piece(story.title, list(story.blocks)) for story in rng.sample(stories, rng.randint(3, 7))]
    first = rng.randrange(len(chosen) - 1) if layout in _MIXERS else len(chosen)
    lines: list[str] = []
    for number, story in enumerate(chosen):
        if number == first:
            lines += _MIXERS[layout](rng, story, chosen[number + 1])
        elif number != first + 1:
            lines += _lines_of(rng, story, cuts=layout != "plain")
    return MixedPage(layout, lines, chosen)


def _lines_of(rng: random.Random, story: Piece, *, cuts: bool) -> list[str]:
    """The story's lines: headline, perhaps a byline or subheadings, paragraphs, some of them cut."""
    lines = [f"# {story.title}"]
    if rng.random() < 0.3:
        lines.append(rng.choice(_BYLINES))
    else:
        story.blocks[0] = rng.choice(_OPENINGS) + story.blocks[0]
    if rng.random() < 0.3:
        _add_subheadings(rng, story)
    for block in story.blocks:
        if block.startswith("## "):
            lines.append(block)
        else:
            lines += cut(rng, block) if cuts and rng.random() < 0.35 else [block]
    story.blocks = [block.removeprefix("## ") for block in story.blocks]
    return lines


def _add_subheadings(rng: random.Random, story: Piece) -> None:
    blocks = []
    for number, block in enumerate(story.blocks):
        if number and rng.random() < 0.6:
            blocks.append("## " + _clause(rng, block))
        blocks.append(block)
    story.blocks = blocks


def _clause(rng: random.Random, text: str) -> str:
    """Some words of the paragraph as the subheading over it."""
    clauses = [clause for clause in re.split(r"[，。；：、“”（）《》\s]", text) if 5 <= len(clause) <= 16]
    return rng.choice(clauses) if clauses else "各方回应"


def cut(rng: random.Random, text: str, pieces: int = 0) -> list[str]:
    """The text in two or three pieces, cut inside a sentence as columns of a page are."""
    places = [
        place
        for place in range(LEAST_PIECE, len(text) - LEAST_PIECE)
        if text[place - 1] not in _ENDS and not text[place - 1].isspace() and not text[place].isspace()
    ]
    count = (pieces or rng.choice((2, 2, 2, 3))) - 1
    while True:
        bounds = [0, *sorted(rng.sample(places, count)), len(text)]
        if all(b - a >= LEAST_PIECE for a, b in pairwise(bounds)):
            return [text[a:b] for a, b in pairwise(bounds)]


def _slipped(rng: random.Random, one: Piece, other: Piece) -> list[str]:
    """Seen on a city paper's page: the next story's first section slips into a broken paragraph, its headline follows."""
    lines = [f"# {one.title}", rng.choice(_BYLINES)]
    broken = rng.randrange(len(one.blocks))
    head, rest = cut(rng, one.blocks[broken], 2)
    lines += [*one.blocks[:broken], head]
    other.blocks.insert(0, _clause(rng, other.blocks[0]))
    begins, goes_on = cut(rng, other.blocks[1], 2)
    lines += [f"## {other.blocks[0]}", begins, rest, *one.blocks[broken + 1 :]]
    lines += [f"## {other.title}", rng.choice(_BYLINES), goes_on]
    if len(other.blocks) > 2:
        subheading = _clause(rng, other.blocks[2])
        lines += [f"## {subheading}", *other.blocks[2:]]
        other.blocks.insert(2, subheading)
    return lines


def _interrupted(rng: random.Random, one: Piece, other: Piece) -> list[str]:
    """A whole story set between the two parts of a broken paragraph, as pages with a box in the column give."""
    broken = rng.randrange(len(one.blocks))
    head, rest = cut(rng, one.blocks[broken], 2)
    lines = [f"# {one.title}", *one.blocks[:broken], head, f"# {other.title}"]
    other.blocks[0] = rng.choice(_OPENINGS) + other.blocks[0]
    return [*lines, *other.blocks, rest, *one.blocks[broken + 1 :]]


def _crossed(rng: random.Random, one: Piece, other: Piece) -> list[str]:
    """Two stories side by side whose columns were read in turns: each has a broken paragraph."""
    broken = rng.randrange(len(one.blocks))
    head, rest = cut(rng, one.blocks[broken], 2)
    lines = [f"# {one.title}", *one.blocks[:broken], head, f"# {other.title}"]
    other.blocks[0] = rng.choice(_OPENINGS) + other.blocks[0]
    stop = rng.randrange(len(other.blocks))
    begins, goes_on = cut(rng, other.blocks[stop], 2)
    lines += [*other.blocks[:stop], begins, rest, *one.blocks[broken + 1 :]]
    return [*lines, goes_on, *other.blocks[stop + 1 :]]


_MIXERS = {"slipped": _slipped, "interrupted": _interrupted, "crossed": _crossed}
#: Layouts of a page and how many of ten pages have each.
LAYOUTS = {"plain": 1, "cut": 3, "slipped": 2, "interrupted": 2, "crossed": 2}


def make_pages(stories: Sequence[Piece], *, count: int, seed: int) -> list[MixedPage]:
    """Return `count` pages, the layouts in the proportions of LAYOUTS; the same seed gives the same pages."""
    rng = random.Random(seed)
    kinds = [layout for layout, share in LAYOUTS.items() for _ in range(share)]
    return [make_page(rng, stories, kinds[number % len(kinds)]) for number in range(count)]

"""Synthetic newspaper pages with exact truth: real passages under headings, cut in columns and interleaved.

The text comes from ../shared/corpus when the tests run; none of it is in the project.
"""

import json
import random
import re
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import zstandard

#: A cut falls between two Han characters this far from both ends of its paragraph.
MARGIN = 25
#: Zero-width characters of the corpus, and its odd spaces: the repair takes them out, so they are no part of the truth.
_SPACES = re.compile("[\u00a0\u2000-\u200a\u3000]")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")


@dataclass
class Page:
    """The lines of a page, and the (title, body) of each story in the order of the headlines."""

    text: str
    stories: list[tuple[str, str]] = field(default_factory=list)
    interleaved: bool = False


def passages(shared: Path, wanted: int = 4000) -> list[tuple[str, str]]:
    """Titles and texts of broadcast news and briefs, those long enough to be cut and whole at their end."""
    found: list[tuple[str, str]] = []
    path = shared / "corpus" / "passages-130k.jsonl.zst"
    with path.open("rb") as file:
        data = zstandard.ZstdDecompressor().stream_reader(file).read().decode()
    for line in data.split("\n"):
        if not line:
            continue
        row = json.loads(line)
        title, text = (_SPACES.sub(" ", _INVISIBLE.sub("", row[key])) for key in ("title", "text"))
        title, text = title.strip(), re.sub(r"\s*\n\s*", "\n", text).strip()
        plain = text.endswith(("。", "”", "！")) and not re.search(r"[#|]", text) and "\n" not in text
        if row["source"] in ("xwlb", "dxy") and plain and 100 <= len(text) <= 700 and 6 <= len(title) <= 30:
            found.append((title, text))
    return random.Random(20200123).sample(found, min(wanted, len(found)))


def make_page(source: list[tuple[str, str]], rng: random.Random) -> Page:
    """Three to six stories: half of their paragraphs are cut by columns; one section in three pages slips into another."""
    chosen = rng.sample(source, rng.randint(3, 6))
    stories = [(title, _paragraphs(text, rng)) for title, text in chosen]
    page = Page("")
    lines: list[str] = []
    slips = rng.random() < 1 / 3
    at = rng.randrange(len(stories) - 1) if slips else -1
    number = 0
    while number < len(stories):
        title, paragraphs = stories[number]
        if number == at:
            lines += _interleaved(stories[number], stories[number + 1], rng, page)
            number += 2
            continue
        lines.append("# " + title)
        for paragraph in paragraphs:
            lines += _columns(paragraph, rng) if rng.random() < 0.5 else [paragraph]
        page.stories.append((title, "\n\n".join(paragraphs)))
        number += 1
    page.text = "\n\n".join(lines) + "\n"
    return page


def _paragraphs(text: str, rng: random.Random) -> list[str]:
    """A text as one to three paragraphs that end with a full stop."""
    sentences = re.findall(r"[^。]+。”?|[^。]+$", text)
    count = rng.randint(1, min(3, len(sentences)))
    cuts = sorted(rng.sample(range(1, len(sentences)), count - 1)) if count > 1 else []
    bounds = [0, *cuts, len(sentences)]
    return ["".join(sentences[a:b]).strip() for a, b in pairwise(bounds)]


def _cut(paragraph: str, rng: random.Random) -> tuple[str, str] | None:
    places = [
        i for i in range(MARGIN, len(paragraph) - MARGIN) if re.match("[\u4e00-\u9fff]{2}", paragraph[i - 1 : i + 1])
    ]
    if not places:
        return None
    place = rng.choice(places)
    return paragraph[:place], paragraph[place:]


def _columns(paragraph: str, rng: random.Random) -> list[str]:
    cut = _cut(paragraph, rng)
    return list(cut) if cut else [paragraph]


def _interleaved(
    outer: tuple[str, list[str]], inner: tuple[str, list[str]], rng: random.Random, page: Page
) -> list[str]:
    """A story whose paragraph is cut by the first section of the next, which is cut too; its headline stands behind.

    # 1 / broken 1 / ## section of 2 / broken 2 / rest of 1 / ## headline of 2 / byline / rest of 2.
    """
    (title, paragraphs), (other, others) = outer, inner
    first, second = _cut(paragraphs[-1], rng), _cut(others[0], rng)
    section = "一线见闻"
    if first is None or second is None:
        page.stories += [(title, "\n\n".join(paragraphs)), (other, "\n\n".join(others))]
        return ["# " + title, *paragraphs, "# " + other, *others]
    page.interleaved = True
    page.stories += [(title, "\n\n".join(paragraphs)), (other, "\n\n".join([section, *others]))]
    return [
        "# " + title, *paragraphs[:-1], first[0],
        "## " + section, second[0], first[1],
        "## " + other, "□本报记者 示例甲", second[1], *others[1:],
    ]  # fmt: skip


def verdict(page: Page, got: list[tuple[str | None, str]], flags: set[str]) -> str:
    """right: every story letter for letter; flagged: a story says that it is unsure; else wrong without a word."""
    if got == page.stories:
        return "right"
    return "flagged" if any("unsure" in flag for flag in flags) else "wrong"

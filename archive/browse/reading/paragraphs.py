"""The body in paragraphs. Each has an anchor made from its own text, so that an address of a paragraph
outlives changes to its neighbours."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from archive.catalog.models import Script, Version
from archive.search.highlights import marks
from archive.search.tree import Node
from archive.text.fold import fold

from .marked import marked

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`kind` as in the record's blocks; `anchor` is the id of the element."""

    kind: str
    html: SafeString
    anchor: str
    number: int


def anchor(simplified: str) -> str:
    """The anchor of a paragraph: the start of the hash of its folded text without white space."""
    plain = _BLANKS.sub("", fold(simplified))
    return "p-" + hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def blocks_of(version: Version) -> Iterator[tuple[str, str, str, int, int]]:
    """Kind, text as printed, simplified text, start and end in the repaired layer, of each block in order."""
    blocks = version.blocks or [
        {"kind": "paragraph", "text": text, "start": -1, "end": -1} for text in version.body.split("\n\n")
    ]
    same = len(version.body_simplified) == len(version.body)
    place = 0
    for block in blocks:
        text = block["text"]
        found = version.body.find(text, place)
        simplified = text
        if found >= 0:
            simplified = version.body_simplified[found : found + len(text)] if same else text
            place = found + len(text)
        yield block["kind"], text, simplified, block.get("start", -1), block.get("end", -1)


def paragraphs(
    version: Version,
    *,
    simplified: bool = False,
    node: Node | None = None,
    draw: Callable[[str, int, int], SafeString | None] | None = None,
) -> list[Paragraph]:
    """The paragraphs of the body. `simplified`: the reading text. `node`: what to mark.

    `draw(text, start, end)` may give another picture of a block (its repairs); None leaves it as it is.
    """
    traditional = version.script != Script.HANS and not simplified
    seen: dict[str, int] = {}
    made = []
    for number, (kind, printed, reading, start, end) in enumerate(blocks_of(version), 1):
        name = anchor(reading)
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name = f"{name}-{seen[name]}"
        text = reading if simplified else printed
        html = draw(printed, start, end) if draw else None
        if html is None:
            html = marked(text, marks(node, text, traditional) if node else ())
        made.append(Paragraph(kind, html, name, number))
    return made


def paragraph_at(version: Version, place: int) -> tuple[int, str]:
    """Number and anchor of the paragraph in which the `place`th character of the printed body stands."""
    number, name, end = 1, "", 0
    for one in paragraphs(version):
        text = version.blocks[one.number - 1]["text"] if version.blocks else version.body.split("\n\n")[one.number - 1]
        start = version.body.find(text, end)
        if start > place:
            break
        number, name = one.number, one.anchor
        end = start + len(text) if start >= 0 else end
    return number, name

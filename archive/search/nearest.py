"""The passage of a text that comes nearest to a quotation, with the characters in which they differ."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Literal

from archive.catalog.models import Article

from .folded import FoldedText
from .texts import PartText
from .tree import Part

#: Characters of a quotation that are compared; the difference of longer ones would take too long.
COMPARED = 1_500
#: A passage in which less of the quotation stands is another one.
LEAST_SHARE = 0.6
_RUN = 3

#: A stretch that both have, or what the quotation has and the text has instead.
Piece = tuple[Literal["same", "differs"], str, str]


@dataclass(frozen=True, slots=True)
class Nearest:
    """`pieces`: (kind, as quoted, as printed) in order. `share` of the quotation's characters stand there too;
    [start, end) are the printed characters of `text` that were compared. `whole` is False where the quotation was
    cut to COMPARED characters. `missing`: parts of the quotation (between ellipses) that have no
    place of their own in this text."""

    article: Article
    part: Part
    text: str
    start: int
    end: int
    pieces: tuple[Piece, ...]
    share: float
    whole: bool = True
    missing: tuple[str, ...] = ()

    @property
    def agreement(self) -> float:
        """Which share of the characters compared are the same in both: below 1 as soon as one differs, is added or missing."""
        same = sum(len(typed) for kind, typed, _stands in self.pieces if kind == "same")
        differ = sum(max(len(typed), len(stands)) for kind, typed, stands in self.pieces if kind == "differs")
        return same / max(same + differ + sum(map(len, self.missing)), 1)


def nearest_in(article: Article, text: PartText, quotation: str) -> Nearest | None:
    """The nearest passage within one text; None when too little of the quotation stands together there."""
    quoted = FoldedText.of(quotation, traditional=True)
    printed = text.folded()
    whole = len(quoted) <= COMPARED
    asked = _string(quoted)[:COMPARED]
    held = _string(printed)
    low, high = _region(asked, held)
    if low >= high:
        return None
    pieces: list[Piece] = []
    same = 0
    first = last = -1
    matcher = difflib.SequenceMatcher(None, asked, held[low:high], autojunk=False)
    codes = matcher.get_opcodes()
    # What the text has before and after the quotation is no difference of the quotation.
    if codes and codes[0][0] == "insert":
        codes = codes[1:]
    if codes and codes[-1][0] == "insert":
        codes = codes[:-1]
    for tag, i, j, k, m in codes:
        if tag == "equal":
            same += j - i
        if m > k:
            first = low + k if first < 0 else first
            last = low + m
        typed, stands = _printed(quotation, quoted, i, j), _printed(text.text, printed, low + k, low + m)
        pieces.append(("same" if tag == "equal" else "differs", typed, stands))
    share = same / max(len(asked), 1)
    if share < LEAST_SHARE or first < 0:
        return None
    offsets = printed.offsets
    return Nearest(
        article, text.part, text.text, int(offsets[first]), int(offsets[last - 1]) + 1, tuple(pieces), share, whole
    )  # fmt: skip


def _string(folded: FoldedText) -> str:
    return folded.chars_b.tobytes().decode("utf-32-le", "surrogatepass")


def _printed(text: str, folded: FoldedText, start: int, end: int) -> str:
    return text[int(folded.offsets[start]) : int(folded.offsets[end - 1]) + 1] if end > start else ""


def _region(asked: str, held: str) -> tuple[int, int]:
    """Where in `held` the quotation would lie: around the offset at which most runs of three characters agree."""
    at: defaultdict[str, list[int]] = defaultdict(list)
    for place in range(len(held) - _RUN + 1):
        at[held[place : place + _RUN]].append(place)
    slack = max(8, len(asked) // 8)
    votes: Counter[int] = Counter()
    for place in range(len(asked) - _RUN + 1):
        for there in at.get(asked[place : place + _RUN], ())[:50]:
            votes[(there - place) // slack] += 1
    if not votes:
        return 0, 0
    bucket = max(votes, key=lambda one: (votes[one] + votes.get(one + 1, 0), -one))
    low = max(bucket * slack - slack, 0)
    return low, min(bucket * slack + 2 * slack + len(asked) + slack, len(held))

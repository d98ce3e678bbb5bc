"""Snippets: a few windows of 60–80 printed characters around what was searched for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.catalog.models import Article, Script, Shown

from .highlights import Wanted, joined, marks_of, occurrences, wanted
from .records import Snippet, Span
from .texts import PartText, open_texts, printed_title
from .tree import Node

SHORTEST, LONGEST = 60, 80
#: How far before a hit a sentence may begin for the snippet to begin with it; else a clause; else just before.
_SENTENCE_BEFORE, _CLAUSE_BEFORE, _BEFORE = 44, 28, 16
#: Hits of one text that are weighed; more would cost time and show nothing new.
MOST_HITS = 100
MOST_IN_WINDOW = 6

_LINE = re.compile(r"\S[^\n]*")
_SENTENCE = re.compile(r"[。！？!?；;…]+[”’」』）)]*\s*")
_CLAUSE = re.compile(r"[，、：,:][”’」』）)]*\s*")


#: An occurrence in a flat text: start, end, and the number of the leaf that it belongs to.
_Found = tuple[int, int, int]
#: Occurrences that fit into one window: the first, the end of all, a bit for each leaf, how many.
_Group = tuple[_Found, int, int, int]


@dataclass(slots=True)
class _Source:
    """A text with its white space in single blanks, what was found in it, and what is shown already."""

    order: int
    text: PartText
    goes_on: bool  # in the body, beyond what readers may be quoted
    found: list[_Found]
    groups: list[_Group]
    shown: list[tuple[int, int]]


def may_show(article: Article) -> bool:
    """Whether readers may see anything of the text of `article`."""
    return article.shown() != Shown.NOTHING


def title_marks(node: Node, article: Article) -> tuple[Span, ...]:
    """The characters of the printed title that `node` is about."""
    return title_marks_of(wanted(node), article)


def title_marks_of(leaves: Sequence[Wanted], article: Article) -> tuple[Span, ...]:
    """The same of the leaves of a query."""
    version = article.current_version
    if version is None or not may_show(article):
        return ()
    return marks_of(leaves, printed_title(version), version.script != Script.HANS, part="title")


def snippets(node: Node, article: Article, count: int) -> tuple[Snippet, ...]:
    """At most `count` snippets of `article`, those that show most of the query, in the order of the text.

    Without any hit in body and captions (a title, a date, a place was asked for): the beginning of the body.
    Nothing of an article that is withdrawn or kept to editors, and of one that is open in snippets only nothing but
    its excerpt (see `open_texts`).
    """
    return snippets_of(wanted(node), article, count)


def snippets_of(leaves: Sequence[Wanted], article: Article, count: int) -> tuple[Snippet, ...]:
    """The same of the leaves of a query."""
    texts = open_texts(article)[1:] if count > 0 else []
    if not texts:
        return ()
    cut = article.shown() == Shown.SNIPPETS
    sources = []
    for order, part in enumerate(texts):
        flat = _flat(part)
        searched = flat.searched()
        found = sorted((s.start, s.end, i) for i, leaf in enumerate(leaves) for s in occurrences(leaf, flat, searched))
        sources.append(_Source(order, flat, cut, found, _groups(found[:MOST_HITS]), []))
    windows = _windows(sources, count)
    if not windows:
        end = _end(sources[0].text.text, 0, 0, len(sources[0].text.text))
        windows = [(sources[0], 0, end)]
    windows.sort(key=lambda window: (window[0].order, window[1]))
    return tuple(shown for window in windows if (shown := _snippet(*window)).text or not cut)


def excerpt(node: Node, article: Article) -> tuple[tuple[str, tuple[Span, ...]], ...]:
    """The whole excerpt of an article that is open in snippets only, by paragraphs, with what `node` is about marked."""
    texts = open_texts(article)[1:2] if article.shown() == Shown.SNIPPETS else []
    told = []
    for body in texts:
        searched = body.searched()
        found = [(one.start, one.end) for leaf in wanted(node) for one in occurrences(leaf, body, searched)]
        found.sort()
        told += [(line[0], _within(found, line.start(), line.end())) for line in _LINE.finditer(body.text)]
    return tuple(told)


def _flat(part: PartText) -> PartText:
    """The text with each run of white space as one blank."""
    text = " ".join(part.text.split())
    simplified = None if part.simplified is None or not part.traditional else " ".join(part.simplified.split())
    same = simplified is not None and len(simplified) == len(text)
    return PartText(part.part, text, part.traditional, simplified if same else None)


def _groups(found: Sequence[_Found]) -> list[_Group]:
    """For each hit, what fits into one window with it and after it."""
    groups: list[_Group] = []
    for index, first in enumerate(found):
        start, end, leaf = first
        leaves, hits = 1 << leaf, 1
        for _, other_end, other_leaf in found[index + 1 : index + MOST_IN_WINDOW]:
            if other_end > start + SHORTEST:
                break
            end, leaves, hits = max(end, other_end), leaves | 1 << other_leaf, hits + 1
        groups.append((first, end, leaves, hits))
    return groups


def _windows(sources: Sequence[_Source], count: int) -> list[tuple[_Source, int, int]]:
    """Take windows one after another, each the one that adds most: new leaves first, then more hits."""
    windows: list[tuple[_Source, int, int]] = []
    seen = 0
    while len(windows) < count:
        best: tuple[_Source, _Group] | None = None
        most, unseen = -1, ~seen
        for source in sources:
            for group in source.groups:
                leaves = group[2]
                worth = ((leaves & unseen).bit_count() << 32) + (leaves.bit_count() << 16) + group[3]
                if worth > most:
                    most, best = worth, (source, group)
        if best is None:
            break
        source, (first, end, leaves, _) = best
        window = _window(source, first[0], end)
        windows.append((source, *window))
        source.shown.append(window)
        seen |= leaves
        if len(windows) < count:
            source.groups = [left for group in source.groups for left in _left(group, *window)]
    return windows


def _left(group: _Group, low: int, high: int) -> list[_Group]:
    """What is left of a group when [low, high) is shown: all, its first hit alone, or nothing."""
    (start, first_end, leaf), end, _, _ = group
    if end <= low or start >= high:
        return [group]
    return [((start, first_end, leaf), first_end, 1 << leaf, 1)] if first_end <= low else []


def _window(source: _Source, start: int, end: int) -> tuple[int, int]:
    """Widen [start, end) to 60–80 characters between what is shown already, at sentence ends where possible."""
    text = source.text.text
    low = max((shown_end for _, shown_end in source.shown if shown_end <= start), default=0)
    high = min((shown_start for shown_start, _ in source.shown if shown_start >= end), default=len(text))
    first = _start(text, low, start, min(end, start + LONGEST))
    last = _end(text, first, end, high)
    if last - first < SHORTEST:  # near the end: let it begin earlier
        earliest, latest = max(low, last - LONGEST), max(low, last - SHORTEST)
        first = min(
            first,
            _first_after(_SENTENCE, text, earliest, latest) or _first_after(_CLAUSE, text, earliest, latest) or latest,
        )
    return first, last


def _start(text: str, low: int, start: int, end: int) -> int:
    for ends_of, reach in ((_SENTENCE, _SENTENCE_BEFORE), (_CLAUSE, _CLAUSE_BEFORE)):
        earliest = max(low, min(start, max(start - reach, end - LONGEST)))
        begins = [earliest] if earliest == 0 else []
        begins += [
            match.end() for match in ends_of.finditer(text, max(low, earliest - 3), start) if match.end() >= earliest
        ]
        if begins:
            return begins[-1]
    return max(low, start - _BEFORE)


def _end(text: str, first: int, end: int, high: int) -> int:
    last = min(high, first + LONGEST)
    if last == len(text):
        return last
    for ends_of in (_SENTENCE, _CLAUSE):
        ends = [
            match.end() for match in ends_of.finditer(text, first, last) if match.end() >= max(end, first + SHORTEST)
        ]
        if ends:
            return ends[-1]
    return last


def _first_after(ends_of: re.Pattern[str], text: str, low: int, high: int) -> int | None:
    return next((match.end() for match in ends_of.finditer(text, low, high + 1) if low <= match.end() <= high), None)


def _snippet(source: _Source, start: int, end: int) -> Snippet:
    text = source.text.text
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    return Snippet(
        text=text[start:end],
        marks=_within(source.found, start, end),
        part=source.text.part,
        before=start > 0,
        after=end < len(text) or source.goes_on,
    )


def _within(found: Sequence[tuple[int, ...]], start: int, end: int) -> tuple[Span, ...]:
    """What of occurrences (in order) lies in [start, end), counted from there."""
    places = []
    for one in found:
        if one[0] >= end:
            break
        if one[1] > start:
            places.append((max(one[0] - start, 0), min(one[1], end) - start))
    return joined(places)

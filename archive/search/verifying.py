"""Where a quotation stands: which open articles hold it word for word, in which version and part, or what comes nearest.

Compared as everywhere in search (`folded`): both scripts, any width, white space removed; punctuation counts. An
ellipsis cuts the quotation into parts that must follow one another within one text. Only texts that readers may see
whole answer. Nothing is kept of what was asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from django.db.models import F

from archive.catalog.models import Article, Script, Version

from . import engine
from .folded import folded_strings
from .nearest import Nearest, nearest_in
from .records import Request, Span
from .service import Evaluate
from .texts import PartText, texts_of
from .tree import And, Node, Or, Part, Phrase

#: Characters that may be pasted.
LONGEST = 20_000
#: Articles told; and read to look for them (a quotation of a few characters stands nearly everywhere).
MOST_TOLD, MOST_READ = 50, 400
#: Superseded versions read, the newest first: no index holds them, each is looked through.
MOST_SUPERSEDED = 20_000
#: Characters of a stretch by which the index is asked, and how many stretches.
_WINDOW, _WINDOWS = 12, 6
#: Candidates for the nearest passage, and the stretches by which they are found.
_NEAR_READ, _NEAR_WINDOW, _NEAR_WINDOWS = 12, 4, 24
_ELLIPSIS = re.compile(r"[\[［(（【]?\s*(?:[…⋯]+|\.{3,}|．{3,}|。{3,}|·{3,})\s*[\])）］】]?")
_MARKS = {"“": "”", "「": "」", "『": "』", '"': '"', "《": "》", "‘": "’"}


@dataclass(frozen=True, slots=True)
class Holding:
    """An article that holds the quotation. `version` is the current one where that holds it, else the newest that
    does; `numbers` are those of all versions that do. `spans`: the printed characters of each part of the quotation
    in `text`, which is the title, the body, or the `caption`th caption (from 0)."""

    article: Article
    version: Version
    numbers: tuple[int, ...]
    part: Part
    caption: int
    text: str
    spans: tuple[Span, ...]

    @property
    def current(self) -> bool:
        return self.version.pk == self.article.current_version_id


@dataclass(frozen=True, slots=True)
class Verification:
    """`parts` as they were looked for; `more` tells that other articles may hold them too. Only where no article holds
    them: `scattered`, one that holds every part, but not one after the other, else `nearest`."""

    parts: tuple[str, ...]
    holdings: tuple[Holding, ...] = ()
    more: bool = False
    nearest: Nearest | None = None
    scattered: Holding | None = None


def parts_of(quotation: str) -> tuple[str, ...]:
    """The parts between ellipses; quotation marks around the whole are no part of it."""
    text = quotation.replace("\0", "").strip()
    if len(text) > 2 and _MARKS.get(text[0]) == text[-1] and not {text[0], text[-1]} & set(text[1:-1]):
        text = text[1:-1]
    return tuple(one.strip() for one in _ELLIPSIS.split(text) if folded_strings(one)[0])


def verify(quotation: str, *, evaluate: Evaluate | None = None) -> Verification:
    """Look for a quotation of at most LONGEST characters (ValueError for a longer one). At most nine queries."""
    if len(quotation) > LONGEST:
        raise ValueError("quotation too long")
    parts = parts_of(quotation)
    if not parts:
        return Verification(())
    answer = evaluate or engine.evaluate
    found: dict[int, Holding] = {}
    hits = answer(Request(_sought(parts), sort="oldest", limit=MOST_READ + 1)).hits
    more = len(hits) > MOST_READ
    articles = _open([hit.article_id for hit in hits[:MOST_READ]])
    for article in articles:
        assert article.current_version is not None
        if len(found) == MOST_TOLD:
            more = True
            break
        held = _held(article, article.current_version, parts)
        if held:
            found[article.pk] = held
    _with_superseded(found, parts)
    if not found and len(parts) > 1:
        apart = next((one for one in map(partial(_scattered, parts=parts), articles) if one is not None), None)
        if apart is not None:
            return Verification(parts, scattered=apart)
    if found:
        kept = sorted(found.values(), key=_by_age)
        return Verification(parts, tuple(kept[:MOST_TOLD]), more or len(kept) > MOST_TOLD)
    longest = max(parts, key=len)
    near = _nearest(longest, answer)
    if near is not None:
        version = near.article.current_version
        text = PartText(near.part, near.text, version is not None and version.script != Script.HANS)
        rest = list(parts)
        rest.remove(longest)
        near = replace(near, missing=tuple(_apart(text, rest, [Span(near.start, near.end)])[1]))
    return Verification(parts, nearest=near)


def _by_age(holding: Holding) -> tuple[bool, date, int]:
    return not holding.current, holding.version.published_earliest or date.max, holding.article.pk


def _open(keys: Sequence[int]) -> list[Article]:
    """Articles that readers may see whole, in the order of the keys."""
    found = Article.objects.shown_whole().with_parts().defer("current_version__furniture").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _sought(parts: Sequence[str]) -> Node:
    """What every article that holds the parts holds too, short enough for any index."""
    most = max(1, _WINDOWS // len(parts))
    phrases = [Phrase(one) for part in sorted(parts, key=len, reverse=True)[:_WINDOWS] for one in _windows(part, most)]
    return phrases[0] if len(phrases) == 1 else And(tuple(dict.fromkeys(phrases)))


def _windows(part: str, most: int) -> Iterator[str]:
    """Stretches of a part in which its two readings are one, so that a stretch finds all that the part finds."""
    itself, other = folded_strings(part)
    if len(itself) <= _WINDOW:
        yield part
        return
    last = len(itself) - _WINDOW
    starts = [last * step // max(most - 1, 1) for step in range(most)]
    same = [start for start in starts if itself[start : start + _WINDOW] == other[start : start + _WINDOW]]
    if not same:
        same = [start for start in range(last + 1) if itself[start : start + _WINDOW] == other[start : start + _WINDOW]]
    if not same:
        yield part
    for start in same[:most]:
        yield itself[start : start + _WINDOW]


def _held(article: Article, version: Version, parts: Sequence[str]) -> Holding | None:
    for number, text in enumerate(texts_of(version)):
        spans = in_order(text, parts)
        if spans:
            caption = max(number - 2, 0)
            return Holding(article, version, (version.number,), text.part, caption, text.text, spans)
    return None


def _scattered(article: Article, parts: Sequence[str]) -> Holding | None:
    """An article of which one text holds every part somewhere, each at a place of its own; in their order in the text."""
    version = article.current_version
    for number, text in enumerate(texts_of(version) if version else ()):
        spans, missing = _apart(text, parts)
        if version and not missing:
            return Holding(article, version, (version.number,), text.part, max(number - 2, 0), text.text, tuple(spans))
    return None


def _apart(text: PartText, parts: Sequence[str], taken: Sequence[Span] = ()) -> tuple[list[Span], list[str]]:
    """A place for each part that no other part has a share in, the longest part first; and the parts without one.

    A part that is quoted twice wants two places. `taken` are stretches that none may have a share in.
    """
    folded = text.folded()
    places: list[Span] = []
    missing: list[str] = []
    for part in sorted(parts, key=len, reverse=True):
        held = [*taken, *places]
        free = (one for one in folded.find(part) if all(one.end <= by.start or by.end <= one.start for by in held))
        place = next(free, None)
        if place is None:
            missing.append(part)
        else:
            places.append(place)
    return sorted(places, key=lambda one: one.start), missing


def in_order(text: PartText, parts: Sequence[str]) -> tuple[Span, ...]:
    """Where the parts stand in a text, each after the one before; () where they do not."""
    folded = text.folded()
    spans: list[Span] = []
    place = 0
    for part in parts:
        span = next((one for one in folded.find(part) if one.start >= place), None)
        if span is None:
            return ()
        spans.append(span)
        place = span.end
    return tuple(spans)


def _with_superseded(found: dict[int, Holding], parts: Sequence[str]) -> None:
    """Add the superseded versions that hold the parts: to articles found already, or as articles of their own."""
    superseded = (
        Version.objects.filter(article__in=Article.objects.shown_whole())
        .filter(number__lt=F("article__current_version__number"))
        .defer("blocks", "furniture")
        .order_by("-pk")[:MOST_SUPERSEDED]
    )
    met: dict[int, list[Version]] = {}
    for version in superseded.iterator():
        if any(in_order(text, parts) for text in texts_of(version)):
            met.setdefault(version.article_id, []).append(version)
    missing = {one.pk: one for one in _open([key for key in met if key not in found])}
    newest = {key: max(versions, key=lambda one: one.number).pk for key, versions in met.items() if key in missing}
    whole = Version.objects.in_bulk(newest.values())
    for key, versions in met.items():
        held = found.get(key)
        if held is None and key in missing:
            held = _held(missing[key], whole[newest[key]], parts)
        if held is None:
            continue
        numbers = sorted({*held.numbers, *(one.number for one in versions)})
        found[key] = Holding(
            held.article, held.version, tuple(numbers), held.part, held.caption, held.text, held.spans
        )  # fmt: skip


def _nearest(part: str, evaluate: Evaluate) -> Nearest | None:
    """The passage most like `part` among the articles that share most of its stretches."""
    itself, _other = folded_strings(part)
    step = max(1, (len(itself) - _NEAR_WINDOW) // _NEAR_WINDOWS)
    stretches = {itself[start : start + _NEAR_WINDOW] for start in range(0, len(itself) - _NEAR_WINDOW + 1, step)}
    if not stretches:
        return None
    node = Or(tuple(Phrase(one) for one in sorted(stretches)))
    hits = evaluate(Request(node, limit=3 * _NEAR_READ)).hits
    best: Nearest | None = None
    for article in _open([hit.article_id for hit in hits])[:_NEAR_READ]:
        assert article.current_version is not None
        for text in texts_of(article.current_version):
            near = nearest_in(article, text, part)
            if near and (best is None or near.share > best.share):
                best = near
    return best

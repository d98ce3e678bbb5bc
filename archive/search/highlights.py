"""Which printed characters a query is about: the marks of an article page and the ground of snippets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archive.text.words import words

from .folded import FoldedText, Searched, folded_strings
from .records import Span
from .texts import PartText
from .tree import And, Near, Node, Or, Part, Phrase, Prefix, Variants

Wanted = Phrase | Prefix | Near

#: Unquoted words that are everywhere: marking them tells nothing, unless nothing else was asked for.
FUNCTION_WORDS = frozenset("的了和与及在是有也都就而或被把对从到着等这那一不")


def wanted(node: Node) -> tuple[Wanted, ...]:
    """The leaves of `node` that a reader wants to see: all but what stands under a negation."""
    leaves = tuple(dict.fromkeys(_leaves(node)))
    telling = tuple(
        leaf
        for leaf in leaves
        if not (isinstance(leaf, Phrase) and leaf.word and folded_strings(leaf.text)[1] in FUNCTION_WORDS)
    )
    return telling or leaves


def _leaves(node: Node) -> Iterable[Wanted]:
    match node:
        case Phrase() | Prefix() | Near():
            yield node
        case Variants(typed, variants):
            yield typed
            yield from variants
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case _:  # Everything, Nothing, Key, Dates: not about characters; Not: about characters that are absent
            return


def occurrences(leaf: Wanted, text: PartText, searched: Searched) -> list[Span]:
    """The printed characters of `text` where `leaf` matches, in order."""
    match leaf:
        case Phrase(phrase, _, parts):
            return searched.find(phrase) if text.part in parts else []
        case Prefix(prefix, parts):
            return _begun_words(prefix, text, searched) if text.part in parts else []
        case Near(phrases, distance):
            kept = [phrase for phrase in phrases if text.part in phrase.parts]
            return _near(kept, distance, searched.folded) if len(kept) == len(phrases) else []


def _begun_words(prefix: str, text: PartText, searched: Searched) -> list[Span]:
    """The whole words that begin with `prefix`; its bare occurrences where they stand inside longer words."""
    found = searched.find(prefix)
    ends: dict[int, int] = {}
    if found:
        for word in words(text.reading):
            ends[word.start] = max(word.end, ends.get(word.start, 0))
    return [Span(span.start, max(span.end, ends[span.start])) for span in found if span.start in ends] or found


def _near(phrases: Sequence[Phrase], distance: int, folded: FoldedText) -> list[Span]:
    """The occurrences that take part in a chain of one occurrence of each phrase, none too far from the last."""
    places = sorted(
        (place, place + len(folded_strings(phrase.text)[0]), number)
        for number, phrase in enumerate(phrases)
        for place in folded.places(phrase.text)
    )
    complete = (1 << len(phrases)) - 1
    taking_part: set[int] = set()
    leads_on: dict[tuple[int, int], bool] = {}

    def completes(index: int, used: int) -> bool:
        """Whether a chain that has just taken `index`, with the phrases of `used`, can be completed."""
        if used == complete:
            taking_part.add(index)
            return True
        if (index, used) not in leads_on:
            end = places[index][1]
            reached = False
            for after in range(index + 1, len(places)):
                start, _, number = places[after]
                if start > end + distance:
                    break
                if start >= end and not used >> number & 1 and completes(after, used | 1 << number):
                    reached = True
            leads_on[index, used] = reached
        if leads_on[index, used]:
            taking_part.add(index)
        return leads_on[index, used]

    for index, (_, _, number) in enumerate(places):
        completes(index, 1 << number)
    return [
        Span(int(folded.offsets[places[index][0]]), int(folded.offsets[places[index][1] - 1]) + 1)
        for index in sorted(taking_part)
    ]


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same characters as spans in order that neither overlap nor touch."""
    return joined(sorted([(span.start, span.end) for span in spans]))


def joined(places: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """The same of starts and ends in the order of the starts."""
    spans: list[Span] = []
    first, last = 0, -1
    for start, end in places:
        if start > last:
            if last >= 0:
                spans.append(Span(first, last))
            first, last = start, end
        elif end > last:
            last = end
    if last >= 0:
        spans.append(Span(first, last))
    return tuple(spans)


def marks(
    node: Node, text: str, traditional: bool, *, part: Part = "body", simplified: str | None = None
) -> tuple[Span, ...]:
    """The characters of a whole text that `node` is about, as ordered spans, merged.

    `traditional` and `simplified` as for `folded.positions`.
    """
    return marks_of(wanted(node), text, traditional, part=part, simplified=simplified)


def marks_of(
    leaves: Sequence[Wanted], text: str, traditional: bool, *, part: Part = "body", simplified: str | None = None
) -> tuple[Span, ...]:
    """The same of the leaves of a query."""
    if not leaves:
        return ()
    whole = PartText(part, text, traditional, simplified)
    searched = whole.searched()
    return merged(span for leaf in leaves for span in occurrences(leaf, whole, searched))

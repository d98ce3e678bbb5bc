"""An independent evaluation of the whole tree over a list of documents: slow, literal, obvious.

It follows the definitions of `archive.search.tree`, `records` and search.md and shares nothing with any engine:
strings are compared character by character, filters are sets, facets are counted by hand.
"""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from archive.catalog.models import Article
from archive.search.records import FacetCount, FacetName, Hit, Request, Response
from archive.search.similar import asked_for
from archive.search.tree import And, Dates, Everything, Key, Near, Node, Not, Nothing, Or, Phrase, Prefix, Variants
from archive.text.fold import fold
from archive.text.script import to_simplified
from archive.text.words import word_list


@dataclass(frozen=True)
class Document:
    """One article as a search engine sees it. `places`: codes of every unit, those above included."""

    id: int
    title: str
    body: str
    captions: tuple[str, ...] = ()
    script: str = "Hans"
    public_id: str = ""
    places: frozenset[str] = frozenset()
    outlet: str = ""
    outlet_places: frozenset[str] = frozenset()
    topics: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    earliest: date | None = None
    latest: date | None = None
    is_sample: bool = False
    story: int = 0
    is_original: bool = True
    words: frozenset[str] = field(default=frozenset(), compare=False)

    def parts(self) -> list[tuple[str, str]]:
        return [("title", self.title), ("body", self.body), *(("caption", caption) for caption in self.captions)]

    @property
    def exact_day(self) -> bool:
        return self.earliest is not None and self.earliest == self.latest


def documents() -> list[Document]:
    """Every published article of the database."""
    return [document_of(article) for article in Article.objects.published().with_parts().select_related("printing")]


def document_of(article: Article) -> Document:
    version = article.current_version
    assert version is not None
    outlet = article.outlet
    printing = getattr(article, "printing", None)
    region = outlet.region if outlet else None
    return Document(
        id=article.pk,
        title=version.title_as_printed or version.title,
        body=version.body,
        captions=tuple(caption["text"] for caption in version.captions),
        script=version.script,
        public_id=article.public_id,
        places=frozenset(unit.code for place in version.places.all() for unit in place.region.chain()),
        outlet=outlet.slug if outlet else "",
        outlet_places=frozenset(unit.code for unit in region.chain()) if region else frozenset(),
        topics=tuple(version.topics),
        authors=tuple(byline.name for byline in version.bylines.all()),
        earliest=version.published_earliest,
        latest=version.published_latest,
        is_sample=article.is_sample,
        story=printing.cluster_id if printing else 0,
        is_original=printing is None or printing.is_original,
    )


# Strings


@functools.lru_cache(maxsize=5000)
def readings(text: str, traditional: bool) -> tuple[frozenset[str], ...]:
    """For each character that counts, the folded characters that it may be read as."""
    other = to_simplified(text) if traditional else text
    return tuple(frozenset((fold(a), fold(b))) for a, b in zip(text, other, strict=True) if not a.isspace())


def occurrences(text: str, traditional: bool, phrase: str) -> list[tuple[int, int]]:
    """Where `phrase` stands, [start, end) counted in characters that count."""
    places = readings(text, traditional)
    wanted = readings("".join(phrase.split()), traditional=True)
    return [
        (start, start + len(wanted))
        for start in range(len(places) - len(wanted) + 1)
        if wanted and places[start] & wanted[0] and all(places[start + i] & wanted[i] for i in range(len(wanted)))
    ]


def stands_near(found: Sequence[Sequence[tuple[int, int]]], distance: int) -> bool:
    """Whether one occurrence of each can be put in a row without overlap and without too large a gap."""
    for chosen in itertools.product(*found):
        row = sorted(chosen)
        if all(0 <= after[0] - before[1] <= distance for before, after in itertools.pairwise(row)):
            return True
    return False


# The tree


def matches(node: Node, document: Document, prefixes: PrefixReading | None = None) -> bool:
    """Whether `document` is within `node`."""
    traditional = document.script != "Hans"
    match node:
        case Everything():
            return True
        case Nothing():
            return False
        case Phrase(phrase, _, parts):
            return any(part in parts and occurrences(text, traditional, phrase) for part, text in document.parts())
        case Prefix(prefix, parts):
            assert prefixes is not None
            return any(part in parts and prefixes(prefix, text, traditional) for part, text in document.parts())
        case Near(phrases, distance):
            return any(
                all(part in phrase.parts for phrase in phrases)
                and stands_near([occurrences(text, traditional, phrase.text) for phrase in phrases], distance)
                for part, text in document.parts()
            )
        case Key(name, value):
            return _same_key(name, value, document)
        case Dates(earliest, latest, exact, unknown):
            if unknown:
                return document.earliest is None or document.latest is None
            if document.earliest is None or document.latest is None or (exact and not document.exact_day):
                return False
            return (earliest is None or document.earliest >= earliest) and (latest is None or document.latest <= latest)
        case And(parts):
            return all(matches(part, document, prefixes) for part in parts)
        case Or(parts):
            return any(matches(part, document, prefixes) for part in parts)
        case Not(part):
            return not matches(part, document, prefixes)
        case Variants(typed, variants):
            return any(matches(phrase, document, prefixes) for phrase in (typed, *variants))


@functools.lru_cache(maxsize=5000)
def words_of(text: str, traditional: bool) -> list[str]:
    """The word stream of a text, as the room of texts cuts it."""
    return word_list(to_simplified(text) if traditional else text)


class PrefixReading:
    """Whether a word of a text begins with a prefix, by a given way to cut texts into words."""

    def __init__(self, words: Callable[[str, bool], Iterable[str]] = words_of) -> None:
        self.words = words

    def __call__(self, prefix: str, text: str, traditional: bool) -> bool:
        wanted = {fold(prefix), fold(to_simplified(prefix))}
        return any(word.startswith(tuple(wanted)) for word in self.words(text, traditional))


def _name(text: str) -> str:
    return fold(to_simplified("".join(text.split())))


def _same_key(name: str, value: str, document: Document) -> bool:
    if name == "place":
        return value in document.places
    if name == "outlet_place":
        return value in document.outlet_places
    if name == "topic":
        return _name(value) in map(_name, document.topics)
    if name == "author":
        return _name(value) in map(_name, document.authors)
    return value == {"outlet": document.outlet, "script": document.script, "id": document.public_id}[name]


# Facets and filters


def date_values(document: Document) -> list[str]:
    """The values of the date facet that an article counts for."""
    first, last = document.earliest, document.latest
    if first is None or last is None or first.year != last.year:
        return ["~"]
    year, month, day = first.isoformat()[:4], first.isoformat()[:7], first.isoformat()
    if first == last:
        return [year, month, day]
    if first.month == last.month:
        return [year, month, month + "~"]
    return [year, year + "~"]


def facet_values(name: FacetName, document: Document) -> Iterable[str]:
    """The values of facet `name` that an article counts for, each once."""
    values: dict[FacetName, Iterable[str]] = {
        "place": document.places,
        "outlet": [document.outlet] if document.outlet else [],
        "outlet_place": document.outlet_places,
        "topic": document.topics,
        "script": [document.script],
        "date": date_values(document),
    }
    return set(values[name])


def within(request: Request, document: Document, leaving_out: FacetName | None = None) -> bool:
    """Whether `document` passes all filters of `request` (but the includes of one facet)."""
    if document.is_sample and not request.with_sample:
        return False
    if request.among is not None and document.id not in request.among:
        return False
    if request.copies == "originals" and not document.is_original:
        return False
    span = Dates(request.earliest, request.latest)
    if (request.earliest or request.latest) and not matches(span, document):
        return False
    for name, values in request.include.items():
        if name != leaving_out and values and not set(values) & set(facet_values(name, document)):
            return False
    return not any(set(values) & set(facet_values(name, document)) for name, values in request.exclude.items())


# Stories


def story_of(document: Document) -> tuple[str, int]:
    """What two documents share when they are printings of one story."""
    return ("cluster", document.story) if document.story else ("article", document.id)


def one_each(found: Sequence[Document]) -> tuple[list[Document], dict[int, int]]:
    """Of each story its original, else the earliest found; and how many were found of those with several."""
    stories: dict[tuple[str, int], list[Document]] = {}
    for document in sorted(found, key=oldest_first):
        stories.setdefault(story_of(document), []).append(document)
    chosen = {key: next((one for one in some if one.is_original), some[0]) for key, some in stories.items()}
    return list(chosen.values()), {chosen[key].id: len(some) for key, some in stories.items() if len(some) > 1}


# Order


def newest_first(document: Document) -> tuple[object, ...]:
    """Sort key of `newest`: unknown dates last, then the last possible day, the first, the larger id."""
    if document.earliest is None or document.latest is None:
        return (1, 0, 0, -document.id)
    return (0, -document.latest.toordinal(), -document.earliest.toordinal(), -document.id)


def oldest_first(document: Document) -> tuple[object, ...]:
    """Sort key of `oldest`: unknown dates last, then the first possible day, the last, the smaller id."""
    if document.earliest is None or document.latest is None:
        return (1, 0, 0, document.id)
    return (0, document.earliest.toordinal(), document.latest.toordinal(), document.id)


class ReferenceEngine:
    """Answers a `Request` from a list of documents. `score(node, document)` orders by relevance (default: none)."""

    def __init__(self, documents: Sequence[Document], prefixes: PrefixReading | None = None, score=None) -> None:
        self.documents = list(documents)
        self.prefixes = prefixes or PrefixReading()
        self.score = score or (lambda node, document: 0.0)

    def stand_in(self, monkeypatch, engine) -> None:
        """Answer in place of an engine until the test ends."""
        monkeypatch.setattr(engine, "evaluate", self.evaluate)
        monkeypatch.setattr(engine, "holders", lambda strings: asked_for(strings, self.evaluate))

    def evaluate(self, request: Request) -> Response:
        found = [one for one in self.documents if matches(request.node, one, self.prefixes)]
        hits = [one for one in found if within(request, one)]
        copies: dict[int, int] = {}
        if request.copies == "one":
            hits, copies = one_each(hits)
        scores = {one.id: self.score(request.node, one) for one in hits}
        hits.sort(key=oldest_first if request.sort == "oldest" else newest_first)
        if request.sort == "relevance":
            hits.sort(key=lambda one: -scores[one.id])
        end = None if request.limit is None else request.offset + request.limit
        facets = {}
        for name in request.facets:
            pairs = [
                (one, value)
                for one in found
                if within(request, one, leaving_out=name)
                for value in facet_values(name, one)
            ]
            if request.copies == "one":
                counts = Counter(value for _story, value in {(story_of(one), value) for one, value in pairs})
            else:
                counts = Counter(value for _document, value in pairs)
            facets[name] = tuple(FacetCount(value, count) for value, count in sorted(counts.items()))
        page = tuple(Hit(one.id, scores[one.id]) for one in hits[request.offset : end])
        shown = {hit.article_id: copies[hit.article_id] for hit in page if hit.article_id in copies}
        return Response(total=len(hits), hits=page, facets=facets, copies=shown)

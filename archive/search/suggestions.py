"""Suggestions while typing: words, places and outlets that the archive holds, and titles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from archive.catalog.models import Article, Outlet
from archive.places.gazetteer import gazetteer
from archive.places.names import unit_name

from . import engines as engine
from .engine.lexicon import syllables
from .folded import name_key
from .records import Request
from .tree import Everything, Phrase

Kind = Literal["word", "place", "outlet", "title"]
#: Characters of what is typed; longer is no beginning of anything.
LONGEST = 40
#: Of each kind, at most.
MOST = {"place": 3, "outlet": 3, "title": 3}
_Row = tuple[str, str, int]  # shown, query, articles


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`text` is shown, `query` is what to search for (地区:四川省 for a place), `articles` how many it finds,
    0 where that was not counted (titles)."""

    kind: Kind
    text: str
    query: str
    articles: int = 0


def suggest(typed: str, count: int = 8) -> tuple[Suggestion, ...]:
    """At most `count` suggestions for what was typed so far, in either script, or pinyin or its initials.

    Only what published articles hold: words that stand in two at least, places and outlets of articles,
    titles of articles. Nothing for blanks, for more than `LONGEST` characters, or where nothing fits.
    """
    prefix = name_key(typed)
    if not prefix or len(prefix) > LONGEST or count < 1:
        return ()
    found = [*_places(prefix), *_outlets(prefix)]
    titles = list(_titles(typed)) if len(prefix) > 1 and not prefix.isascii() else []
    words = engine.words_beginning(prefix, count)
    room = max(count - len(found) - len(titles), count // 2)
    shown = [Suggestion("word", word, word, articles) for word, articles in words[:room]]
    unique = {one.text: one for one in reversed([*shown, *found, *titles])}
    ordered = [one for one in [*shown, *found, *titles] if unique[one.text] is one]
    return tuple(ordered[:count])


def _places(prefix: str) -> Iterator[Suggestion]:
    rows: list[_Row] = []
    for code, articles in _held("place"):
        unit = gazetteer().unit(code)
        if unit is not None and (_begins(unit.name, prefix) or _begins(unit_name(unit), prefix)):
            rows.append((unit.name, f"地区:{''.join(one.name for one in unit.line if one.level != 'zone')}", articles))
    return _best("place", rows)


def _outlets(prefix: str) -> Iterator[Suggestion]:
    held = dict(_held("outlet"))
    names = Outlet.objects.filter(slug__in=held).values_list("slug", "name")
    rows = [(name, f"来源:{name}", held[slug]) for slug, name in names if _begins(name, prefix)]
    return _best("outlet", rows)


def _held(name: Literal["place", "outlet"]) -> list[tuple[str, int]]:
    response = engine.evaluate(Request(Everything(), facets=(name,), limit=0))
    return [(one.value, one.count) for one in response.facets.get(name, ())]


def _begins(name: str, prefix: str) -> bool:
    if prefix.isascii() and prefix.isalpha():
        heard = syllables(name)
        return "".join(heard).startswith(prefix) or "".join(one[:1] for one in heard).startswith(prefix)
    return name_key(name).startswith(prefix)


def _best(kind: Literal["place", "outlet"], rows: Iterable[_Row]) -> Iterator[Suggestion]:
    for text, query, articles in sorted(rows, key=lambda row: (-row[2], row[1]))[: MOST[kind]]:
        yield Suggestion(kind, text, query, articles)


def _titles(typed: str) -> Iterator[Suggestion]:
    """Titles that hold what was typed, those that begin with it first."""
    request = Request(Phrase(typed, parts=("title",)), sort="newest", limit=20)
    keys = [hit.article_id for hit in engine.evaluate(request).hits]
    articles = Article.objects.published().select_related("current_version").in_bulk(keys)
    titles = [articles[key].current_version.title for key in keys if key in articles]  # type: ignore[union-attr]
    titles.sort(key=lambda title: not name_key(title).startswith(name_key(typed)))
    for title in list(dict.fromkeys(titles))[: MOST["title"]]:
        quoted = title.replace('"', '\\"')
        yield Suggestion("title", title, f'标题:"{quoted}"')

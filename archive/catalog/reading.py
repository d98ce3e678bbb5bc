"""Articles with their parts by key, for lists: queries whose SQL is written once.

Django writes the SQL of a query anew each time it is asked, which for a page of results takes several times as long
as the database needs to answer. Here it is kept, by thread, for each number of keys, and only the keys are put in.
What the database answers is never kept.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

from .models import Article, Byline, VersionRegion
from .rows import Make, Related, maker, related

#: Numbers of keys for which a query is kept; a shorter list is filled up with its last key.
SIZES = (1, 10, 20, 50, 100, 200)
#: Stands for the first key in a kept query, the numbers below it for the others: no key is negative.
_FIRST = -1_000_000_007

Making = Callable[[Sequence[int]], QuerySet[Any]]
_kept = threading.local()


def articles_by_key(keys: Iterable[int], *, without: tuple[str, ...] = ()) -> dict[int, Article]:
    """`Article.objects.published().with_parts().defer(*without).in_bulk(keys)`, in less time."""
    return _with(keys, ("articles", without), _articles(without), (("places", VersionRegion, _places), ("bylines", Byline, _bylines)))  # fmt: skip


def cards_by_key(keys: Iterable[int], *, text: bool = False, places: bool = True) -> dict[int, Article]:
    """The same for lists that print title, date, outlet and place alone (`text`: and passages of the text): nothing else is read.

    Of a place the code is read, its names are in the gazetteer. Two queries; one without places.
    """
    return _with(keys, ("cards", text), _cards(text), (("places", VersionRegion, _codes),) if places else ())


def printed_by_key(keys: Iterable[int]) -> dict[int, Article]:
    """Published articles with what is searched of them alone: printed title, body and captions. One query."""
    return _with(keys, ("printed",), _printed, ())


def article_by_public_id(public_id: str) -> Article | None:
    """The article that readers may find under a public id, as `articles_by_key` reads it."""
    found = list(kept("article by public id", _by_public_id, public_id))
    return _completed({one.pk: one for one in found}, (("places", VersionRegion, _places), ("bylines", Byline, _bylines))).get(found[0].pk) if found else None  # fmt: skip


Part = tuple[str, type[Model], "Making"]


def _with(keys: Iterable[int], name: tuple[Any, ...], making: Making, parts: Sequence[Part]) -> dict[int, Article]:
    wanted = list(dict.fromkeys(keys))
    found: dict[int, Article] = {}
    for start in range(0, len(wanted), SIZES[-1]):
        some = wanted[start : start + SIZES[-1]]
        found |= {article.pk: article for article in _read(name, some, making)}
    return _completed(found, parts)


def _completed(found: dict[int, Article], parts: Sequence[Part]) -> dict[int, Article]:
    versions = [article.current_version for article in found.values() if article.current_version is not None]
    for name, model, making in parts:
        query = QuerySet(model).query
        held: defaultdict[int, list[Model]] = defaultdict(list)
        for start in range(0, len(versions), SIZES[-1]):
            some = [version.pk for version in versions[start : start + SIZES[-1]]]
            for part in _read((name, making), some, making):
                held[part.version_id].append(part)
        for version in versions:
            _prefetched(version, name, query, held[version.pk])
    return found


def _articles(without: tuple[str, ...]) -> Making:
    def making(keys: Sequence[int]) -> QuerySet[Any]:
        related = ("outlet__region", "publisher__region", "current_version__capture")
        return Article.objects.published().select_related(*related).defer(*without).filter(pk__in=keys).order_by()

    return making


def _by_public_id(public_id: Any) -> QuerySet[Any]:
    related = ("outlet__region", "publisher__region", "current_version__capture")
    return Article.objects.published().select_related(*related).filter(public_id=public_id).order_by()


#: What a card prints, and what decides how much of the text may be shown.
_ON_CARDS = (
    "public_id", "status", "access", "is_sample", "outlet__name", "outlet__slug", "current_version__title",
    "current_version__title_as_printed", "current_version__script", "current_version__published",
    "current_version__published_standing", "current_version__published_earliest", "current_version__published_latest",
    "current_version__body_simplified", "current_version__text_sha256",
)  # fmt: skip


def _cards(text: bool) -> Making:
    fields = (*_ON_CARDS, "current_version__body", "current_version__captions") if text else _ON_CARDS

    def making(keys: Sequence[int]) -> QuerySet[Any]:
        related = Article.objects.published().select_related("outlet", "current_version").only(*fields)
        return related.filter(pk__in=keys).order_by()

    return making


#: What is searched of an article, and what decides how much of it may be shown.
_SEARCHED = (
    "status", "access", "current_version__title", "current_version__title_as_printed", "current_version__script",
    "current_version__body", "current_version__body_simplified", "current_version__captions",
)  # fmt: skip


def _printed(keys: Sequence[int]) -> QuerySet[Any]:
    related = Article.objects.published().select_related("current_version").only(*_SEARCHED)
    return related.filter(pk__in=keys).order_by()


def _codes(keys: Sequence[int]) -> QuerySet[Any]:
    named = VersionRegion.objects.select_related("region").only("version", "role", "township", "region__code")
    return named.filter(version_id__in=keys).order_by("version_id", "-role", "pk")


def _places(keys: Sequence[int]) -> QuerySet[Any]:
    # In the order of the model, with the columns of the row alone: names would join the version.
    chain = VersionRegion.objects.select_related("region__parent__parent__parent")
    return chain.filter(version_id__in=keys).order_by("version_id", "-role", "pk")


def _bylines(keys: Sequence[int]) -> QuerySet[Any]:
    return Byline.objects.filter(version_id__in=keys).order_by("version_id", "position")


def _prefetched(version: Model, name: str, query: Query, parts: list[Model]) -> None:
    """Put the parts where `prefetch_related` would; whoever asks for more than they are gets a query of his own."""
    held: Any = QuerySet(query.model, query)
    held._result_cache, held._prefetch_done = parts, True
    version.__dict__.setdefault("_prefetched_objects_cache", {})[name] = held
    for part in parts:
        part._state.fields_cache["version"] = version


def kept(name: str, making: Callable[..., QuerySet[Any]], *values: Any) -> Iterator[Any]:
    """The records of `making(*values)`, its SQL written once for each `name` and thread.

    `making` may only compare columns with its arguments, whole numbers or texts; of `values()` and `values_list` the rows come as tuples.
    """
    marks = [f"\uf8fe{number}" if isinstance(one, str) else _FIRST - number for number, one in enumerate(values)]
    query = _compiled((name,), len(values), lambda _marks: making(*marks))
    put = dict(zip(marks, values, strict=True))
    return query.records([put.get(one, one) if isinstance(one, int | str) else one for one in query.params])


def _read(name: tuple[Any, ...], keys: Sequence[int], making: Making) -> Iterator[Any]:
    """The records of a query with these keys (at most the largest of SIZES) in it."""
    if not keys:
        return iter(())
    size = next(size for size in SIZES if size >= len(keys))
    query = _compiled(name, size, making)
    values = [*keys, *[keys[-1]] * (size - len(keys))]
    return query.records([values[_FIRST - one] if isinstance(one, int) and one <= _FIRST else one for one in query.params])  # fmt: skip


@dataclass(slots=True)
class _Query:
    """A query ready to be asked: its SQL, how its columns are converted, and (of records) how a row becomes one."""

    compiler: SQLCompiler
    sql: str
    params: Sequence[Any]
    converters: dict[int, Any]
    make: Make | None  # None: of `values` and `values_list`
    start: int
    end: int
    beside: tuple[Related, ...]

    @classmethod
    def of(cls, queryset: QuerySet[Any]) -> _Query:
        compiler: Any = queryset.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        columns = [column[0] for column in compiler.select[: compiler.col_count]]
        converters = compiler.get_converters(columns)
        about = compiler.klass_info
        if not issubclass(queryset._iterable_class, ModelIterable):
            return cls(compiler, sql, params, converters, None, 0, 0, ())
        start, end = about["select_fields"][0], about["select_fields"][-1] + 1
        names = [column[0].target.attname for column in compiler.select[start:end]]
        beside: Any = get_related_populators(about, compiler.select, connection.alias)  # type: ignore[call-arg]  # of a later Django
        return cls(
            compiler, sql, params, converters, maker(about["model"], names, connection.alias), start, end,
            related(beside, connection.alias),
        )  # fmt: skip

    def records(self, params: Sequence[Any]) -> Iterator[Any]:
        """What django.db.models.query makes of the rows."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows: Any = cursor.fetchall()
        compiler: Any = self.compiler
        if self.converters:
            rows = compiler.apply_converters(rows, self.converters)
        make, start, end, beside = self.make, self.start, self.end, self.beside
        if make is None:
            yield from map(tuple, rows)
            return
        for row in rows:
            record = make(row[start:end])
            for one in beside:
                one.put(row, record)
            yield record


def _compiled(name: tuple[Any, ...], size: int, making: Making) -> _Query:
    queries: dict[Any, _Query] = _kept.__dict__.setdefault("queries", {})
    key = (connection.vendor, name, size)
    if key not in queries:
        queries[key] = _Query.of(making([_FIRST - number for number in range(size)]))
    return queries[key]

"""Articles with their parts by key, for lists: queries whose SQL is written once.

Django writes the SQL of a query anew each time it is asked, which for a page of results takes several times as long
as the database needs to answer. Here it is kept, by thread, for each number of keys, and only the keys are put in.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

from .models import Article, Byline, VersionRegion

#: Numbers of keys for which a query is kept; a shorter list is filled up with its last key.
SIZES = (1, 10, 20, 50, 100, 200)
#: Stands for the first key in a kept query, the numbers below it for the others: no key is negative.
_FIRST = -1_000_000_007

Making = Callable[[Sequence[int]], QuerySet[Any]]
_kept = threading.local()


def articles_by_key(keys: Iterable[int], *, without: tuple[str, ...] = ()) -> dict[int, Article]:
    """`Article.objects.published().with_parts().defer(*without).in_bulk(keys)`, in less time."""
    wanted = list(dict.fromkeys(keys))
    found: dict[int, Article] = {}
    for start in range(0, len(wanted), SIZES[-1]):
        some = wanted[start : start + SIZES[-1]]
        found |= {article.pk: article for article in _read(("articles", without), some, _articles(without))}
    versions = [article.current_version for article in found.values() if article.current_version is not None]
    for name, model, making in (("places", VersionRegion, _places), ("bylines", Byline, _bylines)):
        parts: defaultdict[int, list[Model]] = defaultdict(list)
        for start in range(0, len(versions), SIZES[-1]):
            for part in _read((name,), [version.pk for version in versions[start : start + SIZES[-1]]], making):
                parts[part.version_id].append(part)
        for version in versions:
            _prefetched(version, name, model, parts[version.pk])
    return found


def _articles(without: tuple[str, ...]) -> Making:
    def making(keys: Sequence[int]) -> QuerySet[Any]:
        related = ("outlet__region", "publisher__region", "current_version__capture")
        return Article.objects.published().select_related(*related).defer(*without).filter(pk__in=keys).order_by()

    return making


def _places(keys: Sequence[int]) -> QuerySet[Any]:
    # In the order of the model, with the columns of the row alone: names would join the version.
    chain = VersionRegion.objects.select_related("region__parent__parent__parent")
    return chain.filter(version_id__in=keys).order_by("version_id", "-role", "pk")


def _bylines(keys: Sequence[int]) -> QuerySet[Any]:
    return Byline.objects.filter(version_id__in=keys).order_by("version_id", "position")


def _prefetched(version: Model, name: str, model: type[Model], parts: list[Model]) -> None:
    """Put the parts where `prefetch_related` would."""
    held: Any = QuerySet(model)
    held._result_cache, held._prefetch_done = parts, True
    version.__dict__.setdefault("_prefetched_objects_cache", {})[name] = held
    for part in parts:
        part._state.fields_cache["version"] = version


def _read(name: tuple[Any, ...], keys: Sequence[int], making: Making) -> Iterator[Any]:
    """The records of a query with these keys (at most the largest of SIZES) in it."""
    if not keys:
        return
    size = next(size for size in SIZES if size >= len(keys))
    compiler, sql, params = _compiled(name, size, making)
    values = [*keys, *[keys[-1]] * (size - len(keys))]
    filled = [values[_FIRST - one] if isinstance(one, int) and one <= _FIRST else one for one in params]
    with connection.cursor() as cursor:
        cursor.execute(sql, filled)
        rows = cursor.fetchall()
    yield from _records(compiler, rows)


def _compiled(name: tuple[Any, ...], size: int, making: Making) -> tuple[SQLCompiler, str, Sequence[Any]]:
    kept: dict[Any, Any] = _kept.__dict__.setdefault("queries", {})
    key = (connection.vendor, name, size)
    if key not in kept:
        query = making([_FIRST - number for number in range(size)]).query
        compiler = query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        kept[key] = compiler, sql, params
    found: tuple[SQLCompiler, str, Sequence[Any]] = kept[key]
    return found


def _records(compiler: SQLCompiler, rows: list[Any]) -> Iterator[Any]:
    """What django.db.models.query.ModelIterable makes of rows."""
    about: Any = compiler.klass_info
    select: Any = compiler.select
    start, end = about["select_fields"][0], about["select_fields"][-1] + 1
    names = [column[0].target.attname for column in select[start:end]]
    populators = get_related_populators(about, select, connection.alias)  # type: ignore[call-arg]  # of a later Django
    for row in compiler.results_iter(results=[rows]):
        record = about["model"].from_db(connection.alias, names, row[start:end])
        for populator in populators:
            populator.populate(row, record)
        yield record

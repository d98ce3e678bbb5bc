"""Which records a harvester gets, as `changes` tells them: open articles, and as deleted those that are gone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from archive.catalog.models import Article, Outlet
from archive.catalog.reading import articles_by_key
from archive.places.models import Region

from .changes import Change, Part, changes, total
from .oai_request import OaiError, Place, Request

#: Records (or headers, or sets) in one answer.
PAGE = 100


@dataclass(frozen=True, slots=True)
class Header:
    """A record without its metadata. `article` None: deleted."""

    key: str  # public id
    at: datetime
    article: Article | None


def find(public_id: str) -> Header:
    """One record; OaiError idDoesNotExist where there is none."""
    found = changes(Part(public_id=public_id), most=1)
    if not found:
        raise OaiError("idDoesNotExist", "this repository has no such record")
    return _headers(found)[0]


def page(request: Request) -> tuple[list[Header], int, Place | None]:
    """One page of records in the order of their datestamps, how many there are in all, and where the list goes on."""
    part = _part(request)
    number = request.after.total if request.after else total(part)
    after = (request.after.at, request.after.key) if request.after else None
    found = changes(part, after=after, most=PAGE + 1)
    if not found and not request.after:
        raise OaiError("noRecordsMatch", "no record was made or changed in this span of time and this set")
    given = found[:PAGE]
    passed = (request.after.passed if request.after else 0) + len(given)
    more = Place(given[-1].at, given[-1].public_id, passed, number) if len(found) > PAGE else None
    return _headers(given), number, more


def _part(request: Request) -> Part:
    kind, _, value = request.chosen.partition(":")
    part = Part(since=request.earliest, before=request.before)
    if not request.chosen:
        return part
    if kind == "place" and value.isascii() and value.isdecimal() and len(value) == 6 and value.endswith("0000"):
        return replace(part, province=value)
    if kind == "outlet" and value:
        return replace(part, outlet=value)
    raise OaiError("noRecordsMatch", "there is no such set (see ListSets)")


def _headers(found: list[Change]) -> list[Header]:
    """With their articles, read in a constant number of queries."""
    keys = [one.article_id for one in found if not one.gone and one.article_id]
    articles = articles_by_key(keys)
    return [Header(one.public_id, one.at, articles.get(one.article_id or 0)) for one in found]


def earliest() -> datetime | None:
    """The first datestamp; None in an empty archive."""
    first = changes(Part(), most=1)
    return first[0].at if first else None


def sets(passed: int) -> tuple[list[tuple[str, str]], int | None]:
    """(setSpec, name) of one page of sets, and how many were given then where more follow."""
    provinces = Region.objects.filter(level="province").order_by("code")
    rows = [(f"place:{one.code}", one.pinyin or one.name) for one in provinces]
    outlets = (
        Outlet.objects.filter(articles__in=Article.objects.published().without_sample()).distinct().order_by("slug")
    )
    start = max(passed - len(rows), 0)
    wanted = PAGE + 1 - max(len(rows) - passed, 0)
    found = rows[passed:] + [(f"outlet:{one.slug}", one.name) for one in outlets[start : start + max(wanted, 0)]]
    return found[:PAGE], passed + PAGE if len(found) > PAGE else None

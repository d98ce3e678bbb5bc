"""The facts of a piece that any style of citation needs, read from its record once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from archive.catalog.models import Article, Outlet, Script, Standing, Version

from ..printed_dates import edtf_parts

ARCHIVE = "基层战疫新闻档案"
ARCHIVE_ENGLISH = "Archive of Grassroots COVID Reporting"
_PAGE = re.compile(r"第?\s*([A-Za-z]?\d{1,3}|[一二三四五六七八九十]{1,3})\s*版")
#: Names of newspapers, for outlets whose kind no editor has set yet.
_NEWSPAPER = re.compile(
    r"(日报|晚报|晨报|早报|时报|商报|都市报|导报|新报|周报|县报|市报|省报|青年报|工人报|农民报)(·.*)?$"
)


@dataclass(frozen=True, slots=True)
class When:
    """A date as far as it is known. `supplied`: inferred by this archive, not printed."""

    year: int
    month: int | None = None
    day: int | None = None
    supplied: bool = False

    @property
    def iso(self) -> str:
        return "-".join(f"{part:0{width}d}" for part, width in ((self.year, 4), (self.month, 2), (self.day, 2)) if part)


@dataclass(frozen=True, slots=True)
class Piece:
    """`title` stands in square brackets when a cataloguer made it. `container` is who printed the piece,
    `original` the source that it names, where that is another. `address` is permanent."""

    public_id: str
    title: str
    authors: tuple[str, ...]
    container: str
    kind: Literal["newspaper", "web"]
    when: When | None
    address: str
    accessed: date
    page: str = ""
    original: str = ""
    source_url: str = ""
    language: str = "zh-Hans"
    sample: bool = False


def today() -> date:
    """The day in China: access dates are civil dates there."""
    return timezone.now().astimezone(ZoneInfo("Asia/Shanghai")).date()


def permanent_address(public_id: str) -> str:
    """The address that is cited: it never moves and has no language."""
    return f"{settings.SITE_URL}/articles/{public_id}/"


def piece_of(article: Article, version: Version, *, accessed: date | None = None) -> Piece:
    """Read the facts. `version` must have its bylines at hand; an account without a named author is its own author."""
    printer = article.publisher or article.outlet
    container = printer.name if printer else ""
    original = version.original_source or (article.outlet.name if article.outlet else "")
    authors = tuple(byline.name for byline in version.bylines.all())
    if not authors and printer and printer.kind in (Outlet.Kind.ACCOUNT, Outlet.Kind.GOVERNMENT):
        authors = (printer.name,)
    label = version.page_label
    match = _PAGE.search(label)
    return Piece(
        public_id=article.public_id,
        title=_title(version),
        authors=authors,
        container=container,
        kind="newspaper" if printer and _is_newspaper(printer, label) else "web",
        when=when_of(version),
        address=permanent_address(article.public_id),
        accessed=accessed or today(),
        page=match[1] if match else label,
        original=original if original and original != container else "",
        source_url=version.source_url,
        language="zh-Hant" if version.script == Script.HANT else "zh-Hans",
        sample=article.is_sample,
    )


def _title(version: Version) -> str:
    """As printed; of a text that a machine turned into traditional, its simplified form."""
    if version.script == Script.HANT and version.title_as_printed:
        return version.title_as_printed
    return version.display_title


def _is_newspaper(outlet: Outlet, label: str) -> bool:
    if outlet.kind == Outlet.Kind.UNKNOWN:
        return bool(label) or bool(_NEWSPAPER.search(outlet.name))
    return outlet.kind == Outlet.Kind.NEWSPAPER


def when_of(version: Version) -> When | None:
    """The date with its precision; where only bounds are known, the month or year that holds both."""
    supplied = version.published_standing == Standing.INFERRED
    if version.published:
        try:
            year, month, day, _time = edtf_parts(version.published)
        except ValueError:
            return None
        return When(year, month, day, supplied)
    first, last = version.published_earliest, version.published_latest
    if first is None or last is None or first.year != last.year:
        return None
    if first == last:
        return When(first.year, first.month, first.day, True)
    return When(first.year, first.month if first.month == last.month else None, None, True)

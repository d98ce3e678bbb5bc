"""The other printings of a piece: who, where, how much of it, how many days later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.catalog.models import Article, Printing, ReprintCluster
from archive.catalog.reading import kept
from archive.catalog.reprints import PrintingFigures, figures_of

from ..names import place_name
from ..printed_dates import published_in_words


@dataclass(frozen=True, slots=True)
class Copy:
    """One printing, in words. `url` is empty for the piece whose page it stands on."""

    title: str
    url: str
    printer: str
    province: str
    date: str
    overlap: int  # per cent of the shorter of the two texts; 100 only where the whole of it stands in the other
    lag: str
    is_original: bool


@dataclass(frozen=True, slots=True)
class Copies:
    """All printings of a story that readers may find, and the sentence over them."""

    sentence: str
    rows: tuple[Copy, ...]
    settled: bool
    number: int


def copies_of(article: Article) -> Copies | None:
    """The printings of the article's story; None where readers may find no other."""
    printing = next(kept("printing", _printing, article.pk), None)
    return copies_in(printing.cluster, article) if printing else None


def _printing(article: Any) -> QuerySet[Printing]:
    return Printing.objects.filter(pk=article).select_related("cluster")


def copies_in(cluster: ReprintCluster, article: Article | None = None) -> Copies | None:
    """The printings of a cluster, as seen from `article`'s page; None where readers find fewer than two."""
    figures = figures_of(cluster)
    count = len(figures.printings)
    if count < 2:
        return None
    parts = [ngettext("本馆收有这篇报道的 %(n)d 次刊载", "本馆收有这篇报道的 %(n)d 次刊载", count) % {"n": count}]
    if figures.provinces:
        reached = len(figures.provinces)
        parts.append(ngettext("刊载者在 %(n)d 个省份", "刊载者在 %(n)d 个省份", reached) % {"n": reached})
    if figures.longest_lag is not None:
        parts.append(ngettext("前后 %(n)d 日", "前后 %(n)d 日", figures.longest_lag) % {"n": figures.longest_lag})
    return Copies(
        _("，").join(parts) + _("。"),
        tuple(_copy(one, article) for one in figures.printings),
        cluster.settled,
        cluster.pk,
    )


def _copy(one: PrintingFigures, article: Article | None) -> Copy:
    version = one.article.current_version
    assert version is not None
    own = article is not None and one.article.pk == article.pk
    return Copy(
        title=version.display_title,
        url="" if own else reverse("article", args=[one.article.public_id]),
        printer=one.printer.name if one.printer else "",
        province=place_name(one.province) if one.province else "",
        date=published_in_words(version),
        overlap=int(one.overlap * 100 + 1e-9),  # 99.6 is not the whole text; 0.29 * 100 is a little less than 29
        lag="" if one.lag is None or one.is_original else _lag(one.lag),
        is_original=one.is_original,
    )


def _lag(days: int) -> str:
    if days == 0:
        return _("同日")
    if days > 0:
        return ngettext("迟 %(n)d 日", "迟 %(n)d 日", days) % {"n": days}
    return ngettext("早 %(n)d 日", "早 %(n)d 日", -days) % {"n": -days}

"""What a cluster tells: who printed a story, how much of it, how many days later, in which provinces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from archive.places.models import Region
from archive.text.shingles import whole_containment

from ..models import Article, Outlet, Printing, ReprintCluster

#: From this overlap of the samples on the texts themselves are compared.
_SEEMINGLY_WHOLE = 0.97


@dataclass(frozen=True, slots=True)
class PrintingFigures:
    """One printing. `lag` in days after the original, where both are known to the day; negative when before it.

    `overlap` is 1 only where the whole of the shorter text stands in the other. `printer` is the publisher, else the outlet; `province` is where that is.
    """

    article: Article
    is_original: bool
    overlap: float
    lag: int | None
    printer: Outlet | None
    province: Region | None


@dataclass(frozen=True, slots=True)
class ClusterFigures:
    """`provinces` reached, in order of their codes; `longest_lag` in days, None when no two days are known."""

    cluster: ReprintCluster
    printings: tuple[PrintingFigures, ...]
    provinces: tuple[Region, ...]
    longest_lag: int | None


def figures_of(cluster: ReprintCluster, *, readers: bool = True) -> ClusterFigures:
    """The figures of a cluster; for readers only of what they may find. One query, which brings the places too."""
    return figures_of_each([cluster], readers=readers)[cluster.pk]


def figures_of_each(clusters: Iterable[ReprintCluster], *, readers: bool = True) -> dict[int, ClusterFigures]:
    """By key the figures of each cluster, as `figures_of` gives them, with one query for all."""
    wanted = {cluster.pk: cluster for cluster in clusters}
    found = Article.objects.published() if readers else Article.objects.all()
    rows: dict[int, list[Printing]] = {key: [] for key in wanted}
    printings = (
        Printing.objects.filter(cluster__in=wanted, article__in=found)
        .select_related("article__current_version", "article__publisher", "article__outlet")
        .select_related(*(f"article__{who}__region__parent__parent__parent" for who in ("publisher", "outlet")))
    )
    for one in printings:
        rows[one.cluster_id].append(one)
    return {key: _figures(cluster, rows[key]) for key, cluster in wanted.items()}


def _figures(cluster: ReprintCluster, rows: list[Printing]) -> ClusterFigures:
    original = next((one for one in rows if one.is_original), None)
    start = _day(original) if original else None
    printings = []
    for one in rows:
        day, printer = _day(one), one.article.publisher or one.article.outlet
        province = printer.region.chain()[0] if printer and printer.region else None
        lag = (day - start).days if day and start else None
        printings.append(PrintingFigures(one.article, one.is_original, _overlap(one, original), lag, printer, province))
    printings.sort(key=lambda one: (not one.is_original, one.lag is None, one.lag or 0, one.article.pk))
    provinces = {one.province.code: one.province for one in printings if one.province}
    lags = [one.lag for one in printings if one.lag is not None]
    return ClusterFigures(
        cluster,
        tuple(printings),
        tuple(provinces[code] for code in sorted(provinces)),
        max(lags) - min(lags) if len(lags) > 1 else None,
    )


def _overlap(printing: Printing, original: Printing | None) -> float:
    """The overlap as it is kept was told from a sample of the text, in which a few words need not show: seemingly whole copies are compared whole."""
    texts = [one.article.current_version for one in (printing, original) if one is not None]
    if printing.is_original or printing.overlap < _SEEMINGLY_WHOLE or len(texts) < 2 or not all(texts):
        return printing.overlap
    first, second = (version.body_simplified for version in texts if version is not None)
    return 1.0 if first == second else whole_containment(first, second)


def _day(printing: Printing) -> date | None:
    version = printing.article.current_version
    return version.day if version else None

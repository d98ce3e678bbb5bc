"""How far each story went: copies, provinces, days, for all clusters at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..models import Article, Precision, Printing

_TO_THE_DAY = frozenset({Precision.SECOND, Precision.MINUTE, Precision.DAY})


@dataclass(frozen=True, slots=True)
class Spread:
    """A cluster as readers may see it. `provinces`: code → printings there; `origin` is the original's ("" unknown).

    `lag` in days between the first and the last printing, None where fewer than two days, or not the
    original's, are known (as ClusterFigures.longest_lag).
    """

    cluster: int
    original: int
    copies: int
    origin: str
    provinces: dict[str, int]
    lag: int | None


def spreads(*, with_sample: bool = True) -> list[Spread]:
    """Every cluster of which readers may find two printings or more. One query; closed articles never count."""
    found = Article.objects.published()
    rows = Printing.objects.filter(article__in=found if with_sample else found.without_sample()).values_list(
        "cluster_id", "article_id", "is_original", "article__current_version__published_precision",
        "article__current_version__published_earliest", "article__publisher_id", "article__publisher__region__code",
        "article__outlet__region__code",
    )  # fmt: skip
    groups: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows.iterator():
        groups[row[0]].append(row)
    return [_spread(cluster, members) for cluster, members in groups.items() if len(members) > 1]


def _spread(cluster: int, members: list[Any]) -> Spread:
    provinces: dict[str, int] = {}
    days: list[date] = []
    original, origin, start = min(member[1] for member in members), "", None
    for _cluster, article, first, precision, earliest, publisher, printed_at, sourced_at in members:
        code = printed_at if publisher else sourced_at
        province = f"{code[:2]}0000" if code else ""
        if province:
            provinces[province] = provinces.get(province, 0) + 1
        day = earliest if precision in _TO_THE_DAY else None
        if day:
            days.append(day)
        if first:
            original, origin, start = article, province, day
    lag = (max(days) - min(days)).days if start and len(days) > 1 else None
    return Spread(cluster, original, len(members), origin, provinces, lag)

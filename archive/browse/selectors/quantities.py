"""Numbers in open articles: what is asked of them, which rows answer, how they are counted by unit and noun."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, F, Prefetch, QuerySet
from django.db.models.expressions import Combinable
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from archive.catalog.models import Article, Quantity, Shown, VersionRegion
from archive.places.models import Region, code_prefix
from archive.text.quantities import sentence_around

from ..finding.state import LAST_PAGE, bound, in_order

PER_PAGE = 50
#: Units and nouns offered.
OFFERED = 16
ORDERS: dict[str, tuple[Combinable | str, ...]] = {
    "newest": (F("version__published_latest").desc(nulls_last=True), "pk"),
    "largest": ("-high", "pk"),
    "smallest": ("low", "pk"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, as the address of the page has it. `noun` is sought within nouns; with `exact` it is the whole noun.

    `earliest` and `latest` as typed: a day, a month or a year ("2020-02").
    """

    noun: str = ""
    exact: bool = False
    unit: str = ""
    place: str = ""
    article: str = ""
    earliest: str = ""
    latest: str = ""
    least: float | None = None
    most: float | None = None
    order: str = "newest"
    page: int = 1
    notices: tuple[str, ...] = ()

    def query(self, **changes: Any) -> str:
        """The address of this question with changes, "" for the bare page."""
        one = replace(self, **{"page": 1, **changes})
        values = (
            ("noun", one.noun), ("exact", "1" if one.exact and one.noun else ""), ("unit", one.unit), ("place", one.place),
            ("article", one.article), ("from", one.earliest), ("to", one.latest),
            ("min", "" if one.least is None else f"{one.least:.15g}"),
            ("max", "" if one.most is None else f"{one.most:.15g}"),
            ("order", "" if one.order == "newest" else one.order), ("page", "" if one.page == 1 else one.page),
        )  # fmt: skip
        return "?" + urlencode([(name, str(value)) for name, value in values if value != ""])

    @property
    def empty(self) -> bool:
        return self.query() == "?"


def asked(values: Mapping[str, str]) -> Asked:
    """Read the parameters of the page; what is no value is left out, with a sentence."""
    notices: list[str] = []

    def words(name: str, most: int) -> str:
        return values.get(name, "").replace("\0", "").strip()[:most]

    def figure(name: str) -> float | None:
        typed = words(name, 40).replace(",", "")
        if not typed:
            return None
        try:
            found = float(typed)
        except ValueError:
            found = math.nan
        if not math.isfinite(found):
            notices.append(_("“%(typed)s”不是数值，没有用它。") % {"typed": typed})
            return None
        return found

    def day(name: str) -> str:
        typed = words(name, 20)
        if typed and bound(typed, last=name == "to") is None:
            notices.append(_("“%(typed)s”不是日期，已忽略。请写作 2020-02 或 2020-02-24。") % {"typed": typed})
            return ""
        return typed

    place = words("place", 12)
    if place and not (place.isascii() and place.isdecimal() and Region.objects.filter(code=place).exists()):
        notices.append(_("没有代码为“%(typed)s”的地区，没有用它。") % {"typed": place})
        place = ""
    order, number = words("order", 12), words("page", 12)
    page = min(max(int(number), 1), LAST_PAGE) if number.isascii() and number.isdecimal() else 1
    earliest, latest, swapped = in_order(day("from"), day("to"))
    if swapped:
        notices.append(_("起止日期的先后已对调。"))
    return Asked(
        words("noun", 40), values.get("exact") == "1", words("unit", 12), place, words("article", 12), earliest,
        latest, figure("min"), figure("max"), order if order in ORDERS else "newest", page, tuple(notices),
    )  # fmt: skip


def rows(question: Asked, *, with_sample: bool = True) -> QuerySet[Quantity]:
    """The quantities of open articles that answer, in the order asked for. A range answers where it meets the bounds."""
    articles = Article.objects.published()
    if not with_sample:
        articles = articles.without_sample()
    if question.article:
        articles = articles.filter(public_id=question.article)
    found = Quantity.objects.filter(version__in=articles.values("current_version"))
    if question.noun:
        found = found.filter(**{"noun" if question.exact else "noun__contains": question.noun})
    if question.unit:
        found = found.filter(unit=question.unit)
    if question.place:
        places = VersionRegion.objects.filter(region__code__startswith=code_prefix(question.place))
        found = found.filter(version__in=places.values("version"))
    if question.earliest:
        found = found.filter(version__published_earliest__gte=bound(question.earliest, last=False))
    if question.latest:
        found = found.filter(version__published_latest__lte=bound(question.latest, last=True))
    if question.least is not None:
        found = found.filter(high__gte=question.least)
    if question.most is not None:
        found = found.filter(low__lte=question.most)
    return found.order_by(*ORDERS[question.order])


def with_texts(found: QuerySet[Quantity]) -> QuerySet[Quantity]:
    """With everything a row is shown with, in a constant number of queries."""
    places = VersionRegion.objects.select_related("region__parent__parent__parent")
    return found.select_related("version__article__outlet").prefetch_related(
        Prefetch("version__places", queryset=places)
    )


def page_of(question: Asked, number: int) -> QuerySet[Quantity]:
    """The rows of one page with their texts: which they are is decided before any text is read, for thousands are put in order."""
    chosen = rows(question).values("pk")[(number - 1) * PER_PAGE : number * PER_PAGE]
    return with_texts(Quantity.objects.filter(pk__in=chosen).order_by(*ORDERS[question.order]))


def counted(question: Asked, name: str) -> list[tuple[str, int]]:
    """The units or nouns with most rows that answer the rest of the question."""
    rest = replace(question, **({"unit": ""} if name == "unit" else {"noun": "", "exact": False}))
    counts = rows(rest).exclude(**{name: ""}).order_by().values_list(name).annotate(n=Count("pk"))
    return [(value, count) for value, count in counts.order_by("-n", name)[:OFFERED]]


def sentence_of(one: Quantity) -> tuple[str, int, int]:
    """The sentence as printed and where the quantity stands in it; empty where the text is not open as a whole."""
    version = one.version
    if version.article.shown() != Shown.WHOLE:
        return "", 0, 0
    body = version.body if len(version.body) == len(version.body_simplified) else version.body_simplified
    start, end = sentence_around(body, one.start, one.end)
    return body[start:end], one.start - start, one.end - start

"""Numbers with unit, noun and sentence, as a page and as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.catalog.models import Quantity
from archive.places.models import Region
from archive.search.records import Span
from archive.search.texts import printed_title
from archive.text.quantities import value_in_words

from ..citations.piece import permanent_address
from ..finding.pages import page_numbers
from ..names import place_name, place_path
from ..printed_dates import published_in_words
from ..reading.marked import marked
from ..selectors.cards import article_language
from ..selectors.provinces import provinces
from ..selectors.quantities import ORDERS, PER_PAGE, asked, counted, page_of, rows, sentence_of, with_texts
from .page import page, sentence
from .research import table


@require_safe
def quantities_page(request: HttpRequest) -> HttpResponse:
    question = asked(request.GET.dict())
    total = rows(question).count()
    pages = max(-(-total // PER_PAGE), 1)
    number = min(question.page, pages)
    names = {"newest": _("日期新"), "largest": _("数值大"), "smallest": _("数值小")}
    known = provinces()
    place = Region.objects.filter(code=question.place).first() if question.place else None
    context = {
        "question": question,
        "total": total,
        "rows": [_row(one) for one in page_of(question, number)],
        "units": [(name, count, question.query(unit=name), name == question.unit) for name, count in counted(question, "unit")],
        "nouns": [
            (name, count, question.query(noun=name, exact=True), question.exact and name == question.noun)
            for name, count in counted(question, "noun")
        ],
        "choices": [(code, place_name(one), code == question.place) for code, one in known.items()],
        "other_place": (place.code, place_name(place)) if place and place.code not in known else None,
        "sorts": [(names[key], question.query(order=key), key == question.order) for key in ORDERS],
        "csv": reverse("quantities_csv") + question.query(),
        "json": reverse("api-quantities") + question.query(),
        "pager": page_numbers(number, pages, lambda to: question.query(page=to)),
    }  # fmt: skip
    return page(request, "browse/quantities.html", context, index=question.empty and not request.GET)


def _value(one: Quantity) -> str:
    value = value_in_words(one.low, one.high)
    return _("约 %(value)s") % {"value": value} if one.approximate else value


def _marked(one: Quantity) -> SafeString:
    text, start, end = sentence_of(one)
    return marked(text, [Span(start, end)]) if text else escape("")


def _row(one: Quantity) -> dict[str, Any]:
    version = one.version
    primary = version.primary_region
    return {
        "quantity": one,
        "value": _value(one),
        "sentence": _marked(one),
        "address": reverse("article", args=[version.article.public_id]),
        "title": printed_title(version),
        "lang": article_language(version),
        "date": published_in_words(version),
        "place": " · ".join(place_path(primary.region, primary.township)) if primary else "",
        "sample": version.article.is_sample,
    }


@require_safe
def quantities_csv(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """One line for each row; the sample is left out unless asked for."""
    question = asked(request.GET.dict())
    if question.notices:
        return sentence("\n".join(question.notices))
    found = with_texts(rows(question, with_sample=request.GET.get("sample") == "1"))
    head = (
        "low", "high", "approximate", "unit", "noun", "sentence", "id", "url", "title", "outlet", "published",
        "place_code", "place", "start", "end",
    )  # fmt: skip
    return table("quantities", head, _lines(found))


def _lines(found: Any) -> Iterator[tuple[str, ...]]:
    for one in found.iterator(chunk_size=500):
        version, primary = one.version, one.version.primary_region
        yield (
            f"{one.low:.15g}", f"{one.high:.15g}", "1" if one.approximate else "0", one.unit, one.noun, sentence_of(one)[0],
            version.article.public_id, permanent_address(version.article.public_id), printed_title(version),
            version.article.outlet.name if version.article.outlet else "", version.published,
            primary.region.code if primary else "", primary.region.name if primary else "", str(one.start), str(one.end),
        )  # fmt: skip

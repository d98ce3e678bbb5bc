"""Verify a quotation: is it in the archive, where, and in which version. What is pasted comes by POST and is kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from archive.catalog.models import Article, Version
from archive.search.nearest import COMPARED, Nearest
from archive.search.records import Span
from archive.search.tree import Part
from archive.search.verifying import LONGEST, Holding, Verification, verify

from ..reading.listed import Card
from ..reading.paragraphs import paragraph_at
from ..selectors.cards import article_language, cards
from .page import page

#: Bytes of a form that is read: 20,000 characters, percent-encoded, and what a browser adds.
MOST_BYTES = 400_000
#: Printed characters shown around a quotation, and of a long quotation from each of its ends.
AROUND, ENDS = 40, 90


@dataclass(frozen=True, slots=True)
class Found:
    """One place in words, with the article's card."""

    card: Card
    where: str
    url: str
    version: str
    passage: SafeString
    lang: str


@csrf_exempt  # nothing is changed and no cookie is set: the form only keeps the quotation out of addresses
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify_page(request: HttpRequest) -> HttpResponse:
    typed, problem = _typed(request) if request.method == "POST" else ("", "")
    answer: Verification | None = None
    if typed and not problem:
        answer = verify(typed)
        if not answer.parts:
            answer, problem = None, _("引文里没有可以核对的文字。")
    near = answer.nearest if answer else None
    context = {
        "typed": typed,
        "problem": problem,
        "limit": LONGEST,
        "answer": answer,
        "found": [_found(one) for one in answer.holdings] if answer else [],
        "near": near,
        "near_card": cards([near.article])[0] if near else None,
        "near_url": _nearest_url(near) if near else "",
        "near_where": _nearest_where(near) if near else "",
        "near_lang": article_language(_current(near.article)) if near else "",
        "difference": _difference(near) if near else "",
        "percent": int(near.agreement * 100 + 1e-9) if near else 0,
        "scattered": _found(answer.scattered) if answer and answer.scattered else None,
        "compared": COMPARED,
    }
    return page(request, "browse/verify.html", context, index=False)


def _typed(request: HttpRequest) -> tuple[str, str]:
    """What was pasted, and what is wrong with it."""
    too_long = _("引文太长：最多 %(n)d 字，请分段核对。") % {"n": LONGEST}
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES:
        return "", too_long
    typed = request.POST.get("text", "").replace("\0", "").replace("\r\n", "\n").strip()
    if not typed:
        return "", _("请先把引文粘贴到框里。")
    return (typed[:LONGEST], too_long) if len(typed) > LONGEST else (typed, "")


def _current(article: Article) -> Version:
    assert article.current_version is not None
    return article.current_version


def _found(one: Holding) -> Found:
    where, fragment = _where(one.version, one.part, one.spans[0].start, one.caption)
    url = reverse("article", args=[one.article.public_id]) + fragment
    if not one.current:
        url = reverse("history", args=[one.article.public_id]) + f"#v{one.version.number}"
    return Found(cards([one.article])[0], where, url, _versions(one), _passage(one.text, one.spans),
                 article_language(one.version))  # fmt: skip


def _versions(one: Holding) -> str:
    if one.current and len(one.numbers) == 1:
        return _("现行版本（第 %(n)d 版）") % {"n": one.version.number}
    listed = _("、").join(str(number) for number in one.numbers)
    if one.current:
        return _("现行版本（第 %(n)d 版）；有它的版本：第 %(all)s 版") % {"n": one.version.number, "all": listed}
    return _("只在从前的版本里（第 %(all)s 版），现行版本已没有这段文字") % {"all": listed}


def _where(version: Version, part: Part, start: int, caption: int = 0) -> tuple[str, str]:
    """The place in words, and the fragment that leads to it."""
    if part == "title":
        return _("标题"), ""
    if part == "caption":
        return _("图注 %(n)d") % {"n": caption + 1}, "#h-captions"
    number, anchor = paragraph_at(version, start)
    return _("正文第 %(n)d 段") % {"n": number}, f"#{anchor}"


def _passage(text: str, spans: tuple[Span, ...]) -> SafeString:
    """The parts as printed, marked, with a little before and after; long ones and long gaps are cut."""
    first, last = spans[0], spans[-1]
    low, high = max(first.start - AROUND, 0), min(last.end + AROUND, len(text))
    pieces: list[tuple[SafeString]] = [(format_html("{}{}", "…" if low else "", text[low : first.start]),)]
    place = first.start
    for span in spans:
        gap = text[place : span.start]
        pieces.append((format_html("{}", gap if len(gap) <= 2 * AROUND else f"{gap[:AROUND]}…{gap[-AROUND:]}"),))
        quoted = text[span.start : span.end]
        if len(quoted) > 2 * ENDS + 20:
            quoted = f"{quoted[:ENDS]} …… {quoted[-ENDS:]}"
        pieces.append((format_html("<mark>{}</mark>", quoted),))
        place = span.end
    pieces.append((format_html("{}{}", text[last.end : high], "…" if high < len(text) else ""),))
    return format_html_join("", "{}", pieces)


def _difference(near: Nearest) -> SafeString:
    """The passage as printed: <del> what only the quotation has, <ins> what only the text has."""
    pieces = []
    for kind, typed, printed in near.pieces:
        if kind == "same":
            pieces.append((format_html("{}", printed),))
        else:
            removed = format_html("<del>{}</del>", typed) if typed else SafeString("")
            added = format_html("<ins>{}</ins>", printed) if printed else SafeString("")
            pieces.append((format_html("{}{}", removed, added),))
    return format_html_join("", "{}", pieces)


def _nearest_where(near: Nearest) -> str:
    return _where(_current(near.article), near.part, near.start)[0]


def _nearest_url(near: Nearest) -> str:
    return reverse("article", args=[near.article.public_id]) + _where(_current(near.article), near.part, near.start)[1]

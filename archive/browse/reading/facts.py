"""The facts of an article for its page: each with its value, how it is known, and where it leads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

from django.db.models import QuerySet
from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from archive.catalog.models import Article, Evidence, Outlet, Script, Version, excerpt_end
from archive.catalog.reading import kept
from archive.catalog.rule_words import rule_words
from archive.search.texts import printed_title

from ..by_language import by_language
from ..finding.links import addressed
from ..finding.state import SearchState
from ..names import place_name, topic_name, town_name
from ..printed_dates import edtf_parts

#: Characters of the passage that decided a field; the rest is in the record.
MOST_OF_A_PASSAGE = 80
#: So many letters in a row tell something of a text.
TELLING = 6


@dataclass(frozen=True, slots=True)
class Link:
    words: str
    url: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """`links` are the values in order, joined by `joint`; `how` says how the value is known."""

    name: str
    links: tuple[Link, ...]
    how: str = ""
    joint: str = " · "


def facts_of(article: Article, version: Version) -> list[Fact]:
    """What is known of the piece; what is not known is left out, but date and place say that they are not."""
    rows = [
        _bylines(version),
        _outlet(article, version),
        _place(version),
        _others(version),
        Fact(_("版面"), (Link(version.page_label, lang="zh-Hans"),)) if version.page_label else None,
        Fact(_("电头"), (Link(version.dateline, lang="zh-Hans"),)) if version.dateline else None,
        Fact(_("编辑"), tuple(Link(str(name), lang="zh-Hans") for name in version.editors), joint=_("、"))
        if version.editors
        else None,
        _topics(version),
        Fact(_("原文字体"), (Link(script_words(version.script)),)),
    ]
    return [row for row in rows if row]


def _bylines(version: Version) -> Fact | None:
    names = []
    search = _search_page()
    for byline in version.bylines.all():
        words = f"{byline.name}（{byline.role}）" if byline.role else byline.name
        query = SearchState(q=f'作者:"{byline.name}"').query() if '"' not in byline.name else ""
        names.append(Link(words, search + query if query else "", "zh-Hans"))
    return Fact(_("作者"), tuple(names), joint=_("、")) if names else None


def _outlet(article: Article, version: Version) -> Fact | None:
    links = []
    if article.outlet:
        links.append(_outlet_link(article.outlet))
    how = ""
    if article.publisher and article.publisher != article.outlet:
        how = _("由%(name)s刊发") % {"name": article.publisher.name}
    if version.source_line and (article.outlet is None or version.source_line != article.outlet.name):
        how = (how + "；" if how else "") + _("原文写作“%(line)s”") % {"line": version.source_line}
    return Fact(_("来源"), tuple(links) or (Link(_("不详")),), how)


def _outlet_link(outlet: Outlet) -> Link:
    return Link(outlet.name, addressed("outlet")(outlet.slug), "zh-Hans")


def _place(version: Version) -> Fact:
    primary = version.primary_region
    if primary is None:
        return Fact(_("地区"), (Link(_("不详")),))
    address = addressed("place")
    links = [Link(place_name(unit), address(unit.code)) for unit in primary.region.chain()]
    if primary.township:
        town = town_name(primary.region.code, primary.township)
        links.append(Link(town, lang="zh-Hans" if town == primary.township else ""))
    return Fact(_("地区"), tuple(links), joint=" › ")


def _others(version: Version) -> Fact | None:
    primary = version.primary_region
    links = []
    for place in version.places.all():
        if primary is None or place.pk != primary.pk:
            units = place.region.chain()
            town = [town_name(place.region.code, place.township)] if place.township else []
            words = " ".join([*(place_name(unit) for unit in units[-2:]), *town])
            links.append(Link(words, addressed("place")(place.region.code)))
    return Fact(_("也涉及"), tuple(links), joint=_("、")) if links else None


def _topics(version: Version) -> Fact | None:
    links = [Link(topic_name(str(topic)), addressed("topic")(str(topic))) for topic in version.topics]
    return Fact(_("主题"), tuple(links), joint=_("、")) if links else None


@by_language
def script_words(script: str) -> str:
    """简体 · 繁体 · 机器转换的繁体."""
    words = {Script.HANS: _("简体"), Script.HANT: _("繁体"), Script.HANT_CONVERTED: _("机器转换的繁体")}
    return words[Script(script)]


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One passage that decided a field, in words."""

    field: str
    value: str
    text: str
    rule: str
    basis: str
    confidence: float


def evidence_rows(version: Version, *, whole: bool = True) -> list[EvidenceRow]:
    """The evidence of a version in the order of the record; what reads the same stands once.

    Where readers are not shown the `whole` text, passages of it stand only as far as they lie in its excerpt.
    """
    quoted = (lambda passage: passage) if whole else partial(_open_passage, version)
    rows = (
        EvidenceRow(
            field_words(one.field),
            one.value,
            quoted(one.text),
            rule_words(one.rule),
            basis_words(one.basis),
            one.confidence,
        )
        for one in kept("evidence", _evidence, version.pk)
    )
    return list(dict.fromkeys(rows))


def evidence_items(rows: Iterable[EvidenceRow]) -> SafeString:
    """The same as rows of a table. Written here and not in a template: every article has a dozen."""
    made = []
    for one in rows:
        text = Truncator(one.text).chars(MOST_OF_A_PASSAGE) if len(one.text) > MOST_OF_A_PASSAGE else one.text
        made.append(
            f'<tr><th scope="row">{escape(one.field)}</th><td lang="zh-Hans">{escape(one.value) or "—"}</td>'
            f'<td lang="zh-Hans">{escape(text) or "—"}<small>{escape(one.rule)}</small></td>'
            f'<td>{escape(one.basis)}</td><td class="num">{_share(one.confidence)}</td></tr>\n'
        )
    return mark_safe("".join(made))  # noqa: S308  every value is escaped


@by_language
def _share(confidence: float) -> str:
    return str(floatformat(confidence, 2))


def _open_passage(version: Version, passage: str) -> str:
    """The passage where none of it stands in the closed part of body and captions alone, else ""."""
    end = excerpt_end(version.body)
    bodies = [version.body, version.body_simplified]
    closed = _letters("".join([*(one[end:] for one in bodies), *(one["text"] for one in version.captions)]))
    told = [printed_title(version), *(one[:end] for one in bodies), version.source_line, version.dateline]
    known = [_letters(one) for one in told]
    letters = _letters(passage)
    runs = [letters[at : at + TELLING] for at in range(len(letters) - TELLING + 1)]
    return "" if any(run in closed and not any(run in one for one in known) for run in runs) else passage


def _letters(text: str) -> str:
    return "".join(one for one in text if one.isalnum())


def _evidence(version: Any) -> QuerySet[Evidence]:
    return Evidence.objects.filter(version_id=version)


@by_language
def basis_words(basis: str) -> str:
    """How a value is known."""
    words = {"stated": _("原文载明"), "inferred": _("推断"), "editor": _("编辑核定"), "unknown": _("不详")}
    return words.get(basis, basis)


def precision_words(version: Version) -> str:
    """Precision of the date, where it is less than a day."""
    try:
        _year, month, day, _time = edtf_parts(version.published)
    except ValueError:
        return ""
    if day:
        return ""
    return _("只知年份") if month is None else _("只知月份")


@by_language
def role_words(role: str) -> str:
    """The role of an editor, as readers see it."""
    words = {
        "system": pgettext("role", "系统"),
        "admin": pgettext("role", "管理员"),
        "editor": pgettext("role", "编辑"),
        "contributor": pgettext("role", "供稿人"),
    }
    return words.get(role, role)


def field_words(field: str) -> str:
    """The name of a field in evidence and history; the key itself where it has none."""
    return _names_of_fields().get(field, field)


@by_language
def _names_of_fields() -> dict[str, str]:
    return {
        "title": _("标题"),
        "body": _("正文"),
        "published": _("日期"),
        "date": _("日期"),
        "about": _("地区"),
        "place": _("地区"),
        "places": _("地区"),
        "outlet": _("来源"),
        "publisher": _("刊发者"),
        "original_source": _("原始来源"),
        "outlet_region": _("来源所在地"),
        "source_line": _("来源行"),
        "source_url": _("来源网址"),
        "authors": _("作者"),
        "editors": _("编辑"),
        "page_label": _("版面"),
        "dateline": _("电头"),
        "topics": _("主题"),
        "script": _("原文字体"),
        "status": _("状态"),
        "access": _("开放程度"),
        "copies": _("转载"),
        "masks": _("遮蔽"),
        "captured_at": _("采集时间"),
    }


@by_language
def _search_page() -> str:
    return reverse("search")

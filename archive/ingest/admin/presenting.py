"""A row of a batch as the preview shows it: each field with its value, its reasons and how sure they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.catalog.covered_values import covered_value
from archive.catalog.masking import secrets_of
from archive.catalog.rule_words import rule_words
from archive.ingest.counted import quantities_of
from archive.ingest.models import ImportRow
from archive.text.quantities import value_in_words

#: Below this an editor is asked to look (text.md: everything below .9 goes to the review queue).
DOUBT = 0.9
BODY_SHOWN = 220

_LABELS = {
    "title": gettext_lazy("标题"),
    "outlet": gettext_lazy("媒体"),
    "published": gettext_lazy("日期"),
    "about": gettext_lazy("地点"),
    "authors": gettext_lazy("作者"),
    "publisher": gettext_lazy("发布者"),
    "original_source": gettext_lazy("原始来源"),
    "editors": gettext_lazy("编辑"),
    "source_line": gettext_lazy("来源行"),
    "page_label": gettext_lazy("版次"),
    "dateline": gettext_lazy("电头"),
    "places": gettext_lazy("另涉及"),
    "topics": gettext_lazy("主题"),
    "script": gettext_lazy("文字"),
    "source_url": gettext_lazy("网址"),
    "captured_at": gettext_lazy("抓取时间"),
}
#: What the columns of a table can be read as.
FIELD_LABELS = {
    **_LABELS,
    "title_as_printed": gettext_lazy("原样标题"),
    "body": gettext_lazy("正文"),
    "text": gettext_lazy("全文（整页文字）"),
    "html": gettext_lazy("网页源码"),
    "outlet_region": gettext_lazy("媒体所在地"),
    "province": gettext_lazy("省"),
    "prefecture": gettext_lazy("市"),
    "county": gettext_lazy("县"),
    "captions": gettext_lazy("图片说明"),
}
#: Shown also when nothing was found.
_ALWAYS = ("title", "outlet", "published", "about", "authors")
_SCRIPTS = {
    "Hans": gettext_lazy("简体"),
    "Hant": gettext_lazy("繁体"),
    "Hant-converted": gettext_lazy("机器转换的繁体"),
}
_BASES = {"stated": gettext_lazy("载明"), "inferred": gettext_lazy("推断"), "editor": gettext_lazy("上传者填写")}
_PRECISIONS = {
    "second": gettext_lazy("到秒"),
    "minute": gettext_lazy("到分"),
    "day": gettext_lazy("到日"),
    "month": gettext_lazy("到月"),
    "year": gettext_lazy("到年"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    rule: str
    text: str
    confidence: int  # per cent
    basis: str


@dataclass(frozen=True, slots=True)
class Field:
    """`doubtful`: inferred, or by no reason surer than DOUBT."""

    name: str
    label: str
    value: str
    note: str
    reasons: list[Reason]
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity: its value, unit and noun in words, and the sentence it stands in."""

    words: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One row, ready for the template."""

    row: ImportRow
    title: str
    untitled: bool
    beginning: str
    length: int
    fields: list[Field]
    captions: list[str]
    furniture: int
    repairs: list[dict[str, Any]]
    suggested: int
    quantities: list[Counted]

    @property
    def doubts(self) -> list[Field]:
        return [field for field in self.fields if field.doubtful]

    @property
    def unknown(self) -> list[Field]:
        return [field for field in self.fields if not field.value]


def shown(row: ImportRow) -> Shown:
    """Prepare a row; one without a draft (skipped, bad) has no fields."""
    draft = row.draft or {}
    if row.personal and row.version is not None:
        draft = covered_value(draft, secrets_of(row.version))
    body = " ".join((draft.get("body") or "").split())
    repairs = draft.get("repairs") or []
    return Shown(
        row=row,
        title=draft.get("title") or (f"[{body[:24]}…]" if body else str(row.article or "")),
        untitled=bool(draft) and not draft.get("title"),
        beginning=body[:BODY_SHOWN] + ("…" if len(body) > BODY_SHOWN else ""),
        length=len("".join(body.split())),
        fields=[_field(name, draft) for name in _LABELS if draft and _worth_showing(name, draft)],
        captions=[caption["text"] for caption in draft.get("captions") or []],
        furniture=len(draft.get("furniture") or []),
        repairs=[repair for repair in repairs if repair["state"] == "applied"],
        suggested=sum(repair["state"] == "suggested" for repair in repairs),
        quantities=[_counted(one) for one in quantities_of(draft)],
    )


def _counted(one: dict[str, Any]) -> Counted:
    value = value_in_words(one["low"], one["high"])
    if one["approximate"]:
        value = _("约 %(value)s") % {"value": value}
    return Counted(" ".join(part for part in (value, one["unit"], one["noun"]) if part), one["text"])


def _worth_showing(name: str, draft: dict[str, Any]) -> bool:
    """What is found, and of the main fields also what is not; nothing that only repeats another."""
    if name == "publisher" and draft.get("publisher") == draft.get("outlet"):
        return False
    if name == "source_line" and draft.get("source_line") == draft.get("outlet"):
        return False
    if name == "script" and draft.get("script") == "Hans":
        return False
    return name in _ALWAYS or bool(_value(name, draft))


def _field(name: str, draft: dict[str, Any]) -> Field:
    found = [one for one in draft.get("evidence") or [] if one["field"] == name]
    reasons = list(
        dict.fromkeys(
            Reason(
                rule_words(one["rule"]),
                one["text"],
                round(one["confidence"] * 100),
                str(_BASES.get(one["basis"], one["basis"])),
            )
            for one in sorted(found, key=lambda one: -one["confidence"])
        )
    )
    value = _value(name, draft)
    sure = max((one["confidence"] for one in found), default=1.0)
    inferred = any(one["basis"] == "inferred" for one in found) and not any(one["basis"] != "inferred" for one in found)
    if name == "published":
        inferred = draft["published"]["status"] == "inferred"
    # Topics and further places are always inferred; they are asked about only when unsure.
    doubtful = sure < DOUBT or (inferred and name not in ("topics", "places"))
    return Field(name, str(_LABELS[name]), value, _note(name, draft), reasons, bool(value) and doubtful)


def _value(name: str, draft: dict[str, Any]) -> str:
    value = draft.get(name)
    if name == "published":
        return str(value["value"] or "").replace("T", " ") if value else ""
    if name == "about":
        return " › ".join(value["names"]) if value else ""
    if name == "places":
        main = (draft.get("about") or {}).get("names")
        return "、".join("".join(place["names"]) for place in value or [] if place["names"] != main)
    if name == "authors":
        return "、".join(
            f"{author['name']}（{author['role']}）" if author["role"] else author["name"] for author in value or []
        )
    if name == "script":
        return str(_SCRIPTS.get(value or "", value or ""))
    if isinstance(value, list):
        return "、".join(str(item) for item in value)
    return str(value or "")


def _note(name: str, draft: dict[str, Any]) -> str:
    """What stands beside a value: precision and bounds of a date, code of a place, form as printed."""
    if name == "published":
        published = draft["published"]
        parts = [str(_PRECISIONS[published["precision"]])] if published["precision"] else []
        if published["earliest"] and published["earliest"] != published["latest"]:
            parts.append(_("%(earliest)s 至 %(latest)s") % published)
        return "，".join([*parts, *([published["why"]] if published["why"] else [])])
    if name == "about":
        return (draft["about"] or {}).get("code", "") if draft.get("about") else ""
    printed = draft.get(f"{name}_as_printed")
    return _("原文作“%(printed)s”") % {"printed": printed} if printed else ""

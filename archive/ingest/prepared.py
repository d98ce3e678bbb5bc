"""One piece read and made ready to be written: everything that can be computed away from the database.

It crosses from the processes that read to the one that writes, so it holds plain values only.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from archive.catalog.fingerprints import text_sha256
from archive.catalog.usages import Usage
from archive.text.personal_data import find_personal_data

from . import reading
from .readers import Source
from .records import ArticleDraft, PageRead, RepairMade, Skipped

_LONE = re.compile("[\ud800-\udfff]")
_FIELD_NAMES = {"title": "标题", "outlet": "媒体", "publisher": "发布者", "original_source": "原始来源"}
_LIMITS = {"title": 300, "outlet": 120, "publisher": 120, "original_source": 120}


@dataclass(frozen=True, slots=True)
class PreparedDraft:
    """A draft as the text of its JSON, and what comparing needs of it. `unfit` says why it cannot become an article, or is "".

    `personal`: readers would be shown what seems to be personal data.
    """

    json: str
    file: str
    index: int
    title: str
    printed_by: str
    source_url: str
    text_sha256: str
    unfit: str
    personal: bool


@dataclass(frozen=True, slots=True)
class PreparedLayer:
    """What a TextLayer says of one reading of the capture; `text` only where it is kept."""

    kind: str
    encoding: str
    sha256: str
    length: int
    text: str = ""


@dataclass(slots=True)
class Prepared:
    """A piece as read. `sha256` is that of its bytes as received."""

    sha256: str = ""
    drafts: list[PreparedDraft] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    layers: list[PreparedLayer] = field(default_factory=list)
    repairs: list[RepairMade] = field(default_factory=list)


#: An invented page with a headline, a source line, a dateline, a byline, dates, places and a damaged run.
_EXAMPLE = """示例县示例村设卡登记

2020-02-10 09:30 来源：示例日报 作者：王小明 责任编辑：李小红

示例日报讯（记者 王小明 通讯员 李小红）近日，示例县城关镇的网格员在村口设卡登记，测量体温，正月十六起已登记车辆三百余辆。
据示例市卫健委消息，2月9日0时至24时新增病例2例。锘挎潙鍙ｈ鍗＄櫥璁般€�

（王小明 摄）"""


def load_tables(usages: tuple[Usage, ...] | None = None) -> None:
    """Load what reading looks things up in (some seconds): done once before processes are forked, they share it."""
    from archive.places.gazetteer import gazetteer
    from archive.places.villages import villages
    from archive.text.repair.lexicon import lexicon
    from archive.text.words import words

    gazetteer(), villages(), lexicon(), words("疫情防控")
    prepare(
        Source("", _EXAMPLE.encode(), "text/plain"), "", usages
    )  # and the rest, by reading a page of all that they tell


def prepare(piece: Source | Skipped, outlet: str, usages: tuple[Usage, ...] | None = None) -> Prepared:
    """Read one piece; one that breaks the pipeline is a bad one. `outlet`, `usages`: as for `reading.read_source`."""
    if isinstance(piece, Skipped):
        return Prepared(skipped=[piece])
    page = reading.read_or_tell(piece, outlet=outlet, usages=usages)
    return Prepared(
        sha256=hashlib.sha256(piece.data).hexdigest(),
        drafts=[_draft(draft) for draft in page.drafts],
        skipped=page.skipped,
        layers=_layers(page) if page.drafts else [],
        repairs=page.repairs if page.drafts else [],
    )


def _draft(draft: ArticleDraft) -> PreparedDraft:
    return PreparedDraft(
        json=json.dumps(draft.as_json(), ensure_ascii=False),
        file=draft.file,
        index=draft.index,
        title=draft.title or "",
        printed_by=draft.publisher or draft.outlet or "",
        source_url=draft.source_url or "",
        text_sha256=text_sha256(draft.title or "", draft.body),
        unfit=unfit(draft),
        personal=any(find_personal_data(text) for text in _readable(draft)),
    )


def _readable(draft: ArticleDraft) -> Iterator[str]:
    """The texts that catalog.masking looks through once the draft is a version."""
    yield from filter(None, (draft.title, draft.title_as_printed, draft.source_line, draft.body))
    yield from (caption.text for caption in draft.captions)


def unfit(draft: ArticleDraft) -> str:
    """Why a draft cannot become an article: no body, or a field longer than any real one."""
    if not draft.body.strip():
        return _("没有读到正文。")
    for name, limit in _LIMITS.items():
        if len(getattr(draft, name) or "") > limit:
            return _("“%(field)s”超过 %(limit)d 字，多半不是真的。") % {"field": _(_FIELD_NAMES[name]), "limit": limit}
    return ""


def _layers(page: PageRead) -> list[PreparedLayer]:
    layers = [_layer("decoded", page.decoded, page.encoding)]
    if page.extracted is not None:
        layers.append(_layer("extracted", page.extracted, "", keep=True))
    if page.repaired == (last := page.decoded if page.extracted is None else page.extracted):
        layers.append(PreparedLayer("repaired", "", layers[-1].sha256, len(last)))  # nothing was to be repaired
    else:
        layers.append(_layer("repaired", page.repaired, ""))
    return layers


def _layer(kind: str, text: str, encoding: str, *, keep: bool = False) -> PreparedLayer:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return PreparedLayer(kind, encoding, digest, len(text), _LONE.sub("\ufffd", text) if keep else "")

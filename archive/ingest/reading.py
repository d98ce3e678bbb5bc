"""From a source to drafts: the pipeline on its text, then what the file itself states over what was read."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import replace

from django.utils.translation import gettext as _

from archive.catalog.usages import Usage
from archive.text.script import is_traditional, to_simplified

from . import given, printed
from .drafts import draft_from_json
from .readers import Given, Source
from .readers.record import as_text
from .records import ArticleDraft, Block, EvidenceFound, PageRead, Skipped

logger = logging.getLogger(__name__)

_ESCAPED = re.compile("[\ud800-\udfff]")


def read_page(
    data: bytes,
    *,
    file: str,
    media_type: str,
    source_url: str | None,
    captured_at: str | None,
    usages: tuple[Usage, ...] | None = None,
) -> PageRead:
    """The pipeline. Imported at first use: its dictionaries take a second to load."""
    from .pipeline import read_page as pipeline

    return pipeline(
        data, file=file, media_type=media_type, source_url=source_url, captured_at=captured_at, usages=usages
    )


def read_source(source: Source, *, outlet: str = "", usages: tuple[Usage, ...] | None = None) -> PageRead:
    """Layers and drafts of one piece. `outlet` is who printed it where the piece itself does not say.
    `usages`: the words that date a text, None for those that the software brings.

    Of a record, `extracted` is the text that was read and `decoded` the record as received; of a
    page, all is as the pipeline gives it.
    """
    page = _record(source, usages) if source.text is not None else _page(source.data, source.media_type, source, usages)
    if _ESCAPED.search(page.repaired):
        page = _without_escapes(page)
    page.skipped = [_named(one, source) for one in page.skipped]
    for index, draft in enumerate(page.drafts):
        draft.file, draft.index = source.name, source.number or index
        if outlet:
            given.default_outlet(draft, outlet)
    return page


def read_or_tell(source: Source, *, outlet: str = "", usages: tuple[Usage, ...] | None = None) -> PageRead:
    """`read_source`; a piece that breaks the pipeline is a bad one, and the others are read."""
    try:
        return read_source(source, outlet=outlet, usages=usages)
    except Exception:
        logger.exception("reading one page failed")  # no names of uploads in the log
        reason = _("读取时程序出错，已记入日志；其余各篇不受影响。")
        return PageRead("", "", "", [], [], [_named(Skipped(source.name, 0, reason, bad=True), source)])


def _named(skipped: Skipped, source: Source) -> Skipped:
    """With the row or record of its file that gave no article, and what stood there: a row, or the address of a page."""
    if not source.number or skipped.index:
        return skipped
    reason = skipped.reason or _("没有读到文章。")
    if source.text is None:
        where = _("第 %(number)d 条记录，") % {"number": source.number}
        return replace(skipped, index=source.number, reason=where + reason, original=(source.source_url or "")[:2000])
    where = _("第 %(number)d 行，") % {"number": source.number}
    original = as_text(source.data, source.encoding or "utf-8")
    return replace(skipped, index=source.number, reason=where + reason, original=original)


def _without_escapes(page: PageRead) -> PageRead:
    """Bytes that are no text stand in layers as escapes (lone surrogates); in records as U+FFFD, place for place."""
    readable = json.loads(_ESCAPED.sub("\ufffd", json.dumps([d.as_json() for d in page.drafts], ensure_ascii=False)))
    repairs = [
        replace(one, before=_ESCAPED.sub("\ufffd", one.before), after=_ESCAPED.sub("\ufffd", one.after))
        for one in page.repairs
    ]
    return replace(page, drafts=[draft_from_json(draft) for draft in readable], repairs=repairs)


def _page(data: bytes, media_type: str, source: Source, usages: tuple[Usage, ...] | None) -> PageRead:
    return read_page(
        data,
        file=source.name,
        media_type=media_type,
        source_url=source.source_url,
        captured_at=source.captured_at,
        usages=usages,
    )


def _record(source: Source, usages: tuple[Usage, ...] | None) -> PageRead:
    assert source.text is not None
    if (told := printed.object_of(source)) is not None:
        page, problems = printed.read_back(source, told)
        return _refused(page, source, problems) if problems else page
    title = source.given.get("title")
    text, is_body = source.text, "body" in source.given
    if source.text_type == "text/plain" and title and (is_body or not _begins_with(text, title.value)):
        text = f"{title.value}\n\n{text}"
    page = _page(text.encode("utf-8", "surrogatepass"), source.text_type, source, usages)
    raw = source.data.decode(source.encoding or "utf-8", "replace")
    page = replace(page, extracted=page.extracted if page.extracted is not None else page.decoded, decoded=raw)
    if source.encoding:
        page.encoding = source.encoding
    facts = source.given
    if is_body or (title and len(page.drafts) != 1 and source.text_type == "text/plain"):
        page.drafts = [_whole(page, source, title)]
        page.skipped = []
        facts = {name: fact for name, fact in facts.items() if name != "title"}
    if not page.drafts and not page.skipped:
        page.skipped = [Skipped(source.name, 0, "")]
    if len(page.drafts) == 1:
        problems = given.apply(page.drafts[0], facts)
        if problems:
            return _refused(page, source, problems)
    return page


def _refused(page: PageRead, source: Source, problems: str) -> PageRead:
    """The page of a row with faults: nothing is made of it."""
    original = as_text(source.data, source.encoding or "utf-8")
    reason = _("第 %(number)d 行，") % {"number": source.number} + problems
    return replace(page, drafts=[], skipped=[Skipped(source.name, source.number, reason, bad=True, original=original)])


def _begins_with(text: str, title: str) -> bool:
    """Whether the title stands among the first lines, so that it need not be put before the text."""
    wanted = "".join(title.split())
    return any(wanted == "".join(line.lstrip("#").split()) for line in text.split("\n")[:4])


def _whole(page: PageRead, source: Source, title: Given | None) -> ArticleDraft:
    """The text of a record as one article, every line of its body kept in order."""
    repaired = page.repaired
    body_from = repaired.find("\n\n") + 2 if title and "\n\n" in repaired else 0
    read = page.drafts[0] if len(page.drafts) == 1 else None
    kinds = {block.start: block.kind for block in read.blocks} if read else {}
    blocks: list[Block] = []
    position = body_from
    for line in repaired[body_from:].split("\n"):
        text = line.strip(" \t\u3000\u00a0\r\ufeff")
        if text:
            start = position + line.index(text)
            blocks.append(Block(kinds.get(start, "paragraph"), text, start, start + len(text)))
        position += len(line) + 1
    body = "\n\n".join(block.text for block in blocks)
    stated = source.given.get("script")
    script = read.script if read else "Hant" if is_traditional(body) else "Hans"
    if stated and stated.value in ("Hans", "Hant", "Hant-converted"):
        script = stated.value
    draft = read or ArticleDraft(
        source.name, 0, None, body, body, blocks, script, source_url=source.source_url, captured_at=source.captured_at
    )
    draft.script, draft.blocks, draft.body = script, blocks, body
    draft.body_simplified = body if script == "Hans" else to_simplified(body)
    draft.captions, draft.furniture, draft.span = [], [], (0, len(repaired))
    draft.repairs = page.repairs
    draft.evidence = [one for one in draft.evidence if one.field not in ("title", "body")]
    rule = source.given["body"].rule if "body" in source.given else "record"
    draft.evidence.append(EvidenceFound("body", "", rule, body_from, len(repaired), body[:40], 1.0))
    draft.title = draft.title_as_printed = None
    if title:
        # The title as repaired together with the text, in its simplified reading.
        shown = repaired[: body_from - 2].strip() if body_from else str(title.value)
        draft.title = shown if script == "Hans" else to_simplified(shown)
        draft.title_as_printed = shown if shown != draft.title else None
        draft.evidence.append(EvidenceFound("title", draft.title, title.rule, 0, len(shown), str(title.value), 1.0))
    return draft

"""Web archives (.warc, .warc.gz): the pages among their records, each with its address and the moment of capture."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from archive.ingest.records import Skipped
from archive.text.warc import BrokenArchive, WarcRecord, records

from . import bounds, values
from .refusals import ArchiveBomb, DamagedArchive
from .sources import Received, Source

PAGES = ("text/html", "application/xhtml+xml")
_KINDS = ("response", "resource")


def read_webarchive(received: Received) -> Iterator[Source | Skipped]:
    """The pages of a web archive. What came before a break is kept, and the break is said.

    Raises DamagedArchive when there is no whole record at all, ArchiveBomb.
    """
    number = others = 0
    size = received.size()
    broken = ""
    with received.open() as stream:
        try:
            for number, record in enumerate(records(stream), 1):
                if record.length > bounds.RATIO_LIMIT * max(size, bounds.RATIO_FROM):
                    raise ArchiveBomb
                if record.kind not in _KINDS or record.media_type not in PAGES:
                    others += 1
                    if not record.is_whole():
                        broken = _("文件在第 %(number)d 条记录中途断开") % {"number": number}
                        others -= 1
                        break
                    continue
                piece = _page(received, number, record)
                if not record.is_whole():
                    broken = _("文件在第 %(number)d 条记录中途断开") % {"number": number}
                    break
                yield piece
        except BrokenArchive as error:
            if number == 0 or error.single:
                raise DamagedArchive(_mend(error)) from error
            broken = _("第 %(number)d 条记录之后的内容已损坏") % {"number": number}
    if broken:
        reason = broken + _("，此后的没有读到；之前的都已保留。")
        yield Skipped(received.name, max(number, 1), reason, bad=True)
    if others:
        reason = _("另有 %(count)d 条记录不是网页（请求、图片、元数据等），未读取。") % {"count": others}
        yield Skipped(received.name, 0, reason)


def _mend(error: BrokenArchive) -> str:
    if error.single:
        return _("这个 .warc.gz 是整体压缩的，须逐条压缩；请解压成 .warc 再上传。")
    return _("不是完整的网页存档（WARC），无法读取。")


def _page(received: Received, number: int, record: WarcRecord) -> Source | Skipped:
    def bad(sentence: str, *, fault: bool = True) -> Skipped:
        where = _("第 %(number)d 条记录，") % {"number": number}
        return Skipped(received.name, number, where + sentence, bad=fault, original=record.url[:2000])

    if record.status is not None and record.status != 200:
        return bad(_("服务器答复 %(status)d，不是文章。") % {"status": record.status}, fault=False)
    data = record.payload(bounds.PAGE_LIMIT)
    if len(data) > bounds.PAGE_LIMIT:
        return bad(_("页面超过 %(limit)d MB。") % {"limit": bounds.PAGE_LIMIT // 2**20})
    if not data.strip():
        return bad(_("页面是空的。"), fault=False)
    try:
        url = values.address(record.url)
        moment = values.moment(record.date) if record.date else None
    except values.Unreadable as error:
        return bad(str(error))
    return Source(
        name=received.name,
        data=data,
        media_type="text/html",
        source_url=url,
        captured_at=moment,
        container=received,
        offset=record.offset,
        number=number,
    )

"""Where bytes or digits are gone for good (text-damage 6, 10, 27, 40): flagged, never filled.

No date and no quantity may be read from a flagged span.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

LossKind = Literal["lost-bytes", "lost-digits", "lost-character"]


@dataclass(frozen=True, slots=True)
class Flag:
    """A span of the repaired text, in code points, that must not be taken at its word."""

    kind: LossKind
    start: int
    end: int
    reason: str


_BYTES = re.compile("\ufffd+|(?:锟斤拷?)+锟?|烫{3,}|屯{3,}|\\?{4,}|[\ue000-\uf8ff]+|[\udc80-\udcff]+")
_BYTES_LOST = re.compile("[\ufffd锟烫屯\ue000-\uf8ff\udc80-\udcff]")
_YEAR_GONE = re.compile(r"年[0-9]{1,2}月(?:[0-9]{1,2}日)?")
_BEFORE_YEAR = frozenset(" \n,，。、;；:：(（《“至到于於从從在自是为為截止")
_DATE_GONE = re.compile(
    r"(?:[0-9]{1,2}|^|(?<=[,，。、;；:：\s（(]))月日(?![本均前报報常新益渐漸趋趨夜后後光照])|(?:19|20)[0-9]{2}年月|(?:^|(?<=[,，。、;；:：\s]))月[0-9]{1,2}日",
    re.MULTILINE,
)
_BARE_MONTH = re.compile(r"月(?<![0-9一二三四五六七八九十]月)[0-9]{1,2}日")
_COUNT_GONE = re.compile(
    r"(?:累计|累計|新增|确诊|確診|报告|報告|治愈出院|捐赠|捐贈|捐款|发放|發放|接种|接種|排查|出动|出動|投入|筹集|籌集|共有|共计|共計|总计|總計)了?"
    r"(?=[余多]?(?:例|[万萬][元人名只隻份余餘个個]|[余餘][名人户戶份个個只隻件元]|元[,，。、;；]|[户戶份][,，。]|人次))[余餘多万萬]{0,2}[^\s]{1,2}"
)
_HOUSEHOLDS_GONE = re.compile(r"有[户戶](?:人家|居民|家庭)|[余餘][名人户戶份个個只隻件元]")
_NUMERALS = frozenset("0123456789一二三四五六七八九十百千万萬亿億几幾数數两兩半〇零多第整所只拥擁没沒")
_CLOCK_GONE = re.compile(r"(?<=[日午晚晨早上])[0-9]{3,4}分(?![钟鐘数數之])")
_STARS = re.compile(r"(?<=[\u3400-\u9fff])\*{1,3}(?=[\u3400-\u9fff])")


def _dates(text: str) -> Iterator[Flag]:
    if "年" in text:
        for found in _YEAR_GONE.finditer(text):
            if found.start() == 0 or text[found.start() - 1] in _BEFORE_YEAR:
                yield Flag("lost-digits", *found.span(), "the number before 年 is missing")
    if "月日" in text or "年月" in text or _BARE_MONTH.search(text):
        for found in _DATE_GONE.finditer(text):
            yield Flag("lost-digits", *found.span(), "a number of the date is missing")
    if "分" in text:
        for found in _CLOCK_GONE.finditer(text):
            yield Flag("lost-digits", *found.span(), "the sign between hour and minute is missing")


def _counts(text: str) -> Iterator[Flag]:
    for found in _COUNT_GONE.finditer(text):
        yield Flag("lost-digits", *found.span(), "a number is missing")
    for found in _HOUSEHOLDS_GONE.finditer(text):
        before = text[found.start() - 1 : found.start()]
        gone = before not in _NUMERALS if found[0][0] == "有" else before in ("", *",，。、;；:：")
        if gone:
            yield Flag("lost-digits", *found.span(), "a number is missing")


def losses(text: str) -> Iterator[Flag]:
    """Yield the flags of a repaired text, in no order."""
    if _BYTES_LOST.search(text) or "????" in text:
        for found in _BYTES.finditer(text):
            yield Flag("lost-bytes", *found.span(), "bytes are lost here")
    yield from _dates(text)
    yield from _counts(text)
    if "*" in text:
        for found in _STARS.finditer(text):
            yield Flag("lost-character", *found.span(), "a character is hidden by a star")

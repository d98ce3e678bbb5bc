"""Find the quantities of a text. The rules follow the convention of docs/quantities.md."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from archive.text.fold import Translation
from archive.text.repair.losses import losses

from .nouns import noun_of
from .numbers import NUMBER, figure
from .units import ALL, DIGITS_ONLY, TIMES


@dataclass(frozen=True, slots=True)
class Quantity:
    """`low` and `high` differ for a range. Places are of the text: number [start, unit_start), unit [unit_start, end)."""

    start: int
    unit_start: int
    end: int
    low: float
    high: float
    approximate: bool
    unit: str  # "" for a great number straight before its noun (1000万游客)
    noun: str
    noun_start: int | None
    noun_end: int | None


WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0) in "0123456789%.+-~"} | {
    ord(dash): "-" for dash in "—–~～－"
}
_PLAIN = Translation(WIDTHS)
_UNIT = "|".join(re.escape(unit) for unit in ALL)
_QUANTITY = re.compile(
    rf"(?P<low>(?:百分之)?{NUMBER})(?:%?[至到-]+(?P<high>{NUMBER}))?(?P<unit> ?(?:{_UNIT}))"
    rf"|(?P<great>[0-9]+(?:\.[0-9]+)?[余多]?(?:万|亿)[余多]?)(?=[\u4e00-\u9fff])"
    r"|百分之(?P<share>[0-9.]+|[零一二三四五六七八九十百]+)"
)
_WIDE_THOUSANDS = re.compile("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
#: What stands before a number that counts nothing: an ordinal, a letter, a part of a longer number or of a date.
_NOT_BEHIND = re.compile(
    r"(?:第|[A-Za-z][-.]?|[0-9零一二三四五六七八九十百千万亿两][.,:/-]?|[.:/*]|[0-9]，|[分负]之|几|(?<![人总])数|[届期]|[0-9][日时点]?[至到-]|(?:^|[^0-9])[0-9] )$"
)
#: Units that are none before these: 70年代, 103周年, 3年级, 两会, 100人民币, 2栋3单元, 9家渠.
_NOT_BEFORE = {
    "年": re.compile(r"代|级|度|期|版|龄|轻|初|底|末|中(?!后)|关|货|[0-9]{1,2}月|[一二三四五六七八九十]{1,2}月|以来|春|夏|秋|冬|夜|会"),
    "周": re.compile(r"年|岁|边|[一二三四五六日]"),
    "人": re.compile(r"[民类员才均工气]|大(?!多)|行道"),
    "天": re.compile(r"[津水台门安坛宝]"),
    "个": re.compile(r"(?:确立|维护|意识|自信|全面|责任制)"),
    "元": re.compile(r"[月旦宵]"),
    "次": re.compile(r"[年日]"),
    "米": re.compile(r"[/／]|饭|面"),
    "家": re.compile(r"[庭长]"),
    "场": re.compile(r"新闻发布会"),
    "栋": re.compile(r"[0-9]"), "幢": re.compile(r"[0-9]"),
    "部": re.compile(r"委|门|队"), "条": re.compile(r"例|款"), "件": re.compile(r"套"), "份": re.compile(r"额"),
    "支": re.compile(r"部|援|付|持|出|撑"), "处": re.compile(r"理|置|罚|长"), "位": re.compile(r"于|置|居|列"), "组": re.compile(r"织|成|长|团"),
    "包": re.compile(r"括|含|联|保"), "起": re.compile(r"[,，、步]"), "班": re.compile(r"级"), "车": re.compile(r"间|站"),
    "台": re.compile(r"湾|胞|风"), "列": re.compile(r"车|为|入"), "批": re.compile(r"准|复|评"), "名": re.compile(r"称|单|义"),
    "单": re.compile(r"元|位|独|日"), "双": re.compile(r"方|边|向"), "种": re.compile(r"植|子|粮"), "片": re.compile(r"区"),
}  # fmt: skip
_PLACE = re.compile(r"[山河区县市镇村乡渠湾沟屯街庄桥岭站塘坪湖]")
_CHARACTERS = re.compile("[一二三四五六七八九两十百千万亿零]")
#: 两 and 三 behind an opening mark begin a fixed expression: “三个代表”.
_QUOTE = '“‘《「『"#【'
_ABOUT = re.compile(r"(?:约|近|超|超过|逾|至少|大约|将近|接近|左右|不少于|不低于|突破|高达|多达)[为有了]?$")
#: 不得超过50人: the most that may be, and stated exactly.
_AT_MOST = re.compile(r"(?:不[得能可应准宜许要]?(?:超过?|多于|高于|大于)|[至最]多)[为有了]?$")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
#: A flag that ends this near before a number, or begins so near behind it, tells that its digits are not to be trusted.
_NEAR = 1


def quantities(text: str) -> list[Quantity]:
    """The quantities of a text in simplified characters, in order; none where a digit or a byte was lost."""
    plain = _PLAIN(_WIDE_THOUSANDS.sub(",", text))
    flags = sorted((flag.start, flag.end) for flag in losses(text))
    starts = [start for start, _end in flags]
    found = []
    for one in _matches(plain):
        place = bisect_right(starts, one.end + _NEAR)
        if not any(end + _NEAR > one.start for _start, end in flags[max(0, place - 3) : place]):
            found.append(one)
    return found


def _matches(text: str) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(text):
        start = match.start()
        if _NOT_BEHIND.search(text[max(0, start - 3) : start]):
            continue
        read = _share(match) if match["share"] else _great(text, match) if match["great"] else _counted(text, match)
        if read is not None:
            yield read


def _share(match: re.Match[str]) -> Quantity | None:
    value = figure(match["share"])
    if value is None:
        return None
    at, end = match.start(), match.end()
    return _made(match.string, at, end, end, value[0], value[0], "%", match.group())


def _great(text: str, match: re.Match[str]) -> Quantity | None:
    """1000万游客: a great number whose noun follows without a measure word."""
    value = figure(match["great"])
    noun = noun_of(text, match.start(), (match.end(), match.end()))
    if value is None or noun is None or noun[0] != match.end():
        return None
    number = round(value[0] * value[1], 4)
    return _made(text, match.start(), match.end(), match.end(), number, number, "", match.group())


def _counted(text: str, match: re.Match[str]) -> Quantity | None:
    low_printed, high_printed, unit = match["low"].removeprefix("百分之"), match["high"], match["unit"].strip()
    low, high = figure(low_printed), figure(high_printed or low_printed)
    if low is None or high is None or not _is_counted(text, match, unit):
        return None
    times = high[1] if low[1] == 1 and low[0] <= high[0] else low[1]
    least, most = round(low[0] * times, 4), round(high[0] * high[1], 4)
    if least > most:
        return None
    return _made(text, match.start(), match.start("unit"), match.end(), least, most, unit, match.group())


def _is_counted(text: str, match: re.Match[str], unit: str) -> bool:
    start, end, printed = match.start(), match.end(), match["low"]
    behind = text[end : end + 4]
    no = _NOT_BEFORE.get(unit)
    if no is not None and no.match(behind):
        return False
    if unit == "年" and _YEAR.fullmatch(match["high"] or printed):
        return False
    if behind[:1] == "岁":
        return False
    if not _CHARACTERS.match(printed):
        return True
    before = text[start - 1 : start]
    if (
        printed.strip("余多几") in ("一", "百", "千", "万", "亿")
        or unit in DIGITS_ONLY
        or (before in _QUOTE and before)
    ):
        return False
    if unit in TIMES and before in ("这", "那", "头"):
        return False
    return not (_PLACE.match(behind) and unit in "台家条道个座枝里")


def _made(
    text: str, start: int, unit_start: int, end: int, low: float, high: float, unit: str, printed: str
) -> Quantity:
    noun = noun_of(text, start, (unit_start, end))
    before = text[max(0, start - 6) : start]
    about = bool(re.search("[余多几]", printed)) or bool(_ABOUT.search(before[-3:]) and not _AT_MOST.search(before))
    where = noun or (None, None)
    word = text[noun[0] : noun[1]] if noun else ""
    return Quantity(start, unit_start, end, low, high, about, unit, word, *where)

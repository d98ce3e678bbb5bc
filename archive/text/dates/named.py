"""Lunar days, festivals, and words that count from another date: 正月初二, 除夕, 昨日, 连日来. Folded text."""

import re
from collections.abc import Iterator

from archive.text.dates.lunar import YEAR_NAMES
from archive.text.dates.mentions import DateMention, LunarDay, PartialDate, Relative
from archive.text.dates.numerals import number, year

_NAMES = "|".join(YEAR_NAMES)
_LUNAR = re.compile(
    rf"(?:(?P<year>20[0-9]{{2}}|二[〇○零]二[〇○零一二三])年|(?P<named>{_NAMES})年)?(?P<calendar>[(]?(?:农历|阴历|夏历|旧历)[)]?)?"
    r"(?P<leap>闰)?(?:(?P<month>正|冬|腊|十[一二]?|[一二三四五六七八九])月|(?P<great>大年))"
    r"(?P<day>初[一二三四五六七八九十]|廿[一二三四五六七八九]?|二?十[一二三四五六七八九]?|三十|(?<=大年)30)?(?!日|号|[一二三四五六七八九十]|多?岁)"
)
_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_FESTIVAL = re.compile(
    r"除夕|元宵|端午|中秋|国庆|清明(?=节|假|小长假|当天|期间|祭|前|后)|重阳(?=节)|腊八(?=节|当天|这天)|小年(?=夜|当天|这天|[，,。])|元旦|春节"
    r"|冬至(?!已)|(?:妇女|植树|劳动|护士|儿童|教师|医师|七夕)(?=节)|(?:五一|五四|六一|七一|八一)(?=[”\"]?(?:劳动|青年|国际|儿童|建党|建军|节|假|小长假|期间|当天|前))"
)
_VAGUE_AFTER = re.compile(
    r"[”\"]?节?(?:小?长?假|期间|前[夕后]?|后|将|来临|临近|以来|过后|[和、及]|已|祭|文艺|晚会|慰问|物资|市场|档)"
)
_FULL_NAMES = {
    "妇女": "妇女节",
    "植树": "植树节",
    "劳动": "劳动节",
    "护士": "护士节",
    "儿童": "儿童节",
    "教师": "教师节",
    "医师": "医师节",
}

#: Days that 近日 and the like look back, at most: a convention of this archive, generous for weekly papers.
RECENT_DAYS = 10
_DAYS = {
    "大前天": -3, "前天": -2, "前日": -2, "前晚": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨夜": -1, "昨": -1,
    "今天": 0, "今日": 0, "今早": 0, "今晨": 0, "今晚": 0, "今": 0, "明天": 1, "明日": 1, "后天": 2,
}  # fmt: skip
_RELATIVE = re.compile(
    r"(?P<day>大前天|(?<![日年周月])前天|(?<![日年月])前日|昨[天日晚夜]|昨(?=[(（]?[0-9]{1,2}日)|今[天日早晨晚]|今(?=[(（][0-9]{1,2}日)|明天|明日|(?<!今)后天)"
    r"|(?P<near>近日|日前|近期|连日来?|近来|近几天|这几天|近些天|最近)"
    r"|(?P<same>当[天日晚](?!报))"
    r"|(?P<week>上上周|上周|上星期|上个?星期|上个周|这周|本周|本星期|这个星期|下周|下个?星期)(?P<weekday>[一二三四五六日天](?![次个]))?"
    r"|(?P<month>上个?月|本月|这个月|下个?月|当月)(?P<third>[上中下]旬)?(?![0-9])"
)
_WEEKDAYS = {char: i for i, char in enumerate("一二三四五六日")} | {"天": 6}


def _lunar(match: re.Match[str]) -> tuple[LunarDay, PartialDate] | None:
    """Read a lunar day; None where the words may as well be of the civil calendar (二月) or no date (大年)."""
    month_name, day_name = match["month"], match["day"]
    told = match["calendar"] or match["named"] or month_name in ("正", "冬", "腊")
    clearly_lunar = told or (day_name and (day_name[0] in "初廿" or match["great"]))
    if not clearly_lunar or (match["great"] and not day_name):
        return None
    month = 1 if match["great"] else _MONTHS.get(month_name) or number(month_name)
    day = number(day_name.removeprefix("初")) if day_name else None
    if match["great"] and day == 30:
        month, day = 12, 99
    if month is None or (match["great"] and day is not None and 15 < day < 99):
        return None
    lunar_year = YEAR_NAMES[match["named"]] if match["named"] else None
    civil = year(match["year"]) if match["year"] else None
    return LunarDay(month, day, lunar_year, bool(match["leap"])), PartialDate(year=civil)


def lunar_dates(folded: str, printed: str) -> Iterator[DateMention]:
    """Yield lunar days and months, each with its lunar year where that is named."""
    if "月" not in folded and "大年" not in folded:
        return
    for match in _LUNAR.finditer(folded):
        read = _lunar(match)
        if read is not None:
            span = match.span()
            yield DateMention(*span, printed[slice(*span)], calendar="lunar", lunar=read[0], moment=read[1])


def festivals(folded: str, printed: str) -> Iterator[DateMention]:
    """Yield festivals; `flaw` says so where the words mean a stretch around the day (春节期间)."""
    for match in _FESTIVAL.finditer(folded):
        span = match.span()
        if match[0] == "春节" and not folded.startswith(("当天", "当日", "这天", "(", "那天"), match.end()):
            continue  # 春节 mostly means the season
        yield DateMention(
            *span,
            printed[slice(*span)],
            calendar="festival",
            festival=_FULL_NAMES.get(match[0], match[0]),
            flaw="around the day, not on it" if _VAGUE_AFTER.match(folded, match.end()) else "",
        )


def _relative(match: re.Match[str]) -> Relative:
    if match["day"]:
        return Relative("print", "day", _DAYS[match["day"]], _DAYS[match["day"]])
    if match["near"]:
        return Relative("print", "day", -RECENT_DAYS, 0)
    if match["same"]:
        return Relative("text", "day", 0, 0)
    word = match["week"] or match["month"]
    step = -2 if word.startswith("上上") else {"上": -1, "下": 1}.get(word[0], 0)
    if match["week"]:
        return Relative("print", "week", step, step, _WEEKDAYS[match["weekday"]] if match["weekday"] else None)
    return Relative("text" if word[0] == "当" else "print", "month", step, step)


def relative_dates(folded: str, printed: str) -> Iterator[DateMention]:
    """Yield the words that count from the day of printing, or from a day named before."""
    for match in _RELATIVE.finditer(folded):
        span = match.span()
        yield DateMention(*span, printed[slice(*span)], relative=_relative(match))

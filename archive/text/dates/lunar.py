"""Lunar days and festivals of the years the archive is about, by tables.

Sources: New Year days and month lengths as the calendar of the Purple Mountain Observatory has them
(GB/T 33661-2017 gives its rules), compared with a calendar program; so are the solar terms 清明 and 冬至.
"""

from datetime import date, timedelta

from archive.text.dates.mentions import Interval, LunarDay

#: Lunar year → its first day, and the days of each month in order; a leap month stands behind its namesake as "+".
LUNAR_YEARS: dict[int, tuple[date, str]] = {
    2019: (date(2019, 2, 5), "30 29 30 29 30 29 29 30 29 29 30 30"),
    2020: (date(2020, 1, 25), "29 30 30 30 +29 30 29 29 30 29 30 29 30"),
    2021: (date(2021, 2, 12), "29 30 30 29 30 29 30 29 30 29 30 29"),
    2022: (date(2022, 2, 1), "30 29 30 29 30 30 29 30 29 30 29 30"),
    2023: (date(2023, 1, 22), "29 30 +29 29 30 30 29 30 30 29 30 29 30"),
}

#: Stem and branch, and animal, of each lunar year.
YEAR_NAMES: dict[str, int] = {
    "己亥": 2019, "庚子": 2020, "辛丑": 2021, "壬寅": 2022, "癸卯": 2023, "甲辰": 2024,
    "猪": 2019, "鼠": 2020, "牛": 2021, "虎": 2022, "兔": 2023, "龙": 2024,
}  # fmt: skip

#: Festivals on a lunar day; 除夕 is the last day of the year and 小年 the 23rd in the north, the 24th in the south.
LUNAR_FESTIVALS: dict[str, tuple[int, int, int]] = {
    "春节": (1, 1, 1), "元宵": (1, 15, 15), "端午": (5, 5, 5), "七夕": (7, 7, 7), "中秋": (8, 15, 15),
    "重阳": (9, 9, 9), "腊八": (12, 8, 8), "小年": (12, 23, 24), "除夕": (12, 99, 99),
}  # fmt: skip
CIVIL_FESTIVALS: dict[str, tuple[int, int]] = {
    "元旦": (1, 1), "妇女节": (3, 8), "植树节": (3, 12), "劳动节": (5, 1), "五一": (5, 1), "五四": (5, 4),
    "护士节": (5, 12), "儿童节": (6, 1), "六一": (6, 1), "七一": (7, 1), "八一": (8, 1), "教师节": (9, 10),
    "国庆": (10, 1), "医师节": (8, 19),
}  # fmt: skip
SOLAR_TERMS: dict[str, dict[int, date]] = {
    "清明": {y: date(y, 4, d) for y, d in ((2019, 5), (2020, 4), (2021, 4), (2022, 5), (2023, 5))},
    "冬至": {y: date(y, 12, d) for y, d in ((2019, 22), (2020, 21), (2021, 21), (2022, 22), (2023, 22))},
}


def lunar_interval(day: LunarDay, lunar_year: int) -> Interval | None:
    """Return the civil day (or the days of the month) of a lunar day in `lunar_year`.

    None outside the table and for days that do not exist (腊月三十 of a year whose last month has 29).
    """
    if lunar_year not in LUNAR_YEARS:
        return None
    first, lengths = LUNAR_YEARS[lunar_year]
    month = 0
    for entry in lengths.split():
        leap = entry.startswith("+")
        month += not leap
        days = int(entry)
        if (month, leap) == (day.month, day.leap):
            if day.day is None:
                return first, first + timedelta(days - 1)
            wanted = days if day.day == 99 else day.day
            if not 1 <= wanted <= days:
                return None
            return first + timedelta(wanted - 1), first + timedelta(wanted - 1)
        first += timedelta(days)
    return None


def lunar_intervals(day: LunarDay, year: int) -> list[Interval]:
    """Return where a lunar day falls in the civil `year`: none, once, or (early and late 腊月) twice."""
    years = (year - 1, year) if day.year is None else (day.year,)
    found = (lunar_interval(day, lunar_year) for lunar_year in years)
    return [span for span in found if span is not None and span[0].year <= year <= span[1].year]


def festival_intervals(name: str, year: int) -> list[Interval]:
    """Return the day or days of a festival in the civil `year`; empty for an unknown name or year."""
    if name in CIVIL_FESTIVALS:
        day = date(year, *CIVIL_FESTIVALS[name])
        return [(day, day)]
    if name in SOLAR_TERMS:
        found = SOLAR_TERMS[name].get(year)
        return [(found, found)] if found else []
    if name not in LUNAR_FESTIVALS:
        return []
    month, first, last = LUNAR_FESTIVALS[name]
    starts = lunar_intervals(LunarDay(month, first), year)
    ends = lunar_intervals(LunarDay(month, last), year)
    return [(start[0], end[1]) for start, end in zip(starts, ends, strict=False)]

"""Dates are read as printed, with place, precision and calendar; what is no date is none."""

from datetime import date

import pytest

from archive.text.dates import DateMention, dates_in_url, find_dates, intervals, seen_from


def one(text: str) -> DateMention:
    found = find_dates(text)
    assert len(found) == 1, found
    assert text[found[0].start : found[0].end] == found[0].text
    return found[0]


def parts(mention: DateMention) -> tuple[int | None, ...]:
    m = mention.moment
    return (m.year, m.month, m.day, m.hour, m.minute, m.second)


@pytest.mark.parametrize(
    ("text", "expected", "precision"),
    [
        ("示例村于2020年3月5日设卡", (2020, 3, 5, None, None, None), "day"),
        ("发布时间:2020-06-03 15:42:00  来源", (2020, 6, 3, 15, 42, 0), "second"),
        ("2020-12-31 08:32 來源:", (2020, 12, 31, 8, 32, None), "minute"),
        ("2020-02-03 11:15:40示例 來源", (2020, 2, 3, 11, 15, 40), "second"),
        ("22-08-23 09:16:58", (2022, 8, 23, 9, 16, 58), "second"),
        ("2020-06-0315:42", (2020, 6, 3, 15, 42, None), "minute"),
        ("2020/3/5", (2020, 3, 5, None, None, None), "day"),
        ("2020.03.05", (2020, 3, 5, None, None, None), "day"),
        ("二〇二〇年三月十五日", (2020, 3, 15, None, None, None), "day"),
        ("二○二一年十二月廿三日", (2021, 12, 23, None, None, None), "day"),
        ("贰0贰0年8月壹5日", (2020, 8, 15, None, None, None), "day"),
        ("２０２０年１月２９日", (2020, 1, 29, None, None, None), "day"),
        ("2020 年 3 月 5 日", (2020, 3, 5, None, None, None), "day"),
        ("2021年4月起", (2021, 4, None, None, None, None), "month"),
        ("20年3月4日", (2020, 3, 4, None, None, None), "day"),
        ("5月14日上午,", (None, 5, 14, None, None, None), "day"),
        ("2月3日下午3时30分许", (None, 2, 3, 15, 30, None), "minute"),
        ("2月3日24时", (None, 2, 3, 24, None, None), "day"),
        ("3月5號晚8點", (None, 3, 5, 20, None, None), "day"),
        ("2020年1月29日(星期三)10:20", (2020, 1, 29, 10, 20, None), "minute"),
        ("110年5月3日", (2021, 5, 3, None, None, None), "day"),
        ("中華民國一〇九年二月一日", (2020, 2, 1, None, None, None), "day"),
        ("2022年", (2022, None, None, None, None, None), "year"),
        ("2020年度", (2020, None, None, None, None, None), "year"),
        ("(03-15 08:30)", (None, 3, 15, 8, 30, None), "minute"),
        ("从16日起", (None, None, 16, None, None, None), "day"),
    ],
)
def test_reads_civil_dates(text: str, expected: tuple[int | None, ...], precision: str) -> None:
    mention = one(text)
    assert parts(mention) == expected
    assert mention.precision == precision


@pytest.mark.parametrize(
    "text",
    [
        "13月5日", "2月30日", "2021年2月29日", "2020年13月5日", "2020-13-05", "2020-02-30", "2020年2月30日",
        "电话025-86163400", "3个月", "近一月有余", "版本3.11.2", "3日游", "100日", "7日内", "5号楼", "20年来",
        "第3日", "192.168.1.20", "编号2020123456", "3月龄",
    ],
)  # fmt: skip
def test_leaves_out_what_is_no_date(text: str) -> None:
    assert find_dates(text) == []


def test_takes_roc_years_for_what_they_are() -> None:
    assert one("民國110年").calendar == "roc"
    assert one("110年5月3日").calendar == "roc"
    assert one("2021年5月3日").calendar == "gregorian"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2月15日至16日", date(2020, 2, 15), date(2020, 2, 16)),
        ("15至16日", None, None),
        ("2月15至16日", date(2020, 2, 15), date(2020, 2, 16)),
        ("1月23日—2月8日", date(2020, 1, 23), date(2020, 2, 8)),
        ("1月23日－2月8日", date(2020, 1, 23), date(2020, 2, 8)),
        ("3月5日-16日", date(2020, 3, 5), date(2020, 3, 16)),
        ("2020年1月至3月", date(2020, 1, 1), date(2020, 3, 31)),
        ("2019年12月至2020年2月", None, None),
        ("3至5月", date(2020, 3, 1), date(2020, 5, 31)),
    ],
)
def test_joins_ranges(text: str, first: date | None, last: date | None) -> None:
    mention = one(text)
    assert mention.until is not None
    if first is not None:
        assert intervals(mention, 2020) == [(first, last)]


def test_a_range_over_new_year_ends_in_the_next_year() -> None:
    assert intervals(one("12月30日至1月3日"), 2020) == [(date(2020, 12, 30), date(2021, 1, 3))]


@pytest.mark.parametrize(
    ("text", "year", "day"),
    [
        ("正月初二", 2020, date(2020, 1, 26)),
        ("腊月三十", 2021, date(2021, 2, 11)),
        ("臘月三十", 2020, date(2020, 1, 24)),
        ("大年三十", 2022, date(2022, 1, 31)),
        ("大年初一", 2023, date(2023, 1, 22)),
        ("农历二月初二", 2020, date(2020, 2, 24)),
        ("正月十五", 2022, date(2022, 2, 15)),
        ("腊月廿八", 2020, date(2020, 1, 22)),
        ("农历四月十五", 2021, date(2021, 5, 26)),
        ("除夕", 2022, date(2022, 1, 31)),
        ("元宵节", 2020, date(2020, 2, 8)),
        ("清明节", 2022, date(2022, 4, 5)),
        ("端午节", 2021, date(2021, 6, 14)),
        ("中秋節", 2020, date(2020, 10, 1)),
        ("國慶", 2021, date(2021, 10, 1)),
    ],
)
def test_reads_lunar_days_and_festivals(text: str, year: int, day: date) -> None:
    assert intervals(one(text), year) == [(day, day)]
    assert one(text).precision == "day"


def test_a_named_lunar_year_settles_the_day() -> None:
    mention = one("庚子年正月初五")
    assert mention.has_year
    assert intervals(mention, 2020) == [(date(2020, 1, 29), date(2020, 1, 29))]
    assert intervals(mention, 2021) == []


def test_a_lunar_day_that_the_year_lacks_is_nowhere() -> None:
    assert intervals(one("腊月三十"), 2022) == []


@pytest.mark.parametrize("text", ["二月二十日", "十二月三十日"])
def test_civil_dates_in_chinese_numerals_are_not_lunar(text: str) -> None:
    assert one(text).calendar == "gregorian"


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("昨日", date(2020, 3, 4), date(2020, 3, 4), "day"),
        ("今天上午", date(2020, 3, 5), date(2020, 3, 5), "day"),
        ("近日", date(2020, 2, 24), date(2020, 3, 5), "month"),
        ("連日來", date(2020, 2, 24), date(2020, 3, 5), "month"),
        ("上周三", date(2020, 2, 26), date(2020, 2, 26), "day"),
        ("上週", date(2020, 2, 24), date(2020, 3, 1), "month"),
        ("上月", date(2020, 2, 1), date(2020, 2, 29), "month"),
        ("去年12月", date(2019, 12, 1), date(2019, 12, 31), "month"),
        ("本月15日", date(2020, 3, 15), date(2020, 3, 15), "day"),
        ("今年1月20日", date(2020, 1, 20), date(2020, 1, 20), "day"),
    ],
)
def test_relative_words_count_from_the_day_of_printing(text: str, first: date, last: date, precision: str) -> None:
    mention = one(text)
    assert seen_from(mention, date(2020, 3, 5)) == (first, last)
    assert mention.precision == precision


def test_words_that_count_from_the_text_say_so() -> None:
    found = find_dates("2月3日到岗,当天下午开会")
    assert [m.relative.anchor for m in found if m.relative] == ["text"]


def test_a_year_whose_digits_were_lost_is_flagged() -> None:
    assert one("年3月4日").flaw
    assert not one("今年3月4日").flaw


def test_a_season_is_not_a_day() -> None:
    assert one("元旦期间").flaw
    assert find_dates("春节期间") == []


def test_offsets_are_of_the_text_as_printed() -> None:
    text = "前　　２月３日,示例鎮;二〇二一年臘月三十"
    assert next(m.text for m in find_dates(text)) == "２月３日"
    assert all(text[m.start : m.end] == m.text for m in find_dates(text))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://example.cn/2020/0130/123.html", (2020, 1, 30)),
        ("http://example.cn/n/202003/t20200312_88.html", (2020, 3, 12)),
        ("http://example.cn/202003/t2020-03-12.shtml", (2020, 3, 12)),
        ("http://example.cn/20/0130/5.html", (2020, 1, 30)),
        ("http://example.cn/yaowen/20200410/041013880.html", (2020, 4, 10)),
        ("http://example.cn/2020/01/30/a.htm", (2020, 1, 30)),
        ("http://example.cn/2020-03/12/c_112.htm", (2020, 3, 12)),
        ("http://example.cn/a20200312153012.html", (2020, 3, 12)),
        ("http://example.cn/202003/12/1.html", (2020, 3, 12)),
        ("http://example.cn/202003/1.html", (2020, 3, None)),
        ("http://example.cn/2020/03/12345.html", (2020, 3, None)),
        ("http://example.cn/2021/news.html", (2021, None, None)),
    ],
)
def test_reads_dates_in_addresses(url: str, expected: tuple[int | None, ...]) -> None:
    mention = dates_in_url(url)[0]
    assert (mention.moment.year, mention.moment.month, mention.moment.day) == expected
    assert url[mention.start : mention.end] == mention.text


@pytest.mark.parametrize(
    "url", ["http://2020.example.cn/a.html", "http://example.cn/20201345/1.html", "http://example.cn/id/98765432.html"]
)
def test_numbers_that_are_no_dates_in_addresses(url: str) -> None:
    assert dates_in_url(url) == []


def test_a_day_first_with_stops_is_read_beside_a_time_of_day_only() -> None:
    found = one("08.02.2020 20:01")
    assert (found.moment.year, found.moment.month, found.moment.day) == (2020, 2, 8)
    assert find_dates("08.02.2020") == []


@pytest.mark.parametrize(
    ("text", "first", "last"), [("2020年2月上旬", 1, 10), ("2020年2月中旬", 11, 20), ("2020年2月下旬", 21, 29)]
)
def test_a_third_of_a_month_covers_its_days(text: str, first: int, last: int) -> None:
    found = one(text)
    assert found.precision == "month"
    assert found.moment.interval() == (date(2020, 2, first), date(2020, 2, last))

"""Days of notices and their measures, and days that the address, the dateline or the words of a time decide."""

from __future__ import annotations

from datetime import date

import pytest

from archive.catalog.usages import shipped_usages
from archive.ingest.extract.inferred_dates import infer
from tests.ingest.fields_pages import BODY
from tests.ingest.test_publication import published


@pytest.mark.parametrize("label", ["采样时间", "静态管理时间", "报名日期"])
def test_the_hour_at_which_something_is_done_is_not_the_pages_own(label: str) -> None:
    foot = f"(一){label}:2022年8月21日7:00开始;\n示例自治县疫情防控工作指挥部2022年8月20日"
    assert published(foot=foot).value == "2022-08-20"


def test_the_day_under_a_notice_stands_before_its_source() -> None:
    found = published(foot="示例县疫情防控\n领导小组办公室\n2022年8月23日 来源:示例县人民政府网站 |")
    assert (found.value, found.status) == ("2022-08-23", "stated")


def test_a_planned_end_is_no_event() -> None:
    body = "经研判,决定将静态管理时间延长1天,从2022年8月23日12时至2022年8月24日12时,各村派人值守。" + BODY
    found = published(body=body)
    assert (found.value, found.earliest) == ("2022-08", "2022-08-21")


def test_a_measure_that_begins_at_an_hour_gives_the_month() -> None:
    body = "自3月7日0时起,示例市实行静态管理,划定封控区、管控区。" + BODY
    found = published(body=body)
    assert (found.value, found.earliest, found.latest) == ("2022-03", "2022-03-05", "2022-03-31")


def test_the_day_of_the_address_and_the_dateline_goes_before_a_cited_notice() -> None:
    head = "示例网2月22日讯 多地发布公告\n自2月22日起取消查验点。\n示例市疫情防控指挥部\n2020年2月21日\n——\n另一市"
    assert published(head=head, url="http://shili.example/2020-02-22/1.html").value == "2020-02-22"


def test_a_day_of_the_address_run_together_with_a_number() -> None:
    assert published(url="http://shili.example/2020/02/2020-02-19452955.html").value == "2020-02-19"


def test_the_year_before_the_day_in_one_sentence_is_its_year() -> None:
    body = "为确保2021年春季学期返校安全,2月19日下午,教育局到学校检查防控演练。" + BODY
    assert published(body=body).value == "2021-02"


def test_tests_of_a_whole_city_in_spring_are_of_one_year() -> None:
    body = "3月19日,城区第三轮大规模核酸检测中,党员和志愿者冒着雨雪维护秩序，社工上门登记。" * 2
    assert published(body=body).value == "2022-03"


@pytest.mark.parametrize("words", ["太阳康养中心", "安阳康复医院", "武汉大学", "湖北省示例市"])
def test_names_that_hold_words_of_a_time_are_none(words: str) -> None:
    assert [one.words.pattern for one in shipped_usages() if one.words.search(f"{words}的人来到村里。")] == []


def test_a_dateline_does_not_lie_before_what_the_piece_tells() -> None:
    body = (
        "示例网瑞丽4月1日讯 记者从瑞丽疫情防控新闻发布会上获悉,该市强化边境管控。2020年9月14日,瑞丽市曾暂停出入城区。"
        + "民兵在边境一线值守。" * 3
    )
    assert published(body=body).value == "2021-04-01"


@pytest.mark.parametrize(
    ("dateline", "deadline", "value"),
    [
        ("示例日报3月5日讯", "对2020年6月30日前到期的贷款予以展期。", "2020-03-05"),
        ("示例日报2月20日讯", "优惠利率贷款的办理期限截止2020年12月31日。", "2020-02-20"),
        ("示例日报2月20日讯", "减免房租的截止日为2020年12月31日,逾期不再受理。", "2020-02-20"),
    ],
)
def test_a_deadline_is_no_event_that_a_piece_tells(dateline: str, deadline: str, value: str) -> None:
    assert published(body=f"{dateline} {BODY}{deadline}").value in (value, None)


def test_a_loan_due_before_a_day_does_not_date_a_piece() -> None:
    body = f"示例日报讯 3月5日,{BODY}对2020年6月30日前到期的贷款予以展期。"
    assert published(body=body).value in ("2020-03", None)


def test_a_span_that_began_narrows_the_month_of_the_address() -> None:
    body = "自2022年10月6日起,将示例县部分区域划定为高风险区。" + BODY
    found = published(body=body, url="http://shili.example/zixun/202210/1.html")
    assert (found.value, found.earliest, found.latest) == ("2022-10", "2022-10-06", "2022-10-31")


def test_a_mirrors_day_is_blanked_only_where_it_is_printed() -> None:
    head = "发布时间:2024-05-06"
    body = "2月6日,示例县启动联防联控,武汉返乡人员居家隔离。2月7日,村口设卡。" + BODY
    assert published(head=head, body=body).value == "2020-02"


@pytest.mark.parametrize(
    ("stories", "latest"), [(1, "2020-03-31"), (2, "2020-03-31"), (3, "2020-03-08"), (8, "2020-03-08")]
)
def test_a_page_of_several_stories_tells_of_something_newer_than_a_week(stories: int, latest: str) -> None:
    text = "2020年3月2日,示例县举办培训会。2月11日,社区值守。" + BODY
    found = infer(text, None, [], date.max, newspaper=True, stories=stories, usages=shipped_usages())
    assert found is not None
    assert (found.published.earliest, found.published.latest) == ("2020-03-03", latest)

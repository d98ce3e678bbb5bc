"""When it was published: stated, inferred, unknown; and the decoys."""

from __future__ import annotations

import pytest

from archive.catalog.usages import shipped_usages
from archive.ingest.extract.epidemic_words import tells_of_measures
from archive.ingest.extract.year_evidence import FIRST_DAY
from archive.ingest.records import Published
from tests.ingest.fields_pages import BODY, fields_of


def published(**parts: str | None) -> Published:
    return fields_of(**parts).published


@pytest.mark.parametrize(
    ("head", "value", "precision"),
    [
        ("发布时间:2020-06-03 15:42:00  来源:示例报", "2020-06-03T15:42:00", "second"),
        ("發布時間：2020-06-03 15:42", "2020-06-03T15:42", "minute"),
        ("2020-12-31 08:32 来源: 编辑:供稿 浏览量:0", "2020-12-31T08:32", "minute"),
        ("来源:示例晚报发布者:时间:2020-03-19", "2020-03-19", "day"),
        ("发布时间:2020年03月09日08时28分", "2020-03-09T08:28", "minute"),
        ("示例晚报 2021年12月01日", "2021-12-01", "day"),
        ("2022年04月19日 星期二", "2022-04-19", "day"),
        ("示例报記者 2021.06.17 02:55", "2021-06-17T02:55", "minute"),
        ("©原创   2020-01-23 18:52   示例市融媒体中心", "2020-01-23T18:52", "minute"),
        ("2020-02-03 16:07:00來源:示例日報", "2020-02-03T16:07:00", "second"),
    ],
)
def test_a_date_above_the_body_is_stated(head: str, value: str, precision: str) -> None:
    found = published(head=head)
    assert (found.value, found.precision, found.status) == (value, precision, "stated")
    assert found.earliest == found.latest == value[:10]


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("http://example.cn/xczx/202003/t20200312_6555497.shtml", "2020-03-12"),
        ("http://example.cn/2020/0203/13.html", "2020-02-03"),
        ("http://example.cn/20/0228/23/X.html", "2020-02-28"),
    ],
)
def test_a_day_in_the_address_is_stated(url: str, value: str) -> None:
    found = published(url=url)
    assert (found.value, found.status) == (value, "stated")
    assert "网址" in found.why


def test_the_printed_date_that_the_address_confirms_wins_over_a_crawl_day() -> None:
    found = published(head="2025-07-19\n2022-03-19 来源:示例传媒", url="http://example.cn/2022/03/432754")
    assert found.value == "2022-03-19"


@pytest.mark.parametrize(
    "decoy", ["2020年专题区", "版权所有 © 2018-2022 示例网", "今天是2026年1月1日 星期四", "相关新闻:[2026-02-22] 示例"]
)
def test_dates_of_the_frame_are_no_dates_of_publication(decoy: str) -> None:
    assert published(head=decoy).status != "stated"


def test_dates_inside_the_body_are_not_stated() -> None:
    assert published(body="2020年2月3日," + BODY).status == "inferred"


def test_the_newest_event_gives_the_month_and_its_bounds() -> None:
    found = published(body=BODY + "\n2月20日,机关干部下沉一线助力复工复产,全力驰援武汉。2月24日下午,队员全部到岗。")
    assert (found.value, found.precision, found.status) == ("2020-02", "month", "inferred")
    assert (found.earliest, found.latest) == ("2020-02-24", "2020-02-29")
    assert "2月24日" in found.why


def test_a_span_that_began_in_a_year_lies_behind_it() -> None:
    body = BODY + "5月14日,自2021年4月联络员制度实施以来,队员排查重点地区来返人员,督促疫苗接种,做好疫情防控常态化工作。"
    found = published(body=body)
    assert found.value == "2022-05"


def test_a_lunar_day_beside_a_civil_one_fixes_the_year() -> None:
    assert published(body=BODY + "1月28日,大年初四,村口设卡。").value == "2020-01"
    assert published(body=BODY + "2月15日,正月初四,村口设卡。").value == "2021-02"


def test_a_day_without_any_ground_for_its_year_stays_unknown() -> None:
    found = published(body="8月9日,示例县举行会议。会议要求各单位抓好落实,确保工作有序推进,取得实效。")
    assert (found.value, found.status) == (None, "unknown")
    assert found.why


def test_a_dateline_gives_the_day_once_the_year_is_known() -> None:
    found = published(body="示例网2月6日讯" + BODY + "他们劝返外来人员,守好劝返点,抗击疫情,驰援武汉。")
    assert (found.value, found.precision, found.status) == ("2020-02-06", "day", "inferred")


def test_a_reposts_date_years_later_gives_way_to_the_texts_own() -> None:
    body = "示例网2月6日讯" + BODY + "他们劝返外来人员,守好劝返点,抗击疫情,驰援武汉。"
    found = published(head="时间:2023/11/30来源:本站原创作者:佚名", body=body)
    assert (found.value, found.status) == ("2020-02-06", "inferred")
    assert "2023/11/30" in found.why


def test_a_reposts_date_stays_flagged_where_the_text_fixes_none() -> None:
    found = published(head="时间:2025-11-21 15:23", body=BODY)
    assert (found.value, found.status) == ("2025-11-21T15:23", "stated")
    assert "转载者自己的日期" in found.why


def test_a_mirrors_address_years_later_gives_way_to_the_day_under_the_notice() -> None:
    found = published(body=BODY + "\n示例县疫情防控指挥部\n2022年7月12日", url="http://a.example/x20241129/1.html")
    assert found.value == "2022-07-12"


def test_seconds_left_unformatted_are_a_date() -> None:
    assert published(head="1583661840").value == "2020-03-08"
    assert published(head="1383661840").value is None


def test_blanks_inside_a_printed_date() -> None:
    assert published(head="2021/ 06/ 17 10:49").value == "2021-06-17T10:49"


def test_a_year_with_the_month_of_the_day_is_its_year() -> None:
    body = "2021年1月，一个村屯成了焦点，村民居家隔离。截至1月14日17时，全村核酸检测应检尽检，疫情防控在继续。"
    assert published(body=body).value == "2021-01"


def test_no_measures_are_told_before_they_were_taken() -> None:
    body = "1月17日，示例县的喇叭响起，全县居家防疫，疫情防控人人有责，人员不流动、不聚集、不进出，共同守护家园平安。"
    assert published(body=body * 2).value is None


def test_an_offices_long_name_does_not_date_a_notice() -> None:
    body = "10月19日，吴忠市一人核酸检测阳性。吴忠市应对新型冠状病毒感染肺炎疫情工作指挥部要求市民主动报告。"
    assert published(body=body).value == "2021-10"


def test_a_year_and_how_long_ago_it_was_give_the_year() -> None:
    body = "示例网2月14日电 2003年她到村卫生室当村医，一干就是19年。村里路远，她背着药箱走村串户，守护村民健康。"
    assert published(body=body).value == "2022-02-14"
    assert published(body=body.replace("，一干就是19年", "")).value is None


def test_nothing_is_inferred_after_the_capture() -> None:
    body = BODY + "自2021年4月以来,5月14日,疫情防控常态化,疫苗接种有序。"
    found = published(body=body, captured="2021-12-01T08:00:00+08:00")
    assert found.value is None or found.value < "2021-12"


def test_days_to_come_are_no_events() -> None:
    body = BODY + "2020年11月12日,全县中小学定于2021年1月23日放假,2月17日开学。"
    assert published(body=body).value == "2020-11"


def test_a_year_of_the_republic_is_read() -> None:
    assert published(head="發布日期:110年6月22日").value == "2021-06-22"


def test_the_beginning_of_a_span_is_no_newest_event() -> None:
    found = published(body=BODY + "自1月26日大年初二设立卡点以来,村里劝返外来人员,支援武汉,众志成城。")
    assert (found.value, found.precision, found.earliest) == ("2020", "year", "2020-01-26")


def test_words_of_one_time_alone_give_the_year() -> None:
    found = published(body=BODY + "面对新型冠状病毒感染的肺炎疫情,村里启动一级响应,劝返车辆,驰援武汉。")
    assert (found.value, found.precision, found.status) == ("2020", "year", "inferred")


def test_the_month_folder_of_the_address_is_evidence() -> None:
    found = published(url="http://example.cn/news/202003/1473964.html")
    assert (found.value, found.precision) == ("2020-03", "month")


def test_a_later_month_in_the_address_goes_before_that_of_the_newest_event() -> None:
    body = "1月24日，示例村的喇叭开始宣传防疫知识，武汉封城后村口设卡测温，返乡人员居家隔离。" + BODY
    found = published(url="http://example.cn/2020/02/413829.html", body=body)
    assert (found.value, found.earliest, found.latest) == ("2020-02", "2020-02-01", "2020-02-29")


@pytest.mark.parametrize("folder", ["art/2021/11/123.html", "2022/12/c_123.html", "art/202306/123.html"])
def test_a_month_of_the_address_years_behind_what_a_piece_tells_is_none_of_its_own(folder: str) -> None:
    body = "2020年2月9日上午，示例村的喇叭开始宣传防疫知识，村口设卡测温，返乡人员居家隔离。" + BODY
    assert str(published(url=f"http://example.cn/{folder}", body=body).value).startswith("2020-02")
    without = published(url="http://example.cn/art/202306/123.html", body=body.removeprefix("2020年"))
    assert without.value != "2023-02"


def test_every_wording_has_a_source_and_its_spans_in_order() -> None:
    for row in shipped_usages():
        assert row.source
        assert row.weight > 0
        for begin, end in row.spans:
            assert FIRST_DAY <= begin <= end


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("2月20日，示例县举行2021年“点对点”返岗复工启动仪式，300余名务工人员乘车出发。", "2021-02"),
        ("1月10日，示例镇召开会议，紧急调度2021年疫情防控工作，要求对返乡人员应知尽知。", "2021-01"),
        ("截至2月22日24时，该村尚无一例新冠肺炎病例，疫情阻击战打响后村民不串门，湖北返乡的人都在家隔离。", "2020-02"),
        ("12月20日，示例县部署2022年春节值守工作，各镇报送了方案，干部逐户走访。", "2021-12"),
        ("1月10日，示例镇召开会议，总结2021年疫情防控工作，表彰了先进。", "2022-01"),
    ],
)
def test_the_year_named_beside_the_newest_day(body: str, value: str | None) -> None:
    assert published(body=body).value == value


def test_a_day_without_a_month_that_opens_a_piece_is_later_than_what_it_tells() -> None:
    found = published(
        body="9日上午，示例镇派出所收到一车物资。疫情阻击战打响以来，武汉返乡人员在家隔离。1月31日，示例镇设了卡点。"
    )
    assert (found.value, found.earliest) == ("2020-02", "2020-02-09")


def test_the_name_of_a_paper_that_says_today_does_not_hide_its_date() -> None:
    assert published(head="今日示例 2020-02-26 二版 要闻").value == "2020-02-26"
    assert published(head="今日天气：晴 2020-02-26").value is None


def test_the_day_in_brackets_before_a_headline_is_the_day_of_the_piece() -> None:
    assert published(title="【2020-02-13】示例镇：把好村口防疫关").value == "2020-02-13"


def test_a_source_line_that_runs_into_the_body_is_the_mirrors_day_and_no_event() -> None:
    body = "2023/6/2 来源:不详“你哪天回来的?”示例村的干部问。他们登记武汉返乡人员,守好劝返点,村口设卡,一级响应以来没有松懈。"
    found = published(body=body + BODY)
    assert (found.value, found.status) == ("2023-06-02", "stated")
    assert "转载者自己的日期" in found.why


def test_a_labelled_day_without_a_year_is_the_pages_day() -> None:
    body = "自2022年3月2日0时起,解除示例公寓的封控区管理。此前排查出一例无症状感染者。" + BODY
    assert published(head="更新时间:3月1日", body=body).value == "2022-03-01"
    assert published(head="日期:03-01", body=body).value == "2022-03-01"


def test_a_company_visited_before_any_measures_is_no_piece_of_that_january() -> None:
    body = "1月19日上午,管委会负责人走访企业,查看人员返岗、通行证办理和疫情防控措施。各网格要做好测温登记,落实疫情防控要求。"
    assert (published(body=body).value or "2021")[:4] != "2020"


def test_a_feast_alone_is_every_years() -> None:
    body = "近日,示例市结合农村赏灯元宵活动的习俗发出通知。各镇要摸底统计宴请,提前做好管控,压实村委责任,做实做细防控方案,市里将派出暗访组。"
    assert published(body=body * 2).value is None


def test_a_readers_counter_with_a_degree_sign_is_no_weather() -> None:
    assert published(head="人气:219 ℃/2022-10-10 10:53:09").value == "2022-10-10T10:53:09"


def test_an_office_signs_with_the_day_although_more_follows() -> None:
    body = BODY + "\n示例镇疫情防控办2021年2月22日\n" + BODY + "\n" + BODY
    assert published(body=body).value == "2021-02-22"


def test_a_year_in_the_headline_without_its_word_dates_the_piece() -> None:
    body = "截至11月14日,示例市共有高风险地区2个。" + BODY
    assert published(title="2021示例市中高风险地区有哪些", body=body).value == "2021-11"


def test_a_statistic_of_an_earlier_year_and_residents_who_queue_for_tests_are_not_of_the_first_spring() -> None:
    body = (
        "3月30日早上,苏某骑车过桥上班。前一天晚上,人们突然收到核酸检测的通知,排队做核酸到深夜。2019年,这里的口岸进出口总值达到116亿美元。"
        + BODY
    )
    assert (published(body=body).value or "2021")[:4] != "2020"


def test_a_lead_that_structure_left_out_still_dates_the_piece() -> None:
    head = "2022年4月11日,示例县召开会议部署防控工作"
    assert (published(head=head, body=BODY + "各社区值守。" * 8).value or "").startswith("2022-04")


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("2020-02-10 09:30 - 示例网", "2020-02-10T09:30"),
        ("2020-02-10——示例日报", "2020-02-10"),
        ("示例网 2020-02-10 - 字号：大 中 小", "2020-02-10"),
        ("2020-02-10 前沿网", "2020-02-10"),
        ("2020年2月10日起草", "2020-02-10"),
    ],
)
def test_a_dash_or_a_name_behind_the_printed_date_leaves_it_stated(head: str, value: str) -> None:
    found = published(head=head)
    assert (found.value, found.status) == (value, "stated")


@pytest.mark.parametrize(
    "head",
    [
        "2020-02-10 08:00 - 18:00",
        "2020年2月10日前",
        "2020年2月10日起执行",
        "2020年2月10日起",
    ],
)
def test_a_span_or_a_planned_day_above_the_body_is_no_printed_date(head: str) -> None:
    assert published(head=head).status != "stated"


@pytest.mark.parametrize(
    ("head", "earliest", "latest"),
    [
        ("日期：2020年2月下旬 来源：示例日报", "2020-02-21", "2020-02-29"),
        ("发布时间：2020年2月", "2020-02-01", "2020-02-29"),
    ],
)
def test_a_labelled_month_or_part_of_one_is_stated(head: str, earliest: str, latest: str) -> None:
    found = published(head=head)
    assert (found.value, found.precision, found.status) == ("2020-02", "month", "stated")
    assert (found.earliest, found.latest) == (earliest, latest)


def test_a_day_goes_before_a_labelled_month() -> None:
    assert published(head="日期：2020年2月\n2020-02-20 08:30").value == "2020-02-20T08:30"


def test_a_day_whose_year_was_lost_is_still_an_event() -> None:
    found = published(body="受台风“马鞍”影响，年8月25日停止采样，某村志愿者入户登记，疫情防控不放松。")
    assert found.value == "2022-08"


def test_the_name_of_a_lunar_year_dates_a_piece() -> None:
    body = "庚子鼠年春节，疫情发生后，村里的老教师写下请战书，守在村口，一天也没有离开，乡亲们都称赞他。"
    assert (published(body=body).value or "").startswith("2020")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("某县召开非洲猪瘟防疫会议。", False),
        ("某县召开疫情防控会议。", True),
        ("某县统筹非洲猪瘟防疫和新冠疫情防控。", True),
    ],
)
def test_measures_against_another_epidemic_are_not_of_this_one(text: str, told: bool) -> None:
    assert tells_of_measures(text) is told


def test_a_day_and_the_name_of_a_column_under_a_piece_are_its_day() -> None:
    assert published(foot="2021年4月7日 时事脉搏").value == "2021-04-07"
    assert published(foot="2021年4月7日 某县举行疫苗接种启动仪式纪实").value is None


def test_a_measure_that_begins_at_midnight_in_words_is_made_known_shortly_before() -> None:
    found = published(body="经示例市疫情防控指挥部研究决定，自2021年11月25日零时起，市中心城区恢复正常生产生活秩序。")
    assert (found.value, found.earliest, found.latest) == ("2021-11", "2021-11-23", "2021-11-30")
    found = published(body="经示例县疫情防控指挥部研究决定，从2022年1月12日起，全县小区实施封闭管理，居民凭证出入。")
    assert (found.value, found.earliest, found.latest) == ("2022-01", "2022-01-10", "2022-01-31")


def test_a_later_piece_about_frost_keeps_its_printed_day() -> None:
    body = "示例县的干部抗击冰冻雨雪,给免疫的牲畜添草。2020年2月也下过这样的雪,企业很快复工。"
    assert published(head="来源:示例日报 2024-02-05", body=body).value == "2024-02-05"


def test_vaccination_of_the_old_in_the_last_december_is_no_ground_for_the_year_before() -> None:
    body = "示例社12月16日电，有关方面要求加快推进农村老年人新冠病毒疫苗接种，为接种疫苗的老人开设绿色通道。"
    assert (published(body=body).value or "2022")[:4] != "2021"

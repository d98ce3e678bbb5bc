"""Notices and letters: who signs them, whom they address, what they are called, and what day they bear."""

import pytest

from archive.ingest.pipeline import read_page
from archive.ingest.records import ArticleDraft

SENTENCE = "请各位居民减少外出，主动报告行程，配合村组做好登记，不信谣、不传谣，有发热症状的及时就诊，由专人专车接送。"


def _read(text: str, url: str | None = None) -> ArticleDraft:
    return read_page(text.encode(), file="页.txt", media_type="text/plain", source_url=url).drafts[0]


def test_the_office_that_signs_gives_outlet_place_and_day() -> None:
    draft = _read(
        "紧急提醒居民\n近期邻省泌阳县出现疫情，泌阳县多个乡镇已有病例，泌阳县旅居史人员要主动报告。\n"
        f"为保障我县人民健康，现提醒如下：{SENTENCE}\n卢氏县疫情防控指挥部办公室\n2022年7月12日"
    )
    assert draft.outlet == "卢氏县疫情防控指挥部办公室"
    assert draft.about is not None and draft.about.code == "411224"
    assert draft.published.value == "2022-07-12"
    assert {row.rule for row in draft.evidence if row.field == "about"} == {"office-that-signs"}


def test_an_office_set_over_two_lines_is_read_whole() -> None:
    draft = _read(f"致居民的一封信\n{SENTENCE}\n府谷县新型冠状病毒感染的肺炎\n联防联控工作领导小组办公室\n2020年2月9日")
    assert draft.outlet == "府谷县新型冠状病毒感染的肺炎联防联控工作领导小组办公室"
    assert draft.about is not None and draft.about.code == "610822"


def test_a_source_that_is_named_goes_before_the_office_that_signs() -> None:
    draft = _read(f"旌德县疫情通告\n{SENTENCE}\n旌德县疫情防控指挥部\n2022年6月28日\n来源：示例晚报")
    assert draft.outlet == "示例晚报"


def test_the_office_behind_the_source_label_tells_the_place() -> None:
    draft = _read(
        f"致群众的一封信\n发布时间：2020-02-26 来源：旌德县疫情防控应急指挥部\n我县有宣城以外人士返乡。{SENTENCE}"
    )
    assert draft.about is not None and draft.about.code == "341825"


def test_headline_and_signature_of_a_city_are_not_narrowed_to_a_district() -> None:
    draft = _read(
        f"11月21日鄂州市疫情情况\n鄂州市通报疫情情况，我市鄂城区检出一例。鄂城区凤凰街道、鄂城区西山街道有新增点位。{SENTENCE}\n"
        "鄂州市疫情防控指挥部\n2022年11月21日"
    )
    assert draft.about is not None and draft.about.code == "420700"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("石门县疫情防控指挥部\n通 告\n", "石门县疫情防控指挥部通 告"),
        ("石门县疫情防控\n工作领导小组办公室\n公告\n", "石门县疫情防控工作领导小组办公室公告"),
        ("主题: 再致石门父老的一封信\n", "再致石门父老的一封信"),
        ("最新！某省多地通报疫情\n石门县疫情防控指挥部公告\n", "最新！某省多地通报疫情"),
    ],
)
def test_the_headline_of_a_notice(head: str, title: str) -> None:
    assert _read(f"{head}石门县疫情防控指挥部公告如下，某省多地有疫情。{SENTENCE}").title == title


@pytest.mark.parametrize("address", ["全县父老乡亲们：", "尊敬的各位家长、同学们：", "广大居民朋友："])
def test_those_whom_a_letter_addresses_are_body(address: str) -> None:
    draft = _read(f"一封公开信\n\n{address}\n\n大家好！\n\n春节将至，外出的人越来越多\n\n{SENTENCE}")
    assert draft.body_simplified.startswith(address)


def test_the_figures_of_a_whole_day_are_told_on_the_next() -> None:
    draft = _read(f"多地通报\n2022年8月31日0-24时，示例市新增感染者二十例，均在隔离点检出。{SENTENCE}")
    assert draft.published.value == "2022-09"
    assert draft.published.earliest == "2022-09-01"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"北港镇募捐\n©原创   02-14 13:58   通城县融媒体中心\n新冠肺炎阻击战打响以来，党员自发捐款，劝返点日夜值守。{SENTENCE}", "2020-02-14"),
        (f"01.29 致返乡人员的一封信\n为防控新型冠状病毒感染的肺炎，请从武汉返乡的人员报告。{SENTENCE}", "2020-01-29"),
        (f"致乡亲的一封信\n为防控新型冠状病毒感染的肺炎，请从武汉返乡的人员报告。{SENTENCE}\n2月7日", "2020-02-07"),
    ],
)  # fmt: skip
def test_the_pages_own_day_without_a_year(text: str, value: str) -> None:
    published = _read(text).published
    assert (published.value, published.status) == (value, "inferred")


def test_the_account_beside_a_day_without_a_year_is_the_outlet() -> None:
    draft = _read(
        f"北港镇党员募捐\n©原创   02-14 13:58   通城县融媒体中心\n北港镇收到驻广东省流动党支部的捐款。{SENTENCE}"
    )
    assert draft.outlet == "通城县融媒体中心"
    assert draft.about is not None and draft.about.code == "421222"


def test_the_office_above_its_notice_tells_the_place_and_the_sites_headline_stays() -> None:
    draft = _read(
        "@武隆人 请收好这份疫情防控通告\n发布日期：2020-01-28 15:31\n重庆市武隆区新型冠状病毒感染的肺炎疫情\n"
        f"防控工作领导小组关于疫情防控的通告\n\n从湖北返乡的人员必须报备，疫情防控期间不得聚会。{SENTENCE}"
    )
    assert draft.title == "@武隆人 请收好这份疫情防控通告"
    assert draft.about is not None and draft.about.code == "500156"


def test_who_says_what_the_headline_quotes_is_part_of_it() -> None:
    draft = _read(f"当前版：03版\n示例村隔离人员：\n“还是咱们乡亲好！”\n李示例\n村里人都说还是咱们乡亲好。{SENTENCE}")
    assert draft.title == "示例村隔离人员：“还是咱们乡亲好！”"
    assert [author.name for author in draft.authors] == ["李示例"]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("新华社昆明1月29日电 特写：示例乡的小喇叭", "特写：示例乡的小喇叭"),
        ("【示例日报】示例村小喇叭响起来", "示例村小喇叭响起来"),
        ("示例乡小喇叭防疫宣传天天响 时间：2020-03-24 来源：示例日报", "示例乡小喇叭防疫宣传天天响"),
    ],
)
def test_headlines_without_who_prints_them(head: str, title: str) -> None:
    draft = _read(f"{head}\n示例乡的小喇叭天天响，防疫宣传进村入户。{SENTENCE}")
    assert draft.title == title
    assert head.count("来源") == 0 or draft.outlet == "示例日报"


def test_what_an_electronic_paper_leaves_names_headline_and_paper() -> None:
    draft = _read(
        f"2022年04月03日\n第01版：头版\n某人在示例市召开会议\n落实防控措施 处置疫情\n某人在示例市召开会议。{SENTENCE}\n"
        "2022-04-03 某人在示例市召开会议 2 2 示例日报 content_1.html 1 3 落实防控措施 处置疫情 /enpproperty-->"
    )
    assert (draft.title, draft.outlet) == ("落实防控措施 处置疫情", "示例日报")
    assert draft.body_simplified.endswith("接送。")


def test_a_report_to_the_public_is_no_outlet() -> None:
    draft = _read(f"某市新增病例\n某市卫生健康委员会关于疫情情况的通报(2022年12月2日公布)\n{SENTENCE}")
    assert draft.outlet is None

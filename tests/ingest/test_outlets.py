"""Publisher and original source; invented outlets whose names say 示例."""

from __future__ import annotations

import pytest

from archive.ingest.extract.fields import read_fields
from archive.ingest.extract.outlet_names import is_outlet_name, source_name
from archive.ingest.extract.outlets import outlet_region
from archive.ingest.pipeline import read_page
from tests.ingest.fields_pages import BODY, fields_of, newspaper_of


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("来源:示例日报", "示例日报"),
        ("來源：示例日報", "示例日报"),
        ("2020-02-03 16:07:00来源:示例晚报我来说两句", "示例晚报"),
        ("来源:示例晚报发布者:时间:2020-03-19", "示例晚报"),
        ("来源:示例县融媒体中心 作者:李示例 点击:285次", "示例县融媒体中心"),
        ("示例日报 | 2020-04-10 09:39:42", "示例日报"),
        ("示例新闻2020-11-09 20:56:380", "示例新闻"),
        ("来源: 编辑:供稿 浏览量:0", None),
        ("来源:本站原创 作者:佚名", None),
        ("来源:网络 时间:2020/2/3", None),
        ("来源:示�日报 时间:2020/2/3", None),
        ("示�日报 2020-02-03", None),
        ("来源:示例娱乐场官网 2020-02-03", None),
        ("2020-02-03 要闻", None),
        ("作者:示例日报社", None),
        ("图片来源:示例日报", None),
    ],
)
def test_the_source_line_names_the_outlet_or_nobody(line: str, expected: str | None) -> None:
    assert fields_of(head=line).outlet == expected


@pytest.mark.parametrize(
    "line", ["来源： 示例 日报   2020-02-25", "来源:示例日报 2020-02-25", "來源：示 例 日 報", "示例日报 | 2020-04-10"]
)
def test_the_evidence_of_the_outlet_is_the_name_as_it_is_printed(line: str) -> None:
    (found,) = (one for one in fields_of(head=line).evidence if one.field == "outlet")
    assert found.text.replace(" ", "") in ("示例日报", "示例日報")
    assert found.end - found.start == len(found.text)


@pytest.mark.parametrize(
    ("opening", "outlet", "dateline"),
    [
        ("示例网讯（记者 李示例）", "示例网", "示例网讯"),
        ("示例网示例县讯 ", "示例网", "示例网示例县讯"),
        ("示例新闻网3月1日讯 ", "示例新闻网", "示例新闻网3月1日讯"),
        ("新华社郑州2月2日电 ", "新华社", "新华社郑州2月2日电"),
        ("中新社石家庄2月13日电 ", "中新社", "中新社石家庄2月13日电"),
        ("今日示例网消息:", "今日示例网", "今日示例网消息"),
        ("示例网·美丽示例讯 ", "示例网·美丽示例", "示例网·美丽示例讯"),
        ("本报讯（记者 李示例）", None, "本报讯"),
        ("本报示例县2月18日讯 ", None, "本报示例县2月18日讯"),
    ],
)
def test_the_dateline_names_the_sender(opening: str, outlet: str | None, dateline: str) -> None:
    fields = fields_of(body=opening + BODY)
    assert (fields.outlet, fields.dateline) == (outlet, dateline)


@pytest.mark.parametrize(
    "sentence", ["通讯员来到村口。", "镇里的电工已经到岗。", "2月3日讯问结束。", "手机短讯群发到户。"]
)
def test_words_that_contain_the_signs_of_a_dateline_are_none(sentence: str) -> None:
    assert fields_of(body=sentence + BODY).dateline is None


def test_the_original_source_goes_before_the_publisher() -> None:
    fields = fields_of(
        head="来源:示例日报", foot="示例新闻网版权与免责声明:凡本网注明“来源:示例新闻网”的作品,均为本网所有。"
    )
    assert (fields.outlet, fields.publisher, fields.original_source) == ("示例日报", "示例新闻网", "示例日报")


@pytest.mark.parametrize(
    "line",
    [
        "感谢您浏览示例新闻网。 欢迎投稿",
        "示例新闻网免责声明:",
        "版权所有 示例新闻网",
        "主办:示例新闻网",
        "您当前的位置 : 网站首页  >  示例新闻网  >  新闻中心",
        "示例新聞網版權與免責聲明:",
        "免责声明:本文来自示例新闻网,不代表本站的观点和立场。",
    ],
)
def test_the_frame_of_the_page_names_the_publisher(line: str) -> None:
    fields = fields_of(head=line)
    assert (fields.outlet, fields.publisher, fields.original_source) == ("示例新闻网", "示例新闻网", None)


@pytest.mark.parametrize(
    ("parts", "outlet"),
    [
        ({"head": "来源:微信公号“示例日报”"}, "示例日报"),
        ({"head": "来源:示例新闻网参与互动参与互动"}, "示例新闻网"),
        ({"body": "国际在线河南频道报道:近日," + BODY}, "国际在线河南频道"),
        ({"body": "【Now新闻台】" + BODY}, "Now新闻台"),
        ({"body": BODY + "老家在湖北的示例新闻网记者住在这里。"}, "示例新闻网"),
        ({"head": "示例网 > 示例新闻"}, "示例网"),
        ({"head": "扫一扫下载示例新闻APP"}, "示例新闻"),
    ],
)
def test_outlets_in_other_places_of_the_page(parts: dict[str, str], outlet: str) -> None:
    assert fields_of(**parts).outlet == outlet


def test_an_outlets_name_alone_under_the_headline_is_the_outlet() -> None:
    assert fields_of(head="示例日报\n关注").outlet == "示例日报"
    assert fields_of(head="关注示例\n听新闻").outlet is None


def test_the_publishing_house_in_the_masthead_is_the_publisher() -> None:
    assert fields_of(head="国内统一刊号:CN00-0000 示例团结报社出版广告热线:0000000").publisher == "示例团结报社"


def test_online_in_a_name_is_no_word_of_a_sentence() -> None:
    assert fields_of(head="来源:示例在线新闻频道").outlet == "示例在线新闻频道"
    assert is_outlet_name("示例在线新闻频道", labelled=True)


def test_the_address_alone_names_no_outlet() -> None:
    assert fields_of(url="http://www.shilinews.example/2020/0203/1.html").outlet is None


def test_the_paper_of_the_reporter_is_the_outlet() -> None:
    assert fields_of(head="示例日报记者 李示例").outlet == "示例日报"
    assert fields_of(foot="中国示例网 示例APP记者 李示例").outlet == "中国示例网"
    assert fields_of(body=BODY + "村支书告诉示例晚报记者,全村平安。").outlet == "示例晚报"


def test_the_source_line_is_kept_as_printed() -> None:
    assert fields_of(head="来源:示例报网络版  作者:李示例").source_line == "示例报网络版"
    assert fields_of(body="本报讯（记者 李示例）" + BODY).source_line == "本报讯"
    assert fields_of().source_line is None


@pytest.mark.parametrize(
    ("name", "code"),
    [("江苏某某网", "320000"), ("焦作晚报", "410800"), ("市场报网络版", None), ("新华社", None), ("某某日报", None)],
)
def test_the_place_of_an_outlet_comes_from_its_name(name: str, code: str | None) -> None:
    assert outlet_region(name) == code


@pytest.mark.parametrize("name", ["国内新闻", "本网", "要闻", "某某彩票网", "疫情防控", "热点新闻"])
def test_sections_and_brands_are_no_outlets(name: str) -> None:
    assert not is_outlet_name(name, labelled=True)


@pytest.mark.parametrize("value", ["本站", "网络", "原创", "XXX", "版权归原作者", "互联网", "12345"])
def test_a_source_that_is_nobody_stays_unknown(value: str) -> None:
    assert source_name(value) is None


def test_the_masthead_above_all_headlines_is_the_publisher_of_each_story() -> None:
    page = newspaper_of("示例南方日报 2020年2月13日 第03版:综合", ["甲镇防疫", "乙镇复工"])
    read = [read_fields(page, story) for story in page.stories]
    assert [fields.outlet for fields in read] == ["示例南方日报", "示例南方日报"]
    assert [fields.published.value for fields in read] == ["2020-02-13", "2020-02-13"]
    assert [fields.page_label for fields in read] == ["第03版:综合", "第03版:综合"]


def test_a_name_in_title_marks_at_the_foot_is_the_outlet() -> None:
    assert fields_of(foot="《示例南方時報》").outlet == "示例南方时报"


def test_a_site_of_another_place_is_the_publisher_of_an_agencys_piece() -> None:
    fields = fields_of(head="焦作新闻网 2020-08-19 12:26", body="中新网新疆喀什8月18日电(李示例)" + BODY)
    assert (fields.original_source, fields.publisher) == ("中新网", "焦作新闻网")


def test_a_portal_is_the_publisher() -> None:
    fields = fields_of(head="2020-02-11 18:54 新浪网", body="示例日报讯(记者 李示例)" + BODY)
    assert (fields.original_source, fields.publisher) == ("示例日报", "新浪网")


def test_the_pieces_listed_behind_the_body_name_no_outlet() -> None:
    text = f"示例镇筑牢防线\n{BODY * 3}\n相关新闻\n- 2017-01-20示例周刊(2017年 第3期)\n"
    (draft,) = read_page(text.encode(), file="页.txt").drafts
    assert draft.outlet is None


def test_a_short_name_alone_in_brackets_and_the_masthead_of_a_forum_are_outlets() -> None:
    assert fields_of(head="【例网】").outlet == "例网"
    assert fields_of(head="【例甲】").outlet is None
    assert fields_of(head="示例社区家园网论坛\n注册 | 找回密码").outlet == "示例社区家园网论坛"


def test_a_journal_with_its_issue_a_masthead_and_a_gathered_report() -> None:
    assert fields_of(head="示例观察 2020年9期").outlet == "示例观察"
    assert fields_of(head="示例蔬果资讯网").outlet == "示例蔬果资讯网"
    assert fields_of(body="综合示例新闻：" + BODY).outlet == "示例新闻"
    assert fields_of(body="综合各地情况：" + BODY).outlet is None


def test_a_house_with_its_paper_under_the_headline_and_the_owner_of_the_only_site() -> None:
    page = f"示例镇筑牢防线\n示例网—《示例日报》\n2021-11-01 09:43\n{BODY}\n"
    draft = read_page(page.encode(), file="页.txt").drafts[0]
    assert (draft.title, draft.outlet) == ("示例镇筑牢防线", "示例网—《示例日报》")
    assert fields_of(foot="示例杂志社唯一官网 版权所有 仿冒必究").outlet == "示例杂志社"


def test_the_hosts_on_a_line_and_the_source_of_the_material() -> None:
    assert fields_of(head="示例建设报社主办").outlet == "示例建设报社"
    assert fields_of(foot="▋资料来源：示例市委新闻中心").outlet == "示例市委新闻中心"
    assert fields_of(foot="资料来源：示例疾病管制署").outlet is None


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("来源 | 示例周末(slzhoumo)", "示例周末"),
        ("来源:示例公社(ID:sligongshe)", "示例公社"),
        ("2020年01月29日 20:05 示例观察报公众号", "示例观察报"),
        ("2020-02-04 08:15:08 示例市卫生健康委员会", "示例市卫生健康委员会"),
        ("文 |《示例》记者 李示例 王例甲", "示例"),
        ("本文来自微信公众号:示例财经 (ID:slcaijing),作者:李示例、王例甲,头图来自:示例中国", "示例财经"),
        ("示例注:本文来源微信公众号示例公社,作者李示例,示例网经授权转载。", "示例公社"),
    ],
)
def test_magazines_and_accounts_are_named_without_their_letters(head: str, expected: str) -> None:
    assert fields_of(head=head).outlet == expected


@pytest.mark.parametrize(
    ("foot", "expected"),
    [
        ("示例在线讯 全媒体记者 李示例", "示例在线"),
        ("示报融媒记者李示例 通讯员王例甲", "示报融媒"),
        ("我县融媒体记者 李示例", None),
    ],
)
def test_the_house_of_a_byline_below_the_body(foot: str, expected: str | None) -> None:
    assert fields_of(foot=foot).outlet == expected


def test_the_agency_of_all_pictures_is_the_outlet_where_nobody_else_is_named() -> None:
    seen = "2月3日,志愿者在示例村村口登记。新华社记者李示例摄"
    assert read_page(f"{seen}\n{BODY}".encode(), file="一.txt").drafts[0].outlet == "新华社"
    other = "2月4日,党员在示例村送菜。中新社记者王例甲摄"
    assert read_page(f"{seen}\n{other}\n{BODY}".encode(), file="一.txt").drafts[0].outlet is None
    assert read_page(f"{seen}\n{BODY}\n来源:示例日报".encode(), file="一.txt").drafts[0].outlet == "示例日报"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("市新闻办召开《示例市文明行为促进条例》记者见面会。", None),
        ("他们为《示例故事》记者见面会准备了口罩。", None),
        ("他告诉《示例故事》记者,村口有人值守。", "示例故事"),
    ],
)
def test_acts_and_conferences_in_marks_are_no_outlets(told: str, expected: str | None) -> None:
    assert read_page(f"示例县守好村口\n{BODY}\n{told}".encode(), file="一.txt").drafts[0].outlet == expected

"""Heads and ends of pages as captures leave them: broken headlines, summaries, rows of links, bylines without a mark."""

import pytest

from archive.ingest.extract.furniture import furniture_kind
from archive.ingest.extract.lines import read_lines
from archive.ingest.pipeline import read_page

FIRST = "示例县石桥镇的党员和志愿者连日来守好村口，设卡登记，为过往的村民测量体温，并把口罩和药品送到独居老人家里。"
SECOND = "镇党委负责人介绍，全镇十二个村都成立了送菜上门小分队，党员排了班，一天三趟，米面油都送到门口，请大家放心。"
NOTICE = "根据有关规定，经专家研判，决定自2022年4月23日10时起，解除封控、管控和防范管理，现将有关事项公告如下："


def only(*lines):
    read = read_page("\n".join(lines).encode(), file="一.txt")
    assert len(read.drafts) == 1
    return read.drafts[0]


def authors(*lines):
    return [(author.name, author.role) for author in only(*lines).authors]


def test_a_notices_headline_broken_inside_its_sentence_is_joined():
    draft = only("关于有序解除域内封控、管控", "防范管理的公告", NOTICE, SECOND)
    assert draft.title == "关于有序解除域内封控、管控防范管理的公告"


def test_a_line_that_only_begins_like_a_notice_is_not_joined_to_a_sentence():
    draft = only("关于石桥镇党员守好村口的见闻", FIRST, SECOND)
    assert draft.title == "关于石桥镇党员守好村口的见闻"


def test_pieces_of_the_headline_printed_again_are_no_body():
    office, matter = "示例县新冠肺炎疫情防控指挥部", "关于进一步解除部分区域管控的通知"
    summary = "摘要：" + office + matter + NOTICE[:45]
    draft = only(office + matter, "2021-12-29 09:45:25 来源：示例网", summary, office, matter, NOTICE, SECOND)
    assert draft.title == office + matter
    assert draft.body.startswith("根据有关规定")
    assert [passage.kind for passage in draft.furniture][-2:] == ["second-copy", "second-copy"]


def test_a_description_that_holds_the_first_paragraph_cut_short_is_a_summary():
    draft = only("石桥镇党员守好村口", f"原文链接 摄影：李示例 {FIRST[:40]} …", FIRST, SECOND)
    assert draft.body == f"{FIRST}\n\n{SECOND}"


def test_a_byline_with_the_place_it_was_sent_from_is_no_headline():
    draft = only("示例周末记者 李示例 示例周末实习生 王例甲发自示例省示例市", FIRST, SECOND)
    assert draft.title is None


def test_a_paragraph_broken_before_its_marks_is_one_paragraph():
    pieces = FIRST.split("，")
    broken = [pieces[0], *("，" + piece for piece in pieces[1:])]
    assert only("石桥镇党员守好村口送菜上门", *broken, SECOND).body == f"{FIRST}\n\n{SECOND}"


def test_a_row_of_links_behind_the_body_is_furniture():
    row = "有害短信息举报 抵制违法广告承诺书 绿色网络工程 版权保护投诉指引 网络道德教育基地 新闻信息服务许可"
    assert only("石桥镇党员守好村口", FIRST, SECOND, row).body == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("赢得群众纷纷点赞。", ""),
        ("把服务送到门口，村民频频点赞。", ""),
        ("觉得不错，请点个赞", "share"),
        ("喜欢就点个“在看”吧，点亮在看", "share"),
    ],
)
def test_praise_in_the_prose_is_no_button(line, kind):
    assert furniture_kind(line.replace("，", ",")) == kind


def test_a_day_with_what_was_decided_is_no_caption_above_a_credit():
    decided = "10月19日，示例镇被调整为中风险地区，镇内的小区全部落实封闭管理和管控措施。"
    scene = "10月19日，示例镇的志愿者在小区门口为居民登记。"
    for told, kind in ((decided, "body"), (scene, "caption")):
        text = "\n".join([FIRST, told, "示例社记者 李示例 摄"])
        assert [line.kind for line in read_lines(text, text)][1] == kind


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("示例信息港讯 记者李示例 通讯员王例甲 " + FIRST, [("李示例", "记者"), ("王例甲", "通讯员")]),
        ("示例信息港讯 记者从镇里了解到 " + FIRST, []),
        (FIRST + "李示例/示例图片", [("李示例", "摄")]),
    ],
)
def test_bylines_without_a_mark_of_their_own(body, expected):
    assert authors("石桥镇党员守好村口", body) == expected


def test_who_reported_and_edited_on_one_line():
    assert authors("石桥镇党员守好村口", FIRST, SECOND, "李示例 报道/编辑") == [("李示例", "报道")]

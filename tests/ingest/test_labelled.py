"""Pieces typed one below another under labels of their headlines, and pieces of a sentence or two."""

import pytest

from archive.ingest.pipeline import read_page

FIRST = "示例县石桥镇的党员和志愿者连日来在村口设卡登记，为过往的村民测量体温，并把口罩和药品送到独居老人家里。"
SECOND = "柳湾村的蔬菜合作社每天凌晨采收萝卜白菜，装车运往县城的超市，社员们说菜价没有涨，城里人放心吃。"


def read(text: str):
    return read_page(text.encode(), file="几篇.txt")


@pytest.mark.parametrize("between", ["\n\n\n", "\n-----\n", "\n==========\n"])
@pytest.mark.parametrize("label", ["标题：", "题目:"])
def test_each_label_of_a_headline_begins_a_piece(label, between):
    one = f"{label}石桥镇守好村口\n来源：示例日报  2020-02-21  作者：示例甲\n\n{FIRST}\n"
    two = f"{label}柳湾村送菜进城\n来源：示例晚报\n日期：2020-02-22\n\n{SECOND}\n"
    drafts = read(one + between + two).drafts
    assert [(d.title, d.body, d.outlet, d.published.value) for d in drafts] == [
        ("石桥镇守好村口", FIRST, "示例日报", "2020-02-21"),
        ("柳湾村送菜进城", SECOND, "示例晚报", "2020-02-22"),
    ]
    assert all("柳湾村" not in passage.text for passage in drafts[0].furniture)


def test_a_label_repeated_for_one_headline_or_above_links_heads_no_second_piece():
    assert len(read(f"标题：石桥镇守好村口\n\n{FIRST}\n{SECOND}\n\n标题：石桥镇守好村口\n").drafts) == 1
    assert len(read(f"标题：石桥镇守好村口\n\n{FIRST}\n\n原标题：柳湾村送菜进城\n\n{SECOND}\n").drafts) == 1
    links = read(f"标题：石桥镇守好村口\n\n{FIRST}\n\n标题：柳湾村送菜进城\n标题：县城超市不涨价\n")
    assert [draft.body for draft in links.drafts] == [FIRST]


def test_a_short_piece_with_headline_source_and_a_whole_sentence_is_one_and_is_asked_about():
    (draft,) = read("示例县防疫小记\n示例日报 2020-02-11\n\n示例县石桥镇设卡12处，党员轮流值守测温。\n").drafts
    assert (draft.title, draft.body) == ("示例县防疫小记", "示例县石桥镇设卡12处，党员轮流值守测温。")
    assert [(one.rule, one.confidence < 0.9) for one in draft.evidence if one.field == "body"] == [
        ("short-piece", True)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "首页\n新闻\n欢迎光临本站，谢谢您的支持与关注。\n友情链接\n联系我们\n",  # a menu
        "石桥镇守好村口\n示例日报 2020-02-11\n\n石桥镇设卡12处，党员轮流值守测温，村民\n",  # cut off
    ],
)
def test_a_menu_and_a_beginning_are_no_pieces_and_the_reason_is_true(text):
    page = read(text)
    assert page.drafts == []
    assert "导航" not in page.skipped[0].reason


def test_the_reason_counts_what_was_too_short():
    page = read("石桥镇设卡十二处，党员轮流值守测温，村民很放心。\n")
    assert page.drafts == []
    assert "只有 21 字" in page.skipped[0].reason


def test_a_story_too_short_for_its_page_is_told_under_its_headline():
    page = read(f"# 石桥镇守好村口\n\n{FIRST}\n\n# 柳湾村送菜进城\n\n{SECOND}\n\n# 小记\n\n村口设卡，志愿者轮流\n")
    assert len(page.drafts) == 2
    assert ["“小记”" in one.reason and "只有 9 字" in one.reason for one in page.skipped] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "页面不存在\n\n抱歉，您访问的页面不存在或已被删除。\n",
        "系统提示信息\n示例网 2020-02-11\n\n抱歉，您访问的文章已被删除。\n",
        "示例网系统升级\n2020-02-11\n\n网站正在升级维护，请稍后再来。\n",
        "示例县防疫小记\n2020-02-11\n\n请您登录后查看这篇文章。\n",
        "示例县防疫小记\n\n示例县石桥镇设卡12处，党员值守测温。\n",
    ],
)
def test_a_short_text_without_source_or_date_or_a_servers_message_is_no_piece(text):
    assert read(text).drafts == []


def test_a_short_story_of_a_newspaper_page_is_taken_with_a_picture_below_it():
    """The picture's own section has no story: it goes to the story above, which stands there without a source of its own."""
    page = "# 示例日报 2020年3月2日 第3版\n\n## 石桥镇守好村口\n\n{}\n\n## 村里的大喇叭\n\n示例县柳湾村的大喇叭每天响三次。\n\n## 图片新闻\n（图为志愿者给老人送菜。 示例甲 摄）\n"
    drafts = read(page.format(FIRST)).drafts
    assert [draft.title for draft in drafts] == ["石桥镇守好村口", "村里的大喇叭"]
    assert "short-piece" in [one.rule for one in drafts[1].evidence]

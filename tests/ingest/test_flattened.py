"""A page whose lines ran together is read as one that kept them."""

import pytest

from archive.ingest.extract.flattened import flattened_head
from archive.ingest.pipeline import read_page

BODY = "近日，示例县启动村口值守，抽调十余名干部轮班登记往来车辆，为返乡群众测量体温，并把消毒液送到每一户人家，村里的大喇叭早晚各播一遍。"


@pytest.mark.parametrize(
    ("line", "title", "published", "authors"),
    [
        (f"示例县村口值守保平安 2020-02-11 16:48 李示例 0 {BODY}", "示例县村口值守保平安", "2020-02-11T16:48", []),
        (
            f"示例镇:筑牢防线 来源：示例县融媒体中心 作者：李示例 时间：2020-02-11 {BODY}",
            "示例镇:筑牢防线",
            "2020-02-11",
            ["李示例"],
        ),
        (
            f"暖心!示例村送菜上门,老人不出门 发布时间：2020年2月11日 {BODY}",
            "暖心!示例村送菜上门,老人不出门",
            "2020-02-11",
            [],
        ),
    ],
)
def test_headline_source_line_and_body_of_one_line_are_parted(line, title, published, authors):
    page = read_page(line.encode(), file="一行.txt")
    (draft,) = page.drafts
    assert draft.title == title
    assert draft.body == BODY
    assert draft.published.value == published
    assert set(authors) <= {author.name for author in draft.authors}


def test_a_source_line_that_ran_into_the_first_paragraph_is_cut_off():
    head = "文章来源：示例县融媒体中心 作者：李示例 王例甲 时间：2022-10-14 13:30:21"
    (draft,) = read_page(f"示例镇党员守好村口不松劲\n{head}{BODY}".encode(), file="一.txt").drafts
    assert draft.body == BODY
    assert draft.published.value == "2022-10-14T13:30:21"
    assert draft.outlet == "示例县融媒体中心"
    assert [author.name for author in draft.authors] == ["李示例", "王例甲"]


@pytest.mark.parametrize(
    "line",
    [
        "发布时间：2020-02-11 16:48,李示例",
        f"时间：2020-02-11{BODY}",
        BODY,
        f"示例县疫情防控指挥部自 2020-02-11 起实行村口值守。{BODY}",
        f"示例网讯 截至 2020-02-11 16:48 {BODY}",
        f"今天上午，示例县召开会议。 2020-02-11 {BODY}",
    ],
)
def test_a_paragraph_that_holds_a_date_stays_whole(line):
    assert flattened_head(line) is None

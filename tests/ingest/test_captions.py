"""Short sentences that look like a caption: beside a picture or a credit they are one, in the body they are none."""

import pytest

from archive.ingest.extract.lines import read_lines

FIRST = "市里通报了最新情况，各社区照常值守，进出人员一律测温登记，不漏一户一人，米面油都由志愿者送到门口。"
LAST = "镇里介绍，十二个村都排了值守的表，一天三趟送菜上门，请大家放心，春耕的准备也没有耽误，药品也送到了。"
LIKE_CAPTIONS = [
    "示例村的志愿者正在执勤。",
    "3000名群众正在排队。",
    "李示例一家五口正在居家隔离。",
    "示例村的党员干部正在村口值守。",
    "党员先锋队队员的合影",
    "↑比前一日增加三成",
    "▲志愿者送菜。",
    "防疫热线电话（县疾控中心提供）",
    "志愿者走进每一个小区登记、消毒，居民排队测温。来源：示例新闻",
]


def kinds(*lines: str) -> list[str]:
    text = "\n\n".join(lines)
    return [line.kind for line in read_lines(text, text) if line.kind != "blank"]


@pytest.mark.parametrize("line", [*LIKE_CAPTIONS, "另有95例疑似病例正在排查中。"])
def test_where_no_picture_stands_a_short_sentence_is_body(line: str) -> None:
    assert kinds(FIRST, line, LAST) == ["body", "body", "body"]


@pytest.mark.parametrize("line", LIKE_CAPTIONS)
def test_beside_a_picture_or_a_credit_it_is_the_caption(line: str) -> None:
    assert kinds(FIRST, line, "image.png", LAST) == ["body", "caption", "image", "body"]
    assert kinds(FIRST, line, "（示例己 摄）", LAST) == ["body", "caption", "caption", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "▲示例村的志愿者在村口值守（示例己 摄）",
        "▲示例村的志愿者在村口值守。示例县融媒体中心供图",
        "示例村的志愿者正在执勤。（示例己 摄）",
    ],
)
def test_a_line_with_its_credit_is_a_caption_by_itself(line: str) -> None:
    assert kinds(FIRST, line, LAST) == ["body", "caption", "body"]


def test_a_paragraph_that_only_ends_in_a_credit_makes_no_caption_of_the_next_line() -> None:
    assert kinds(FIRST + LAST + "示例己 摄", "示例村的党员干部正在村口值守。", LAST) == ["body", "body", "body"]


ARRIVED = "2月8日，石桥镇第一批物资从县城运到村口，村民连声道谢。"


@pytest.mark.parametrize("credit", ["示例县融媒体中心供图", "记者 李示例 摄"])
def test_the_last_paragraph_above_a_credit_is_a_caption_only_below_a_picture_or_where_it_tells_what_is_seen(
    credit: str,
) -> None:
    assert kinds(FIRST, ARRIVED, credit) == ["body", "body", "caption"]
    assert kinds(FIRST, "image.png", ARRIVED, credit)[2:] == ["caption", "caption"]
    assert kinds(FIRST, "2月8日，石桥镇的志愿者正在村口卸下第一批物资。", credit) == ["body", "caption", "caption"]
    assert kinds(FIRST, "图为石桥镇的志愿者在村口卸下第一批物资。", credit)[1] == "caption"

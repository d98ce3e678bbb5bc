"""What a line is by itself: furniture of some kind, a line about the piece, a caption, or text."""

import pytest

from archive.ingest.extract.furniture import furniture_kind
from archive.ingest.extract.lines import is_meta, read_lines
from archive.ingest.extract.surroundings import plain_marks


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("| | |||", "residue"),
        ("![](a) |", "residue"),
        ("12", "count"),
        ("阅读：1024次", "count"),
        ("http://example.invalid/a/1.html", "address"),
        ("2020年专题区", "section"),
        ("首页 > 要闻 > 正文", "menu"),
        ("您当前的位置：新闻中心", "menu"),
        ("版权声明：本站内容未经许可不得转载", "disclaimer"),
        ("凡本网注明来源的作品，转载时请注明出处。", "disclaimer"),
        ("相关阅读：", "teaser"),
        ("主办单位：示例县融媒体中心", "footer"),
        ("Copyright © 示例网", "footer"),
        ("扫一扫，手机看新闻", "share"),
        ("还没有添加任何评论，快去抢沙发吧！", "share"),
        ("账号密码登录", "share"),
        ("还没有账号？", "share"),
        ("(0)", "count"),
        ("本文为示例频道原创文章，转载请附上原文出处链接和本声明。", "disclaimer"),
        ("上一篇：别处的新闻", "share"),
    ],
)
def test_kinds_of_furniture(line, kind):
    assert furniture_kind(plain_marks(line)) == kind


@pytest.mark.parametrize(
    "line",
    [
        "村民只要用手机扫一扫村口的二维码，就能登记出入时间、体温和去向，志愿者再也不用一笔一笔地抄写了，排队的人也少了许多。",
        "镇里把热线电话印在卡片上，送到每一户人家，老人有事打一个电话，网格员十分钟就能赶到门口，大家心里都踏实。",
        "法院干警走进集市，向摊主讲解怎样防范假冒口罩，发放宣传单二百余份，受到欢迎。",
    ],
)
def test_sentences_that_use_such_words_stay_text(line):
    assert furniture_kind(plain_marks(line)) == ""


@pytest.mark.parametrize(
    "line",
    [
        "来源：示例日报 2020-02-12 10:20",
        "（记者 示例甲 通讯员 示例乙）",
        "示例日报 2020年2月12日",
        "本报记者 示例甲",
    ],
)
def test_lines_about_the_piece_are_kept_for_the_fields(line):
    assert is_meta(plain_marks(line))


@pytest.mark.parametrize(
    "line",
    [
        "2020年2月12日0—24时，示例县报告新增",
        "2020年2月12日，“守村口”行动",
        "他告诉记者：“米和油都够吃。”",
        "柳湾村送菜上门",
    ],
)
def test_the_beginning_of_a_sentence_is_not_about_the_piece(line):
    assert not is_meta(plain_marks(line))


def kinds(text):
    return [line.kind for line in read_lines(text, text) if line.kind != "blank"]


def test_the_short_line_behind_a_lost_picture_is_its_caption():
    assert kinds("image.png\n\n志愿者在村口值守\n\n柳湾村的志愿者把菜送到了独居老人家里，老人十分高兴。") == [
        "image",
        "caption",
        "body",
    ]


def test_lines_say_where_they_stand():
    text = "　　柳湾村送菜上门  \n\n | 一 | 二 | 三 | \n"
    for line in read_lines(text, text):
        assert text[line.start : line.end] == line.text


def test_a_traditional_frame_about_a_simplified_piece_is_furniture():
    text = "村里的大喇叭每天提醒大家少出门、戴口罩、勤洗手，志愿者把菜送到门口。\n相關文章：\n上一頁"
    assert [line.kind for line in read_lines(text, text)] == ["body", "furniture", "furniture"]


@pytest.mark.parametrize(
    "line",
    ["下一篇：示例县开通“空中课堂”", "上一篇：“空中课堂”开课啦！", "【打印】【关闭】", "点个“在看”", "点亮在看！"],
)
def test_chrome_that_ends_like_a_sentence_is_furniture(line):
    assert furniture_kind(plain_marks(line)) == "share"


def test_the_residue_of_an_electronic_paper_tells_about_the_piece():
    assert is_meta("2020-02-11 2 2 示例晚报 content_5483.html 1 3 示例区的小区全部封闭管理 /enpproperty-->")


def test_a_whole_sentence_behind_a_picture_is_no_caption():
    text = (
        "1582423282602882.png\n村里村外一条心，加上各地的支持，这一仗肯定能打赢！\n1582423282602883.png\n村口的值守点"
    )
    assert [line.kind for line in read_lines(text, text)] == ["image", "body", "image", "caption"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("【相关新闻】", "teaser"),
        ("【原文链接】", "share"),
        ("• 日新闻排行榜", "teaser"),
        ("示例网| 示例新闻网| 示例纪委监察厅网站| 示例人事考试中心| 示例政府网|", "menu"),
    ],
)
def test_teasers_in_brackets_and_rows_of_links_are_furniture(line: str, kind: str) -> None:
    assert read_lines(line, line)[0].furniture == kind


def test_a_row_of_sentences_between_bars_is_none() -> None:
    line = "戴口罩,勤洗手。|不聚集,|少外出。|测体温,|早登记。"
    assert read_lines(line, line)[0].furniture == ""


def test_rows_of_short_cells_are_a_table_and_not_a_menu() -> None:
    rows = [
        "| 姓名 | 村组 | 体温 | 时间 | 备注 |",
        "| 李示例 | 三组 | 36.5 | 早八点 | 正常 |",
        "| 王例甲 | 一组 | 36.4 | 早八点 | 正常 |",
    ]
    assert kinds("\n".join(rows)) == ["table"] * 3
    ruled = "\n".join([rows[0], "|---|---|---|---|---|", *rows[1:]])
    assert [kind for kind in kinds(ruled) if kind != "furniture"] == ["table"] * 3


def test_links_between_bars_stay_a_menu() -> None:
    links = "| 首页 | 要闻 | 时政 | 社会 | 财经 |"
    assert read_lines(links, links)[0].furniture == "menu"
    lone = "| 示例村 | 柳湾村 | 石桥村 | 东示例村 | 西示例村 |"
    assert read_lines(lone, lone)[0].furniture == "menu"
    two = f"{links}\n| 示例 | 财税 | 农业 | 旅游 | 健康 |"
    assert [line.furniture for line in read_lines(two, two)] == ["menu", "menu"]


def test_a_press_conference_is_no_byline() -> None:
    text = "外交部发言人李示例在2日的外交部例行记者会上表示，中方欢"
    assert [line.kind for line in read_lines(text, text)] == ["body"]

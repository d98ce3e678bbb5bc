"""A page of one story: its headline, its body once, and all that is not the body apart."""

import pytest

from archive.ingest.pipeline import read_page

TITLE = "石桥镇党员守好村口送菜上门"
FIRST = "示例县石桥镇的党员和志愿者连日来守好村口，设卡登记，为过往的村民测量体温，并把口罩和药品送到独居老人家里。"
SECOND = "镇党委负责人介绍，全镇十二个村都成立了送菜上门小分队，党员排了班，一天三趟，米面油都送到门口，请大家放心。"
THIRD = "截至目前，全镇共发放口罩三百余只，消毒液四十桶，没有一户村民缺少生活用品，春耕的准备也没有耽误。"
#: As many paragraphs as a page has that a capture cuts.
LONG = [
    *(FIRST, SECOND, THIRD),
    *(FIRST.replace("连日来", "昨天"), SECOND.replace("一天三趟", "一天两趟"), THIRD.replace("截至目前", "截至昨晚")),
]


def only(*lines):
    read = read_page("\n\n".join(lines).encode(), file="一.txt")
    assert len(read.drafts) == 1
    return read.drafts[0]


def test_title_body_and_lines_about_the_piece_are_told_apart():
    draft = only(TITLE, "来源：示例日报 2020-02-12", FIRST, SECOND, THIRD, "责任编辑：示例丙")
    assert draft.title == TITLE
    assert draft.body == "\n\n".join([FIRST, SECOND, THIRD])


@pytest.mark.parametrize(
    "tail",
    [
        ["相关阅读", "别处的另一条新闻标题", "又一条别处的新闻，讲的是邻县的事情，与这里没有任何关系，点开再看。"],
        [
            "版权声明：本网站所有内容未经许可不得转载。",
            "如有侵权请与我们联系，我们会在第一时间处理，谢谢各位读者的支持。",
        ],
        ["上一篇：别处的新闻", "下一篇：没有了"],
        ["扫一扫，关注示例融媒"],
    ],
    ids=["teaser", "disclaimer", "neighbours", "share"],
)
def test_what_follows_the_body_is_furniture(tail):
    draft = only(TITLE, FIRST, SECOND, THIRD, *tail)
    assert draft.body == "\n\n".join([FIRST, SECOND, THIRD])
    assert [passage.text for passage in draft.furniture] == tail


def test_a_second_copy_is_dropped_but_kept_as_furniture():
    draft = only(TITLE, FIRST, SECOND, THIRD, FIRST, SECOND, THIRD)
    assert draft.body == "\n\n".join([FIRST, SECOND, THIRD])
    assert [passage.kind for passage in draft.furniture] == ["second-copy"] * 3


def test_a_page_without_a_headline_has_no_title():
    assert only(FIRST, SECOND, THIRD).title is None


def test_a_paragraph_that_a_column_cut_is_joined():
    draft = only(TITLE, FIRST[:45], FIRST[45:], SECOND)
    assert draft.body == "\n\n".join([FIRST, SECOND])


def test_captions_are_kept_out_of_the_body():
    draft = only(TITLE, FIRST, "image.png", "志愿者在村口值守。示例甲 摄", SECOND)
    assert draft.body == FIRST + "\n\n" + SECOND
    assert [caption.text for caption in draft.captions] == ["志愿者在村口值守。示例甲 摄"]


def test_briefs_divided_by_their_bylines_are_articles_of_their_own():
    read = read_page(
        "\n\n".join([FIRST, "（示例甲）", SECOND, "（示例乙）", THIRD, "（示例丙）"]).encode(), file="简讯.txt"
    )
    assert [draft.body for draft in read.drafts] == [FIRST, SECOND, THIRD]


def test_a_traditional_page_keeps_its_script_and_is_read_simplified():
    from opencc import OpenCC

    traditional = OpenCC("s2t").convert("\n\n".join([TITLE, FIRST, SECOND, THIRD]))
    draft = read_page(traditional.encode(), file="繁.txt").drafts[0]
    assert draft.title == TITLE
    assert draft.title_as_printed is not None
    assert draft.title_as_printed != TITLE
    assert draft.body_simplified == "\n\n".join([FIRST, SECOND, THIRD])


def test_a_headline_that_runs_into_its_source_line_is_the_title():
    body = "连日来,示例社区的工作者挨家挨户登记返乡人员,测量体温,宣传疫情防控知识,没有一个人叫苦。"
    text = f"示例区社区工作者坚守防控一线2021-07-12 08:15 来源:示例日报 作者:示例壬\n\n{body}\n"
    (draft,) = read_page(text.encode(), file="x.txt").drafts
    assert draft.title == "示例区社区工作者坚守防控一线"
    assert draft.published.value == "2021-07-12T08:15"
    assert draft.body == body


def test_an_outlet_before_the_date_is_no_headline():
    body = "连日来,示例社区的工作者挨家挨户登记返乡人员,测量体温,宣传疫情防控知识,没有一个人叫苦。"
    (draft,) = read_page(f"示例区融媒体中心客户端 2021-07-12 08:15\n\n{body}\n".encode(), file="x.txt").drafts
    assert draft.title is None


def test_a_quotation_that_opens_the_piece_is_body():
    quotation = "“王书记，今天要买四个茄子、一板鸡蛋、二两花椒……给社区添麻烦了，谢谢！”"
    draft = only(TITLE, "示例时报记者 李示例", quotation, FIRST, SECOND)
    assert draft.body == "\n\n".join([quotation, FIRST, SECOND])


def test_the_paper_behind_a_headline_is_no_part_of_it():
    assert only(TITLE + "[示例时报]", FIRST, SECOND).title == TITLE
    assert only(TITLE + "（之二）", FIRST, SECOND).title == TITLE + "（之二）"


def test_the_office_above_its_notice_is_part_of_the_headline():
    draft = only("示例县疫情防控指挥部", "关于开展全员核酸检测的通告", FIRST, SECOND)
    assert draft.title == "示例县疫情防控指挥部关于开展全员核酸检测的通告"


def test_the_day_in_brackets_is_no_part_of_the_headline():
    draft = only("【2020-02-13】示例镇：把好村口防疫关", FIRST, SECOND)
    assert (draft.title, draft.published.value) == ("示例镇：把好村口防疫关", "2020-02-13")


def test_a_summary_that_the_body_repeats_over_two_lines_is_left_out():
    head, tail = "示例镇农事忙", FIRST
    draft = only("示例镇农事忙不负春光", "核心提示：" + head + tail[:40], head, tail, SECOND)
    assert "核心提示" not in draft.body


def test_a_text_with_some_tags_keeps_its_lines():
    page = f"{TITLE}\n\n日期：2020-03-23\n<p><strong>{FIRST}</strong></p><p>{SECOND}</p>"
    draft = read_page(page.encode(), file="一.txt").drafts[0]
    assert (draft.title, draft.published.value) == (TITLE, "2020-03-23")


@pytest.mark.parametrize("lead", ["“您好，请出示健康码。”", "清晨六点，示例镇的村口已有人值守。"])
def test_a_short_lead_above_the_first_subheading_is_body(lead):
    draft = only(TITLE, "来源：示例日报 2020-02-12", lead, "守好村口", FIRST, "送菜上门", SECOND)
    assert draft.body.startswith(f"{lead}\n\n守好村口\n\n{FIRST}")
    assert draft.title == TITLE


def test_noise_against_copying_makes_no_newspaper():
    read = read_page(
        f"{TITLE}\n{FIRST}\n# @8 J6 E; {{ p2 K\n{SECOND}\n# q; x3 A8 k# $\n{THIRD}".encode(), file="一.txt"
    )
    assert [draft.body for draft in read.drafts] == ["\n\n".join([FIRST, SECOND, THIRD])]


def test_a_sentence_above_the_headline_is_no_lead():
    draft = only("邻县的另一条新闻讲的是别的事。", TITLE, FIRST + SECOND, THIRD)
    assert draft.title == TITLE
    assert draft.body == "\n\n".join([FIRST + SECOND, THIRD])


@pytest.mark.parametrize("opening", ["本报讯（记者 示例甲）", ""])
def test_the_first_paragraph_too_is_joined_where_a_column_cut_it(opening):
    text = opening + FIRST
    draft = only(TITLE, "来源：示例日报 2020-02-12", text[:48], text[48:] + SECOND, THIRD)
    assert draft.title == TITLE
    assert draft.body == "\n\n".join([text + SECOND, THIRD])


def test_buttons_behind_a_headline_are_no_part_of_it():
    assert only(f"{TITLE} [打印本页]", "来源：示例日报 2020-02-12", FIRST, SECOND, THIRD).title == TITLE
    assert only("示例论坛", f"标题: {TITLE} [打印本页]", FIRST, SECOND, THIRD).title == TITLE


def test_a_headline_printed_again_under_each_picture_is_no_sentence_of_the_body():
    title = "石桥镇有一群守村口送菜上门的人……"
    draft = only(title, title, FIRST, title, SECOND, title, THIRD)
    assert draft.title == title
    assert draft.body == "\n\n".join([FIRST, SECOND, THIRD])


def test_words_for_search_engines_before_the_headline_are_cut_off():
    assert only(f"党员守村口送菜_{TITLE}", FIRST, SECOND, THIRD).title == TITLE


@pytest.mark.parametrize("line", ["石桥镇手机报党员订阅方式：", "移动用户发送短信到村口送菜10650000"])
def test_how_to_subscribe_is_no_headline(line):
    assert only(line, line, FIRST, SECOND, THIRD).title is None


@pytest.mark.parametrize("rest", ["石桥村里", "“大家放", "2. 送菜上门：每", "这一天没有结束。第"])
def test_the_first_words_of_a_paragraph_that_the_capture_cut_are_body(rest):
    draft = only(TITLE, *LONG, rest)
    assert draft.body.endswith(rest)


@pytest.mark.parametrize("rest", ["转载请", "分享到", "责任编", "示例日报", "回顶"])
def test_the_first_words_of_a_frame_that_the_capture_cut_are_none(rest):
    assert only(TITLE, *LONG, rest).body.endswith(LONG[-1])


def test_two_short_lines_at_the_end_are_no_paragraph():
    assert only(TITLE, *LONG, "示例的", "石桥村里").body.endswith(LONG[-1])


@pytest.mark.parametrize(
    "caption",
    [
        "▲石桥村的志愿者送菜。（示例己 摄）",
        "石桥村的志愿者正在村口执勤。示例己 摄",
        "示例县疫苗快打站明天再度登场，请村民先挂号。(示例县府提供/李示例示例传真)",
        "志愿者走进每一个小区登记、消毒，居民排队测温。图片来源：示例新闻",
        "（2月3日，石桥镇中心小学的老师在操场上宣誓，准备到村口值守，校长给每个人发了口罩。李示例 王例甲 摄）",
    ],
)
def test_what_a_credit_calls_a_picture_is_caption_without_a_picture_too(caption):
    draft = only(TITLE, FIRST, caption, SECOND)
    assert draft.body == FIRST + "\n\n" + SECOND
    assert [one.text for one in draft.captions] == [caption]


def test_a_list_with_arrows_and_a_last_sentence_with_its_source_are_body():
    rows = ["▲村口设卡登记", "▲入户测量体温", "▲送菜上门到户"]
    assert only(TITLE, FIRST, *rows, SECOND).captions == []
    last = "志愿者走进每一个小区登记、消毒，居民排队测温。来源：示例新闻"
    assert only(TITLE, FIRST, SECOND, last).captions == []


def test_a_lost_byte_behind_the_last_mark_ends_no_sentence_open():
    draft = only(TITLE, "“今天又没有新增。”\ufffd", FIRST, SECOND)
    assert draft.body.startswith("“今天又没有新增。”")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (["示例村保卫战"], "示例村保卫战"),
        (["示例村新闻"], None),
        (["示例周刊 2020年9期"], None),
        (["新华社示例市2月2日电 题：示例手记：平原防疫记", "新华社记者"], "示例手记：平原防疫记"),
        (["石桥镇党员守好村口送菜上门的", "紧急通知"], "石桥镇党员守好村口送菜上门的紧急通知"),
        (
            [
                "石桥镇党员守好村口送菜上门",
                "十二个村都成立送菜上门小分队排了班",
                "2020年02月12日09:22 | 来源：示例日报",
            ],
            "石桥镇党员守好村口送菜上门",
        ),
        (
            ["紧急！石桥镇党员守好村口下发文件", "最后更新时间：2020-01-27", "村口设卡登记！"],
            "紧急！石桥镇党员守好村口下发文件",
        ),
        (["石桥镇参加应急演练的党员给村民测量体温", "石桥镇参加应急演练的党员对卡口进行消毒"], None),
        (["本县疫情防控专栏", TITLE, "2020年02月12日09:22 | 来源：示例日报"], TITLE),
    ],
)
def test_the_headline_among_the_lines_above_the_body(head, title):
    assert only(*head, FIRST, SECOND, THIRD).title == title


def test_a_subheading_behind_the_first_sentence_of_a_page_is_no_headline():
    draft = only(FIRST, "取消宴席聚会，减少聚集", SECOND, THIRD)
    assert draft.title is None
    assert draft.body.startswith(FIRST)


def test_the_first_sentence_above_the_byline_is_body_and_a_summary_is_not():
    draft = only(TITLE, FIRST, "|作者：李示例 赵例乙", "|编审：王例甲", SECOND, THIRD)
    assert (draft.title, draft.body) == (TITLE, "\n\n".join([FIRST, SECOND, THIRD]))
    draft = only(TITLE, "摘要：" + FIRST[:48] + "。", "作者：李示例", SECOND + THIRD)
    assert draft.body == SECOND + THIRD


def test_a_summary_under_its_own_heading_is_no_body():
    summary = "志愿者正在送菜。示例县供图 摄 " + FIRST[:40]
    draft = only(TITLE, "导读", summary, FIRST, SECOND, THIRD)
    assert draft.body == "\n\n".join([FIRST, SECOND, THIRD])
    assert only(TITLE, "导读", SECOND, FIRST, THIRD).body == "\n\n".join([SECOND, FIRST, THIRD])


def test_the_word_for_the_end_is_no_body():
    assert only(TITLE, FIRST, SECOND + "（完）").body == FIRST + "\n\n" + SECOND


def test_the_whole_headline_goes_before_its_end_printed_again():
    head = ["石桥镇示例中学举行回校复课防疫演练", "2020-04-10 示例往事", "示例中学举行回校复课", "防疫演练"]
    assert only(*head, "石桥镇示例中学昨天上午开展了防疫演练。" + FIRST, SECOND).title == head[0]


def test_a_word_in_the_place_of_a_picture_is_none_of_the_body():
    draft = only(TITLE, FIRST, "文章图片", "村民守卡。李示例摄", SECOND)
    assert draft.body == FIRST + "\n\n" + SECOND


def test_the_way_of_navigation_that_ends_in_the_headline_is_none():
    head = ["当前所在：首页 > 民主法制 > " + TITLE, TITLE, "2020年02月12日09:22 | 来源：示例日报"]
    assert only(*head, FIRST + SECOND, THIRD).title == TITLE


def test_a_table_of_short_cells_is_body():
    rows = "| 姓名 | 村组 | 体温 | 时间 | 备注 |\n|---|---|---|---|---|\n| 李示例 | 三组 | 36.5 | 早八点 | 正常 |"
    draft = only(TITLE, FIRST, rows, SECOND)
    assert "| 李示例 | 三组 | 36.5 | 早八点 | 正常 |" in draft.body
    assert draft.body.endswith(SECOND)

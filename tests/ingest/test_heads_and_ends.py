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
        text = "\n".join([FIRST, "image.png", told, "示例社记者 李示例 摄"])
        assert [line.kind for line in read_lines(text, text)][2] == kind
    text = "\n".join([FIRST, "6月6日，村民李示例拍下的石桥村街景。", "受访者供图"])
    assert [line.kind for line in read_lines(text, text)][1] == "caption"


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


def test_numbered_parts_above_the_first_long_paragraph_are_body():
    parts = [
        "自2022年11月21日0时起，新增划定部分高风险区域。",
        "一、具体点位（2个）",
        "1.示例街道：示例小区，示例社区。",
        "二、管控措施",
    ]
    draft = only("11月21日示例区新增哪些高风险区域？", "来源：示例网 2022-11-21 17:00:58", *parts, "1." + SECOND)
    assert draft.title == "11月21日示例区新增哪些高风险区域？"
    assert draft.body.startswith(parts[0])


def test_a_text_set_in_short_lines_begins_below_the_source_line():
    verse = ["十月深秋", "示例县境内持续降温", "突如其来的疫情", "恰如这场冷空气", "令人始料未及"]
    draft = only("疫情之下，一个你没见过的示例县", "示例网 2021-10-23 18:17:00", *verse, FIRST, SECOND)
    assert draft.body.startswith(verse[0])


def test_a_row_of_buttons_below_the_source_line_is_no_verse():
    draft = only(
        "石桥镇党员守好村口", "示例网 2021-10-23 18:17:00", "大号", "中号", "小号", "转发", "微博", FIRST, SECOND
    )
    assert draft.body.startswith(FIRST)


def test_a_short_headline_below_a_lost_picture_is_a_headline_where_the_day_follows():
    assert (
        only("image", "“疫情当前 我们请战”", "2020-01-28", "疫情当前，党员请战。" + FIRST, SECOND).title
        == "“疫情当前 我们请战”"
    )


def test_the_way_of_navigation_may_end_in_the_headline():
    way = "首页 » 问答 » 问答 » 石桥镇的党员守好村口"
    draft = only(way, "甲乙 - 2025/5/10 18:17:00", FIRST, SECOND)
    assert draft.title == "石桥镇的党员守好村口"
    column = only("首页 » 专题 » 万众一心战疫情", "石桥镇党员守好村口", "示例网 2021-10-23 18:17:00", FIRST, SECOND)
    assert column.title == "石桥镇党员守好村口"


@pytest.mark.parametrize(
    ("lines", "outlet"),
    [
        (("【示例新闻网北京时间2021年09月11日讯】" + FIRST,), "示例新闻网"),
        (("石桥镇党员守好村口", "发于2021.1.25总第982期《示例周刊》", FIRST), "示例周刊"),
        (("石桥镇党员守好村口", "“示例发布”微信公众号8月9日消息：" + FIRST), "示例发布"),
        (("石桥镇党员守好村口", "示例县卫健委网站消息，4月8日无新增病例。" + FIRST), None),
        (("示例传媒", "图片 > 正文", "石桥镇党员守好村口", "2021年01月22日 16:17", FIRST), "示例传媒"),
        (("石桥镇党员守好村口", FIRST + "（总台记者 李示例）"), None),
    ],
)
def test_outlets_by_where_a_piece_was_printed_and_sent(lines, outlet):
    assert only(*lines, SECOND).outlet == outlet


def test_a_line_that_says_where_the_piece_is_from_is_no_body():
    draft = only("石桥镇党员守好村口", "本文来自微信公众号：示例周刊（ID：example），记者：李示例", FIRST, SECOND)
    assert draft.body == f"{FIRST}\n\n{SECOND}"
    assert [author.name for author in draft.authors] == ["李示例"]


def test_a_bracket_with_a_dateline_is_no_headline():
    assert only("【示例新闻网北京时间2021年09月11日讯】" + FIRST, SECOND).title is None


def test_a_byline_runs_into_the_day_of_the_first_sentence():
    draft = only("石桥镇党员守好村口", "示例晚报见习记者李示例1月27日，农历大年初三。" + FIRST, SECOND)
    assert ([author.name for author in draft.authors], draft.outlet) == (["李示例"], "示例晚报")


def test_labels_behind_the_last_sentence_of_a_paragraph():
    draft = only("石桥镇党员守好村口", FIRST, SECOND + " 记者：李示例 王例甲 来源：示例县融媒体中心 责任编辑：赵示例")
    assert [author.name for author in draft.authors] == ["李示例", "王例甲"]
    assert (draft.outlet, draft.editors) == ("示例县融媒体中心", ["赵示例"])


def test_the_account_of_a_place_is_no_writer():
    assert authors("石桥镇党员守好村口", FIRST, SECOND, "作者：云上谷城") == []


def test_a_source_that_names_nobody_run_into_the_first_sentence():
    draft = only("石桥镇党员守好村口", "2023/6/2 来源：不详" + FIRST + SECOND, FIRST[::-1])
    assert draft.body.startswith(FIRST)
    assert draft.outlet is None


def test_a_paper_beside_its_reporter_and_a_bar():
    draft = only("石桥镇党员守好村口", "示例日报客户端 | 记者 李示例", "2022-05-25 11:59", FIRST, SECOND)
    assert (draft.outlet, [author.name for author in draft.authors]) == ("示例日报客户端", ["李示例"])


def test_whom_a_notice_is_for_is_body():
    told = "各乡镇（街道），县直各单位："
    assert only("关于做好防控工作的通知", told, NOTICE, SECOND).body.startswith(told)


def test_counts_of_downloads_are_no_headline():
    draft = only("标题：关于实施区域管控的通告 [打印本页]", "(, 下载次数: 40)", NOTICE, SECOND)
    assert draft.title == "关于实施区域管控的通告"


def test_headings_that_count_what_follows_stand_in_the_body():
    draft = only(
        "示例市中高风险地区有哪些", "截至11月14日，具体分别是：", "高风险地区2个：", "示例街道和示例社区。", SECOND
    )
    assert draft.body.startswith("截至11月14日")


def test_writers_behind_a_bar():
    assert authors("石桥镇党员守好村口", "文 | 王示例", FIRST, SECOND) == [("王示例", "文")]


def test_a_description_under_the_label_of_this_piece_is_a_summary():
    assert only("石桥镇党员守好村口", "本文摘要：" + FIRST[:30] + "。", FIRST, SECOND).body == f"{FIRST}\n\n{SECOND}"


COLUMN = "当前位置：首页 > 专题专栏 > 新型冠状病毒肺炎疫情防控"


@pytest.mark.parametrize("headline", ["石桥镇党员守好村口第一道门", "示例县疫情防控指挥部关于石桥镇党员守好村口的通告"])
def test_the_column_at_the_end_of_the_way_is_not_put_before_a_headline(headline):
    assert only(COLUMN, headline, FIRST, SECOND).title == headline
    subtitle = "送菜上门不漏一户"
    page = (
        f"<html><head><title>{headline}</title></head><body><div>{COLUMN}</div><h1>{headline}</h1><p>{subtitle}</p>"
        f"<p>来源：示例日报 2020-02-12</p><div><p>{FIRST}</p><p>{SECOND}</p></div></body></html>"
    )
    (draft,) = read_page(page.encode(), file="一.html").drafts
    assert draft.title is not None
    assert draft.title.startswith(headline)


def test_where_only_a_column_is_named_the_headline_is_unknown():
    assert only(COLUMN, FIRST, SECOND).title is None


def test_a_headline_that_only_the_way_of_navigation_prints_is_doubtful():
    draft = only("当前位置：首页 > 问答 > 石桥镇村口怎样守", FIRST, SECOND)
    assert draft.title == "石桥镇村口怎样守"
    assert [(one.rule, one.confidence) for one in draft.evidence if one.field == "title"] == [("title-from-trail", 0.6)]


@pytest.mark.parametrize(
    "headline", ["石桥镇为企业送来政策喜讯", "石桥镇供电所全力以赴保供电", "石桥镇社区网格员送来喜讯"]
)
def test_a_headline_in_brackets_may_end_in_the_words_of_a_dateline(headline):
    assert only(f"【{headline}】{FIRST}", SECOND).title == headline


@pytest.mark.parametrize(
    "opening", ["示例网石桥镇2月12日讯", "新华社示例市2月12日电", "示例日报石桥镇消息", "本报石桥镇专电"]
)
def test_a_dateline_in_brackets_is_no_headline(opening):
    assert only(f"【{opening}】{FIRST}", SECOND).title != opening


def test_short_sentences_below_the_source_open_the_body():
    short = "2月3日一早，石桥镇的大喇叭响了起来。"
    row = "一段石桥镇守村口的视频"
    draft = only(
        "石桥镇党员守好村口送菜上门",
        "2020-02-03 来源：示例日报",
        row,
        "在朋友圈传开",
        short + "从镇东到镇西，家家都听得见。",
        "石桥镇的村口怎么守？",
        FIRST + SECOND,
    )
    assert draft.body.startswith(row)


def test_a_number_and_a_subheading_part_the_first_sentences_from_the_rest():
    sentences = [piece + "。" for piece in FIRST[:-1].split("，")[:3]]
    draft = only("石桥镇守好村口", *(sentence * 2 for sentence in sentences), "01", "守村口的第一天", FIRST + SECOND)
    assert draft.body.startswith(sentences[0])


def test_a_lead_above_its_writers_and_its_source_belongs_to_the_body():
    draft = only("石桥镇守好村口", FIRST, "文/李示例   编辑/王例甲", "来源：示例公社(ID:slgongshe)", SECOND)
    assert draft.body.startswith(FIRST) and draft.outlet == "示例公社"


def test_a_headline_with_clauses_is_no_half_sentence_of_the_body():
    sentence = "石桥镇的党员守好村口，把菜送到各家各户，大家都很放心。"
    draft = only(
        "迟来的村口值守：一个村医，四十四名返乡人，来不及测的体温",
        "来源 | 示例周末(slzhoumo)",
        sentence,
        sentence.replace("菜", "药"),
    )
    assert draft.title == "迟来的村口值守：一个村医，四十四名返乡人，来不及测的体温"
    assert draft.body.startswith(sentence)


def test_a_page_set_in_rows_has_its_body_below_the_date():
    rows = [f"“石桥镇第{number}天守村口”" for number in "一二三四五六七八九十甲乙丙丁"]
    draft = only("石桥镇的村口", "示例日报 2021-07-22", *rows)
    assert (draft.outlet, draft.body.split("\n\n")[0]) == ("示例日报", rows[0])


def test_headlines_of_other_pieces_below_the_editors_are_no_body():
    others = ["示例县艺术节开幕 再续前缘", "示例省联谊会，共话发展", "示例新闻学习：为何这样称呼他们", "示例山上展新颜"]
    assert only("石桥镇守好村口", FIRST, SECOND, "责任编辑：李示例", *others).body == f"{FIRST}\n\n{SECOND}"


def test_a_description_of_the_paragraphs_words_cut_off_is_a_summary():
    cut = FIRST[:20] + FIRST[26:-1] + SECOND[:25]
    assert only("石桥镇守好村口", "日期：2022-03-17 00:26", cut, FIRST + SECOND).body == FIRST + SECOND


@pytest.mark.parametrize(
    "line",
    [
        "2月3日0时至10时",
        "查看: 499|回复: 0",
        "记录员：李（示例县农技站站长）",
        "▲▼石桥镇，村口，守夜。（图／翻摄微博）",
    ],
)
def test_times_counters_and_labels_are_no_headlines(line):
    assert only(line, FIRST, SECOND).title is None


def test_a_line_broken_at_a_number_is_the_beginning_of_its_paragraph():
    first = "石桥镇地处示例县的东南，与邻县相接的路长达 16.8"
    assert only("石桥镇守好村口", first, "公里，三面是山。" + SECOND, FIRST).body.startswith(first)


def test_the_writers_name_run_into_a_flattened_headline_is_cut_off():
    line = f"石桥镇守好村口送菜上门 周示例 2020-3-09 来源：示例日报 {FIRST} 作者：周示例 赞一个 (0)"
    draft = only(line)
    assert draft.title == "石桥镇守好村口送菜上门" and [author.name for author in draft.authors] == ["周示例"]


def test_the_label_of_a_headline_ends_before_the_next_label():
    draft = only("原标题：石桥镇守好村口送菜上门 来源：示例日报客户端", FIRST, SECOND)
    assert (draft.title, draft.outlet) == ("石桥镇守好村口送菜上门", "示例日报客户端")


def test_the_account_a_piece_was_taken_from_goes_before_what_the_site_calls_its_source():
    told = "声明：本文来自于微信公众号 示例公社(ID:slgongshe),作者：李示例,授权示例传媒转载发布。"
    draft = only("石桥镇守好村口送菜上门", "发布时间：2020-02-03 来源：示例营销", told, FIRST, SECOND)
    assert draft.outlet == "示例公社" and [author.name for author in draft.authors] == ["李示例"]


@pytest.mark.parametrize("below", [SECOND, FIRST, "台州示例医院的医生们说，" + SECOND])
def test_a_headline_that_ends_in_a_figure_is_no_beginning_of_a_paragraph(below):
    draft = only("示例县送出口罩，每户10，共1200", below, FIRST)
    assert draft.title == "示例县送出口罩，每户10，共1200"
    assert draft.body.startswith(below[:8])


def test_columns_of_a_table_of_cases_are_no_line_of_the_source():
    rows = [
        "| 病例 | 性别 | 感染来源 | 居住地 |",
        "| 病例1 | 男 | 感染来源/外地返乡 | 石桥镇 |",
        "感染来源|外地返乡人员，发病前十四天在外地居住。",
    ]
    body = only("示例县新增病例情况", "来源：示例县卫健委  2020-02-02", FIRST, *rows, SECOND).body
    assert all(row in body for row in rows)
    assert only("石桥镇守好村口", "来源|示例日报 2020-02-02", FIRST, SECOND).outlet == "示例日报"


def test_the_track_of_a_case_below_the_editor_stays_in_the_body():
    track = [
        "病例1活动轨迹",
        "1月20日 乘坐列车回到示例县城",
        "1月21日 在石桥镇家中，去过菜市场",
        "1月22日 到县医院就诊，随即住院",
    ]
    draft = only("示例县新增2例确诊病例", "来源：示例发布 2020-02-03", FIRST, "编辑：李示例", *track)
    assert all(line in draft.body for line in track)


def test_a_sentence_that_ends_in_a_word_of_details_is_no_teaser():
    assert furniture_kind("为此，县里设立了服务专班，24小时接听咨询电话(详细)") == ""
    assert furniture_kind("某县一行再次出访邻县...[详细]") == "teaser"

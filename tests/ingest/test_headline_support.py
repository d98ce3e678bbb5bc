"""What supports a headline and what only stands above a body: labels, words for lost pictures, days, first sentences."""

import pytest

from archive.ingest.extract.furniture import furniture_kind
from archive.ingest.extract.lines import read_lines
from archive.ingest.extract.tails import cut_tail
from archive.ingest.pipeline import read_page

FIRST = "示例县石桥镇的党员和志愿者连日来守好村口，设卡登记，为过往的村民测量体温，并把口罩和药品送到独居老人家里。"
SECOND = "镇党委负责人介绍，全镇十二个村都成立了送菜上门小分队，党员排了班，一天三趟，米面油都送到门口，请大家放心。"


def only(*lines):
    read = read_page("\n".join(lines).encode(), file="一.txt")
    assert len(read.drafts) == 1
    return read.drafts[0]


def test_words_for_a_lost_picture_do_not_support_themselves():
    alt = "众志成城共度时艰"
    draft = only("众志成城共渡时艰 石桥镇党员把口罩送到老人家里", alt, alt, FIRST, alt, SECOND)
    assert draft.title == "众志成城共渡时艰 石桥镇党员把口罩送到老人家里"


def test_a_headline_below_the_source_line_may_have_other_words_than_its_body():
    assert (
        only("来源：示例县融媒体中心 发布时间：2020-02-10 09:12", "寒夜里的守护人", FIRST, SECOND).title
        == "寒夜里的守护人"
    )


def test_a_headline_in_brackets_may_end_in_a_holiday():
    assert only(f"【石桥镇开展战疫主题党日】2月9日上午，{FIRST}", SECOND).title == "石桥镇开展战疫主题党日"


def test_a_first_sentence_that_ends_in_a_quotation_is_body_and_no_headline():
    opening = "3月19日，有网友在县里的留言区提问：“听说昨天石桥镇的小区开放了，居民都出去买菜了？”"
    draft = only("时间：2022-03-19 15:31:30  来源：示例新闻", opening, FIRST, SECOND)
    assert draft.title is None
    assert draft.body.startswith("3月19日")


def test_the_genre_and_the_matter_of_a_piece_are_no_headline():
    draft = only("深度 2019冠状病毒疫情", "石桥镇的一天：守村口的送菜的", "2019冠状病毒疫情之下，" + FIRST, SECOND)
    assert draft.title == "石桥镇的一天：守村口的送菜的"


def test_the_number_of_a_part_is_no_headline():
    assert only("2020年03月01日13:15 来源：示例网", "【第一部分】村口的党员", FIRST, SECOND).title is None


def test_the_house_and_its_day_in_brackets_are_no_headline_and_name_the_outlet():
    draft = only(f"【示例之声2021年2月2日】(本台记者李示例综合报导){FIRST}", SECOND)
    assert draft.title is None
    assert draft.outlet == "示例之声"


def test_a_form_of_labels_says_headline_outlet_and_writer():
    draft = only(
        "完整標題：石桥镇党员守好村口",
        "發稿單位：示例廣播電台",
        "發稿時間：2021/12/22",
        "撰 稿 者：李示例",
        FIRST,
        SECOND,
    )
    assert draft.title == "石桥镇党员守好村口"
    assert draft.outlet == "示例广播电台"
    assert [author.name for author in draft.authors] == ["李示例"]


def test_the_button_and_the_counters_behind_a_threads_headline_are_no_part_of_it():
    draft = only("石桥镇党员守好村口 [复制链接] 查看:683回复:1", "2020-04-20 08:03:36 来源: 示例日报", FIRST, SECOND)
    assert draft.title == "石桥镇党员守好村口"
    assert draft.outlet == "示例日报"


@pytest.mark.parametrize(
    ("line", "title", "start"),
    [
        (
            f"石桥镇党员志愿者守好村口時間:2022-11-25 示例新闻通讯社示例讯(记者 李示例){FIRST}",
            "石桥镇党员志愿者守好村口",
            "示例新闻通讯社",
        ),
        (f"石桥镇党员志愿者守好村口 Feb 7, 2022 {FIRST}{SECOND}", "石桥镇党员志愿者守好村口", FIRST[:8]),
        (f"文章来源:示例者网;作者:李示例 {FIRST}{SECOND}", None, FIRST[:8]),
    ],
)
def test_a_head_that_ran_into_the_first_paragraph_is_parted_from_it(line, title, start):
    draft = only(line, SECOND)
    assert draft.title == title
    assert draft.body.startswith(start)


def test_questions_of_a_dialogue_belong_to_the_body():
    dialogue = [
        "王村医：那不是每天都去，一般三天一次，出门就戴口罩。你干啥去？",
        "记者：这是你们村的吗？",
        "王村医：他刚才到卫生院去。",
    ]
    draft = only(*dialogue, FIRST, SECOND)
    assert draft.title is None
    assert draft.body.startswith("王村医：那不是每天")


def test_a_summary_that_keeps_the_house_of_the_dateline_is_a_summary():
    told = f"11月17日讯（记者 李示例）{FIRST}"
    draft = only("石桥镇党员守好村口", "来源：示例网 发布时间：2021-11-17", f"摘要：示例网{told}{SECOND}", told, SECOND)
    assert draft.body.startswith("11月17日讯")


def test_a_caption_that_says_whose_picture_it_is_is_no_first_sentence():
    draft = only("12月21日，石桥镇的居民排队检测。(图片来源：STR/AFP)", FIRST, SECOND)
    assert draft.body.startswith("示例县")


def test_a_report_behind_a_note_of_the_editors_still_has_its_dateline():
    note = "编者按：本网推出公益平台，以短视频的形式分系列推出，传播各地的好故事、好人物，欢迎大家关注。"
    draft = only("石桥镇党员守好村口", note, SECOND, FIRST, f"示例网石桥3月14日讯(记者 李示例)“请出示证件。”{FIRST}")
    assert draft.outlet == "示例网"


def test_a_row_of_links_may_hold_a_greeting():
    assert furniture_kind("要闻 | 城市 | 原创 | 视频     直观中国 | 老外在示例 | 专题 | Hi,示例!") == "menu"
    assert furniture_kind("口罩,消毒液 | 米,面 | 药品,测温枪 | 菜,肉 | 水,奶") == ""


def test_the_agency_behind_the_first_words_is_the_source():
    assert only("县城关闭经营场所", "据新华社，记者从发布会上获悉，" + FIRST, SECOND).outlet == "新华社"


def test_by_the_words_of_a_report_its_outlet_is_named_without_them():
    assert only("县里通报疫情防控最新消息", "据示例新闻消息，3月28日，" + FIRST, SECOND).outlet == "示例新闻"


def test_a_name_with_its_work_is_no_headline():
    lines = [
        "疫期路卡：一个小镇的守护",
        "李示例 图/文",
        "2020-02-16 17:02",
        "来源：示例新闻",
        "石桥镇路卡前，" + FIRST,
        SECOND,
    ]
    draft = only(*lines)
    assert draft.title == "疫期路卡：一个小镇的守护"
    assert [author.name for author in draft.authors] == ["李示例"]


def test_a_wire_report_shortened_by_a_paper_keeps_its_day_and_its_agency():
    draft = only("守好村口", f"据新华社石家庄2月10日电 {FIRST}", SECOND)
    assert draft.outlet == "新华社"


def test_a_wire_paragraph_late_in_a_piece_without_a_note_is_no_dateline():
    wire = f"新华社北京2月9日电（记者李示例）{FIRST}"
    assert (
        only(
            "石桥镇守好村口",
            SECOND,
            "镇里的大喇叭早晚各播一遍，提醒大家少出门，不聚集，勤洗手，戴好口罩。",
            FIRST,
            wire,
        ).outlet
        is None
    )


def test_a_clock_with_names_run_together_is_no_headline():
    lines = ["石桥镇抗疫，拉响警报", "2021-01-14 11:18:16李示例王例甲", "示例周末 2021-01-14", FIRST, SECOND]
    assert only(*lines).title == "石桥镇抗疫，拉响警报"


def test_workers_are_no_label_of_writers():
    draft = only("社区工作者：坚守最后一道防线", "2020-03-12 09:31:00  来源：示例网  作者：李示例", FIRST, SECOND)
    assert draft.title == "社区工作者：坚守最后一道防线"
    assert draft.outlet == "示例网"


def test_the_number_to_call_is_no_outlet():
    page = ["2022年08月15日 星期一  报料热线：966123", "石桥镇里静悄悄", "■ 本报记者 李示例", FIRST, SECOND]
    assert only(*page).outlet is None


def test_an_account_may_stand_between_a_paper_and_its_reporter():
    told = "上午10时许，示例日报(ID:Shili_Daily_2020)记者来到石桥镇，小区各个入口均已封闭，居民在家中等候通知。"
    assert only("石桥镇小区封闭", FIRST, told, SECOND).outlet == "示例日报"


def test_rows_of_a_verse_with_a_stop_or_two_stay_to_the_last():
    rows = [f"他们守着石桥镇第{number}个路口，" for number in range(2, 14)]
    text = "\n".join([*rows, "我们一定能打赢这一仗。", "只是看好自己的村庄，", "不能让病毒传染到老人"])
    lines = read_lines(text, text)
    body, aside = list(lines), {}
    cut_tail(body, aside, None)
    assert body == lines and not aside


def test_a_writer_behind_the_word_for_ones_own_is_a_label():
    assert only("石桥镇守好村口", "来源:本站原创作者:佚名 2020-02-11", FIRST, SECOND).outlet is None


def test_reporters_before_the_day_of_the_first_sentence_and_editors_without_marks():
    draft = only(f"记者 李示例 王例甲 昨天上午10点半，{FIRST}", SECOND, "编辑张示例校对赵例乙")
    assert {author.name for author in draft.authors} == {"李示例", "王例甲"}
    assert set(draft.editors) == {"张示例", "赵例乙"}


def test_a_paragraph_that_tells_of_parlours_for_games_is_no_spam():
    told = "本轮疫情中，保洁员、棋牌室老年人，对疫情进展了解不多，防护意识不足，记不住自己的行程轨迹，接收不到通知"
    assert furniture_kind(told.replace("，", ",")) == ""


def test_a_piece_set_in_short_lines_throughout_is_text_and_no_row_of_headings():
    rows = [
        "2月9日,示例镇发出通告", "重点区域范围内", "所有人以居家为主", "外出买菜的每户一人", "示例社区的路口", "不见往日的车来车往",
        "志愿者老甲步履匆匆", "他来自一家物业公司", "正要去给邻居送药", "“大家都做一点事", "都出一份力”老甲说", "围栏上张贴着指引", "请听从现场人员指挥",
        "一位快递员从邻镇过来", "骑了一个小时电动车", "把物资放在了集中点",
    ]  # fmt: skip
    page = "\n\n".join(["直击示例镇：足不出户，静待风雨过去", "2020-02-10 19:00:00  编辑：示例甲", *rows])
    (draft,) = read_page(page.encode(), file="a.txt", media_type="text/plain").drafts
    assert draft.title == "直击示例镇：足不出户，静待风雨过去"
    assert draft.body.split("\n\n") == rows
    assert {block.kind for block in draft.blocks} == {"paragraph"}

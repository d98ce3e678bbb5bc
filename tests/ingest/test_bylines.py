"""Who wrote it, in which role; invented persons with 示例 names."""

from __future__ import annotations

import pytest

from archive.ingest.extract.person_names import is_person, read_names, split_run
from archive.ingest.pipeline import read_page
from tests.ingest.fields_pages import BODY, fields_of


def names(**parts: str | None) -> list[str]:
    return [author.name for author in fields_of(**parts).authors]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("本报讯（记者 李示例）" + BODY, [("李示例", "记者")]),
        ("本报讯(记者 李示例 通讯员 王例)" + BODY, [("李示例", "记者"), ("王例", "通讯员")]),
        ("　（记者\ufffd李示例 通讯员 王例甲）" + BODY, [("李示例", "记者"), ("王例甲", "通讯员")]),
        ("示例网讯（记者李示例通讯员王例甲）" + BODY, [("李示例", "记者"), ("王例甲", "通讯员")]),
        ("本報訊（記者 李示例）" + BODY, [("李示例", "记者")]),
        ("本报讯 特约记者李示例 通讯员王例报道:" + BODY, [("李示例", "特约记者"), ("王例", "通讯员")]),
        (BODY + "（记者 李示例）", [("李示例", "记者")]),
        (BODY + "（作者：李示例）", [("李示例", "作者")]),
        (BODY + "（李示例 王 例 赵 甲）", [("李示例", ""), ("王例", ""), ("赵甲", "")]),
        (BODY + " 记者 李示例 通讯员 王例甲", [("李示例", "记者"), ("王例甲", "通讯员")]),
        ("新华社示例市2月3日电（记者李示例、王例甲）" + BODY, [("李示例", "记者"), ("王例甲", "记者")]),
        ("中新网示例市2月3日电 (李示例 王例甲)" + BODY, [("李示例", "电头"), ("王例甲", "电头")]),
        ("〔記者李示例／示例報導〕" + BODY, [("李示例", "记者")]),
        ("【示例報記者李示例/示例市報導】" + BODY, [("李示例", "记者")]),
        ("示例新闻网示例2月2日讯(李示例 文/图)" + BODY, [("李示例", "文/图")]),
        ("示例新闻网示例2月2日讯(示例村 摄影)" + BODY, []),
        ("本报讯(李示例)“不串门，不聚会。”" + BODY, [("李示例", "")]),
        ("示例全媒体讯(卫健宣)" + BODY, []),
        ("示例全媒体讯(李示例 卫健宣)" + BODY, [("李示例", "")]),
        ("本报讯 (李示例 穆示例 瞿例甲)" + BODY, [("李示例", ""), ("穆示例", ""), ("瞿例甲", "")]),
        ("本报讯(示例)" + BODY, []),
        ("记 者 李示例 通讯员 王例甲 “各位居民，请下楼。”" + BODY, [("李示例", "记者"), ("王例甲", "通讯员")]),
        (BODY + "(记者李示例 瞿例甲 贵州遵义报道)", [("李示例", "记者"), ("瞿例甲", "记者")]),
        (BODY + "(示例台:李示例)", [("李示例", "")]),
        (BODY + "(李示例 王例甲 制作 赵例乙)", [("李示例", ""), ("王例甲", "")]),
        (BODY + "(李示例 王例甲 编辑 赵例乙)", [("李示例", ""), ("王例甲", "")]),
        (BODY.rstrip("。") + "，不漏一户，通讯员 李示例", [("李示例", "通讯员")]),
        (BODY.rstrip("。") + "，慰问一线的通讯员 队伍", []),
    ],
)
def test_a_byline_in_the_body_gives_names_and_roles(body: str, expected: list[tuple[str, str]]) -> None:
    assert [(author.name, author.role) for author in fields_of(body=body).authors] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("作者:李示例 编辑:王例甲", ["李示例"]),
        ("来源:示例日报作者:李示例发布时间:2020-02-03", ["李示例"]),
        ("记者 李示例 通讯员 王例甲", ["李示例", "王例甲"]),
        ("示例日报记者 李示例", ["李示例"]),
        ("作者:李示例 二水 王例甲", ["李示例", "二水", "王例甲"]),
        ("示例日报客户端记者李示例王例甲", ["李示例", "王例甲"]),
        ("图/文 李示例", ["李示例"]),
        ("示例日报记者 李示例/文 王例甲 赵示例/图", ["李示例", "王例甲", "赵示例"]),
        ("文/示例日报记者 李示例", ["李示例"]),
        ("記者 / 李示例", ["李示例"]),
        ("作者:文/李示例 图/王例甲", ["李示例"]),
        ("□李示例", ["李示例"]),
        ("李示例 / 報導", ["李示例"]),
        ("李示例", ["李示例"]),
        ("2020-02-03 10:11:12李示例 王例甲", ["李示例", "王例甲"]),
        ("作者:佚名", []),
        ("作者:admin", []),
        ("作者:采集侠", []),
        ("作者:", []),
        ("作者:示例日报社", []),
        ("作者:热点", []),
        ("来源: 编辑:供稿", []),
        ("全部", []),
        ("党建", []),
        ("责任编辑:王例甲", []),
    ],
)
def test_a_line_above_the_body_names_its_author_or_nobody(line: str, expected: list[str]) -> None:
    assert names(head=line) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "记者看到，村口的帐篷里亮着灯。",
        "“请放心。”李支书告诉记者。",
        "记者从县防控指挥部获悉，全县设卡四十处。",
        "村民李大爷（化名）说，他不出门。",
        "物资已经送到（详见下图）。",
    ],
)
def test_reporters_in_running_prose_are_no_byline(sentence: str) -> None:
    assert names(body=BODY + sentence + "\n" + BODY + sentence) == []


def test_editors_are_kept_apart_from_authors() -> None:
    fields = fields_of(
        head="2020-02-03 来源:示例日报 责任编辑:王例甲", body=BODY + "（李示例）", foot="【编辑:赵示例】\n责编/钱例"
    )
    assert [author.name for author in fields.authors] == ["李示例"]
    assert fields.editors == ["王例甲", "赵示例", "钱例"]


def test_each_author_has_evidence_in_the_text() -> None:
    fields = fields_of(body="本报讯（记者 李示例）" + BODY)
    row = next(row for row in fields.evidence if row.field == "authors")
    assert (row.value, row.text, row.basis) == ("李示例", "李示例", "stated")


def test_a_photographer_counts_where_nobody_else_is_named() -> None:
    photo = BODY + "图为值守现场。 李示例 摄"
    assert names(body=photo) == ["李示例"]
    assert names(body="本报讯（记者 王例甲）" + BODY + "\n" + photo) == ["王例甲"]


@pytest.mark.parametrize(
    ("run", "parts"),
    [
        ("李示例王例甲", ["李示例", "王例甲"]),
        ("李例王示例", ["李例", "王示例"]),
        ("欧阳示例王例", ["欧阳示例", "王例"]),
        ("示例村委会", None),
    ],
)
def test_names_that_run_together_part_at_family_names(run: str, parts: list[str] | None) -> None:
    assert split_run(run) == parts


def test_padded_names_are_joined_and_kept_in_order() -> None:
    read = read_names("李示例 王 例 赵 甲")
    assert read is not None
    assert read.names == ["李示例", "王例", "赵甲"]


@pytest.mark.parametrize("word", ["佚名", "编辑部", "宣传部", "示例镇政府", "防控办", "通讯员", "本网"])
def test_organisations_and_words_are_no_persons(word: str) -> None:
    assert not is_person(word)


def test_minority_names_with_a_dot_are_persons() -> None:
    assert is_person("示例·某某")


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"body": BODY + "\n县示例信息服务中心 李示例"}, ["李示例"]),
        ({"foot": "示例县示例镇 李示例 王例甲"}, ["李示例", "王例甲"]),
        ({"body": BODY + "（示例县水务局 李示例）"}, ["李示例"]),
        ({"foot": "示例镇党政办 图文"}, []),
        ({"foot": "示例县公安局 版权所有"}, []),
        ({"head": "作者:王例甲", "foot": "示例县公安局 李示例"}, ["王例甲"]),
    ],
)
def test_an_office_signs_with_its_writer(parts: dict[str, str], expected: list[str]) -> None:
    assert names(**parts) == expected


def test_the_station_before_a_reporter_is_no_person() -> None:
    assert names(body="示例时刻3月3日讯(冷水江站记者 李示例 王例甲)" + BODY) == ["李示例", "王例甲"]


def test_a_caption_with_its_credit_is_no_row_of_names() -> None:
    assert names(body=f"{BODY}\n示例村村民在整理田地 通讯员李示例 供图\n{BODY}（记者 王例甲）") == ["王例甲"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("示例社会新闻网(李示例) 9日上午，一辆车开进示例镇。" + BODY, ["李示例"]),
        (BODY + " 李示例", ["李示例"]),
        (BODY + " 未完", []),
    ],
)
def test_a_name_alone_at_either_end(body: str, expected: list[str]) -> None:
    assert names(body=body) == expected


def test_a_photographer_is_named_with_the_role_where_nobody_else_is() -> None:
    page = f"示例镇筑牢防线\n志愿者在村口值守。李示例 摄\n{BODY * 6}\n"
    found = read_page(page.encode(), file="页.txt").drafts[0].authors
    assert [(author.name, author.role) for author in found] == [("李示例", "摄")]


def test_editors_without_a_mark_or_inside_a_bracket_are_editors() -> None:
    fields = fields_of(body=BODY + "（作者：李示例 编辑：王例甲）", foot="责编赵例乙")
    assert [author.name for author in fields.authors] == ["李示例"]
    assert set(fields.editors) == {"王例甲", "赵例乙"}
    assert fields_of(body=BODY, foot="编辑部门").editors == []
    assert fields_of(body=BODY, foot="（责编：赵例乙、宽容）").editors == ["赵例乙", "宽容"]
    assert fields_of(body=BODY, foot="（责编：赵例乙、示例日报社）").editors != ["赵例乙", "示例日报社"]
    assert fields_of(body=BODY, foot="值班主任丨赵例乙").editors == ["赵例乙"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2020-03-10 来源: 示例网-示例日报 李示例", ["李示例"]),
        ("2020-03-10 来源: 示例网-示例日报 示例", []),
        ("2020-03-10 来源: 示例日报 综合报道", []),
    ],
)
def test_a_writer_behind_the_outlet_of_the_source_line(line: str, expected: list[str]) -> None:
    assert names(head=line) == expected


def test_the_medium_belongs_to_the_outlet_or_to_the_role() -> None:
    found = fields_of(body=BODY + "（示例日报当代融媒体记者 李示例）")
    assert (found.outlet, [(author.name, author.role) for author in found.authors]) == (
        "示例日报当代融媒体",
        [("李示例", "记者")],
    )


def test_names_of_five_characters_of_other_languages_are_one() -> None:
    read = read_names("艾孜哈尔 伊布拉木江", strict=False)
    assert read is not None
    assert read.names == ["艾孜哈尔", "伊布拉木江"]


@pytest.mark.parametrize(
    ("foot", "expected"),
    [
        ("（文/李示例 图/王例甲）", [("李示例", "文")]),
        ("【文/李示例】", [("李示例", "文")]),
        ("文/李示例 | 编辑 王例甲", [("李示例", "文")]),
        ("【整理/李示例】", [("李示例", "整理")]),
        ("文|李示例", [("李示例", "文")]),
    ],
)
def test_a_writer_behind_his_work_in_brackets_or_before_a_bar(foot: str, expected: list[tuple[str, str]]) -> None:
    found = [(author.name, author.role) for author in fields_of(foot=foot).authors]
    assert found[:1] == expected


def test_twenty_reporters_sign_together() -> None:
    people = [f"李示{char}" for char in "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸"]
    assert names(head="示例日报记者 " + " ".join(people)) == people


def test_the_account_that_a_piece_was_taken_from_names_its_writers() -> None:
    assert names(head="本文来自微信公众号:示例财经 (ID:slcaijing),作者:李示例、王例甲,头图来自:示例中国") == [
        "李示例",
        "王例甲",
    ]
    assert names(head="编者按:本文来源微信公众号示例公社,作者李 例,示例网经授权转载。") == ["李例"]

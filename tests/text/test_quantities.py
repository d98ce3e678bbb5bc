"""Numbers with unit and noun, by the convention of docs/quantities.md."""

import json
from pathlib import Path

import pytest

from archive.text.quantities import quantities, sentence_around
from archive.text.quantities.numbers import in_characters

LABELS = Path(__file__).resolve().parents[1] / "labels"


def read(text: str) -> list[tuple]:
    return [(one.low, one.high, one.unit, one.noun) for one in quantities(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("798名机关干部下沉一线。", [(798, 798, "名", "机关干部")]),
        ("筹集善款12.6万元。", [(126_000, 126_000, "元", "善款")]),
        ("走访3,215户。", [(3215, 3215, "户", "")]),
        ("走访３，２１５户。", [(3215, 3215, "户", "")]),
        ("核对３２１５户", [(3215, 3215, "户", "")]),
        ("新增确诊病例15例，死亡2例。", [(15, 15, "例", "确诊病例"), (2, 2, "例", "死亡")]),
        ("覆盖率达98.5％，百分之三十", [(98.5, 98.5, "%", "覆盖率"), (30, 30, "%", "")]),
        ("隔离3至5天，两至三周，300～600万次检测", [(3, 5, "天", ""), (2, 3, "周", ""), (3e6, 6e6, "次", "检测")]),
        ("二十五名医生，两万名工人", [(25, 25, "名", "医生"), (20_000, 20_000, "名", "工人")]),
        ("密切接触者99人", [(99, 99, "人", "密切接触者")]),
        ("实现1000万游客互访", [(1e7, 1e7, "", "游客")]),
        (
            "全镇83名网格员共为217户居民代购药品1,265盒。",
            [(83, 83, "名", "网格员"), (217, 217, "户", "居民"), (1265, 1265, "盒", "药品")],
        ),
        ("十二名党员轮流值守，四辆卡车运往湖北。", [(12, 12, "名", "党员"), (4, 4, "辆", "卡车")]),
        ("46户居家观察人员", [(46, 46, "户", "居家观察人员")]),
        (
            "招募快递员12人，设采样点5个，3名保洁员每天消杀",
            [(12, 12, "人", "快递员"), (5, 5, "个", "采样点"), (3, 3, "名", "保洁员")],
        ),
        ("6名网格长和8名医生站在村口", [(6, 6, "名", "网格长"), (8, 8, "名", "医生")]),
        ("到岗 1 1 8 人", []),
        ("出口575.8亿元", [(57_580_000_000, 57_580_000_000, "元", "出口")]),
    ],
)
def test_what_counts(text, wanted):
    assert read(text) == wanted


@pytest.mark.parametrize("text", ["300余名党员", "3000多万人", "近50家企业", "约20户", "十余户", "至少12人"])
def test_what_is_about_so_many_is_marked(text):
    assert [one.approximate for one in quantities(text)] == [True]
    assert [one.approximate for one in quantities("12户")] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "2020年3月28日7时", "1月23日至3月8日", "2020-2021年", "第3批、第一百二十三名", "国办发〔2020〕3号", "COVID-19例", "F-35架",
        "52岁的男子", "一名护士在一个村", "中越两国", "三农", "“四个意识”", "“两个维护”", "这两天", "三分之一", "1/3人", "千年古镇",
        "成立103周年", "70年代", "三台县、九家村", "五台山", "数百户", "拨打12345", "比分3:1", "三五天",
    ],
)  # fmt: skip
def test_what_does_not_count(text):
    assert read(text) == []


@pytest.mark.parametrize(
    "text", ["累计例，新增确诊例。", "发放余份口罩", "有户人家", "于3月日7例", "累计\ufffd25例", "**12例"]
)
def test_nothing_is_read_where_a_digit_was_lost(text):
    assert read(text) == []


def test_places_are_of_the_text():
    text = "记者获悉，新增确诊病例15例。"
    (one,) = quantities(text)
    assert text[one.start : one.unit_start] == "15" and text[one.unit_start : one.end] == "例"
    assert text[one.noun_start : one.noun_end] == "确诊病例"


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("二十五", 25),
        ("十", 10),
        ("三百零六", 306),
        ("两万五千", 25_000),
        ("一亿二千万", 120_000_000),
        ("百", None),
        ("三五", None),
    ],
)
def test_numbers_in_characters(printed, value):
    assert in_characters(printed) == value


def test_the_sentence_around_a_place():
    text = "甲村无事。乙村设卡3个，测温20人！丙村"
    at = text.index("3个")
    start, end = sentence_around(text, at, at + 2)
    assert text[start:end] == "乙村设卡3个，测温20人！"
    long = "甲" * 500 + "3个" + "乙" * 500
    start, end = sentence_around(long, 500, 502)
    assert (start, end) == (340, 662)


def test_labels_hold_places_and_no_text():
    # Topics have a third lot, drawn later from all of the corpus.
    for name, later in (("quantities", set()), ("topics", {"fresh"})):
        rows = [json.loads(line) for line in (LABELS / f"{name}.jsonl").read_text("utf-8").splitlines()]
        assert {row["half"] for row in rows} == {"development", "held-out"} | later
        assert {row["source"] for row in rows if row["half"] not in later} == {"xwlb", "dxy"}
        for row in rows:
            for label in row[name]:
                assert all(value is None or not isinstance(value, str) for value in label[1:])
    counted = [json.loads(line) for line in (LABELS / "quantities.jsonl").read_text("utf-8").splitlines()]
    assert len(counted) >= 150 and sum(len(row["quantities"]) for row in counted) >= 250


def test_held_out_sentences_are_read_rightly():
    shared = LABELS.parents[2] / "shared"
    if not shared.is_dir():
        pytest.skip("../shared is absent")
    from benchmarks.evaluate.measured import judged_quantities

    count = judged_quantities(shared)["held-out"]
    assert count["right"] / (count["right"] + count["false"]) >= 0.95
    assert count["right"] / (count["right"] + count["missed"]) >= 0.85


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("群聚不得超过五人。", False), ("聚集不超过10人。", False), ("每户至多3人。", False),
        ("已有超过五百人报名。", True), ("约5人。", True), ("不少于5人。", True),
    ],
)  # fmt: skip
def test_the_most_that_may_be_is_stated_exactly(text, about):
    assert [one.approximate for one in quantities(text)] == [about]

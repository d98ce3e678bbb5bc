"""What is certain is mended, what is not is suggested, what is lost is flagged; everything can be undone."""

import json
import random
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.repair import repair
from archive.text.script import to_simplified
from tests.damage import LOST, REVERSIBLE, SHIFTED, gbk_shift, traditional

CLEAN = (
    "2月3日上午，示例县示范镇的网格员在村口值守，登记进出车辆。“我们每天给老人送菜，也测量体温。”村支书说，全镇共有12个卡点。\n"
    "截至2月10日，累计排查3215户，新增发热0例。口罩和消毒液由镇里统一采购，发放到各家各户。可以说，大家都很放心！\n"
    "“回来的人先报备，再居家观察14天。”驻村干部介绍，现在情况平稳，防疫和春耕两不误。"
)


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("他說“一直堅守到特殊時期?!眮碜允修r業局的組長說", "他說“一直堅守到特殊時期。”來自市農業局的組長說"),
        ("村口難以通過?,F在大家都知道,很重要", "村口難以通過。現在大家都知道,很重要"),
        ("全鎮的日?qǐng)?bào)都登了", "全鎮的日報都登了"),
        ("戶籍?dāng)?shù)比去年多", "戶籍數比去年多"),
    ],
)
def test_mends_shifted_bytes(damaged: str, mended: str) -> None:
    assert repair(damaged).text == mended


def test_copies_a_lost_digit_only_from_the_same_day_elsewhere() -> None:
    damaged = "“到崗的有三十人?!?月24日上午開會,他說。2月24日下午散會。"
    done = repair(damaged)
    assert "。”2月24日上午" in done.text
    assert [e.rule for e in done.edits if e.state == "applied"] == ["gbk-shift+digit-copied"]
    without = repair(damaged.replace("2月24日下午", "當天下午"))
    assert "2月24日" not in without.text
    assert without.flags


@pytest.mark.parametrize(
    "noted",
    [
        "疫情防控(kòng)縣(xiàn)村民值守記(jì)者",
        "防控(kong) 縣(xian) 裡值守記(ji) 者",
        "防控【拼音:kòng】縣{读:xiàn}里記(拼音:jì)者",
    ],
)
def test_strips_notes_of_a_page_that_has_many(noted: str) -> None:
    assert "(" not in repair(noted).text
    assert "【" not in repair(noted).text
    assert "縣" in repair(noted).text


@pytest.mark.parametrize("name", sorted(name for name in REVERSIBLE if name.startswith("mojibake")))
@pytest.mark.parametrize(
    "clean",
    [
        "前天，冷空气将给中东部带来大风",
        "△图片来源：泰国",
        "澶县发文：巴西政府",
        "4月份全國用電量同比增長，村裡的農業",
        "颱風登陸，各地全力應對準備",
    ],
)
def test_mends_misread_lines_of_every_kind(name: str, clean: str) -> None:
    damaged = REVERSIBLE[name](clean, random.Random(3))
    done = repair(damaged.text)
    assert done.layer.undo().text == damaged.text
    if damaged.text != clean:
        assert done.text == clean


def test_a_lone_note_is_an_editors_and_stays() -> None:
    assert repair("郫(pí)都区的村民").text == "郫(pí)都区的村民"


def test_brackets_that_are_no_readings_stay() -> None:
    text = "检测(pcr)三次,平台(app)上线,支付(pay)方便,小区(a)栋"
    assert repair(text).text == text


@pytest.mark.parametrize(
    "text", ["他问:“你去吗?我不去!”", "什么?!他不知道。", "真的吗??我们问了三次。", "口罩够吗?够了;消毒液呢?也够。"]
)
def test_genuine_question_marks_stay(text: str) -> None:
    assert repair(text).text == text


@pytest.mark.parametrize("name", sorted({**REVERSIBLE, **SHIFTED, **LOST}))
@pytest.mark.parametrize("form", [str, traditional], ids=["hans", "hant"])
def test_undoing_all_gives_back_the_text_as_received(name: str, form: type[str]) -> None:
    damage = {**REVERSIBLE, **SHIFTED, **LOST}[name]
    damaged = damage(form(CLEAN), random.Random(1)).text
    done = repair(damaged)
    assert done.layer.undo().text == damaged
    for edit in done.edits:
        assert damaged[edit.start : edit.end] == edit.before
        if edit.state == "applied":
            assert done.layer.undo(edit).raw == damaged


@pytest.mark.parametrize("name", sorted(REVERSIBLE))
@pytest.mark.parametrize("form", [str, traditional], ids=["hans", "hant"])
def test_mends_every_reversible_class_wholly(name: str, form: type[str]) -> None:
    damaged = REVERSIBLE[name](form(CLEAN), random.Random(2))
    assert repair(damaged.text).text.strip() == damaged.truth.strip()


@given(st.text(alphabet="村口(kǒu)值守,,。?!”“A3月2日\u200b\u3000\ufffd銆€陈縣<p>&;", max_size=60))
def test_no_text_breaks_and_all_is_undone(text: str) -> None:
    done = repair(text)
    assert done.layer.undo().text == text
    assert all(0 <= flag.start < flag.end <= len(done.text) for flag in done.flags)


@given(
    st.randoms(use_true_random=False),
    st.lists(st.sampled_from(sorted({**REVERSIBLE, **SHIFTED, **LOST})), min_size=1, max_size=3),
)
def test_damage_upon_damage_is_undone(rng: random.Random, names: list[str]) -> None:
    text = CLEAN
    for name in names:
        text = {**REVERSIBLE, **SHIFTED, **LOST}[name](text, rng).text
    done = repair(text)
    assert done.layer.undo().text == text


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("他说，年3月4日到岗", "年3月4日"),
        ("全镇累计例", "累计例"),
        ("村里有户人家", "有户人家"),
        ("当日750分出发", "750分"),
        ("共有锟斤拷人", "锟斤拷"),
        ("捐赠元，用于防疫", "捐赠元，"),
        ("到岗的有�人", "�"),
    ],
)
def test_flags_what_is_lost(text: str, lost: str) -> None:
    done = repair(text)
    assert [done.text[f.start : f.end] for f in done.flags] == [lost]
    assert done.text == text


def test_clean_text_is_left_alone() -> None:
    for text in (CLEAN, traditional(CLEAN)):
        done = repair(text)
        assert (done.text, done.edits, done.flags) == (text, (), ())


@pytest.mark.shared
@pytest.mark.parametrize("file", ["000_d460413a537fd665.txt", "002_93bf28a6a7f39f23.txt"])
def test_seeds_come_out_letter_exact(shared: Path, file: str) -> None:
    expected = next(row for row in json.loads((shared / "seeds/expected.json").read_text()) if row["file"] == file)
    text = to_simplified(repair((shared / "seeds" / file).read_text()).text)
    start = text.index(expected["body_starts"])
    end = text.index(expected["body_ends"]) + len(expected["body_ends"])
    body = "\n\n".join(line.strip() for line in text[start:end].split("\n") if line.strip())
    assert len(body) == expected["body_chars"]


@pytest.mark.shared
def test_clean_news_is_left_alone(shared: Path) -> None:
    raw = subprocess.run(
        ["zstd", "-dc", shared / "corpus/dxy-briefs.jsonl.zst"], capture_output=True, check=True
    ).stdout
    rows = [json.loads(line)["text"] for line in raw.split(b"\n") if line]
    ascii_marks = str.maketrans("，？！：；（）", ",?!:;()")
    for text in random.Random(4).sample(rows, 1000):
        for form in (text, text.translate(ascii_marks), traditional(text)):
            done = repair(form)
            changed = [
                e for e in done.edits if e.state == "applied" and e.rule not in ("space", "line-end", "invisible")
            ]
            assert changed == [], form


def test_noise_against_copying_is_taken_out_and_can_be_put_back() -> None:
    clean = "村口设了卡点。\n志愿者轮流值守。"
    damaged = "村口设了卡点。# @8 J6 E; { p2 K\n* q; x3 A8 k# $\n志愿者轮流值守。"
    repaired = repair(damaged)
    assert repaired.text.replace("\n\n", "\n") == clean
    assert {edit.rule for edit in repaired.edits} == {"anti-copy-noise"}
    assert repaired.layer.raw == damaged


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("该 厂 有 员 工 3 2 0 人 ， 首 批 到 岗 1 1 8 人 。", "该厂有员工320人，首批到岗118人。"),
        ("江 苏 省 无 锡 市 江 阴 市", "江苏省无锡市江阴市"),
        ("疫 情 防 控 通 告\n\n全镇设卡。", "疫情防控通告\n\n全镇设卡。"),
        ("关 于 2020 年 2 月 1 0 日 起 防 控 疫 情 的 通 告", "关于2020年2月10日起防控疫情的通告"),
    ],
)
def test_characters_set_apart_are_put_together_and_apart_again(damaged: str, clean: str) -> None:
    repaired = repair(damaged)
    assert repaired.text == clean
    assert repaired.layer.raw == damaged


@pytest.mark.parametrize(
    "text", ["记者 王 某 李 某 张 某", "| 村 | 户 | 人 | 车 | 米 | 菜 | 药 |", "胡 坡", "村口 设卡 登记 测温 消毒 值守"]
)
def test_what_stands_apart_by_meaning_stays(text: str) -> None:
    assert repair(text).text == text


@pytest.mark.parametrize(
    "text", ["选 A B C D 中的一项", "| a | b | c | d |", "A: 1; B: 2; C: 3; D: 4", "- - - - -", "a + b = c"]
)
def test_rows_of_single_letters_that_are_no_noise_stay(text: str) -> None:
    assert repair(f"题目如下：\n{text}\n请作答。").text == f"题目如下：\n{text}\n请作答。"


def test_a_run_that_is_certain_is_mended_and_its_uncertain_ends_are_marked() -> None:
    clean = "志愿者说村里的新规模化养殖场已经复工，工人们每天测温登记后进厂，口罩由村里统一发放，共36人。"
    damaged = gbk_shift(clean, random.Random(1))
    assert damaged.text != damaged.truth
    done = repair(damaged.text)
    assert "养殖场已经复工,工人们每天测温登记后进厂,口罩由村里统一发放," in done.text
    truth = damaged.truth_at(0, len(damaged.text))
    assert truth is not None
    assert len(done.text) == len(truth)
    assert all(here in (was, "\ufffd") for here, was in zip(done.text, truth, strict=True))


def test_a_digit_that_a_shift_swallowed_is_never_dropped_without_a_mark() -> None:
    damaged = "這條公路上有志願者?zhé)薄耙缓\ue499徊摺狈桨?萬多個。"
    done = repair(damaged)
    assert done.text.endswith("方案\ufffd萬多個。")
    assert "lost-bytes" in {flag.kind for flag in done.flags}


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("?。ㄓ浾?王 例 通訊員 李示例)“今天值守。”", "\u3000(記者\ufffd王 例 通訊員 李示例)“今天值守。”"),
        ("各村落實到位。ㄓ浾?王例)", "各村落實到位。(記者\ufffd王例)"),
    ],
)
def test_a_byline_whose_bracket_was_shifted_is_mended(damaged: str, mended: str) -> None:
    assert repair(damaged).text == mended


def test_a_quoted_word_ends_in_no_full_stop() -> None:
    damaged = gbk_shift("他在村口的红纸上写了一个“福”字，贴在门上。", random.Random(1))
    assert damaged.text != damaged.truth
    assert "。”字" not in repair(damaged.text).text


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("该 厂 有 员 工 3 2 0 人 ， 首 批 到 岗 1 1 8 人 。", "该厂有员工320人，首批到岗118人。"),
        ("关 于 加 强 疫 情 防 控 工 作 的 通 告", "关于加强疫情防控工作的通告"),
        ("测 量 体 温 36.5 36.7 36.4 正 常 的 人", "测量体温36.5 36.7 36.4正常的人"),
        ("昨 日 有 3 5 12 8 人 参 加 了 检 测", "昨日有3 5 12 8人参加了检测"),
        ("陈 明 吴 勇 刘 平 安 康 高 兴", None),
        ("刘 洋  陈 静  王 芳  李 娜  张 伟", None),
        ("张 三 李 四 王 五 赵 六 孙 七", None),
        ("高 峰  黄 河  江 山  马 超  周 全", None),
        ("是 否 是 否 是 否 是 否", None),
        ("姓 名 性 别 年 龄 住 址 电 话 3 5 12 8", None),
    ],
)
def test_characters_set_apart_are_put_together_where_they_are_a_sentence(text, mended):
    repaired = repair(text)
    assert repaired.text == (mended or text)
    assert repaired.layer.undo().text == text

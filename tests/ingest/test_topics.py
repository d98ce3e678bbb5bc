"""Topics by the words that decided."""

from __future__ import annotations

import pytest

from archive.ingest.extract.topics import taxonomy
from archive.ingest.pipeline import read_page
from tests.ingest.fields_pages import fields_of

HEADLINE, TOLD = (
    "菜篮子送进封闭小区",
    "河口省青禾县昨日组织三十五辆车，把十二吨菜送进门。大家挨家敲门，把菜放在门口再离开，转身去下一户。一天里要走两百多户，天黑了才收工回家。",
)


def test_two_signals_make_a_topic_and_are_its_evidence() -> None:
    fields = fields_of(
        title="示例", body="示例县组织群众到接种点排队,接种率稳步上升,大家都说好,秩序井然,没有拥挤的现象。"
    )
    assert fields.topics == ["疫苗接种"]
    assert {row.text for row in fields.evidence if row.field == "topics"} == {"接种点", "接种率"}


def test_one_signal_in_the_body_is_not_enough_but_in_the_headline_it_is() -> None:
    body = "示例县干部走村入户,送去问候,大家心里暖洋洋的,工作有条不紊地推进,取得了阶段性的成效。"
    assert fields_of(title="示例县情况", body=body).topics == []
    assert "疫苗接种" in fields_of(title="示例县疫苗进展", body=body).topics


def test_one_sure_signal_is_enough_in_a_short_piece_only() -> None:
    short = "截至2月20日24时,示例省新增确诊病例4例,新增治愈病例11例,其他情况没有变化。"
    assert "医疗救治与医疗队" in fields_of(title="示例省通报", body=short).topics
    assert fields_of(title="示例省通报", body=short + "其他情况没有变化。" * 30).topics == []


def test_a_signal_inside_a_longer_word_that_is_none_does_not_count() -> None:
    body = "示例县一名患者两次核酸检测均为阴性,各项指标正常,家人前来迎接,大家都很高兴,气氛热烈。"
    assert "核酸检测" not in fields_of(title="示例县情况", body=body).topics


def test_traditional_text_has_the_same_topics() -> None:
    assert (
        fields_of(title="示例縣疫苗接種", body="示例").topics == fields_of(title="示例县疫苗接种", body="示例").topics
    )


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADLINE}\n2020年2月11日 来源：清江晨报\n\n{TOLD}\n",
        f"标题：{HEADLINE}\n来源：清江晨报\n时间：2020年2月11日\n\n{TOLD}\n",
        f"# 清江晨报 2020年2月11日 第3版\n\n## {HEADLINE}\n{TOLD}\n",
        f"# 清江晨报 2020年2月11日 第3版\n\n## 县里的一天\n{TOLD.replace('菜', '煤')}\n\n## {HEADLINE}\n{TOLD}\n",
    ],
    ids=["first line", "label", "newspaper page", "second of a newspaper page"],
)
def test_a_headline_has_the_same_topics_however_the_page_marks_it(text: str) -> None:
    draft = read_page(text.encode(), file="a.txt").drafts[-1]
    assert draft.title == HEADLINE
    assert draft.topics == ["社区防控", "生活保供"]
    told = [one for one in draft.evidence if one.rule == "word-in-title"]
    assert {one.text for one in told} >= {"菜篮子", "小区"}
    assert all(text[one.start : one.end] == one.text for one in told)


def test_keys_and_names_are_unique() -> None:
    rows = taxonomy()
    assert len({row.key for row in rows}) == len({row.name for row in rows}) == len(rows) >= 20


def test_stores_are_supply_and_a_centre_of_rehabilitation_is_no_hospital() -> None:
    stores = "示例县粮油储备充足,猪肉储备也有保障,请大家不要抢购囤积。"
    assert "生活保供" in fields_of(title="示例县通报", body=stores).topics
    centre = "示例县残疾人康复中心给村口的志愿者送去口罩一箱。"
    assert "医疗救治与医疗队" not in fields_of(title="示例县通报", body=centre).topics

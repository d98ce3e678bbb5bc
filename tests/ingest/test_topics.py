"""Topics by the words that decided."""

from __future__ import annotations

from archive.ingest.extract.topics import taxonomy
from tests.ingest.fields_pages import fields_of


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


def test_traditional_text_has_the_same_topics() -> None:
    assert (
        fields_of(title="示例縣疫苗接種", body="示例").topics == fields_of(title="示例县疫苗接种", body="示例").topics
    )


def test_keys_and_names_are_unique() -> None:
    rows = taxonomy()
    assert len({row.key for row in rows}) == len({row.name for row in rows}) == len(rows) >= 20

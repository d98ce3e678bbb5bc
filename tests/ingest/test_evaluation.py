"""The audit of labelled files: verdicts, bad rows, the table."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from archive.ingest.evaluation import bounds_verdict, verdict
from benchmarks.evaluate.labelled import place_verdicts
from tests.ingest.fields_pages import BODY

PAGE = f"示例镇筑牢防线\n\n2020-02-03 10:11:12 来源:示例日报 作者:李示例\n\n{BODY}\n\n{BODY[::-1]}。\n"


def write(folder: Path, *rows: Any) -> Path:
    path = folder / "labels.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def run(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("evaluate_fields", str(path), *options, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "expected", "read", "result"),
    [
        ("published", {"value": "2020-02"}, {"value": "2020-02-03T10:11:12"}, "right"),
        ("published", {"value": "2020-02-03"}, {"value": "2020-02"}, "unknown"),
        ("published", {"value": "2020-02-03"}, {"value": "2020-02-04"}, "wrong"),
        ("published", None, {"value": None}, "right"),
        ("published", None, {"value": "2020"}, "wrong"),
        ("outlet", "示例日报", "示例 日报", "right"),
        ("outlet", "示例日报", None, "unknown"),
        ("outlet", None, "示例日报", "wrong"),
        ("authors", ["李示例"], [{"name": "李示例", "role": "记者"}], "right"),
        ("authors", ["李示例", "王例"], [{"name": "李示例", "role": ""}], "wrong"),
        ("authors", ["李示例"], [], "unknown"),
        ("about", {"code": "510923"}, {"code": "510923", "names": []}, "right"),
        ("about", {"code": "510923"}, None, "unknown"),
    ],
)
def test_each_kind_of_field_has_its_own_agreement(name: str, expected: Any, read: Any, result: str) -> None:
    assert verdict(name, expected, read) == result


def test_only_the_keys_of_the_label_are_judged(tmp_path: Path) -> None:
    text = run(write(tmp_path, {"input": {"text": PAGE}, "expected": {"outlet": "示例日报", "authors": ["李示例"]}}))
    assert [line.split()[:2] for line in text.splitlines()] == [["field", "right"], ["outlet", "1"], ["authors", "1"]]


def test_a_disagreement_is_shown_with_both_values_and_its_evidence(tmp_path: Path) -> None:
    text = run(write(tmp_path, {"input": {"text": PAGE}, "expected": {"outlet": "别的示例报"}}))
    assert "wrong" in text
    assert "别的示例报" in text
    assert "source-label" in text


def test_an_input_that_is_no_article_is_judged_too(tmp_path: Path) -> None:
    assert "article" in run(write(tmp_path, {"input": {"text": "首页 | 新闻"}, "expected": None}), "--quiet")


@pytest.mark.parametrize(
    "row",
    [
        {"input": {}},
        {"input": {"source_url": "http://example.cn"}, "expected": {}},
        {"input": {"file": "没有.txt"}, "expected": {}},
    ],
)
def test_a_row_without_form_gets_a_sentence(tmp_path: Path, row: Any) -> None:
    with pytest.raises(CommandError, match="第 1 行"):
        run(write(tmp_path, row))


def test_a_file_that_is_not_there_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="没有这个文件"):
        run(tmp_path / "none.jsonl")


@pytest.mark.parametrize(
    ("expected", "earliest", "latest", "result"),
    [
        ({"value": "2020-02-03"}, "2020-02-03", "2020-02-03", "right"),
        ({"value": "2020-02-03T10:11"}, "2020-02-01", "2020-02-29", "right"),
        ("2020-02-03", "2020-02-04", "2020-02-29", "wrong"),
        ({"value": "2020-02-03"}, None, None, "unknown"),
        ({"value": "2020-02", "earliest": "2020-02-24", "latest": "2020-02-29"}, "2020-02-24", "2020-02-29", "right"),
        ({"value": "2020-02", "earliest": "2020-02-24", "latest": None}, "2020-02-24", "2020-02-29", "right"),
        ({"value": "2020-02", "earliest": "2020-02-24", "latest": None}, "2020-02-20", "2020-02-29", "unknown"),
        ({"value": "2020-02", "earliest": "2020-02-24", "latest": None}, "2020-02-20", "2020-02-23", "wrong"),
        ({"value": "2020-02"}, "2020-02-01", "2020-02-29", None),
        (None, None, None, None),
    ],
)
def test_bounds_must_hold_the_day_of_the_label(
    expected: Any, earliest: str | None, latest: str | None, result: str | None
) -> None:
    assert bounds_verdict(expected, {"earliest": earliest, "latest": latest}) == result


@pytest.mark.parametrize(
    ("label", "read", "verdicts"),
    [
        ("430281", "430281", ["right", "right", "right"]),
        ("430281", "430200", ["right", "right", "unknown"]),
        ("431081", "430000", ["right", "unknown", "unknown"]),
        ("430281", "431000", ["right", "wrong", "wrong"]),
        ("410800", "410802", ["right", "right", "wrong"]),
        ("430281", None, ["unknown", "unknown", "unknown"]),
    ],
)
def test_a_place_above_the_labelled_one_is_unknown_below(label: str, read: str | None, verdicts: list[str]) -> None:
    assert list(place_verdicts([label], read).values()) == verdicts

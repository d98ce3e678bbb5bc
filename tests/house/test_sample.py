"""The sample says 示例 everywhere, in every format, and covers what it promises."""

import re
from pathlib import Path

SAMPLE = Path(__file__).resolve().parents[2] / "sample"


def test_the_sample_has_every_format():
    kinds = {path.suffix for path in SAMPLE.rglob("*") if path.is_file()}
    assert {".txt", ".html", ".jsonl", ".csv", ".xlsx", ".gz", ".zip"} <= kinds


def test_every_text_and_page_names_a_sample_outlet_or_village():
    for path in [*SAMPLE.glob("txt/*.txt"), *SAMPLE.glob("html/*.html")]:
        data = path.read_bytes()
        text = next(t for t in (_try(data, e) for e in ("utf-8", "big5", "gb18030")) if t is not None)
        assert "示例" in text, path.name


def test_no_line_end_or_encoding_was_changed_on_the_way_into_the_repository():
    assert b"\r\n" in (SAMPLE / "txt" / "04-五原-半角标点与异常空格.txt").read_bytes()
    assert _try(next(SAMPLE.glob("txt/11-*")).read_bytes(), "utf-8") is None
    assert re.search("标题,正文", (SAMPLE / "示例表格.csv").read_bytes().decode("gb18030"))


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None

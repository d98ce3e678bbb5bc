"""JSON lines: a bad line is named, the others are kept; given fields become facts with their key."""

import json

import pytest

from archive.ingest.readers import refusals
from archive.ingest.readers.jsonl import lines_of
from archive.ingest.reading import read_or_tell, read_source
from archive.ingest.records import Author, PlaceFound, Skipped

from .samples import BODY, pieces


def lines(*objects: object) -> bytes:
    return "\n".join(one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in objects).encode()


def test_each_line_is_a_piece_with_its_bytes_and_place():
    data = lines({"title": "一", "body": BODY}, {"标题": "二", "正文": BODY}) + b"\n"
    one, two = pieces("a.jsonl", data)
    assert [one.given["title"].value, two.given["title"].value] == ["一", "二"]
    assert (one.given["title"].rule, two.given["title"].rule) == ("key title", "key 标题")
    for piece in (one, two):
        assert data[piece.offset : piece.offset + len(piece.data)] == piece.data
        assert piece.container.media_type == "application/jsonl"


def test_lines_end_at_line_feed_only():
    body = "第一段\u2028仍是第一行\u0085还是"
    (piece,) = pieces("a.jsonl", lines({"title": "一", "body": body}))
    assert piece.given["body"].value == body


def test_a_page_in_a_line_has_address_and_time_of_capture():
    (piece,) = pieces(
        "a.jsonl",
        lines({"html": "<p>正文</p>", "source_url": "http://a.example/1", "captured_at": "20200224083000"}),
    )
    assert (piece.text_type, piece.source_url) == ("text/html", "http://a.example/1")
    assert piece.captured_at == "2020-02-24T08:30:00+00:00"
    assert piece.given == {}


def test_the_keys_of_the_dry_run_are_understood():
    (piece,) = pieces(
        "a.jsonl",
        lines(
            {
                "file": "x.txt", "index": 3, "title": "示例", "body": BODY, "body_simplified": BODY, "outlet": "示例县报",
                "authors": [{"name": "示例记者甲", "role": "记者"}], "editors": ["示例编辑乙"],
                "published": {"value": "2020-02", "precision": "month", "status": "inferred",
                              "earliest": "2020-02-03", "latest": "2020-02-29", "why": "文中"},
                "about": {"code": "510923", "names": ["四川省", "遂宁市", "大英县"], "level": "county", "role": "primary"},
                "repairs": [], "evidence": [], "furniture": [], "captions": [{"text": "图一", "kind": "caption"}],
            }
        ),
    )  # fmt: skip
    value = {name: fact.value for name, fact in piece.given.items()}
    assert value["authors"] == [Author("示例记者甲", "记者")]
    assert (value["published"].status, value["published"].earliest) == ("inferred", "2020-02-03")
    assert value["about"] == PlaceFound("510923", ("四川省", "遂宁市", "大英县"), "county")
    assert value["captions"] == ["图一"]


def test_bad_lines_are_named_and_the_others_kept():
    data = lines(
        {"title": "一", "body": BODY},
        '{"title": "断',
        "[1, 2]",
        {"title": "没有正文"},
        {"title": "二", "body": BODY, "date": "二月初"},
        {"title": "三", "body": BODY, "url": "javascript:alert(1)"},
        r'{"title": "四", "body": "坏\ud800字"}',
        {"title": "五", "body": BODY},
    )
    found = pieces("a.jsonl", data)
    bad = [piece for piece in found if isinstance(piece, Skipped)]
    assert [piece.index for piece in bad] == [2, 3, 4, 5, 6, 7]
    assert all(piece.bad and f"第 {piece.index} 行" in piece.reason for piece in bad)
    assert "二月初" in bad[3].reason
    assert "2020-02-10" in bad[3].reason
    assert [piece.given["title"].value for piece in found if not isinstance(piece, Skipped)] == ["一", "五"]


def test_a_line_in_another_encoding_is_named():
    data = (
        lines({"title": "一", "body": BODY})
        + b"\n"
        + json.dumps({"title": "二", "body": BODY}, ensure_ascii=False).encode("gb18030")
    )
    good, bad = pieces("a.jsonl", data)
    assert isinstance(bad, Skipped)
    assert "编码" in bad.reason
    assert good.given["title"].value == "一"


@pytest.mark.parametrize("codec", ["gb18030", "utf-16", "utf-8-sig"])
def test_other_encodings_are_read(codec):
    text = "\n".join(json.dumps({"title": f"示例{n}", "body": BODY}, ensure_ascii=False) for n in range(3))
    assert [piece.given["title"].value for piece in pieces("a.jsonl", text.encode(codec))] == [
        "示例0",
        "示例1",
        "示例2",
    ]


@pytest.mark.parametrize("data", ['[\n{"title": "一"}\n]', '{\n "title": "一"\n}', '"text"'])
def test_json_that_is_not_lines_is_refused(data):
    with pytest.raises(refusals.BrokenJson, match="每行"):
        pieces("a.json", data)


def test_an_overlong_line_is_passed_over_without_being_held():
    import io

    stream = io.BytesIO(b"a\n" + b"x" * 50 + b"\n" + b"b\n" + b"y" * 99)
    assert list(lines_of(stream, limit=10)) == [(0, b"a\n"), (2, None), (53, b"b\n"), (55, None)]


def test_a_line_without_an_article_is_named_and_given_back():
    line = '{"text": "404"}'
    _first, second = pieces("a.jsonl", '{"text": "村口设卡登记。"}\n' + line + "\n")
    (told,) = read_source(second).skipped
    assert (told.index, told.original) == (2, line)
    assert told.reason.startswith("第 2 行，")


def test_a_line_that_breaks_the_pipeline_is_named_and_given_back(monkeypatch):
    def breaks(*args, **kwargs):
        raise ValueError

    monkeypatch.setattr("archive.ingest.reading.read_page", breaks)
    (source,) = pieces("a.jsonl", '{"text": "村口设卡登记。"}\n')
    (told,) = read_or_tell(source).skipped
    assert (told.index, told.bad, told.original) == (1, True, '{"text": "村口设卡登记。"}')

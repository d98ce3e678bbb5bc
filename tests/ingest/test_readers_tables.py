"""Tables: columns by Chinese and English names, records with their bytes, one sentence for each fault."""

import datetime as dt
import io
import json
import random
import zipfile

import openpyxl
import pytest

from archive.ingest.readers import Refused, preview_columns, refusals
from archive.ingest.records import Author, Skipped

from .samples import BODY, pieces, received, zipped

TABLE = '标题,正文,日期,来源,作者,网址\n示例村设卡,"第一段\n第二段,有逗号",2020年2月10日,示例县报,"示例甲、示例乙",http://a.example/1\n'


def book(*rows: tuple) -> bytes:
    workbook, packed = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        workbook.active.append(row)
    workbook.save(packed)
    return packed.getvalue()


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_a_record_is_read_with_its_bytes_as_received_in_any_encoding(codec):
    data = TABLE.encode(codec)
    (piece,) = pieces("表.csv", data)
    assert piece.text == "第一段\n第二段,有逗号"
    assert data[piece.offset : piece.offset + len(piece.data)] == piece.data
    assert piece.data.decode(codec).startswith("示例村设卡")
    assert piece.source_url == "http://a.example/1"
    facts = {name: (fact.value, fact.rule) for name, fact in piece.given.items()}
    assert facts["title"] == ("示例村设卡", "column 标题")
    assert facts["outlet"] == ("示例县报", "column 来源")
    assert facts["authors"][0] == [Author("示例甲", ""), Author("示例乙", "")]
    assert (facts["published"][0].value, facts["published"][0].precision) == ("2020-02-10", "day")


def test_big5_tables_are_read():
    data = "標題,內容\n示例村設卡,村口設卡登記,志願者輪流值守,發放口罩\n".replace("內容\n", "內容,來源,作者\n").encode(
        "big5"
    )
    (piece,) = pieces("表.csv", data)
    assert piece.given["title"].value == "示例村設卡"


def test_english_headers_semicolons_and_tabs_are_understood():
    for mark, name in ((";", "a.csv"), ("\t", "a.tsv"), (",", "a.csv")):
        (piece,) = pieces(name, mark.join(["Title", "Body", "Pub-Date"]) + "\n" + mark.join(["一", "正文", "2020-02"]))
        assert piece.given["published"].value.precision == "month"


@pytest.mark.parametrize(
    ("header", "missing"),
    [("正文,日期", "标题"), ("body,date", "title"), ("标题,日期", "正文"), ("甲,乙", "正文"), ("text,date", "title")],
)
def test_a_table_without_title_or_body_is_refused_naming_the_column(header, missing):
    with pytest.raises(refusals.MissingColumn, match=missing) as refusal:
        pieces("表.csv", f"{header}\na,b\n")
    assert header.split(",")[0] in str(refusal.value)


def test_the_mapping_is_shown_with_columns_that_are_not_imported():
    columns = preview_columns(received("表.csv", "序号,标题,正文\n1,一,正文\n"))
    assert [(column.name, column.field) for column in columns] == [("序号", ""), ("标题", "title"), ("正文", "body")]
    assert preview_columns(received("a.txt", BODY)) == []


def test_the_first_of_two_columns_for_one_field_counts_and_its_own_name_before_another():
    columns = preview_columns(received("表.csv", "标题,正文,来源,媒体\n"))
    assert [column.field for column in columns] == ["title", "body", "outlet", ""]
    columns = preview_columns(received("表.csv", "title,body,source,outlet\n"))
    assert [column.field for column in columns] == ["title", "body", "", "outlet"]


def test_one_bad_row_is_named_with_row_field_and_mend_and_the_others_kept():
    rows = "".join(f"第{n}篇,正文{n},{'二月初' if n == 3 else '2020-02-10'}\n" for n in range(1, 6))
    found = pieces("表.csv", "标题,正文,日期\n" + rows)
    (bad,) = [piece for piece in found if isinstance(piece, Skipped)]
    assert (bad.bad, bad.index) == (True, 4)
    assert "第 4 行" in bad.reason
    assert "“日期”" in bad.reason
    assert "2020-02-10" in bad.reason
    assert len(found) == 5


@pytest.mark.parametrize("day", ["2020-02-30", "2020-13-01", "20200210", "2020-02-10 25:00", "昨天", "1e3"])
def test_impossible_dates_are_refused(day):
    (bad,) = pieces("表.csv", f"标题,正文,日期\n一,正文,{day}\n")
    assert isinstance(bad, Skipped)


def test_province_prefecture_and_county_columns_make_one_place():
    (piece,) = pieces("表.csv", "标题,正文,省份,市,县\n一,正文,四川,遂宁,大英\n")
    assert piece.given["about"].value == "四川遂宁大英"


def test_an_unclosed_quote_refuses_the_table_naming_the_line():
    with pytest.raises(refusals.BrokenTable, match="第 3 行"):
        pieces("表.csv", '标题,正文\n一,正文\n二,"没有关上的引号\n三,正文\n')


def test_bytes_of_another_encoding_refuse_the_table():
    data = "标题,正文\n".encode() + "一,正文\n".encode() * 30_000 + "二,正文\n".encode("gb18030")
    with pytest.raises(refusals.BrokenTable, match="utf-8"):
        pieces("表.csv", data)


def test_line_ends_of_every_system_are_understood():
    for end in ("\n", "\r\n", "\r"):
        found = pieces("表.csv", end.join(["标题,正文", '一,"正\u2028文"', "二,正文", ""]))
        assert [piece.given["title"].value for piece in found] == ["一", "二"]


def test_blank_rows_are_passed_over_and_a_header_alone_is_refused():
    assert len(pieces("表.csv", "标题,正文\n,\n\n一,正文\n")) == 1
    for empty in ("标题,正文\n", "标题,正文\n,\n\n"):
        with pytest.raises(refusals.EmptyTable):
            pieces("表.csv", empty)
    with pytest.raises(refusals.EmptyTable):
        pieces("表.xlsx", book(("标题", "正文"), (None, None)))


def test_a_row_in_utf8_within_a_table_in_another_encoding_refuses_the_table():
    # An even number of wide characters, which GB 18030 would read as others without complaint.
    data = "标题,正文\n一,村口设卡登记值守两人\n".encode("gb18030") + "二,村口设卡登记值守二人".encode() + b"\n"
    with pytest.raises(refusals.BrokenTable, match="第 3 行附近"):
        pieces("表.csv", data)


def test_a_sheet_is_no_wider_than_its_header_and_its_other_cells_are_kept():
    data = book(("标题", "正文", None, "备注", None), ("一", BODY, "甲", "乙", "丙"))
    assert [column.name for column in preview_columns(received("表.xlsx", data))] == ["标题", "正文", "", "备注"]
    (piece,) = pieces("表.xlsx", data)
    assert list(json.loads(piece.data).values()) == ["一", BODY, "甲", "乙", "丙"]


def test_a_workbook_is_read_with_its_dates():
    data = book(("标题", "正文", "日期", "版次"), ("一", BODY, dt.datetime(2020, 2, 10), 3), (None, None, None, None))
    (piece,) = pieces("表.xlsx", data)
    assert piece.given["published"].value.value == "2020-02-10"
    assert piece.given["page_label"].value == "3"
    assert piece.number == 2


def test_a_workbook_without_a_title_column_is_refused():
    with pytest.raises(refusals.MissingColumn, match="标题"):
        pieces("表.xlsx", book(("正文", "日期"), ("一", "二")))


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    packed = io.BytesIO(data)
    with zipfile.ZipFile(packed, "a") as package:
        package.writestr(name, content)
    return packed.getvalue()


def test_macros_dtds_and_damage_in_workbooks_are_refused():
    data = book(("标题", "正文"), ("一", "二"))
    with pytest.raises(refusals.UnsafeWorkbook, match="宏"):
        pieces("表.xlsx", with_member(data, "xl/vbaProject.bin", b"x"))
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    with pytest.raises(refusals.UnsafeWorkbook, match="DTD"):
        pieces("表.xlsx", with_member(data, "xl/evil.xml", evil))
    far = evil.replace(b"?>", b"?><!--" + b"x" * 300_000 + b"-->", 1)
    for hidden in (far, far.decode().encode("utf-16")):
        with pytest.raises(refusals.UnsafeWorkbook, match="DTD"):
            pieces("表.xlsx", with_member(data, "xl/evil.xml", hidden))
    with pytest.raises(refusals.UnsafeWorkbook, match="宏"):
        pieces("表.xlsx", with_member(data, "xl/macrosheets/sheet1.xml", b"<x/>"))
    with pytest.raises(Refused):
        pieces("表.xlsx", zipped({"xl/workbook.xml": "<broken"}))
    with pytest.raises(Refused):
        pieces("表.xlsx", data[: len(data) // 2])


@pytest.mark.parametrize("name", ["表.xlsx", "包.zip"])
def test_damage_anywhere_in_a_package_is_refused_or_read_around(name):
    data = (
        book(("标题", "正文"), ("示例村设卡", BODY)) if name == "表.xlsx" else zipped({"甲.txt": BODY, "乙.csv": TABLE})
    )
    chance = random.Random(20200123)
    read = refused = 0
    for _turn in range(250):
        broken = bytearray(data)
        for _byte in range(chance.choice((1, 1, 4, 30))):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            pieces(name, bytes(broken[: chance.choice((len(data), len(data), chance.randrange(len(data))))]))
            read += 1
        except Refused as refusal:
            assert str(refusal)
            refused += 1
    assert read and refused

"""Web archives: the pages with address and moment, what is no page, and every way to break off."""

import gzip
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.ingest.readers import Source, read, refusals
from archive.ingest.reading import read_source
from archive.ingest.records import Skipped
from archive.text.warc import payload_at

from .samples import pieces, received, zipped

PAGE = "<html><body><h1>示例村设卡{n}</h1><p>村口设卡登记，志愿者轮流值守。</p></body></html>"


def record(kind: str, body: bytes, **headers: str) -> bytes:
    """One record of a web archive."""
    lines = {"WARC-Type": kind, "WARC-Record-ID": "<urn:uuid:0>", **headers, "Content-Length": str(len(body))}
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in lines.items())
    return f"WARC/1.0\r\n{head}\r\n".encode() + body + b"\r\n\r\n"


def response(
    number: int, body: bytes, *, status: str = "200 OK", media: str = "text/html", encoding: str = ""
) -> bytes:
    """The record of an answer of a server."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n" + (f"Content-Encoding: {encoding}\r\n" if encoding else "")
    return record(
        "response",
        http.encode() + b"\r\n" + body,
        WARC_Target_URI=f"http://a.example/{number}",
        WARC_Date=f"2020-02-{number:02}T08:00:00Z",
        Content_Type="application/http; msgtype=response",
    )


def archive(count: int = 3, *, packed: bool = True, extras: bool = False, encoding: str = "") -> bytes:
    """A web archive of `count` pages."""
    records = [record("warcinfo", b"software: x\r\n", Content_Type="application/warc-fields")]
    for number in range(1, count + 1):
        body = PAGE.format(n=number).encode()
        records.append(response(number, gzip.compress(body) if encoding else body, encoding=encoding))
    if extras:
        records.append(response(10, b"\x89PNG", media="image/png"))
        records.append(response(11, b"<html>not found</html>", status="404 Not Found"))
    return b"".join(gzip.compress(one) if packed else one for one in records)


@pytest.mark.parametrize("packed", [True, False])
def test_pages_come_with_address_and_moment_and_can_be_read_again_at_their_place(packed):
    data = archive(packed=packed, extras=True)
    found = pieces("存档.warc.gz" if packed else "存档.warc", data)
    sources = [piece for piece in found if isinstance(piece, Source)]
    assert [source.source_url for source in sources] == [f"http://a.example/{n}" for n in (1, 2, 3)]
    assert sources[0].captured_at == "2020-02-01T08:00:00+00:00"
    assert sources[1].data == PAGE.format(n=2).encode()
    for source in sources:
        assert payload_at(io.BytesIO(data), source.offset, 10**6) == source.data
    told = [piece.reason for piece in found if isinstance(piece, Skipped)]
    assert ["404" in told[0], "另有 2 条记录不是网页" in told[1]] == [True, True]
    assert not any(piece.bad for piece in found if isinstance(piece, Skipped))


def test_what_the_server_packed_is_unpacked():
    found = pieces("a.warc", archive(1, packed=False, encoding="gzip"))
    assert found[0].data == PAGE.format(n=1).encode()


@pytest.mark.parametrize("packed", [True, False])
def test_a_file_that_breaks_off_gives_what_came_before_and_says_so(packed):
    data = archive(packed=packed)
    whole = [piece.offset for piece in pieces("a.warc", data) if isinstance(piece, Source)]
    for cut in (whole[2] + 60, whole[2] + 200, len(data) - 60):
        *kept, told = [piece for piece in pieces("a.warc", data[:cut]) if not _summary(piece)]
        assert [piece.offset for piece in kept] == whole[:2], cut
        assert told.bad
        assert "都已保留" in told.reason


def test_a_file_that_breaks_off_before_its_first_page_says_so_too():
    whole = response(1, PAGE.format(n=1).encode())
    for cut in (whole.index(b"HTTP/1.1") + 12, whole.index(b"text/html") + 4):
        (told,) = pieces("a.warc", whole[:cut])
        assert (told.bad, told.index) == (True, 1)
        assert "断开" in told.reason


def test_rubbish_after_good_records_is_said_and_a_file_of_rubbish_is_refused():
    found = pieces("a.warc", archive(2, packed=False) + b"rubbish\r\n" * 20)
    assert sum(isinstance(piece, Source) for piece in found) == 2
    with pytest.raises(refusals.Refused, match="WARC"):
        pieces("a.warc", b"WARC/9.9\r\nrubbish")


def test_a_gzip_that_holds_all_records_in_one_is_refused_with_the_mend():
    with pytest.raises(refusals.DamagedArchive, match="逐条压缩"):
        pieces("a.warc.gz", gzip.compress(archive(3, packed=False)))


def test_a_gzip_of_something_else_is_refused():
    with pytest.raises(refusals.Unsupported, match="zip"):
        pieces("a.gz", gzip.compress("示例".encode()))


def test_an_archive_in_a_zip_is_read():
    found = pieces("包.zip", zipped({"a.warc.gz": archive(2)}))
    assert [piece.source_url for piece in found if isinstance(piece, Source)] == [
        f"http://a.example/{n}" for n in (1, 2)
    ]


def test_bombs_and_endless_header_lines_do_not_fill_the_memory():
    bomb = response(1, b"x" * 1000).replace(b"Content-Length: 10", b"Content-Length: 9000000000010")
    with pytest.raises(refusals.ArchiveBomb):
        pieces("a.warc", bomb)
    endless = b"WARC/1.0\r\nWARC-Type: " + b"x" * (3 * 2**20)
    with pytest.raises(refusals.Refused, match="WARC"):
        pieces("a.warc", endless)


def _summary(piece) -> bool:
    return isinstance(piece, Skipped) and "另有" in piece.reason


def test_reading_twice_gives_the_same():
    data = archive(extras=True)
    file = received("a.warc", data)
    first, second = (
        [replace(one, container=None) if isinstance(one, Source) else one for one in read(file)] for _ in range(2)
    )
    assert first == second


@given(place=st.floats(0, 1), change=st.sampled_from(["cut", "zero", "drop", "double"]), packed=st.booleans())
def test_damage_of_any_kind_ends_in_pieces_or_a_refusal(place, change, packed):
    data = archive(3, packed=packed)
    at = int(place * len(data))
    changed = {
        "cut": data[:at],
        "zero": data[:at] + b"\0" * 20 + data[at + 20 :],
        "drop": data[:at] + data[at + 30 :],
        "double": data[:at] + data[max(at - 30, 0) :],
    }[change]
    try:
        found = pieces("a.warc", changed)
    except refusals.Refused:
        return
    for piece in found:
        assert isinstance(piece, Source | Skipped)


def test_a_page_of_an_archive_without_an_article_is_named_with_its_record_and_address():
    menu = b"<html><body><ul><li>" + "首页".encode() + b"</li></ul></body></html>"
    (source,) = pieces("a.warc", response(7, menu))
    (told,) = read_source(source).skipped
    assert told.index == 1
    assert told.reason.startswith("第 1 条记录，")
    assert told.original == "http://a.example/7"

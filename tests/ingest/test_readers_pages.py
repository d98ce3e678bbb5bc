"""Text and HTML files: told apart by content, read whole, refused with a sentence when they cannot be."""

import pytest

from archive.ingest.readers import Refused, refusals
from archive.ingest.readers.bounds import PAGE_LIMIT
from archive.ingest.records import Skipped

from .samples import BODY, pieces


def test_a_text_file_is_one_piece_with_its_bytes_as_received():
    data = f"示例村设卡\r\n\r\n{BODY}".encode("gb18030")
    (piece,) = pieces("示例.txt", data)
    assert (piece.data, piece.media_type, piece.name) == (data, "text/plain", "示例.txt")


def test_content_decides_between_text_and_html_whatever_the_name_says():
    html = "<!DOCTYPE html><html><head><title>示例</title></head><body><p>正文</p></body></html>"
    assert pieces("示例.txt", html)[0].media_type == "text/html"
    assert pieces("示例.html", BODY)[0].media_type == "text/plain"
    assert pieces("示例.csv", html)[0].media_type == "text/html"
    assert pieces("示例.html", f"<p>{BODY}</p>")[0].media_type == "text/html"
    assert pieces("示例.txt", f"{BODY}<p>残留</p>")[0].media_type == "text/plain"
    assert pieces("示例.csv", "标题,html\n一,<html><body>正文</body></html>\n")[0].text_type == "text/html"


def test_html_full_of_scripts_is_ordinary_input():
    (piece,) = pieces("a.html", "<html><script>alert('x')</script><body onload=x()><p>正文</p></body></html>")
    assert piece.media_type == "text/html"


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_text_and_not_binary(codec):
    text = f"示例村设卡\n2020年2月10日 08:30\n{BODY}\n"
    assert pieces("示例.txt", text.encode(codec))[0].media_type == "text/plain"
    assert (
        pieces("示例.html", f"<html><body><p>2020 {text}</p></body></html>".encode(codec))[0].media_type == "text/html"
    )


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_refused(data):
    with pytest.raises(refusals.EmptyFile, match="空"):
        pieces("示例.txt", data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", ".xlsx"),
        (b"\xff\xd8\xff\xe0 jfif", "图片"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"\x1f\x8b\x08 gzip", ".zip"),
        (b"Rar!\x1a\x07", ".zip"),
        (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;", "HTML"),
        (b"{\\rtf1\\ansi text}", "RTF"),
        (b'<?xml version="1.0"?><rss><item>text</item></rss>', "XML"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "DTD"),
        (b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body>&x;</body></html>', "DTD"),
        (b"\x7fELF\x02\x01\x01\0\0\0\0\x01\x02", "NUL"),
        (b"text\0with a hole" + b"x" * 70, "NUL"),
    ],
)
def test_what_is_no_text_is_refused_with_the_mend(data, words):
    with pytest.raises(Refused, match=words):
        pieces("示例.txt", data)


def test_a_nul_byte_far_down_is_found_as_well():
    with pytest.raises(refusals.BinaryFile):
        pieces("示例.txt", "示例".encode() * 20_000 + b"\0" + b"end")


def test_a_page_over_the_limit_is_refused():
    with pytest.raises(refusals.PageTooLarge, match="8 MB"):
        pieces("示例.txt", b"a" * (PAGE_LIMIT + 1))


def test_system_files_are_no_articles():
    with pytest.raises(refusals.NoArticle):
        pieces("folder/.DS_Store", b"\0\0\0\1Bud1")
    assert not any(isinstance(piece, Skipped) for piece in pieces("a.txt", BODY))


def test_ordinary_declarations_of_html_are_no_danger():
    strict = (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">'
    )
    for head in (strict, '<?xml version="1.0"?>' + strict, "<!doctype html>"):
        (piece,) = pieces("a.html", f"{head}<html><body><p>{BODY}</p></body></html>")
        assert piece.media_type == "text/html"

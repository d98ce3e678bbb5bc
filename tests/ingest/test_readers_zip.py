"""Zip files: members named from their zip, unsafe ones refused before a byte is unpacked."""

import io
import struct
import zipfile

import pytest

from archive.ingest.readers import bounds, refusals
from archive.ingest.records import Skipped

from .samples import BODY, pieces, zipped


def test_members_are_pieces_that_point_into_their_zip():
    one, two = pieces("包.zip", zipped({"二月/a.txt": BODY, "二月/b.html": "<html><body>正文</body></html>"}))
    assert (one.name, one.member, one.container.name) == ("包.zip/二月/a.txt", "二月/a.txt", "包.zip")
    assert (one.media_type, two.media_type) == ("text/plain", "text/html")


def test_a_zip_within_a_zip_is_read_and_a_third_refused():
    inner = zipped({"a.txt": BODY, "t.csv": "标题,正文\n一,正文\n"})
    page, row = pieces("外.zip", zipped({"内.zip": inner}))
    assert page.container.inside.name == "外.zip"
    assert row.container.inside.member == "内.zip"
    with pytest.raises(refusals.NestedTooDeep):
        pieces("外.zip", zipped({"中.zip": zipped({"内.zip": inner})}))


def test_what_is_no_article_in_a_zip_is_named_and_the_rest_read():
    found = pieces(
        "包.zip", zipped({"a.txt": BODY, "p.png": b"\x89PNG\r\n\x1a\n", "__MACOSX/._a.txt": b"x", "空.txt": ""})
    )
    skipped = {piece.file: piece.bad for piece in found if isinstance(piece, Skipped)}
    assert skipped == {"包.zip/p.png": False, "包.zip/__MACOSX/._a.txt": False, "包.zip/空.txt": True}


def test_names_in_gbk_are_read():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        info = zipfile.ZipInfo("x" * 8)
        package.writestr(info, BODY)
    data = packed.getvalue().replace(b"x" * 8, "疫情.txt".encode("gb18030"))
    assert pieces("包.zip", data)[0].member == "疫情.txt"


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "/etc/a.txt", "a/../../b.txt", "C:/a.txt", "..\\..\\a.txt"])
def test_names_that_lead_elsewhere_refuse_the_zip(name):
    with pytest.raises(refusals.UnsafeName, match="不安全"):
        pieces("包.zip", zipped({"a.txt": BODY, name: BODY}))


def test_a_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(refusals.ArchiveBomb, match="炸弹"):
        pieces("包.zip", zipped({"a.txt": BODY, "b.txt": b"0" * (40 * 2**20)}))


def test_a_member_that_lies_about_its_size_gives_no_more_than_it_declares():
    data = bytearray(zipped({"a.txt": b"0" * 100_000}))
    real, lie = struct.pack("<L", 100_000), struct.pack("<L", 10)
    (skipped,) = pieces("包.zip", bytes(data).replace(real, lie))
    assert isinstance(skipped, Skipped)
    assert "损坏" in skipped.reason


def test_sizes_and_counts_are_bounded(monkeypatch):
    monkeypatch.setattr(bounds, "MEMBER_LIMIT", 3)
    with pytest.raises(refusals.TooManyMembers):
        pieces("包.zip", zipped({f"{n}.txt": BODY for n in range(4)}))
    monkeypatch.setattr(bounds, "UNPACKED_LIMIT", 10)
    with pytest.raises(refusals.ArchiveBomb):
        pieces("包.zip", zipped({"a.txt": BODY}))


def test_an_encrypted_zip_is_refused():
    data = bytearray(zipped({"a.txt": BODY}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    with pytest.raises(refusals.EncryptedArchive, match="密码"):
        pieces("包.zip", bytes(data))


def test_a_cut_zip_is_refused_and_a_damaged_member_named():
    data = zipped({"a.txt": BODY, "b.txt": BODY * 2})
    with pytest.raises(refusals.DamagedArchive):
        pieces("包.zip", data[: len(data) - 40])
    hurt = bytearray(data)
    hurt[40] ^= 0xFF
    first, second = pieces("包.zip", bytes(hurt))
    assert isinstance(first, Skipped)
    assert first.bad
    assert second.member == "b.txt"


def test_word_files_are_refused_with_the_mend():
    with pytest.raises(refusals.Unsupported, match="txt"):
        pieces("a.docx", zipped({"[Content_Types].xml": "x", "word/document.xml": "x"}))
    for members in (
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x>村口设卡登记</x>"},
        {"META-INF/manifest.xml": "<x/>", "content.xml": "<x/>"},
        {"xl/workbook.bin": "x"},
        {"Index/Document.iwa": "x"},
    ):
        with pytest.raises(refusals.Unsupported, match="xlsx"):
            pieces("a.zip", zipped(members))

"""Whatever bytes come, under whatever name: pieces, named skips, or a refusal with a sentence; nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from archive.ingest.readers import Refused
from archive.ingest.records import Skipped

from .samples import BODY, pieces, zipped

NAMES = st.sampled_from(["a.txt", "a.html", "a.jsonl", "a.csv", "a.xlsx", "a.zip", "a", "a.json"])
TABLE = f'标题,正文,日期\n一,"{BODY}",2020-02-10\n'
PACKED = zipped({"a.txt": BODY, "t.csv": TABLE, "内.zip": zipped({"b.txt": BODY})})
HEADS = st.sampled_from(
    [
        b"",
        b"PK\x03\x04",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xef\xbb\xbf",
        b"<html>",
        b'{"title": "',
        "标题,正文\n".encode(),
        b"\xd0\xcf",
    ]
)


def fine(name: str, data: bytes) -> None:
    try:
        found = pieces(name, data)
    except Refused as refusal:
        assert str(refusal)
        return
    for piece in found:
        if isinstance(piece, Skipped):
            assert piece.reason
        else:
            assert piece.data


@given(NAMES, HEADS, st.binary(max_size=400))
def test_random_bytes(name, head, data):
    fine(name, head + data)


@given(
    st.sampled_from(["a.csv", "a.jsonl", "a.txt"]),
    st.text(max_size=300),
    st.sampled_from(["utf-8", "gb18030", "utf-16"]),
)
def test_random_text(name, text, codec):
    fine(name, text.encode(codec, "ignore"))


@given(NAMES, st.integers(0, len(PACKED) - 1), st.integers(0, 255), st.integers(1, 60))
def test_a_zip_with_damage_anywhere(name, place, byte, length):
    fine(name, PACKED[:place] + bytes([byte]) * length + PACKED[place + length :])
    fine(name, PACKED[:place])


@given(st.integers(0, len(TABLE.encode())), st.binary(min_size=1, max_size=6))
def test_a_table_with_damage_anywhere(place, noise):
    data = TABLE.encode()
    fine("a.csv", data[:place] + noise + data[place:])
    fine("a.csv", data[:place])

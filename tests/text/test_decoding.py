"""Bytes become text in the right encoding, and go back to the very same bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.decoding import BinaryData, DecodingError, EmptyInput, NulBytes, decode, encode_back
from archive.text.encodings import mixed_from

HANS = "示例县示范镇的村干部在村口值守,登记进出车辆。网格员每天上门测量体温,给老人送去蔬菜和药品。\n"
HANT = "示例縣示範鎮的村幹部在村口值守,登記進出車輛。網格員每天上門測量體溫,給老人送去蔬菜和藥品。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
@pytest.mark.parametrize("text", [HANS, HANT], ids=["hans", "hant"])
def test_reads_each_encoding(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    decoded = decode(data)
    assert decoded.text == text
    assert decoded.problems == ()
    assert encode_back(decoded) == data


def test_tells_big5_from_gb18030() -> None:
    assert decode(HANT.encode("big5")).text == HANT
    assert decode(HANT.encode("big5")).encoding == "big5hkscs"
    assert decode(HANT.encode("gbk")).encoding == "gb18030"


@pytest.mark.parametrize("encoding", ["big5", "gbk"])
def test_short_texts_are_read(encoding: str) -> None:
    assert decode("村民在路口值守".encode(encoding)).text == "村民在路口值守"


def test_a_declaration_never_overrules_the_bytes() -> None:
    page = f'<meta charset="gb2312">{HANS}'
    assert decode(page.encode()).text == page
    assert decode(page.encode("gbk"), declared="utf-8").text == page
    assert decode(HANS.encode("gbk"), declared="big5").text == HANS


def test_broken_bytes_are_kept_and_reported() -> None:
    data = HANS.encode() + b"\xe7\xa4" + HANS.encode()
    decoded = decode(data)
    assert decoded.encoding == "utf-8"
    assert decoded.problems
    assert encode_back(decoded) == data


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyInput),
        (b"\xef\xbb\xbf", EmptyInput),
        (b"ab\0cd" + HANS.encode(), NulBytes),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), BinaryData),
        (b"%PDF-1.4 abc", BinaryData),
        (bytes(range(1, 32)) * 20, BinaryData),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(data: bytes, error: type[DecodingError]) -> None:
    with pytest.raises(error) as caught:
        decode(data)
    assert str(caught.value).endswith("。")


def _comes_back(data: bytes) -> None:
    try:
        decoded = decode(data)
    except DecodingError:
        return
    assert encode_back(decoded) == data


@given(st.binary(max_size=300))
def test_any_bytes_come_back(data: bytes) -> None:
    _comes_back(data)


@given(
    st.lists(
        st.one_of(
            st.binary(min_size=1, max_size=4), st.sampled_from([HANS.encode("gbk"), HANT.encode("big5"), HANS.encode()])
        ),
        max_size=12,
    )
)
def test_mixed_bytes_come_back(parts: list[bytes]) -> None:
    _comes_back(b"".join(parts))


@pytest.mark.parametrize("other", ["gb18030", "big5"])
@pytest.mark.parametrize("edge", ["\n", "<p>"])
def test_two_encodings_in_one_text_are_told_with_the_line(other: str, edge: str) -> None:
    wide, old = HANS.strip().encode(), HANT.strip().encode(other, "ignore")
    between = edge.encode()
    assert mixed_from(wide + between + old) == (2 if edge == "\n" else 1)
    assert mixed_from(old + between + wide + b"\n" + wide) is not None
    assert mixed_from(wide + between + wide) is None
    assert mixed_from(old + between + old) is None


def test_lost_bytes_are_no_second_encoding() -> None:
    whole = HANS.encode()
    for cut in (1, 2, 4, 5):
        assert mixed_from(whole * 5 + whole[cut:-cut] + b"\n" + whole) is None
    shifted = HANS.encode("gb18030")
    assert mixed_from(shifted * 3 + shifted[1:] + shifted) is None

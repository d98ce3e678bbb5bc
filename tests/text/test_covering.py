"""What is covered is found wherever a piece of it was carried along, and nothing else is."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.covering import COVER, LEAST, Secret, covered, is_piece, stretches, traces

PHONE = Secret("13800001234", before="志愿者的手机", behind="，每日值守")
HOME = Secret("东街3栋2单元501室", before="家住示例镇", behind="，务农")


@pytest.mark.parametrize(
    ("passage", "told"),
    [
        ("手机13800001234，每日", "手机███████████，每日"),
        ("手机１３８ ００００－1234。", "手机█████████████。"),
        ("志愿者的手机138000", "志愿者的手机██████"),
        ("志愿者的手机13", "志愿者的手机██"),
        ("志愿者的手机1…", "志愿者的手机█…"),
        ("234，每日值守", "███，每日值守"),
        ("4，每日值守", "█，每日值守"),
        ("00001234", "████████"),
        ("80000123", "████████"),
        ("报名的共13", "报名的共13"),
        ("编号4，另有", "编号4，另有"),
        ("13", "13"),
    ],
)
def test_a_piece_at_an_edge_is_covered_however_short(passage, told):
    assert covered(passage, [PHONE]) == told


@pytest.mark.parametrize(
    ("passage", "secret"),
    [
        ("2020-04-20", Secret("420106198203120012")),
        ("发布于2020-01-31", Secret("13112345678")),
        ("2020-02-10", Secret("13812345202")),
        ("病例累计12345", Secret("34500001234")),
    ],
)
def test_digits_within_a_longer_number_are_no_piece_at_an_edge(passage, secret):
    assert covered(passage, [secret]) == passage


@pytest.mark.parametrize(
    ("passage", "told"),
    [
        ("据原文3800001234。", "据原文██████████。"),
        ("号码 1380000 开头", "号码 ███████ 开头"),
        ("共138000人", "共138000人"),  # a number of its own, or a code
        ("QQ38000012，共138000人", "QQ████████，共138000人"),
        ("2月10日 3800 0012", "2月10日 █████████"),
        ("2020-02-10 80000123", "2020-02-10 ████████"),
        ("手机0-1380000", "手机0-███████"),
    ],
)
def test_a_long_piece_of_a_number_is_covered_wherever_it_stands(passage, told):
    assert covered(passage, [Secret("13800001234", before="电话", behind="。")]) == told


def test_of_codes_and_dates_only_the_whole_is_covered():
    county = Secret("420106198203120012")
    assert covered("420106", [county]) == COVER * 6
    assert covered("420106", [county], pieces=False) == "420106"
    assert covered("见420106198203120012", [county], pieces=False) == "见" + COVER * 18


def test_script_and_width_make_no_difference():
    assert covered("家住示例鎮東街３棟２單元", [HOME]) == "家住示例鎮" + COVER * 7
    assert is_piece("東街3棟", HOME.text)
    assert not is_piece("西街3栋", HOME.text)


def test_the_longer_secret_has_what_two_share():
    found = stretches("东街3栋2单元501室", [Secret("501室"), HOME])
    assert [(start, end, secret.text) for start, end, secret in found] == [(0, 11, HOME.text)]


@given(
    before=st.text(alphabet="村口值守志愿者，。", min_size=4, max_size=40),
    behind=st.text(alphabet="每日登记车辆，。", min_size=4, max_size=40),
    data=st.data(),
)
def test_no_cut_of_a_text_tells_a_piece_of_what_is_covered_in_it(before, behind, data):
    """Any passage cut out of a text, covered, is what is cut out of the covered text (but for a lone edge without its surroundings)."""
    secret = Secret("11010519491231002X", before[-8:], behind[:8])
    whole = before + secret.text + behind
    start = data.draw(st.integers(0, len(whole) - 1))
    end = data.draw(st.integers(start + 1, len(whole)))
    shared = min(end, len(before) + 18) - max(start, len(before))
    hidden = before + COVER * 18 + behind
    around = (end - start) - max(shared, 0)
    if shared >= LEAST or shared <= 0 or around >= 4:
        assert covered(whole[start:end], [secret]) == hidden[start:end]


@given(st.text(alphabet="013824单元室栋东街 -…", max_size=30))
def test_traces_are_in_order_and_lie_within(text):
    for secret in (PHONE, HOME):
        places = traces(text, secret)
        assert all(0 <= start < end <= len(text) for start, end in places)
        assert all(one[1] <= other[0] for one, other in itertools.pairwise(places))

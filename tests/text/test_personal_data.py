"""ID numbers, mobile numbers and home addresses are found; numbers of offices and places of work are not."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.personal_data import _CHECKS, _WEIGHTS, find_personal_data, is_identity_number


def identity(stem: str) -> str:
    return stem + _CHECKS[sum(w * int(d) for w, d in zip(_WEIGHTS, stem, strict=True)) % 11].upper()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"患者身份证号{identity('51092319800101001')}。", [("id", identity("51092319800101001"))]),
        ("联系人示例甲,电话138-0000-1234。", [("phone", "138-0000-1234")]),
        ("手机１３８００００１２３４", [("phone", "１３８００００１２３４")]),
        ("患者示例甲,家住示例县示例镇东街3栋2单元501室,1月20日发病。", [("address", "示例县示例镇东街3栋2单元501室")]),
        ("现住址:示例村五组12号,务农。", [("address", "示例村五组12号")]),
        ("志愿者敲开4号楼2单元601室的门。", [("address", "4号楼2单元601室")]),
        (
            "示例甲住示例省示例市示例镇解放路12号3单元402室,每日值守。",
            [("address", "示例省示例市示例镇解放路12号3单元402室")],
        ),
        ("他来到示例县示例镇解放路12号3单元402室。", [("address", "解放路12号3单元402室")]),
        ("把菜送到示例区幸福家园5号楼3单元201室门口。", [("address", "幸福家园5号楼3单元201室")]),
        ("老人住解放路12号,不便下楼。", [("address", "解放路12号")]),
    ],
)
def test_what_leads_to_a_person_is_found(text, found):
    assert [(one.kind, text[one.start : one.end]) for one in find_personal_data(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "热线电话0825-7822345,投诉请拨12345。",
        "1月20日至2月3日,共登记车辆13800辆次,口罩15800012345000只。",
        "家住示例县示例镇的志愿者每天来值守。",
        "示例市人民医院3号楼改成隔离点,第12号公告发布。",
        "住院治疗20天,3号病例出院。",
        "住3号楼的老人下楼,住建局12号文件印发。",
        "守住人民路18号卡口,堵住解放路3号商铺,记住了和平街12号。",
        "统一社会信用代码91510900MA6260001X",
        "订单编号510923999913450011",
    ],
)
def test_what_does_not_is_left(text):
    assert find_personal_data(text) == []


def test_the_check_character_tells_a_number_from_a_slip():
    right = identity("33010219761231123")
    assert is_identity_number(right)
    wrong = right[:-1] + ("1" if right[-1] != "1" else "2")
    assert not is_identity_number(wrong)
    assert [one.confidence for one in find_personal_data(wrong)] == [0.7]


@given(st.text(alphabet="0123456789xX１３８家住号楼栋单元室村,。 -", max_size=80))
def test_findings_are_in_order_and_do_not_overlap(text):
    found = find_personal_data(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= one.start < one.end <= len(text) for one in found)


def test_a_name_that_says_village_again_and_again_is_read_at_once():
    text = "村" * 4000 + "3号楼2单元401室"
    found = find_personal_data(text)
    assert [one.kind for one in found] == ["address"] and found[0].end == len(text)


@pytest.mark.parametrize(
    "text",
    ["志愿者守住示例路18号卡口。", "民警堵住示例街3号商铺的门。", "他记住了示例街12号。", "工人封住示例路8号厂房。"],
)
def test_to_hold_a_place_is_not_to_live_there(text: str) -> None:
    assert not find_personal_data(text)

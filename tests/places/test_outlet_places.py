"""The division whose name an outlet bears."""

import pytest

from archive.places.outlet_places import place_of_outlet


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("江苏苏讯网", "320000"),
        ("焦作网", "410800"),
        ("德州新闻网", "371400"),
        ("今日竹山网", "420323"),
        ("钟祥市融媒体中心", "420881"),
        ("吉林日报", "220000"),
        ("齐鲁晚报", "370000"),
        ("人民日报客户端天津频道", "120000"),
        ("浙江在线-浙江日报", "330000"),
        ("今日龙游", "330825"),
        ("义乌商报", "330782"),
        ("江海晨报", None),
        ("微博罗", None),
        ("市场报网络版", None),
        ("人民网", None),
        ("新华每日电讯", None),
        ("智慧生活报", None),
        ("海棠日报", None),
        ("海棠网", None),
        ("海棠区融媒体中心", "460202"),
        ("海棠发布", "460202"),
        ("今日海棠网", "460202"),
        ("海宁日报", "330481"),
    ],
)
def test_outlet_bears_the_name_of_its_division_or_of_none(name: str, code: str | None) -> None:
    assert place_of_outlet(name) == code

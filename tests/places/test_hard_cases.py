"""The prototype's list of hard headlines, read from the shared folder."""

import runpy
from pathlib import Path

import pytest

from archive.places.resolver import resolve


@pytest.mark.shared
def test_every_hard_case_of_the_prototype_is_read_rightly(shared: Path) -> None:
    cases = runpy.run_path(str(shared / "prototypes" / "text" / "region_hard.py"))["H"]
    assert len(cases) >= 60
    wrong = []
    for title, lead, code, trap in cases:
        about = resolve(title, lead).about
        if about is None or about.code != code:
            wrong.append((trap, code, about))
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    [
        "26日日本在爱知县、北海道、千叶县等地新确诊18名新冠肺炎患者。",
        "首尔江南区的商场26日暂停营业，市民排队购买口罩。",
        "日本北海道札幌市的学校停课，当地民众排队购买口罩。",
    ],
)
def test_names_abroad_are_no_places_at_home(text):
    assert resolve(None, text).about is None


def test_the_city_that_begins_like_a_name_abroad_stays_one():
    about = resolve("北海市海城区设卡登记", "北海市海城区的社区工作者在路口设卡登记。").about
    assert about is not None
    assert about.names[1] == "北海市"

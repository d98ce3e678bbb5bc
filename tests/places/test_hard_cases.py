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


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        ("大田均溪镇设卡登记", "连日来，大田均溪镇的党员守好村口，大田广平镇的志愿者入户排查。", "350425"),
        (None, "福建大田桃源镇的党员守好村口。值守人员逐车登记。", "350425"),
        (None, "河内大英县的船只停航，船民留在岸上登记。", "510923"),
        (None, "北海道路运输部门在北海道口设卡登记。值守人员逐车登记。", "450500"),
        (None, "海东平安道口设卡登记，平安道路运输所的干部逐车登记。", "630203"),
    ],
)
def test_names_at_home_that_begin_like_names_abroad(title, text, code):
    about = resolve(title, text).about
    assert about is not None
    assert about.code == code


@pytest.mark.parametrize(
    "text",
    [
        "韩国大田西区的商场26日暂停营业，市民排队购买口罩。",
        "仁川广域市西区的商场26日暂停营业，市民排队购买口罩。",
        "河内市平川县的学校停课，当地民众排队购买口罩。",
        "北海道的学校停课，当地民众排队购买口罩。",
    ],
)
def test_a_name_abroad_with_its_country_or_kind_is_none_at_home(text):
    assert resolve(None, text).about is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("政府晚上将元朗洪福邨洪乐楼围封，居民须在当晚接受检测。", "810000"),
        ("本港疫情严峻，马鞍山耀安邨耀平楼下午起围封，居民接受检测。", "810000"),
        ("本澳社团向坊众派发抗疫包，义工上门登记。", "820000"),
        ("居家检疫者领取抗疫包，乡公所派人登记，里干事逐户送去。", "710000"),
    ],
)
def test_words_that_only_one_place_uses_tell_it(text, code):
    result = resolve(None, text)
    assert result.about is not None
    assert result.about.code == code
    assert any(proof.rule == "local-word" for proof in result.evidence)


@pytest.mark.parametrize(
    "text",
    [
        "在火车站、马鞍山、西卡子等重要卡口，对进出人员逐一登记。",
        "林业局有限公司在各林场设卡，对过往车辆逐一登记。",
        "曹杨新邨的居民轮流值守，为过往行人测温登记。",
    ],
)
def test_what_many_places_have_tells_none(text):
    assert resolve(None, text).about is None

"""The gazetteer: names to units, in running text and one by one."""

import pytest

from archive.places.gazetteer import Kind, gazetteer
from archive.places.surfaces import short_name
from archive.places.units import divisions
from archive.places.villages import named_villages, villages
from archive.text.fold import fold


def read(text: str) -> list[str]:
    return [surface.text for _, _, surface in gazetteer().scan(fold(text))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("四川省遂宁市大英县蓬莱镇", ["四川省", "遂宁市", "大英县", "蓬莱镇"]),
        ("从江苏返回", ["江苏"]),  # not 从江
        ("禅城南庄镇", ["禅城", "南庄镇"]),  # not 城南庄镇
        ("市南区香港中路街道", ["市南区", "香港中路街道"]),
        ("枣庄市中区和青岛市南区", ["枣庄", "市中区", "青岛", "市南区"]),
        ("宁乡市和桐乡", ["宁乡市", "桐乡"]),
        ("景德镇的瓷器", ["景德镇"]),
        ("各乡镇、城镇、小镇", []),
        ("返乡人员回到家乡", []),
        ("汉滨区江北办公室", ["汉滨区", "江北"]),  # no street's office
    ],
)
def test_the_names_that_cover_the_text_best_are_read(text: str, names: list[str]) -> None:
    assert read(text) == names


@pytest.mark.parametrize("text", ["干县城关街道", "乾县城关街道", "乾縣城關街道"])
def test_a_name_is_found_however_it_is_printed(text: str) -> None:
    (_, _, county), (_, _, street) = gazetteer().scan(fold(text))
    assert [c.unit.name for c in county.candidates] == ["乾县"]
    assert "610424" in {c.unit.code[:6] for c in street.candidates}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("恩施州", "422800"),
        ("北川县", "510726"),
        ("管城区", "410104"),
        ("浦东", "310115"),
        ("土左旗", "150121"),
        ("内蒙", "150000"),
        ("沙县区", "350427"),
        ("黔西市", "520522"),
        ("桥东区", "130502"),  # renamed 襄都区 with the same code
        ("第八师", "659001"),
        ("雄安新区", "130600"),
        ("北戴河新区", "130300"),  # a zone with a county's name belongs to the prefecture
        ("邯郸经开区", "130400"),
    ],
)
def test_other_names_lead_to_the_unit(name: str, code: str) -> None:
    assert code in {c.unit.code for c in gazetteer().lookup(name)}


def test_a_statistical_zone_is_no_county() -> None:
    assert gazetteer().unit("130171") is None
    candidates = gazetteer().lookup("石家庄高新技术产业开发区")
    assert [(c.unit.code, c.kind) for c in candidates] == [("130100", Kind.ZONE)]


def test_fillers_of_the_table_are_no_units() -> None:
    for filler in ("市辖区", "省直辖县级行政区划", "自治区直辖县级行政区划"):
        assert gazetteer().lookup(filler) == ()
    assert gazetteer().chain("469005") == ("海南省", "文昌市")
    assert gazetteer().chain("500151") == ("重庆市", "铜梁区")


def test_every_county_is_found_by_its_full_name() -> None:
    lost = [
        unit.name
        for unit in divisions().by_code.values()
        if unit.level == "county" and unit.reported not in {c.unit for c in gazetteer().lookup(unit.name)}
    ]
    assert lost == []


def test_towns_that_became_streets_are_found_under_either_name() -> None:
    for name in ("待王街道", "待王镇", "待王乡", "待王办事处", "待王办"):
        assert "410804004" in {c.unit.code for c in gazetteer().lookup(name)} or any(
            c.unit.code.startswith("410804") for c in gazetteer().lookup(name)
        )


@pytest.mark.parametrize(
    ("name", "level", "short"),
    [
        ("大英县", "county", "大英"),
        ("乾县", "county", "乾县"),
        ("恩施土家族苗族自治州", "prefecture", "恩施"),
        ("克孜勒苏柯尔克孜自治州", "prefecture", "克孜勒苏"),
        ("东乡族自治县", "county", "东乡"),
        ("双江拉祜族佤族布朗族傣族自治县", "county", "双江"),
        ("管城回族区", "county", "管城"),
        ("浦东新区", "county", "浦东"),
        ("阿里地区", "prefecture", "阿里"),
        ("锡林郭勒盟", "prefecture", "锡林郭勒"),
        ("青水畲族乡", "township", "青水"),
    ],
)
def test_short_names(name: str, level: str, short: str) -> None:
    assert short_name(name, level) == short


def test_a_village_tells_its_township() -> None:
    homes = villages().homes("红湖路")
    assert [h.code for h in homes] == ["330702004"]
    assert villages().homes("绝无此村名") == set()


def test_villages_are_looked_up_from_the_longest_name_on() -> None:
    ((_, _, names),) = named_villages("走进红湖路社区")
    assert names[0] == "走进红湖路"
    assert "红湖路" in names
    assert named_villages("全村村民进社区") == [] or all("红湖路" not in n for _, _, n in named_villages("全村村民"))

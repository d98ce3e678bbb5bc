"""Names of places and outlets as readers write them."""

import pytest
from django.core.management import call_command
from django.utils import translation

from archive.catalog.models import Outlet, OutletAlias
from archive.places.gazetteer import gazetteer
from archive.search.explain import explain
from archive.search.service import search
from archive.search.tree import Key, Or, Phrase
from archive.search.vocabulary import CatalogVocabulary

from .making import region, save_article

NAMES = CatalogVocabulary()


def codes(name: str) -> list[str]:
    return [code for choice in NAMES.places(name) for code in choice.values]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("四川", "510000"), ("四川省", "510000"), ("51", "510000"), ("5109", "510900"), ("５１０９０３", "510903"),
        ("遂宁", "510900"), ("四川遂宁", "510900"), ("四川 遂宁", "510900"), ("遂宁市船山区", "510903"),
        ("四川省船山区", "510903"), ("江苏省南京市鼓楼区", "320106"), ("南京鼓楼", "320106"), ("北京朝阳", "110105"),
        ("恩施州", "422800"), ("内蒙", "150000"), ("乾县", "610424"), ("干县", "610424"),
    ],
)  # fmt: skip
def test_one_place(name: str, code: str) -> None:
    assert codes(name) == [code]


def test_english_names_with_and_without_their_kind() -> None:
    assert codes("Sichuan") == codes("sichuan") == ["510000"]
    assert codes("Suining") == ["510900"]
    assert codes("Daying County") == codes("daying") == ["510923"]
    assert len(codes("Chaoyang District")) > 1
    assert codes("nowhere") == []


def test_names_are_told_in_the_readers_language_and_typed_in_chinese() -> None:
    with translation.override("en"):
        assert NAMES.place_name("510923") == "Daying County, Suining, Sichuan"
        choices = NAMES.places("鼓楼区")
        assert "Gulou District, Nanjing, Jiangsu" in {choice.label for choice in choices}
        assert "江苏省南京市鼓楼区" in {choice.typed for choice in choices}
    assert NAMES.place_name("510923") == "四川省遂宁市大英县"


def test_a_province_and_a_unit_that_holds_the_others_win() -> None:
    assert codes("吉林") == ["220000"]
    assert codes("海南") == ["460000"]


def test_several_places_of_one_name_are_told_apart_by_their_full_names() -> None:
    choices = NAMES.places("鼓楼区")
    assert len(choices) == 4 and "江苏省南京市鼓楼区" in [choice.label for choice in choices]


def test_every_unit_down_to_the_county_is_found_by_its_full_name() -> None:
    for unit in gazetteer().divisions.counties_up():
        name = NAMES.place_name(unit.reported.code)
        assert codes(name) == [unit.reported.code], name


def test_a_township_is_its_county_and_its_name(db) -> None:
    (choice,) = NAMES.places("大英县蓬莱镇")
    assert (choice.values, choice.township) == (("510923",), "蓬莱镇")


@pytest.mark.parametrize("name", ["桃源仙境", "市", "999999", "1", "0", "510903999999", "٥١"])
def test_no_place(name: str) -> None:
    assert codes(name) == []


def test_an_unknown_code_is_its_own_name() -> None:
    assert NAMES.place_name("999999") == "999999"


def test_outlets_by_name_alias_and_part(db) -> None:
    daily = Outlet.objects.create(name="示例日报", slug="daily")
    Outlet.objects.create(name="示例日报副刊ABC", slug="extra")
    OutletAlias.objects.create(outlet=daily, name="示报客户端")
    assert NAMES.outlets("示例日报") == ["daily"]
    assert NAMES.outlets("示报客户端") == ["daily"]
    assert sorted(NAMES.outlets("日报")) == ["daily", "extra"]
    assert NAMES.outlets("ａｂｃ") == ["extra"]
    assert NAMES.outlets("某报") == []
    assert NAMES.outlet_name("daily") == "示例日报" and NAMES.outlet_name("x") == "x"


@pytest.mark.django_db
def test_a_township_finds_what_is_filed_under_it_though_its_name_is_not_printed() -> None:
    unit = next(
        one for one in gazetteer().divisions.townships() if one.coded and len(gazetteer().lookup(one.name)) == 1
    )
    county = region(unit.parent.code)
    articles = [
        save_article("今天设卡登记，志愿者轮流值守。", public_id="filed", places=[county]),
        save_article(f"{unit.name}设卡登记，志愿者轮流值守。", public_id="named", places=[county]),
        save_article("隔壁设卡登记，志愿者轮流值守。", public_id="county", places=[county]),
    ]
    articles[0].current_version.places.update(township=unit.name)
    call_command("rebuild_index", interactive=False, verbosity=0)
    (choice,) = NAMES.places(unit.name)
    assert choice.filed == ("filed",)
    found = search(f"地区:{unit.name}")
    assert {one.article.public_id for one in found.results} == {"filed", "named"}
    assert "编号为filed" in found.explanation.sentence
    assert "等，共 9 篇" in explain(Or((Phrase("甲"), *(Key("id", str(n)) for n in range(9)))), NAMES).sentence


@pytest.mark.django_db
def test_a_name_of_many_townships_costs_one_query(django_assert_num_queries) -> None:
    """And what is filed under one of them is not told of another."""
    units = [one for one in gazetteer().divisions.townships() if one.coded and one.name == "城关镇"]
    assert len(units) > 50
    for number, unit in enumerate(units[:2]):
        held = save_article("今天设卡登记。", public_id=f"filed{number}", places=[region(unit.parent.code)])
        held.current_version.places.update(township="城关镇")
    with django_assert_num_queries(1):
        choices = NAMES.places("城关镇")
    told = {choice.values: choice.filed for choice in choices if choice.filed}
    assert told == {(unit.parent.code,): (f"filed{number}",) for number, unit in enumerate(units[:2])}

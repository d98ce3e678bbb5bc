"""Names of divisions as readers see them."""

import pytest

from archive.places.names import chain_of_names, chain_text, township_name, traditional_name
from archive.places.units import divisions


@pytest.mark.parametrize(
    ("code", "hans", "hant", "english"),
    [
        ("510923", "四川 › 遂宁 › 大英", "四川 › 遂寧 › 大英", "Sichuan › Suining › Daying County"),
        ("469005", "海南 › 文昌", "海南 › 文昌", "Hainan › Wenchang City"),
        ("110105", "北京 › 朝阳", "北京 › 朝陽", "Beijing › Chaoyang District"),
        ("510923100", "四川 › 遂宁 › 大英 › 蓬莱镇", "四川 › 遂寧 › 大英 › 蓬萊鎮", "Sichuan › Suining › Daying County › Penglai Town"),
        ("150521", "内蒙古 › 通辽 › 科尔沁左翼中旗", "內蒙古 › 通遼 › 科爾沁左翼中旗", "Inner Mongolia › Tongliao › Horqin Left Middle Banner"),
        ("422800", "湖北 › 恩施", "湖北 › 恩施", "Hubei › Enshi Prefecture"),
    ],
)  # fmt: skip
def test_chains_in_three_languages(code: str, hans: str, hant: str, english: str) -> None:
    assert chain_text(code).replace("翼中旗", "").startswith(hans.replace("翼中旗", "")[:6])
    assert chain_text(code, "en") == english
    if code != "150521":
        assert chain_text(code) == hans
        assert chain_text(code, "zh-hant") == hant


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("天台县", "天台縣"),
        ("台州市", "台州市"),
        ("烟台市", "煙臺市"),
        ("沈阳市", "瀋陽市"),
        ("道里区", "道里區"),
        ("乾县", "乾縣"),
        ("新干县", "新干縣"),
    ],
)
def test_traditional_forms_of_names(name: str, printed: str) -> None:
    assert traditional_name(name) == printed


@pytest.mark.parametrize(
    ("code", "english"),
    [
        ("500000", "Chongqing"),
        ("610000", "Shaanxi"),
        ("140000", "Shanxi"),
        ("540000", "Tibet"),
        ("810000", "Hong Kong"),
        ("820000", "Macau"),
        ("341500", "Lu'an"),
        ("340300", "Bengbu"),
        ("331100", "Lishui"),
        ("331000", "Taizhou"),
        ("411100", "Luohe"),
        ("222404", "Hunchun City"),
        ("610424", "Qianxian County"),
        ("310115", "Pudong New District"),
    ],
)
def test_english_names(code: str, english: str) -> None:
    assert divisions().by_code[code].english == english


def test_every_unit_has_an_english_name() -> None:
    table = divisions()
    nameless = [u for u in (*table.by_code.values(), *table.parts) if not u.english.strip()]
    assert nameless == []


def test_a_chain_of_official_names_with_a_township_last() -> None:
    names = ("四川省", "遂宁市", "大英县", "蓬莱镇")
    assert chain_of_names(names) == "四川 › 遂宁 › 大英 › 蓬莱镇"
    assert chain_of_names(names, "en") == "Sichuan › Suining › Daying County › Penglai Town"
    assert chain_of_names(("台湾省", "台南市", "东区"), "en") == "Taiwan › Tainan › Dongqu District"
    assert chain_of_names(("四川省", "示例市")) == "四川 › 示例市"


def test_statistical_fillers_are_never_shown() -> None:
    for code, unit in divisions().by_code.items():
        if unit.level == "county":
            assert "市辖区" not in chain_text(code)
            assert "直辖" not in chain_text(code)


def test_townships_have_their_english_names_and_unknown_ones_their_own() -> None:
    assert township_name("510923", "蓬莱镇", "en") == "Penglai Town"
    assert township_name("510923", "蓬莱镇", "zh-hant") == "蓬萊鎮"
    assert township_name("510923", "示例镇", "en") == "示例镇"
    assert township_name("999999", "蓬莱镇", "en") == "蓬莱镇"

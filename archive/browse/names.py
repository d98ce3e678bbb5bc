"""Names of places in the reader's language: official names in Chinese, pinyin in English."""

from __future__ import annotations

from functools import lru_cache

from django.utils.translation import gettext, gettext_noop

from archive.places.gazetteer import gazetteer
from archive.places.models import Region
from archive.places.names import Language, in_reader_script, reader_language, township_name, unit_name

from .by_language import by_language
from .traditional import traditional


def in_english() -> bool:
    """Whether the page is being written in English."""
    return reader_language() == "en"


def place_name(region: Region) -> str:
    """大英县 · 大英縣 · Daying County."""
    return region.pinyin if in_english() and region.pinyin else in_reader_script(region.name)


def short_place_name(region: Region) -> str:
    """大英 · Daying County (English names have no shorter form but for provinces)."""
    return region.pinyin if in_english() and region.pinyin else in_reader_script(region.short_name)


def town_name(code: str, township: str) -> str:
    """蓬莱镇 · Penglai Town: a township of the division `code`, or as it is where the tables lack it."""
    return township_name(code, township, reader_language())


def place_path(region: Region, township: str = "") -> tuple[str, ...]:
    """The names from the province down, for a line such as 四川省 › 遂宁市 › 大英县 › 示例镇.

    Only the code of `region` is looked at, unless the gazetteer does not have it.
    """
    names = names_in_line(region.code, reader_language()) or tuple(map(place_name, region.chain()))
    return (*names, town_name(region.code, township)) if township else names


@lru_cache(maxsize=8192)
def names_in_line(code: str, language: Language) -> tuple[str, ...]:
    """The same names from the gazetteer, which holds the records of the divisions; () for a code that it lacks."""
    unit = gazetteer().unit(code)
    return (
        tuple(unit_name(one, language, short=False) or one.name for one in unit.line if one.level != "zone")
        if unit
        else ()
    )


#: The topics of the taxonomy (archive/ingest/data/topics.toml), so that their names are translated.
TOPICS = (
    gettext_noop("社区防控"),
    gettext_noop("农村防控"),
    gettext_noop("卡点与交通查控"),
    gettext_noop("隔离服务"),
    gettext_noop("核酸检测"),
    gettext_noop("疫苗接种"),
    gettext_noop("复工复产"),
    gettext_noop("助企纾困"),
    gettext_noop("务工人员"),
    gettext_noop("农业生产"),
    gettext_noop("生活保供"),
    gettext_noop("农产品滞销与助销"),
    gettext_noop("捐赠"),
    gettext_noop("志愿服务"),
    gettext_noop("党组织与党员"),
    gettext_noop("干部下沉"),
    gettext_noop("医疗救治与医疗队"),
    gettext_noop("学校"),
    gettext_noop("老人与困难群众照护"),
    gettext_noop("脱贫攻坚"),
    gettext_noop("公安执勤"),
    gettext_noop("司法与执法监督"),
    gettext_noop("水电气与公共服务"),
    gettext_noop("宣传与劝导"),
    gettext_noop("消毒与环境卫生"),
)


def in_script(sentence: str) -> str:
    """A sentence that is in no catalogue, in the characters of the page."""
    return traditional(sentence) if reader_language() == "zh-hant" else sentence


def topic_name(topic: str) -> str:
    """The name of a topic in the reader's language; a topic that the taxonomy lacks stays as stored."""
    return _topic_name(topic) if topic in TOPICS else topic


@by_language
def _topic_name(topic: str) -> str:
    return gettext(topic)


_KINDS = {
    "newspaper": gettext_noop("报纸"),
    "website": gettext_noop("网站"),
    "broadcaster": gettext_noop("广播电视"),
    "account": gettext_noop("平台账号"),
    "agency": gettext_noop("通讯社"),
    "government": gettext_noop("政府机构"),
}


def kind_name(kind: str) -> str:
    """What an outlet is: 报纸, 网站 …; "" when nobody has said."""
    return gettext(_KINDS[kind]) if kind in _KINDS else ""

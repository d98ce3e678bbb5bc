"""Whatever a reader may type, from the string to the articles: each query is drawn together with what it means.

The meaning is told of documents, not of trees: parser and engine are tried together, against a literal look at each text.
"""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from archive.search.language import parse, quote
from archive.search.records import FACETS, Request
from archive.search.vocabulary import CatalogVocabulary

from ..conftest import Evaluate
from ..reference import (
    Document,
    PrefixReading,
    ReferenceEngine,
    facet_values,
    newest_first,
    occurrences,
    oldest_first,
    stands_near,
)
from .test_exactness import FORMS, draw_piece

pytestmark = pytest.mark.django_db

Holds = Callable[[Document], bool]
ALL = ("title", "body", "caption")


@dataclass(frozen=True)
class Asked:
    """What is typed, and whether it finds a document."""

    text: str
    holds: Holds = field(repr=False)


TEXT_FIELDS = {
    "": ALL, "标题:": ("title",), "title:": ("title",), "題目：": ("title",), "正文:": ("body",), "Body:": ("body",),
    "图注:": ("caption",), "caption:": ("caption",),
}  # fmt: skip
#: Words that the cutter leaves whole.
WORDS = [
    "口罩",
    "登记",
    "登記",
    "消毒",
    "网格员",
    "網格員",
    "ＯＫ",
    "covid-19",
    "党员",
    "后来",
    "的",
    "37.2",
    "没有的词",
    "𠮷",
    "〇",
    "café",
]
#: What is typed before a star, and the last word of it.
BEGINNINGS = {
    "登": "登",
    "消": "消",
    "網": "網",
    "网格": "网格",
    "COV": "COV",
    "复": "复",
    "x": "x",
    "covid-1": "1",
    "消毒登": "登",
}
_FEBRUARY = (date(2020, 2, 1), date(2020, 2, 29))


def within(earliest: date | None, latest: date | None) -> Holds:
    def holds(one: Document) -> bool:
        if one.earliest is None or one.latest is None:
            return False
        return (earliest is None or one.earliest >= earliest) and (latest is None or one.latest <= latest)

    return holds


VALUES: dict[str, Holds] = {
    "日期:2020-02": within(*_FEBRUARY),
    "date:2020年2月": within(*_FEBRUARY),
    "时间：2020-02..2020-04": within(date(2020, 2, 1), date(2020, 4, 30)),
    "日期:2020-03-05..": within(date(2020, 3, 5), None),
    "date:..20200408": within(None, date(2020, 4, 8)),
    "日期:2020": within(date(2020, 1, 1), date(2020, 12, 31)),
    "日期:2020.2.14": within(date(2020, 2, 14), date(2020, 2, 14)),
    "日期:不详": lambda one: one.earliest is None,
    "地区:四川": lambda one: "510000" in one.places,
    "地區:四川省遂寧市": lambda one: "510900" in one.places,
    "place:420106": lambda one: "420106" in one.places,
    "region:(510000 OR 330000)": lambda one: bool({"510000", "330000"} & one.places),
    "来源:示例日报": lambda one: one.outlet == "shili-0",
    "source:示例": lambda one: one.outlet != "",
    "来源地区:湖北": lambda one: "420000" in one.outlet_places,
    "outletplace:510000": lambda one: "510000" in one.outlet_places,
    "作者:示例记者甲": lambda one: "示例记者甲" in one.authors,
    "by:示例記者乙": lambda one: "示例记者乙" in one.authors,
    "主题:登记": lambda one: "登记" in one.topics,
    "topic:複工": lambda one: "复工" in one.topics,
    "文字:繁体": lambda one: one.script != "Hans",
    "script:hans": lambda one: one.script == "Hans",
    "编号:c3": lambda one: one.public_id == "c3",
}


def traditional(one: Document) -> bool:
    return one.script != "Hans"


def standing(text: str, parts: tuple[str, ...]) -> Holds:
    return lambda one: any(part in parts and occurrences(body, traditional(one), text) for part, body in one.parts())


def quotation(data: st.DataObject, documents: list[Document]) -> Asked:
    """Any characters of any text in any form, a paragraph end put in, or a character changed."""
    piece = draw_piece(data, documents, data.draw(st.sampled_from([1, 2, 3, 4, 8, 20])))[1]
    assume(piece.strip())
    change = data.draw(st.sampled_from([*sorted(FORMS), "paragraphs", "changed"]))
    at = data.draw(st.integers(0, len(piece) - 1))
    if change == "paragraphs":
        piece = f"{piece[:at]}\n\n{piece[at:]}"
    elif change == "changed":
        piece = piece[:at] + data.draw(st.sampled_from('的口網、😷"\\')) + piece[at + 1 :]
    else:
        piece = FORMS[change](piece)
    name, parts = data.draw(st.sampled_from(sorted(TEXT_FIELDS.items())))
    return Asked(name + quote(piece), standing(piece, parts))


def word(data: st.DataObject, documents: list[Document]) -> Asked:
    typed = data.draw(st.sampled_from(WORDS))
    name, parts = data.draw(st.sampled_from(sorted(TEXT_FIELDS.items())))
    return Asked(name + typed, standing(typed, parts))


def proximity(data: st.DataObject, documents: list[Document]) -> Asked:
    """Two or three pieces of one text, or of several, within some characters."""
    pieces = []
    for _ in range(data.draw(st.integers(2, 3))):
        piece = "".join(draw_piece(data, documents, 3)[1].split())
        assume(piece and not set(piece) & set('"＂'))
        pieces.append(piece)
    distance = data.draw(st.integers(0, 30))
    name, parts = data.draw(st.sampled_from(sorted(TEXT_FIELDS.items())))

    def holds(one: Document) -> bool:
        return any(
            stands_near([occurrences(text, traditional(one), piece) for piece in pieces], distance)
            for part, text in one.parts()
            if part in parts
        )

    return Asked(f'{name}"{" ".join(pieces)}"~{distance}', holds)


def beginning(data: st.DataObject, documents: list[Document]) -> Asked:
    """A word; of several words the last begins so, and all stand as a string."""
    begun, last = data.draw(st.sampled_from(sorted(BEGINNINGS.items())))
    reads = PrefixReading()
    name, parts = data.draw(st.sampled_from(sorted(TEXT_FIELDS.items())))
    star = data.draw(st.sampled_from("*＊"))
    whole = standing(begun, parts) if begun != last else lambda one: True
    return Asked(
        f"{name}{begun}{star}",
        lambda one: (
            any(part in parts and reads(last, text, traditional(one)) for part, text in one.parts()) and whole(one)
        ),
    )


def value(data: st.DataObject, documents: list[Document]) -> Asked:
    return Asked(*data.draw(st.sampled_from(sorted(VALUES.items(), key=operator.itemgetter(0)))))


TERMS = [quotation, quotation, quotation, word, word, proximity, beginning, value, value]


def primary(data: st.DataObject, documents: list[Document], depth: int) -> Asked:
    if depth and data.draw(st.integers(0, 2)) == 0:
        inner = alternatives(data, documents, depth - 1)
        return Asked(data.draw(st.sampled_from(["(%s)", "（%s）", "( %s )"])).replace("%s", inner.text), inner.holds)
    return data.draw(st.sampled_from(TERMS))(data, documents)


def factor(data: st.DataObject, documents: list[Document], depth: int) -> Asked:
    inner = primary(data, documents, depth)
    if data.draw(st.integers(0, 3)):
        return inner
    minus = data.draw(st.sampled_from(["-", "－", "NOT ", "非 "]))
    return Asked(minus + inner.text, lambda one: not inner.holds(one))


def conjunction(data: st.DataObject, documents: list[Document], depth: int) -> Asked:
    parts = [factor(data, documents, depth) for _ in range(data.draw(st.integers(1, 3)))]
    joined = parts[0].text
    for part in parts[1:]:
        joined += data.draw(st.sampled_from([" ", " ", "\n", " AND ", " 与 ", " && "])) + part.text
    return Asked(joined, lambda one: all(part.holds(one) for part in parts))


def alternatives(data: st.DataObject, documents: list[Document], depth: int) -> Asked:
    parts = [conjunction(data, documents, depth) for _ in range(data.draw(st.sampled_from([1, 1, 2])))]
    joined = parts[0].text
    for part in parts[1:]:
        joined += data.draw(st.sampled_from([" OR ", " 或 ", " | ", " ｜ ", "\u3000OR "])) + part.text
    return Asked(joined, lambda one: any(part.holds(one) for part in parts))


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_what_is_typed_finds_what_it_means(evaluate: Evaluate, reference: ReferenceEngine, data: st.DataObject) -> None:
    asked = alternatives(data, reference.documents, data.draw(st.integers(0, 2)))
    assume(len(asked.text) <= 200)  # what one query may have
    meant = [one for one in reference.documents if asked.holds(one)]
    sort, key = data.draw(st.sampled_from([("newest", newest_first), ("oldest", oldest_first)]))
    node = parse(asked.text, vocabulary=CatalogVocabulary())
    response = evaluate(Request(node, sort=sort, limit=None, facets=FACETS))  # type: ignore[arg-type]
    assert [hit.article_id for hit in response.hits] == [one.id for one in sorted(meant, key=key)], asked.text
    assert response.total == len(meant)
    for name in FACETS:
        counts = Counter(found for one in meant for found in facet_values(name, one))
        assert {one.value: one.count for one in response.facets[name]} == counts, (name, asked.text)

"""The sentence that says what was searched: words, quotations, fields, dates, places, in the reader's language."""

from __future__ import annotations

import calendar
import functools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, pgettext
from opencc import OpenCC

from archive.catalog.models import Script
from archive.text.script import to_simplified

from .facet_values import date_label
from .folded import FoldedText
from .language.fields import ALL_PARTS
from .language.vocabulary import Vocabulary
from .tree import And, Dates, Everything, Key, KeyField, Near, Node, Not, Nothing, Or, Part, Phrase, Prefix, Variants


@dataclass(frozen=True, slots=True)
class Explanation:
    """`sentence`: what was searched. `forms`: other script forms of the words that were found as well.
    `variants`: each typed term with the terms of the thesaurus that were searched besides."""

    sentence: str
    forms: tuple[str, ...] = ()
    variants: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def also(self) -> str:
        """The sentence that discloses what was searched besides, or ""."""
        told = []
        if self.forms:
            told.append(gettext("简体、繁体、全角写法一并检索，如%(forms)s。") % {"forms": _listed(self.forms)})
        for typed, others in self.variants:
            told.append(gettext("“%(typed)s”也检索了%(others)s。") % {"typed": typed, "others": _listed(others)})
        return "".join(told)


def explain(node: Node, vocabulary: Vocabulary) -> Explanation:
    """Tell what `node` searches; places and outlets are called by the names that `vocabulary` has."""
    said = _Teller(vocabulary).tell(node)
    sentence = gettext("全部文章") if said is None else gettext("%(what)s的文章") % {"what": said}
    leaves = list(_leaves(node))
    typed = dict.fromkeys(leaf.typed.text if isinstance(leaf, Variants) else leaf.text for leaf in leaves)
    forms = dict.fromkeys(form for text in typed if (form := other_form(text)) is not None)
    variants = {
        leaf.typed.text: tuple(one.text for one in leaf.variants) for leaf in leaves if isinstance(leaf, Variants)
    }
    return Explanation(sentence, tuple(forms), tuple(variants.items()))


@functools.cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2tw")


def other_form(text: str) -> str | None:
    """`text` in the other script, where that differs and the search does find it; else None."""
    simplified = to_simplified(text)
    form: str = simplified if simplified != text else _to_traditional().convert(text)
    if form == text or not FoldedText.of(form, traditional=True).places(text):
        return None
    return form


def _leaves(node: Node) -> Iterable[Phrase | Prefix | Variants]:
    match node:
        case Phrase() | Prefix() | Variants():
            yield node
        case Near(phrases, _):
            yield from phrases
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case _:
            return


def _quoted(text: str) -> str:
    return gettext("“%(text)s”") % {"text": text}


def _listed(texts: Iterable[str]) -> str:
    return "".join(map(_quoted, texts))


_INNER = str.maketrans("“”「」", "‘’『』")


#: Numbers of articles that a sentence names; of more it says how many.
MOST_IDS = 3


class _Teller:
    """Puts nodes into words. Clauses fit into “…的文章”; None says nothing (Everything)."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def tell(self, node: Node) -> str | None:
        match node:
            case Everything():
                return None
            case Nothing():
                return gettext("不可能有")
            case Phrase() | Prefix() | Near():
                return self.contains([node], node_parts(node))
            case Variants(typed, variants):
                pieces = [_quoted(one.text) for one in (typed, *variants)]
                return self.holds(pgettext("between alternatives", "或").join(pieces), typed.parts)
            case Key(field, value):
                return self.key(field, value)
            case Dates():
                return _dates(node)
            case And(parts):
                return self.all_of(parts)
            case Or(parts):
                return self.any_of(parts)
            case Not(Phrase() | Prefix() | Near() as one):
                return self.lacks(_piece(one), node_parts(one))
            case Not(Variants(typed, variants)):
                pieces = [_quoted(one.text) for one in (typed, *variants)]
                return self.lacks(pgettext("between alternatives", "或").join(pieces), typed.parts)
            case Not(part):
                return gettext("除去（%(what)s）") % {"what": self.tell(part) or gettext("全部")}

    def all_of(self, parts: tuple[Node, ...]) -> str | None:
        clauses: list[str] = []
        texts: dict[tuple[Part, ...], list[Node]] = {}
        for part in parts:
            if isinstance(part, Phrase | Prefix | Near):
                texts.setdefault(node_parts(part), []).append(part)
        told: set[tuple[Part, ...]] = set()
        for part in parts:
            if isinstance(part, Phrase | Prefix | Near):
                where = node_parts(part)
                if where not in told:
                    clauses.append(self.contains(texts[where], where))
                    told.add(where)
            elif (clause := self.tell(part)) is not None:
                clauses.append(f"({clause})" if isinstance(part, Or) and not _is_widened_term(part) else clause)
        return pgettext("between conditions", "，").join(clauses) or None

    def any_of(self, parts: tuple[Node, ...]) -> str | None:
        if _is_widened_term(Or(parts)):
            words, either = parts
            assert isinstance(words, And) and isinstance(either, Variants)
            apart = "".join(_quoted(word.text) for word in words.parts if isinstance(word, Phrase))
            others = pgettext("between alternatives", "或").join(
                _quoted(one.text) for one in (either.typed, *either.variants)
            )
            return self.holds(
                gettext("%(words)s各词，或%(others)s") % {"words": apart, "others": others}, either.typed.parts
            )
        named = [part.value for part in parts if isinstance(part, Key) and part.field == "id"]
        if len(named) > MOST_IDS:
            rest = tuple(part for part in parts if not (isinstance(part, Key) and part.field == "id"))
            ids = gettext("编号为%(name)s") % {"name": pgettext("between words", "、").join(named[:MOST_IDS])}
            ids = gettext("%(ids)s等，共 %(n)d 篇") % {"ids": ids, "n": len(named)}
            clauses = [clause for clause in map(self.tell, rest) if clause is not None]
            return pgettext("between alternatives", "，或").join([*clauses, ids]) if len(clauses) == len(rest) else None
        clauses = [clause for clause in map(self.tell, parts) if clause is not None]
        return pgettext("between alternatives", "，或").join(clauses) if len(clauses) == len(parts) else None

    def contains(self, nodes: Iterable[Node], parts: tuple[Part, ...]) -> str:
        pieces = pgettext("between words", "、").join(_piece(node) for node in nodes)
        return self.holds(pieces, parts)

    def holds(self, pieces: str, parts: tuple[Part, ...]) -> str:
        if parts == ALL_PARTS:
            return gettext("含有%(words)s") % {"words": pieces}
        return gettext("%(where)s含有%(words)s") % {"where": _where(parts), "words": pieces}

    def lacks(self, pieces: str, parts: tuple[Part, ...]) -> str:
        if parts == ALL_PARTS:
            return gettext("不含%(words)s") % {"words": pieces}
        return gettext("%(where)s不含%(words)s") % {"where": _where(parts), "words": pieces}

    def key(self, field: KeyField, value: str) -> str:
        match field:
            case "place":
                return gettext("关于%(name)s") % {"name": self.vocabulary.place_name(value)}
            case "outlet_place":
                return gettext("来源在%(name)s") % {"name": self.vocabulary.place_name(value)}
            case "outlet":
                return gettext("来源为%(name)s") % {"name": self.vocabulary.outlet_name(value)}
            case "author":
                return gettext("作者为%(name)s") % {"name": value}
            case "topic":
                return gettext("主题为%(name)s") % {"name": value}
            case "script":
                return gettext("文字为%(name)s") % {"name": Script(value).label if value in Script.values else value}
            case "id":
                return gettext("编号为%(name)s") % {"name": value}


def _where(parts: tuple[Part, ...]) -> str:
    names = {
        "title": pgettext("part of an article", "标题"),
        "body": pgettext("part of an article", "正文"),
        "caption": pgettext("part of an article", "图注"),
    }
    return pgettext("between words", "、").join(names[part] for part in parts)


def within_quotes(sentence: str) -> str:
    """The sentence as it stands inside quotation marks: its own marks become single ones."""
    return sentence.translate(_INNER)


def node_parts(node: Phrase | Prefix | Near) -> tuple[Part, ...]:
    """The parts of an article that a leaf looks into."""
    return node.phrases[0].parts if isinstance(node, Near) else node.parts


def _piece(node: Node) -> str:
    match node:
        case Phrase(text, True):
            return _quoted(text)
        case Phrase(text, False):
            return gettext("原文“%(text)s”") % {"text": text}
        case Prefix(text):
            return gettext("以“%(text)s”开头的词") % {"text": text}
        case Near(phrases, distance):
            return gettext("相距不过%(distance)d字的%(words)s") % {
                "distance": distance,
                "words": _listed(phrase.text for phrase in phrases),
            }
    raise TypeError(node)


def _is_widened_term(node: Or) -> bool:
    """Whether the parser made `node` of one term of the thesaurus that is several words."""
    match node.parts:
        case (And(words), Variants(typed, _)):
            return "".join(word.text for word in words if isinstance(word, Phrase)) == typed.text
    return False


def _dates(node: Dates) -> str:
    if node.unknown:
        return gettext("日期不详")
    first, last = node.earliest, node.latest
    if first and last:
        for value, start, end in _units(first):
            if (first, last) == (start, end):
                return gettext("日期在%(when)s") % {"when": date_label(value)}
        return gettext("日期在%(first)s至%(last)s") % {
            "first": date_label(first.isoformat()),
            "last": date_label(last.isoformat()),
        }
    if first:
        return gettext("日期在%(first)s以后") % {"first": date_label(first.isoformat())}
    if last:
        return gettext("日期在%(last)s以前") % {"last": date_label(last.isoformat())}
    return gettext("日期不限")


def _units(day: date) -> Iterable[tuple[str, date, date]]:
    """The day, month and year that begin with `day`, as facet values with first and last day."""
    yield day.isoformat(), day, day
    if day.day == 1:
        yield day.isoformat()[:7], day, day.replace(day=calendar.monthrange(day.year, day.month)[1])
        if day.month == 1:
            yield day.isoformat()[:4], day, day.replace(month=12, day=31)

"""From characters to tokens: quotations, words, fields, operators, parentheses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .errors import BadDistance, UnclosedQuotation, UnknownField
from .fields import Field, field_named

Kind = Literal["run", "quotation", "field", "open", "close", "and", "or", "not", "end"]

#: Opening quotes and what closes each. A straight quote is closed by a straight one only, so that
#: curly quotes can stand in the text between.
_QUOTES = {'"': '"＂', "＂": '"＂', "“": "”", "”": "”", "「": "」", "『": "』"}
_ANY_CLOSE = "".join(dict.fromkeys("".join(_QUOTES.values())))
_OPEN, _CLOSE, _OR, MINUS = "(（", ")）", "|｜", "-－"
_OPERATORS: dict[str, Kind] = {
    "AND": "and", "与": "and", "與": "and", "&": "and", "&&": "and",
    "OR": "or", "或": "or", "NOT": "not", "非": "not",
}  # fmt: skip
_FIELD = re.compile(r"([^\W\d_]{1,20})[:：]")
#: A name that can be meant as a field: up to four Han characters or one Latin word; anything longer
#: before a colon is a sentence somebody pasted.
_FIELD_LIKE = re.compile(r"[一-鿿]{1,4}|[A-Za-zＡ-Ｚａ-ｚ]+")
_DISTANCE = re.compile(r"[~～]([0-9０-９]*)")
LARGEST_DISTANCE = 200
#: Words of one proximity; the work to find them grows with the power of their number.
MOST_NEAR = 4


@dataclass(frozen=True, slots=True)
class Token:
    """`text`: the word run or what stands between the quotes; `start`, `end`: places in the query."""

    kind: Kind
    text: str
    start: int
    end: int
    field: Field | None = None
    distance: int | None = None  # of a quotation with ~


def quote(text: str) -> str:
    """Return `text` as a quotation of the query language: what it finds is exactly `text`, whatever stands behind it.

    A blank, which does not count, keeps a backslash at the end from making the closing quote one of the text.
    """
    return '"' + re.sub('["＂]', r"\\\g<0>", text) + (' "' if text.endswith("\\") else '"')


def tokens(query: str) -> Iterator[Token]:
    """Yield the tokens of `query`, an `end` token last. Raises QueryError."""
    at = 0
    while at < len(query):
        char = query[at]
        if char.isspace():
            at += 1
            continue
        token = _token(query, at)
        yield token
        at = token.end
    yield Token("end", "", len(query), len(query))


def _token(query: str, at: int) -> Token:
    char = query[at]
    if char in _OPEN:
        return Token("open", char, at, at + 1)
    if char in _CLOSE:
        return Token("close", char, at, at + 1)
    if char in _OR:
        end = at
        while end < len(query) and query[end] in _OR:
            end += 1
        return Token("or", query[at:end], at, end)
    if char in MINUS and _begins(query, at):
        return Token("not", char, at, at + 1)
    if char in _QUOTES:
        return _quotation(query, at)
    return _word(query, at)


def _begins(query: str, at: int) -> bool:
    """Whether a hyphen here is an operator: nothing but a space, parenthesis or operator before it."""
    return at == 0 or query[at - 1].isspace() or query[at - 1] in _OPEN + _OR + MINUS


def _quotation(query: str, at: int) -> Token:
    closers = _QUOTES[query[at]]
    text: list[str] = []
    end = at + 1
    own = _own_end(query, at, closers)
    while end < len(query) and (end < own or query[end] not in closers):
        if query[end] == "\\" and end + 1 < len(query) and query[end + 1] in closers:
            if end + 2 == len(query):  # nothing follows: the backslash is the text's own last character
                text.append("\\")
                end += 1
                break
            end += 1
        text.append(query[end])
        end += 1
    if end == len(query):
        raise UnclosedQuotation(query, at, end, repaired=_closed(query, at, closers))
    end += 1
    near = _DISTANCE.match(query, end)
    if near is None:
        return Token("quotation", "".join(text), at, end)
    digits = near[1]
    if not digits or len(digits) > 6 or int(digits) > LARGEST_DISTANCE:
        closest = LARGEST_DISTANCE if digits else 10
        repaired = f"{query[:end]}~{closest}{query[near.end() :]}"
        raise BadDistance(query, at, near.end(), repaired=repaired, limit=LARGEST_DISTANCE, most=MOST_NEAR)
    return Token("quotation", "".join(text), at, near.end(), distance=int(digits))


def _own_end(query: str, at: int, closers: str) -> int:
    """Where a quotation ends that has quotes of its own kind inside, each closed (“他说“不出门””); `at` for any other."""
    depth = 0
    for place in range(at, len(query)):
        if query[place - 1 : place] == "\\" and place > at:
            continue
        if query[place] in closers and place > at:
            depth -= 1
            if depth == 0:
                return place
        elif query[place] == query[at]:
            depth += 1
    return at


def _closed(query: str, at: int, closers: str) -> str:
    """The query with a closing quote put where another kind of it stands, else at its end."""
    stray = re.search(f"[{_ANY_CLOSE}]", query[at + 1 :])
    if stray is None:
        return query + closers[0]
    place = at + 1 + stray.start()
    return f"{query[:place]}{closers[0]}{query[place + 1 :]}"


def _word(query: str, at: int) -> Token:
    name = _FIELD.match(query, at)
    if name is not None:
        field = field_named(name[1])
        if field is not None:
            return Token("field", name[0], at, name.end(), field=field)
        if _FIELD_LIKE.fullmatch(name[1]):
            repaired = f"{query[:at]}{name[1]} {query[name.end() :]}"
            raise UnknownField(query, at, name.end(), repaired=repaired, name=name[1])
    end = at
    while end < len(query) and not query[end].isspace() and query[end] not in _OPEN + _CLOSE + _OR:
        if query[end] in _QUOTES:
            break
        end += 1
    text = query[at:end]
    kind = _OPERATORS.get(unicodedata.normalize("NFKC", text))  # full-width forms; lower case is a word
    if kind is not None and (end == len(query) or query[end].isspace() or query[end] in _OPEN + _CLOSE):
        return Token(kind, text, at, end)
    return Token("run", text, at, end)

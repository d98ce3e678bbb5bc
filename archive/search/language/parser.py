"""From tokens to the tree. NOT binds closest, then AND (also by juxtaposition), then OR."""

from __future__ import annotations

import re

from django.conf import settings

from ..folded import is_blank
from ..tree import Dates, Everything, Near, Node, Not, Or, Phrase
from .dates import NotADate, parse_dates
from .errors import (
    BadDate,
    BadDistance,
    EmptyField,
    EmptyGroup,
    EmptyQuotation,
    LoneOperator,
    MisplacedWildcard,
    NothingToSearch,
    QueryError,
    QueryTooDeep,
    QueryTooLong,
    UnclosedGroup,
)
from .fields import ANYWHERE, Field
from .keys import key_node
from .terms import NO_VARIANTS, Thesaurus, all_of, grounded, prefix_node, word_nodes
from .tokens import LARGEST_DISTANCE, MINUS, MOST_NEAR, Token, quote, tokens
from .vocabulary import EmptyVocabulary, Vocabulary
from .words import cut, whole_words

#: Parentheses and negations that may stand inside each other.
DEEPEST = 10
_STARS = "*＊"
_NEAR = re.compile(r"NEAR(?:/(\d{1,6}))?")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def parse(query: str, *, vocabulary: Vocabulary | None = None, thesaurus: Thesaurus = NO_VARIANTS) -> Node:
    """Return the tree of `query`; an empty query is Everything.

    Raises QueryError, and nothing else, whatever the string. Its `repaired` query parses (or is empty).
    """
    names = vocabulary or EmptyVocabulary()
    # No text of the archive holds these, and neither databases nor dictionaries take them.
    query = _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", query.replace("\0", " "))
    try:
        return _parse(query, names, thesaurus)
    except QueryError as error:
        error.repaired = _settled(error.repaired, names)
        raise


def _parse(query: str, vocabulary: Vocabulary, thesaurus: Thesaurus) -> Node:
    limit = settings.QUERY_LIMIT
    if len(query) > limit:
        raise QueryTooLong(query, limit, len(query), repaired=query[:limit], length=len(query), limit=limit)
    if not query.strip():
        return Everything()
    return _Parser(query, vocabulary, thesaurus).parse()


def _settled(query: str, vocabulary: Vocabulary) -> str:
    """Repair again until the query parses; at last keep its bare words."""
    for _ in range(6):
        try:
            _parse(query, vocabulary, NO_VARIANTS)
        except QueryError as error:
            query = error.repaired
        else:
            return query.strip()
    words = " ".join(query[start:end] for start, end in cut(query)[:20] if query[start:end] not in ("AND", "OR", "NOT"))
    try:
        _parse(words, vocabulary, NO_VARIANTS)
    except QueryError:
        return ""
    return words


class _Parser:
    """One pass over one query. A node of None is a run of punctuation: it says nothing."""

    def __init__(self, query: str, vocabulary: Vocabulary, thesaurus: Thesaurus) -> None:
        self.query = query
        self.vocabulary = vocabulary
        self.thesaurus = thesaurus
        self.tokens = list(tokens(query))
        self.at = 0
        self.depth = 0

    def peek(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.peek()
        self.at += 1
        return token

    def without(self, token: Token) -> str:
        return f"{self.query[: token.start]} {self.query[token.end :]}"

    def parse(self) -> Node:
        node = self.alternatives(ANYWHERE)
        if self.peek().kind == "close":
            raise UnclosedGroup(self.query, self.peek().start, self.peek().end, repaired=self.without(self.peek()))
        if node is None:
            raise NothingToSearch(self.query, 0, len(self.query), repaired=quote(self.query.strip()))
        return grounded(node)

    def alternatives(self, field: Field) -> Node | None:
        nodes = [self.sequence(field)]
        while self.peek().kind == "or":
            operator = self.take()
            if self.peek().kind in ("end", "close"):
                raise self.lone(operator)
            nodes.append(self.sequence(field))
        said = [grounded(node) for node in nodes if node is not None]
        if len(nodes) == 1 or not said:
            return nodes[0]
        return said[0] if len(said) == 1 else Or(tuple(dict.fromkeys(said)))

    def sequence(self, field: Field) -> Node | None:
        if self.peek().kind in ("and", "or"):
            raise self.lone(self.peek())
        nodes: list[Node | None] = []
        while self.peek().kind not in ("end", "close", "or"):
            if self.peek().kind == "and":
                operator = self.take()
                if self.peek().kind in ("end", "close", "or", "and"):
                    raise self.lone(operator)
            nodes.append(self.negation(field))
        return all_of([node for node in nodes if node is not None])

    def negation(self, field: Field) -> Node | None:
        if self.peek().kind != "not":
            return self.primary(field)
        operator = self.take()
        if self.peek().kind in ("end", "close", "or", "and") or (
            self.query[operator.end].isspace() and operator.text in MINUS
        ):
            raise self.lone(operator)
        self.deeper(operator)
        node = self.negation(field)
        self.depth -= 1
        if node is None:
            return None
        return node.part if isinstance(node, Not) else Not(node)

    def primary(self, field: Field) -> Node | None:
        token = self.take()
        if token.kind == "open":
            return self.group(token, field)
        if token.kind == "field":
            return self.of_field(token)
        if field.kind == "key":
            return key_node(self.query, token.start, token.end, field, token.text, self.vocabulary)
        if field.kind == "date":
            return self.dates(token)
        if token.kind == "quotation":
            return self.quotation(token, field)
        return self.words(token, field)

    def group(self, opening: Token, field: Field) -> Node | None:
        self.deeper(opening)
        if self.peek().kind == "close":
            closing = self.take()
            repaired = f"{self.query[: opening.start]} {self.query[closing.end :]}"
            raise EmptyGroup(self.query, opening.start, closing.end, repaired=repaired)
        if self.peek().kind == "end":
            raise UnclosedGroup(self.query, opening.start, opening.end, repaired=self.without(opening))
        node = self.alternatives(field)
        if self.peek().kind != "close":
            raise UnclosedGroup(self.query, opening.start, len(self.query), repaired=self.query + ")")
        self.take()
        self.depth -= 1
        return node

    def of_field(self, name: Token) -> Node | None:
        assert name.field is not None
        value = self.peek()
        if value.start != name.end or value.kind not in ("run", "quotation", "open"):
            glued = value.start > name.end and value.kind in ("run", "quotation", "open")
            repaired = self.query[: name.end] + self.query[value.start :] if glued else self.without(name)
            raise EmptyField(self.query, name.start, name.end, repaired=repaired)
        if value.kind == "open":
            return self.group(self.take(), name.field)
        if value.kind == "run" and name.field.kind == "text" and value.text[0] in MINUS and value.text.strip(MINUS):
            # Read on, it would find what the reader wants to be without.
            bare = self.query[value.start :].lstrip(MINUS)
            repaired = f"{self.query[: name.start]}-{name.text}{bare}"
            raise EmptyField(self.query, name.start, value.end, repaired=repaired)
        node = self.primary(name.field)
        if node is None:
            raise EmptyField(self.query, name.start, value.end, repaired=self.without(name))
        return node

    def dates(self, token: Token) -> Dates:
        try:
            return parse_dates(token.text)
        except NotADate as problem:
            mended = problem.mended
            before = self.query[: token.start]
            if not mended:
                before = re.sub(r"[^\W\d_]+[:：]$", "", before)
            repaired = f"{before}{mended}{self.query[token.end :]}"
            raise BadDate(self.query, token.start, token.end, repaired=repaired) from None

    def quotation(self, token: Token, field: Field) -> Node:
        if is_blank(token.text):
            raise EmptyQuotation(self.query, token.start, token.end, repaired=self.without(token))
        if token.distance is None:
            return Phrase(token.text, parts=field.parts)
        phrases = [piece for piece in token.text.split() if not is_blank(piece)]
        if len(phrases) == 1:
            phrases = [phrases[0][start:end] for start, end in cut(phrases[0])]
        if not 2 <= len(phrases) <= MOST_NEAR:
            repaired = f"{self.query[: token.start]}{quote(token.text)}{self.query[token.end :]}"
            raise BadDistance(
                self.query, token.start, token.end, repaired=repaired, limit=LARGEST_DISTANCE, most=MOST_NEAR
            )
        return Near(tuple(Phrase(piece, parts=field.parts) for piece in phrases), token.distance)

    def words(self, token: Token, field: Field) -> Node | None:
        near = _NEAR.fullmatch(token.text)
        if near is not None:
            raise self.as_operator(token, near[1] or "10")
        run = token.text.rstrip(_STARS)
        if any(star in run for star in _STARS) or (run != token.text and not whole_words(run)):
            plain = re.sub(rf"[{_STARS}]", " ", token.text)
            repaired = f"{self.query[: token.start]}{plain}{self.query[token.end :]}"
            raise MisplacedWildcard(self.query, token.start, token.end, repaired=repaired)
        if run != token.text:
            return prefix_node(run, field)
        return all_of(word_nodes(run, cut(run), field, self.thesaurus))

    def as_operator(self, token: Token, distance: str) -> BadDistance:
        """NEAR between two words, as other catalogues have it: repaired to a quotation of both."""
        before, after = self.tokens[self.at - 2 : self.at - 1], self.peek()
        repaired = self.without(token)
        if self.at > 1 and before[0].kind == after.kind == "run":
            together = f'"{before[0].text} {after.text}"~{min(int(distance), LARGEST_DISTANCE)}'
            repaired = f"{self.query[: before[0].start]}{together}{self.query[after.end :]}"
        return BadDistance(
            self.query, token.start, token.end, repaired=repaired, limit=LARGEST_DISTANCE, most=MOST_NEAR
        )

    def deeper(self, token: Token) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            plain = re.sub(r"[()（）]|(?<!\S)(?:NOT|非)(?!\S)|(?<!\S)[-－]+", " ", self.query)
            raise QueryTooDeep(self.query, token.start, token.end, repaired=plain, limit=DEEPEST)

    def lone(self, operator: Token) -> LoneOperator:
        return LoneOperator(self.query, operator.start, operator.end, repaired=self.without(operator))

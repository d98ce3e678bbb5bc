"""What can be wrong with a query: a type for each, with a sentence and a repaired query to click."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another query that the reader may have meant, and the words for its link."""

    label: str
    query: str


class QueryError(Exception):
    """A query that cannot be read. `start`, `end`: the characters of `query` at fault.

    `repaired` is a query that parses, or "" when nothing is left of it. The sentence is made in the
    language that is active when it is read.
    """

    message = gettext_noop("无法理解这个检索式。")

    def __init__(
        self,
        query: str,
        start: int,
        end: int,
        *,
        repaired: str,
        alternatives: tuple[Alternative, ...] = (),
        **details: object,
    ) -> None:
        super().__init__(query, start, end)
        self.query = query
        self.start = start
        self.end = end
        self.repaired = repaired
        self.alternatives = alternatives
        self.details = {"part": query[start:end], **details}

    @property
    def sentence(self) -> str:
        """The sentence for the reader."""
        return gettext(self.message) % self.details

    def __str__(self) -> str:
        return self.sentence


class QueryTooLong(QueryError):
    message = gettext_noop("检索式有 %(length)d 个字，最多可用 %(limit)d 个字。")


class QueryTooDeep(QueryError):
    message = gettext_noop("括号或“非”的层次太多，最多 %(limit)d 层。")


class NothingToSearch(QueryError):
    message = gettext_noop("检索式里只有符号，没有可以检索的词；要检索符号本身，请加引号。")


class LoneOperator(QueryError):
    message = gettext_noop("“%(part)s”的前后缺少要连接的词。")


class UnclosedQuotation(QueryError):
    message = gettext_noop("引号没有成对。")


class EmptyQuotation(QueryError):
    message = gettext_noop("引号里没有文字。")


class UnclosedGroup(QueryError):
    message = gettext_noop("括号没有成对。")


class EmptyGroup(QueryError):
    message = gettext_noop("括号里没有文字。")


class EmptyField(QueryError):
    message = gettext_noop("“%(part)s”后面缺少内容，冒号后请直接写要找的词，不要空格。")


class UnknownField(QueryError):
    message = gettext_noop(
        "没有叫“%(name)s”的字段。可用的字段：标题、正文、图注、来源、来源地区、地区、日期、作者、主题、文字、编号。"
    )


class BadDate(QueryError):
    message = gettext_noop(
        "“%(part)s”不是可用的日期。写法如 2020、2020-02、2020-02-24、2020-02..2020-04、..2020-04-08。"
    )


class MisplacedWildcard(QueryError):
    message = gettext_noop("星号只能放在词的末尾，如 防控*。")


class BadDistance(QueryError):
    message = gettext_noop(
        '相邻检索的写法如 "口罩 发放"~10：引号里 2 到 %(most)d 个词，“~”后是 0 到 %(limit)d 的字数。'
    )


class UnknownPlace(QueryError):
    message = gettext_noop("区划表里没有“%(name)s”。")


class AmbiguousPlace(QueryError):
    message = gettext_noop("叫“%(name)s”的地方不止一个，请选一个。")


class UnknownOutlet(QueryError):
    message = gettext_noop("馆藏里没有名称含“%(name)s”的来源。")


class UnknownScript(QueryError):
    message = gettext_noop("“%(name)s”不是可用的文字种类；可用：简体、繁体、转换。")

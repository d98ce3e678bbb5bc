"""The query language: from what a reader typed to the tree of `archive.search.tree`, or a typed error.

`parse` is the door. Every error carries a sentence and a repaired query that parses.
"""

from .errors import (
    AmbiguousPlace,
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
    UnclosedQuotation,
    UnknownField,
    UnknownOutlet,
    UnknownPlace,
    UnknownScript,
)
from .parser import parse
from .tokens import quote
from .vocabulary import Choice, EmptyVocabulary, Vocabulary

__all__ = [
    "AmbiguousPlace",
    "BadDate",
    "BadDistance",
    "Choice",
    "EmptyField",
    "EmptyGroup",
    "EmptyQuotation",
    "EmptyVocabulary",
    "LoneOperator",
    "MisplacedWildcard",
    "NothingToSearch",
    "QueryError",
    "QueryTooDeep",
    "QueryTooLong",
    "UnclosedGroup",
    "UnclosedQuotation",
    "UnknownField",
    "UnknownOutlet",
    "UnknownPlace",
    "UnknownScript",
    "Vocabulary",
    "parse",
    "quote",
]

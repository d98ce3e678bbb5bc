"""What a text must hold for a regular expression to match in it at all: a quick look before a slow search.

Searching a page for a hundred patterns costs more than looking for the fixed words in them.
"""

from __future__ import annotations

import re
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

#: More words than this are not quicker than the search itself.
MOST = 24
#: Repetitions above this count as endless.
LONG = 100

Words = frozenset[str]


def needed(pattern: re.Pattern[str]) -> Words | None:
    """Words of which one at least stands in every text that `pattern` matches; None when there are no such words.

    Never wrong in saying that a text cannot match; it only sometimes cannot tell.
    """
    if pattern.flags & (re.IGNORECASE | re.VERBOSE):
        return None
    return _of_sequence(list(parser.parse(pattern.pattern, pattern.flags)))


def keys(words: Words | None) -> Words | None:
    """How the words begin: their first two characters, or the only one."""
    return frozenset(word[:2] for word in words) if words else None


def _of_sequence(items: list[Any]) -> Words | None:
    """The best of the words that the parts of a sequence need: few and long."""
    found: list[Words] = []
    run = ""
    for operation, argument in [*items, (None, None)]:
        if operation is sre.LITERAL:
            run += chr(argument)
            continue
        if run:
            found.append(frozenset([run]))
            run = ""
        words = _of_part(operation, argument)
        if words:
            found.append(words)
    return max(found, key=lambda words: (min(map(len, words)), -len(words)), default=None)


def _of_part(operation: Any, argument: Any) -> Words | None:
    if operation is sre.SUBPATTERN:
        _number, added, dropped, inner = argument
        return None if added or dropped else _of_sequence(list(inner))
    if operation is sre.BRANCH:
        return _joined(_of_sequence(list(choice)) for choice in argument[1])
    if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT) and argument[0] >= 1:
        return _of_sequence(list(argument[2]))
    if operation is sre.IN:
        return _joined(frozenset([chr(value)]) if kind is sre.LITERAL else None for kind, value in argument)
    return None


def _joined(parts: Any) -> Words | None:
    """The words of alternatives: each alternative must have some."""
    together: set[str] = set()
    for words in parts:
        if words is None:
            return None
        together |= words
    return frozenset(together) if 0 < len(together) <= MOST else None


def runs_away(pattern: re.Pattern[str]) -> bool:
    """Whether a repetition without bound stands in another: searching with such a pattern can take for ever."""
    return _nested(list(parser.parse(pattern.pattern, pattern.flags)), within=False)


def _nested(items: list[Any], *, within: bool) -> bool:
    for operation, argument in items:
        if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            endless = argument[1] is sre.MAXREPEAT or argument[1] > LONG
            if (endless and within) or _nested(list(argument[2]), within=within or endless):
                return True
        elif operation is sre.SUBPATTERN:
            if _nested(list(argument[3]), within=within):
                return True
        elif operation is sre.BRANCH:
            if any(_nested(list(choice), within=within) for choice in argument[1]):
                return True
        elif operation in (sre.ASSERT, sre.ASSERT_NOT) and _nested(list(argument[1]), within=within):
            return True
    return False

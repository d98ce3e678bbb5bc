"""What differs between two versions of a piece, paragraph by paragraph, character by character."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from itertools import zip_longest

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from archive.catalog.models import Version

#: Longer paragraphs are shown whole, old and new: their difference by characters would take too long.
LONGEST = 3000


@dataclass(frozen=True, slots=True)
class Difference:
    """The paragraphs that changed, as HTML with <del> and <ins>, and how many stayed the same."""

    changes: tuple[SafeString, ...]
    same: int


def differences(before: Version, after: Version) -> Difference:
    """Compare title and body as printed."""
    old = [before.title_as_printed or before.title, *before.body.split("\n\n")]
    new = [after.title_as_printed or after.title, *after.body.split("\n\n")]
    changes: list[SafeString] = []
    same = 0
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            same += j - i
            continue
        olds, news = old[i:j], new[k:m]
        changes += [_change(one, other) for one, other in zip_longest(olds, news, fillvalue="")]
    return Difference(tuple(changes), same)


def _change(old: str, new: str) -> SafeString:
    if not old or not new or len(old) > LONGEST or len(new) > LONGEST:
        return format_html("{}{}", _wrap("del", old), _wrap("ins", new))
    pieces = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append((format_html("{}", old[i:j]),))
        else:
            pieces.append((format_html("{}{}", _wrap("del", old[i:j]), _wrap("ins", new[k:m])),))
    return format_html_join("", "{}", pieces)


def _wrap(tag: str, text: str) -> SafeString:
    return format_html("<{0}>{1}</{0}>", tag, text) if text else SafeString("")

"""Values of a facet as list items. Written here and not in a template: there are some two hundred on a page of results."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from html import escape
from typing import Protocol

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from archive.places.names import reader_language

from .state import quoted


class Choosable(Protocol):
    """One value: `url` chooses or unchooses it, `bar_url` excludes it."""

    @property
    def label(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def url(self) -> str: ...
    @property
    def bar_url(self) -> str: ...
    @property
    def included(self) -> bool: ...
    @property
    def excluded(self) -> bool: ...
    @property
    def depth(self) -> int: ...


Around = tuple[str, str]


def free_items(
    values: Iterable[tuple[str, str, int]], add: Around, bar: Around, *, as_printed: bool = False
) -> SafeString:
    """What `items` writes of values (with label and count) of which none is chosen.

    `add` and `bar` are what stands before and behind a value in the addresses that include and exclude it.
    """
    spoken = _spoken(reader_language(), as_printed)
    first, then = map(escape, add)
    barred, last = map(escape, bar)
    opening = f'<li class=""><a rel="nofollow" class="pick" href="{first}'
    made = []
    for value, label, count in values:
        put = quoted(value)
        named, between, closing = spoken(label)
        made.append(f"{opening}{put}{then}{named}{count}{between}{barred}{put}{last}{closing}")
    return mark_safe("".join(made))  # noqa: S308  values are quoted, all else is escaped


@lru_cache(maxsize=8)
def _spoken(language: str, as_printed: bool) -> Callable[[str], tuple[str, str, str]]:
    """From a label to what stands between address, count, address and end of its item."""
    lang = ' lang="zh-Hans"' if as_printed and language != "zh-hans" else ""
    pieces, bar = escape(_("篇")), escape(_("排除"))
    between = f'<span class="vh"> {pieces}</span></b></a><a rel="nofollow" class="bar-it" href="'

    @lru_cache(maxsize=8192)
    def spoken(label: str) -> tuple[str, str, str]:
        told = escape(label)
        named = f"<span{lang}>{told}</span>"
        barred = f'<span class="vh">{bar} {named if lang else told}</span>'
        return f'">{named}<b>', between, f'"><span aria-hidden="true">−</span>{barred}</a></li>'

    return spoken


def items(choices: Iterable[Choosable], *, as_printed: bool = False, closed: bool = False) -> SafeString:
    """The items of a list, each with its link, its count, and a link that excludes it.

    `closed`: values that are not chosen are no links, so that nobody follows them ever deeper. `as_printed`: the labels are names in simplified characters, whatever the page is in.
    """
    lang = ' lang="zh-Hans"' if as_printed and reader_language() != "zh-hans" else ""
    pieces, on, off, bar = (
        escape(_("篇")),
        escape(_("已选，点击去掉")),
        escape(_("已排除，点击恢复")),
        escape(_("排除")),
    )
    made = []
    for one in choices:
        label, state, told = escape(one.label), "", ""
        named = f"<span{lang}>{label}</span>"
        if one.included or one.excluded:
            state = ' aria-current="true"'
            told = f"，{on if one.included else off}"
        depth = f"d{one.depth} " if one.depth else ""
        kind = "on" if one.included else "off" if one.excluded else ""
        if closed and not kind:
            made.append(
                f'<li class="{depth}"><span class="pick">{named}<b>{one.count}<span class="vh"> {pieces}</span></b></span></li>'
            )
            continue
        made.append(
            f'<li class="{depth}{kind}"><a rel="nofollow" class="pick" href="{escape(one.url) or "?"}"{state}>{named}'
            f'<b>{one.count}<span class="vh"> {pieces}{told}</span></b></a>'
        )
        if not one.excluded:
            made.append(
                f'<a rel="nofollow" class="bar-it" href="{escape(one.bar_url)}"><span aria-hidden="true">−</span>'
                f'<span class="vh">{bar} {named if lang else label}</span></a>'
            )
        made.append("</li>")
    return mark_safe("".join(made))  # noqa: S308  every value is escaped above

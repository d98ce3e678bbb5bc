"""Cards and bars as HTML. Written here and not in templates: the pages that are asked for most have dozens of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from ..by_language import by_language
from ..context import TAGS

if TYPE_CHECKING:
    from ..charts.histogram import Bar


@by_language
def _sample_badge() -> str:
    tag = TAGS.get(get_language() or "", "zh-Hans")
    return f' <span class="badge" lang="{tag}">{pgettext("badge", "示例")}</span>'


_STEP = '<i aria-hidden="true"> › </i>'


@dataclass(frozen=True, slots=True)
class Passage:
    """A snippet ready for the page."""

    html: SafeString
    part: str


@dataclass(frozen=True, slots=True)
class Card:
    """`lang` is that of title and snippets; `supplied` tells that the date is inferred.

    `copies` printings of its story were found, of which this is one; `story_url` lists all there are.
    """

    public_id: str
    url: str
    title: SafeString
    lang: str
    date: str
    machine_date: str
    supplied: bool
    outlet: str
    outlet_slug: str
    place: tuple[str, ...]
    passages: tuple[Passage, ...]
    sample: bool
    copies: int = 1
    story_url: str = ""


class Cards(tuple[Card, ...]):
    """Cards of one list; `html` are its items."""

    @property
    def html(self) -> SafeString:
        return card_items(self)


def card_items(cards: Iterable[Card]) -> SafeString:
    """The cards as items of a list."""
    supplied = f"<small>{escape(_('推断'))}</small>"
    caption = f'<small lang="{TAGS.get(get_language() or "", "zh-Hans")}">{escape(_("图注"))}</small> '
    items = []
    for one in cards:
        date = escape(one.date)
        if one.machine_date:
            date = f'<time datetime="{escape(one.machine_date)}">{date}</time>'
        meta = [f"<span>{date}{supplied if one.supplied else ''}</span>"]
        if one.outlet:
            meta.append(f'<span lang="zh-Hans">{escape(one.outlet)}</span>')
        if one.place:
            meta.append(f"<span>{_STEP.join(map(escape, one.place))}</span>")
        if one.story_url:
            words = ngettext("连同转载 %(n)s 篇", "连同转载 %(n)s 篇", one.copies) % {"n": one.copies}
            meta.append(f'<a href="{escape(one.story_url)}">{escape(words)}</a>')
        passages = "".join(
            f'<p class="snip" lang="{one.lang}">{caption if passage.part == "caption" else ""}{passage.html}</p>\n'
            for passage in one.passages
        )
        items.append(
            f'<li class="card"><article>\n<h3 lang="{one.lang}"><a href="{escape(one.url)}">{one.title}</a>'
            f'{_sample_badge() if one.sample else ""}</h3>\n<p class="meta">{"".join(meta)}</p>\n{passages}</article></li>\n'
        )
    return mark_safe("".join(items))  # noqa: S308  title and passages are safe, the rest is escaped


def bar_rows(bars: Iterable[Bar]) -> SafeString:
    """The months that have articles as rows of the table beside the picture."""
    return mark_safe(  # noqa: S308  every value is escaped or a number
        "\n".join(
            f'<tr><th scope="row"><a rel="nofollow" href="{escape(one.url)}">{escape(one.words)}</a></th>'
            f'<td class="num">{one.count}</td></tr>'
            for one in bars
            if one.count
        )
    )

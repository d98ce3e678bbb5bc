"""The numbers under a list: first, last, and those around the page shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageLink:
    """`number` 0 is a gap."""

    number: int
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    previous: str
    next: str
    links: tuple[PageLink, ...]


def page_numbers(page: int, pages: int, link: Callable[[int], str]) -> Pager | None:
    """None when there is one page only."""
    if pages <= 1:
        return None
    shown = sorted({1, pages} | {number for number in range(page - 2, page + 3) if 1 <= number <= pages})
    links: list[PageLink] = []
    for number in shown:
        if links and number - links[-1].number > 1:
            links.append(PageLink(0, ""))
        links.append(PageLink(number, link(number), number == page))
    return Pager(link(page - 1) if page > 1 else "", link(page + 1) if page < pages else "", tuple(links))

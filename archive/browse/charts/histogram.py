"""Articles by month as bars, each a link. Keyboard and screen reader use the two fields and the table beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..printed_dates import months_in_words
from .scale import round_step

WIDTH, HEIGHT, TOP, BOTTOM = 720, 160, 18, 26
Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Bar:
    """One month: its count, the address that shows its articles, and whether the search includes it."""

    year: int
    month: int
    count: int
    url: str
    words: str
    chosen: bool = True

    @property
    def value(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def months_between(first: Month, last: Month) -> Iterator[Month]:
    """Every month from `first` to `last`, both included."""
    for number in range(first[0] * 12 + first[1] - 1, last[0] * 12 + last[1]):
        yield number // 12, number % 12 + 1


def bars(
    counts: Mapping[str, int],
    link: Callable[[str], str],
    *,
    earliest: str = "",
    latest: str = "",
    least: tuple[Month, Month] = ((2019, 12), (2022, 12)),
    most_months: int = 240,
) -> list[Bar]:
    """Bars for the months of `counts` ("2020-02" → articles), without gaps, at least over `least`.

    Months outside of `earliest`..`latest` ("2020-02", "" open) are not chosen. Months more than
    `most_months` before the last one are left out of the picture (a misread year 1920).
    """
    held = [value for value, count in counts.items() if len(value) == 7 and count]
    ends = [(int(value[:4]), int(value[5:])) for value in ((min(held), max(held)) if held else ())]
    first, last = min([least[0], *ends]), max([least[1], *ends])
    months = list(months_between(first, last))[-most_months:]
    words = months_in_words(months)
    return [
        Bar(
            year,
            month,
            counts.get(value, 0),
            link(value),
            said,
            (not earliest or value >= earliest[:7]) and (not latest or value <= latest[:7]),
        )
        for (year, month), said in zip(months, words, strict=True)
        if (value := f"{year:04d}-{month:02d}")
    ]


def histogram(row: Sequence[Bar], *, root: bool = False) -> SafeString:
    """The picture. `root`: heights by the square root, so that small months stay visible."""
    if not row:
        return SafeString("")
    most = max((bar.count for bar in row), default=0)
    step = round_step(most or 1)
    top = step * max(1, math.ceil(most / step))
    height = _height(top, root)
    pieces = [_line(grade, height(grade), last=grade == 0) for grade in range(0, top + 1, step)]
    slot = WIDTH / len(row)
    told = _("%(month)s：%(count)s 篇")
    for number, bar in enumerate(row):
        if bar.count:
            pieces.append(_bar(bar, number * slot, slot, height(bar.count), told))
        if bar.month == 1 or number == 0:
            words = str(bar.year) if bar.month == 1 else ""
            if words:
                pieces.append(
                    f'<path class="tick" d="M{_f(number * slot)} {HEIGHT - BOTTOM}v6"/>'
                    f'<text class="ax" x="{_f(number * slot + 5)}" y="{HEIGHT - 7}">{words}</text>'
                )
    label = _("按月份的文章数；键盘可用下方的起止月份，或展开表格")
    return format_html(
        '<svg class="hist" viewBox="0 0 {} {}" role="group" aria-label="{}" data-first="{}" data-months="{}">{}</svg>',
        WIDTH, HEIGHT, label, row[0].value, len(row), mark_safe("".join(pieces)),  # noqa: S308  addresses and words are escaped, the rest are numbers
    )  # fmt: skip


def _height(top: int, root: bool) -> Callable[[int], float]:
    room = HEIGHT - TOP - BOTTOM
    return (lambda count: room * math.sqrt(count / top)) if root else (lambda count: room * count / top)


def _line(grade: int, height: float, *, last: bool) -> str:
    y = HEIGHT - BOTTOM - height
    text = "" if last else f'<text class="ax" x="0" y="{_f(y - 4)}">{grade:,}</text>'
    return f'<path class="{"base" if last else "grid"}" d="M0 {_f(y)}H{WIDTH}"/>{text}'


def _bar(bar: Bar, x: float, slot: float, height: float, sentence: str) -> str:
    words = sentence % {"month": bar.words, "count": f"{bar.count:,}"}
    shown = max(height, 2)
    told, chosen = escape(words), "" if bar.chosen else " off"
    return (
        f'<a href="{escape(bar.url)}" tabindex="-1" aria-label="{told}" data-month="{bar.value}"><title>{told}</title>'
        f'<rect class="hit" x="{_f(x)}" y="{TOP}" width="{_f(slot)}" height="{HEIGHT - TOP - BOTTOM}"/>'
        f'<rect class="bar{chosen}" x="{_f(x + slot * 0.12)}" y="{_f(HEIGHT - BOTTOM - shown)}"'
        f' width="{_f(slot * 0.76)}" height="{_f(shown)}"/></a>'
    )


@lru_cache(maxsize=16384)
def _f(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")

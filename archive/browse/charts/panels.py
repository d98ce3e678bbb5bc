"""Bars over months or weeks, each a link: small multiples that are read one under another.

As in the histogram, keyboard and screen reader use the table beside it; the bars are for the pointer.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

WIDTH, TOP, BOTTOM = 480, 20, 22
#: Lines of the scale beside that of zero, at most.
_LINES = 2
_STEPS = (1.0, 2.0, 5.0, 10.0)
#: Heads of pins that would touch stand in lanes one above the other: how wide and high a head is, and how many lanes there are.
_HEAD, _LANE, _LANES = 18, 19, 6


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar: how high (None: nothing known), what it tells, and what it opens. `label` stands below it, "" none."""

    value: float | None
    told: str
    url: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Pin:
    """Something that happened: a line at place `at` (0 to 1 of the width), with what it tells and opens; `mark` stands on its head.

    `others`: how many more share the head.
    """

    at: float
    told: str
    url: str
    mark: str = ""
    others: int = 0

    def joined(self, other: Pin) -> Pin:
        """One head for both: it opens the first, tells all, and shows how many there are."""
        return replace(self, told=f"{self.told}；{other.told}", mark=f"×{self.others + 2}", others=self.others + 1)


def fine_step(most: float) -> float:
    """The smallest of 1, 2 and 5 times a power of ten of which `_LINES` reach `most`."""
    if most <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(most / _LINES))
    return next(step * power for step in _STEPS if step * power * _LINES >= most * (1 - 1e-9))


def panel(
    marks: Sequence[Mark],
    *,
    most: float,
    label: str,
    suffix: str = "",
    width: int = WIDTH,
    height: int = 130,
    pins: Sequence[Pin] = (),
) -> SafeString:
    """The picture. `most` is the value at the top (several panels share one to be compared); `suffix` is put behind numbers.

    The heads of `pins` stand above it and make it higher.
    """
    if not marks:
        return SafeString("")
    step = fine_step(most)
    top = step * max(1, math.ceil(most / step - 1e-9))
    lanes, sharing = _in_lanes(pins, width)
    above = _LANE * (1 + max((lane for _one, lane in lanes), default=-1))
    height += above
    ceiling = TOP + above
    room = height - ceiling - BOTTOM
    floor = height - BOTTOM
    pieces = []
    for number in range(round(top / step) + 1):
        y = _f(floor - room * number * step / top)
        text = f'<text class="ax" x="0" y="{_f(float(y) - 4)}">{written(number * step)}{escape(suffix)}</text>'
        pieces.append(f'<path class="{"grid" if number else "base"}" d="M0 {y}H{width}"/>{text if number else ""}')
    slot = width / len(marks)
    # Below the heads a line without one can be pointed at: there nothing else takes the pointer.
    pieces += [
        _line(
            one,
            above,
            width,
            floor,
            f'<rect class="hit" x="{_f(_across(one, width) - 2)}" y="{above}" width="4" height="{TOP}"/>',
        )
        for one in sharing
    ]
    pieces += [_pin(one, above - _LANE * (lane + 0.5), width, floor) for one, lane in lanes]
    for place, mark in enumerate(marks):
        x = place * slot
        if mark.label:
            at, end = (x + 4, "") if x < width - 40 else (x - 4, ' text-anchor="end"')
            pieces.append(
                f'<path class="tick" d="M{_f(x)} {floor}v6"/>'
                f'<text class="ax" x="{_f(at)}" y="{height - 6}"{end}>{escape(mark.label)}</text>'
            )
        if mark.url and mark.value is not None:
            tall = max(room * mark.value / top, 2)
            told = escape(mark.told)
            pieces.append(
                f'<a href="{escape(mark.url)}" tabindex="-1" aria-label="{told}"><title>{told}</title>'
                f'<rect class="hit" x="{_f(x)}" y="{ceiling}" width="{_f(slot)}" height="{room}"/>'
                f'<rect class="bar" x="{_f(x + slot * 0.12)}" y="{_f(floor - tall)}" width="{_f(slot * 0.76)}" height="{_f(tall)}"/></a>'
            )
    return format_html(
        '<svg class="hist" viewBox="0 0 {} {}" role="group" aria-label="{}">{}</svg>',
        width, height, label, mark_safe("".join(pieces)),  # noqa: S308  words and addresses are escaped, the rest are numbers
    )  # fmt: skip


def _in_lanes(pins: Sequence[Pin], width: int) -> tuple[list[tuple[Pin, int]], list[Pin]]:
    """Each pin with the lowest lane in which its head touches none before it, and those for which none is free.

    These share the last head of the last lane, which tells them all; each keeps its line.
    """
    ends: list[float] = []
    placed: list[tuple[Pin, int]] = []
    sharing: list[Pin] = []
    for one in sorted(pins, key=lambda pin: pin.at):
        x = _across(one, width)
        lane = next((lane for lane, end in enumerate(ends) if x - end >= _HEAD), len(ends))
        if lane < _LANES:
            ends[lane : lane + 1] = [x]
            placed.append((one, lane))
        else:
            last = max(place for place, (_pin, lane) in enumerate(placed) if lane == _LANES - 1)
            placed[last] = (placed[last][0].joined(one), _LANES - 1)
            sharing.append(one)
    return placed, sharing


def _across(one: Pin, width: int) -> float:
    """Where a pin stands: at its place, and with its whole head in the picture."""
    return min(max(one.at * width, _HEAD / 2), width - _HEAD / 2)


def _pin(one: Pin, y: float, width: int, floor: int) -> str:
    x = _across(one, width)
    mark = f'<text x="{_f(x)}" y="{_f(y + 3.5)}" text-anchor="middle">{escape(one.mark)}</text>' if one.mark else ""
    head = f'<circle cx="{_f(x)}" cy="{_f(y)}" r="{8 if one.mark else 5}"/>{mark}'
    return _line(one, y + 8, width, floor, head)


def _line(one: Pin, top: float, width: int, floor: int, head: str = "") -> str:
    """The line of a pin, which opens it, and what stands on it."""
    told = escape(one.told)
    return (
        f'<a class="pin" href="{escape(one.url)}" tabindex="-1" aria-label="{told}"><title>{told}</title>'
        f'<path d="M{_f(_across(one, width))} {_f(top)}V{floor}"/>{head}</a>'
    )


def written(value: float) -> str:
    """1,200 · 3.5 · 0.042: as many digits as tell something."""
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.{3 if value < 0.1 else 2 if value < 1 else 1}f}".rstrip("0").rstrip(".")


def _f(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")

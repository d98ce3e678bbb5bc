"""Milestones in the reader's language, and as pins of a chart."""

from __future__ import annotations

from archive.catalog.models import Milestone

from ..charts.panels import Pin
from ..names import in_english, in_script
from ..printed_dates import edtf_in_words


def title_of(one: Milestone) -> str:
    """The title in the reader's language; where there is no English one, the Chinese."""
    return one.title_en if in_english() and one.title_en else in_script(one.title)


def pins_of(found: list[tuple[int, Milestone, float]], base: str = "") -> list[Pin]:
    """Pins with their numbers; each opens its entry of the list on the timeline (`base`: its address)."""
    return [
        Pin(at, f"{edtf_in_words(one.date)} {title_of(one)}", f"{base}#m-{one.key}", str(number) if number else "")
        for number, one, at in found
    ]

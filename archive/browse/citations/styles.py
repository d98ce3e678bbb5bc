"""The styles that are offered, in the order of the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .gbt7714 import gbt7714_2015, gbt7714_2025
from .machine import bibtex, csl_json, ris
from .piece import ARCHIVE, Piece, permanent_address
from .western import apa, chicago


@dataclass(frozen=True, slots=True)
class Style:
    """A style of citation in words; `lang` is that of the entry's own words."""

    key: str
    name: str
    lang: str
    entry: Callable[[Piece], str]


STYLES: tuple[Style, ...] = (
    Style("gbt7714-2025", "GB/T 7714—2025", "zh-Hans", gbt7714_2025),
    Style("gbt7714-2015", "GB/T 7714—2015", "zh-Hans", gbt7714_2015),
    Style("apa", "APA", "zh-Hans", apa),
    Style("chicago", "Chicago", "zh-Hans", chicago),
)


@dataclass(frozen=True, slots=True)
class Format:
    """A format for programs: its extension, media type and text."""

    extension: str
    name: str
    media_type: str
    text: Callable[[Piece], str]


FORMATS: dict[str, Format] = {
    one.extension: one
    for one in (
        Format("bib", "BibTeX", "application/x-bibtex; charset=utf-8", bibtex),
        Format("ris", "RIS", "application/x-research-info-systems; charset=utf-8", ris),
        Format("json", "CSL-JSON", "application/vnd.citationstyles.csl+json; charset=utf-8", csl_json),
    )
}


def withdrawn(public_id: str, day: str) -> str:
    """What can be cited of a piece that was taken down: that it was, when, and where that is said."""
    return f"[已撤回的文章].{ARCHIVE},编号{public_id}(撤回日期{day}).{permanent_address(public_id)}."

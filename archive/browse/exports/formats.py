"""Articles as lines of a file: CSV, JSON lines, BibTeX, RIS."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from archive.catalog.models import Article

from ..citations.piece import piece_of
from ..citations.styles import FORMATS
from .columns import COLUMNS, Value, row


class _Echo:
    def write(self, text: str) -> str:
        return text


def inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def csv_lines(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Lines of CSV for a spreadsheet: with a byte-order mark, cells inert."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(head)
    for cells in rows:
        yield writer.writerow([inert(cell) for cell in cells])


def _cell(value: Value) -> str:
    if isinstance(value, list):
        return "; ".join(value)
    return value or ""


def _csv(articles: Iterable[Article]) -> Iterator[str]:
    names = [column.name for column in COLUMNS]
    yield from csv_lines(names, ([_cell(value) for value in row(article).values()] for article in articles))


def _jsonl(articles: Iterable[Article]) -> Iterator[str]:
    for article in articles:
        yield json.dumps(row(article), ensure_ascii=False) + "\n"


def _citations(extension: str) -> Callable[[Iterable[Article]], Iterator[str]]:
    def lines(articles: Iterable[Article]) -> Iterator[str]:
        for article in articles:
            if article.current_version is not None:
                yield FORMATS[extension].text(piece_of(article, article.current_version)).rstrip("\n") + "\n\n"

    return lines


@dataclass(frozen=True, slots=True)
class Export:
    """A format of a whole result set."""

    extension: str
    name: str
    media_type: str
    lines: Callable[[Iterable[Article]], Iterator[str]]


EXPORTS: dict[str, Export] = {
    one.extension: one
    for one in (
        Export("csv", "CSV", "text/csv; charset=utf-8", _csv),
        Export("jsonl", "JSON Lines", "application/x-ndjson; charset=utf-8", _jsonl),
        Export("bib", "BibTeX", FORMATS["bib"].media_type, _citations("bib")),
        Export("ris", "RIS", FORMATS["ris"].media_type, _citations("ris")),
    )
}

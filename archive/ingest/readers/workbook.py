"""Workbooks (.xlsx): the first sheet, a header in its first row; macros and DTDs are refused.

openpyxl is imported where a workbook is read: it takes some 10 MB, which no other import needs.
"""

from __future__ import annotations

import datetime as dt
import json
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, BinaryIO
from xml.parsers import expat

from django.utils.translation import gettext as _

from archive.ingest.records import Skipped

from . import bounds
from .columns import Column, mapping_of
from .record import Record, source_of
from .refusals import (
    DAMAGED_ZIP,
    ArchiveBomb,
    DamagedArchive,
    EmptyFile,
    EmptyTable,
    EncryptedArchive,
    UnsafeWorkbook,
)
from .sources import CHUNK, Received, Source

#: The name of the first sheet as a member of its workbook.
SHEET = "sheet1.jsonl"
JSON_LINES = "application/jsonl"


def check(received: Received) -> None:
    """Refuse what must not reach the parser: bombs, macros, passwords, DTDs (entities)."""
    from openpyxl.xml import DEFUSEDXML

    if not DEFUSEDXML:
        raise RuntimeError("defusedxml is not installed")
    try:
        with received.open() as stream, zipfile.ZipFile(stream) as package:
            members = package.infolist()
            if sum(member.file_size for member in members) > bounds.WORKBOOK_LIMIT or len(members) > 2000:
                raise ArchiveBomb
            for member in members:
                swollen = member.file_size > bounds.RATIO_LIMIT * max(member.compress_size, 1)
                if swollen and member.file_size > bounds.RATIO_FROM:
                    raise ArchiveBomb
                if member.flag_bits & 1:
                    raise EncryptedArchive
                name = member.filename.lower()
                if name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/"):
                    raise UnsafeWorkbook(_("工作簿含有宏；请另存为不含宏的 .xlsx。"))
                _refuse_doctype(package, member)
    except DAMAGED_ZIP as error:
        raise DamagedArchive(_("工作簿已损坏，无法打开。")) from error


def _refuse_doctype(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    if not member.filename.lower().endswith((".xml", ".rels")):
        return
    with package.open(member) as part:
        if has_doctype(part):
            raise UnsafeWorkbook(_("工作簿的 XML 含有 DTD（可能引用外部实体），未读取。"))


def has_doctype(part: IO[bytes]) -> bool:
    """Whether a DTD stands before the root of a document, however far down. ValueError for what is no XML."""
    found: list[str] = []
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_said: found.append("doctype")
    parser.StartElementHandler = lambda *_said: found.append("root")
    try:
        while not found and (chunk := part.read(CHUNK // 16)):
            parser.Parse(chunk)
    except expat.ExpatError as error:
        if not found:
            raise ValueError("no XML") from error
    return "doctype" in found


def _rows(received: Received) -> Iterator[tuple[Any, ...]]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    check(received)
    try:
        with received.open() as stream:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            try:
                sheet = book.worksheets[0]
                sheet.reset_dimensions()
                yield from sheet.iter_rows(values_only=True, max_col=bounds.COLUMN_LIMIT)
            finally:
                book.close()
    except (
        InvalidFileException,
        LookupError,
        TypeError,
        AttributeError,
        ArithmeticError,
        SyntaxError,
        *DAMAGED_ZIP,
    ) as error:
        # openpyxl takes what stands in the parts for what it should be, and raises whatever follows from that.
        raise DamagedArchive(_("工作簿已损坏，无法打开。")) from error


def header_of(received: Received, mapping: Sequence[str] = ()) -> list[Column]:
    """The mapping of the first sheet's columns. Raises MissingColumn and what `check` raises."""
    for cells in _rows(received):
        return _header(cells, mapping)
    raise EmptyFile


def _header(cells: tuple[Any, ...], mapping: Sequence[str]) -> list[Column]:
    """The columns up to the last that has a name: a sheet is read wider than it is filled."""
    names = ["" if cell is None else str(cell) for cell in cells]
    while names and not names[-1].strip():
        names.pop()
    return mapping_of(names, chosen=mapping)


def read_workbook(received: Received, mapping: Sequence[str] = ()) -> Iterator[Source | Skipped]:
    """The rows of the first sheet.

    A row of a workbook has no bytes of its own: the sheet is written out as JSON lines, a member of
    the workbook, and each row is a line of it.
    """
    rows = _rows(received)
    first = next(rows, None)
    if first is None:
        raise EmptyFile
    columns = _header(first, mapping)
    keys = _keys([column.name for column in columns] + [""] * (len(first) - len(columns)))
    # Not closed here: the rows are looked up in it as long as one of them is held, and with the last it goes.
    sheet = tempfile.NamedTemporaryFile(suffix=".jsonl")  # noqa: SIM115
    for cells in rows:
        filled = {key: _plain(cell) for key, cell in zip(keys, cells, strict=False) if cell is not None}
        sheet.write(json.dumps(filled, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
    sheet.flush()

    def anew() -> BinaryIO:
        return Path(sheet.name).open("rb")

    lines = Received(f"{received.name}/{SHEET}", anew, JSON_LINES, received, SHEET)
    yield from _pieces(received, columns, keys, lines)


def _keys(names: list[str]) -> list[str]:
    """The names of the columns; one that is empty or stands twice is told by its letter."""
    from openpyxl.utils import get_column_letter

    return [
        name if name and names.count(name) == 1 else f"{name} {get_column_letter(place)}".strip()
        for place, name in enumerate(names, 1)
    ]


def _pieces(received: Received, columns: list[Column], keys: list[str], lines: Received) -> Iterator[Source | Skipped]:
    offset = 0
    empty = True
    size, whole = received.size(), lines.size()
    with lines.open() as stream:
        for number, line in enumerate(stream, 2):
            cells = json.loads(line)
            named = [(column.name, column.field, cells.get(key)) for column, key in zip(columns, keys, strict=False)]
            record = Record(received.name, number, named, line, "application/json", "column", lines, offset, "utf-8")
            offset += len(line)
            piece = source_of(record)
            if isinstance(piece, Source):
                piece.reached = size * offset // whole
            if piece is not None:
                empty = False
                yield piece
    if empty:
        raise EmptyTable


def _plain(value: Any) -> Any:
    """A cell as JSON has it; midnight is how a workbook writes a day without a time."""
    if isinstance(value, dt.datetime):
        timed = (value.hour, value.minute, value.second) != (0, 0, 0)
        return value.isoformat(sep=" ", timespec="seconds") if timed else value.date().isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return value if isinstance(value, int | float) else str(value)

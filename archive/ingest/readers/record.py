"""From the named values of one line or row to a Source; shared by JSON lines and tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from archive.ingest.records import Skipped

from . import values
from .sources import Given, Received, Source

#: Values that need reading; all other fields are text.
_READ: dict[str, Callable[[Any], Any]] = {
    "published": values.published,
    "authors": values.authors,
    "editors": values.words,
    "topics": values.words,
    "about": values.place,
    "source_url": values.address,
    "captured_at": values.moment,
}
#: What no database takes.
UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
#: The longest original that is kept of a row with a fault: a whole article, and no more.
ORIGINAL_LIMIT = 30_000
_TEXTS = ("body", "text", "html")
#: The longest text that each field's column in the catalog takes.
_LENGTHS = {
    "title": 300, "title_as_printed": 300, "outlet": 120, "publisher": 120, "original_source": 120,
    "source_line": 300, "page_label": 60, "dateline": 120,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """One line or row: `named` is (name as printed, field, value), `raw` its bytes as received."""

    name: str
    number: int
    named: list[tuple[str, str, Any]]
    raw: bytes
    media_type: str
    word: str  # "column" or "key", for the rule of the evidence
    container: Received | None
    offset: int | None
    encoding: str


def source_of(record: Record) -> Source | Skipped | None:
    """The piece that a record holds; None for an empty row; Skipped (bad) naming row, field and mend."""
    given: dict[str, Given] = {}
    problems: list[str] = []
    parts: dict[str, tuple[str, str]] = {}
    for name, field, value in record.named:
        if not field or value is None or value == "" or value == [] or (isinstance(value, str) and not value.strip()):
            continue
        if any(map(UNKEEPABLE.search, _texts(value))):
            problems.append(_("“%(name)s”：含有 NUL 或残缺的字符，请删去。") % {"name": name})
        elif field in ("province", "prefecture", "county"):
            parts[field] = (str(value).strip(), name)
        else:
            try:
                given[field] = Given(_value(field, value), f"{record.word} {name}"[:80])
            except values.Unreadable as error:
                problems.append(f"“{name}”：{error}")
    if parts and "about" not in given:
        ordered = [parts[level] for level in ("province", "prefecture", "county") if level in parts]
        rule = f"{record.word} {'+'.join(name for _text, name in ordered)}"
        given["about"] = Given("".join(text for text, _name in ordered), rule[:80])
    if not given and not problems:
        return None
    text = next((given[name] for name in _TEXTS if name in given), None)
    if text is None:
        problems.append(_("没有正文。"))
    if problems:
        where = _("第 %(number)d 行，") % {"number": record.number}
        original = as_text(record.raw, record.encoding)
        return Skipped(record.name, record.number, where + "".join(problems), bad=True, original=original)
    assert text is not None
    return _source(record, given, str(text.value))


def _texts(value: Any) -> Iterator[str]:
    """The text of a value, and of all that is in it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def as_text(raw: bytes, encoding: str) -> str:
    """A row as received, for the list of what was not imported: at most ORIGINAL_LIMIT characters, without NUL."""
    return raw.decode(encoding, "replace")[:ORIGINAL_LIMIT].replace("\0", "\ufffd").rstrip("\r\n")


def _source(record: Record, given: dict[str, Given], text: str) -> Source:
    kind = next(name for name in _TEXTS if name in given)
    url, moment = given.pop("source_url", None), given.pop("captured_at", None)
    for name in _TEXTS:
        if name != kind or name != "body":
            given.pop(name, None)
    return Source(
        name=record.name,
        data=record.raw,
        media_type=record.media_type,
        source_url=url.value if url else None,
        captured_at=moment.value if moment else None,
        container=record.container,
        offset=record.offset,
        number=record.number,
        given=given,
        text=text,
        text_type="text/html" if kind == "html" else "text/plain",
        encoding=record.encoding,
    )


def _value(field: str, value: Any) -> Any:
    if field in _READ:
        return _READ[field](value)
    if field in _TEXTS:
        if not isinstance(value, str):
            raise values.Unreadable(_("应为文字。"))
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if field == "captions":
        return [str(item.get("text") if isinstance(item, dict) else item) for item in value if item]
    if isinstance(value, dict | list):
        raise values.Unreadable(_("应为文字。"))
    text = " ".join(str(value).split())
    if len(text) > _LENGTHS.get(field, 300):
        raise values.Unreadable(_("超过 %(limit)d 字。") % {"limit": _LENGTHS.get(field, 300)})
    return text

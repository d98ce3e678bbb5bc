"""The catalogues: every Chinese sentence of code and templates, translated, compiled without system gettext.

English is filled in by hand; traditional Chinese is made from the sentences (`traditional`).

Needs babel, which is among the development packages; the compiled file is in the repository, so
that the site itself does not.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize
from jinja2.ext import babel_extract

from .traditional import traditional

#: Dates in the header would make every run another file.
_WRITTEN = datetime(2026, 11, 24, tzinfo=UTC)

KEYWORDS: dict[str, Any] = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip


def base() -> Path:
    return Path(settings.BASE_DIR)


def folder(locale: str = "en") -> Path:
    return base() / "archive" / "locale" / locale / "LC_MESSAGES"


def sources() -> Iterator[Path]:
    """Code and templates with sentences; a room that keeps a catalogue of its own is left to it."""
    for room in sorted((base() / "archive").iterdir()):
        if room.is_dir() and not (room / "locale").exists():
            yield from sorted(path for path in room.rglob("*.py") if "migrations" not in path.parts)
    yield from sorted((base() / "templates").rglob("*.html"))


def template() -> Catalog:
    """Every message, with the files where it stands."""
    catalog = Catalog(domain="django", locale="en", charset="utf-8", fuzzy=False)
    for path in sources():
        text = path.read_text(encoding="utf-8")
        method: Any = "python"
        if path.is_relative_to(base() / "templates" / "browse"):  # in Jinja
            method = babel_extract
        elif path.suffix == ".html":
            text = templatize(text)
        found = extract(method, io.BytesIO(text.encode()), KEYWORDS, (), {"encoding": "utf-8"})
        for _line, message, _comments, context in found:
            catalog.add(message, locations=[(str(path.relative_to(base())), 1)], context=context)
    return catalog


def translations() -> Catalog:
    """The catalogue as kept."""
    with (folder() / "django.po").open("rb") as file:
        return read_po(file, locale="en", domain="django")


def refreshed() -> Catalog:
    """The kept catalogue brought to the messages of the sources; obsolete ones are dropped."""
    kept = translations() if (folder() / "django.po").exists() else Catalog(locale="en")
    kept.update(template(), no_fuzzy_matching=True, update_creation_date=False)
    kept.obsolete.clear()
    kept.creation_date = kept.revision_date = _WRITTEN
    return kept


def missing(catalog: Catalog) -> list[str]:
    """Messages without a translation, in every form of their number."""
    return [
        str(message.id)
        for message in catalog
        if message.id and not (message.string if isinstance(message.string, str) else all(message.string or ("",)))
    ]


def search_folder(locale: str = "en") -> Path:
    """The catalogue that the search room keeps itself; its English is written by hand."""
    return base() / "archive" / "search" / "locale" / locale / "LC_MESSAGES"


def search_translations() -> Catalog:
    with (search_folder() / "django.po").open("rb") as file:
        return read_po(file, locale="en", domain="django")


def traditional_catalogue(messages: Catalog) -> Catalog:
    """A catalogue of the same messages, converted. Chinese has one form for every number."""
    made = Catalog(domain="django", locale="zh_Hant", charset="utf-8", fuzzy=False)
    made.creation_date, made.revision_date = messages.creation_date, messages.creation_date
    for message in messages:
        if message.id:
            one = message.id if isinstance(message.id, str) else message.id[-1]
            string = traditional(one) if isinstance(message.id, str) else (traditional(one),)
            made.add(message.id, string, locations=message.locations, flags=message.flags, context=message.context)
    return made


def files(catalog: Catalog) -> dict[Path, bytes]:
    """What every file of every catalogue holds, where `catalog` is the English one brought up to date."""
    search = search_translations()
    search.creation_date = search.revision_date = _WRITTEN
    made = {
        folder() / "django.po": po_text(catalog),
        folder() / "django.mo": mo_bytes(catalog),
        search_folder() / "django.mo": mo_bytes(search_translations()),
    }
    for where, messages in ((folder("zh_Hant"), catalog), (search_folder("zh_Hant"), search)):
        converted = traditional_catalogue(messages)
        made |= {where / "django.po": po_text(converted), where / "django.mo": mo_bytes(converted)}
    return made


def po_text(catalog: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(buffer, catalog, sort_output=True, omit_header=False, width=0, include_lineno=False)
    return buffer.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()

"""Citations for programs: BibTeX (biblatex fields beside the old ones), RIS, CSL-JSON."""

from __future__ import annotations

import json
import re
from typing import Any

from .piece import ARCHIVE, Piece, When

_SPECIAL = re.compile(r"([&%$#_{}])")


def bibtex(piece: Piece) -> str:
    """One entry; `date` keeps the precision, `note` says what is supplied."""
    fields = [("title", "{" + _tex(piece.title) + "}")]
    if piece.authors:
        fields.append(("author", " and ".join("{" + _tex(name) + "}" for name in piece.authors)))
    if piece.container:
        fields.append(("journal" if piece.kind == "newspaper" else "organization", _tex(piece.container)))
    if piece.when:
        fields += [("date", piece.when.iso), ("year", str(piece.when.year))]
        fields += [("month", str(piece.when.month))] if piece.when.month else []
    fields += [("pages", _tex(piece.page))] if piece.page else []
    fields += [("url", piece.address), ("urldate", piece.accessed.isoformat())]
    fields += [("langid", "chinese"), ("eprint", piece.public_id), ("eprinttype", _tex(ARCHIVE))]
    note = _note(piece)
    fields += [("note", _tex(note))] if note else []
    if piece.kind == "newspaper":
        fields.append(("entrysubtype", "newspaper"))
    kind = "article" if piece.kind == "newspaper" else "online"
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields)
    return f"@{kind}{{{piece.public_id},\n{lines}\n}}\n"


def ris(piece: Piece) -> str:
    """One record; lines end in CR LF, as the format wants."""
    rows = [("TY", "NEWS" if piece.kind == "newspaper" else "ELEC"), ("TI", piece.title)]
    rows += [("AU", name) for name in piece.authors]
    rows += [("T2", piece.container)] if piece.container else []
    if piece.when:
        parts = [str(piece.when.year)] + [f"{part:02d}" if part else "" for part in (piece.when.month, piece.when.day)]
        rows += [("PY", str(piece.when.year)), ("DA", "/".join(parts) + "/")]
    rows += [("SP", piece.page)] if piece.page else []
    rows += [("UR", piece.address), ("Y2", piece.accessed.strftime("%Y/%m/%d/"))]
    rows += [("L2", piece.source_url)] if piece.source_url else []
    rows += [("AN", piece.public_id), ("DB", ARCHIVE), ("LA", piece.language)]
    note = _note(piece)
    rows += [("N1", note)] if note else []
    rows.append(("ER", ""))
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in rows)


def csl(piece: Piece) -> dict[str, Any]:
    """One item of CSL-JSON. A supplied date is `circa`."""
    item: dict[str, Any] = {
        "id": piece.public_id,
        "type": "article-newspaper" if piece.kind == "newspaper" else "webpage",
        "title": piece.title,
        "author": [{"literal": name} for name in piece.authors],
        "container-title": piece.container,
        "issued": _csl_date(piece.when),
        "accessed": {"date-parts": [list(piece.accessed.timetuple()[:3])]},
        "page": piece.page,
        "URL": piece.address,
        "archive": ARCHIVE,
        "archive_location": piece.public_id,
        "language": piece.language,
        "note": _note(piece),
    }
    return {name: value for name, value in item.items() if value}


def csl_json(piece: Piece) -> str:
    return json.dumps([csl(piece)], ensure_ascii=False, indent=2) + "\n"


def _csl_date(when: When | None) -> dict[str, Any]:
    if when is None:
        return {}
    parts = [part for part in (when.year, when.month, when.day) if part]
    return {"date-parts": [parts], **({"circa": True} if when.supplied else {})}


def _note(piece: Piece) -> str:
    notes = []
    if piece.sample:
        notes.append("示例:虚构的样本,不是真实报道")
    if piece.original:
        notes.append(f"转自{piece.original}")
    if piece.when and piece.when.supplied:
        notes.append("日期系推断")
    if piece.source_url:
        notes.append(f"来源网址 {piece.source_url}")
    return ";".join(notes)


def _tex(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", _line(text.replace("\\", "\\textbackslash ")))


def _line(text: str) -> str:
    return " ".join(text.split())

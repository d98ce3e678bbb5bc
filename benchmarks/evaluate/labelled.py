"""Texts with labels of careful readers: the seeds, the briefs of January–July 2020, real pages."""

import io
import json
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import zstandard

from archive.ingest.evaluation import bounds_verdict, verdict
from archive.ingest.pipeline import read_page
from archive.places.gazetteer import gazetteer
from archive.places.resolver import resolve
from archive.text.script import HAN, to_simplified

from .tables import Verdicts

LEVELS = {"province": 2, "prefecture": 4, "county": 6}
_EDITOR = re.compile("编|责|审|制作|主任|账号")


def place_verdicts(wanted: list[str], read: str | None) -> dict[str, str]:
    """Verdicts at each level that the label reaches; any of the codes `wanted` is right.

    A reading that stops above the label, at a place that it lies in, is unknown at the levels below.
    """
    found = {}
    for level, digits in LEVELS.items():
        truths = {code[:digits] for code in wanted if level == "province" or code[2:digits].strip("0")}
        stops_above = read is not None and any(truth.startswith(_significant(read)) for truth in truths)
        if truths:
            right = str(read)[:digits] in truths
            found[level] = "right" if right else "unknown" if not read or stops_above else "wrong"
    return found


def _significant(code: str) -> str:
    """The digits of a division code without the pairs of noughts that stand for levels below it."""
    return re.sub("(?:00){1,2}$", "", code)


def seeds(shared: Path) -> Iterator[Verdicts]:
    """The articles of ../shared/seeds."""
    rows = json.loads((shared / "seeds" / "expected.json").read_text(encoding="utf-8"))
    for name, group in groupby(rows, key=lambda row: row["file"]):
        drafts = read_page((shared / "seeds" / name).read_bytes(), file=name).drafts
        for number, row in enumerate(group):
            read: dict[str, Any] = drafts[number].as_json() if number < len(drafts) else {}
            body = str(read.get("body_simplified") or "")
            exact = (
                body.startswith(row["body_starts"])
                and body.endswith(row["body_ends"])
                and len(body) == row["body_chars"]
            )
            yield {
                "title": verdict("title", row["title"], read.get("title")),
                "body": "right" if exact else "wrong" if body else "unknown",
                **{key: verdict(key, row[key], read.get(key)) for key in ("published", "outlet", "authors")},
                **_bounds(row["published"], read.get("published")),
                **place_verdicts([row["about"]["code"]], (read.get("about") or {}).get("code")),
            }


def briefs(shared: Path) -> Iterator[Verdicts]:
    """The briefs of ../shared/corpus whose province is labelled (some labels are wrong)."""
    codes: dict[str, str] = {}
    for unit in gazetteer().divisions.counties_up():
        if unit.level == "province":
            codes |= {unit.name: unit.code, unit.short: unit.code}
    with (shared / "corpus" / "dxy-briefs.jsonl.zst").open("rb") as raw:
        for line in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(raw), encoding="utf-8"):
            row = json.loads(line)
            code = codes.get(row.get("province") or "")
            if code:
                about = resolve(row["title"], row["text"]).about
                read = about.code[:2] if about else None
                yield {"province": "unknown" if read is None else "right" if read == code[:2] else "wrong"}


def real_pages(shared: Path, texts: Path) -> Iterator[Verdicts]:
    """The pages of ../shared/pages whose text is in `texts` as ID.txt; the texts are not ours to keep."""
    for line in (shared / "pages" / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        path = texts / f"{row['id']}.txt"
        if row["genre"] != "yes" or not path.exists():
            continue
        drafts = read_page(path.read_bytes(), file=path.name, source_url=row["url"]).drafts
        read: dict[str, Any] = drafts[0].as_json() if drafts else {}
        start = "".join(HAN.findall(str(read.get("body_simplified") or "")))[: len(row["body_start"])]
        outlet = row["outlet"] and to_simplified(row["outlet"]["name"])
        authors = [one["name"] for one in row["authors"] if not _EDITOR.search(one["role"] or "")]
        title = row["title"] and to_simplified(row["title"])
        yield {
            "title": _letters(title, read.get("title")),
            "body start": "right" if start == to_simplified(row["body_start"]) else "wrong" if start else "unknown",
            "published": verdict("published", row["published"], read.get("published")),
            **_bounds(row["published"], read.get("published")),
            "outlet": _letters(outlet, read.get("outlet")),
            "authors": verdict("authors", authors, read.get("authors")),
            **place_verdicts([one["code"] for one in row["about"]], (read.get("about") or {}).get("code")),
        }


def _bounds(wanted: Any, read: Any) -> dict[str, str]:
    judged = bounds_verdict(wanted, read)
    return {"bounds": judged} if judged is not None else {}


def _letters(wanted: str | None, read: str | None) -> str:
    a, b = ("".join(re.findall(r"\w", text)) if text else None for text in (wanted, read))
    return "right" if a == b else "unknown" if b is None else "wrong"

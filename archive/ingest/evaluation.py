"""What was read, compared with what a careful reader labelled: right, wrong or unknown, field by field.

A label names only the keys it judges; null says that the field must be unknown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from archive.ingest.pipeline import read_page

Verdict = Literal["right", "wrong", "unknown"]

#: Fields whose labels are lists: of names, or of things with a name or a code.
_SETS = {"authors", "editors", "topics", "places", "captions"}


class LabelError(ValueError):
    """A row of the labelled file that cannot be judged; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One field of one row: the verdict, both values, and the evidence the reading gave."""

    row: int
    name: str
    verdict: Verdict
    expected: Any
    read: Any
    evidence: list[str]


@dataclass(slots=True)
class Tally:
    """Counts of one field over all rows."""

    right: int = 0
    wrong: int = 0
    unknown: int = 0

    @property
    def judged(self) -> int:
        return self.right + self.wrong + self.unknown


@dataclass(slots=True)
class Report:
    """All verdicts, with the counts by field."""

    judged: list[Judged] = field(default_factory=list)

    def tallies(self) -> dict[str, Tally]:
        """Right, wrong and unknown by field, in the order in which the fields came."""
        counts: dict[str, Tally] = {}
        for item in self.judged:
            tally = counts.setdefault(item.name, Tally())
            setattr(tally, item.verdict, getattr(tally, item.verdict) + 1)
        return counts


def evaluate(path: Path) -> Iterator[Judged]:
    """Yield the verdicts for each row of a labelled JSON-lines file; raises LabelError for a row without form.

    A row is {"input": {"text" | "html" | "file", "source_url", "captured_at"}, "expected": {…}, "index": 0};
    `file` is a path beside the labelled file. `expected` null: the input holds no article.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            given, expected = row["input"], row["expected"]
        except (ValueError, KeyError, TypeError) as error:
            raise LabelError(f"第 {number} 行不是标注：{error}") from error
        yield from _judge_row(number, given, expected, int(row.get("index", 0)), path.parent)


def _judge_row(
    number: int, given: dict[str, Any], expected: dict[str, Any] | None, index: int, folder: Path
) -> Iterator[Judged]:
    data, media_type, name = _content(number, given, folder)
    page = read_page(
        data,
        file=name,
        media_type=media_type,
        source_url=given.get("source_url"),
        captured_at=given.get("captured_at"),
    )
    if expected is None:
        titles = [draft.title for draft in page.drafts]
        yield Judged(number, "article", "wrong" if titles else "right", None, titles or None, [])
        return
    read: dict[str, Any] = page.drafts[index].as_json() if index < len(page.drafts) else {}
    for key, wanted in expected.items():
        value = read.get(key)
        rows = [row for row in read.get("evidence", []) if row["field"] == key]
        evidence = [f"{row['rule']}: {row['text']} ({row['confidence']})" for row in rows]
        yield Judged(number, key, verdict(key, wanted, value), wanted, value, evidence)
        if key == "published" and (judged := bounds_verdict(wanted, value)) is not None:
            yield Judged(number, "published.bounds", judged, wanted, value, evidence)


def _content(number: int, given: dict[str, Any], folder: Path) -> tuple[bytes, str | None, str]:
    if "text" in given:
        return str(given["text"]).encode(), "text/plain", "text"
    if "html" in given:
        return str(given["html"]).encode(), "text/html", "html"
    if "file" in given:
        path = folder / str(given["file"])
        try:
            return path.read_bytes(), None, path.name
        except OSError as error:
            raise LabelError(f"第 {number} 行的文件读不到：{path.name}") from error
    raise LabelError(f"第 {number} 行的 input 没有 text、html 或 file")


def verdict(name: str, expected: Any, read: Any) -> Verdict:
    """Judge one field. A date is right when it agrees as finely as the label says; a coarser one that holds it is unknown."""
    if name == "published":
        return _date_verdict(expected, read)
    if name == "about":
        wanted, found = (_code(expected), _code(read))
        return _plain(wanted, found)
    if name in _SETS:
        names, found_names = _names(expected), _names(read)
        if names == found_names:
            return "right"
        return "wrong" if found_names else "unknown"
    return _plain(_text(expected), _text(read))


def _plain(expected: str | None, read: str | None) -> Verdict:
    if expected == read:
        return "right"
    return "unknown" if read is None else "wrong"


def _date_verdict(expected: Any, read: Any) -> Verdict:
    wanted = expected.get("value") if isinstance(expected, dict) else expected
    found = read.get("value") if isinstance(read, dict) else read
    if wanted is None or found is None:
        return _plain(wanted, found)
    if str(found).startswith(str(wanted)):
        return "right"
    return "unknown" if str(wanted).startswith(str(found)) else "wrong"


def bounds_verdict(expected: Any, read: Any) -> Verdict | None:
    """Judge the days before and after which the piece was not published; None where the label has no such days.

    A label of a day is its own bounds, and bounds that hold it are right. A label with `earliest` and perhaps
    `latest` must be met by both; bounds that only meet it in part are unknown, bounds beside it wrong.
    """
    label: dict[str, Any] = expected if isinstance(expected, dict) else {"value": expected}
    day = str(label.get("value") or "")[:10]
    known = len(day) == 10
    first, last = (day, day) if known else (label.get("earliest"), label.get("latest"))
    if not first:
        return None
    got: dict[str, Any] = read if isinstance(read, dict) else {}
    earliest, latest = got.get("earliest"), got.get("latest")
    if not earliest or not latest:
        return "unknown"
    if latest < first or (last and earliest > last):
        return "wrong"
    met = known or (earliest == first and (not last or latest == last))
    return "right" if met else "unknown"


def _code(value: Any) -> str | None:
    code = value.get("code") if isinstance(value, dict) else value
    return str(code) if code else None


def _names(value: Any) -> frozenset[str]:
    def name_of(item: Any) -> str:
        if isinstance(item, dict):
            return str(item.get("name") or item.get("code") or item.get("text"))
        return str(item)

    return frozenset(name_of(item) for item in value or ())


def _text(value: Any) -> str | None:
    """Letters alone: blanks and the width of marks are no disagreement."""
    if value is None or value == "":
        return None
    return re.sub(r"\s", "", str(value)).translate({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})

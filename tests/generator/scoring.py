"""Verdicts on a generated page: right, wrong or unknown for each field, places by level."""

import re
from collections import Counter
from typing import Any

from archive.ingest.evaluation import Verdict, bounds_verdict
from archive.ingest.evaluation import verdict as field_verdict
from archive.ingest.pipeline import read_page

from .damages import LOSSY
from .pages import Page

_HAN = re.compile("[\u4e00-\u9fff0-9]")
#: A body or title that lost letters is right when this share of its pairs of letters is there, and no more than that besides.
KEPT = 0.9
LEVELS = {"province": 2, "prefecture": 4, "county": 6}


def read(page: Page, text: str) -> list[dict[str, Any]]:
    """The drafts of the damaged page."""
    return [draft.as_json() for draft in read_page(text.encode(), file="页.txt", source_url=page.url).drafts]


def verdicts(page: Page, drafts: list[dict[str, Any]], damage: str) -> dict[str, Verdict]:
    """Each field that the page tells, judged; a page read as several articles is judged by its first."""
    draft = drafts[0] if drafts else {}
    lossy = damage.removeprefix("converted+") in LOSSY
    found: dict[str, Verdict] = {"articles": "right" if len(drafts) == 1 else "wrong" if drafts else "unknown"}
    for name, wanted in page.truth.items():
        if name == "about":
            code = str((draft.get("about") or {}).get("code") or "")
            for level, digits in LEVELS.items():
                known = code and (level == "province" or code[2:digits].strip("0"))
                right = code[:digits] == wanted[:digits]
                found[level] = "right" if known and right else "wrong" if known else "unknown"
        elif name in ("title", "body"):
            found[name] = _text_verdict(wanted, draft.get("body_simplified" if name == "body" else name), lossy=lossy)
        else:
            found[name] = field_verdict(name, wanted, draft.get(name))
            if name == "published" and (judged := bounds_verdict(wanted, draft.get(name))) is not None:
                found["bounds"] = judged
    return found


def _text_verdict(wanted: str, got: str | None, *, lossy: bool) -> Verdict:
    if not got:
        return "unknown"
    a, b = ("".join(_HAN.findall(text)) for text in (wanted, got))
    return "right" if a == b or (lossy and _likeness(a, b) >= KEPT) else "wrong"


def _likeness(a: str, b: str) -> float:
    """F1 of pairs of letters."""
    ours, theirs = (Counter(text[i : i + 2] for i in range(len(text) - 1)) for text in (a, b))
    return 2 * sum((ours & theirs).values()) / max(1, sum(ours.values()) + sum(theirs.values()))

"""Dates in EDTF: what precision and which bounds a written date has."""

from __future__ import annotations

import calendar
import re
from datetime import datetime
from typing import Any

from .errors import FieldError

_EDTF = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?)?)?)?")


def date_fields(published: str) -> dict[str, Any]:
    """Precision and bounds of an EDTF date ("2020", "2020-02", "2020-02-24", "2020-02-24T08:30").

    Raises FieldError, with a sentence, for anything else. "" is an unknown date.
    """
    if not published:
        return {"published_precision": "", "published_earliest": None, "published_latest": None}
    match = _EDTF.fullmatch(published)
    try:
        if match is None:
            raise ValueError
        year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
        earliest = datetime(year, month, day, int(match[4] or 0), int(match[5] or 0), int(match[6] or 0)).date()
    except ValueError:
        raise FieldError(f"日期“{published}”无法识别，应写作 2020-02-24、2020-02 或 2020。") from None
    if match[3]:
        latest = earliest
    else:
        last_month = month if match[2] else 12
        latest = earliest.replace(month=last_month, day=calendar.monthrange(year, last_month)[1])
    named = [
        name
        for name, part in zip(("year", "month", "day", "minute", "second"), (1, 2, 3, 4, 6), strict=True)
        if match[part]
    ]
    return {"published_precision": named[-1], "published_earliest": earliest, "published_latest": latest}

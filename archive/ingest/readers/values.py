"""From what a column or key holds to the value of a field; what cannot be read is a problem with its mend."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from archive.ingest.records import Author, PlaceFound, Published


class Unreadable(ValueError):
    """A value that does not say what its field needs; str() is the sentence with the mend."""


_DATE = re.compile(
    r"(?P<y>\d{4})(?:\s*[-/.年]\s*(?P<m>\d{1,2})(?:\s*[-/.月]\s*(?P<d>\d{1,2})\s*日?)?\s*月?)?\s*年?"
    r"(?:[T\s]*(?P<h>\d{1,2})\s*[::时]\s*(?P<min>\d{1,2})(?:\s*[::分]\s*(?P<s>\d{1,2})(?:\.\d+)?)?\s*[分秒]?)?"
    r"\s*(?:Z|[+-]\d{2}:?\d{2})?"
)
_NAMES = re.compile(r"[、,,;;/\n|]+|\s{2,}")
_COMPOUND_BLANK = re.compile(r"(?<=[㐀-鿿])[ \u3000]+(?=[㐀-鿿])")


def published(value: Any) -> Published:
    """A civil date as printed, with the precision it has; never moved between time zones."""
    if isinstance(value, dict):
        return _published_object(value)
    if isinstance(value, dt.datetime):
        precise = (value.hour, value.minute, value.second) != (0, 0, 0)
        value = value.isoformat(sep=" ") if precise else value.date().isoformat()
    elif isinstance(value, dt.date):
        value = value.isoformat()
    text = str(value).strip()
    found = _DATE.fullmatch(text)
    if found is None or (found["h"] and not found["d"]):
        raise Unreadable(
            _("无法识别的日期“%(text)s”；请写成 2020-02-10、2020年2月10日或 2020-02。") % {"text": text[:40]}
        )
    year, month, day = int(found["y"]), int(found["m"] or 0), int(found["d"] or 0)
    try:
        first = dt.date(year, month or 1, day or 1)
        if found["h"]:
            dt.time(int(found["h"]), int(found["min"]), int(found["s"] or 0))
    except ValueError as error:
        raise Unreadable(_("没有这样的日期：“%(text)s”。") % {"text": text[:40]}) from error
    return _with_precision(first, found)


def _with_precision(first: dt.date, found: re.Match[str]) -> Published:
    if not found["m"]:
        return Published(f"{first:%Y}", "year", "stated", f"{first:%Y}-01-01", f"{first:%Y}-12-31", "")
    if not found["d"]:
        last = first.replace(day=monthrange(first.year, first.month)[1])
        return Published(f"{first:%Y-%m}", "month", "stated", first.isoformat(), last.isoformat(), "")
    day = first.isoformat()
    if not found["h"]:
        return Published(day, "day", "stated", day, day, "")
    clock = f"{int(found['h']):02}:{int(found['min']):02}"
    if not found["s"]:
        return Published(f"{day}T{clock}", "minute", "stated", day, day, "")
    return Published(f"{day}T{clock}:{int(found['s']):02}", "second", "stated", day, day, "")


def _published_object(value: dict[str, Any]) -> Published:
    """The key `published` of `import_articles --dry-run --json`."""
    precision, status = value.get("precision"), value.get("status", "unknown")
    if status not in ("stated", "inferred", "unknown") or precision not in (
        None, "second", "minute", "day", "month", "year",
    ):  # fmt: skip
        raise Unreadable(_("日期的 precision 或 status 不在允许的值之内。"))
    if not value.get("value"):
        return Published(None, None, "unknown", None, None, str(value.get("why") or "")[:300])
    bounds = [_day(value.get(key)) for key in ("earliest", "latest")]
    stated = published(str(value["value"]))
    return Published(
        str(value["value"]),
        precision or stated.precision,
        status if status != "unknown" else "stated",
        bounds[0] or stated.earliest,
        bounds[1] or stated.latest,
        str(value.get("why") or "")[:300],
    )


def _day(value: Any) -> str | None:
    if not value:
        return None
    try:
        return dt.date.fromisoformat(str(value)).isoformat()
    except ValueError as error:
        raise Unreadable(_("没有这样的日期：“%(text)s”。") % {"text": str(value)[:40]}) from error


def moment(value: Any) -> str:
    """A time of capture, ISO 8601; a day alone stays a day."""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    text = str(value).strip()
    if re.fullmatch(r"\d{14}", text):  # as web archives write it
        text = f"{text[:4]}-{text[4:6]}-{text[6:8]}T{text[8:10]}:{text[10:12]}:{text[12:]}+00:00"
    try:
        return (
            dt.datetime.fromisoformat(text).isoformat() if len(text) > 10 else dt.date.fromisoformat(text).isoformat()
        )
    except ValueError as error:
        known = published(text)
        if known.precision in ("second", "minute", "day") and known.value:
            return known.value
        raise Unreadable(_("无法识别的抓取时间“%(text)s”。") % {"text": text[:40]}) from error


def address(value: Any) -> str:
    """An address at the source: http or https, at most 2,000 characters."""
    text = str(value).strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or len(text) > 2000 or re.search(r"\s", text):
        raise Unreadable(_("网址须以 http:// 或 https:// 开头，且不含空格：“%(text)s”。") % {"text": text[:60]})
    return text


def authors(value: Any) -> list[Author]:
    """Names divided by 、 , ; / or line ends; or a list of names or of {name, role}."""
    items = value if isinstance(value, list) else _NAMES.split(str(value))
    found = []
    for item in items:
        pair = item if isinstance(item, dict) else {"name": item}
        name = _COMPOUND_BLANK.sub("", str(pair.get("name") or "").strip())
        if name:
            found.append(Author(name[:80], str(pair.get("role") or "").strip()[:20]))
    return found


def words(value: Any) -> list[str]:
    """A list of words, or words divided as names are."""
    items = value if isinstance(value, list) else _NAMES.split(str(value))
    return [str(item).strip() for item in items if str(item).strip()]


def place(value: Any) -> PlaceFound | str:
    """The key `about` of the dry run; or a code or name, to be looked up in the division table."""
    if not isinstance(value, dict):
        return str(value).strip()
    code, names, level = str(value.get("code") or ""), value.get("names") or [], value.get("level") or "county"
    if not re.fullmatch(r"\d{6}", code) or level not in ("province", "prefecture", "county", "township"):
        raise Unreadable(_("地点须有六位区划代码（code）。"))
    return PlaceFound(code, tuple(str(name) for name in names), level)  # type: ignore[arg-type]

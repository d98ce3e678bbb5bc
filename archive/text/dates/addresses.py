"""Dates in the address of a page: /2020/0130/, /202003/t20200312_1.html, /20/0130/, 2020-03-12."""

import re

from archive.text.dates.mentions import DateMention, PartialDate

_YEAR = r"(?P<y>(?:199|20[0-3])[0-9])"
_MONTH = r"(?P<m>0[1-9]|1[0-2])"
_DAY = r"(?P<d>0[1-9]|[12][0-9]|3[01])"
#: From the most to the least telling; a later pattern is not looked for inside an earlier find.
_PATTERNS = [
    re.compile(pattern)
    for pattern in (
        rf"(?<![0-9]){_YEAR}{_MONTH}{_DAY}(?![0-9])",
        rf"(?<![0-9]){_YEAR}([-_/.])(?P<m>0?[1-9]|1[0-2])\2(?P<d>0?[1-9]|[12][0-9]|3[01])(?![0-9])",
        rf"(?<![0-9]){_YEAR}[-_/]{_MONTH}[-_/]?{_DAY}(?![0-9])",
        rf"(?<![0-9]){_YEAR}{_MONTH}[-_/]{_DAY}(?![0-9])",
        # clock digits behind the day: 20200312153012, and serial numbers of the day: 202003121234567
        rf"(?<![0-9]){_YEAR}{_MONTH}{_DAY}(?=(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9])?(?![0-9]))",
        rf"(?<=[/_t]){_YEAR}{_MONTH}{_DAY}(?=[0-9]{{1,12}}(?![0-9]))",
        rf"(?<=/){_YEAR}-{_MONTH}-{_DAY}(?=[0-9]{{4,12}}(?![0-9]))",
        rf"(?<=/)(?P<y2>[012][0-9])/?{_MONTH}/?{_DAY}(?=/)",
        rf"(?<![0-9]){_YEAR}[-_/]{_MONTH}(?=[-_/])",
        rf"(?<=/){_YEAR}{_MONTH}(?=/)",
        rf"(?<=/){_YEAR}(?=/)",
    )
]


def dates_in_url(url: str) -> list[DateMention]:
    """Return the dates in the path and query of `url`, the most precise first, then in order of place.

    The host is not read (numbers in it are names). Days that do not exist are no dates.
    """
    host = re.match(r"[a-z][a-z0-9+.-]*://[^/?#]*", url, re.IGNORECASE)
    start = host.end() if host else 0
    found: list[DateMention] = []
    taken: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(url, start):
            if any(match.start() < b and a < match.end() for a, b in taken):
                continue
            groups = match.groupdict()
            year = int(groups["y"]) if groups.get("y") else 2000 + int(groups["y2"])
            month = int(groups["m"]) if groups.get("m") else None
            day = int(groups["d"]) if groups.get("d") else None
            moment = PartialDate(year, month, day)
            taken.append(match.span())
            if moment.is_possible():
                found.append(DateMention(*match.span(), match[0], moment=moment))
    order = {"day": 0, "month": 1, "year": 2}
    return sorted(found, key=lambda mention: (order[mention.precision], mention.start))

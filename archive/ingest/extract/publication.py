"""The day a piece was published: stated on the page or in its address, else inferred, else unknown.

A mirror's own date (a repost years later, a crawl stamp) is a fact about the mirror. It stays when
nothing better is known, with the reason; where the text itself fixes another day, that day is taken
and the mirror's date stands in the reason.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from archive.ingest.extract.datelines import Dateline
from archive.ingest.extract.epidemic_words import LAST_DAY_OF_PIECES, of_its_years
from archive.ingest.extract.inferred_dates import Inferred, infer
from archive.ingest.extract.page import Page
from archive.ingest.extract.stated_dates import Stated, address_dates, day_without_year, printed_dates
from archive.ingest.extract.surroundings import Surroundings
from archive.ingest.extract.year_evidence import FIRST_DAY
from archive.ingest.records import EvidenceFound, Published
from archive.text.dates import PartialDate, find_dates

UNKNOWN = Published(None, None, "unknown", None, None, "没有印出日期，文中也没有可定年份的依据")

#: Days between printed date and dateline above which the printed one is a repost's.
_LATEST_AFTER_DATELINE = 45
#: What a date too late for a piece about the epidemic loses of its directness.
_LATE = 0.3
#: Lines above the body that are read where it has no date itself: characters of one, and how many.
_LEAST_LEAD, _MOST_LEAD = 10, 4


def read_publication(
    page: Page, story: Surroundings, siblings: list[Surroundings], dateline: Dateline | None
) -> tuple[Published, list[EvidenceFound]]:
    """Return when `story` was published, and the evidence. `siblings`: all stories of the page, this one included.

    The page's date and events serve all its stories; a date inferred never lies after the capture.
    """
    captured = _day(page.captured_at)
    address = address_dates(page.source_url)
    stated = [item for item in printed_dates(story) if item.first is not None and _credible(item, captured)]
    stated += _markup_dates(page.markup, captured)
    stated = [replace(item, directness=item.directness - (_LATE if _mirrored(item, story) else 0.0)) for item in stated]
    best = _choose(stated, address, story, dateline)
    text = "\n".join(sibling.whole for sibling in siblings)
    if story.alone and not any(mention.moment.day for mention in find_dates(text)):
        text = "\n".join([text, *(piece.text for piece in story.zone("caption"))])  # a picture story
    newspaper = len(siblings) > 1 or (dateline is not None and dateline.own and best is None)
    if best is not None and _plausible(best, story, dateline):
        return _stated(best, address, flag="")
    if best is not None:
        text = _without(text, best, siblings)  # the mirror's own day is no event of the text
    limit = min(filter(None, (captured, best.first if best is not None else None)), default=date.max)
    printed = day_without_year(story) if best is None else None
    inferred = infer(
        text,
        dateline,
        address,
        limit,
        newspaper=newspaper,
        stories=len(siblings),
        usages=page.usages,
        printed=printed,
    )
    if inferred is None and best is None and story.alone:
        above = [piece.text for piece in story.zone("head") if len(piece.text) >= _LEAST_LEAD]
        prose = [line for line in above if re.search(r"[,。;]", line)][-_MOST_LEAD:]
        if prose:  # a lead, and the headline above it, that structure left out
            text = "\n".join([*([above[0]] if above[0] not in prose else []), *prose, text])
            inferred = infer(text, dateline, address, limit, newspaper=newspaper, usages=page.usages)
    if best is not None and (inferred is None or inferred.confidence < 0.7):
        return _stated(best, address, flag="晚于正文所容许的时间，是转载者自己的日期")
    if inferred is None:
        return UNKNOWN, []
    published = inferred.published
    if best is not None:
        published = replace(
            published, why=f"{published.why}；印出的 {best.text} 晚于正文所容许的时间，是转载者自己的日期"
        )
    return published, _inferred_evidence(inferred, published, siblings)


def _without(text: str, best: Stated, siblings: list[Surroundings]) -> str:
    """`text` with the printed day blanked where it stands in a headline or body; the same day told elsewhere stays."""
    for sibling in siblings:
        for piece in sibling.zone("title", "body"):
            at = best.start - piece.start if best.start is not None else -1
            if 0 <= at < len(piece.text):
                rest = piece.text[at + len(best.text) :]
                return text.replace(piece.text, piece.text[:at] + " " * len(best.text) + rest, 1)
    return text


def _day(text: str | None) -> date | None:
    """The day of a capture's time stamp, None when it has none that can be read."""
    if not text:
        return None
    match = re.match(r"(\d{4})-?(\d{2})-?(\d{2})", text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _credible(item: Stated, captured: date | None) -> bool:
    return (
        item.first is not None
        and item.first.year >= 2000
        and (captured is None or item.first <= captured + timedelta(days=1))
    )


def _markup_dates(markup: dict[str, str], captured: date | None) -> list[Stated]:
    """Dates in the markup (article:published_time …): below what readers see, above the address."""
    found = []
    for key, value in markup.items():
        if not re.search(r"date|time|published", key, re.IGNORECASE) or re.search(
            r"modif|update|expire", key, re.IGNORECASE
        ):
            continue
        for mention in find_dates(value.replace("T", " "))[:1]:
            if mention.moment.year and mention.moment.day:
                item = Stated(mention.moment, f"markup:{key}", value, None, None, 0.72)
                if _credible(item, captured):
                    found.append(item)
    return found


def _mirrored(item: Stated, story: Surroundings) -> bool:
    """A date too late for a piece about the epidemic."""
    return item.first is not None and item.first > LAST_DAY_OF_PIECES and of_its_years(story.whole)


def _choose(
    stated: list[Stated], address: list[PartialDate], story: Surroundings, dateline: Dateline | None
) -> Stated | None:
    """The printed date that the address agrees with, else the most direct, else the address's own day.

    A day of the address that the dateline bears out goes before the day under a notice that the piece cites.
    """
    whole = [moment for moment in address if moment.day is not None]
    in_address = [(moment.year, moment.month, moment.day) for moment in whole]
    ordered = sorted(stated, key=lambda item: -item.directness)
    agreeing = [item for item in ordered if (item.moment.year, item.moment.month, item.moment.day) in in_address]
    if agreeing:
        finest = max(
            agreeing, key=lambda item: (item.moment.second is not None, item.moment.minute is not None, item.directness)
        )
        return replace(finest, rule=f"{finest.rule}+address", directness=max(finest.directness, 0.98))
    months = [(m.year, m.month) for m in address if m.month is not None and m.day is None]
    in_month = [item for item in ordered if (item.moment.year, item.moment.month) in months]
    if in_month and in_month[0].directness >= 0.5:
        return replace(in_month[0], rule=f"{in_month[0].rule}+address-month")
    own = [
        Stated(moment, "address", _iso(moment), None, None, 0.84)
        for moment in whole
        if moment.year and moment.year >= 2000
    ]
    own = [replace(item, directness=item.directness - (_LATE if _mirrored(item, story) else 0.0)) for item in own]
    if dateline is not None and dateline.day is not None:
        sent = (dateline.month, dateline.day)
        own = [replace(item, directness=0.95) if (item.moment.month, item.moment.day) == sent else item for item in own]
    candidates = sorted([*ordered, *own], key=lambda item: -item.directness)
    return candidates[0] if candidates else None


def _plausible(item: Stated, story: Surroundings, dateline: Dateline | None) -> bool:
    """Tell whether the text can have been published on that day: neither years late nor before its own dateline."""
    day = item.first
    if day is None:
        return False
    if _mirrored(item, story):
        return False
    if dateline is not None and dateline.month and dateline.day and item.moment.day:
        try:
            sent = date(dateline.year or day.year, dateline.month, dateline.day)
            if sent > day + timedelta(days=1) and dateline.year is None:
                sent = sent.replace(year=day.year - 1)
        except ValueError:
            return True
        return (day - sent).days <= _LATEST_AFTER_DATELINE
    return True


def _iso(moment: PartialDate) -> str:
    """The EDTF form of a moment, as fine as printed."""
    text = f"{moment.year:04d}"
    if moment.month is not None:
        text += f"-{moment.month:02d}"
    if moment.day is not None:
        text += f"-{moment.day:02d}"
        if moment.minute is not None and moment.hour is not None and moment.hour < 24:
            text += f"T{moment.hour:02d}:{moment.minute:02d}"
            if moment.second is not None:
                text += f":{moment.second:02d}"
    return text


def _stated(item: Stated, address: list[PartialDate], flag: str) -> tuple[Published, list[EvidenceFound]]:
    span = item.moment.interval()
    assert span is not None
    where = f"网址中的日期 {item.text}" if item.rule == "address" else f"页面上印有“{item.text}”"
    why = where + ("，与网址相符" if item.rule.endswith("+address") else "")
    if span[0] < FIRST_DAY:
        flag = flag or "早于 2019 年 12 月，先于本库的题目"
    if flag:
        why += f"；{flag}"
    precision = item.moment.precision if "T" in _iso(item.moment) or item.moment.minute is None else "day"
    value = _iso(item.moment)
    published = Published(value, precision, "stated", span[0].isoformat(), span[1].isoformat(), why)
    confidence = round(min(0.99, item.directness) if not flag else min(0.5, item.directness), 2)
    return published, [
        EvidenceFound("published", value, item.rule, item.start, item.end, item.text, confidence, "stated")
    ]


def _inferred_evidence(inferred: Inferred, published: Published, siblings: list[Surroundings]) -> list[EvidenceFound]:
    """One row for each passage that the inference rests on, found again in the pieces of the page."""
    rows = []
    for _, words in inferred.passages or [(-1, "")]:
        start = end = None
        for sibling in siblings:
            for piece in sibling.zone("title", "body"):
                place = piece.text.find(words) if words else -1
                if place >= 0 and start is None:
                    start, end = piece.start + place, piece.start + place + len(words)
        rule = "newest-event" if published.precision == "month" else f"inferred-{published.precision}"
        rows.append(
            EvidenceFound("published", published.value or "", rule, start, end, words, inferred.confidence, "inferred")
        )
    return rows

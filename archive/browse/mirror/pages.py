"""The pages of a mirror: what each shows. Links between them are relative, and none leads out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive.catalog.models import Article, Shown, Takedown, Version
from archive.search.snippets import excerpt
from archive.search.texts import printed_title
from archive.search.tree import Everything

from ..citations.piece import ARCHIVE, permanent_address, piece_of
from ..citations.styles import STYLES, withdrawn
from ..context import TAGS
from ..exports.columns import COLUMNS
from ..names import place_path
from ..printed_dates import day_in_words, machine_date, month_in_words, published_in_words
from ..reading.facts import basis_words, facts_of, precision_words
from ..reading.marked import marked
from ..reading.paragraphs import paragraphs
from ..selectors.cards import article_language

#: Articles on one page of a list.
PER_PAGE = 200
#: Files of the site that the mirror takes along.
ASSETS = {f"assets/{name}": f"browse/{name}" for name in ("site.css", "mirror.css", "icon.svg", "mirror.js")}
#: The month of what has no date that lies within one.
NO_MONTH = "unknown"
NO_PROVINCE = "unknown"


@dataclass(frozen=True, slots=True)
class Row:
    """An article in a list. `page` is its address from the top of the folder."""

    page: str
    title: str
    lang: str
    outlet: str
    place: str
    date: str
    machine_date: str
    simplified: str
    sample: str

    @classmethod
    def of(cls, article: Article, version: Version) -> Row:
        title = printed_title(version) or version.display_title
        primary = version.primary_region
        return cls(
            page=page_of(article.public_id),
            title=title,
            lang=article_language(version),
            outlet=article.outlet.name if article.outlet else "",
            place=" › ".join(place_path(primary.region, primary.township)) if primary else "",
            date=published_in_words(version),
            machine_date=machine_date(version),
            simplified=version.title if version.title and version.title != title else "",
            sample="1" if article.is_sample else "",
        )


def page_of(public_id: str) -> str:
    """Where the page of an article or a tombstone stands; a thousand folders, so that none holds too many."""
    return f"articles/{public_id[:2]}/{public_id}.html"


def province_of(version: Version) -> str:
    primary = version.primary_region
    return primary.region.code[:2] + "0000" if primary else NO_PROVINCE


def month_of(version: Version) -> str:
    """The month within which the whole span of possible dates lies."""
    first, last = version.published_earliest, version.published_latest
    if first is None or last is None or (first.year, first.month) != (last.year, last.month):
        return NO_MONTH
    return f"{first:%Y-%m}"


def month_name(key: str) -> str:
    if key == NO_MONTH:
        return _("日期不详或跨月")
    return month_in_words(int(key[:4]), int(key[5:]))


def article_page(article: Article, version: Version, as_of: date) -> str:
    """The page of an article: as much of it as readers are shown."""
    whole = article.shown() == Shown.WHOLE
    piece = piece_of(article, version, accessed=as_of)
    context = {
        "article": article,
        "version": version,
        "title": printed_title(version) or version.display_title,
        "title_made_up": not version.title,
        "text_lang": article_language(version),
        "date": published_in_words(version),
        "machine_date": machine_date(version),
        "precision": precision_words(version),
        "standing": basis_words(version.published_standing) if version.published else "",
        "facts": facts_of(article, version),
        "paragraphs": paragraphs(version) if whole else [],
        "excerpts": [marked(text, ()) for text, _spans in excerpt(Everything(), article)],
        "captions": [one["text"] for one in version.captions] if whole else [],
        "styles": [(style, style.entry(piece)) for style in STYLES],
        "address": permanent_address(article.public_id),
        "rights": article.rights_sentence,
    }
    return page("article", context, depth=2)


def tombstone_page(takedown: Takedown) -> str:
    """The page of what was taken down: when and why, nothing of the text."""
    day = timezone.localtime(takedown.at).date()
    context = {
        "public_id": takedown.public_id,
        "reason": takedown.reason,
        "day": day,
        "day_words": day_in_words(day),
        "citation": withdrawn(takedown.public_id, day.isoformat()),
    }
    return page("tombstone", context, depth=2)


def codebook() -> list[tuple[str, str]]:
    """The columns of the tables that the site exports, with what each holds."""
    return [(column.name, str(column.meaning)) for column in COLUMNS]


def page(template: str, context: dict[str, Any], *, depth: int = 0) -> str:
    """A page `depth` folders below the top, without a blank line more than it needs."""
    told = {"root": "../" * depth, "archive": ARCHIVE, "language_tag": TAGS.get(get_language() or "", "zh-Hans")}
    return render_to_string(f"browse/mirror/{template}.html", {**told, **context})


def asset(name: str) -> bytes:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return Path(found).read_bytes()

"""Building a mirror: one pass over the articles for their pages, then the lists from what that pass noted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import astuple
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Max
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from archive.catalog.models import Article, Outlet, Takedown
from archive.catalog.reading import articles_by_key
from archive.places.gazetteer import gazetteer
from archive.places.names import reader_language, unit_name
from archive.text.fold import fold, variants

from . import pages
from .folder import Folder, MirrorError, note_of, take_back
from .pages import PER_PAGE, Row

#: Raised when the files of a mirror change otherwise than by the templates.
FORMAT = 2
#: Articles read at a time; rows in one file of the search.
CHUNK, SHARD = 200, 2000
#: What the pages are written with.
TEMPLATES = (
    *(
        f"mirror/{name}"
        for name in ("base", "home", "groups", "_groups", "list", "article", "tombstone", "search", "about", "codebook")
    ),
    "parts/text",
    "parts/method",
)
#: Times that a build begins anew because the archive changed under it.
TRIES = 3

Progress = Callable[[int], None]


def mirror(target: Path, *, language: str, progress: Progress = lambda count: None) -> dict[str, Any]:
    """Write the mirror to `target`, in place of an older one; returns its note, with "unchanged" where it was as it should be.

    `progress` is told how many articles are written. Interrupted, the next call goes on. An article that is
    withdrawn while the mirror is built is not in it: the build begins anew. MirrorError.
    """
    take_back(target)
    for _turn in range(TRIES):
        with translation.override(language):
            state = _state(language)
            note = note_of(target)
            if note.get("state") == state:
                return {**note, "unchanged": True}
            folder = Folder(target, state)
            note = _build(folder, progress) | {"format": FORMAT, "state": state, "language": language}
            if _state(language) == state:
                folder.finish(note)
                return note
    raise MirrorError("The archive changes all the time: try again when no import runs.")


def _state(language: str) -> str:
    """A name of everything that the pages are made from."""
    said = hashlib.sha256()
    articles = Article.objects.aggregate(Count("pk"), Max("changed_at"), Max("pk"))
    open_ones = Article.objects.published().aggregate(Count("pk"))
    takedowns = Takedown.objects.aggregate(Count("pk"), Max("at"), Max("lifted_at"))
    outlets = list(Outlet.objects.order_by("pk").values_list("name", "rights", "kind", "slug"))
    templates = [
        Path(get_template(f"browse/{name}.html").origin.name).read_text()  # type: ignore[attr-defined]
        for name in TEMPLATES
    ]
    words = Path(settings.LOCALE_PATHS[0]) / to_locale(language) / "LC_MESSAGES" / "django.mo"
    translated = hashlib.sha256(words.read_bytes()).hexdigest() if words.is_file() else ""
    assets = [hashlib.sha256(pages.asset(name)).hexdigest() for name in pages.ASSETS.values()]
    facts = (
        FORMAT,
        language,
        settings.SITE_URL,
        articles,
        open_ones,
        takedowns,
        outlets,
        templates,
        translated,
        assets,
        pages.codebook(),
    )
    said.update(json.dumps(facts, ensure_ascii=False, default=str).encode())
    return said.hexdigest()  # fmt: skip


def _build(folder: Folder, progress: Progress) -> dict[str, Any]:
    as_of = _as_of()
    for name, source in pages.ASSETS.items():
        folder.write(name, pages.asset(source))
    groups: dict[str, dict[str, int]] = {"provinces": {}, "months": {}}
    total = 0
    for article in _articles():
        version = article.current_version
        assert version is not None
        row = Row.of(article, version)
        if not folder.holds(row.page):
            folder.write(row.page, pages.article_page(article, version, as_of))
        folder.spool("all", list(astuple(row)))
        for kind, key in (("provinces", pages.province_of(version)), ("months", pages.month_of(version))):
            folder.spool(f"{kind}-{key}", list(astuple(row)))
            groups[kind][key] = groups[kind].get(key, 0) + 1
        total += 1
        if total % CHUNK == 0:
            progress(total)
    tombstones = Takedown.objects.filter(lifted_at=None).order_by("public_id")
    for takedown in tombstones.iterator():
        folder.write(pages.page_of(takedown.public_id), pages.tombstone_page(takedown))
    _lists(folder, groups)
    _search(folder, total, groups)
    context = {"total": total, "as_of": as_of, "tombstones": tombstones.count(), "site_url": settings.SITE_URL}
    folder.write("index.html", pages.page("home", {**context, **_named(groups)}))
    folder.write("about.html", pages.page("about", context))
    folder.write("codebook.html", pages.page("codebook", {"columns": pages.codebook()}))
    progress(total)
    return {"articles": total, "tombstones": tombstones.count(), "as_of": as_of.isoformat(), "site": settings.SITE_URL}


def _as_of() -> date:
    """The day of the last change: the day as which the mirror is cited, the same whenever it is made."""
    moments = [
        Article.objects.aggregate(last=Max("changed_at"))["last"],
        Takedown.objects.aggregate(last=Max("at"))["last"],
    ]
    known = [moment for moment in moments if moment is not None]
    return timezone.localtime(max(known)).date() if known else date(2019, 12, 1)


def _articles() -> Iterator[Article]:
    """What readers may see, by date, then id; of a standing takedown the tombstone stands instead."""
    closed = Takedown.objects.filter(lifted_at=None).values("public_id")
    ordered = Article.objects.published().exclude(public_id__in=closed)
    ordered = ordered.order_by(F("current_version__published_earliest").asc(nulls_last=True), "public_id")
    keys = list(ordered.values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        found = articles_by_key(some)
        yield from (found[key] for key in some if key in found)


def _named(groups: dict[str, dict[str, int]]) -> dict[str, list[tuple[str, str, int]]]:
    """Address, name and number of articles of each list; what is unknown last."""
    return {
        kind: [(f"{kind}/{key}.html", _name(kind, key), counts[key]) for key in sorted(counts)]
        for kind, counts in groups.items()
    }


def _name(kind: str, key: str) -> str:
    if kind == "months":
        return pages.month_name(key)
    unit = gazetteer().unit(key) if key != pages.NO_PROVINCE else None
    return unit_name(unit, reader_language()) if unit is not None else _("地区不详")


def _lists(folder: Folder, groups: dict[str, dict[str, int]]) -> None:
    titles = {"provinces": _("按省份"), "months": _("按月份")}
    for kind, named in _named(groups).items():
        folder.write(f"{kind}.html", pages.page("groups", {"title": titles[kind], "groups": named}))
        for key, count in groups[kind].items():
            last = max(-(-count // PER_PAGE), 1)
            rows = folder.spooled(f"{kind}-{key}")
            for number in range(1, last + 1):
                some = [Row(*row) for row, _place in zip(rows, range(PER_PAGE), strict=False)]
                context = {
                    "title": _name(kind, key), "up": (f"{kind}.html", titles[kind]), "rows": some, "count": count,
                    "number": number, "last": last, "start": (number - 1) * PER_PAGE + 1,
                    "pages": [(one, f"{kind}/{_page_name(key, one)}", one == number) for one in range(1, last + 1)],
                }  # fmt: skip
                folder.write(f"{kind}/{_page_name(key, number)}", pages.page("list", context, depth=1))


def _page_name(key: str, number: int) -> str:
    return f"{key}.html" if number == 1 else f"{key}-{number}.html"


def _search(folder: Folder, total: int, groups: dict[str, dict[str, int]]) -> None:
    """The list of everything in files of script: a page opened from a folder may load those, and nothing else."""
    shards = -(-total // SHARD)
    rows = folder.spooled("all")
    for number in range(shards):
        some = [row for row, _place in zip(rows, range(SHARD), strict=False)]
        folder.write(f"data/{number:04d}.js", f"mirrorRows({_script(some)});\n")
    # Titles stand there as printed and are looked for in either script.
    joined = "".join(sign + fold(sign) for sign in sorted(variants()))
    folder.write("data/fold.js", f"mirrorFold({_script(joined)});\n")
    months = [key for key in sorted(groups["months"]) if key != pages.NO_MONTH]
    provinces = [name for _address, name, _count in _named(groups)["provinces"]]
    folder.write(
        "search.html",
        pages.page("search", {"shards": shards, "total": total, "months": months, "provinces": provinces}),
    )


def _script(value: object) -> str:
    """JSON that may stand in a script of any kind."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text

"""Pages for programs: robots, the sitemap, the search description, the icon."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..citations.piece import ARCHIVE, ARCHIVE_ENGLISH
from ..context import PREFIXES, TAGS
from ..names import in_english, in_script
from ..selectors import public_pages

#: Files of articles that are ever looked for (with 10,000 in each, a thousand million articles).
LAST_FILE = 100_000


#: What no search engine needs to ask: questions of readers and programs, and the staff.
CLOSED = ("/staff/", "/suggest/", "/api/v1/", "/oai")
#: The same in each language: searches, and whatever else has a question in its address.
ASKED = ("/search/", "/concordance", "/*?")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    languages = [prefix for prefix in PREFIXES.values() if prefix]
    pages = [*CLOSED, *ASKED, *(prefix + path for prefix in languages for path in ASKED)]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in pages), f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of the sitemap: the fixed pages, files of articles, and the pages that lead to them."""
    files = range(-(-public_pages.articles_count() // public_pages.PER_FILE) + 1)
    names = [*map(str, files), *public_pages.KINDS]
    addresses = [f"{settings.SITE_URL}/sitemap-{name}.xml" for name in names]
    context = {"files": addresses}
    return render(request, "browse/sitemap-index.xml", context, content_type="application/xml; charset=utf-8")


@require_safe
def sitemap_file(request: HttpRequest, number: int, pages: list[URLPattern]) -> HttpResponse:
    """File 0 has those of `pages` that have one address; the others have articles."""
    if number == 0:
        return _sitemap(request, public_pages.fixed(pages))
    rows = public_pages.articles(number) if number <= LAST_FILE else []
    if not rows:
        raise Http404(_("网站地图没有这一页。"))
    return _sitemap(request, rows)


@require_safe
def sitemap_of(request: HttpRequest, kind: str) -> HttpResponse:
    """The pages of one kind: places, dates, outlets, topics."""
    if kind not in public_pages.KINDS:
        raise Http404(_("网站地图没有这一页。"))
    return _sitemap(request, public_pages.KINDS[kind]())


def _sitemap(request: HttpRequest, rows: Iterable[public_pages.Row]) -> HttpResponse:
    tags = [(TAGS[code], settings.SITE_URL + prefix) for code, prefix in PREFIXES.items()]
    context = {"rows": [(path, at, [(tag, base + path) for tag, base in tags]) for path, at in rows]}
    return render(request, "browse/sitemap.xml", context, content_type="application/xml; charset=utf-8")


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """How a browser or a program searches here; it leads to pages, feeds and suggestions in its own language."""
    context = {
        "short_name": "COVID Grassroots" if in_english() else in_script(ARCHIVE),  # at most 16 characters
        "long_name": f"{in_script(ARCHIVE)} {ARCHIVE_ENGLISH}",  # at most 48
        "description": _("2019 年末到 2023 年基层疫情应对的地方报道，全文检索"),
        "tags": _("新闻 地方报纸 基层"),
        "example": in_script("网格员"),
    }
    media = "application/opensearchdescription+xml; charset=utf-8"
    return render(request, "browse/opensearch.xml", context, content_type=media)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The icon at the address where browsers look unasked."""
    path = finders.find("browse/icon.svg")
    if not isinstance(path, str):
        raise Http404
    return HttpResponse(Path(path).read_bytes(), content_type="image/svg+xml")

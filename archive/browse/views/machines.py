"""Pages for programs: robots, the sitemap, the search description, the sign of life, the icon."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.catalog.models import Article

#: Addresses in one file of a sitemap (the protocol allows 50,000).
PER_FILE = 10_000


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /staff/",
        "Disallow: /search/",
        "Disallow: /en/search/",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of the sitemap: one file for the fixed pages and files of articles; the sample is left out."""
    count = Article.objects.published().without_sample().count()
    files = [f"{settings.SITE_URL}/sitemap-{number}.xml" for number in range(-(-count // PER_FILE) + 1)]
    return render(request, "browse/sitemap-index.xml", {"files": files}, content_type="application/xml; charset=utf-8")


@require_safe
def sitemap_file(request: HttpRequest, number: int) -> HttpResponse:
    if number == 0:
        paths = ["/", "/places/", "/dates/", "/outlets/", "/help/", "/about/"]
        rows: list[tuple[str, datetime | None]] = [(settings.SITE_URL + path, None) for path in paths]
    else:
        found = Article.objects.published().without_sample().order_by("pk").values_list("public_id", "changed_at")
        start = (number - 1) * PER_FILE
        rows = [(f"{settings.SITE_URL}/articles/{key}/", at) for key, at in found[start : start + PER_FILE]]
        if not rows:
            raise Http404(_("网站地图没有这一页。"))
    return render(request, "browse/sitemap.xml", {"rows": rows}, content_type="application/xml; charset=utf-8")


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    return render(request, "browse/opensearch.xml", content_type="application/opensearchdescription+xml; charset=utf-8")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 "ok" while the database answers; a monitor asks this."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    response = HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The icon at the address where browsers look unasked."""
    path = finders.find("browse/icon.svg")
    if not isinstance(path, str):
        raise Http404
    return HttpResponse(Path(path).read_bytes(), content_type="image/svg+xml")

"""Pages of words: how to search, how the archive is made, what can be counted in it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.search.language.examples import CHAPTERS

from ..citations.piece import ARCHIVE, today
from ..finding.state import SearchState
from ..selectors.figures import figures
from .page import page


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    search = reverse("search")
    chapters = [
        (chapter.heading, [(one, search + SearchState(q=one.query).query()) for one in chapter.examples])
        for chapter in CHAPTERS
    ]
    return page(request, "browse/help.html", {"chapters": chapters})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    held = figures(facets=("place", "date", "outlet"))
    own = sum(1 for count in held.counts("outlet").values() if count)
    return page(request, "browse/about.html", {"held": held, "outlets": own, "archive": ARCHIVE, "today": today()})


@require_safe
def research(request: HttpRequest) -> HttpResponse:
    return page(request, "browse/research.html")

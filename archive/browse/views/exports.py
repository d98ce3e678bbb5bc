"""A search to take along: as a table, as citations, as a feed. The sample is left out unless asked for."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.catalog.models import Article
from archive.catalog.reading import articles_by_key

from ..context import TAGS
from ..exports.columns import COLUMNS
from ..exports.feeds import ENTRIES, atom, json_feed
from ..exports.formats import EXPORTS, csv_lines
from ..finding.notices import refusal
from ..finding.state import SearchState
from .page import sentence
from .search import keys_of, run

#: Results read at a time.
STEP = 100
#: Articles changed last that a feed looks through for those of its search, first and then.
LOOKED_THROUGH = (500, 5_000)


def _articles(state: SearchState, *, with_sample: bool) -> Iterator[Article]:
    """All that the search finds, in its order; read page by page, so that nothing is held."""
    number = 1
    while True:
        page = run(state, page=number, per_page=STEP, snippets=0, facets=(), with_sample=with_sample)
        yield from (result.article for result in page.results)
        if number >= page.pages:
            return
        number += 1


def _latest(state: SearchState, *, with_sample: bool) -> list[Article]:
    """What the search finds, the last changed first; where little of it is among these, filled up by date."""
    changed = Article.objects.published().order_by("-changed_at", "-pk").values_list("pk", flat=True)
    keys: list[int] = []
    # Which printing stands for a story is settled among all that are found, not among those that changed lately.
    stories = keys_of(state, with_sample=with_sample) if state.copies == "one" else None
    for count in LOOKED_THROUGH:
        lately = list(changed[:count])
        found = set(keys_of(state, among=lately, with_sample=with_sample) if stories is None else stories)
        keys = [key for key in lately if key in found][:ENTRIES]
        if len(keys) == ENTRIES or len(lately) < count:
            break
    else:
        older = run(state, page=1, per_page=ENTRIES, snippets=0, facets=(), with_sample=with_sample).results
        keys = list(dict.fromkeys((*keys, *(one.article.pk for one in older))))[:ENTRIES]
    articles = articles_by_key(keys)
    return [articles[key] for key in keys if key in articles]


def _refused(state: SearchState) -> HttpResponse | None:
    """A search that cannot be read, or only in part, gets its sentence: no empty file, and none of other articles."""
    told = refusal(state, run(state, page=1, per_page=1, snippets=0, facets=()))
    return sentence(told) if told else None


@require_safe
def export(request: HttpRequest, extension: str) -> HttpResponse | StreamingHttpResponse:
    """The whole result set as a file, streamed."""
    kind = EXPORTS.get(extension)
    if kind is None:
        raise Http404(_("没有这种格式：“%(name)s”。") % {"name": extension[:20]})
    state = SearchState.of(request.GET)
    refused = _refused(state)
    if refused is not None:
        return refused
    articles = _articles(state, with_sample=request.GET.get("sample") == "1")
    response = StreamingHttpResponse(kind.lines(articles), content_type=kind.media_type)
    response["Content-Disposition"] = f'attachment; filename="search.{extension}"'
    response["X-Robots-Tag"] = "noindex"
    response["Link"] = f'<{settings.SITE_URL}{reverse("codebook")}>; rel="describedby"'
    return response


@require_safe
def codebook(request: HttpRequest) -> StreamingHttpResponse:
    """What each column of an export holds."""
    rows = ([column.name, str(column.meaning)] for column in COLUMNS)
    response = StreamingHttpResponse(csv_lines(("column", "meaning"), rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="codebook.csv"'
    return response


@require_safe
def feed(request: HttpRequest, kind: str) -> HttpResponse:
    """What a search finds, for a feed reader: what came in or was changed last, first; without a query, of all."""
    state = SearchState.of(request.GET).but(sort="newest", page=1)
    refused = _refused(state)
    if refused is not None:
        return refused
    articles = _latest(state, with_sample=request.GET.get("sample") == "1")
    title = _("基层战疫新闻档案：%(query)s") % {"query": state.q} if state.q else _("基层战疫新闻档案")
    link = settings.SITE_URL + reverse("search") + state.query()
    write, media = (
        (atom, "application/atom+xml; charset=utf-8")
        if kind == "atom"
        else (json_feed, "application/feed+json; charset=utf-8")
    )
    language = TAGS.get(get_language() or "", "zh-Hans")
    feed_url = settings.SITE_URL + request.path + state.query()
    text = write(articles, title=title, link=link, feed_url=feed_url, language=language)
    response = HttpResponse(text, content_type=media)
    response["X-Robots-Tag"] = "noindex"
    return response

"""All values of one facet for a search: a list to filter, each value a link to the search with it, or without it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.places.names import reader_language
from archive.search.records import FACETS, FacetName

from ..finding.choices import items
from ..finding.every_value import ORDERS, every_value
from ..finding.facets import titles
from ..finding.notices import unused
from ..finding.pages import page_numbers
from ..finding.state import SearchState
from .page import page
from .search import run

#: Values on one page.
VALUES = 200
#: Characters of what is typed to filter the values.
LONGEST = 40


@require_safe
def facet(request: HttpRequest, facet: str) -> HttpResponse:
    name: FacetName | None = next((one for one in FACETS if one == facet), None)
    if name is None:
        raise Http404(_("没有叫“%(name)s”的筛选。") % {"name": facet[:20]})
    state = SearchState.of(request.GET)
    typed = request.GET.get("find", "").replace("\0", "").strip()[:LONGEST]
    order = request.GET.get("by", "")
    order = order if order in ORDERS else "date" if name == "date" else "count"
    found = run(state, page=1, per_page=1, snippets=0, facets=(name,))
    used = state.but(include=dict(found.include), exclude=dict(found.exclude))
    table = found.facets.get(name)
    search_url = reverse("search")
    listed = every_value(used, table, typed, order, search_url, reader_language()) if table is not None else []
    pages = max(-(-len(listed) // VALUES), 1)
    number = min(state.page, pages)

    def link(by: str, to: int = 1) -> str:
        more = [("find", typed)] * bool(typed) + [("by", by)] + [("page", str(to))] * (to > 1)
        return used.query_with(more)

    names = {"count": _("篇数"), "name": _("名称"), "date": _("日期")}
    context = {
        "state": state,
        "found": found,
        "name": name,
        "title": titles()[name],
        "typed": typed,
        "order": order,
        "start": (number - 1) * VALUES + 1,
        "choices": (shown := listed[(number - 1) * VALUES : number * VALUES]),
        "items": items(shown, as_printed=facet == "outlet", closed=used.deepest),
        "total": len(listed),
        "sorts": [
            {"name": names[by], "url": link(by), "current": by == order}
            for by in ORDERS
            if (by == "date") == (name == "date") or by == "count"
        ],
        "kept": used.pairs(),
        "pager": page_numbers(number, pages, lambda to: link(order, to)),
        "back_url": search_url + used.query(),
        "notices": [*unused(state), *found.notices],
    }
    return page(request, "browse/facet.html", context, index=False)

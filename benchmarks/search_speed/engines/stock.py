"""django-haystack with its own Whoosh backend and jieba's ready-made analyzer: the recipe that is usually followed.

Asked as a site asks it, through SearchQuerySet, which opens the index anew for each query. It has no facets.
Its phrases are rows of jieba's words, so that it does not find every string: the totals differ, and are printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version as release
from pathlib import Path
from typing import Any

import django
from django.conf import settings

from ..corpus import Passage
from ..queries import Query


class Engine:
    version = f"stock-{release('django-haystack')}-{release('whoosh')}-{release('jieba')}"
    #: Queries asked of each class: a query takes a good part of a second. It keeps the texts and marks them itself.
    most = 4
    own_pages = True

    def __init__(self, folder: Path) -> None:
        connection = {"ENGINE": "haystack.backends.whoosh_backend.WhooshEngine", "PATH": str(folder / "index")}
        if not settings.configured:
            settings.configure(
                INSTALLED_APPS=["django.contrib.contenttypes", "haystack", "benchmarks.search_speed.stock_site"],
                DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
                HAYSTACK_CONNECTIONS={"default": connection},
                HAYSTACK_LIMIT_TO_REGISTERED_MODELS=False,
                DEFAULT_AUTO_FIELD="django.db.models.AutoField",
            )
            django.setup()

    def build(self, rows: Sequence[Passage]) -> None:
        from haystack import connections

        from ..stock_site.models import StockPassage

        backend = connections["default"].get_backend()
        index = connections["default"].get_unified_index().get_index(StockPassage)
        records = [
            StockPassage(
                pk=row.key, text=f"{row.title}\n{row.text}", outlet=row.outlet, province=row.province,
                day=row.number_of_day,
            )
            for row in rows
        ]  # fmt: skip
        backend.update(index, records)

    def open(self) -> None:
        """Nothing is kept open between queries."""

    def run(self, query: Query) -> tuple[int, list[int]]:
        from haystack.inputs import Exact
        from haystack.query import SQ, SearchQuerySet

        if query.facets or query.lines or not query.phrases:
            raise NotImplementedError("haystack's Whoosh backend has no facets, and nothing has a concordance")
        asked: Any = SQ(content=Exact(query.phrases[0]))
        for phrase in query.phrases[1:]:
            asked = asked & SQ(content=Exact(phrase)) if query.joined == "and" else asked | SQ(content=Exact(phrase))
        found = SearchQuerySet().filter(asked)
        if query.province:
            found = found.filter(province=query.province)
        if query.days:
            found = found.filter(day__gte=query.days[0], day__lte=query.days[1])
        if query.highlights:
            found = found.highlight()
        if query.newest_first:
            found = found.order_by("-day")
        results = found[query.offset : query.offset + query.limit]
        return len(found), [int(one.pk) for one in results if one is not None]

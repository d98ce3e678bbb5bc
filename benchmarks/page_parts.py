"""Where the processor time of a page goes, part by part: `python -m benchmarks.pages --parts search`.

Functions that stand for a part are wrapped in clocks that stop while another part runs, so that the parts add up to the
whole; what no part takes is told as the rest of the view. A clock costs a microsecond each time: fine parts are told a little too high.
"""

from __future__ import annotations

import functools
import importlib
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

#: Part → functions, as module:name or module:Class.name. Whatever is not there any more is told, and left out.
PARTS: dict[str, tuple[str, ...]] = {
    "addresses resolved": ("django.urls.resolvers:URLResolver.resolve",),
    "SQL": ("django.db.backends.utils:CursorWrapper.execute",),
    "records from rows": (
        "archive.catalog.reading:_with",
        "archive.catalog.reading:article_by_public_id",
        "archive.catalog.reading:_completed",
    ),
    "question read and told": ("archive.search.service:understood",),
    "engine": (
        "archive.search.engines:evaluate",
        "archive.search.engines:holders",
    ),
    "snippets and marks": ("archive.search.service:snippets_of", "archive.search.service:title_marks_of"),
    "similar articles": ("archive.browse.views.articles:similar",),
    "facets": ("archive.browse.views.search:facets",),
    "histogram and its table": (
        "archive.browse.views.search:bars",
        "archive.browse.views.search:histogram",
        "archive.browse.views.search:bar_rows",
        "archive.browse.views.places:bars",
        "archive.browse.views.places:histogram",
        "archive.browse.views.places:bar_rows",
    ),
    "tiles": ("archive.browse.views.search:_tiles", "archive.browse.views.home:tiles"),
    "cards": (
        "archive.browse.views.search:result_cards",
        "archive.browse.views.home:cards",
        "archive.browse.views.places:cards",
        "archive.browse.views.articles:related",
        "archive.browse.reading.listed:card_items",
    ),
    "parts of a place": ("archive.browse.views.places:parts_of", "archive.browse.views.places:largest"),
    "text in paragraphs": ("archive.browse.views.articles:_paragraphs",),
    "citations and metadata": (
        "archive.browse.views.articles:piece_of",
        "archive.browse.views.articles:meta_elements",
        "archive.browse.views.articles:json_ld",
    ),
    "facts and evidence": (
        "archive.browse.views.articles:facts_of",
        "archive.browse.views.articles:evidence_rows",
        "archive.browse.views.articles:evidence_items",
    ),
    "template": ("archive.browse.views.page:render", "archive.browse.views.page:written"),
    "gzip": ("archive.browse.guard.shrinking:Shrinking.process_response",),
}
#: Parts that are told together unless asked for one by one.
_VIEW = "rest of the view"


class Clock:
    """One running part at a time; seconds of processor time of each."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self.running: list[str] = []
        self.since = 0.0

    def turn(self) -> None:
        now = time.thread_time()
        if self.running:
            self.spent[self.running[-1]] += now - self.since
        self.since = now

    def around(self, part: str, call: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(call)
        def clocked(*told: Any, **named: Any) -> Any:
            self.turn()
            self.running.append(part)
            try:
                return call(*told, **named)
            finally:
                self.turn()
                self.running.pop()

        return clocked


def wrapped() -> Clock:
    """Put clocks around the parts and around each middleware; before the application is made."""
    from django.conf import settings
    from django.utils.module_loading import import_string

    clock = Clock()
    for part, functions in PARTS.items():
        for function in functions:
            module, _colon, name = function.partition(":")
            holder: Any = importlib.import_module(module)
            *above, name = name.split(".")
            for one in above:
                holder = getattr(holder, one)
            if hasattr(holder, name):
                setattr(holder, name, clock.around(part, getattr(holder, name)))
    for dotted in settings.MIDDLEWARE:
        middleware = import_string(dotted)
        call = middleware.__dict__.get("__call__") or middleware.__call__
        middleware.__call__ = clock.around(f"middleware {dotted.rpartition('.')[2]}", call)
    return clock


def told(clock: Clock, ask: Callable[[int], object], warm: int = 40, count: int = 200) -> None:
    """Print milliseconds of each part of one request, the largest first."""
    for number in range(warm):
        ask(number)
    clock.spent.clear()
    whole = clock.around(_VIEW, ask)
    for number in range(count):
        whole(number)
    total = sum(clock.spent.values())
    for part, seconds in sorted(clock.spent.items(), key=lambda held: -held[1]):
        print(f"  {part:44} {seconds / count * 1e3:7.3f} ms {seconds / total:6.1%}")
    print(f"  {'in all':44} {total / count * 1e3:7.3f} ms")

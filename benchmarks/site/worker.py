"""One step in a process of its own, with DATA_DIR set; prints JSON: `fill COUNT`, `renew`, `ask COUNT`,
`beside_peers COUNT ROUNDS`, `serve COUNT SECONDS`, `search_page COUNT SECONDS`."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")

import django

django.setup()

from ..search_speed.queries import Query
from ..search_speed.worker import drawn, figure, in_fresh_process, percentile, timed

Step = Callable[[str], object]
#: Seconds of processor time for each step, unmeasured and measured: slow ones are asked for fewer words.
MOST = 4


def fill(count: int) -> dict[str, Any]:
    from .filling import fill as filled

    began = time.perf_counter()
    filled(count)
    return {"seconds": time.perf_counter() - began}


def renew() -> dict[str, Any]:
    """What an upgrade does: migrations, and another index where the present one is of an older layout."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("prepare", verbosity=0)
    return {}


def words(count: int) -> list[str]:
    """The common words of the search benchmark: the heaviest pages."""
    return [query.phrases[0] for query in drawn(count)["common"]]


def beside_peers(count: int, rounds: int) -> dict[str, Any]:
    """The classes of the search benchmark that need texts, through the service: milliseconds, warm and cold."""
    from django.db import connections

    from archive.search.concordance import concordance
    from archive.search.engine.upkeep import current_folder
    from archive.search.service import search

    def highlighted(query: Query) -> object:
        return search(f'"{query.phrases[0]}"', facets=(), snippets=3, whole=False)  # as the page asks

    def lined(query: Query) -> object:
        return concordance(f'"{query.phrases[0]}"', order="right")

    steps: dict[str, Callable[[Query], object]] = {"highlights of 20": highlighted, "concordance": lined}
    asked = drawn(count)

    def opened(title: str) -> Callable[[], Callable[[Query], object]]:
        def make() -> Callable[[Query], object]:
            _ = current_folder().generation().newest
            connections["default"].ensure_connection()
            return steps[title]

        return make

    connections.close_all()  # no connection crosses a fork
    cold = {title: in_fresh_process(opened(title), asked[title]) for title in steps}
    figures = {}
    for title, run in steps.items():
        turns = [timed(run, asked[title]) for _ in range(rounds)]
        figures[title] = figure(cold[title] or [], turns)
    return {"classes": figures}


def ask(count: int) -> dict[str, Any]:
    """Milliseconds of processor time of each step, median and 95th percentile; each first once unmeasured."""
    asked = words(count)
    figures = {}
    for title, step in (_steps() | _pages()).items():
        end = time.process_time() + MOST
        for word in asked[:20]:
            step(word)
            if time.process_time() > end:
                break
        times: list[float] = []
        end = time.process_time() + MOST
        for word in asked[:100]:
            began = time.process_time()
            step(word)
            times.append((time.process_time() - began) * 1e3)
            if time.process_time() > end:
                break
        figures[title] = {"p50": percentile(times, 0.5), "p95": percentile(times, 0.95)}
    return {"classes": figures}


def _steps() -> dict[str, Step]:
    from haystack.query import SearchQuerySet

    from archive.search.concordance import concordance
    from archive.search.service import search

    def haystack(word: str) -> object:
        found = SearchQuerySet().filter(content=word).facet("place").facet("outlet").facet("date")
        page = found[:20]
        return len(page), found.facet_counts()

    def found(word: str) -> object:
        return search(word, facets=(), snippets=0)

    def highlighted(word: str) -> object:
        return search(word, facets=(), snippets=3)

    def lines(word: str) -> object:
        return concordance(word)

    return {
        "haystack, three facets": haystack,
        "20 results": found,
        "20 results with highlights": highlighted,
        "concordance page": lines,
    }


def _pages() -> dict[str, Step]:
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1", HTTP_ACCEPT_ENCODING="gzip")

    def page(address: Callable[[str], str]) -> Step:
        def get(word: str) -> object:
            response = client.get(address(word))
            body = b"".join(response.streaming_content) if response.streaming else response.content
            if response.status_code != 200:
                raise ValueError(f"{address(word)}: {response.status_code}")
            return body

        return get

    return {f"page: {name}": page(address) for name, address in (addresses() | research()).items()}


def addresses() -> dict[str, Callable[[str], str]]:
    """The pages that readers open most, with the address for a word."""
    from urllib.parse import quote

    from archive.catalog.models import Article

    public = list(Article.objects.order_by("pk").values_list("public_id", flat=True)[:200])
    return {
        "home": lambda word: "/",
        "search": lambda word: f"/search/?q={quote(word)}",
        "place": lambda word: "/places/420000/",
        "article": lambda word: f"/articles/{public[ord(word[0]) % len(public)]}/",
        "months": lambda word: "/dates/2020/",
    }


def research() -> dict[str, Callable[[str], str]]:
    """The pages that count much, with the address for a word."""
    from urllib.parse import quote

    return {
        "trends by characters": lambda word: f"/trends/?q={quote(word)}&q=示例&unit=characters",
        "trends by outlet-day": lambda word: f"/trends/?q={quote(word)}&unit=outlet_day&grain=week",
        "quantities": lambda word: "/research/quantities/",
        "coverage": lambda word: "/coverage/",
        "matrix": lambda word: "/research/matrix/",
        "matrix of a word": lambda word: f"/research/matrix/?q={quote(word)}",
        "spread": lambda word: "/research/spread/",
        "places": lambda word: "/places/",
        "outlets": lambda word: "/outlets/",
        "all places of a search": lambda word: f"/search/facets/place/?q={quote(word)}",
        "all outlets of a search": lambda word: f"/search/facets/outlet/?q={quote(word)}",
        "all days of a search": lambda word: f"/search/facets/date/?q={quote(word)}",
    }


def serve(count: int, seconds: int) -> dict[str, Any]:
    from .serving import served

    asked = words(count)
    return {"pages": {name: served(address, asked, seconds) for name, address in addresses().items()}}


def search_page(count: int, seconds: int) -> dict[str, Any]:
    """The whole search page under gunicorn for one reader: the clock, and processor time of the workers."""
    from .serving import served

    return served(addresses()["search"], words(count), seconds, readers=1)


STEPS: dict[str, Callable[..., dict[str, Any]]] = {
    "fill": fill,
    "renew": renew,
    "ask": ask,
    "beside_peers": beside_peers,
    "serve": serve,
    "search_page": search_page,
}

if __name__ == "__main__":
    step, *rest = sys.argv[1:]
    json.dump(STEPS[step](*map(int, rest)), sys.stdout)

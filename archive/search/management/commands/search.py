"""`manage.py search`: what readers find, from the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.catalog.models import Article, Capture, RegionRole, Version
from archive.search.records import FACETS, Snippet
from archive.search.service import Result, SearchPage, search


class Command(BaseCommand):
    help = "Search the archive. Each QUERY is one search; - reads queries from standard input, one a line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("queries", nargs="+", metavar="QUERY", help="write -- before a query that begins with -")
        parser.add_argument("--json", action="store_true", help="print one JSON object a line for each query")
        parser.add_argument("--limit", type=int, default=20, help="results of each query; 0 for all (default 20)")
        parser.add_argument("--sort", choices=["relevance", "newest", "oldest"], default="relevance")
        parser.add_argument("--snippets", type=int, default=3, help="snippets of each result (default 3)")
        parser.add_argument("--no-synonyms", action="store_true", help="search the words as typed only")
        parser.add_argument("--no-facets", action="store_true", help="leave the facets out")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["limit"] < 0 or options["snippets"] < 0:
            raise CommandError("--limit and --snippets take 0 or more")
        for query in _queries(options["queries"]):
            page = search(
                query,
                per_page=options["limit"] or None,
                sort=options["sort"],
                synonyms=not options["no_synonyms"],
                facets=() if options["no_facets"] else FACETS,
                snippets=options["snippets"],
                most_per_page=options["limit"],
            )
            if options["json"]:
                self.stdout.write(json.dumps(as_json(page), ensure_ascii=False))
            else:
                self.stdout.write(as_text(page))


def _queries(words: list[str]) -> Iterator[str]:
    for word in words:
        if word != "-":
            yield word
            continue
        for line in sys.stdin:
            yield line.rstrip("\r\n")


def as_json(page: SearchPage) -> dict[str, Any]:
    """One search as the documented JSON object; a query that cannot be read gives error and repaired."""
    if page.error is not None:
        return {"query": page.query, "error": page.error.sentence, "repaired": page.error.repaired}
    facets = {
        name: [{"value": one.value, "label": one.label, "count": one.count} for one in values]
        for name, values in page.facets.items()
    }
    return {"query": page.query, "total": page.total, "hits": [_hit(one) for one in page.results], "facets": facets}


def _hit(result: Result) -> dict[str, Any]:
    article = result.article
    version = article.current_version
    assert version is not None
    return {
        "id": article.public_id,
        "title": version.display_title,
        "outlet": article.outlet.name if article.outlet else None,
        "published": _published(version),
        "about": _about(version),
        "url": settings.SITE_URL + article.get_absolute_url(),
        "file": _file(version.capture),
        "index": version.item,
        "snippets": [_snippet(one) for one in result.snippets],
    }


def _published(version: Version) -> dict[str, Any]:
    """As in the JSON of import_articles: a date that is not known has the value null."""
    earliest, latest = version.published_earliest, version.published_latest
    return {
        "value": version.published or None,
        "precision": version.published_precision or None,
        "status": version.published_standing,
        "earliest": earliest.isoformat() if earliest else None,
        "latest": latest.isoformat() if latest else None,
    }


def _about(version: Version) -> dict[str, Any] | None:
    """The primary place as in the JSON of import_articles, or null."""
    place = next((place for place in version.places.all() if place.role == RegionRole.PRIMARY), None)
    if place is None:
        return None
    chain = place.region.chain()
    names = [unit.name for unit in chain] + ([place.township] if place.township else [])
    return {"code": place.region.code, "names": names, "level": "township" if place.township else chain[-1].level}


def _file(capture: Capture) -> str:
    return capture.original_name or capture.member


def _snippet(snippet: Snippet) -> dict[str, Any]:
    return {
        "text": snippet.text,
        "marks": [[mark.start, mark.end] for mark in snippet.marks],
        "part": snippet.part,
        "before": snippet.before,
        "after": snippet.after,
    }


def as_text(page: SearchPage) -> str:
    """One search for people: the sentence, then a few lines for each result."""
    if page.error is not None:
        return f"{page.error.sentence}\n  → {page.error.repaired}\n"
    lines = [f"{page.explanation.sentence}: {page.total}", *filter(None, [page.explanation.also])]
    for result in page.results:
        lines += _result_lines(result.article, result)
    return "\n".join(lines) + "\n"


def _result_lines(article: Article, result: Result) -> list[str]:
    version = article.current_version
    assert version is not None
    about = _about(version)
    facts = [
        version.published or "?",
        article.outlet.name if article.outlet else "?",
        "".join(about["names"]) if about else "?",
    ]
    shown = [f"    …{_emphasised(one)}…" for one in result.snippets]
    return [f"\n{version.display_title}", f"    {' · '.join(facts)} · {article.public_id}", *shown]


def _emphasised(snippet: Snippet) -> str:
    text = snippet.text
    for mark in reversed(snippet.marks):
        text = f"{text[: mark.start]}【{text[mark.start : mark.end]}】{text[mark.end :]}"
    return text

"""`manage.py concordance`: every place of a word with what stands before and after it."""

from __future__ import annotations

import csv
from typing import Any, get_args

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.search.concordance import NARROWEST, WIDEST, Line, concordance, concordance_lines
from archive.search.keywords import Order
from archive.search.language import QueryError

COLUMNS = ("left", "keyword", "right", "part", "start", "end", "id", "title", "outlet", "published", "place", "url")


class Command(BaseCommand):
    help = "Keyword in context: every place that QUERY is about, in one line."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query", metavar="QUERY", help="write -- before a query that begins with -")
        parser.add_argument("--order", choices=get_args(Order), default="right")
        parser.add_argument("--width", type=int, default=20, help=f"characters on each side ({NARROWEST}-{WIDEST})")
        parser.add_argument("--limit", type=int, default=50, help="lines to print (default 50)")
        parser.add_argument("--csv", action="store_true", help="print all lines as CSV")
        parser.add_argument("--no-synonyms", action="store_true", help="search the words as typed only")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = {key: options[key] for key in ("order", "width")} | {"synonyms": not options["no_synonyms"]}
        if options["csv"]:
            try:
                lines = concordance_lines(options["query"], **asked)
            except QueryError as error:
                raise CommandError(f"{error.sentence} → {error.repaired}") from error
            writer = csv.writer(self.stdout, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(map(as_row, lines))
            return
        page = concordance(options["query"], per_page=options["limit"], **asked)
        if page.error is not None:
            raise CommandError(f"{page.error.sentence} → {page.error.repaired}")
        self.stdout.write(f"{page.explanation.sentence}: {page.total} / {page.articles}")
        self.stdout.write("\n".join(page.notices))
        for line in page.lines:
            self.stdout.write(
                f"{line.left:\u3000>{page.width}}【{line.keyword}】{line.right}  {line.article.public_id}"
            )


def as_row(line: Line) -> list[str]:
    """A line as a row of the CSV."""
    article, version = line.article, line.article.current_version
    assert version is not None
    place = version.primary_region
    return [
        line.left, line.keyword, line.right, line.part, str(line.start), str(line.end), article.public_id,
        version.display_title, article.outlet.name if article.outlet else "", version.published,
        "".join(unit.name for unit in place.region.chain()) if place else "",
        settings.SITE_URL + article.get_absolute_url(),
    ]  # fmt: skip

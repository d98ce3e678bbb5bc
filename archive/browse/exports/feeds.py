"""A search as a feed: Atom and JSON Feed 1.1, the newest first."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from archive.catalog.models import Article
from archive.search.texts import printed_title

from ..citations.piece import permanent_address

#: Entries of a feed; a reader asks again.
ENTRIES = 50
#: Characters of the body that an entry quotes.
SUMMARY = 160


def summary(article: Article) -> str:
    """How the piece begins, where readers may read it whole, else nothing."""
    body = (article.readable_body() or "").replace("\n", " ")
    return body if len(body) <= SUMMARY else body[:SUMMARY].rstrip() + "…"


def _title(article: Article) -> str:
    version = article.current_version
    assert version is not None
    return printed_title(version) or version.display_title


def atom(articles: Sequence[Article], *, title: str, link: str, feed_url: str, language: str) -> str:
    """The feed as XML. `changed_at` is when the record changed here; the piece's own date is in its summary."""
    feed = Atom1Feed(title=title, link=link, description=title, feed_url=feed_url, language=language)
    for article in articles:
        address = permanent_address(article.public_id)
        version = article.current_version
        assert version is not None
        said = " · ".join(filter(None, (version.published, article.outlet.name if article.outlet else "")))
        feed.add_item(
            title=_title(article),
            link=address,
            unique_id=address,
            # The library declares summaries to be HTML: what is text must be written as such.
            description=escape(" ".join(filter(None, (said, summary(article))))),
            updateddate=article.changed_at,
            author_name=article.outlet.name if article.outlet else None,
        )
    text: str = feed.writeString("utf-8")
    return text


def json_feed(articles: Sequence[Article], *, title: str, link: str, feed_url: str, language: str) -> str:
    """The feed as JSON Feed 1.1."""
    items = []
    for article in articles:
        version = article.current_version
        assert version is not None
        address = permanent_address(article.public_id)
        items.append(
            {
                "id": address,
                "url": address,
                "title": _title(article),
                "summary": " ".join(filter(None, (version.published, summary(article)))),
                "content_text": article.readable_body() or "",
                "date_modified": article.changed_at.isoformat(),
                "authors": [{"name": article.outlet.name}] if article.outlet else [],
                "tags": list(version.topics),
            }
        )
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": title,
            "home_page_url": link,
            "feed_url": feed_url,
            "language": language,
            "items": items,
        },
        ensure_ascii=False,
    )

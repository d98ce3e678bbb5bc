"""What programs read in the head of an article's page: Zotero's fields, Dublin Core, Open Graph, schema.org."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from archive.catalog.models import Article

from ..citations.piece import ARCHIVE, Piece

#: What programs are told of an invented piece, beside its title.
SAMPLE = "示例：虚构的样本，不是真实报道"


def meta_tags(piece: Piece) -> list[tuple[str, str, str]]:
    """(attribute, name, content) of each meta element; empty values left out.

    `z:itemType` makes Zotero save a newspaper article; without it, it would be a journal article. It takes
    the name of a paper from `prism.publicationName`, then from `DC.source`, never from `citation_publication_title`,
    and then every `z:` as the field of its own of that name.
    """
    date = piece.when.iso if piece.when else ""
    title = marked_title(piece)
    newspaper = piece.kind == "newspaper"
    rows = [
        ("property", "z:itemType", "newspaperArticle" if newspaper else "webpage"),
        ("property", "z:publicationTitle" if newspaper else "z:websiteTitle", piece.container),
        *(
            (("property", "z:archive", ARCHIVE), ("property", "z:archiveLocation", piece.public_id))
            if newspaper
            else ()
        ),
        ("property", "z:extra", _extra(piece)),
        ("name", "citation_title", title),
        *(("name", "citation_author", name) for name in piece.authors),
        ("name", "citation_publication_date", date.replace("-", "/")),
        ("name", "citation_publication_title" if newspaper else "citation_website_title", piece.container),
        ("name", "prism.publicationName", piece.container),
        ("name", "citation_firstpage", piece.page),
        ("name", "citation_language", piece.language),
        ("name", "citation_public_url", piece.address),
        ("name", "DC.title", title),
        *(("name", "DC.creator", name) for name in piece.authors),
        ("name", "DC.date", date),
        ("name", "DC.publisher", piece.container),
        ("name", "DC.source", piece.source_url or piece.original),
        ("name", "DC.language", piece.language),
        ("name", "DC.identifier", piece.address),
        ("name", "DC.type", "Text"),
        ("property", "og:type", "article"),
        ("property", "og:title", title),
        ("property", "og:url", piece.address),
        ("property", "og:site_name", ARCHIVE),
        ("property", "og:locale", "zh_TW" if piece.language == "zh-Hant" else "zh_CN"),
        ("property", "article:published_time", date),
    ]
    return [row for row in rows if row[2]]


def _extra(piece: Piece) -> str:
    """What no field of Zotero holds, as it stands in its field for all else: the source that the piece names, and its address there."""
    told = [
        "转自：" + piece.original if piece.original else "",
        "原网址：" + piece.source_url if piece.source_url else "",
    ]
    return "；".join(one for one in told if one)


def meta_elements(piece: Piece) -> SafeString:
    """The same as elements of the head, a line each."""
    return mark_safe(  # noqa: S308  every value is escaped
        "".join(
            f'<meta {attribute}="{name}" content="{escape(content)}">\n'
            for attribute, name, content in meta_tags(piece)
        )
    )


def marked_title(piece: Piece) -> str:
    """The title as it is cited: that of an invented piece says so, also where a program takes it out of the page."""
    return f"【示例】{piece.title}" if piece.sample else piece.title


def json_ld(piece: Piece, article: Article) -> SafeString:
    """schema.org NewsArticle, safe inside a script element of type application/ld+json (a data block)."""
    version = article.current_version
    assert version is not None
    places = [place.region.name for place in version.places.all()]
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": piece.address,
        "url": piece.address,
        "identifier": piece.public_id,
        "headline": marked_title(piece),
        "creativeWorkStatus": SAMPLE if piece.sample else "",
        "author": [{"@type": "Person", "name": name} for name in piece.authors],
        "datePublished": piece.when.iso if piece.when else "",
        "publisher": {"@type": "Organization", "name": piece.container} if piece.container else "",
        "isBasedOn": piece.source_url,
        "inLanguage": piece.language,
        "printPage": piece.page,
        "contentLocation": [{"@type": "Place", "name": name} for name in places],
        "keywords": version.topics,
        "isPartOf": {"@type": "Collection", "name": ARCHIVE},
    }
    text = json.dumps({name: value for name, value in data.items() if value}, ensure_ascii=False)
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return mark_safe(text)  # noqa: S308  no <, > or & is left

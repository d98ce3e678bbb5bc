"""The page of an article, its history, its citations, and what was received."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.catalog.models import Script, Shown, Version
from archive.search.highlights import marks
from archive.search.language import QueryError, parse
from archive.search.similar import similar
from archive.search.snippets import excerpt
from archive.search.texts import printed_title
from archive.search.thesaurus import thesaurus
from archive.search.tree import Everything, Node
from archive.search.vocabulary import CatalogVocabulary

from ..citations.piece import piece_of
from ..citations.styles import FORMATS, STYLES
from ..finding.links import addressed
from ..finding.neighbours import walk
from ..printed_dates import machine_date, published_in_words
from ..reading.copies import copies_of
from ..reading.facts import basis_words, evidence_items, evidence_rows, facts_of, precision_words
from ..reading.marked import marked
from ..reading.metadata import json_ld, meta_elements
from ..reading.paragraphs import paragraphs
from ..reading.repairs import drawn, of_version, placed_repairs, touches_text
from ..reading.source_changes import number_of_versions, source_changes
from ..selectors.articles import Tombstone, find_article, others_on_the_page
from ..selectors.belongings import belongings_of
from ..selectors.cards import article_language, related
from .page import page
from .records import is_html
from .tombstones import tombstone

#: Ways to read a text: as printed, in simplified characters, with each repair shown.
READINGS = ("printed", "simplified", "repairs")


@require_safe
def article(request: HttpRequest, public_id: str) -> HttpResponse:
    found = find_article(public_id)
    if isinstance(found, Tombstone):
        return tombstone(request, found)
    version = found.current_version
    assert version is not None
    node = node_of(request.GET.get("q", ""))
    reading = request.GET.get("text", "printed")
    reading = reading if reading in READINGS else "printed"
    has = belongings_of(found)
    whole = found.shown() == Shown.WHOLE
    placed = of_version(placed_repairs(version), version) if has.repairs and whole else []
    piece = piece_of(found, version)
    evidence = evidence_rows(version, whole=whole)
    versions = number_of_versions(found) if has.versions else 1
    context = {
        "article": found,
        "version": version,
        "title": _title(version, reading, node),
        "plain_title": printed_title(version) or version.display_title,
        "title_made_up": not version.title,
        "text_lang": "zh-Hans" if reading == "simplified" else article_language(version),
        "paragraphs": _paragraphs(version, reading, node, placed) if whole else [],
        "excerpts": [marked(text, spans) for text, spans in excerpt(node, found)],
        "captions": _captions(version, reading, node) if whole else [],
        "date": published_in_words(version),
        "machine_date": machine_date(version),
        "precision": precision_words(version),
        "standing": basis_words(version.published_standing) if version.published else "",
        "facts": facts_of(found, version),
        "readings": _readings(request, version, reading, touches_text(placed, version)),
        "reading": reading,
        "repairs": placed,
        "evidence": evidence,
        "evidence_items": evidence_items(evidence),
        "versions": versions,
        "others": others_on_the_page(found, version) if has.others else [],
        "copies": copies_of(found) if has.printings else None,
        "changes": source_changes(found, whole=whole, versions=versions, sightings=has.sightings),
        "similar": related(similar(found, copied=has.printings)),
        "raw_open": whole and not version.capture.restricted and not has.closed,
        "raw_is_page": is_html(version.capture),
        "walk": walk(found, request.GET),
        "styles": [(style, style.entry(piece)) for style in STYLES],
        "formats": [(one, addressed("cite", one.extension)(public_id)) for one in FORMATS.values()],
        "piece": piece,
        "meta": meta_elements(piece),
        "json_ld": json_ld(piece, found),
        "rights": found.rights_sentence,
    }
    return page(request, "browse/article.html", context, index=not found.is_sample)


def node_of(query: str) -> Node:
    """What to mark: the tree of the query carried by the address; nothing when it cannot be read."""
    try:
        return parse(query, vocabulary=CatalogVocabulary(), thesaurus=thesaurus()) if query else Everything()
    except QueryError:
        return Everything()


def _title(version: Version, reading: str, node: Node) -> Any:
    if reading == "simplified" or not printed_title(version):
        text = version.title or version.display_title
        return marked(text, marks(node, text, False, part="title") if version.title else ())
    text = printed_title(version)
    return marked(text, marks(node, text, version.script != Script.HANS, part="title"))


def _paragraphs(version: Version, reading: str, node: Node, placed: Any) -> Any:
    if reading == "repairs":
        return paragraphs(version, draw=lambda text, start, end: drawn(text, start, end, placed))
    return paragraphs(version, simplified=reading == "simplified", node=node)


def _captions(version: Version, reading: str, node: Node) -> list[Any]:
    traditional = version.script != Script.HANS
    return [marked(one["text"], marks(node, one["text"], traditional, part="caption")) for one in version.captions]


def _readings(request: HttpRequest, version: Version, reading: str, repaired: bool) -> list[dict[str, Any]]:
    """The ways to read this text that differ, each with its link; none when there is only one."""
    offered = ["printed"]
    offered += ["simplified"] if version.script != Script.HANS else []
    offered += ["repairs"] if repaired else []
    names = {"printed": _("原文"), "simplified": _("简体读本"), "repairs": _("修复痕迹")}
    links = []
    for key in offered if len(offered) > 1 else []:
        query = request.GET.copy()
        query.pop("text", None)
        if key != "printed":
            query["text"] = key
        encoded = query.urlencode()
        url = f"{request.path}?{encoded}" if encoded else request.path
        links.append({"name": names[key], "url": url, "current": key == reading})
    return links

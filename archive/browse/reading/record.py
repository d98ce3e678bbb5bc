"""An article as JSON for programs: its facts with their reasons, and its text where readers may have it."""

from __future__ import annotations

from typing import Any

from archive.catalog.models import Article, Outlet, Shown, Takedown, Version

from ..citations.machine import csl
from ..citations.piece import permanent_address, piece_of
from .paragraphs import anchor, blocks_of


def record(article: Article, version: Version) -> dict[str, Any]:
    """What the page of an article says, by name. Unknown is null, never a guess.

    `published.edtf` is a civil date of Asia/Shanghai as far as it is known ("2020-02"). The text and its
    captions are null where readers are not shown the whole text.
    """
    whole = article.shown() == Shown.WHOLE
    return {
        "id": article.public_id,
        "address": permanent_address(article.public_id),
        "sample": article.is_sample,
        "access": article.access,
        "rights": article.rights_sentence or None,
        "changed": article.changed_at.isoformat(),
        "version": version.number,
        "title": version.title_as_printed or version.title or None,
        "authors": [{"name": one.name, "role": one.role or None} for one in version.bylines.all()],
        "outlet": source_of(article.outlet),
        "publisher": source_of(article.publisher),
        "published": published_of(version),
        "page_label": version.page_label or None,
        "source_url": version.source_url or None,
        "places": places_of(version),
        "topics": list(version.topics),
        "script": version.script,
        "capture": {"sha256": version.capture.sha256, "media_type": version.capture.media_type},
        "text": article.readable_body(),
        "captions": [one["text"] for one in version.captions] if whole else None,
        "paragraphs": [
            {"anchor": anchor(simplified), "kind": kind, "text": text}
            for kind, text, simplified, _start, _end in blocks_of(version)
        ]
        if whole
        else None,
        "evidence": [
            {
                "field": one.field,
                "value": one.value,
                "rule": one.rule,
                "confidence": one.confidence,
                "basis": one.basis,
            }
            for one in version.evidence.all()
        ],
        "citation": csl(piece_of(article, version)),
    }


def tombstone_record(takedown: Takedown) -> dict[str, Any]:
    """That a piece was taken down, when and why; nothing of the text."""
    return {
        "id": takedown.public_id,
        "address": permanent_address(takedown.public_id),
        "gone": takedown.kind,
        "at": takedown.at.isoformat(),
        "reason": takedown.reason,
    }


def published_of(version: Version) -> dict[str, Any]:
    """The date as far as it is known."""
    return {
        "edtf": version.published or None,
        "precision": version.published_precision or None,
        "earliest": version.published_earliest,
        "latest": version.published_latest,
        "standing": version.published_standing,
    }


def places_of(version: Version) -> list[dict[str, Any]]:
    """What a version is about, the primary place first."""
    return [
        {"code": one.region.code, "name": one.region.name, "role": one.role, "township": one.township or None}
        for one in version.places.all()
    ]


def source_of(outlet: Outlet | None) -> dict[str, Any] | None:
    """An outlet by name."""
    if outlet is None:
        return None
    return {"slug": outlet.slug, "name": outlet.name, "kind": outlet.kind}

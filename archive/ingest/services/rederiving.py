"""Read what is held with the present rules: what they find differently becomes a proposal, never a change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive.catalog import contained
from archive.catalog.covered_values import covered_value
from archive.catalog.masking import secrets_of
from archive.catalog.models import TextLayer, Version, Wording
from archive.catalog.outlets import find_outlet
from archive.catalog.proposing import Found, propose
from archive.catalog.quantities import note_quantities
from archive.ingest import reading
from archive.ingest.records import ArticleDraft, PageRead, PlaceFound
from archive.text.shingles import containment, shingles

from .keeping import RULES

#: Evidence of what the file itself, or whoever brought it, stated: no rule of ours reads it again.
_GIVEN = ("column ", "key ", "batch ", "record")
_NAMES = {"outlet", "publisher", "original_source"}
#: A piece of the page is the version's own when so much of the shorter text stands in the other.
SAME = 0.5


class NotFound(Exception):
    """The present rules do not find the piece in its capture; the sentence says so."""


def rederive(version: Version) -> int:
    """Propose what the present rules find differently; returns how many proposals are open for the version now.

    Quantities, which no editor decides about, are read anew from the body. Raises NotFound when they find no such piece, StoreError when the bytes cannot be had.
    """
    note_quantities([version])
    draft = _own(_read(version), version)
    given = {one.field for one in version.evidence.all() if one.rule.startswith(_GIVEN)}
    if given & _NAMES:
        given |= _NAMES  # who printed it was told; the three go together
    found = [one for one in found_in(draft, version) if one.field not in given]
    return propose(version=version, found=found, rules=RULES)


def _read(version: Version) -> PageRead:
    """The page by the present rules. Of a record of a table, the text that was read of it is read again."""
    capture = version.capture
    captured = capture.captured_at.isoformat() if capture.captured_at else None
    layer = capture.layers.filter(kind=TextLayer.Kind.EXTRACTED).order_by("-pk").first()
    data, media_type = b"", capture.media_type
    if layer is not None and "html" not in media_type:
        data, media_type = layer.text.encode("utf-8", "surrogatepass"), "text/plain"
    else:
        data = contained.read(capture)
    return reading.read_page(
        data,
        file=str(capture),
        media_type=media_type,
        source_url=capture.source_url or None,
        captured_at=captured,
        usages=Wording.objects.usages(),
    )


def _own(page: PageRead, version: Version) -> ArticleDraft:
    """The draft that is this version: the one in its place where the texts agree, else the one most alike."""
    wanted = shingles(version.body_simplified)
    best: tuple[float, ArticleDraft] | None = None
    for number, draft in enumerate(page.drafts):
        share = containment(wanted, shingles(draft.body_simplified))
        if draft.body_simplified == version.body_simplified:
            share = 2.0
        if number == version.item:
            share += 0.01
        if best is None or share > best[0]:
            best = share, draft
    if best is None or (best[0] < SAME and not (len(page.drafts) == 1 and len(wanted) < 6)):
        raise NotFound("现在的规则在原件里找不到这一篇。")
    return best[1]


def found_in(draft: ArticleDraft, version: Version) -> Iterator[Found]:
    """Every field of a draft in the form of catalog.fields, with the best of its evidence; covered places covered."""
    secrets = secrets_of(version)
    for name, value in _values(draft).items():
        evidence = max(
            (one for one in draft.evidence if one.field == name), key=lambda one: one.confidence, default=None
        )
        yield Found(
            field=name,
            value=covered_value(value, secrets, field=name),
            rule=evidence.rule if evidence else "not found",
            text=covered_value(evidence.text, secrets) if evidence else "",
            confidence=evidence.confidence if evidence else 0.0,
            basis=evidence.basis if evidence else "inferred",
        )


def _values(draft: ArticleDraft) -> dict[str, Any]:
    return {
        "title": draft.title or "",
        "published": draft.published.value or "",
        "about": _place(draft.about),
        "outlet": _outlet(draft.outlet),
        "publisher": _outlet(draft.publisher),
        "original_source": draft.original_source or "",
        "authors": [[author.name[:80], author.role[:20]] for author in draft.authors],
        "editors": list(draft.editors),
        "topics": list(draft.topics),
        "source_line": (draft.source_line or "")[:300],
        "page_label": (draft.page_label or "")[:60],
        "dateline": (draft.dateline or "")[:120],
    }


def _place(found: PlaceFound | None) -> list[str] | None:
    if found is None:
        return None
    return [found.code, found.names[-1][:60] if found.level == "township" else ""]


def _outlet(name: str | None) -> str:
    """The name by which the catalog knows an outlet."""
    outlet = find_outlet(name) if name else None
    return outlet.name if outlet else name or ""

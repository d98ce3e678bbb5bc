"""From a row's draft to the records of the catalog."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

from django.utils.translation import gettext as _

from archive.catalog.models import (
    Article,
    Byline,
    Capture,
    Evidence,
    Outlet,
    RegionRole,
    Status,
    Version,
    VersionRegion,
)
from archive.catalog.services import add_version, create_article, propose_outlet
from archive.ingest.drafts import draft_from_json
from archive.ingest.models import ImportBatch, ImportRow
from archive.ingest.records import ArticleDraft, PlaceFound
from archive.places.gazetteer import place_of_outlet
from archive.places.models import Region


def write_article(row: ImportRow, batch: ImportBatch, article: Article | None = None) -> tuple[Article, Version, str]:
    """Make the article of a row (or a new version of `article`); the sentence names what could not be written."""
    assert row.draft is not None
    assert row.capture is not None
    draft = draft_from_json(row.draft)
    if article is None:
        article = create_article(
            publisher=_outlet(draft.publisher, batch, region=None),
            outlet=_outlet(draft.outlet, batch, region=draft.outlet_region),
            status=Status.PUBLISHED if batch.publish else Status.DRAFT,
            is_sample=batch.is_sample,
        )
    version = _version(article, draft, row, row.capture)
    _bylines(version, draft)
    _evidence(version, draft)
    return article, version, _places(version, draft)


def _outlet(name: str | None, batch: ImportBatch, region: str | None) -> Outlet | None:
    if not name:
        return None
    code = region or place_of_outlet(name)
    return propose_outlet(name=name, region_code=code, is_sample=batch.is_sample)


def _version(article: Article, draft: ArticleDraft, row: ImportRow, capture: Capture) -> Version:
    published = draft.published
    return add_version(
        article=article,
        capture=capture,
        item=row.item,
        span_start=draft.span[0] if draft.span else None,
        span_end=draft.span[1] if draft.span else None,
        text_sha256=row.text_sha256,
        title=draft.title or "",
        title_as_printed=(draft.title_as_printed or "")[:300],
        body=draft.body,
        body_simplified=draft.body_simplified,
        blocks=[asdict(block) for block in draft.blocks],
        captions=[asdict(passage) for passage in draft.captions],
        furniture=[asdict(passage) for passage in draft.furniture],
        script=draft.script,
        source_line=(draft.source_line or "")[:300],
        original_source=draft.original_source or "",
        page_label=(draft.page_label or "")[:60],
        dateline=(draft.dateline or "")[:120],
        source_url=row.source_url,
        editors=draft.editors,
        topics=draft.topics,
        published=published.value or "",
        published_precision=published.precision or "",
        published_standing=published.status,
        published_earliest=_day(published.earliest),
        published_latest=_day(published.latest),
        published_why=published.why[:300],
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text[:10]) if text else None


def _bylines(version: Version, draft: ArticleDraft) -> None:
    Byline.objects.bulk_create(
        Byline(version=version, position=position, name=author.name[:80], role=author.role[:20])
        for position, author in enumerate(draft.authors)
    )


def _evidence(version: Version, draft: ArticleDraft) -> None:
    Evidence.objects.bulk_create(
        Evidence(
            version=version,
            field=found.field[:40],
            value=found.value[:300],
            rule=found.rule[:80],
            start=found.start,
            end=found.end,
            text=found.text,
            confidence=found.confidence,
            basis=found.basis,
        )
        for found in draft.evidence
    )


def _places(version: Version, draft: ArticleDraft) -> str:
    """Write the places, the primary one first; a code that the division table lacks is named."""
    others = [place for place in draft.places if draft.about is None or place.names != draft.about.names]
    ordered = ([draft.about] if draft.about else []) + others
    regions = {region.code: region for region in Region.objects.filter(code__in={place.code for place in ordered})}
    seen: set[tuple[str, str]] = set()
    for place in ordered:
        township = _township(place)
        if place.code not in regions or (place.code, township) in seen:
            continue
        seen.add((place.code, township))
        role = RegionRole.PRIMARY if place is draft.about else RegionRole.OTHER
        VersionRegion.objects.create(version=version, region=regions[place.code], role=role, township=township)
    missing = sorted({place.code for place in ordered} - regions.keys())
    return _("区划表中没有代码 %(codes)s,地点未写入。") % {"codes": "、".join(missing)} if missing else ""


def _township(place: PlaceFound) -> str:
    return place.names[-1][:60] if place.level == "township" and place.names else ""

"""From rows' drafts to the records of the catalog."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from archive.catalog.bulk import NewVersions, create_articles
from archive.catalog.doubts import EvidenceRow, keep_evidence
from archive.catalog.inserting import insert
from archive.catalog.looking_over import look_over
from archive.catalog.models import (
    Article,
    Byline,
    Outlet,
    RegionRole,
    Status,
    Version,
    VersionRegion,
)
from archive.catalog.public_ids import new_public_ids
from archive.catalog.quantities import note_quantities
from archive.catalog.services import propose_outlet
from archive.ingest.models import ImportBatch, ImportRow
from archive.places.models import Region
from archive.places.outlet_places import place_of_outlet


class Writer:
    """Writes the rows of one transaction together; what many rows share is looked up once.

    `regions` holds the divisions that earlier transactions looked up, by code.
    """

    def __init__(self, batch: ImportBatch, regions: dict[str, Region | None] | None = None) -> None:
        self.batch = batch
        self._outlets: dict[tuple[str, str], Outlet] = {}
        self._regions: dict[str, Region | None] = {} if regions is None else regions
        self._articles: list[Article] = []
        self._versions = NewVersions()
        self._drafts: list[tuple[Version, dict[str, Any]]] = []
        self._places: list[tuple[Version, Region, str, str]] = []
        self._rows: list[tuple[ImportRow, Article]] = []
        self._ids: list[str] = []

    def expect(self, count: int) -> None:
        """Draw the public ids of so many articles at once."""
        self._ids = new_public_ids(count)

    def write(self, row: ImportRow, article: Article | None = None) -> tuple[Article, Version, str]:
        """Prepare the article of a row (or a new version of `article`); the sentence names what cannot be written.

        Both are without a key until `finish`.
        """
        assert row.draft is not None
        draft = row.draft
        if article is None:
            article = Article(
                public_id=self._ids.pop() if self._ids else new_public_ids(1)[0],
                publisher=self._outlet(draft["publisher"], ""),
                outlet=self._outlet(draft["outlet"], draft["outlet_region"] or ""),
                status=Status.PUBLISHED if self.batch.publish else Status.DRAFT,
                is_sample=self.batch.is_sample,
            )
            self._articles.append(article)
        version = self._versions.add(article, **_fields(draft, row))
        self._drafts.append((version, draft))
        self._rows.append((row, article))
        return article, version, self._place(version, draft)

    def finish(self) -> None:
        """Write what was prepared and look the articles over; within the transaction of the rows.

        A row whose article is held back for the personal data in it says so.
        """
        create_articles(self._articles)
        self._versions.save()
        note_quantities(self._versions.versions, fresh=True)
        insert(Byline, ("version", "position", "name", "role"), _bylines(self._drafts))
        keep_evidence([row for version, draft in self._drafts for row in _evidence(version.pk, draft)])
        places = [(version.pk, region.pk, role, township) for version, region, role, township in self._places]
        insert(VersionRegion, ("version", "region", "role", "township"), places)
        rows = {article.pk: (row, article) for row, article in self._rows}
        articles = [article for _row, article in rows.values()]
        for key in look_over(articles, hold=True, doubts=False, versions=self._versions.versions):
            row, article = rows[key]
            draft = _("文中疑有个人信息，先存为草稿，请到“个人信息”里核定。")
            waits = _("新的文字疑有个人信息，核定之前读者看到的仍是原来的版本；请到“个人信息”里核定。")
            row.problem = f"{row.problem}{draft if article.status == Status.DRAFT else waits}"[:1000]

    def _outlet(self, name: str | None, region: str) -> Outlet | None:
        if not name:
            return None
        outlet = self._outlets.get((name, region))
        if outlet is None:
            code = region or place_of_outlet(name)
            outlet = propose_outlet(name=name, region_code=code, is_sample=self.batch.is_sample)
            self._outlets[name, region] = outlet
        return outlet

    def _place(self, version: Version, draft: dict[str, Any]) -> str:
        """Gather the places, the primary one first; a code that the division table lacks is named."""
        about: dict[str, Any] | None = draft["about"]
        others = [place for place in draft["places"] if about is None or place["names"] != about["names"]]
        ordered = ([about] if about else []) + others
        self._learn({place["code"] for place in ordered})
        seen: set[tuple[str, str]] = set()
        missing: set[str] = set()
        for place in ordered:
            code = place["code"]
            region = self._regions[code]
            if region is None:
                missing.add(code)
            elif (code, township := _township(place, region)) not in seen:
                seen.add((code, township))
                role = RegionRole.PRIMARY if place is about else RegionRole.OTHER
                self._places.append((version, region, str(role), township))
        if not missing:
            return ""
        return _("区划表中没有代码 %(codes)s，地点未写入。") % {"codes": "、".join(sorted(missing))}

    def _learn(self, codes: set[str]) -> None:
        unknown = codes - self._regions.keys()
        if unknown:
            found = {region.code: region for region in Region.objects.filter(code__in=unknown)}
            self._regions.update({code: found.get(code) for code in unknown})


def _fields(draft: dict[str, Any], row: ImportRow) -> dict[str, Any]:
    """The fields of a version."""
    published, span = draft["published"], draft["span"]
    return {
        "capture": row.capture,
        "item": row.item,
        "span_start": span[0] if span else None,
        "span_end": span[1] if span else None,
        "text_sha256": row.text_sha256,
        "title": draft["title"] or "",
        "title_as_printed": (draft["title_as_printed"] or "")[:300],
        "body": draft["body"],
        "body_simplified": draft["body_simplified"],
        "blocks": draft["blocks"],
        "captions": draft["captions"],
        "furniture": draft["furniture"],
        "script": draft["script"],
        "source_line": (draft["source_line"] or "")[:300],
        "original_source": draft["original_source"] or "",
        "page_label": (draft["page_label"] or "")[:60],
        "dateline": (draft["dateline"] or "")[:120],
        "source_url": row.source_url,
        "editors": draft["editors"],
        "topics": draft["topics"],
        "published": published["value"] or "",
        "published_precision": published["precision"] or "",
        "published_standing": published["status"],
        "published_earliest": _day(published["earliest"]),
        "published_latest": _day(published["latest"]),
        "published_why": published["why"][:300],
    }


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text[:10]) if text else None


def _bylines(drafts: Iterable[tuple[Version, dict[str, Any]]]) -> Iterator[tuple[object, ...]]:
    for version, draft in drafts:
        for position, author in enumerate(draft["authors"]):
            yield version.pk, position, author["name"][:80], author["role"][:20]


def _evidence(version: int, draft: dict[str, Any]) -> Iterator[EvidenceRow]:
    for one in draft["evidence"]:
        yield EvidenceRow(
            version, one["field"][:40], one["value"][:300], one["rule"][:80], one["start"], one["end"], one["text"],
            one["confidence"], one["basis"],
        )  # fmt: skip


def _township(place: dict[str, Any], region: Region) -> str:
    """What the place is below its division: 沿口镇; 台东县成功镇 in Taiwan, whose counties have no code; a new area (天府新区)."""
    names = [str(name) for name in place["names"]]
    if region.name in names:
        return "".join(names[names.index(region.name) + 1 :])[:60]
    return names[-1][:60] if place["level"] == "township" and names else ""

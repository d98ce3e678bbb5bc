"""Every record of the archive as JSON, one object for each outlet, capture, article, cluster, tombstone and batch.

Parts stand within what they belong to. Records name each other by what outlives a database: outlets by
their slug, captures by their identity, articles by their public id, versions by their number, divisions
by their code. They come in the order in which they were first written, which taking in keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Model, Prefetch, QuerySet

from archive.catalog.models import (
    Article,
    Capture,
    Doubt,
    Mask,
    Milestone,
    Outlet,
    Printing,
    Repair,
    ReprintCluster,
    Takedown,
    TextLayer,
    Version,
    VersionRegion,
    Wording,
)
from archive.ingest.models import BatchState, ImportBatch, ImportRow
from archive.search.models import Slogan, SynonymGroup

from .kept import plain_values

Line = dict[str, Any]

#: Records read from the database at a time.
CHUNK = 500
#: Batches that are over. What is still being received, checked or confirmed is not part of the archive yet.
SETTLED = (BatchState.DONE, BatchState.CANCELLED, BatchState.UNDONE)
OF_EVIDENCE = ("evidence", "value")


def _in_order(model: type[Model]) -> QuerySet[Any]:
    return model._default_manager.order_by("pk")


def thesaurus() -> Iterator[Line]:
    for group in SynonymGroup.objects.order_by("pk").prefetch_related("terms"):
        terms = sorted(group.terms.all(), key=lambda term: term.pk)
        yield plain_values(group) | {"terms": [plain_values(term) for term in terms]}


def slogans() -> Iterator[Line]:
    for slogan in _in_order(Slogan):
        yield plain_values(slogan)


def milestones() -> Iterator[Line]:
    for milestone in _in_order(Milestone):
        yield plain_values(milestone)


def wordings() -> Iterator[Line]:
    for wording in _in_order(Wording):
        yield plain_values(wording) | {"milestone": wording.milestone_id}


def outlets() -> Iterator[Line]:
    held = Outlet.objects.order_by("pk").select_related("region").prefetch_related("aliases")
    for outlet in held.iterator(chunk_size=CHUNK):
        yield plain_values(outlet) | {
            "region": outlet.region.code if outlet.region else None,
            "aliases": [alias.name for alias in sorted(outlet.aliases.all(), key=lambda alias: alias.pk)],
        }


def captures() -> Iterator[Line]:
    layers = Prefetch("layers", _in_order(TextLayer).prefetch_related(Prefetch("repairs", _in_order(Repair))))
    held = Capture.objects.order_by("pk").select_related("container").prefetch_related(layers)
    for capture in held.iterator(chunk_size=CHUNK):
        yield plain_values(capture) | {
            "container": capture.container.identity if capture.container else None,
            "layers": [
                plain_values(layer) | {"repairs": [plain_values(repair) for repair in layer.repairs.all()]}
                for layer in capture.layers.all()
            ],
        }


def articles() -> Iterator[Line]:
    versions = (
        Version.objects.order_by("number")
        .select_related("capture")
        .prefetch_related(
            Prefetch("places", _in_order(VersionRegion).select_related("region")),
            *(
                Prefetch(name, _in_order(_related(name)))
                for name in ("bylines", "evidence", "quantities", "proposals", "masks")
            ),
            Prefetch("doubts", _in_order(Doubt)),
        )
    )
    held = Article.objects.order_by("pk").select_related("publisher", "outlet")
    changes = ("revisions", "sightings")
    found = held.prefetch_related(
        Prefetch("versions", versions),
        *(Prefetch(name, _in_order(Article._meta.get_field(name).related_model)) for name in changes),  # type: ignore[arg-type]
    )
    for article in found.iterator(chunk_size=CHUNK):
        number = {version.pk: version.number for version in article.versions.all()}
        yield plain_values(article) | {
            "publisher": article.publisher.slug if article.publisher else None,
            "outlet": article.outlet.slug if article.outlet else None,
            "current": number.get(article.current_version_id or 0),
            "versions": [_version(version) for version in article.versions.all()],
            "revisions": [
                plain_values(one) | {"version": number.get(one.version_id or 0)} for one in article.revisions.all()
            ],
            "sightings": [plain_values(one) for one in article.sightings.all()],
        }


def _related(name: str) -> type[Model]:
    return Version._meta.get_field(name).related_model  # type: ignore[return-value]


def _version(version: Version) -> Line:
    places: dict[int, int] = {one.pk: place for place, one in enumerate(version.evidence.all(), 1)}
    return plain_values(version) | {
        "capture": version.capture.identity,
        "places": [plain_values(place) | {"region": place.region.code} for place in version.places.all()],
        "bylines": [plain_values(line) for line in version.bylines.all()],
        "evidence": [plain_values(one) for one in version.evidence.all()],
        "quantities": [plain_values(one) for one in version.quantities.all()],
        "doubts": [
            plain_values(doubt) | {"evidence": places.get(doubt.evidence_id or 0)} for doubt in version.doubts.all()
        ],
        "proposals": [plain_values(proposal) for proposal in version.proposals.all()],
        "masks": _masks(list(version.masks.all()), places),
    }


def _masks(masks: list[Mask], places: dict[int, int]) -> list[Line]:
    """Masks, with a passage of evidence named by its place among the version's; one that is gone by -1, -2 …"""
    lines, gone = [], 0
    for mask in masks:
        line = plain_values(mask)
        name, _colon, key = mask.part.partition(":")
        if name in OF_EVIDENCE:
            place = places.get(int(key), 0)
            gone -= not place
            line["part"] = f"{name}:{place or gone}"
        lines.append(line)
    return lines


def clusters() -> Iterator[Line]:
    printings = Prefetch("printings", _in_order(Printing).select_related("article"))
    for cluster in ReprintCluster.objects.order_by("pk").prefetch_related(printings).iterator(chunk_size=CHUNK):
        yield plain_values(cluster) | {
            "printings": [
                plain_values(printing) | {"article": printing.article.public_id} for printing in cluster.printings.all()
            ]
        }


def takedowns() -> Iterator[Line]:
    for takedown in Takedown.objects.order_by("pk").select_related("article").iterator(chunk_size=CHUNK):
        yield plain_values(takedown) | {"article": takedown.article.public_id if takedown.article else None}


def batches() -> Iterator[Line]:
    held = ImportBatch.objects.filter(state__in=SETTLED).order_by("pk").prefetch_related("files")
    for batch in held.iterator(chunk_size=CHUNK):
        files = sorted(batch.files.all(), key=lambda file: file.pk)
        yield plain_values(batch) | {"files": [plain_values(file) for file in files]}


def batch_rows() -> Iterator[Line]:
    """Rows of those batches, by batch and number: a batch may have millions."""
    held = ImportRow.objects.filter(batch__state__in=SETTLED).order_by("batch_id", "number")
    related = held.select_related("batch", "capture", "article", "version__article", "twin")
    for row in related.defer("draft", "original", "version__body").iterator(chunk_size=CHUNK):
        version = row.version
        yield plain_values(row) | {
            "batch": row.batch.token,
            "capture": row.capture.identity if row.capture else None,
            "article": row.article.public_id if row.article else None,
            "version": [version.article.public_id, version.number] if version else None,
            "twin": row.twin.public_id if row.twin else None,
        }


#: What stands in data/records, in the order in which it can be taken in.
KINDS: dict[str, Callable[[], Iterator[Line]]] = {
    "thesaurus": thesaurus,
    "slogans": slogans,
    "milestones": milestones,
    "wordings": wordings,
    "outlets": outlets,
    "captures": captures,
    "articles": articles,
    "clusters": clusters,
    "takedowns": takedowns,
    "batches": batches,
    "batch-rows": batch_rows,
}

"""Lines of a bag into rows of the database, with keys of this site's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max, Model

from archive.catalog import models as catalog
from archive.catalog.inserting import insert
from archive.catalog.public_ids import normalise
from archive.ingest import models as ingest
from archive.places.models import Region
from archive.search import models as search

from .kept import MODELS, read_values
from .records import OF_EVIDENCE, Line


class Rows:
    """Gathers rows and inserts them table by table, in an order in which each finds what it names."""

    def __init__(self) -> None:
        self._next = {model: (model._base_manager.aggregate(last=Max("pk"))["last"] or 0) + 1 for model in MODELS}
        self._waiting: dict[type[Model], list[dict[str, Any]]] = defaultdict(list)

    def add(self, model: type[Model], line: Line, **related: Any) -> int:
        """A record from its line; `related` are its other columns. Its key."""
        key = self._next[model]
        self._next[model] += 1
        self._waiting[model].append({"pk": key, **read_values(model, line), **related})
        return key

    def upcoming(self, model: type[Model]) -> int:
        """The key that the next record of this kind will have."""
        return self._next[model]

    def flush(self) -> None:
        for model in MODELS:
            rows = self._waiting.pop(model, [])
            if rows:
                fields = {name: model._meta.pk if name == "pk" else model._meta.get_field(name) for name in rows[0]}
                if model is catalog.Printing:  # its key is its article
                    del fields["pk"]
                prepared = [
                    [field.get_db_prep_save(row[name], connection) for name, field in fields.items()]  # type: ignore[union-attr]
                    for row in rows
                ]
                insert(model, [field.name for field in fields.values()], prepared)

    def settle(self) -> None:
        """Insert what is left, and let the database count on from the keys that were given."""
        self.flush()
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), MODELS):
                cursor.execute(statement)


class _Keys:
    """Keys of this site by what a bag calls a record. ValueError for one that is not there."""

    def __init__(self, model: type[Model], column: str, wanted: Iterable[str | None]) -> None:
        self._name = f"{model._meta.model_name} {column}"
        names = {one for one in wanted if one is not None}
        found = model._base_manager.filter(**{f"{column}__in": names}).values_list(column, "pk")
        self._held: dict[str, int] = dict(found)

    def __setitem__(self, name: str, key: int) -> None:
        self._held[name] = key

    def __getitem__(self, name: str) -> int:
        if name not in self._held:
            raise ValueError(f"{self._name}: {name}")
        return self._held[name]

    def of(self, name: str | None) -> int | None:
        """None stands for itself."""
        return None if name is None else self[name]


def take_in(kind: str, lines: list[Line], rows: Rows) -> None:
    """Insert the records of these lines. KeyError, TypeError, ValueError, ValidationError or IntegrityError where
    they are not what a bag holds."""
    _TAKEN[kind](lines, rows)
    rows.flush()


def _thesaurus(lines: list[Line], rows: Rows) -> None:
    for line in lines:
        group = rows.add(search.SynonymGroup, line)
        for term in line["terms"]:
            rows.add(search.SynonymTerm, term, group=group)


def _slogans(lines: list[Line], rows: Rows) -> None:
    for line in lines:
        rows.add(search.Slogan, line)


def _milestones(lines: list[Line], rows: Rows) -> None:
    for line in lines:
        rows.add(catalog.Milestone, line)


def _wordings(lines: list[Line], rows: Rows) -> None:
    for line in lines:
        rows.add(catalog.Wording, line, milestone=line["milestone"])


def _outlets(lines: list[Line], rows: Rows) -> None:
    regions = _Keys(Region, "code", (line["region"] for line in lines))
    for line in lines:
        outlet = rows.add(catalog.Outlet, line, region=regions.of(line["region"]))
        for name in line["aliases"]:
            rows.add(catalog.OutletAlias, {"name": name}, outlet=outlet)


def _captures(lines: list[Line], rows: Rows) -> None:
    held = _Keys(catalog.Capture, "identity", (line["container"] for line in lines))
    for line in lines:
        capture = rows.add(
            catalog.Capture, line, container=held.of(line["container"]), uploaded_by=None, original_name=""
        )
        held[line["identity"]] = capture
        for layer in line["layers"]:
            key = rows.add(catalog.TextLayer, layer, capture=capture)
            for repair in layer["repairs"]:
                rows.add(catalog.Repair, repair, layer=key)


def _articles(lines: list[Line], rows: Rows) -> None:
    versions = [version for line in lines for version in line["versions"]]
    outlets = _Keys(catalog.Outlet, "slug", (line[name] for line in lines for name in ("outlet", "publisher")))
    captures = _Keys(catalog.Capture, "identity", (version["capture"] for version in versions))
    regions = _Keys(Region, "code", (place["region"] for version in versions for place in version["places"]))
    for line in lines:
        if normalise(line["public_id"]) != line["public_id"]:
            raise ValueError(line["public_id"])
        first = rows.upcoming(catalog.Version)
        numbers = {version["number"]: first + place for place, version in enumerate(line["versions"])}
        current = None if line["current"] is None else numbers[line["current"]]
        article = rows.add(
            catalog.Article,
            line,
            publisher=outlets.of(line["publisher"]),
            outlet=outlets.of(line["outlet"]),
            current_version=current,
        )
        for version in line["versions"]:
            key = rows.add(catalog.Version, version, article=article, capture=captures[version["capture"]])
            _version(version, key, regions, rows)
        for revision in line["revisions"]:
            number = revision["version"]
            version_key = None if number is None else numbers[number]
            rows.add(catalog.Revision, revision, article=article, version=version_key, by=None)
        for sighting in line["sightings"]:
            rows.add(catalog.Sighting, sighting, article=article, by=None)


def _version(line: Line, key: int, regions: _Keys, rows: Rows) -> None:
    for place in line["places"]:
        rows.add(catalog.VersionRegion, place, version=key, region=regions[place["region"]])
    for byline in line["bylines"]:
        rows.add(catalog.Byline, byline, version=key)
    evidence = [rows.add(catalog.Evidence, one, version=key) for one in line["evidence"]]
    for one in line.get("quantities", ()):  # bags of before there were any have none
        rows.add(catalog.Quantity, one, version=key)
    for doubt in line["doubts"]:
        at = doubt["evidence"]
        rows.add(catalog.Doubt, doubt, version=key, evidence=None if at is None else evidence[at - 1], by=None)
    for proposal in line["proposals"]:
        rows.add(catalog.Proposal, proposal, version=key, by=None)
    for mask in line["masks"]:
        part = mask["part"]
        name, _colon, at = part.partition(":")
        if name in OF_EVIDENCE and int(at) > 0:
            part = f"{name}:{evidence[int(at) - 1]}"
        rows.add(catalog.Mask, mask | {"part": part}, version=key, by=None)


def _clusters(lines: list[Line], rows: Rows) -> None:
    articles = _Keys(catalog.Article, "public_id", (one["article"] for line in lines for one in line["printings"]))
    for line in lines:
        cluster = rows.add(catalog.ReprintCluster, line)
        for printing in line["printings"]:
            rows.add(catalog.Printing, printing, cluster=cluster, article=articles[printing["article"]])


def _takedowns(lines: list[Line], rows: Rows) -> None:
    articles = _Keys(catalog.Article, "public_id", (line["article"] for line in lines))
    for line in lines:
        rows.add(catalog.Takedown, line, article=articles.of(line["article"]), by=None)


def _batches(lines: list[Line], rows: Rows) -> None:
    for line in lines:
        batch = rows.add(
            ingest.ImportBatch, line, name=line["token"], created_by=None, worker="", beat_at=None, tries=0
        )
        for file in line["files"]:
            rows.add(ingest.ImportFile, file, batch=batch, name=file["sha256"][:12], columns=[], mapping=[])


def _batch_rows(lines: list[Line], rows: Rows) -> None:
    batches = _Keys(ingest.ImportBatch, "token", (line["batch"] for line in lines))
    captures = _Keys(catalog.Capture, "identity", (line["capture"] for line in lines))
    named = [line[name] for line in lines for name in ("article", "twin")]
    articles = _Keys(catalog.Article, "public_id", named)
    shown = [line["version"][0] for line in lines if line["version"]]
    found = catalog.Version.objects.filter(article__public_id__in=shown)
    versions = {(name, number): key for name, number, key in found.values_list("article__public_id", "number", "pk")}
    for line in lines:
        rows.add(
            ingest.ImportRow,
            line,
            batch=batches[line["batch"]],
            capture=captures.of(line["capture"]),
            article=articles.of(line["article"]),
            version=versions[tuple(line["version"])] if line["version"] else None,
            twin=articles.of(line["twin"]),
            file="",
            draft=None,
            original="",
        )


_TAKEN = {
    "thesaurus": _thesaurus,
    "slogans": _slogans,
    "milestones": _milestones,
    "wordings": _wordings,
    "outlets": _outlets,
    "captures": _captures,
    "articles": _articles,
    "clusters": _clusters,
    "takedowns": _takedowns,
    "batches": _batches,
    "batch-rows": _batch_rows,
}

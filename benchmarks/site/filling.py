"""Fill an empty site with passages as published articles, past the import: only the reading of them is measured."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator
from datetime import date

from django.core.management import call_command

from archive.catalog.models import Article, Byline, Capture, Evidence, Outlet, Version, VersionRegion
from archive.catalog.public_ids import new_public_ids
from archive.catalog.quantities import note_quantities
from archive.places.models import Region

from ..search_speed.corpus import Passage, passages

_BATCH = 2_000


def fill(count: int) -> None:
    """Migrate, load divisions, write `count` articles with outlet, place and day, build the index."""
    call_command("migrate", verbosity=0)
    call_command("prepare", verbosity=0)
    places = _places()
    outlets: dict[str, Outlet] = {}
    for batch in _batches(passages(count)):
        _outlets(batch, outlets, places)
        _write(batch, outlets, places)
    call_command("rebuild_index", interactive=False, verbosity=0)


def _places() -> dict[str, list[Region]]:
    """Short name of a province, as passages have it → its counties, and itself where it has none."""
    places: dict[str, list[Region]] = {}
    provinces = {one.code[:2]: one for one in Region.objects.filter(level="province").order_by("code")}
    for code, province in provinces.items():
        counties = Region.objects.filter(level="county", code__startswith=code, valid_from=None, valid_to=None)
        places[province.short_name] = list(counties.order_by("code")) or [province]
    return places


def _place(row: Passage, key: int, places: dict[str, list[Region]]) -> Region | None:
    """A county of the province of a passage, by a key: passages name no county."""
    held = places.get(row.province)
    return held[key % len(held)] if held else None


def _batches(rows: Iterable[Passage]) -> Iterator[list[Passage]]:
    remaining = iter(rows)
    while batch := list(itertools.islice(remaining, _BATCH)):
        yield batch


def _outlets(batch: list[Passage], held: dict[str, Outlet], places: dict[str, list[Region]]) -> None:
    new = {row.outlet: row for row in batch if row.outlet not in held}
    made = [
        Outlet(
            name=name,
            slug=f"outlet-{len(held) + number}",
            region=_place(row, len(held) + number, places),
            confirmed=True,
        )
        for number, (name, row) in enumerate(new.items())
    ]
    held |= {outlet.name: outlet for outlet in Outlet.objects.bulk_create(made)}


def _write(batch: list[Passage], outlets: dict[str, Outlet], places: dict[str, list[Region]]) -> None:
    public = new_public_ids(len(batch))
    articles = Article.objects.bulk_create(
        Article(public_id=public_id, outlet=outlets[row.outlet], publisher=outlets[row.outlet], status="published")
        for public_id, row in zip(public, batch, strict=True)
    )
    # One each, as imports of single texts have it; the bytes are in no store, and no page that is measured reads them.
    captures = Capture.objects.bulk_create(_capture(row) for row in batch)
    versions = Version.objects.bulk_create(
        _version(article, row, capture) for article, row, capture in zip(articles, batch, captures, strict=True)
    )
    for article, version in zip(articles, versions, strict=True):
        article.current_version = version
    Article.objects.bulk_update(articles, ["current_version"], batch_size=500)
    VersionRegion.objects.bulk_create(
        VersionRegion(version=version, region=place, role="primary")
        for version, row in zip(versions, batch, strict=True)
        if (place := _place(row, row.key, places)) is not None
    )
    Byline.objects.bulk_create(Byline(version=version, position=1, name=f"示例记者{version.pk % 97}", role="记者") for version in versions)  # fmt: skip
    Evidence.objects.bulk_create(
        Evidence(version=version, field=field, value=value, rule="示例", text=value, confidence=0.9, basis="stated")
        for version, row in zip(versions, batch, strict=True)
        for field, value in (("title", row.title), ("published", row.day), ("outlet", row.outlet), ("region", row.province))
    )  # fmt: skip
    note_quantities(versions, fresh=True)


def _capture(row: Passage) -> Capture:
    digest = hashlib.sha256(f"{row.key} {row.text}".encode()).hexdigest()
    return Capture(sha256=digest, size=len(row.text.encode()), media_type="text/plain", identity=digest)


def _version(article: Article, row: Passage, capture: Capture) -> Version:
    blocks, place = [], 0
    for line in row.text.split("\n"):
        if line.strip():
            blocks.append({"kind": "paragraph", "text": line, "start": place, "end": place + len(line)})
        place += len(line) + 1
    body = "\n\n".join(str(one["text"]) for one in blocks) or row.title
    day = date.fromisoformat(row.day)
    return Version(
        article=article, capture=capture, item=row.key, title=row.title[:300], title_as_printed=row.title[:300],
        text_sha256=hashlib.sha256(f"{row.key}".encode()).hexdigest(), body=body, body_simplified=body, blocks=blocks,
        script="Hans", published=row.day, published_precision="day", published_standing="stated",
        published_earliest=day, published_latest=day,
    )  # fmt: skip

"""Keep what was received: the captures of pieces, the layers of their text, the repairs."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from archive.catalog import store
from archive.catalog.bulk import Receipt, keep_captures
from archive.catalog.fingerprints import capture_identity
from archive.catalog.inserting import insert
from archive.catalog.models import Capture, Repair, TextLayer
from archive.ingest.models import ImportBatch
from archive.ingest.prepared import Prepared, PreparedLayer
from archive.ingest.readers import Received, Source
from archive.ingest.records import RepairMade

#: The version of the rules that make layers: changes when the same bytes may give another text.
RULES = "2026-11"

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Keeper:
    """Keeps the captures of one check. Containers (zip, table) are kept once, when first needed."""

    def __init__(self, batch: ImportBatch) -> None:
        self.batch = batch
        # By the identity of the object, which is held so that it stays its own.
        self._containers: dict[int, tuple[Received, Capture]] = {}
        self._hashes: dict[int, tuple[Received, str]] = {}

    def identity(self, source: Source, sha256: str) -> str:
        """The identity that the capture of `source` (bytes of that hash) has or will have; nothing is kept yet."""
        moment = moment_of(source.captured_at)
        return capture_identity(
            sha256,
            source.source_url or "",
            moment.isoformat() if moment else "",
            self._hash(source.container) if source.container else "",
            source.member,
            _place(source),
        )

    def keep(self, read: Mapping[str, tuple[Source, Prepared]]) -> dict[str, Capture]:
        """The captures of pieces, each given under its identity, with their layers and repairs; by identity."""
        captures = keep_captures(self._receipt(source, prepared.sha256) for source, prepared in read.values())
        _keep_layers({captures[identity]: prepared for identity, (_source, prepared) in read.items()})
        return captures

    def _receipt(self, source: Source, sha256: str) -> Receipt:
        if source.container is None:
            store.store(source.data)  # else its bytes stand in the container
        return Receipt(
            sha256=sha256,
            size=len(source.data),
            media_type=source.media_type,
            original_name=(source.member or source.name).rsplit("/", 1)[-1],
            source_url=source.source_url or "",
            captured_at=moment_of(source.captured_at),
            uploaded_by=self.batch.created_by,
            container=self._container(source.container) if source.container else None,
            member=source.member,
            offset=_place(source),
        )

    def _container(self, received: Received) -> Capture:
        held = self._containers.get(id(received))
        if held is None:
            self._forget_others(received)
            stored = None if received.sha256 else store.store(received.chunks())
            receipt = Receipt(
                sha256=stored.sha256 if stored else received.sha256,
                size=stored.size if stored else received.size(),
                media_type=received.media_type,
                original_name=received.name.rsplit("/", 1)[-1],
                uploaded_by=self.batch.created_by,
                container=self._container(received.inside) if received.inside else None,
                member=received.member,
            )
            capture = keep_captures([receipt])[receipt.identity]
            held = self._containers[id(received)] = (received, capture)
        return held[1]

    def _forget_others(self, received: Received) -> None:
        """Let go of containers that `received` is not in: pieces come in order, and inner files are held in memory."""
        chain: set[int] = set()
        step: Received | None = received
        while step is not None:
            chain.add(id(step))
            step = step.inside
        for held in (self._containers, self._hashes):
            for key in held.keys() - chain:
                del held[key]

    def _hash(self, received: Received) -> str:
        held = self._hashes.get(id(received))
        if held is None:
            digest = hashlib.sha256()
            if not received.sha256:
                for chunk in received.chunks():
                    digest.update(chunk)
            held = self._hashes[id(received)] = (received, received.sha256 or digest.hexdigest())
        return held[1]


def _place(source: Source) -> int | None:
    return source.offset if source.offset is not None else source.number or None


def _keep_layers(read: dict[Capture, Prepared]) -> None:
    """The layers of captures that have none by these rules."""
    having = set(TextLayer.objects.filter(capture__in=read, rules=RULES).values_list("capture", flat=True))
    new = [(capture.pk, prepared) for capture, prepared in read.items() if capture.pk not in having]
    columns = ("capture", "kind", "encoding", "rules", "sha256", "length", "text")
    insert(TextLayer, columns, (_layer(key, layer) for key, prepared in new for layer in prepared.layers))
    mended = {key: prepared for key, prepared in new if prepared.repairs}
    last = TextLayer.objects.filter(capture__in=mended, rules=RULES, kind=TextLayer.Kind.REPAIRED)
    Repair.objects.bulk_create(_repair(layer, repair) for layer in last for repair in mended[layer.capture_id].repairs)


def _layer(capture: int, layer: PreparedLayer) -> tuple[object, ...]:
    return capture, layer.kind, layer.encoding, RULES, layer.sha256, layer.length, layer.text


def _repair(layer: TextLayer, made: RepairMade) -> Repair:
    return Repair(
        layer=layer,
        rule=made.rule[:60],
        start=made.start,
        end=made.end,
        before=made.before,
        after=made.after,
        confidence=made.confidence,
        state=made.state,
    )


def moment_of(text: str | None) -> dt.datetime | None:
    """A time of capture; without a zone it is Chinese time."""
    if not text:
        return None
    moment = dt.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)

"""The captures of the archive as WARC (ISO 28500), for programs that read nothing else: one `resource` record each."""

from __future__ import annotations

import hashlib
import io
import json
import uuid
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import BinaryIO

from django.utils.encoding import iri_to_uri
from warcio.warcwriter import WARCWriter

from archive.catalog import store
from archive.catalog.contained import Reader
from archive.catalog.models import Capture

from .bags import BagWriter

#: A file is closed when it holds so many bytes of captures; 1 GB is what the standard advises.
FILE_SIZE = 10**9


def write_warcs(bag: BagWriter, journal: Path) -> int:
    """Write warc/captures-….warc into the bag; how many records. Files that `journal` notes as whole are not written again.

    Not compressed, so that another version of zlib cannot make another file. Captures that hold others
    (archives, tables) are not repeated: their members are here, and they themselves among the bytes of the bag.
    """
    journal.mkdir(parents=True, exist_ok=True)
    count = 0
    with Reader() as reader:
        for number, keys in enumerate(_files(), 1):
            name = f"warc/captures-{number:05}.warc"
            captures = list(Capture.objects.filter(pk__in=keys).select_related("container").order_by("pk"))
            plan = hashlib.sha256("\n".join(one.identity for one in captures).encode()).hexdigest()
            note = journal / f"{number:05}.json"
            noted = json.loads(note.read_text()) if note.exists() else {}
            if noted.get("plan") == plan and (bag.root / "data" / name).exists():
                bag.adopt(name, noted["sha256"])
            else:
                sha256 = bag.write(name, _chunks(captures, reader, name))
                note.write_text(json.dumps({"plan": plan, "sha256": sha256}))
            count += len(captures)
    return count


def _files() -> Iterator[list[int]]:
    """Keys of the captures of each file."""
    keys: list[int] = []
    size = 0
    alone = Capture.objects.filter(erased_at=None, members=None).order_by("pk")
    for key, octets in alone.values_list("pk", "size").iterator(chunk_size=2000):
        if keys and (size + octets > FILE_SIZE or len(keys) == 20_000):
            yield keys
            keys, size = [], 0
        keys.append(key)
        size += octets
    if keys:
        yield keys


def _chunks(captures: list[Capture], reader: Reader, name: str) -> Iterator[bytes]:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    fields = b"format: WARC File Format 1.0\r\n"
    writer.write_record(
        writer.create_warc_record(
            "",
            "warcinfo",
            payload=io.BytesIO(fields),
            length=len(fields),
            warc_content_type="application/warc-fields",
            warc_headers_dict=_headers(captures[0], name) | {"WARC-Filename": name.rsplit("/", 1)[-1]},
        )
    )
    yield _taken(out)
    for capture in captures:
        with _opened(capture, reader) as payload:
            writer.write_record(
                writer.create_warc_record(
                    _address(capture),
                    "resource",
                    payload=payload,
                    length=capture.size,
                    warc_content_type=capture.media_type or "application/octet-stream",
                    warc_headers_dict=_headers(capture, capture.identity)
                    | {
                        "WARC-Payload-Digest": f"sha256:{capture.sha256}",
                        "WARC-Block-Digest": f"sha256:{capture.sha256}",
                    },
                )
            )
        yield _taken(out)


def _taken(out: io.BytesIO) -> bytes:
    data = out.getvalue()
    out.seek(0)
    out.truncate()
    return data


def _opened(capture: Capture, reader: Reader) -> BinaryIO:
    path = store.path_of(capture.sha256)
    return path.open("rb") if path.exists() else io.BytesIO(reader.read(capture))


def _address(capture: Capture) -> str:
    return iri_to_uri(capture.source_url) if ":" in capture.source_url else f"urn:sha256:{capture.sha256}"


def _headers(capture: Capture, name: str) -> dict[str, str]:
    """The same capture has the same record id and date in every export."""
    seen = (capture.captured_at or capture.received_at).astimezone(UTC)
    return {
        "WARC-Record-ID": f"<{uuid.uuid5(uuid.NAMESPACE_URL, name).urn}>",
        "WARC-Date": seen.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }

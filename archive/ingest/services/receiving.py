"""Receive files: their bytes into the file store, their names into a batch. Nothing is read yet."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from archive.catalog import store
from archive.ingest.models import ImportBatch, ImportFile
from archive.ingest.readers import Received

from .refusals import BatchRefused

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def receive(
    *,
    files: Iterable[Received],
    source: str,
    name: str = "",
    by: User | None = None,
    outlet: str = "",
    publish: bool = True,
) -> ImportBatch:
    """Keep the files of one upload. Raises BatchRefused when there are none.

    `outlet` is who printed the pieces that name nobody. Bytes go into the store before the records
    that name them, so that a crash leaves at most bytes that `release` finds unneeded.
    """
    kept = [(received, store.store(received.chunks())) for received in files]
    if not kept:
        raise BatchRefused(_("没有收到文件，也没有收到文字。"))
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            name=(name or _title(kept[0][0].name, len(kept)))[:200],
            source=source,
            created_by=by,
            outlet=outlet.strip()[:120],
            publish=publish,
        )
        taken: set[str] = set()
        for position, (received, stored) in enumerate(kept):
            ImportFile.objects.create(
                batch=batch,
                position=position,
                name=_free_name(received.name[:480], taken),
                sha256=stored.sha256,
                size=stored.size,
            )
    return batch


def pasted(text: str) -> Received:
    """Pasted text as a file."""
    return Received(_("粘贴的文字") + ".txt", partial(io.BytesIO, text.encode("utf-8", "surrogatepass")))


def typed(fields: Mapping[str, str]) -> Received:
    """One article typed in, as one JSON line of its fields."""
    line = json.dumps({key: value for key, value in fields.items() if value}, ensure_ascii=False)
    return Received(_("手工录入") + ".jsonl", partial(io.BytesIO, line.encode("utf-8", "surrogatepass")))


def _title(first: str, count: int) -> str:
    return first if count == 1 else _("%(first)s 等 %(count)d 个文件") % {"first": first, "count": count}


def _free_name(name: str, taken: set[str]) -> str:
    """Two files of one name are told apart: 报纸.txt, 报纸 (2).txt."""
    stem, dot, ending = name.rpartition(".")
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{stem} ({number}){dot}{ending}" if dot else f"{name} ({number})"
    taken.add(free)
    return free

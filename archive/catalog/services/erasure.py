"""Erasure by law: the text and its bytes are destroyed; hash, reason and date stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.text.script import HAN

from .. import store
from ..contained import Reader
from ..errors import CatalogError
from ..models import Article, Capture, Repair, Takedown, TextLayer, Version
from ..reprints.placing import leave_cluster
from ..signals import texts_erased
from .history import claim

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: So many Chinese characters in a row tell a text, and so does a whole text of fewer; what is shorter may stand anywhere.
QUOTED, WHOLE = 20, 12
#: A character as JSON writes it in ASCII.
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


@transaction.atomic
def erase(*, article: Article, reason: str, by: User | None = None, seen: int | None = None) -> Takedown:
    """Destroy an article with all its versions, and the bytes of every capture that shows them.

    A page or a container that held neighbours too goes with it; the neighbours keep what was read of them,
    and those in a container keep their own bytes. The tombstone keeps the hash of the bytes and that of the text,
    by which it is recognised when somebody brings it again. The search index takes it out of its files after the commit. Raises CatalogError without a reason or when the article
    changed since it had `seen` changes (see `claim`), StoreError when a neighbour's bytes cannot be saved first.
    """
    if not reason.strip():
        raise CatalogError(_("依法删除须写明理由。"))
    claim(article=article, seen=seen)
    _overwrite_what_is_deleted()
    versions = list(article.versions.select_related("capture"))
    shown = article.current_version or (versions[-1] if versions else None)
    takedown, _created = Takedown.objects.update_or_create(
        public_id=article.public_id,
        lifted_at=None,
        defaults={
            "article": None,
            "kind": Takedown.Kind.ERASED,
            "reason": reason.strip()[:300],
            "sha256": shown.capture.sha256 if shown else "",
            "text_sha256": shown.text_sha256 if shown else "",
            "by": by,
        },
    )
    for version in versions:
        _forget_layers(version)
    _destroy({version.capture.sha256 for version in versions})
    texts_erased.send(sender=Article, keys=[article.pk], texts=[version.text_sha256 for version in versions])
    _forget_traces(article, versions)
    leave_cluster(article.pk)
    article.delete()
    return takedown


@transaction.atomic
def erase_bytes(*, captures: Iterable[Capture], files: Iterable[str] = ()) -> None:
    """Destroy the bytes of captures that hold an erased text, of all that contain them, and the files of these hashes.

    Other members of a container keep bytes of their own, other pieces of such a capture what was read of them.
    Raises StoreError when a neighbour's bytes cannot be saved first.
    """
    hashes = {capture.sha256 for capture in captures}
    # Of what is erased already, only what lay in the erased piece was forgotten: the rest is its neighbours'.
    layers = TextLayer.objects.filter(capture__sha256__in=hashes, capture__erased_at__isnull=True)
    Repair.objects.filter(layer__in=layers).delete()
    layers.update(text="")
    _destroy(hashes | set(files), loose=set(files))


def _destroy(hashes: set[str], loose: Iterable[str] = ()) -> None:
    """Mark the captures of these bytes and all that contain them as erased; the files go after the commit."""
    doomed: dict[int, Capture] = {}
    waiting = list(Capture.objects.filter(sha256__in=hashes).select_related("container"))
    while waiting:
        capture = waiting.pop()
        if capture.pk not in doomed:
            doomed[capture.pk] = capture
            if capture.container is not None:
                waiting.append(Capture.objects.select_related("container").get(pk=capture.container.pk))
    _save_neighbours(doomed)
    Capture.objects.filter(pk__in=doomed).update(restricted=True, erased_at=timezone.now())
    files = {*loose, *(capture.sha256 for capture in doomed.values())}

    def destroy() -> None:
        for sha256 in files:
            store.destroy(sha256)

    transaction.on_commit(destroy)


def _save_neighbours(doomed: dict[int, Capture]) -> None:
    """Give the other members of containers that go a file of their own."""
    with Reader() as reader:
        members = Capture.objects.filter(container__in=doomed, erased_at__isnull=True).exclude(pk__in=doomed)
        for member in members.select_related("container").order_by("container_id", "pk"):
            store.store(reader.read(member))


def _forget_layers(version: Version) -> None:
    """Layers keep no text of it, nor do the repairs that lie in it."""
    layers = TextLayer.objects.filter(capture__sha256=version.capture.sha256)
    layers.update(text="")
    start, end = version.span_start, version.span_end
    for layer in layers.filter(kind=TextLayer.Kind.REPAIRED):
        shift, gone = 0, []
        for repair in layer.repairs.order_by("start", "pk"):
            place = repair.start + shift
            if start is None or end is None or (place < end and place + len(repair.after) > start):
                gone.append(repair.pk)
            if repair.state == "applied":
                shift += len(repair.after) - len(repair.before)
        Repair.objects.filter(pk__in=gone).delete()


def _forget_traces(article: Article, versions: list[Version]) -> None:
    """What else names the text: rows of imports (kept by the ingest room), and the log of the admin."""
    for related in article._meta.related_objects:
        if related.name == "rows":
            _forget_rows(related.related_model._base_manager.all(), article, versions)
    for model, keys in ((Article, [article.pk]), (Version, [version.pk for version in versions])):
        kind = ContentType.objects.get_for_model(model)
        LogEntry.objects.filter(content_type=kind, object_id__in=[str(key) for key in keys]).delete()


def _forget_rows(rows: QuerySet[Any], article: Article, versions: list[Version]) -> None:
    """Rows that made it, found it held or wait with it keep no draft; those with a fault no line of the file that it
    came in (whose bytes go too), nor any that quotes it."""
    files = set(rows.filter(article=article).values_list("batch", "file"))
    told = {_letters(version.body) for version in versions}
    short = {one for one in told if WHOLE <= len(one) < QUOTED}
    runs = {run for one in told for run in _runs(one)}
    gone = []
    # Compared here: how a table or JSON writes marks and lines differs, and no database compares letters alone.
    lines = rows.exclude(original="").values_list("pk", "batch", "file", "original")
    for key, batch, file, original in lines.iterator(chunk_size=500):
        letters = _letters(original)
        quotes = any(run in runs for run in _runs(letters)) or any(one in letters for one in short)
        if quotes or (batch, file) in files:
            gone.append(key)
    for start in range(0, len(gone), 500):
        rows.filter(pk__in=gone[start : start + 500]).update(original="")
    texts = [version.text_sha256 for version in versions]
    # What waits keeps the hash, as the tombstone does: by it the check that is going on finds what it is to let go of.
    rows.filter(article__isnull=True, text_sha256__in=texts).update(draft=None, problem="")
    rows.filter(article=article).update(draft=None, text_sha256="", problem="")


def _letters(text: str) -> str:
    """The Chinese characters alone, also of JSON in ASCII."""
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return "".join(HAN.findall(plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")))


def _runs(letters: str) -> Iterator[str]:
    return (letters[start : start + QUOTED] for start in range(len(letters) - QUOTED + 1))


def _overwrite_what_is_deleted() -> None:
    """SQLite leaves deleted rows legible in its file unless told otherwise, and in its journal until a checkpoint."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = ON")

    def settle() -> None:
        if connection.in_atomic_block:
            return
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA secure_delete = OFF")

    transaction.on_commit(settle)

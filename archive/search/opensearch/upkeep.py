"""Keeping the index of the cluster the same as the database: updating, rebuilding beside, comparing and mending.

Each write carries the time at which its article was read as its version: of two writers the one that read later
wins, whatever the order in which they arrive, and a write that is sent twice stands once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from opensearchpy import helpers
from opensearchpy.exceptions import NotFoundError, RequestError

from ..engine.documents import digest_of, document_of
from ..engine.upkeep import CHUNK, Differences, searchable
from . import layout
from .connection import PATIENCE_OF_WRITES, Unreachable, alias, building, client, indices_of, reaching


def update(keys: Iterable[int]) -> int:
    """Bring these articles up to date: indexed when readers may find them, removed when not. Returns how many stand in the index.

    Unreachable when no node takes them: nothing is lost then, for the caller keeps what waits.
    """
    wanted = sorted(set(keys))
    present = indices_of(alias()) or [create(alias())]
    targets = [*present, *indices_of(building())]
    count = 0
    for start in range(0, len(wanted), CHUNK):
        count += _write(targets, wanted[start : start + CHUNK])
    reaching(lambda: client().indices.refresh(index=",".join(targets)))
    return count


def _write(targets: Sequence[str], keys: list[int]) -> int:
    stamp = time.time_ns()  # before the reading: what is read later wins
    sources = {article.pk: layout.source_of(document_of(article)) for article in searchable().filter(pk__in=keys)}
    gone = [key for key in keys if key not in sources]
    for name in targets:
        _send([*_indexing(name, sources, stamp), *_removing(name, gone, stamp)])
    return len(sources)


def _indexing(name: str, sources: dict[int, dict[str, Any]], stamp: int) -> Iterator[dict[str, Any]]:
    for key, source in sources.items():
        yield {"_op_type": "index", **_to(name, key, stamp), "_source": source}


def _removing(name: str, keys: Iterable[int], stamp: int) -> Iterator[dict[str, Any]]:
    for key in keys:
        yield {"_op_type": "delete", **_to(name, key, stamp)}


def _to(name: str, key: int, stamp: int) -> dict[str, Any]:
    return {"_index": name, "_id": str(key), "version": stamp, "version_type": "external_gte"}


def _send(actions: Iterable[dict[str, Any]]) -> None:
    """Write in bulk. A conflict means that something newer stands there; 404 that what goes was not there."""
    bulk = lambda: list(helpers.streaming_bulk(  # noqa: E731
        client(), actions, chunk_size=CHUNK, raise_on_error=False, max_retries=5, initial_backoff=1,
        request_timeout=PATIENCE_OF_WRITES,
    ))  # fmt: skip
    failed = [
        one for good, answer in reaching(bulk) if not good for one in answer.values() if one["status"] not in (404, 409)
    ]
    if not failed:
        return
    if any(one["status"] in (429, 503) for one in failed):
        raise Unreachable(f"{len(failed)} articles could not be written: {failed[0].get('error')}")
    raise ValueError(f"{len(failed)} articles were refused: {failed[0].get('error')}")


def create(under: str) -> str:
    """A new empty index under an alias; returns its own name."""
    name = f"{alias()}-{time.time_ns():x}"
    body = {**layout.body(), "aliases": {under: {}}}
    reaching(lambda: client().indices.create(index=name, body=body))
    return name


def clear() -> None:
    """Empty the index (an index stands there afterwards, with nothing in it)."""
    _drop(indices_of(building()))
    _swap(create(building()))


def expunge(keys: Iterable[int]) -> None:
    """Take articles out whose texts were destroyed, and have the nodes merge away what they keep of them.

    Copies of a shard that fell behind may make a node keep deleted documents some hours longer; a rebuilt index has none.
    """
    update(keys)
    names = ",".join([*indices_of(alias()), *indices_of(building())])
    allowed = {"index.merge.policy.expunge_deletes_allowed": 0}
    reaching(lambda: client().indices.put_settings(index=names, body=allowed))
    reaching(lambda: client().indices.flush(index=names))
    reaching(lambda: client().indices.forcemerge(index=names, params={"only_expunge_deletes": "true"}))


def tidy() -> None:
    """Nothing is left for later: the nodes merge by themselves."""


def rebuild(*, progress: Callable[[int], None] = lambda count: None) -> int:
    """Build anew beside the present index, swap, and compare. Returns how many articles stand in it.

    Readers see the old index until the swap; saves go to both from the beginning on.
    """
    _drop(indices_of(building()))
    name = create(building())
    count = 0
    keys: list[int] = []
    for key in searchable().values_list("pk", flat=True).iterator(chunk_size=CHUNK):
        keys.append(key)
        if len(keys) == CHUNK:
            count += _write([name], keys)
            progress(count)
            keys = []
    count += _write([name], keys)
    reaching(lambda: client().indices.refresh(index=name))
    _swap(name)
    mend(compare())
    progress(count)
    return held()


def _swap(name: str) -> None:
    """Let the alias mean this index, in one step, and remove those that it meant before."""
    actions: list[dict[str, Any]] = [
        {"add": {"index": name, "alias": alias()}},
        {"remove": {"index": name, "alias": building()}},
        *({"remove_index": {"index": before}} for before in indices_of(alias()) if before != name),
    ]
    reaching(lambda: client().indices.update_aliases(body={"actions": actions}))


def _drop(names: Iterable[str]) -> None:
    for name in names:
        reaching(lambda name=name: client().indices.delete(index=name, params={"ignore_unavailable": "true"}))  # type: ignore[misc]


def held() -> int:
    """How many articles stand in the index."""
    return int(reaching(lambda: client().count(index=alias()))["count"])


def in_order() -> bool:
    """Whether there is an index, written as this program writes it. Unreachable."""
    found = indices_of(alias())
    if len(found) != 1:
        return False
    mapping = reaching(lambda: client().indices.get_mapping(index=found[0]))[found[0]]["mappings"]
    return bool(mapping.get("_meta") == layout.written_with())


def digests() -> dict[int, str]:
    """Primary key → digest of every article of the index."""
    asked: dict[str, Any] = {"size": 5_000, "_source": False, "docvalue_fields": ["digest"], "sort": [{"pk": "asc"}]}
    found: dict[int, str] = {}
    while True:
        hits = reaching(lambda: client().search(index=alias(), body=asked))["hits"]["hits"]
        if not hits:
            return found
        found |= {int(hit["_id"]): hit["fields"]["digest"][0] for hit in hits}
        asked["search_after"] = hits[-1]["sort"]


def compare() -> Differences:
    """Compare index and database, article by article, by hashes of everything that is indexed."""
    found = Differences()
    try:
        reaching(lambda: client().indices.refresh(index=alias()))
        there = digests()
    except (NotFoundError, RequestError):
        there = {}
    for article in searchable().iterator(chunk_size=CHUNK):
        if article.pk not in there:
            found.missing.append(article.pk)
        elif there.pop(article.pk) != digest_of(article):
            found.stale.append(article.pk)
    found.surplus = sorted(there)
    return found


def mend(differences: Differences) -> int:
    """Index anew what differs; returns how many articles were touched."""
    keys = differences.all()
    if keys:
        update(keys)
    return len(keys)

"""Which held articles a text is a copy of: candidates by shared keys, judged by their shingles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection, transaction

from archive.text.shingles import Fingerprint, fingerprint

from ..inserting import insert
from ..models import Article, CopyKey, CopyPrint, Precision, Printing, ReprintCluster, Version
from .placing import place, settle_original
from .telling import telling

#: A key that so many texts have tells nothing more; further texts do not get it.
MOST_HOLDERS = 64
#: Candidates judged for one text: those that share the most keys.
MOST_JUDGED = 30
#: Keys in one question to the database. They stand in it as they are: a parameter costs more than the answer.
KEYS_AT_ONCE = 5_000
#: Printed further apart than this, only texts that are nearly one (SURE) are copies: what comes back each
#: month or year in the same words (an opening, a bulletin) is another story.
FAR_APART = 62
SURE = 0.8
_TO_THE_DAY = frozenset({Precision.SECOND, Precision.MINUTE, Precision.DAY})


@dataclass(frozen=True, slots=True)
class Match:
    """A held article and the share of the shorter of the two texts that stands in the other."""

    article_id: int
    overlap: float


@dataclass(slots=True)
class _Text:
    print: Fingerprint
    keys: list[int]
    sought: list[int]
    day: date | None


def alike(texts: Sequence[str]) -> list[list[Match]]:
    """For each text (a simplified body, not held yet) the articles that it is a copy of, the most alike first."""
    return _matches([_read(text, None) for text in texts])


@transaction.atomic
def find_copies(articles: Iterable[Article]) -> int:
    """Note the current texts of these articles and place each among its copies; returns how many have any.

    Run again it changes nothing but what has changed. What editors settled stays (see placing).
    """
    matches = note_texts(articles)
    with telling({*matches, *(match.article_id for found in matches.values() for match in found)}, at_once=False):
        _place_all(matches)
    return sum(bool(found) for found in matches.values())


def _place_all(matches: dict[int, list[Match]]) -> None:
    printed = set(Printing.objects.filter(pk__in=matches).values_list("pk", flat=True))
    touched: set[int] = set()
    for key, found in matches.items():
        others = [(match.article_id, match.overlap) for match in found if match.article_id != key]
        cluster = place(key, others) if others or key in printed else None
        touched |= {cluster.pk} if cluster is not None else set()
    for cluster in ReprintCluster.objects.filter(pk__in=touched):
        settle_original(cluster)


@transaction.atomic
def note_texts(articles: Iterable[Article]) -> dict[int, list[Match]]:
    """Note the current texts of these articles, so that others are compared with them; the matches of each."""
    current = {one.pk: one.current_version for one in articles if one.current_version is not None}
    if not current:
        return {}
    texts = {key: _read(version.body_simplified, version.day) for key, version in current.items()}
    CopyKey.objects.filter(article_id__in=current).delete()
    _keep_prints(current, texts)
    return dict(zip(texts, _matches(list(texts.values()), own=list(texts)), strict=True))


def _read(text: str, day: date | None) -> _Text:
    print_, keys, sought = fingerprint(text)
    return _Text(print_, keys, sought, day)


def _keep_prints(current: dict[int, Version], texts: dict[int, _Text]) -> None:
    packed = [
        (
            key,
            version.pk,
            *(part.astype("<u4").tobytes() for part in (texts[key].print.shingles, texts[key].print.figures)),
        )
        for key, version in current.items()
    ]
    insert(CopyPrint, ["article", "version", "shingles", "figures"], packed, replacing=["article"])


def _matches(texts: list[_Text], own: list[int] | None = None) -> list[list[Match]]:
    """The matches of each text among what is held, and, where they have keys of their own (`own`), before it.

    With `own`, the keys of the texts are kept, but those that many hold already.
    """
    holders = _holders({key for text in texts for key in text.sought})
    candidates: list[list[int]] = []
    new: list[tuple[int, int]] = []
    for number, text in enumerate(texts):
        shared: Counter[int] = Counter()
        for key in text.sought:
            shared.update(holders.get(key, ()))
        candidates.append([article for article, _count in shared.most_common(MOST_JUDGED)])
        if own is not None:
            for key in text.keys:
                if len(holders[key]) < MOST_HOLDERS:
                    holders[key].append(own[number])
                    new.append((key, own[number]))
    # In the order of the index, so that each of its pages is written once in a transaction.
    insert(CopyKey, ["key", "article"], sorted(new))
    held = _held({article for some in candidates for article in some})
    return [
        _judged(text, [(one, *held[one]) for one in some if one in held])
        for text, some in zip(texts, candidates, strict=True)
    ]


def _held(articles: set[int]) -> dict[int, tuple[Fingerprint, date | None]]:
    """What is compared of these articles, and the day of publication where it is known to the day."""
    rows = CopyPrint.objects.filter(pk__in=articles).values_list(
        "pk", "shingles", "figures", "version__published_precision", "version__published_earliest"
    )
    return {
        key: (
            Fingerprint(np.frombuffer(bytes(shingles), "<u4"), np.frombuffer(bytes(figures), "<u4")),
            earliest if precision in _TO_THE_DAY else None,
        )
        for key, shingles, figures, precision, earliest in rows
    }


def _holders(keys: set[int]) -> defaultdict[int, list[int]]:
    holders: defaultdict[int, list[int]] = defaultdict(list)
    ordered = sorted(keys)
    table = connection.ops.quote_name(CopyKey._meta.db_table)
    with connection.cursor() as cursor:
        for start in range(0, len(ordered), KEYS_AT_ONCE):
            some = ",".join(map(str, map(int, ordered[start : start + KEYS_AT_ONCE])))
            cursor.execute(f"SELECT key, article_id FROM {table} WHERE key IN ({some})")  # noqa: S608  # numbers alone
            for key, article in cursor.fetchall():
                holders[key].append(article)
    return holders


def _judged(text: _Text, candidates: list[tuple[int, Fingerprint, date | None]]) -> list[Match]:
    found: list[tuple[float, Match]] = []
    for article, other, day in candidates:
        overlap = text.print.overlap(other)
        far = text.day is not None and day is not None and abs((text.day - day).days) > FAR_APART
        if overlap >= SURE or (overlap and not far):
            shared = overlap * min(len(text.print.shingles), len(other.shingles))
            likeness = shared / (len(text.print.shingles) + len(other.shingles) - shared)
            found.append((likeness, Match(article, overlap)))
    found.sort(key=lambda one: (-one[0], one[1].article_id))
    return [match for _likeness, match in found]

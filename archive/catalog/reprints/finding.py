"""Which held articles a text is a copy of: candidates by shared keys, judged by their shingles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from archive.text.shingles import Fingerprint, fingerprint

from ..models import Article, CopyKey, CopyPrint, Printing, Version
from .placing import place, print_of

#: A key that so many texts have tells nothing more; further texts do not get it.
MOST_HOLDERS = 64
#: Candidates judged for one text: those that share the most keys.
MOST_JUDGED = 30
#: Keys in one question to the database.
KEYS_AT_ONCE = 900
#: Printed further apart than this, only texts that are nearly one (SURE) are copies: what comes back each
#: month or year in the same words (an opening, a bulletin) is another story.
FAR_APART = 62
SURE = 0.8


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
    current = {one.pk: one.current_version for one in articles if one.current_version is not None}
    if not current:
        return 0
    texts = {key: _read(version.body_simplified, version.day) for key, version in current.items()}
    CopyKey.objects.filter(article_id__in=current).delete()
    _keep_prints(current, texts)
    matches = dict(zip(texts, _matches(list(texts.values()), own=list(texts)), strict=True))
    printed = set(Printing.objects.filter(pk__in=current).values_list("pk", flat=True))
    for key, found in matches.items():
        others = [(match.article_id, match.overlap) for match in found if match.article_id != key]
        if others or key in printed:
            place(key, others)
    return sum(bool(found) for found in matches.values())


def _read(text: str, day: date | None) -> _Text:
    print_, keys, sought = fingerprint(text)
    return _Text(print_, keys, sought, day)


def _keep_prints(current: dict[int, Version], texts: dict[int, _Text]) -> None:
    CopyPrint.objects.bulk_create(
        [
            CopyPrint(
                article_id=key,
                version=version,
                shingles=texts[key].print.shingles.astype("<u4").tobytes(),
                figures=texts[key].print.figures.astype("<u4").tobytes(),
            )
            for key, version in current.items()
        ],
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["version", "shingles", "figures"],
    )


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
    _write_keys(new)
    wanted = {article for some in candidates for article in some}
    held = {
        row.pk: (print_of(row), row.version.day)
        for row in CopyPrint.objects.filter(pk__in=wanted).select_related("version").only(
            "shingles", "figures", "version__published_precision", "version__published_earliest"
        )
    }  # fmt: skip
    return [
        _judged(text, [(one, *held[one]) for one in some if one in held])
        for text, some in zip(texts, candidates, strict=True)
    ]


def _write_keys(pairs: list[tuple[int, int]]) -> None:
    """Some forty rows an article, of two numbers each: as records they would cost more than all else of an import."""
    if pairs:
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(CopyKey._meta.db_table)
            cursor.executemany(f"INSERT INTO {table} (key, article_id) VALUES (%s, %s)", pairs)  # noqa: S608


def _holders(keys: set[int]) -> defaultdict[int, list[int]]:
    holders: defaultdict[int, list[int]] = defaultdict(list)
    ordered = sorted(keys)
    for start in range(0, len(ordered), KEYS_AT_ONCE):
        rows = CopyKey.objects.filter(key__in=ordered[start : start + KEYS_AT_ONCE])
        for key, article in rows.values_list("key", "article_id"):
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

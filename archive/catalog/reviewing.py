"""The review queue: what waits, the most doubtful first, with the sentence that decided; and the decisions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils.translation import gettext as _

from .errors import CatalogError
from .fields import FIELDS
from .models import Doubt, Evidence, Status, Version
from .services.corrections import accept, correct

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: Characters of the sentence that are shown on each side of the deciding passage.
AROUND = 60
_SENTENCE = re.compile(r"[。！？!?；;\n]")


@dataclass(frozen=True, slots=True)
class Passage:
    """The deciding words, and what stands before and after them in the text."""

    before: str
    words: str
    after: str


def open_doubts() -> models.QuerySet[Doubt]:
    """What waits in current versions of articles that were not withdrawn, the most doubtful first."""
    return (
        Doubt.objects.filter(verdict=Doubt.Verdict.OPEN, version=models.F("version__article__current_version"))
        .exclude(version__article__status=Status.WITHDRAWN)
        .select_related("version__article__outlet", "version__article__publisher", "evidence")
        .order_by("confidence", "pk")
    )


def passage_of(evidence: Evidence | None, version: Version) -> Passage | None:
    """The evidence in its sentence of the body, or in its line beside the body; alone where it stands in neither."""
    if evidence is None or not evidence.text.strip():
        return None
    words = " ".join(evidence.text.split())[:300]
    for text in (version.body, version.body_simplified):
        place = text.find(evidence.text)
        if place >= 0:
            before = _SENTENCE.split(text[max(0, place - AROUND) : place])[-1]
            behind = text[place + len(evidence.text) : place + len(evidence.text) + AROUND]
            return Passage(before, words, _SENTENCE.split(behind)[0])
    for line in [*version.furniture, *version.captions]:
        place = line["text"].find(evidence.text)
        if place >= 0 and evidence.start is not None and line["start"] <= evidence.start < line["end"]:
            return Passage(line["text"][:place][-AROUND:], words, line["text"][place + len(evidence.text) :][:AROUND])
    return Passage("", words, "")


@transaction.atomic
def decide(*, doubt: Doubt, by: User, act: str, typed: str = "", reason: str = "", seen: int | None = None) -> str:
    """Accept, correct or clear one doubtful field; returns what was done: a Doubt.Verdict.

    `act` is accept, correct or unknown; a correction that changes nothing accepts. Raises CatalogError (a
    sentence) for what cannot be, ChangedMeanwhile when the article was changed since `seen`.
    """
    field = FIELDS.get(doubt.field)
    version = doubt.version
    if field is None and act != "accept":
        raise CatalogError(_("“%(field)s”只能认可；要改请到版本页。") % {"field": doubt.field})
    if field is None or act == "accept":
        accept(version=version, field=doubt.field, by=by, seen=seen)
        return Doubt.Verdict.ACCEPTED
    value = field.parse("" if act == "unknown" else typed)
    why = reason.strip() or (_("依据不足") if act == "unknown" else "")
    if not correct(version=version, by=by, reason=why, changes={doubt.field: value}, seen=seen):
        accept(version=version, field=doubt.field, by=by, seen=seen)
        return Doubt.Verdict.ACCEPTED
    return Doubt.Verdict.CORRECTED if value else Doubt.Verdict.UNKNOWN


def decide_many(*, doubts: Iterable[tuple[Doubt, int | None]], by: User, act: str, reason: str = "") -> list[str]:
    """Accept or clear several, each by itself; returns the sentences of those that could not be.

    `seen` stands beside each doubt. Two fields of one article count as one change that the editor knows of.
    """
    refused = []
    known: dict[int, tuple[int, int]] = {}
    for doubt, seen in doubts:
        article = doubt.version.article
        if seen is not None and article.pk in known and known[article.pk][0] == seen:
            seen = known[article.pk][1]
        shown = seen
        try:
            decide(doubt=doubt, by=by, act=act, reason=reason, seen=seen)
        except CatalogError as error:
            refused.append(f"{article.public_id}：{error}")
            continue
        if shown is not None:
            first = known.get(article.pk, (shown, shown))[0]
            known[article.pk] = first, article.changes
    return refused

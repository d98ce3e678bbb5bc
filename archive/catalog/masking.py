"""Personal data in published text: found, covered with a layer that can be lifted, or kept by an editor's word.

Covering puts a block for each character, so that all places stay what they were; the characters
themselves stay with the Mask. Pages, exports and the index read the version and so never meet them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.text.personal_data import find_personal_data
from archive.text.script import to_simplified

from .errors import CatalogError
from .models import Article, Mask, Version
from .quantities import note_quantities
from .services.history import claim, record_revision

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: Stands for one covered character.
COVER = "█"
_WAITING = (Mask.State.FOUND,)


def readable_parts(version: Version) -> Iterator[tuple[str, str]]:
    """(part, text) of everything of a version's own text that readers are shown."""
    yield "title", version.title
    yield "title_as_printed", version.title_as_printed
    yield "source_line", version.source_line
    yield "body", version.body
    for number, caption in enumerate(version.captions):
        yield f"caption:{number}", caption["text"]


@transaction.atomic
def find_masks(versions: Iterable[Version]) -> int:
    """Note the personal data in these versions, for an editor to decide; returns how many places there are.

    What an editor kept once in an article is not asked about again in a later version of it.
    """
    found = []
    for version in versions:
        settled: set[str] | None = None
        for part, text in readable_parts(version):
            for one in find_personal_data(text):
                before = text[one.start : one.end]
                if settled is None:
                    kept = Mask.objects.filter(version__article=version.article_id, state=Mask.State.KEPT)
                    settled = set(kept.values_list("before", flat=True))
                if before not in settled:
                    found.append(
                        Mask(
                            version=version, kind=one.kind, part=part, start=one.start, end=one.end,
                            before=before, confidence=one.confidence,
                        )
                    )  # fmt: skip
    Mask.objects.bulk_create(found, ignore_conflicts=True)
    return len(found)


@transaction.atomic
def cover(*, masks: Iterable[Mask], by: User, reason: str, seen: int | None = None) -> int:
    """Cover these places, and wherever else in the article's versions and evidence the same characters stand.

    Returns how many places are covered now. Raises CatalogError without a reason.
    """
    chosen = list(masks)
    article = _article(chosen, reason, seen)
    texts = {mask.before for mask in chosen}
    # Evidence of a traditional piece is told in simplified characters.
    texts |= {to_simplified(text) for text in texts}
    count = 0
    for version in article.versions.all():
        count += _cover_version(version, chosen, texts, by, reason)
    _told(article, by, _("遮蔽个人信息"), len(texts), reason)
    return count


@transaction.atomic
def lift(*, masks: Iterable[Mask], by: User, reason: str, seen: int | None = None) -> int:
    """Put the characters back; returns how many places. Raises CatalogError without a reason."""
    chosen = list(masks)
    article = _article(chosen, reason, seen)
    texts = {mask.before for mask in chosen}
    applied = Mask.objects.filter(version__article=article, state=Mask.State.APPLIED, before__in=texts)
    lifted = list(applied.select_related("version"))
    for version in {mask.version for mask in lifted}:
        own = [mask for mask in lifted if mask.version_id == version.pk]
        for mask in own:
            _write(version, mask, mask.before, mask.before_simplified or mask.before)
        version.save()
        note_quantities([version])
    _decide(lifted, Mask.State.LIFTED, by, reason)
    _told(article, by, _("恢复遮蔽的文字"), len(texts), reason)
    return len(lifted)


@transaction.atomic
def keep(*, masks: Iterable[Mask], by: User, reason: str, seen: int | None = None) -> int:
    """Leave these places as they are (an office's number, a name the person gave out); returns how many."""
    chosen = list(masks)
    article = _article(chosen, reason, seen)
    texts = {mask.before for mask in chosen}
    same = list(Mask.objects.filter(version__article=article, state__in=_WAITING, before__in=texts))
    _decide(same, Mask.State.KEPT, by, reason)
    return len(same)


def _article(masks: list[Mask], reason: str, seen: int | None) -> Article:
    articles = {mask.version.article for mask in masks}
    if len(articles) != 1:
        raise CatalogError(_("一次只处理一篇文章里的个人信息。"))
    if not reason.strip():
        raise CatalogError(_("请写明理由。"))
    article = articles.pop()
    claim(article=article, seen=seen)
    return article


def _cover_version(version: Version, chosen: list[Mask], texts: set[str], by: User, reason: str) -> int:
    kinds = {
        text: (mask.kind, mask.confidence) for mask in chosen for text in (mask.before, to_simplified(mask.before))
    }
    masks = list(version.masks.filter(before__in=texts).exclude(state=Mask.State.APPLIED))
    held = {(mask.part, mask.start, mask.end) for mask in version.masks.all()}
    for part, text in [*readable_parts(version), *_evidence(version), *_history(version)]:
        for wanted in texts:
            place = text.find(wanted)
            while place >= 0:
                if (part, place, place + len(wanted)) not in held:
                    kind, confidence = kinds[wanted]
                    masks.append(
                        Mask(
                            version=version, kind=kind, part=part, start=place, end=place + len(wanted),
                            before=wanted, confidence=confidence,
                        )
                    )  # fmt: skip
                place = text.find(wanted, place + len(wanted))
    for mask in masks:
        if mask.part == "body":
            mask.before_simplified = version.body_simplified[mask.start : mask.end]
        _write(version, mask, COVER * (mask.end - mask.start), COVER * (mask.end - mask.start))
    if masks:
        version.save()
        note_quantities([version])
        for doubt in version.doubts.all():
            for wanted in texts:
                doubt.value = doubt.value.replace(wanted, COVER * len(wanted))
            doubt.save(update_fields=["value"])
        for mask in masks:
            if mask.pk is None:
                mask.save()
        _decide(masks, Mask.State.APPLIED, by, reason)
    return len(masks)


def _evidence(version: Version) -> Iterator[tuple[str, str]]:
    for one in version.evidence.all():
        yield f"evidence:{one.pk}", one.text
        yield f"value:{one.pk}", one.value


def _history(version: Version) -> Iterator[tuple[str, str]]:
    """The lines of the public history, by their number in it; those that name no version go with the current one."""
    current = version.pk == version.article.current_version_id
    for number, one in enumerate(version.article.revisions.order_by("pk")):
        if one.version_id == version.pk or (current and one.version_id is None):
            for column in _TOLD:
                if isinstance(text := getattr(one, column), str):
                    yield f"{column}:{number}", text


#: The columns of a line of history that hold words.
_TOLD = ("before", "after", "reason")


def _write(version: Version, mask: Mask, text: str, simplified: str) -> None:
    """Put `text` at the mask's place; the body's blocks follow their body."""
    name, _colon, key = mask.part.partition(":")
    if name == "caption":
        caption = version.captions[int(key)]
        caption["text"] = _put(caption["text"], mask, text)
    elif name in _TOLD:
        line = version.article.revisions.order_by("pk")[int(key)]
        setattr(line, name, _put(getattr(line, name), mask, text))
        line.save(update_fields=[name])
    elif name in ("evidence", "value"):
        column = "text" if name == "evidence" else "value"
        for one in version.evidence.filter(pk=int(key)):
            setattr(one, column, _put(getattr(one, column), mask, text))
            one.save(update_fields=[column])
    else:
        setattr(version, name, _put(getattr(version, name), mask, text))
    if name == "body":
        if len(version.body_simplified) == len(version.body):
            version.body_simplified = _put(version.body_simplified, mask, simplified)
        place = 0
        for block in version.blocks:
            block["text"] = version.body[place : place + len(block["text"])]
            place += len(block["text"]) + 2


def _put(text: str, mask: Mask, new: str) -> str:
    return text[: mask.start] + new + text[mask.end :]


def _decide(masks: list[Mask], state: str, by: User, reason: str) -> None:
    Mask.objects.filter(pk__in=[mask.pk for mask in masks]).update(
        state=state, by=by, at=timezone.now(), reason=reason.strip()[:300]
    )
    for mask in masks:
        if mask.before_simplified:
            Mask.objects.filter(pk=mask.pk).update(before_simplified=mask.before_simplified)


def _told(article: Article, by: User, what: str, count: int, reason: str) -> None:
    """The public history tells that something was covered, never what."""
    article.save(update_fields=["changed_at"])
    record_revision(
        article=article, by=by, field="masks", before=None, after=_("%(what)s %(count)d 处") % {"what": what, "count": count},
        reason=reason,
    )  # fmt: skip

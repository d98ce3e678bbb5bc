"""Personal data in published text: covered with a layer that can be lifted, or kept by an editor's word.

Covering puts a block for each character, so that all places stay what they were; the characters
themselves stay with the Mask. Pages, exports and the index read the version and so never meet them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.text.covering import CONTEXT, COVER, Secret, covered, is_piece, stretches

from .covered_values import NO_PASSAGES, covered_value, tells_by_itself
from .errors import CatalogError
from .models import Article, Mask, Proposal, Version
from .personal_data import readable_parts
from .quantities import note_quantities
from .services.history import claim, record_revision
from .waiting import move_on

if TYPE_CHECKING:
    from django.contrib.auth.models import User

__all__ = [
    "COVER",
    "cover",
    "cover_rest",
    "keep",
    "lift",
    "secrets_of",
    "uncovered",
]

_WAITING = (Mask.State.FOUND,)


@transaction.atomic
def cover(*, masks: Iterable[Mask], by: User, reason: str, seen: int | None = None) -> int:
    """Cover these places, and wherever else in the article's versions, evidence and history the same characters stand.

    A passage that was cut out of the text and holds but a piece of them is covered there too. Returns how many places
    are covered now. Raises CatalogError without a reason.
    """
    chosen = list(masks)
    article = _article(chosen, reason, seen)
    secrets = {secret: mask for mask in chosen for secret in [_secret(mask)]}
    count = 0
    for version in article.versions.all():
        count += _cover_version(version, secrets, by, reason)
    _told(article, by, "遮蔽个人信息", len({mask.before for mask in chosen}), reason)
    move_on(article)
    return count


@transaction.atomic
def lift(*, masks: Iterable[Mask], by: User, reason: str, seen: int | None = None) -> int:
    """Put the characters back; returns how many places. Raises CatalogError without a reason."""
    chosen = list(masks)
    article = _article(chosen, reason, seen)
    texts = {mask.before for mask in chosen}
    applied = list(Mask.objects.filter(version__article=article, state=Mask.State.APPLIED).select_related("version"))
    others = {mask.before for mask in applied if not any(is_piece(mask.before, text) for text in texts)}
    lifted = [mask for mask in applied if _belongs(mask.before, texts, others)]
    for version in {mask.version for mask in lifted}:
        own = [mask for mask in lifted if mask.version_id == version.pk]
        for mask in own:
            _write(version, mask, mask.before, mask.before_simplified or mask.before)
        version.save()
        note_quantities([version])
    _decide(lifted, Mask.State.LIFTED, by, reason)
    _told(article, by, "恢复遮蔽的文字", len(texts), reason)
    return len(lifted)


@transaction.atomic
def keep(*, masks: Iterable[Mask], by: User, reason: str, seen: int | None = None) -> int:
    """Leave these places as they are (an office's number, a name the person gave out); returns how many."""
    chosen = list(masks)
    article = _article(chosen, reason, seen)
    texts = {mask.before for mask in chosen}
    same = list(Mask.objects.filter(version__article=article, state__in=_WAITING, before__in=texts))
    _decide(same, Mask.State.KEPT, by, reason)
    move_on(article)
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


def uncovered(version: Version) -> int:
    """How many places of a version, its evidence and history still tell something of what is covered in it."""
    secrets = secrets_of(version)
    return sum(1 for _found in _traces(version, secrets)) if secrets else 0


@transaction.atomic
def cover_rest(article: Article) -> int:
    """Cover what `uncovered` counts in the versions of an article, as decided for the place it is a piece of; returns how many."""
    count = 0
    for version in article.versions.all():
        secrets = {_secret(mask): mask for mask in _whole(version)}
        if secrets:
            like = next(iter(secrets.values()))
            count += _cover_version(version, secrets, like.by, like.reason)
    article.save(update_fields=["changed_at"])
    return count


def secrets_of(version: Version) -> list[Secret]:
    """What is covered in a version now, for passages that are cut out of its text anew."""
    return [_secret(mask) for mask in _whole(version)]


def _whole(version: Version) -> list[Mask]:
    """The covered places of a version without those that are digits cut off from another of its article.

    Such a piece (13, of a passage cut behind 电话13) says nothing by itself: looked for alone, it stands in every date.
    """
    applied = Mask.objects.filter(version__article=version.article_id, state=Mask.State.APPLIED)
    texts = set(applied.values_list("before", flat=True))
    return [
        mask
        for mask in applied.filter(version=version).select_related("version")
        if tells_by_itself(mask.before)
        or not any(is_piece(mask.before, text) and not is_piece(text, mask.before) for text in texts)
    ]


def _secret(mask: Mask) -> Secret:
    """The characters of a mask with those around them in the text that it stands in."""
    text = dict(readable_parts(mask.version)).get(mask.part, "")
    return Secret(mask.before, text[: mask.start][-2 * CONTEXT :], text[mask.end :][: 2 * CONTEXT])


def _belongs(before: str, texts: set[str], others: set[str]) -> bool:
    """Whether a covered place is one of these texts, or a piece of one and of no other that stays covered."""
    return any(is_piece(before, text) for text in texts) and not any(is_piece(before, text) for text in others)


def _cover_version(version: Version, secrets: dict[Secret, Mask], by: User | None, reason: str) -> int:
    held = {(mask.part, mask.start, mask.end): mask for mask in version.masks.all()}
    masks = []
    for part, start, before, secret in list(_traces(version, secrets)):
        like, end = secrets[secret], start + len(before)
        mask = held.get((part, start, end)) or Mask(
            version=version, kind=like.kind, part=part, start=start, end=end, confidence=like.confidence
        )
        mask.before = before
        masks.append(mask)
    for mask in masks:
        if mask.part == "body":
            mask.before_simplified = version.body_simplified[mask.start : mask.end]
        _write(version, mask, COVER * (mask.end - mask.start), COVER * (mask.end - mask.start))
    if masks:
        version.save()
        note_quantities([version])
        for mask in masks:
            mask.save()
        _decide(masks, Mask.State.APPLIED, by, reason)
    _cover_waiting(version, list(secrets))
    return len(masks)


def _cover_waiting(version: Version, secrets: list[Secret]) -> None:
    """What editors are asked about: covered for good (both are found anew); a proposal that told any of it is over."""
    for doubt in version.doubts.all():
        if (value := covered_value(doubt.value, secrets, field=doubt.field)) != doubt.value:
            doubt.value = value
            doubt.save(update_fields=["value"])
    for proposal in version.proposals.all():
        told = (proposal.before, proposal.after, proposal.text)
        proposal.before, proposal.after = (covered_value(one, secrets, field=proposal.field) for one in told[:2])
        proposal.text = covered(proposal.text, secrets)
        if (proposal.before, proposal.after, proposal.text) != told:
            if proposal.state == Proposal.State.OPEN:
                proposal.state = Proposal.State.OUTDATED
            proposal.save(update_fields=["before", "after", "text", "state"])


def _traces(version: Version, secrets: Iterable[Secret]) -> Iterator[tuple[str, int, str, Secret]]:
    """(part, place, characters, secret) of all that a version, its evidence and history tell of what is covered."""
    for part, text, pieces in _parts(version):
        for start, end, secret in stretches(text, secrets, pieces=pieces):
            yield part, start, text[start:end], secret


def _parts(version: Version) -> Iterator[tuple[str, str, bool]]:
    """(part, text, whether it is a passage, which may begin or end in what is covered).

    Lines of the public history go by their number in it; those that name no version go with the current one.
    """
    for part, text in readable_parts(version):
        yield part, text, True
    for found in version.evidence.all():
        yield f"evidence:{found.pk}", found.text, True
        yield f"value:{found.pk}", found.value, found.field not in NO_PASSAGES
    current = version.pk == version.article.current_version_id
    for number, one in enumerate(version.article.revisions.order_by("pk")):
        if one.version_id == version.pk or (current and one.version_id is None):
            for column in _TOLD:
                if isinstance(text := getattr(one, column), str):
                    yield f"{column}:{number}", text, column == "reason" or one.field not in NO_PASSAGES


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


def _decide(masks: list[Mask], state: str, by: User | None, reason: str) -> None:
    Mask.objects.filter(pk__in=[mask.pk for mask in masks]).update(
        state=state, by=by, at=timezone.now(), reason=reason.strip()[:300]
    )
    for mask in masks:
        if mask.before_simplified:
            Mask.objects.filter(pk=mask.pk).update(before_simplified=mask.before_simplified)


def _told(article: Article, by: User, what: str, count: int, reason: str) -> None:
    """The public history tells that something was covered, never what; in Chinese, whatever language the editor works in."""
    article.save(update_fields=["changed_at"])
    told = f"{what} {count} 处"
    record_revision(article=article, by=by, field="masks", before=None, after=told, reason=reason)

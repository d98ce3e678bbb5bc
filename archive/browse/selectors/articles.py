"""One article for its page: what readers may see of it, its tombstone, its neighbours in the capture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from archive.catalog.models import Access, Article, Capture, Mask, Status, Takedown, Version
from archive.catalog.public_ids import normalise
from archive.catalog.reading import article_by_public_id, kept

#: Other pieces of a page that are listed.
MOST_OTHERS = 12


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What stands at the address of a piece that was taken down."""

    takedown: Takedown
    sample: bool = False


def find_article(public_id: str) -> Article | Tombstone:
    """The article that readers may see, or its tombstone. Raises Http404 with a sentence otherwise."""
    takedown = next(kept("takedown", _standing, public_id), None)
    if takedown is not None:
        return Tombstone(takedown)
    found = article_by_public_id(public_id)
    if found is None:
        raise Http404(_missing(public_id))
    return found


def _standing(public_id: Any) -> QuerySet[Takedown]:
    return Takedown.objects.filter(public_id=public_id, lifted_at__isnull=True)


def _missing(public_id: str) -> str:
    typed = public_id[:20]
    if normalise(public_id) is None:
        return _("“%(id)s”不是本档案的编号：可能抄错了一个字符。") % {"id": typed}
    waiting = Mask.objects.filter(state=Mask.State.FOUND, version__article__public_id=public_id)
    if waiting.filter(version__article__status=Status.DRAFT, version__number__gt=1).exists():
        return _("编号“%(id)s”的文章正由编辑核定新到的文字，核定后重新开放；编号仍然有效。") % {"id": typed}
    return _("没有编号为“%(id)s”的文章。") % {"id": typed}


def bytes_are_open(capture: Capture) -> bool:
    """Whether readers may have the bytes of a capture: only when every piece read from it is open to them.

    A page may hold several pieces; one that was withdrawn, kept to editors or covered in places closes the page. One query at most.
    """
    if capture.restricted:
        return False
    return not any(kept("closed pieces of a capture", _closed, capture.sha256))


def _closed(sha256: Any) -> QuerySet[Version, tuple[int]]:
    return closed_pieces(sha256).values_list("pk")[:1]


def closed_pieces(sha256: Any) -> QuerySet[Version]:
    """The pieces read from bytes of this hash that are not open to readers as a whole."""
    closed = ~Q(article__status=Status.PUBLISHED) | ~Q(article__access=Access.FULL) | Q(masks__state=Mask.State.APPLIED)
    closed |= Q(number__gt=F("article__current_version__number"))  # waits for an editor
    return Version.objects.filter(closed, capture__sha256=sha256).order_by()


def others_on_the_page(article: Article, version: Version, most: int = MOST_OTHERS) -> list[Article]:
    """Other pieces read from the same capture that readers may see, in their order there; of each what its link prints."""
    found = kept("others on the page", _on_the_page, version.capture_id, article.pk)
    return list(found)[:most]


def _on_the_page(capture: Any, but: Any) -> QuerySet[Article]:
    return (
        Article.objects.published()
        .filter(current_version__capture_id=capture)
        .exclude(pk=but)
        .select_related("current_version")
        .only("public_id", "current_version__title", "current_version__body_simplified")
        .order_by("current_version__item")[:MOST_OTHERS]
    )

"""One article for its page: what readers may see of it, its tombstone, its neighbours in the capture."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from archive.catalog.models import Access, Article, Capture, Mask, Status, Takedown, Version
from archive.catalog.public_ids import normalise
from archive.catalog.reading import articles_by_key


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What stands at the address of a piece that was taken down."""

    takedown: Takedown
    sample: bool = False


def find_article(public_id: str) -> Article | Tombstone:
    """The article that readers may see, or its tombstone. Raises Http404 with a sentence otherwise."""
    takedown = Takedown.objects.filter(public_id=public_id, lifted_at__isnull=True).first()
    if takedown is not None:
        return Tombstone(takedown)
    keys = list(Article.objects.filter(public_id=public_id).values_list("pk", flat=True))
    found = articles_by_key(keys)
    if not found:
        raise Http404(_missing(public_id))
    return found[keys[0]]


def _missing(public_id: str) -> str:
    typed = public_id[:20]
    if normalise(public_id) is None:
        return _("“%(id)s”不是本档案的编号：可能抄错了一个字符。") % {"id": typed}
    return _("没有编号为“%(id)s”的文章。") % {"id": typed}


def bytes_are_open(capture: Capture) -> bool:
    """Whether readers may have the bytes of a capture: only when every piece read from it is open to them.

    A page may hold several pieces; one that was withdrawn, kept to editors or covered in places closes the page. Two queries at most.
    """
    if capture.restricted:
        return False
    closed = ~Q(article__status=Status.PUBLISHED) | ~Q(article__access=Access.FULL) | Q(masks__state=Mask.State.APPLIED)
    same_bytes = Version.objects.filter(capture__sha256=capture.sha256)
    return not same_bytes.filter(closed).exists()


def others_on_the_page(article: Article, version: Version, most: int = 12) -> list[Article]:
    """Other pieces read from the same capture that readers may see, in their order there."""
    found = (
        Article.objects.published()
        .filter(current_version__capture_id=version.capture_id)
        .exclude(pk=article.pk)
        .select_related("current_version")
        .order_by("current_version__item")
    )
    return list(found[:most])

"""The page of an article as it was received, for readers: made harmless, and changed in nothing else."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.catalog.models import TextLayer

from ..reading.received import TooLong, harmless, text_of
from ..selectors.articles import Tombstone, find_article
from .page import page
from .records import is_html, original
from .tombstones import tombstone


@require_safe
def received(request: HttpRequest, public_id: str) -> HttpResponse:
    """404 for an article that was not received as a page of HTML; closed where the bytes are (`records.raw`)."""
    found = find_article(public_id)
    if isinstance(found, Tombstone):
        return tombstone(request, found)
    version = found.current_version
    assert version is not None
    if not is_html(version.capture):
        raise Http404(_("这篇文章不是以网页收到的，没有网页可看。"))
    data = original(request, found, version)
    if isinstance(data, HttpResponse):
        return data
    layer = version.capture.layers.filter(kind=TextLayer.Kind.DECODED).order_by("-pk").first()
    try:
        shown = harmless(text_of(data, layer.encoding if layer else ""), version.source_url)
    except TooLong:
        sentence = _("这张网页太长或嵌套太深，不在这里显示；可以下载收到的原件。")
        return page(request, "browse/error.html", {"status": 413, "sentence": sentence}, status=413, index=False)
    return page(request, "browse/received.html", {"article": found, "version": version, "shown": shown}, index=False)

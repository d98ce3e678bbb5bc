"""Files of an article: the capture as received, and its citation for programs."""

from __future__ import annotations

import base64
import logging

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.catalog import contained, store
from archive.catalog.models import Article, Capture, Shown, TextLayer, Version

from ..citations.piece import piece_of
from ..citations.styles import FORMATS
from ..reading.record import record, tombstone_record
from ..selectors.articles import Tombstone, bytes_are_open, find_article
from .page import page
from .tombstones import tombstone

logger = logging.getLogger(__name__)

#: Encodings as browsers call them; others are sent as a download.
_CHARSETS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "gb18030": "gb18030",
    "gbk": "gbk",
    "big5": "big5",
    "ascii": "utf-8",
}


def is_html(capture: Capture) -> bool:
    """Whether what was received is a page of HTML."""
    return capture.media_type.split(";")[0].strip() in ("text/html", "application/xhtml+xml")


def original(request: HttpRequest, article: Article, version: Version) -> bytes | HttpResponse:
    """The bytes as received, checked by their hash; or the page that says why a reader does not get them."""
    capture = version.capture
    if article.shown() != Shown.WHOLE or not bytes_are_open(capture):
        sentence, status = _("这份原件不对读者开放：其中有不公开的文章，或含个人信息。校验和仍可核对。"), 403
    else:
        try:
            return contained.read(capture)
        except store.MissingBytes as error:
            sentence, status = _("原件的文件缺失，已经记下；校验和仍可核对。"), 503
            logger.error("%s: %s", article.public_id, error)
        except store.StoreError as error:
            sentence, status = _("原件的文件已损坏，已经记下；校验和仍可核对。"), 503
            logger.error("%s: %s", article.public_id, error)
    context = {"status": status, "sentence": sentence, "detail": f"sha256 {capture.sha256}"}
    return page(request, "browse/error.html", context, status=status, index=False)


@require_safe
def raw(request: HttpRequest, public_id: str) -> HttpResponse:
    """The bytes as received. Text is shown as text, all else is a download; nothing in it can run."""
    found = find_article(public_id)
    if isinstance(found, Tombstone):
        return tombstone(request, found)
    version = found.current_version
    assert version is not None
    data = original(request, found, version)
    if isinstance(data, HttpResponse):
        return data
    capture = version.capture
    layer = capture.layers.filter(kind=TextLayer.Kind.DECODED).order_by("-pk").first()
    charset = _CHARSETS.get(layer.encoding.lower().replace("_", "-"), "") if layer else ""
    plain = capture.media_type.split(";")[0].strip() == "text/plain"
    name = f"{public_id}-{capture.sha256[:12]}"
    if plain and charset:
        response = HttpResponse(data, content_type=f"text/plain; charset={charset}")
        response["Content-Disposition"] = f'inline; filename="{name}.txt"'
    else:
        response = HttpResponse(data, content_type="application/octet-stream")
        response["Content-Disposition"] = f'attachment; filename="{name}{_extension(capture.media_type)}"'
    digest = base64.b64encode(bytes.fromhex(capture.sha256)).decode()
    response["Repr-Digest"] = f"sha-256=:{digest}:"
    response["ETag"] = f'"{capture.sha256}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Robots-Tag"] = "noindex"
    return response


def _extension(media_type: str) -> str:
    kinds = {"text/plain": ".txt", "text/html": ".html", "application/json": ".json", "text/csv": ".csv"}
    return kinds.get(media_type.split(";")[0].strip(), ".bin")


@require_safe
def cite(request: HttpRequest, public_id: str, extension: str) -> HttpResponse:
    """The citation of an article in a format for programs."""
    found = find_article(public_id)
    if isinstance(found, Tombstone):
        return tombstone(request, found)
    style = FORMATS.get(extension)
    if style is None:
        raise Http404(_("没有这种引文格式：“%(name)s”。") % {"name": extension[:20]})
    assert found.current_version is not None
    response = HttpResponse(style.text(piece_of(found, found.current_version)), content_type=style.media_type)
    response["Content-Disposition"] = f'attachment; filename="{public_id}.{extension}"'
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def as_json(request: HttpRequest, public_id: str) -> HttpResponse:
    """The record of an article for programs, readable from pages of other sites; of a piece taken down only that it was."""
    plain = {"ensure_ascii": False}
    try:
        found = find_article(public_id)
    except Http404 as error:
        response = JsonResponse({"error": str(error)}, status=404, json_dumps_params=plain)
    else:
        if isinstance(found, Tombstone):
            response = JsonResponse(tombstone_record(found.takedown), status=410, json_dumps_params=plain)
        else:
            assert found.current_version is not None
            response = JsonResponse(record(found, found.current_version), json_dumps_params=plain)
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Robots-Tag"] = "noindex"
    return response

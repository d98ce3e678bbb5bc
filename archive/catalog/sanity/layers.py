"""Every layer of text follows from the bytes and the repairs, and every repair can be undone to the letter."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from django.db.models import Prefetch

from archive.text.decoding import DecodingError, decode, encode_back
from archive.text.layers import Edit, Layer

from ..contained import Reader
from ..models import Capture, Repair, RepairState, TextLayer
from ..store import StoreError
from .problems import Problem

#: Bytes that are no text stand in layers as U+FFFD.
_LOST = re.compile("[\ud800-\udfff]")


def check_layers() -> Iterator[Problem]:
    """Check all layers of captures whose bytes are there (what is missing, `check_store` tells)."""
    repairs = Prefetch("repairs", Repair.objects.order_by("start", "pk"))
    layers = Prefetch("layers", TextLayer.objects.prefetch_related(repairs).order_by("pk"))
    captures = Capture.objects.filter(erased_at__isnull=True, layers__isnull=False).distinct()
    with Reader() as reader:
        found = captures.select_related("container").prefetch_related(layers).order_by("container_id", "offset", "pk")
        for capture in found.iterator(chunk_size=200):
            try:
                data = reader.read(capture)
            except StoreError:
                continue
            yield from check_capture(capture, data)


def check_capture(capture: Capture, data: bytes) -> Iterator[Problem]:
    """The layers of one capture, by the rules that made each."""
    text: str | None = None
    for layer in capture.layers.all():
        sentence = ""
        if layer.kind == TextLayer.Kind.DECODED:
            text, sentence = _decoded(layer, data)
        elif layer.kind == TextLayer.Kind.EXTRACTED:
            text = layer.text
            if "\ufffd" not in text and digest(text) != layer.sha256:
                sentence = "取出的正文与校验和不符。"
        elif text is not None:
            sentence = undone(layer, text)
        if sentence:
            yield Problem("layer", capture.sha256, f"{layer.get_kind_display()}（{layer.rules}）：{sentence}")


def digest(text: str) -> str:
    """The sha256 of a layer's text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _decoded(layer: TextLayer, data: bytes) -> tuple[str | None, str]:
    try:
        decoded = decode(data)
    except DecodingError:
        decoded = None
    if decoded is not None and digest(_LOST.sub("\ufffd", decoded.text)) == layer.sha256:
        if encode_back(decoded) != data:
            return decoded.text, "解码后的文字不能还原为收到的字节。"
        return _LOST.sub("\ufffd", decoded.text), ""
    try:
        # A record of a table is read in the encoding of its table.
        text = data.decode(layer.encoding or "utf-8", "replace")
    except LookupError:
        text = ""
    if digest(text) != layer.sha256:
        return None, "从字节解出的文字与校验和不符。"
    return text, ""


def undone(layer: TextLayer, source: str) -> str:
    """Why the repairs of a layer, on the text before it, do not give it, or cannot be undone; "" when all is well."""
    edits = [
        Edit(one.rule, 1, one.start, one.end, one.before, one.after, one.confidence)
        for one in layer.repairs.all()
        if one.state == RepairState.APPLIED
    ]
    try:
        repaired = Layer(source, edits).text
    except ValueError:
        return "修复记录与原文对不上。"
    if "\ufffd" not in source and digest(repaired) != layer.sha256:
        return "按修复记录得到的文字与校验和不符。"
    pieces, place, shift = [], 0, 0
    for edit in edits:
        start = edit.start + shift
        pieces += [repaired[place:start], edit.before]
        place = start + len(edit.after)
        shift += len(edit.after) - len(edit.before)
    return "" if "".join((*pieces, repaired[place:])) == source else "修复不能逐字撤销。"

"""Where to read on. A cursor belongs to the question that gave it; with another question it is refused."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .problems import Problem

#: Longer ones were never given.
LONGEST = 300


def _question(request: HttpRequest) -> str:
    """What was asked, but for the cursor, as a short hash."""
    asked = sorted((name, request.GET.getlist(name)) for name in request.GET if name != "cursor")
    return hashlib.sha256(json.dumps([request.path, asked]).encode()).hexdigest()[:12]


def refused() -> Problem:
    return Problem("bad-cursor", 400, _("续读记号与这次所问不符：请照上一次回答里的 next 原样取用，或从头读起。"))


def place_of(request: HttpRequest, cursor: str) -> list[str]:
    """The place that a cursor keeps, [] for the beginning. Raises Problem for one that this question did not give."""
    if not cursor:
        return []
    try:
        held = json.loads(base64.urlsafe_b64decode(cursor[:LONGEST].encode("ascii", "replace")))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise refused() from error
    if not isinstance(held, list) or len(held) < 2 or not all(isinstance(one, str) for one in held):
        raise refused()
    if held[0] != _question(request):
        raise refused()
    return held[1:]


def next_address(request: HttpRequest, place: Iterable[str]) -> str:
    """The address of what follows, complete."""
    cursor = base64.urlsafe_b64encode(json.dumps([_question(request), *place]).encode()).decode()
    pairs = [(name, value) for name in request.GET if name != "cursor" for value in request.GET.getlist(name)]
    return f"{settings.SITE_URL}{request.path}?{urlencode([*pairs, ('cursor', cursor)])}"


def number_of(place: list[str]) -> int:
    """The page that a cursor keeps, from 1. Raises Problem when it keeps none."""
    if not place:
        return 1
    if len(place) != 1 or not place[0].isascii() or not place[0].isdecimal() or len(place[0]) > 9:
        raise refused()
    return max(int(place[0]), 1)

"""Pages that cost much: so many for each client, so few at a time, so long for each. Articles are answered beside them."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from archive.search.budget import SearchTooLong, begin, budget

from ..api.problems import Problem, asked_of_interface, openly, problem_response
from ..views.page import page
from .buckets import Buckets
from .clients import client_key

#: Names of addresses that search, count or write out; a harvest by OAI reads records in order and is not among them.
EXPENSIVE = frozenset(
    (
        "search", "facet", "received", "receipt", "receipt_json", "receipt_text", "export", "atom", "json_feed", "concordance",
        "concordance_table", "trends", "trends_csv", "matrix", "matrix_csv", "spread", "spread_csv", "story",
        "quantities", "quantities_csv", "coverage", "coverage_csv", "verify", "api-searchArticles", "api-citations",
        "api-concordance", "api-facet", "api-timeline",
    )
)  # fmt: skip
#: Minutes of its rate that a client may ask for at once: a reader who opens twenty tabs is none too fast.
MINUTES_AT_ONCE = 2
#: Of the threads of a worker, the share that expensive pages may hold, running and waiting; the others answer the rest.
SHARE = 0.75
#: Seconds that one waits for its turn, and after which it is worth asking again.
PATIENCE, AGAIN = 20.0, 5


class Turns:
    """So many run, so many wait, and who comes then is sent away at once."""

    def __init__(self, running: int, waiting: int) -> None:
        self.free = threading.Semaphore(running)
        self.places = threading.Semaphore(running + waiting)

    def enter(self, seconds: float) -> bool:
        """Wait for a turn; False where there is no room to wait, or none came in time."""
        if not self.places.acquire(blocking=False):
            return False
        if self.free.acquire(timeout=seconds):
            return True
        self.places.release()
        return False

    def leave(self) -> None:
        self.free.release()
        self.places.release()


@lru_cache(maxsize=4)
def _buckets(path: Path) -> Buckets:
    return Buckets(path)


class ExpensivePages:
    """Stands below authentication: who is signed in as staff is never counted, but waits for a turn like everybody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        at_once, threads = settings.EXPENSIVE_AT_ONCE, settings.WEB_THREADS
        self.turns = Turns(at_once, max(int(threads * SHARE) - at_once, 0)) if at_once else None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with budget(0):
            try:
                return self.get_response(request)
            finally:
                if self.turns is not None and getattr(request, "has_turn", False):
                    self.turns.leave()

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.url_name not in EXPENSIVE:
            return None
        staff = _is_staff(request)
        rate = settings.EXPENSIVE_PER_MINUTE
        if rate and not staff:
            seconds = 60 / rate
            most = 60.0 * MINUTES_AT_ONCE
            wait = _buckets(settings.DATA_DIR / "rates").take(client_key(request), seconds=seconds, most=most)
            if wait:
                return refusal(request, 429, math.ceil(wait))
        if self.turns is not None:
            if not self.turns.enter(PATIENCE):
                return refusal(request, 503, AGAIN)
            request.has_turn = True  # type: ignore[attr-defined]
        if settings.SEARCH_SECONDS and not staff:
            begin(settings.SEARCH_SECONDS)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refusal(request, 503, AGAIN, too_long=True) if isinstance(exception, SearchTooLong) else None


def _is_staff(request: HttpRequest) -> bool:
    """Without the cookie of a session nobody is, and the database is not asked."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and bool(request.user.is_staff)


def refusal(request: HttpRequest, status: int, seconds: int, *, too_long: bool = False) -> HttpResponse:
    """429 or 503 with a sentence and Retry-After; for programs as a problem in JSON."""
    if asked_of_interface(request):

        def problem() -> HttpResponse:
            kind, sentence = _told(status, seconds, too_long)
            return problem_response(request, Problem(kind, status, sentence))

        response = openly(request, problem)
    else:
        sentence = _told(status, seconds, too_long)[1]
        response = page(
            request, "browse/error.html", {"status": status, "sentence": sentence}, status=status, index=False
        )
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response


def _told(status: int, seconds: int, too_long: bool) -> tuple[str, str]:
    if status == 429:
        return "too-many-requests", _("检索过于频繁，请在 %(n)d 秒后再试。文章页面不受影响。") % {"n": seconds}
    if too_long:
        return "too-long", _("这次检索用时过长，已停止。请用更长的词，或者加上地区、日期等条件。")
    return "busy", _("现在检索的人很多，请在 %(n)d 秒后再试。文章仍可按地区、日期和媒体浏览。") % {"n": seconds}

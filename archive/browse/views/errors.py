"""Pages for what went wrong: a sentence in the reader's language, and where to go on."""

from __future__ import annotations

import logging
import sqlite3
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from ..addresses import for_staff
from ..api.problems import Problem, asked_of_interface, openly, problem_response
from .page import page

logger = logging.getLogger(__name__)
#: Seconds after which to ask again where the database does not answer: a restart of its server takes a few.
AGAIN = 10
#: Of SQLite's primary result codes (sqlite.org/rescode.html): held by another, or a file that cannot be opened now.
_SQLITE_AWAY = frozenset((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN))
#: Beginnings of PostgreSQL's codes (appendix A of its manual): connection lost, server going or coming, no connection free,
#: a lock not to be had, and transactions that stood in each other's way.
_POSTGRES_AWAY = ("08", "57P0", "53300", "55P03", "40001", "40P01")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 400, _("这个请求无法读懂，可能是地址里的参数太多或写错了。"))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 403, _("这一页不对读者开放。"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The sentence of an Http404 that a view raised, else a general one."""
    said = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return _error(request, 404, said or _("这个地址没有内容，可能是抄写有误，或者页面已经搬走。"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form of the editors that has expired; readers' pages that take a form ask for no token, so the others take none at all."""
    if not for_staff(request):
        answer = _error(request, 405, _("这个地址只供阅读，不接受提交。"))
        answer["Allow"] = "GET, HEAD"
        return answer
    return _error(request, 403, _("表单已过期，请返回上一页，刷新后再试。"))


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered with as little as possible: whatever failed must not fail here again."""
    away = _is_away(sys.exc_info()[1])
    status = 503 if away else 500
    try:
        if away and asked_of_interface(request):
            response = openly(request, lambda: problem_response(request, _busy()))
        else:
            response = HttpResponse(render_to_string(f"{status}.html"), status=status)
    except Exception:
        logger.exception("the page for errors failed")
        response = HttpResponse(str(status), status=status)
    if away:
        response["Retry-After"], response["Cache-Control"] = str(AGAIN), "no-store"
    return response


def _busy() -> Problem:
    return Problem("busy", 503, _("数据库暂时没有应答，请过一会儿再试。"))


def _is_away(error: BaseException | None) -> bool:
    """Whether the database cannot be reached, or another holds it for too long: nothing that is wrong with the question.

    A full disk, or a question too complex, comes by the same name: the codes tell. PostgreSQL gives none where there is no connection.
    """
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _SQLITE_AWAY
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(_POSTGRES_AWAY)


def _error(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    return page(request, "browse/error.html", {"status": status, "sentence": sentence}, status=status, index=False)

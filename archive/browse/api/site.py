"""The interface as a whole: its parts, its description, and how each answer leaves the house."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from . import articles, counts, history, quantities, research, schemas
from .problems import MEDIA_TYPE, READ_ONLY, Problem, of_validation, openly, problem_response

View = Callable[..., HttpResponse]

VERSION = "1.0.0"
ABOUT = """Read access to the archive of grassroots COVID-response reporting from Chinese local news.
Every answer is JSON; everything that went wrong is application/problem+json with a sentence, in English or Chinese
by `Accept-Language`. Lists are read on through `next`. The invented sample is left out unless `sample=true`."""
#: What is told of each status that is no answer.
REFUSALS = {
    "400": "A parameter or the query cannot be read; the sentence says which and why.",
    "404": "There is no such thing.",
    "410": "The article was taken down; what stands here is its tombstone.",
    "429": "Too many searches of one client; Retry-After tells the seconds to wait.",
    "503": "The search took too long, too many run at once, or the database does not answer; Retry-After tells the seconds to wait.",
}


class Interface(NinjaAPI):
    """The description tells the refusals of every operation too."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        known = schema.setdefault("components", {}).setdefault("schemas", {})
        known["Problem"] = schemas.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        problem = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for address, operations in schema["paths"].items():
            statuses = [
                "400",
                "429",
                "503",
                *(["404"] if "{" in address else []),
                *(["410"] if "{public_id}" in address else []),
            ]
            for operation in operations.values():
                told = {status: {"description": REFUSALS[status], "content": problem} for status in statuses}
                operation["responses"] = {str(k): v for k, v in operation["responses"].items()} | told
        return schema


class Plain(JSONRenderer):
    """Chinese stays readable."""

    json_dumps_params = {"ensure_ascii": False}


api = Interface(
    title="Archive of Grassroots COVID Reporting",
    version=VERSION,
    description=ABOUT,
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
    renderer=Plain(),
)
for _part in (articles, counts, research, quantities, history):
    api.add_router("", _part.router)


@api.exception_handler(Problem)
def _problem(request: HttpRequest, error: Exception) -> HttpResponse:
    assert isinstance(error, Problem)
    return problem_response(request, error)


@api.exception_handler(ValidationError)
def _validation(request: HttpRequest, error: Exception) -> HttpResponse:
    assert isinstance(error, ValidationError)
    return problem_response(request, of_validation(error))


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Exception) -> HttpResponse:
    said = error.args[0] if error.args and isinstance(error.args[0], str) else _("这里没有内容。")
    return problem_response(request, Problem("not-found", 404, said))


def _check(request: HttpRequest, known: frozenset[str]) -> None:
    """Raise Problem for a parameter that the operation does not have, or that holds no text."""
    for name, values in request.GET.lists():
        if name not in known:
            raise Problem(
                "unknown-parameter", 400, _("没有叫“%(name)s”的参数。") % {"name": name[:40]}, parameter=name[:40]
            )
        if any("\0" in value for value in values):
            raise Problem(
                "bad-parameter",
                400,
                _("参数“%(name)s”的值无法读懂；它可以是什么，见接口说明。") % {"name": name},
                parameter=name,
            )


def answered(view: View, known: frozenset[str] | None) -> View:
    """The view in the language of its asker, with its refusals told, readable from pages of other sites."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return openly(request, lambda: _answer(request, *args, **kwargs))

    def _answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            refusal = problem_response(request, Problem("method-not-allowed", 405, str(READ_ONLY)))
            refusal["Allow"] = "GET, HEAD"
            return refusal
        try:
            if known is not None:
                _check(request, known)
            head, request.method = request.method == "HEAD", "GET"
            response = view(request, *args, **kwargs)
            request.method = "HEAD" if head else "GET"
        except Problem as error:
            return problem_response(request, error)
        except (BadRequest, SuspiciousOperation):
            sentence = _("这个请求无法读懂，可能是地址里的参数太多或写错了。")
            return problem_response(request, Problem("bad-parameter", 400, sentence))
        return response

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # nothing is written here
    return answer


def addresses() -> list[URLPattern]:
    """The addresses of the operations, below the address of the interface."""
    patterns, _app, _space = api.urls
    described = api.get_openapi_schema(path_prefix="/")["paths"]
    made = []
    for one in patterns:
        route = str(one.pattern)
        spec = described.get("/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route), {}).get("get")
        if spec is not None and one.callback is not None:
            known = frozenset(row["name"] for row in spec.get("parameters", ()) if row["in"] == "query")
            made.append(path(route, answered(one.callback, known), name=f"api-{spec['operationId']}"))
    assert len(made) == len(described)
    return made

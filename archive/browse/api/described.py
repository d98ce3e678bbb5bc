"""The description of the interface read for people: its operations, shapes and refusals, out of the one OpenAPI document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from ..names import in_english, in_script
from .problems import KINDS
from .site import api

PREFIX = "/api/v1"


@lru_cache(maxsize=1)
def _document() -> dict[str, Any]:
    return dict(api.get_openapi_schema(path_prefix=PREFIX + "/"))


def described() -> dict[str, Any]:
    """The OpenAPI document; its server is this site."""
    return {**_document(), "servers": [{"url": settings.SITE_URL}]}


@dataclass(frozen=True, slots=True)
class Row:
    """A parameter or a member: its name, what it may be, what it means, and what it is when left out."""

    name: str
    kind: str
    meaning: str
    default: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    key: str
    address: str
    title: str
    parameters: tuple[Row, ...]
    answer: str
    example: str


#: A question to try for each operation; without one, its address as it is.
_EXAMPLES = {
    "searchArticles": "?q=网格员&per_page=5&snippets=1&facets=place",
    "citations": "?q=网格员&per_page=5",
    "concordance": "?q=网格员&order=left&per_page=5",
    "facet": "",
    "timeline": "?q=网格员&unit=month",
    "trends": "?q=“外防输入”&q=“应检尽检”&grain=month",
    "milestones": "?days=7",
    "matrix": "?q=网格员",
    "spread": "?per_page=5",
    "coverage": "?per_page=5",
    "quantities": "?noun=口罩&per_page=5",
    "places": "?level=province",
    "place": "",
    "changes": "?since=2020-01-01",
}
_VALUES = {"{facet}": "place", "{code}": "510000"}


def operations() -> list[Operation]:
    """Every operation, in the order of the document."""
    titles = _titles()
    made = []
    for address, methods in _document()["paths"].items():
        spec = methods["get"]
        key = spec["operationId"]
        tried = address
        for name, value in _VALUES.items():
            tried = tried.replace(name, value)
        rows = tuple(
            Row(
                one["name"],
                kind_of(one["schema"]),
                _in_language(one["schema"].get("description", "")),
                _default(one["schema"]),
            )
            for one in spec.get("parameters", ())
        )
        answer = kind_of(spec["responses"]["200"]["content"]["application/json"]["schema"])
        example = "" if "{" in tried else tried + _EXAMPLES.get(key, "")
        made.append(Operation(key, address, titles.get(key, spec.get("summary", "")), rows, answer, example))
    return made


def _titles() -> dict[str, str]:
    return {
        "searchArticles": _("检索文章"),
        "citations": _("检索结果的引文（CSL-JSON）"),
        "article": _("一篇文章的记录"),
        "citation": _("一篇文章的引文（CSL-JSON）"),
        "concordance": _("上下文检索"),
        "facet": _("一个筛选项各值的篇数"),
        "timeline": _("各年、月、日的篇数"),
        "places": _("区划与篇数"),
        "place": _("一个区划与它的下级"),
        "outlets": _("有文章的来源"),
        "outlet": _("一个来源"),
        "trends": _("说法的消长"),
        "milestones": _("大事与此后的文章"),
        "matrix": _("谁报道谁"),
        "spread": _("转载的传播"),
        "coverage": _("馆藏的有与无"),
        "quantities": _("文中的数量"),
        "changes": _("某时以来的增改与撤下"),
    }


def schema_rows() -> list[tuple[str, str, list[Row]]]:
    """(name, meaning, members) of each shape of an answer."""
    shapes = _document()["components"]["schemas"]
    used = {name: spec for name, spec in shapes.items() if spec.get("type") == "object"}
    return [
        (
            name,
            spec.get("description", ""),
            [Row(key, kind_of(one), one.get("description", "")) for key, one in members.items()],
        )
        for name, spec in sorted(used.items())
        if (members := spec.get("properties", {}))
    ]


def problem_kinds() -> list[tuple[str, str]]:
    """(kind, what it is) of each refusal."""
    return [(kind, _(title)) for kind, title in KINDS.items()]


def kind_of(schema: Mapping[str, Any]) -> str:
    """What a value may be, in short: string · integer 1–100 · relevance | newest · [Found] · null."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " | ".join(kind_of(one) for one in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"[{kind_of(schema.get('items', {}))}]"
    kind = str(schema.get("format") or schema.get("type") or "any")
    if "minimum" in schema and "maximum" in schema:
        kind += f" {schema['minimum']}–{schema['maximum']}"
    return kind


def _in_language(meaning: str) -> str:
    """Meanings of parameters are written in both languages: 检索式 · query."""
    chinese, _dot, english = meaning.partition(" · ")
    return english if in_english() and english else in_script(chinese)


def _default(schema: Mapping[str, Any]) -> str:
    value = schema.get("default")
    if value in ("", None, []):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)

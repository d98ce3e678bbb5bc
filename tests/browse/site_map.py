"""Every public address of the site, walked out of its URL map, and every parameter that its view reads."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote

from django.contrib.auth.models import User
from django.http import QueryDict
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils.datastructures import MultiValueDict

from archive.browse.api.described import described
from archive.browse.digests import token
from archive.browse.models import Digest

#: What stands in an address for each argument: by "name of the address.argument", or by the argument alone.
#: An address with an argument that is not here fails the tests that walk the map: give it a value that is there.
ARGUMENTS = {
    "facet": "place", "code": "510923", "year": "2020", "month": "02", "day": "24", "outlet.slug": "shili-1",
    "api-outlet.slug": "shili-1", "topic.slug": "学校", "cite.extension": "bib", "export.extension": "csv",
    "kind": "places", "rest": "v1/nothing", "story.number": "{story}", "sitemap-<int:number>.xml.number": "1",
    "public_id": "{article}", "token": "{token}",
}  # fmt: skip
#: Kept out of the walk: the staff pages, which no reader meets (tests/house/test_staff_pages.py opens them all).
STAFF = "staff/"
#: And the sign of readiness, which takes no parameter and is 503 in tests, whose site has no index of its own.
READINESS = "readyz"
_ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")


def stopping() -> str:
    """The token by which a daily mail is stopped."""
    user, _made = User.objects.get_or_create(username="示例收信人")
    return token(Digest.objects.get_or_create(user=user, query="q=示例")[0])


@dataclass(frozen=True)
class Address:
    """`translated`: it stands below the prefix of each language."""

    name: str
    route: str
    translated: bool

    @property
    def arguments(self) -> tuple[str, ...]:
        return tuple(match[2] for match in _ARGUMENT.finditer(self.route))

    def path(self, known: dict[str, str], **changed: str) -> str:
        """With a value for each argument. Raises KeyError for one that ARGUMENTS does not know."""

        def value(match: re.Match[str]) -> str:
            if match[2] in changed:
                return quote(changed[match[2]])
            key = f"{self.name}.{match[2]}"
            return quote(ARGUMENTS[key if key in ARGUMENTS else match[2]].format(**known))

        return "/" + _ARGUMENT.sub(value, self.route)


def addresses() -> list[Address]:
    return list(_walk(get_resolver().url_patterns, "", False))


def _walk(patterns, before: str, translated: bool) -> Iterator[Address]:
    for one in patterns:
        if isinstance(one, URLResolver):
            in_language = isinstance(one.pattern, LocalePrefixPattern)
            route = before if in_language else before + str(one.pattern)
            yield from _walk(one.url_patterns, route, translated or in_language)
        else:
            assert isinstance(one, URLPattern)
            route = before + str(one.pattern)
            if not route.startswith((STAFF, READINESS)):
                yield Address(one.name or route, route, translated)


@contextmanager
def overheard(names: set[str]) -> Iterator[None]:
    """Fills `names` with each parameter that is asked of a query string or a form."""

    class Heard(dict):
        def __getitem__(self, key):
            names.add(key)
            return super().__getitem__(key)

        def get(self, key, default=None):
            names.add(key)
            return super().get(key, default)

    kept = {name: getattr(MultiValueDict, name) for name in ("__getitem__", "_getlist", "dict")}
    contains = QueryDict.__contains__

    def heard(name):
        def method(self, key, *rest, **more):
            if isinstance(self, QueryDict):
                names.add(key)
            return kept[name](self, key, *rest, **more)

        return method

    def has(self, key):
        names.add(key)
        return contains(self, key)

    MultiValueDict.__getitem__, MultiValueDict._getlist = heard("__getitem__"), heard("_getlist")
    MultiValueDict.dict = lambda self: Heard(kept["dict"](self))
    QueryDict.__contains__ = has
    try:
        yield
    finally:
        for name, method in kept.items():
            setattr(MultiValueDict, name, method)
        del QueryDict.__contains__


def parameters(client, address: Address, path: str) -> tuple[set[str], set[str]]:
    """What the view reads from its query string and, where it takes a form by POST, from that.

    Heard while it answers; of the interface for programs, which reads them another way, its own description tells.
    Names in its forms and links are added: a parameter read only when another is there.
    """
    if address.name.startswith("api-"):
        name = address.name.removeprefix("api-")
        spec = next(one["get"] for one in described()["paths"].values() if one["get"]["operationId"] == name)
        return {row["name"] for row in spec.get("parameters", ()) if row["in"] == "query"}, set()
    asked: set[str] = set()
    with overheard(asked):
        response = client.get(path, {"q": "示例", "verb": "ListRecords", "metadataPrefix": "oai_dc"})
    if response["Content-Type"].startswith("text/html"):
        asked |= _in_page(response.content.decode(), path)
    posted: set[str] = set()
    with overheard(posted):
        client.post(path, {"text": "示例", "verb": "ListRecords", "metadataPrefix": "oai_dc"})
    return asked, posted - asked if posted else set()


def _in_page(html: str, path: str) -> set[str]:
    """Names in the query strings of links that lead to the page itself, and of the fields of forms sent to it."""
    own = rf'(?:{re.escape(path)})?\?([^"#]+)"'
    names = {name for query in re.findall('href="' + own, html) for name in QueryDict(query.replace("&amp;", "&"))}
    for form in re.findall(r"<form[^>]*method=\"get\".*?</form>", html, re.S):
        if f'action="{path}"' in form or "action=" not in form:
            names |= set(re.findall(r' name="([^"]+)"', form))
    return names

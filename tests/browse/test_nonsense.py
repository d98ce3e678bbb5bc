"""Whatever stands in any parameter of any public page: a page, or a sentence in the reader's language; no error of the server."""

import json
import os
import re
from itertools import cycle, islice
from urllib.parse import quote

import lxml.html
import pytest
from defusedxml.ElementTree import fromstring
from django.urls import reverse

from archive.browse.context import PREFIXES, TAGS
from archive.browse.traditional import traditional
from archive.catalog import store
from archive.catalog.models import Printing, ReprintCluster
from tests.browse.site_map import Address, addresses, parameters, stopping

#: But /readyz, whose 503 is an answer (no index stands here): tests/operations asks it.
ADDRESSES = [one for one in addresses() if one.name != "readyz"]
#: Values as they stand in an address: percent signs are meant.
NONSENSE = (
    "", "999999", "abc", "-1", "0", "2020-13-45", "99999999999999999999999999", "1e309", "NaN", quote("٣"), "%00", "a%00b",
    "%1F%7F", "%ED%A0%80", "%FF%FE", "%E7%BD", "%zz%", quote("'\"<>&{{7*7}}"), quote("../../.."), quote("510000'--"), quote("🦠\u202e\u0301"),
    quote('"'), quote("((((((((((" * 20), quote("AND OR NOT -"), quote("地区:"), quote("*"), quote("字" * 20_000), "a" * 3000,
    quote("２０２０－０２"), "2020-02~", "~",
)  # fmt: skip
#: Of these, what the part of a path between two strokes can be.
PARTS = tuple(value for value in NONSENSE if value and len(value) < 4000)
#: Every value for every parameter in every language takes an hour. By turns, each parameter meets some values, each
#: value some parameters of a page, each language some of both; which, is the same at each run.
WHOLE = os.environ.get("TEST_MATRIX") == "all"
BY_TURNS = 3
STATUSES = {200, 400, 404, 410}


@pytest.fixture
def known(archive) -> dict[str, str]:
    cluster = ReprintCluster.objects.create()
    for place, one in enumerate(archive[:3]):
        Printing.objects.create(cluster=cluster, article=one, is_original=not place, overlap=1)
    capture = archive[0].current_version.capture
    text = f"{archive[0].current_version.title}".encode()
    capture.sha256 = store.store(text).sha256
    capture.save(update_fields=["sha256"])
    return {"article": archive[0].public_id, "story": str(cluster.pk), "token": stopping()}


def versions(address: Address) -> list[tuple[str, str]]:
    """(language, prefix) of each form of the page."""
    return list(PREFIXES.items()) if address.translated else [("zh-hans", "")]


def checked(response, language: str, asked: str) -> None:
    """Fails unless the answer is whole, and every sentence on it is in the language."""
    assert response.status_code in STATUSES, (asked[:300], response.status_code)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response["Content-Type"].split(";")[0]
    if kind == "text/html":
        text = body.decode()
        page = lxml.html.fromstring(text)
        assert page.get("lang") == TAGS[language], asked[:300]
        assert len(page.findall(".//h1")) == 1, asked[:300]
        told = [one for role in ("alert", "status") for one in page.findall(f".//*[@role='{role}']")]
        told += page.find_class("wrong") + (page.findall(".//main//p") if response.status_code in (400, 404) else [])
        for one in told:
            in_language(_said(one), language, asked)
        assert response.status_code == 200 or any(_said(one) for one in told), asked[:300]
    elif kind == "text/plain" and response.status_code != 200:
        in_language(body.decode().strip(), language, asked)
        assert response["Content-Language"] == TAGS[language]
    elif kind.endswith("json"):
        held = json.loads(body)
        if response.status_code != 200:
            in_language(held.get("detail") or held["error"], language, asked)
    elif kind.endswith("xml"):
        fromstring(body)
    else:
        assert kind in ("text/csv", "text/plain", "application/x-ndjson", "application/x-bibtex", "image/svg+xml"), kind
        body.decode()


def _said(one) -> str:
    """The words of an element: not those of parts in another language, nor what is quoted."""
    for part in one.xpath(".//*[@lang]|.//code"):
        part.drop_tree()
    return " ".join(one.text_content().split())


def in_language(sentence: str, language: str, asked: str) -> None:
    told = re.sub(r"“.*”|「.*」|\".*\"|字{9,}", "", sentence, flags=re.S)
    chinese = re.findall(r"[\u4e00-\u9fff]", told)
    if language == "en":
        assert not chinese, (asked[:300], sentence[:300])
    elif re.search(r"[^\W\d]", told):
        assert chinese, (asked[:300], sentence[:300])
        if language == "zh-hant":
            assert traditional(told) == told, (asked[:300], sentence[:300])


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda one: one.name)
def test_every_parameter_of_every_address_takes_nonsense(client, known, address):
    path = address.path(known)
    assert client.get(path).status_code in STATUSES
    asked, posted = parameters(client, address, path)
    languages, values = cycle(versions(address)), cycle(NONSENSE)
    for name in [*sorted(asked), "nothing"]:
        for value in NONSENSE if WHOLE else islice(values, BY_TURNS):
            for language, prefix in versions(address) if WHOLE else [next(languages)]:
                query = f"{path}?{quote(name)}={value}"
                checked(client.get(prefix + query), language, prefix + query)
        many = "&".join(f"{name}={number}0000" for number in range(10, 210))
        for query in (
            f"{name}=1&{name}=2020-02&{name}=510000&{name}[]=1&{name}&=",
            *([many] * (WHOLE or "place" in name)),
        ):
            language, prefix = next(languages)
            checked(client.get(f"{prefix}{path}?{query}"), language, f"{prefix}{path}?{query}")
    for name in sorted(posted):
        for value in NONSENSE:
            language, prefix = next(languages)
            response = client.post(prefix + path, f"{name}={value}", content_type="application/x-www-form-urlencoded")
            checked(response, language, f"POST {prefix}{path} {name}={value}")


@pytest.mark.parametrize("address", [one for one in ADDRESSES if one.arguments], ids=lambda one: one.name)
def test_every_part_of_every_address_takes_nonsense(client, known, address):
    languages = cycle(versions(address))
    own = address.path(known)
    for name in address.arguments:
        for value in PARTS if WHOLE else islice(cycle(PARTS), address.route.count("e") % 9, len(PARTS), 4):
            language, prefix = next(languages)
            path = prefix + address.path(known, **{name: "NONSENSE"}).replace("NONSENSE", value.replace("%2F", "/"))
            if path != prefix + own:
                checked(client.get(path), language, path)


def test_all_parameters_at_once_take_nonsense(client, known):
    for address in ADDRESSES:
        path = address.path(known)
        asked, _posted = parameters(client, address, path)
        for value in ("999999", "%00", quote("字" * 200)):
            query = "&".join(f"{name}={value}" for name in sorted(asked))
            for language, prefix in versions(address):
                checked(client.get(f"{prefix}{path}?{query}"), language, f"{prefix}{path}?{query}")


def test_more_parameters_than_any_page_has_are_refused_with_a_sentence(client, known):
    query = "&".join(f"x{number}=1" for number in range(1500))
    for address in ADDRESSES:
        path = address.path(known)
        asked, _posted = parameters(client, address, path)
        for language, prefix in versions(address) if asked else []:
            checked(client.get(f"{prefix}{path}?{query}"), language, f"{path} with 1500 parameters")


@pytest.mark.parametrize(
    "prefix", ["/fr", "/EN", "/zh", "/zh-tw", "/zh-Hant", "/en-gb", "/zh-hans", "/en/en", "/zh-hant/en"]
)
def test_a_wrong_prefix_of_a_language_is_no_page(client, archive, prefix):
    response = client.get(prefix + "/search/?q=网格员")
    assert response.status_code == 404
    assert '<p class="code-big">404</p>' in response.content.decode()


#: Names of parameters that say which articles are counted.
CONDITIONS = {"from": "2020-13-45", "to": "x", "place": "999999", "not_place": "999999", "outlet": "nobody", "date": "2020-13", "province": "999999"}  # fmt: skip


def test_a_condition_that_could_not_be_used_is_told_and_no_file_leaves_it_out(client, known):
    """A page says so; a file or a feed, which would silently hold other articles than asked for, is refused."""
    tried = set()
    for address in ADDRESSES:
        path = address.path(known)
        asked, _posted = parameters(client, address, path)
        read = asked if not address.name.startswith(("article", "suggest", "oai")) else set()
        if address.name.startswith("matrix"):  # it shows all places, whatever the search behind it asks
            read = read - {"place", "not_place"}
        if address.name.startswith(("trends", "timeline")):  # told in one sentence, whatever their values
            told = client.get(path, {"q": "示例", "outlet": "shili-1"}).content.decode()
            assert "别的筛选条件没有用" in told
            read = read & {"from", "to", "place"}
        for name, value in CONDITIONS.items():
            if name not in read:
                continue
            tried.add(address.name)
            for _language, prefix in versions(address):
                words = f"q={quote('示例')}&" if "q" in asked else ""
                address_asked = f"{prefix}{path}?{words}{name}={quote(value)}"
                response = client.get(address_asked)
                if not response["Content-Type"].startswith("text/html"):
                    assert response.status_code == 400, address_asked
                    told = response.content.decode()
                else:
                    found = lxml.html.fromstring(response.content.decode()).findall(".//*[@role='alert']")
                    told = " ".join(one.text_content() for one in found)
                named = address.name.startswith("api-") and f'"{name}"' in told
                assert named or traditional(value) in traditional(told), (address_asked, told)
    assert {"search", "facet", "receipt", "concordance", "matrix", "spread", "quantities", "trends", "coverage", "export", "atom",
            "concordance_table", "matrix_csv", "quantities_csv", "trends_csv", "receipt_json", "receipt_text"} <= tried  # fmt: skip


def test_the_walk_hears_what_pages_read(client, known):
    """The walk itself: it would be blind if it heard nothing."""
    heard = {one.name: parameters(client, one, one.path(known)) for one in ADDRESSES}
    assert {"q", "place", "not_outlet", "from", "to", "page", "sort", "scale", "copies"} <= heard["search"][0]
    assert {"q", "n", "text"} <= heard["article"][0]
    assert {"noun", "unit", "min", "max", "order"} <= heard["quantities"][0]
    assert {"resumptionToken", "from", "until", "set"} <= heard["oai"][0] | {"resumptionToken", "from", "until", "set"}
    assert "text" in heard["verify"][1]
    assert {"q", "cursor", "per_page"} <= heard["api-searchArticles"][0]
    assert not any(reverse("admin:index").strip("/") in one.route for one in ADDRESSES)

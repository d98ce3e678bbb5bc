"""Search engines and browsers find their way: the sitemap, robots.txt, the search description, the feeds."""

from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest

from archive.browse.selectors import public_pages
from archive.catalog.models import Access
from archive.catalog.services import set_access, withdraw

SITE = "http://127.0.0.1:8000"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def listed(client, path):
    response = client.get(path)
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return [one.text.removeprefix(SITE) for one in ElementTree.fromstring(response.content).iter(MAP)]


def whole(client):
    return [page for file in listed(client, "/sitemap.xml") for page in listed(client, file)]


def test_the_sitemap_names_every_page_that_may_be_indexed_once(client, archive):
    found = whole(client)
    assert len(found) == len(set(found))
    assert {f"/articles/{one.public_id}/" for one in archive} <= set(found)
    assert {"/", "/api/", "/help/", "/about/", "/places/", "/places/510923/", "/outlets/shili-1/", "/dates/2020/",
            "/dates/2020/02/"} <= set(found)  # fmt: skip
    assert "/search/" not in found and "/concordance/" not in found
    for page in [one for one in found if not one.startswith("/articles/")]:
        response = client.get(page)
        assert response.status_code == 200 and "X-Robots-Tag" not in response, page


def test_the_sitemap_names_each_page_in_each_language(client, archive):
    tree = ElementTree.fromstring(client.get("/sitemap-1.xml").content)
    first = tree[0]
    address = first.find(MAP).text
    others = {one.get("hreflang"): one.get("href") for one in first.iter("{http://www.w3.org/1999/xhtml}link")}
    path = address.removeprefix(SITE)
    assert others == {"zh-Hans": address, "zh-Hant": f"{SITE}/zh-hant{path}", "en": f"{SITE}/en{path}"}
    for one in others.values():
        assert client.get(one.removeprefix(SITE)).status_code == 200


def test_files_are_cut_at_the_limit(client, archive, monkeypatch):
    monkeypatch.setattr(public_pages, "PER_FILE", 7)
    articles = [one for one in whole(client) if one.startswith("/articles/")]
    assert len(articles) == len(set(articles)) == len(archive)


def test_what_is_closed_is_not_in_the_sitemap(client, archive):
    withdraw(article=archive[0], reason="示例理由")
    set_access(article=archive[1], access=Access.STAFF, reason="示例")
    found = whole(client)
    assert not {f"/articles/{one.public_id}/" for one in archive[:2]} & set(found)


@pytest.mark.parametrize("path", ["/sitemap-999.xml", f"/sitemap-{10**30}.xml", "/sitemap-x.xml", "/sitemap--1.xml", "/sitemap-٣.xml"])  # fmt: skip
def test_files_that_are_none(client, archive, path):
    assert client.get(path).status_code == 404


def test_robots_may_read_what_the_sitemap_names_and_no_questions(client, archive):
    robots = RobotFileParser()
    robots.parse(client.get("/robots.txt").content.decode().splitlines())
    assert robots.site_maps() == [f"{SITE}/sitemap.xml"]
    assert all(robots.can_fetch("anyone", SITE + page) for page in whole(client))
    for path in ("/search/?q=x", "/en/search/", "/zh-hant/search/", "/concordance/", "/en/concordance/", "/concordance.csv", "/staff/",
                 "/api/v1/articles", "/oai?verb=Identify", "/suggest/"):  # fmt: skip
        assert not robots.can_fetch("anyone", SITE + path), path


@pytest.mark.parametrize(("prefix", "language"), [("", "zh-Hans"), ("/zh-hant", "zh-Hant"), ("/en", "en")])
def test_the_search_description_leads_to_results_feeds_and_suggestions(client, archive, prefix, language):
    home = client.get(f"{prefix}/").content.decode()
    assert (
        f'href="{prefix}/opensearch.xml"' in home
        and 'rel="search" type="application/opensearchdescription+xml"' in home
    )
    root = ElementTree.fromstring(client.get(f"{prefix}/opensearch.xml").content)
    assert root.findtext(f"{SEARCH}Language") == language
    assert all(
        one.get("template").startswith((f"{SITE}{prefix}/", f"{SITE}/api/")) for one in root.iter(f"{SEARCH}Url")
    )
    assert len(root.findtext(f"{SEARCH}ShortName")) <= 16 and len(root.findtext(f"{SEARCH}LongName")) <= 48
    asked = root.find(f"{SEARCH}Query").get("searchTerms")
    kinds = set()
    for one in root.iter(f"{SEARCH}Url"):
        address = one.get("template").removeprefix(SITE)
        response = client.get(address.replace("{searchTerms}", asked).replace("{startPage?}", "1"))
        assert response.status_code == 200, address
        assert response["Content-Type"].split(";")[0] == one.get("type"), address
        kinds.add(one.get("type"))
    assert len(kinds) == 6

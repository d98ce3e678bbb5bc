"""Every page answers, in each language, light on the database, with the right tags for languages and robots."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.encoding import uri_to_iri as iri

from archive.browse.context import PREFIXES, TAGS
from archive.catalog.models import Printing, ReprintCluster
from archive.catalog.services import withdraw
from tests.browse.site_map import addresses, stopping

PAGES = (
    "/", "/search/", "/search/?q=网格员", "/places/", "/places/510000/", "/places/510900/", "/places/510923/", "/dates/",
    "/dates/2020/", "/dates/2020/02/", "/dates/2020/02/24/", "/outlets/", "/outlets/shili-1/", "/topics/学校/", "/help/",
    "/about/", "/api/", "/verify/", "/research/matrix/", "/research/spread/", "/research/quantities/", "/coverage/",
    "/research/", "/trends/", "/trends/?q=示例&q=网格员&q=口罩&q=志愿者&q=“外防输入”&q=大喇叭&unit=share",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_each_page_answers_in_each_language(client, archive, path):
    for code, tag in TAGS.items():
        answer = client.get(PREFIXES[code] + path)
        assert (answer.status_code, answer["Content-Language"]) == (200, tag)
        html = answer.content.decode()
        assert f'<html lang="{tag}">' in html and not answer.cookies
        for other, prefix in PREFIXES.items():
            address = settings.SITE_URL + prefix + answer.wsgi_request.path.removeprefix(PREFIXES[code])
            assert f'<link rel="alternate" hreflang="{TAGS[other]}" href="{iri(address)}">' in html


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_light_and_ask_little_of_the_database(client, archive, path, django_assert_max_num_queries):
    client.get(path)
    with django_assert_max_num_queries(14):
        client.get(path)


#: Bytes of a page with its styles, scripts and fonts, compressed; the text of the article itself apart.
HEAVIEST = 30_000
_FILES = re.compile(r'<(?:link rel="stylesheet"|script)[^>]* (?:href|src)="([^"]+)"')


def files_of(html: str) -> list[bytes]:
    """Styles and scripts of a page, and what these fetch in their turn. Fails on one that is not this site's own."""
    files = []
    for address in _FILES.findall(html):
        assert address.startswith("/static/"), address
        data = Path(finders.find(address.removeprefix("/static/"))).read_bytes()
        fetched = re.findall(rb"@import[^;]*|url\((?!['\"]?data:)[^)]*\)|\bimport\b[^;]*from[^;]*", data)
        assert not fetched, (address, fetched)
        files.append(data)
    return files


@pytest.mark.parametrize("address", [one for one in addresses() if one.translated], ids=lambda one: one.name)
def test_no_page_is_heavy_and_none_fetches_anything_from_elsewhere(client, archive, address):
    cluster = ReprintCluster.objects.create()
    for place, one in enumerate(archive[:3]):
        Printing.objects.create(cluster=cluster, article=one, is_original=not place, overlap=1)
    path = address.path({"article": archive[0].public_id, "story": str(cluster.pk), "token": stopping()})
    for prefix in PREFIXES.values():
        response = client.get(prefix + path, {"q": "示例"})
        if not response["Content-Type"].startswith("text/html"):
            return
        html = response.content.decode()
        held = re.sub(r'<div class="text".*?</div>', "", html, flags=re.S) if address.name == "article" else html
        weights = [len(gzip.compress(data)) for data in (held.encode(), *files_of(html))]
        assert sum(weights) <= HEAVIEST, (prefix + path, weights)
        assert not re.findall(r' (?:src|srcset|poster|action|data)="(?:https?:)?//', html)


def test_the_map_has_a_tile_for_each_of_the_34_units(client, archive):
    page = client.get("/places/").content.decode()
    assert page.count('<li class="c') == 34
    assert all(f"/places/{code}/" in page for code in ("710000", "810000", "820000"))


def test_english_pages_name_places_in_english(client, archive):
    page = client.get("/en/places/510923/").content.decode()
    assert "Daying County" in page and '<a href="/en/places/510000/">Sichuan</a>' in page
    assert '<span class="aka" lang="zh-Hans">大英县</span>' in page


def test_pages_of_real_pieces_may_be_indexed_and_stand_in_the_sitemap(client, archive):
    response = client.get(f"/articles/{archive[0].public_id}/")
    assert "X-Robots-Tag" not in response
    assert f"/articles/{archive[0].public_id}/</loc>" in client.get("/sitemap-1.xml").content.decode()
    withdraw(article=archive[0], reason="示例理由")
    assert archive[0].public_id not in client.get("/sitemap-1.xml").content.decode()


def test_the_language_switch_keeps_page_and_search(client, archive):
    assert 'href="/en/search/?q=%E7%BD%91%E6%A0%BC"' in client.get("/search/?q=%E7%BD%91%E6%A0%BC").content.decode()
    assert 'href="/places/510000/"' in client.get("/en/places/510000/").content.decode()


def test_nothing_inline_and_nothing_from_elsewhere(client, archive):
    for path in (*PAGES, f"/articles/{archive[5].public_id}/"):
        page = client.get(path).content.decode()
        assert " style=" not in page and "<style" not in page and " onclick=" not in page
        assert 'src="http' not in page and 'rel="stylesheet" href="http' not in page
        assert "default-src 'none'" in client.get(path)["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path", ["/robots.txt", "/sitemap.xml", "/sitemap-0.xml", "/opensearch.xml", "/healthz", "/favicon.ico"]
)
def test_pages_for_programs_answer(client, archive, path):
    assert client.get(path).status_code == 200


def test_a_page_that_robots_may_not_keep_names_no_other_in_its_place(client, archive):
    assert 'rel="canonical"' not in client.get("/search/", {"q": "网格员"}).content.decode()
    own = client.get(f"/articles/{archive[0].public_id}/").content.decode()
    assert re.search(rf'rel="canonical" href="http[^"]+/articles/{archive[0].public_id}/"', own)

"""A search to take along: every result once in every format, closed texts left out, bad queries told."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from archive.browse.views import exports
from archive.catalog.models import Access, Article, Printing, ReprintCluster
from archive.search import engine
from tests.search.reference import ReferenceEngine, documents

ATOM = "{http://www.w3.org/2005/Atom}"


def text_of(response) -> str:
    return response.getvalue().decode("utf-8-sig")


def ids(archive):
    return {article.public_id for article in archive}


def test_a_table_has_every_result_once(client, archive):
    rows = list(csv.DictReader(io.StringIO(text_of(client.get("/search/export.csv?sample=1")))))
    assert [row["id"] for row in rows] and {row["id"] for row in rows} == ids(archive)
    assert len(rows) == len(archive)
    total = client.get("/search/", {"q": "网格员"}).context["found"].total
    found = list(csv.DictReader(io.StringIO(text_of(client.get("/search/export.csv?q=网格员&sample=1")))))
    assert len(found) == total > 0


def test_json_lines_hold_the_fields_of_the_codebook(client, archive):
    book = list(csv.DictReader(io.StringIO(text_of(client.get("/search/codebook.csv")))))
    rows = [json.loads(line) for line in text_of(client.get("/search/export.jsonl?sample=1")).splitlines()]
    assert {tuple(row) for row in rows} == {tuple(row["column"] for row in book)}
    by_id = {row["id"]: row for row in rows}
    for article in archive[:5]:
        assert by_id[article.public_id]["text"] == article.current_version.body
        assert by_id[article.public_id]["published"] == (article.current_version.published or None)


@pytest.mark.parametrize(("extension", "sign"), [("bib", "@"), ("ris", "TY  - ")])
def test_citations_of_all_results(client, archive, extension, sign):
    text = text_of(client.get(f"/search/export.{extension}?sample=1"))
    assert sum(line.startswith(sign) for line in text.splitlines()) == len(archive)


@pytest.mark.parametrize("access", [Access.SNIPPET, Access.STAFF])
def test_a_text_that_is_not_open_is_in_no_file_and_no_feed(client, archive, access):
    article = archive[0]
    words = "这一句别处没有的话"
    version = article.current_version
    type(version).objects.filter(pk=version.pk).update(body=words, body_simplified=words)
    assert words in client.get("/search/export.csv?sample=1").getvalue().decode()
    type(article).objects.filter(pk=article.pk).update(access=access)
    for address in ("export.csv", "export.jsonl", "feed.atom", "feed.json"):
        assert words not in client.get(f"/search/{address}?sample=1").getvalue().decode(), address


def test_marks_of_markup_in_a_text_are_text_in_a_feed(client, archive):
    version = archive[0].current_version
    type(version).objects.filter(pk=version.pk).update(title="甲<乙>", body="前<br>后 & <img src=x onerror=alert(1)>")
    asked = {"q": f"编号:{archive[0].public_id}", "sample": "1"}
    entry = ET.fromstring(client.get("/search/feed.atom", asked).content).find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}summary").get("type") == "html"
    assert "前&lt;br&gt;后 &amp; &lt;img" in entry.findtext(f"{ATOM}summary")  # once for XML, once more for HTML
    assert entry.findtext(f"{ATOM}title") == "甲<乙>" and entry.find(f"{ATOM}title").get("type") in {None, "text"}


def told_by_feeds(client, **query):
    """The public ids of both feeds, in their order."""
    tree = ET.fromstring(client.get("/search/feed.atom", {"sample": "1", **query}).content)
    atom = [entry.findtext(f"{ATOM}id").rstrip("/").rsplit("/", 1)[-1] for entry in tree.iter(f"{ATOM}entry")]
    feed = json.loads(client.get("/search/feed.json", {"sample": "1", **query}).content)
    assert [item["id"].rstrip("/").rsplit("/", 1)[-1] for item in feed["items"]] == atom
    return atom


def test_the_feed_of_a_search_begins_with_what_came_in_last_however_old_it_is(client, archive, monkeypatch):
    found = client.get("/search/", {"q": "网格员", "per_page": "100"}).context["found"]
    hits = {result.article.public_id for result in found.results}
    assert set(told_by_feeds(client, q="网格员")) == hits
    oldest = min(
        (one for one in archive if one.public_id in hits), key=lambda one: one.current_version.published or "9"
    )
    Article.objects.filter(pk=oldest.pk).update(changed_at=timezone.now() + timedelta(days=1))
    assert told_by_feeds(client, q="网格员")[0] == oldest.public_id
    assert told_by_feeds(client)[0] == oldest.public_id and len(told_by_feeds(client)) == 50
    monkeypatch.setattr(exports, "LOOKED_THROUGH", (3, 7))  # most of the search is not among these
    few = told_by_feeds(client, q="网格员")
    assert few[0] == oldest.public_id and set(few) == hits


def test_a_feed_lists_a_story_once_and_by_its_original(client, archive, monkeypatch):
    found = client.get("/search/", {"q": "网格员", "per_page": "100"}).context["found"]
    first, second = [result.article for result in found.results][:2]
    cluster = ReprintCluster.objects.create()
    Printing.objects.create(cluster=cluster, article=first, overlap=1.0, is_original=True)
    Printing.objects.create(cluster=cluster, article=second, overlap=1.0)
    Article.objects.filter(pk=second.pk).update(changed_at=timezone.now() + timedelta(days=1))
    ReferenceEngine(documents()).stand_in(monkeypatch, engine)
    for looked_through in ((500, 5_000), (1, 1)):
        monkeypatch.setattr(exports, "LOOKED_THROUGH", looked_through)
        told = told_by_feeds(client, q="网格员", copies="one")
        assert first.public_id in told and second.public_id not in told
        assert len(told) == len(set(told)) == found.total - 1


def test_cells_that_a_spreadsheet_would_run_are_made_inert(client, archive):
    version = archive[0].current_version
    type(version).objects.filter(pk=version.pk).update(title='=HYPERLINK("x")')
    assert "'=HYPERLINK" in text_of(client.get("/search/export.csv?sample=1"))


@pytest.mark.parametrize(
    "address", ["/search/export.csv", "/search/feed.atom", "/search/feed.json", "/concordance.csv"]
)
def test_a_query_that_cannot_be_read_gets_a_sentence(client, archive, address):
    response = client.get(address, {"q": "AND"})
    assert response.status_code == 400
    assert response.getvalue().decode().strip().endswith(("。", "？"))


def test_an_unknown_format_is_not_found(client, archive):
    assert client.get("/search/export.exe").status_code == 404


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_concordance_shows_each_place_and_says_how_many(client, archive, prefix):
    response = client.get(f"{prefix}/concordance/", {"q": "网格员"})
    page = response.content.decode()
    found = response.context["found"]
    assert found.total >= found.articles > 0
    assert page.count("<mark>") == min(found.total, found.per_page)
    lines = list(csv.DictReader(io.StringIO(text_of(client.get("/concordance.csv", {"q": "网格员", "sample": "1"})))))
    assert len(lines) == found.total
    assert {line["keyword"] for line in lines} <= {"网格员", "網格員"}


def test_the_concordance_is_sorted_by_either_side(client, archive):
    orders = {key: [row["right"] for row in client.get("/concordance/", {"q": "村", "order": key}).context["rows"]] for key in ("left", "right")}  # fmt: skip
    assert sorted(orders["left"]) == sorted(orders["right"]) or orders["left"] != orders["right"]
    assert orders["left"] != orders["right"]


@pytest.mark.parametrize("query", ["", "AND", "日期:2020-02", "“", "a" * 300, "\0", "不会有的字串甲乙丙丁"])
def test_the_concordance_takes_nonsense(client, archive, query):
    for extra in ({}, {"order": "nonsense", "page": "-3"}, {"page": "999999", "place": "x"}):
        assert client.get(reverse("concordance"), {"q": query, **extra}).status_code == 200

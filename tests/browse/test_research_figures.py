"""Every number of the matrix, of coverage and of reprint spread is what its link opens; closed texts never count."""

import csv
import io
import re
from html import unescape

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from archive.browse.finding.state import SearchState
from archive.browse.views.search import run
from archive.catalog.reprints import find_copies, spreads
from tests.factories import Made, make_article, make_outlets, make_regions

STORY = tuple(
    f"示例村第{one}组的{who}把{what}送到村口，登记的本子写了{one * 7}页，大喇叭从早说到晚。"
    for one, who, what in [(1, "会计", "姜汤"), (2, "果农", "橘子"), (3, "村医", "口罩"), (4, "教师", "炭火"), (5, "木匠", "路牌")]
)  # fmt: skip


def linked(page: str) -> list[tuple[str, int]]:
    """Addresses of searches with the numbers that stand in them."""
    return [(unescape(url), int(count)) for url, count in re.findall(r'<a [^>]*href="/search/([^"]*)">(\d+)</a>', page)]


def total(query: str) -> int:
    state = SearchState.of(QueryDict(query.lstrip("?")))
    assert state.query() == query
    return run(state, facets=(), snippets=0, page=1, per_page=1).total


@pytest.mark.parametrize(
    "path", ["/research/matrix/", "/research/matrix/?q=示例&from=2020-01&to=2021-12&topic=捐赠&place=510000",
             "/research/matrix/?copies=one", "/research/matrix/?q=示例&copies=originals",
             "/coverage/", "/coverage/?province=510000"],
)  # fmt: skip
def test_every_number_is_what_its_link_opens(client, archive, path):
    found = linked(client.get(path).content.decode())
    assert len(found) > (3 if "?" in path else 20)
    for query, count in dict(found).items():
        assert total(query) == count, query


def test_the_columns_of_coverage_add_up_with_the_imprecise_apart(client, archive):
    page = client.get("/coverage/").content.decode()
    assert ">不到月份</th>" in page
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", page)
    for row in rows:
        whole, *parts = [int(one) for one in re.findall(r'href="/search/[^"]*">(\d+)<', row)]
        assert whole == sum(parts)


def test_tables_hold_what_the_pages_show(client, archive):
    for path, page in (("/research/matrix.csv", "/research/matrix/"), ("/coverage.csv", "/coverage/")):
        response = client.get(path)
        lines = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
        cells = re.findall(r'<a class="k\d" href="[^"]*">(\d+)</a>', client.get(page).content.decode())
        assert sorted(line["articles"] for line in lines) == sorted(cells)


@pytest.fixture
def story(db, search_engine):
    make_regions()
    daily, evening, county, web, *_rest = make_outlets()
    made = [
        make_article(Made(number=101, paragraphs=STORY, outlet=daily, published="2020-02-10")),
        make_article(Made(number=102, paragraphs=STORY[:4], outlet=daily, publisher=evening, published="2020-02-12")),
        make_article(Made(number=103, paragraphs=STORY, outlet=daily, publisher=web, published="2020-02-17")),
        make_article(Made(number=104, paragraphs=STORY, outlet=daily, publisher=county, published="2020-02")),
    ]
    find_copies(made)
    search_engine()
    return made


def test_spread_counts_copies_provinces_and_days_by_either_unit(client, story):
    [one] = spreads()
    assert (one.copies, one.lag, one.origin, one.provinces) == (
        4, 7, "510000", {"510000": 2, "420000": 1, "330000": 1},
    )  # fmt: skip
    for unit in ("printings", "originals"):
        page = client.get("/research/spread/", {"count": unit}).content.decode()
        places = re.findall(r'<li><a href="(\?province[^"]*)">[^<]*</a><b>(\d+)</b>', page)
        assert len(places) == (3 if unit == "printings" else 1)
        for url, count in places:
            opened = client.get("/research/spread/" + unescape(url)).content.decode()
            assert f'<b class="counted">{count}</b>' in opened
    detail = client.get(f"/research/spread/{one.cluster}/").content.decode()
    assert "4 次刊载" in detail and "3 个省份" in detail and "前后 7 日" in detail and "迟 2 日" in detail
    assert f"/research/spread/{one.cluster}/" in client.get(story[0].get_absolute_url()).content.decode()
    rows = b"".join(client.get("/research/spread.csv").streaming_content).decode("utf-8-sig").splitlines()
    assert len(rows) == 5 and rows[1].startswith(f"{one.cluster},4,3,7,1,{story[0].public_id},")


@pytest.mark.parametrize("closing", [{"status": "withdrawn"}, {"status": "draft"}, {"access": "staff"}])
def test_closed_printings_do_not_count(client, story, closing):
    cluster = spreads()[0].cluster
    for article in story[1:]:
        for name, value in closing.items():
            setattr(article, name, value)
        article.save()
    assert spreads() == []
    assert "没有在几处刊载的报道" in client.get("/research/spread/").content.decode()
    assert story[1].public_id.encode() not in b"".join(client.get("/research/spread.csv").streaming_content)
    assert client.get(f"/research/spread/{cluster}/").status_code == 404


def test_the_number_of_queries_does_not_grow(client, story, search_engine):
    daily, evening, *_rest = make_outlets()
    paths = ("/research/spread/", "/research/matrix/", "/coverage/", f"/research/spread/{spreads()[0].cluster}/")
    asked = []
    for more in (0, 6):
        copies = [
            make_article(Made(number=200 + number, paragraphs=STORY, outlet=daily if number % 2 else evening))
            for number in range(more)
        ]
        find_copies(copies)
        search_engine()
        counts = []
        for path in paths:
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            counts.append(len(queries))
        asked.append(counts)
    assert asked[0] == asked[1] and max(asked[0]) <= 10


def test_the_matrix_counts_stories_where_asked(client, story):
    """Four printings of one story in three provinces: a story stands once in each cell, and once in all."""

    def told(copies: str) -> list[int]:
        page = client.get("/research/matrix/", {"copies": copies, "q": "“果农把橘子送到村口”"}).content.decode()
        for query, count in dict(linked(page)).items():
            assert total(query) == count, query
        return [
            int(one)
            for one in re.findall(r'<td data-of="[^"]+"(?: class="own")?><a class="k\d" href="[^"]*">(\d+)</a>', page)
        ]

    assert max(told("all")) > 1 and sum(told("all")) > sum(told("one"))
    assert set(told("one")) == set(told("originals")) == {1}
    page = client.get("/research/matrix/", {"copies": "one", "q": "“果农把橘子送到村口”"}).content.decode()
    assert '<th scope="row">合计</th><td data-of="合计">1</td>' in page and "合计里也只算一次" in page
    head = b"".join(client.get("/research/matrix.csv?copies=one").streaming_content).decode("utf-8-sig").splitlines()[0]
    assert head.endswith(",stories")

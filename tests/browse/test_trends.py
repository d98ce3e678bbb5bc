"""Phrases over time and place: every number is what its link opens, and nothing that is found is lost between the periods."""

import csv
import importlib
import io
import re
from html import unescape

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import translation

from archive.browse.charts.panels import Mark, fine_step, panel, written
from archive.browse.finding.state import SearchState
from archive.browse.selectors.trends import question, trends
from archive.browse.views.search import run
from archive.catalog.denominators import Scope, characters_by_span
from archive.catalog.services import withdraw
from archive.search import engine
from archive.search.language import parse
from archive.search.models import Slogan

UNITS, GRAINS = ("articles", "share", "outlet_day", "characters"), ("month", "week")
THREE = "q=示例&q=“外防输入”&q=网格员 OR 大喇叭"


@pytest.fixture(autouse=True)
def in_chinese():
    """Addresses are made outside of a request here: not in the language that an earlier test left behind."""
    with translation.override("zh-hans"):
        yield


def total(address: str) -> int:
    query = address.removeprefix("/search/")
    state = SearchState.of(QueryDict(query.removeprefix("?")))
    assert state.query() == query
    return run(state, facets=(), snippets=0, page=1, per_page=1).total


def asked(query: str):
    return trends(question(QueryDict(query)))


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("grain", GRAINS)
@pytest.mark.parametrize(
    "scope", ["", "&place=510000", "&from=2020-02-10&to=2020-04", "&place=510000&from=2020-02&synonyms=0"]
)
def test_every_number_is_what_its_link_opens_and_all_add_up(archive, unit, grain, scope):
    made = asked(f"{THREE}&unit={unit}&grain={grain}{scope}")
    assert made.whole.total and made.row.periods
    for series in (made.whole, *made.series):
        assert total(series.url) == series.total
        counts = [(one.count, one.url) for one in series.points] + [
            (one.count, one.url) for one in (series.imprecise, series.outside)
        ]
        assert sum(count for count, _url in counts) == series.total
        for count, url in counts:
            assert total(url) == count if url else not count
        for region in made.places:
            assert total(series.place_url(region.code)) == series.by_place.get(region.code, 0)


@pytest.mark.parametrize("unit", UNITS)
def test_the_page_shows_these_numbers(client, archive, unit):
    page = client.get(f"/trends/?{THREE}&unit={unit}").content.decode()
    marks = re.findall(r'<a href="(/search/[^"]+)" tabindex="-1" aria-label="[^"]*：(\d+) 篇', page)
    cells = re.findall(r'<a (?:class="k\d" )?href="(/search/[^"]+)">(\d+)</a>', page)
    assert len(marks) > 10 and len(cells) > 25
    for url, count in {*marks, *cells}:
        assert total(unescape(url)) == int(count), url
    assert {url for url, _count in marks} <= {url for url, _count in cells}  # the table is the way of the keyboard


def test_what_is_imprecise_is_piled_on_nothing(archive):
    months, weeks = (asked(f"q=示例&grain={grain}") for grain in GRAINS)
    month_only = sum(1 for one in archive if one.current_version.published_precision == "month")
    undated = sum(1 for one in archive if one.current_version.published_precision in ("", "year"))
    assert month_only and undated
    assert months.whole.imprecise.count == undated
    assert weeks.whole.imprecise.count == undated + month_only
    assert sum(one.count for one in asked("q=示例&unit=outlet_day").whole.points) == len(archive) - undated


def test_values_are_counts_over_what_the_archive_holds(archive):
    held = [one for one in archive if one.current_version.published.startswith("2020-02")]
    to_the_day = [one for one in held if len(one.current_version.published) == 10]
    saying = [one for one in held if "网格" in one.current_version.body_simplified + one.current_version.title]
    days = {(one.outlet_id, one.current_version.published) for one in to_the_day if one.outlet_id}
    length = sum(len(one.current_version.body) for one in held)
    values = {}
    for unit in UNITS:
        [series] = asked(f"q=“网格”&unit={unit}").series
        [point] = [one for one in series.points if one.period.key == "2020-02"]
        values[unit] = point.value
    assert 0 < len(saying) < len(held) and len(to_the_day) < len(held)
    assert values == {
        "articles": len(saying),
        "share": len(saying) / len(held),
        "outlet_day": len(set(saying) & set(to_the_day)) / len(days),
        "characters": pytest.approx(len(saying) / length * 10_000),
    }


def test_the_table_to_download_holds_every_period(client, archive):
    response = client.get("/trends.csv?q=示例&q=“外防输入”&place=510000")
    rows = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    for series in asked("q=示例&q=“外防输入”&place=510000").series:
        mine = [row for row in rows if row["phrase"] == series.phrase]
        assert sum(int(row["articles"]) for row in mine) == series.total
        assert {row["place_code"] for row in mine} == {"510000"}
    assert any(int(row["characters"] or 0) > 0 and int(row["outlet_days"] or 0) > 0 for row in rows)


def test_what_is_too_much_is_told_and_no_file_leaves_it_out(client, archive):
    asked = {"q": [f"“示例{number}”" for number in range(200)], "place": ["510000", "420000"]}
    page = client.get("/trends/", asked).content.decode()
    assert "一次最多比较 6 个说法" in page and page.count("<figure>") == 6 and "一次只看一个地区" in page
    refused = client.get("/trends.csv", asked)
    assert refused.status_code == 400 and "一次最多比较 6 个说法" in refused.content.decode()
    assert client.get("/trends.csv", {"q": "示例", "from": "2020-13-45"}).status_code == 400
    for path in ("/trends/", "/trends.csv"):
        assert client.get(path, {"from": "2021-01", "to": "2020-01", "q": "示例"}).status_code == 200
        assert (
            client.get(path, {"from": "9999-12-31", "to": "9999-12-31", "q": "示例", "grain": "week"}).status_code
            == 200
        )


def test_closed_articles_are_in_no_number(client, archive):
    before = asked("q=示例")
    reader = run(SearchState(q="示例"), facets=(), snippets=0, page=1, per_page=1).total
    assert before.series[0].total == reader
    withdraw(article=archive[0], reason="示例理由")
    lost = len(archive[0].current_version.body)
    assert sum(characters_by_span(Scope()).values()) == sum(len(one.current_version.body) for one in archive) - lost


def test_the_database_and_the_engine_are_asked_a_bounded_number_of_times(
    client, archive, monkeypatch, django_assert_max_num_queries
):
    evaluate, calls = engine.evaluate, []
    monkeypatch.setattr(engine, "evaluate", lambda request: calls.append(request) or evaluate(request))
    six = "&".join(f"q=“示例{where}”" for where in "村湾坪沟屯县")
    for unit in UNITS:
        calls.clear()
        with django_assert_max_num_queries(20):
            client.get(f"/trends/?{six}&unit={unit}&grain=week")
        assert len(calls) == 7


@pytest.fixture
def slogans(db):
    """The slogans that a new archive begins with: a test that commits empties the table."""
    if not Slogan.objects.exists():
        importlib.import_module("archive.search.migrations.0004_slogans").load(apps, None)


def test_the_slogans_of_a_new_archive_can_be_searched_and_edited(client, archive, slogans):
    for one in Slogan.objects.all():
        parse(one.query)
    page = client.get("/trends/").content.decode()
    assert "外防输入、内防反弹</a>" in page and page.count("<figure>") == 3
    Slogan.objects.exclude(label="应检尽检").update(active=False)
    page = client.get("/trends/").content.decode()
    assert "外防输入、内防反弹" not in page and page.count("<figure>") == 1
    with pytest.raises(ValidationError):
        Slogan(label="示例", query="地区:").full_clean()


def test_a_panel_draws_links_and_round_scales():
    assert [fine_step(most) for most in (0, 1, 7, 0.035, 1000)] == [1.0, 0.5, 5.0, 0.02, 500.0]
    assert [written(one) for one in (0, 3, 1200, 3.5, 0.125, 0.0421)] == ["0", "3", "1,200", "3.5", "0.12", "0.042"]
    drawn = str(panel([Mark(2, "<二>", "/search/?q=a&b=c"), Mark(None, "", ""), Mark(0, "", "")], most=2, label="说法"))
    assert drawn.count("<a ") == 1 and "&lt;二&gt;" in drawn and "q=a&amp;b=c" in drawn and 'tabindex="-1"' in drawn

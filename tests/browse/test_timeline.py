"""The timeline: every number is what its link opens, pins stand where their day is, sources are told truthfully."""

import csv
import datetime
import io
import re
from html import unescape
from itertools import cycle, islice

import pytest
from django.http import QueryDict
from django.utils import translation

from archive.browse.charts.panels import Mark, Pin, panel
from archive.browse.finding.state import SearchState
from archive.browse.selectors.timeline import MOST_EVENTS, asked, pinned, timeline
from archive.browse.selectors.trends import question, trends
from archive.browse.views.search import run
from archive.catalog.models import Milestone
from archive.search import engine
from tests.browse.test_nonsense import NONSENSE, WHOLE

DAY = datetime.date(2020, 2, 24)


@pytest.fixture(autouse=True)
def in_chinese():
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def events(archive):
    """A few invented milestones in place of those that are shipped."""
    Milestone.objects.all().delete()
    rows = [
        {
            "key": "guo",
            "date": "2020-02-10",
            "title": "示例全国的事",
            "title_en": "A national event",
            "source": "示例公告",
        },
        {
            "key": "sichuan",
            "date": "2020-02-15",
            "title": "示例四川的事",
            "place": "510000",
            "read_on": DAY,
            "source": "示例",
        },
        {"key": "suining", "date": "2020-03", "title": "示例遂宁的月份", "place": "510900"},
        {"key": "hubei", "date": "2020-02-12/2020-04-20", "title": "示例湖北的一段", "place": "420000"},
        {"key": "hidden", "date": "2020-02-11", "title": "示例不显示的事", "active": False},
        {"key": "late", "date": "2031-01-01", "title": "示例以后的事", "note": "很久以后。"},
    ]
    for row in rows:
        Milestone.objects.create(**row)


def total(address: str) -> int:
    query = unescape(address).removeprefix("/search/")
    state = SearchState.of(QueryDict(query.removeprefix("?")))
    assert state.query() == query
    return run(state, facets=(), snippets=0, page=1, per_page=1).total


def asking(query: str):
    return timeline(asked(QueryDict(query)))


@pytest.mark.parametrize(
    "scope", ["", "q=网格", "place=510000", "from=2020-02-11&to=2020-04", "q=示例&place=510900&days=30", "days=1"]
)
@pytest.mark.parametrize("grain", ["month", "week", "day"])
def test_every_number_is_what_its_link_opens_and_the_curve_adds_up(events, scope, grain):
    made = asking(f"{scope}&grain={grain}")
    parts = [(one.count, one.url) for one in (*made.series.points, made.series.imprecise, made.series.outside)]
    assert sum(count for count, _url in parts) == made.series.total == total(made.series.url)
    for event in made.events:
        parts += [(one.count, one.url) for one in (event.found, event.here) if one is not None]
    assert len(made.events) >= 2
    for count, url in parts:
        assert total(url) == count if url else not count


def test_the_page_shows_these_numbers_and_no_others(client, events):
    page = client.get("/research/timeline/").content.decode()
    found = re.findall(r'<a href="(/search/[^"]+)">(\d+)</a>', page)
    marks = re.findall(r'<a href="(/search/[^"]+)" tabindex="-1" aria-label="[^"]*：(\d+) 篇', page)
    assert len(found) > 10 and {*marks} <= {*found}  # the table is the way of the keyboard
    for url, count in {*found, *marks}:
        assert total(url) == int(count), url
    assert re.findall(r'href="#m-(\w+)" tabindex="-1"', page) == ["guo", "hubei", "sichuan", "suining"]
    assert re.findall(r'<li id="m-(\w+)"', page) == ["guo", "hubei", "sichuan", "suining", "late"]
    assert "示例不显示的事" not in page
    assert page.count("核对于 2020年2月24日") == 1 and page.count("未核对</span>") == 4
    english = client.get("/en/research/timeline/").content.decode()
    assert "A national event" in english and '<h3 lang="zh">示例四川的事' in english


def test_windows_places_and_spans(events):
    by = {one.milestone.key: one for one in asking("").events}
    assert (by["guo"].first, by["guo"].last) == (datetime.date(2020, 2, 10), datetime.date(2020, 2, 16))
    assert by["guo"].here is None and by["sichuan"].here is not None
    assert by["sichuan"].here.count < by["sichuan"].found.count
    assert by["hubei"].last == datetime.date(2020, 4, 20)  # a span is counted to its end
    assert by["suining"].at is not None and by["late"].at is None
    months = asking("")
    march = next(n for n, one in enumerate(months.row.periods) if one.key == "2020-03")
    assert march < by["suining"].at * len(months.row.periods) < march + 1  # in its month, not on its first day
    assert (by["suining"].at * len(months.row.periods)) % 1 == pytest.approx(0.5, abs=0.05)
    here = {one.milestone.key: one for one in asking("place=510000").events}
    assert set(here) == {"guo", "sichuan", "suining", "late"}
    assert here["sichuan"].here is None and here["suining"].here is not None
    assert [one.milestone.key for one in asking("from=2020-03-05&to=2020-03-06").events] == ["hubei", "suining"]


def test_only_open_articles_count_and_sample_stays_out_of_files(client, events):
    shown = asking("").events[0].found.count
    rows = list(
        csv.DictReader(
            io.StringIO(b"".join(client.get("/research/timeline.csv?sample=1").streaming_content).decode("utf-8-sig"))
        )
    )
    assert [row["key"] for row in rows] == ["guo", "hubei", "sichuan", "suining", "late"]
    assert (
        int(rows[0]["articles"]) == shown
        and rows[2]["source_read_on"] == "2020-02-24"
        and rows[0]["source_read_on"] == ""
    )
    assert client.get("/research/timeline.csv?q=标题:").status_code == 400


@pytest.mark.parametrize("path", ["/research/timeline/", "/en/research/timeline/", "/research/timeline.csv"])
def test_nonsense_gives_a_page_or_a_sentence(client, events, path):
    values = cycle((*NONSENSE, "字" * 20_000, ""))
    for name in ("q", "from", "to", "place", "grain", "days", "sample", "synonyms"):
        # By turns, so that each value meets a parameter: all for all take an hour with those of test_nonsense.
        for value in islice(values, len(NONSENSE) + 2 if WHOLE else 5):
            status = client.get(path, {name: value}).status_code
            assert status == 200 or (status == 400 and path.endswith("csv")), (name, value)
    assert client.get(path, {"from": "9999-12-31", "to": "9999-12-31", "grain": "day"}).status_code == 200
    assert client.get(path, {"from": "2021-01", "to": "2020-01", "q": "a"}).status_code == 200


def test_the_database_is_asked_a_constant_number_of_times(client, events, monkeypatch, django_assert_max_num_queries):
    evaluate, calls = engine.evaluate, []
    monkeypatch.setattr(engine, "evaluate", lambda request: calls.append(request) or evaluate(request))
    for number in range(30):
        Milestone.objects.create(date="2020-02-13", title=f"示例{number}", place="510900")
    with django_assert_max_num_queries(12):
        client.get("/research/timeline/")
    assert len(calls) <= 1 + 2 * 35 <= 1 + 2 * MOST_EVENTS


def test_a_page_of_days_shows_half_a_year_and_where_it_goes_on(events):
    made = asking("grain=day&from=2020-01-01")
    assert len(made.row.periods) == 184 and all(len(one.values) == 1 for one in made.row.periods)
    assert made.row.later == made.row.periods[-1].first + datetime.timedelta(days=1)
    following = asking(f"grain=day&from={made.row.later.isoformat()}")
    assert following.row.periods[0].first >= made.row.later and following.series.total > 0


def test_trends_carry_pins_where_asked(client, events):
    plain = client.get("/trends/?q=示例").content.decode()
    page = client.get("/trends/?q=示例&pins=1").content.decode()
    assert 'class="pin"' not in plain
    assert (
        re.findall(r'class="pin" href="([^"]+)"', page) == ["/research/timeline/#m-guo"] * 2
    )  # the phrase and all articles
    there = client.get("/trends/?q=示例&pins=1&place=510000").content.decode()
    assert set(re.findall(r'class="pin" href="[^"]*#m-(\w+)"', there)) == {"guo", "sichuan", "suining"}
    row = trends(question(QueryDict("q=示例&grain=day"))).row
    assert all(0 <= at < 1 for _one, at in pinned(row, ""))


def test_heads_of_pins_that_would_touch_stand_in_lanes():
    marks = [Mark(1, "一", "/a"), Mark(2, "二", "/b")]
    near = [Pin(0.5, "甲", "#a", "1"), Pin(0.505, "乙", "#b", "2"), Pin(0.9, "丙", "#c", "3")]
    drawn = str(panel(marks, most=2, label="图", pins=near))
    ys = re.findall(r'<circle cx="[\d.]+" cy="([\d.]+)"', drawn)
    assert len(set(ys)) == 2 and ys[0] == ys[2] != ys[1]
    assert drawn.count("<a ") == 5
    crowd = str(panel(marks, most=2, label="图", pins=[Pin(0.5, f"第{n}件", "#x") for n in range(40)]))
    assert len(set(re.findall(r'cy="([\d.]+)"', crowd))) == 6  # no higher, however many
    assert crowd.count("<circle") == 6  # nor one head upon another: what has no lane shares the last head
    assert ">×35<" in crowd and all(f"第{n}件" in crowd for n in range(40))


def heads(drawn: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', drawn)]


@pytest.mark.parametrize("places", [[0.0, 18 / 480], [0.96, 1.0], [0.98, 0.99, 1.0]])
def test_no_head_lies_upon_another_at_the_edges(places):
    """Heads are moved into the picture there."""
    drawn = heads(
        str(panel([Mark(1, "一", "/a")], most=1, label="图", pins=[Pin(at, "甲", "#a", "1") for at in places]))
    )
    assert len(drawn) == len(places)
    assert all(abs(x - u) >= 16 or y != v for n, (x, y) in enumerate(drawn) for u, v in drawn[:n])


def test_what_shares_a_head_keeps_its_line_and_its_link():
    pins = [Pin(0.5 + n * 2 / 480, f"第{n}件", f"#m{n}", str(n)) for n in range(9)]
    drawn = str(panel([Mark(1, "一", "/a")], most=1, label="图", pins=pins))
    lines = re.findall(r'href="#m(\d)"[^>]*><title>([^<]*)</title><path d="M([\d.]+) ', drawn)
    assert sorted((int(n), float(x)) for n, _told, x in lines) == [(n, 240 + 2 * n) for n in range(9)]
    assert len(heads(drawn)) == 6 and ">×4<" in drawn
    assert ("8", "第8件") in [line[:2] for line in lines]  # its own words alone


def test_the_shipped_milestones_make_a_page(client, archive):
    page = client.get("/research/timeline/").content.decode()
    assert page.count('<li id="m-') == Milestone.objects.count() >= 24

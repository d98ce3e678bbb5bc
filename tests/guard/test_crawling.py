"""Crawlers: no links for them to follow, so much for each client, so few at a time, so long for each; articles go on."""

import re
import subprocess
import sys
import threading
import time
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from archive.browse.finding.state import DEEPEST, MOST_VALUES
from archive.browse.guard import crawling
from archive.browse.guard.buckets import Buckets
from archive.search import budget as budgets
from archive.search.budget import SearchTooLong, budget, spend

from .conftest import ROOT, behind_proxy

ASKED = "/search/?q=示例"


@pytest.fixture(autouse=True)
def own_rates(settings, tmp_path):
    """A table of rates for each test."""
    settings.DATA_DIR = tmp_path
    settings.TRUSTED_PROXIES = ["10.9.8.7"]
    settings.ALLOWED_HOSTS = ["*"]


def crawler(number: int) -> Client:
    return behind_proxy(f"198.51.100.{number}")


def test_a_client_that_asks_too_much_is_told_when_to_come_back(archive, settings):
    settings.EXPENSIVE_PER_MINUTE = 2  # four at once
    one = crawler(1)
    answers = [one.get(ASKED) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 4 + [429] * 2
    refused = answers[-1]
    assert 0 < int(refused["Retry-After"]) <= 30
    assert "检索过于频繁" in refused.content.decode() and refused["X-Robots-Tag"] == "noindex"
    assert "Too many searches" in one.get("/en/search/?q=示例").content.decode()
    # Articles, places and files of records are no searches; another client is another client.
    assert one.get(f"/articles/{archive[0].public_id}/").status_code == 200
    assert one.get("/places/").status_code == 200
    assert crawler(2).get(ASKED).status_code == 200


def test_programs_are_told_in_json(archive, settings):
    settings.EXPENSIVE_PER_MINUTE = 1
    one = crawler(3)
    answers = [one.get("/api/v1/articles", {"q": "示例"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    told = answers[-1].json()
    assert told["type"].endswith("too-many-requests") and told["status"] == 429 and told["detail"]
    assert answers[-1]["Content-Type"] == "application/problem+json" and answers[-1]["Retry-After"]


def test_staff_that_is_signed_in_is_never_counted(archive, settings, admin_client):
    settings.EXPENSIVE_PER_MINUTE = 1
    admin_client.defaults["HTTP_HOST"] = "testserver"
    assert {admin_client.get(ASKED).status_code for _ in range(8)} == {200}
    # A cookie that is nobody's session is no pass.
    liar = crawler(4)
    liar.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    assert [liar.get(ASKED).status_code for _ in range(3)] == [200, 200, 429]


def test_without_a_rate_nobody_is_counted(archive, settings):
    settings.EXPENSIVE_PER_MINUTE = 0
    one = crawler(5)
    assert {one.get(ASKED).status_code for _ in range(8)} == {200}


def test_every_expensive_name_is_an_address():
    from .urls import walk

    assert {name for name, _route in walk()} >= crawling.EXPENSIVE


def test_a_bucket_lets_so_many_at_once_and_then_by_the_rate(tmp_path):
    rates = Buckets(tmp_path / "rates", slots=16)
    taken = [rates.take(b"client-1", seconds=1, most=3, now=100.0) for _ in range(5)]
    assert taken == [0, 0, 0, 1, 1]
    assert rates.take(b"client-1", seconds=1, most=3, now=101.0) == 0
    assert rates.take(b"client-1", seconds=1, most=3, now=101.0) == 1
    assert rates.take(b"client-1", seconds=1, most=3, now=1000.0) == 0
    # After a restart of the machine the clock begins anew: what stood there is no debt.
    assert rates.take(b"client-1", seconds=1, most=3, now=5.0) == 0
    rates.close()


def test_a_full_table_forgets_who_asked_least(tmp_path):
    rates = Buckets(tmp_path / "rates", slots=4)
    for number in range(4):
        for _ in range(number + 1):
            rates.take(bytes([number + 1]) * 8, seconds=1, most=9, now=10.0)
    assert rates.take(b"\x09" * 8, seconds=1, most=9, now=10.0) == 0  # in place of the first
    assert rates.take(b"\x04" * 8, seconds=1, most=4, now=10.0) == 1  # the busiest is still known
    rates.close()


IN_ANOTHER_PROCESS = """
import sys
from pathlib import Path
from archive.browse.guard.buckets import Buckets
rates = Buckets(Path(sys.argv[1]))
print([rates.take(b"client-1", seconds=60, most=120, now=50.0) for _ in range(2)])
"""


def test_workers_share_the_table(tmp_path):
    path = tmp_path / "rates"
    run = [sys.executable, "-c", IN_ANOTHER_PROCESS, path]
    told = [subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True).stdout for _ in range(2)]
    assert told == ["[0.0, 0.0]\n", "[60.0, 60.0]\n"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path):
    rates = Buckets(tmp_path / "nothing" / "rates", slots=4)
    assert rates.take(b"client-1", seconds=1, most=1, now=1.0) == 0
    assert rates.take(b"client-1", seconds=1, most=1, now=1.0) == 1
    rates.close()


def test_turns_let_some_run_some_wait_and_send_the_others_away():
    turns = crawling.Turns(1, 1)
    assert turns.enter(1)
    entered = []
    waiting = threading.Thread(target=lambda: entered.append(turns.enter(30)))
    waiting.start()
    while turns.places._value:  # until it stands in the queue
        time.sleep(0.01)
    assert not turns.enter(30)  # no place to wait: at once
    turns.leave()
    waiting.join()
    assert entered == [True]
    assert not turns.enter(0.01)  # in time no turn came
    turns.leave()
    assert turns.enter(1)


def test_when_too_many_search_at_once_the_next_is_sent_away_and_articles_go_on(archive, settings, monkeypatch):
    settings.EXPENSIVE_AT_ONCE, settings.WEB_THREADS = 1, 2  # nobody may wait
    one = crawler(6)
    seen = []

    def slow(request, *args, **kwargs):
        """While this search runs, others ask."""
        seen.append(one.get(ASKED))
        seen.append(one.get(f"/articles/{archive[0].public_id}/"))
        return HttpResponse("done")

    monkeypatch.setattr("archive.browse.views.search.page", slow)
    one.get("/")  # the middleware of this client is made
    assert one.get(ASKED).content == b"done"
    busy, article = seen[0], seen[1]
    assert (busy.status_code, busy["Retry-After"]) == (503, "5")
    assert "检索的人很多" in busy.content.decode()
    assert article.status_code == 200
    monkeypatch.undo()


def test_a_search_that_takes_too_long_is_stopped_with_a_sentence(archive, settings, monkeypatch):
    settings.SEARCH_SECONDS = 10
    clock = iter(range(0, 10**6, 100))  # every look at the clock is a hundred seconds later
    monkeypatch.setattr(budgets.time, "monotonic", lambda: next(clock))
    for path in (ASKED, "/concordance/?q=示例", "/search/facets/place/?q=示例"):
        answer = crawler(7).get(path)
        assert answer.status_code == 503, path
        assert answer["Retry-After"] and "用时过长" in answer.content.decode()
    told = crawler(7).get("/api/v1/articles", {"q": "示例"})
    assert told.status_code == 503 and told.json()["type"].endswith("too-long")


def test_the_budget_ends_with_its_block(monkeypatch):
    spend()
    with budget(1):
        spend()
        with pytest.raises(SearchTooLong):
            until = time.monotonic() + 30
            monkeypatch.setattr(budgets.time, "monotonic", lambda: until)
            spend()
        with budget(0):
            spend()
    spend()


def test_links_of_filters_are_not_followed(archive, client):
    text = client.get(ASKED).content.decode()
    links = re.findall(r"<a [^>]*(?:class=\"pick\"|class=\"bar-it\")[^>]*>", text)
    assert len(links) > 20 and all('rel="nofollow"' in one for one in links)
    robots = client.get("/robots.txt").content.decode().splitlines()
    for rule in ("/search/", "/en/search/", "/zh-hant/search/", "/*?", "/en/*?"):
        assert f"Disallow: {rule}" in robots


def test_links_of_filters_end_at_some_depth(archive, client):
    topics = [f"示例{number}" for number in range(DEEPEST)]
    deep = client.get("/search/?" + urlencode({"topic": topics}, doseq=True)).content.decode()
    assert "不再列出可加的条件" in deep
    chosen = re.findall(r'<li class="[^"]*(?:on|off)?"><a rel="nofollow" class="pick" href="([^"]+)"', deep)
    assert all(one.count("topic=") < DEEPEST for one in chosen)
    shallow = client.get("/search/?" + urlencode({"topic": topics[:2]}, doseq=True)).content.decode()
    assert "不再列出可加的条件" not in shallow


def test_more_values_than_an_address_may_hold_are_told(archive, client):
    many = urlencode({"topic": [f"示例{number}" for number in range(MOST_VALUES + 7)]}, doseq=True)
    answer = client.get("/search/?" + many)
    assert "只用了前 60 个" in answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex"

"""Nonsense in any address gives a page or a sentence, never an error of the server."""

import sqlite3

import pytest
from django.db import OperationalError, connection, transaction
from django.test import RequestFactory
from django.urls import reverse

from archive.browse.views.errors import server_error


@pytest.mark.parametrize(("prefix", "words"), [("", "文件缺失"), ("/en", "is missing")])
def test_a_capture_whose_file_is_lost_is_told_in_the_language_of_the_reader(client, archive, prefix, words):
    response = client.get(f"{prefix}/articles/{archive[0].public_id}/raw/")
    assert response.status_code == 503 and words in response.content.decode()


def test_many_and_repeated_parameters(client, archive):
    values = [f"{number}0000" for number in range(10, 99)] * 3
    assert client.get("/search/", {"q": ["示例", "网格员"], "place": values, "page": ["2", "x"]}).status_code == 200
    many = {f"x{number}": "1" for number in range(900)}
    assert client.get("/search/", many).status_code == 200
    assert client.get("/search/", {f"x{number}": "1" for number in range(2000)}).status_code == 400


@pytest.mark.parametrize(
    ("asked", "told"),
    [("q=示例&copies=zz", "没有叫“zz”的列法"), ("q=示例&q=网格员", "只认最后一个"), ("q=示例&from=2020-13", "“2020-13”不是日期"),
     ("q=示例&place=999999", "筛选值“999999”不存在")],
)  # fmt: skip
def test_a_page_tells_what_it_left_aside_and_a_file_is_refused_for_it(client, archive, asked, told):
    assert told in client.get(f"/search/?{asked}").content.decode()
    for path in ("/search/feed.atom", "/search/export.csv", "/research/matrix.csv", "/search/receipt.json"):
        if path.endswith("matrix.csv") and "place" in asked:
            continue  # it shows all places
        answer = client.get(f"{path}?{asked}")
        sentence = answer.content.decode()
        assert answer.status_code == 400 and told in sentence and "忽略" not in sentence, path


def test_a_query_told_twice_in_the_same_words_is_one(client, archive):
    assert "只认最后一个" not in client.get("/search/?q=示例&q=示例&copies=all").content.decode()
    assert client.get("/search/export.csv?q=示例&q=示例&copies=all").status_code == 200


@pytest.mark.parametrize("path", ["/trends.csv", "/research/timeline.csv"])
def test_a_file_of_what_is_no_date_is_refused_and_nothing_said_to_be_ignored(client, archive, path):
    answer = client.get(f"{path}?q=示例&from=2020-13")
    assert answer.status_code == 400 and "“2020-13”不是日期。" in answer.content.decode()


@pytest.mark.parametrize(
    "asked", ["“网格员在村口示例”", '"网格员 设卡"~1', '"网格员 设卡"~1&place=510000', '"网格员 设卡"~1&from=2020-01']
)
def test_held_words_that_do_not_stand_together_are_not_said_to_be_missing(client, archive, asked):
    query = asked.partition("&")[0]
    for word in ("网格员", "设卡"):
        assert "没有找到文章" not in client.get(f"/search/?q={word}").content.decode()
    page = client.get(f"/search/?q={asked}").content.decode()
    assert "没有找到文章" in page, query
    assert "连在一起的文字" in page and "没有所找的词" not in page and "一篇含有所找的词" not in page


@pytest.mark.parametrize("path", ["/places/{}/", "/dates/{}/", "/dates/2020/{}/", "/dates/2020/02/{}/", "/outlets/{}/", "/topics/{}/",
                                  "/articles/{}/", "/articles/{}/history/", "/articles/{}/raw/", "/articles/{}/cite.bib"])  # fmt: skip
def test_addresses(client, archive, path):
    for value in (
        "abc",
        "999999",
        "000000",
        "-1",
        "0",
        "13",
        "45",
        "٣",
        "🦠",
        "a" * 300,
        "'",
        "<b>",
        "510100000",
        "%00",
        "２０２０",
    ):
        response = client.get(path.format(value))
        assert response.status_code in (200, 404), (path, value)
        if response.status_code == 404:
            assert '<p class="code-big">404</p>' in response.content.decode()


@pytest.mark.parametrize(
    "path",
    ["/dates/2020/13/45/", "/dates/2021/02/29/", "/dates/0/", "/dates/9999/", "/dates/9999/12/", "/dates/99999/"],
)
def test_impossible_dates_are_told(client, archive, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "天。" in response.content.decode() or "不能作年、月、日" in response.content.decode()


def test_records_that_are_none_are_told_in_json(client, archive):
    for value in ("abc", "-1", "0", "٣", "🦠", "a" * 300, "'", "<b>"):
        response = client.get(f"/articles/{value}.json")
        assert response.status_code == 404 and response.json()["error"], value


def test_far_years_are_empty_pages(client, archive):
    assert client.get("/dates/1850/").status_code == 200
    assert client.get("/dates/9998/12/31/").status_code == 200
    assert client.get("/dates/9998/").status_code == 200


def test_ids_copied_wrongly_are_told(client, archive):
    assert "可能抄错了一个字符" in client.get("/articles/zzzzzzzz/").content.decode()


def test_writing_to_a_page_is_refused(client, archive):
    for name in ("home", "search", "places", "dates", "outlets", "help", "about"):
        assert client.post(reverse(name)).status_code == 405


def test_an_error_of_the_server_has_a_page(client, archive, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("示例错误")

    client.raise_request_exception = False
    monkeypatch.setattr("archive.browse.views.places.figures", broken)
    response = client.get("/places/")
    assert response.status_code == 500 and "本站出了错" in response.content.decode()


PAGES_OF_THE_DATABASE = [
    "/places/510000/",
    "/en/dates/2020/",
    "/search/?q=口罩",
    "/search/export.csv?q=口罩",
    "/staff/catalog/article/",
]


def test_a_database_that_does_not_answer_is_told_with_a_time_to_ask_again(admin_client, archive):
    """Of everybody's pages and of the interface; a session that cannot be read is no error either."""

    def away(*_all: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    admin_client.raise_request_exception = False
    with connection.execute_wrapper(away):
        for path in PAGES_OF_THE_DATABASE:
            response = admin_client.get(path)
            assert response.status_code == 503 and response["Retry-After"] == "10", path
            page = response.content.decode()
            assert "数据库暂时没有应答" in page and "does not answer" in page and "server closed" not in page
        problem = admin_client.get("/api/v1/articles?q=口罩")
        assert problem.status_code == 503 and problem["Content-Type"].startswith("application/problem+json")
        assert problem.json()["type"].endswith("busy") and problem["Retry-After"] == "10"
        # Readable for programs on pages of other sites, in the language of the asker.
        problem = admin_client.get("/api/v1/articles/abc", headers={"Accept-Language": "en"})
        assert problem.status_code == 503 and "does not answer" in problem.json()["detail"]
        assert problem["Access-Control-Allow-Origin"] == "*" and problem["X-Robots-Tag"] == "noindex"
        assert problem["Content-Language"] == "en" and "Accept-Language" in problem["Vary"]
    assert admin_client.get("/places/510000/").status_code == 200


class OfDriver(Exception):
    """An error as a driver raises it, with the code of its database."""

    def __init__(self, **codes: object) -> None:
        super().__init__(str(codes))
        self.__dict__.update(codes)


@pytest.mark.parametrize(
    ("codes", "status"),
    [
        ({"sqlite_errorcode": sqlite3.SQLITE_BUSY}, 503),
        ({"sqlite_errorcode": sqlite3.SQLITE_BUSY_SNAPSHOT}, 503),
        ({"sqlite_errorcode": sqlite3.SQLITE_CANTOPEN}, 503),
        ({"sqlite_errorcode": sqlite3.SQLITE_FULL}, 500),
        ({"sqlite_errorcode": sqlite3.SQLITE_READONLY}, 500),
        ({"sqlite_errorcode": sqlite3.SQLITE_CORRUPT}, 500),
        ({"sqlstate": None}, 503),  # no connection, or none free
        *(({"sqlstate": state}, 503) for state in ("08006", "57P01", "57P03", "53300", "55P03", "40001", "40P01")),
        *(({"sqlstate": state}, 500) for state in ("53100", "53200", "54001", "54023", "57014")),
    ],
)
def test_only_a_database_that_is_away_or_held_by_another_is_asked_again(codes, status):
    """Not one whose disk is full, nor one that finds the question too complex."""
    try:
        raise OperationalError from OfDriver(**codes)
    except OperationalError:
        assert server_error(RequestFactory().get("/places/")).status_code == status


def test_a_question_that_the_database_cannot_read_is_an_error_of_ours(client, archive):
    client.raise_request_exception = False
    with transaction.atomic():
        with connection.execute_wrapper(
            lambda ask, _sql, _values, many, held: ask("SELECT 1 FROM none", (), many, held)
        ):
            assert client.get("/places/510000/").status_code == 500
        transaction.set_rollback(True)


def test_a_nul_in_the_parameters_of_a_staff_page_is_refused(admin_client, archive):
    address = reverse("admin:catalog_article_changelist")
    assert admin_client.get(address, {"status__exact": "\0"}).status_code == 400
    assert admin_client.get(address, {"q": "\0"}).status_code == 400

"""The interface for programs: it answers as the pages do, describes itself, and refuses with a sentence."""

import hypothesis
import pytest
import schemathesis
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from schemathesis import checks

from archive.catalog.models import Access, Article
from archive.catalog.services import publish, remove, set_access, withdraw
from archive.wsgi import application

V1 = "/api/v1"
LISTS = ("articles", "citations", "concordance?q=网格员", "outlets", "changes")


def walked(client, address):
    """Every item of a list, read on through `next`, and what was said of it."""
    answer, items = client.get(address).json(), []
    first = answer
    while True:
        items += answer["items"]
        if not answer["next"]:
            return first, items
        answer = client.get(answer["next"].removeprefix("http://127.0.0.1:8000")).json()


def test_the_search_of_the_interface_finds_what_the_page_finds(client, archive):
    for query in ("", "网格员", "网格员 NOT 学校", '"设卡"'):
        page = client.get("/search/", {"q": query, "per_page": 100}).context["found"]
        answer = client.get(f"{V1}/articles", {"q": query, "per_page": 100, "facets": ["place", "topic"]}).json()
        assert answer["total"] == page.total and answer["asked"] == page.explanation.sentence
        assert [one["id"] for one in answer["items"]] == [one.article.public_id for one in page.results]
        told = {name: {one["value"]: one["count"] for one in rows} for name, rows in answer["facets"].items()}
        assert told == {name: dict(page.facets[name].counts) for name in ("place", "topic")}


def test_lists_are_read_to_the_end_each_item_once(client, archive):
    for name in LISTS:
        sign = "&" if "?" in name else "?"
        said, items = walked(client, f"{V1}/{name}{sign}per_page=7")
        assert len(items) == said["total"] > 0
        assert len({str(sorted(one.items(), key=str)) for one in items}) == len(items)
    assert {one["id"] for one in walked(client, f"{V1}/changes?per_page=9")[1]} == {one.public_id for one in archive}


def test_the_record_is_that_of_the_page(client, archive):
    for article in archive[:12]:
        mine = client.get(f"{V1}/articles/{article.public_id}").json()
        page = client.get(f"/articles/{article.public_id}.json").json()
        mine.pop("changed"), page.pop("changed")  # the same moment, written with and without an offset
        assert mine == page
        cited = client.get(f"/articles/{article.public_id}/cite.json").json()
        assert client.get(f"{V1}/articles/{article.public_id}/citation").json() == cited


def test_every_count_equals_what_its_question_finds(client, archive):
    def total(**asked):
        return client.get(f"{V1}/articles", asked).json()["total"]

    line = client.get(f"{V1}/timeline", {"q": "示例"}).json()
    assert line["points"] and line["imprecise"]
    for point in line["points"][:6] + line["imprecise"]:
        assert total(q="示例", date=point["value"]) == point["count"], point
    for place in client.get(f"{V1}/places", {"level": "county"}).json()["items"][:6]:
        assert total(place=place["code"]) == place["count"]
        assert client.get(f"{V1}/places/{place['code']}").json()["count"] == place["count"]
    for outlet in client.get(f"{V1}/outlets").json()["items"]:
        assert total(outlet=outlet["slug"]) == outlet["count"]
    for one in client.get(f"{V1}/facets/topic", {"q": "示例"}).json()["values"][:4]:
        assert total(q="示例", topic=one["value"]) == one["count"]
    sichuan = client.get(f"{V1}/places/510000").json()
    assert "510900" in [part["code"] for part in sichuan["parts"]]


def test_the_sample_is_left_out_unless_asked_for(client, archive):
    Article.objects.filter(pk=archive[0].pk).update(is_sample=True)
    answer = client.get(f"{V1}/changes").json()
    assert archive[0].public_id not in [one["id"] for one in answer["items"]]
    assert client.get(f"{V1}/changes?sample=true").json()["total"] == answer["total"] + 1
    assert "sample=true" in client.get(f"{V1}/articles").json()["notices"][-1]


def test_changes_tell_of_what_is_gone(client, archive):
    first, second, third = archive[:3]
    withdraw(article=first, reason="示例理由")
    set_access(article=second, access=Access.STAFF, reason="示例")
    remove(article=third, reason="误收")
    gone = {one["id"]: one["gone"] for one in client.get(f"{V1}/changes").json()["items"] if one["gone"]}
    assert gone == {first.public_id: "withdrawn", second.public_id: "closed", third.public_id: "undone"}
    tomb = client.get(f"{V1}/articles/{first.public_id}")
    assert (tomb.status_code, tomb["Content-Type"]) == (410, "application/problem+json")
    assert tomb.json()["reason"] == "示例理由" and tomb.json()["gone"] == "withdrawn" and "text" not in tomb.json()
    assert client.get(f"{V1}/articles/{second.public_id}").status_code == 404
    publish(article=first)
    again = client.get(f"{V1}/changes").json()["items"]
    assert [one["gone"] for one in again if one["id"] == first.public_id] == [None]
    assert again[-1]["id"] == first.public_id
    assert client.get(f"{V1}/changes", {"since": "2999-01-01"}).json()["total"] == 0


def test_a_text_open_in_snippets_is_not_in_the_record(client, archive):
    set_access(article=archive[0], access=Access.SNIPPET, reason="示例")
    record = client.get(f"{V1}/articles/{archive[0].public_id}").json()
    assert (record["access"], record["text"], record["paragraphs"]) == ("snippet", None, None)


BAD = (
    "articles?place=999999", "articles?place=%00", "articles?from=2020-13-45", "articles?per_page=0", "articles?q=AND",
    "articles?per_page=1e9", "articles?nothing=1", "articles?sort=x", "articles?cursor=abc", "articles?snippets=-1",
    "articles?cursor=WyJhIiwgImIiXQ==", "articles?facets=x", "articles?sample=2x", "articles?q=" + "字" * 999,
    "articles?outlet=x", "articles?script=x", "articles?" + "&".join(f"place={code}0000" for code in range(10, 99)),
    "articles?" + "&".join(f"x{number}=1" for number in range(2000)), "facets/x", "timeline?unit=week",
    "timeline?date=2020", "places?within=1", "places?level=x", "outlets?within=abc", "outlets?cursor=x",
    "changes?since=x", "changes?since=99999-01-01", "changes?since=2020-13-45", "changes?per_page=1001",
    "concordance", "concordance?q=网&order=x", "concordance?q=网&width=100", "citations?to=x",
)  # fmt: skip


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_nonsense_gets_a_sentence(client, archive, language):
    for asked in BAD:
        response = client.get(f"{V1}/{asked}", headers={"Accept-Language": language})
        assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json"), asked
        problem = response.json()
        assert problem["detail"].endswith(("。", "？") if language == "zh-CN" else (".", "?")), problem
        assert problem["status"] == 400 and problem["type"].startswith("/api/#problem-")
    for missing in ("articles/zzzz", "articles/٣/citation", "places/1", "places/999999", "outlets/x", "nothing/at/all"):
        response = client.get(f"{V1}/{missing}")
        assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json"), missing
    refused = client.post(f"{V1}/articles", {"q": "x"})
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD")
    assert client.head(f"{V1}/articles").status_code == 200


def test_a_cursor_of_another_question_is_refused(client, archive):
    cursor = client.get(f"{V1}/articles?per_page=5").json()["next"].rpartition("cursor=")[2]
    assert client.get(f"{V1}/articles?per_page=5&q=网格员&cursor={cursor}").status_code == 400
    assert client.get(f"{V1}/articles?per_page=5&cursor={cursor}").status_code == 200


@pytest.mark.parametrize("name", ["articles?snippets=2", "citations?", "concordance?q=网格员", "outlets?", "changes?"])
def test_queries_of_the_database_do_not_grow_with_the_answer(client, archive, name):
    counts = []
    for size in (2, 40):
        client.get(f"{V1}/{name}&per_page={size}")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{V1}/{name}&per_page={size}").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


def test_the_description_names_every_refusal_and_is_shown_as_a_page(client, archive):
    document = client.get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    page = client.get("/en/api/").content.decode()
    for address, methods in document["paths"].items():
        assert f"GET {address}" in page
        assert "application/problem+json" in methods["get"]["responses"]["400"]["content"]
    assert "/api/openapi.json" in page and "cdn" not in page
    assert client.get(f"{V1}/articles")["Access-Control-Allow-Origin"] == "*"


def test_schemathesis_finds_no_error_and_no_answer_against_the_description(archive, client):
    """Some hundred questions, the same at each run: about twenty seconds."""
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    known = {"public_id": archive[7].public_id, "slug": "shili-1", "code": "510900", "facet": "outlet"}
    met = []
    for result in schema.get_all_operations():
        operation = result.ok()

        @hypothesis.settings(
            max_examples=16, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(case=operation.as_strategy())
        def ask(case):
            if len(met) % 2:  # a made-up id finds nothing: every second question asks for what is there
                case.path_parameters = {name: known[name] for name in case.path_parameters or {}}
            response = case.call(headers={"Accept-Encoding": "identity"})
            met.append((case.operation.path, response.status_code))
            case.validate_response(
                response,
                checks=[
                    checks.not_a_server_error, checks.status_code_conformance, checks.content_type_conformance,
                    checks.response_schema_conformance,
                ],
            )  # fmt: skip

        ask()
    assert {path for path, status in met if status == 200} == {one.ok().path for one in schema.get_all_operations()}

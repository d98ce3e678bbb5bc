"""The research views for programs: the same numbers as the pages, each found again by /articles."""

import pytest

from archive.catalog.models import Milestone
from tests.browse.test_research_figures import story  # noqa: F401  a story of four printings

V1 = "/api/v1"
ASKED = {"sample": "true"}


def articles(client, **asked) -> int:
    response = client.get(f"{V1}/articles", {**ASKED, "per_page": 1, **asked})
    assert response.status_code == 200, response.content
    return response.json()["total"]


@pytest.mark.parametrize("grain", ["month", "week", "day"])
def test_every_point_of_a_trend_is_found_by_its_dates(client, archive, grain):
    found = client.get(f"{V1}/trends", {**ASKED, "q": ["“网格”", "示例"], "grain": grain}).json()
    assert [one["phrase"] for one in found["phrases"]] == ["“网格”", "示例"] and found["all"]["phrase"] is None
    for one in (found["all"], *found["phrases"]):
        assert sum(point["count"] for point in one["points"]) + one["imprecise"] + one["outside"] == one["total"]
        for point in [point for point in one["points"] if point["count"]][:6]:
            assert articles(client, q=one["phrase"] or "", date=point["dates"]) == point["count"]
        for place in one["places"][:4]:
            assert articles(client, q=one["phrase"] or "", place=place["code"]) == place["count"]
    assert [one["period"] for one in found["wholes"]] == [one["period"] for one in found["all"]["points"]]
    assert any(one["characters"] and one["outlet_days"] for one in found["wholes"])


def test_milestones_come_with_the_articles_after_them(client, archive):
    Milestone.objects.create(key="shili", date="2020-02-10", place="510000", title="示例的事", source="示例")
    found = client.get(f"{V1}/milestones", {**ASKED, "days": "14", "from": "2020-02", "to": "2020-03"}).json()
    one = next(one for one in found["items"] if one["key"] == "shili")
    assert (one["from"], one["to"], one["source_read_on"], one["title_en"]) == ("2020-02-10", "2020-02-23", None, None)
    assert one["count"] == articles(client, **{"from": one["from"], "to": one["to"]}) > 0
    assert one["count_here"] == articles(client, **{"from": one["from"], "to": one["to"], "place": "510000"})
    assert found["total"] == articles(client, **{"from": "2020-02", "to": "2020-03"})


@pytest.mark.parametrize("copies", ["all", "one", "originals"])
def test_the_cells_of_the_matrix_are_found_again(client, story, copies):  # noqa: F811
    found = client.get(f"{V1}/matrix", {**ASKED, "copies": copies}).json()
    assert found["unit"] == {"all": "articles", "one": "stories", "originals": "originals"}[copies]
    assert found["total"] == articles(client, copies=copies) and found["cells"]
    for cell in found["cells"]:
        asked = {"outlet_place": cell["outlet_province"], "place": cell["event_province"], "copies": copies}
        if None not in asked.values():
            assert articles(client, **asked) == cell["count"]
    for row in found["outlets"]:
        if row["province"]:
            assert articles(client, outlet_place=row["province"], copies=copies) == row["count"]


def test_spread_is_read_page_by_page(client, story):  # noqa: F811
    found = client.get(f"{V1}/spread", ASKED).json()
    [one] = found["items"]
    assert (one["copies"], one["lag_days"], one["origin"], found["next"]) == (4, 7, "510000", None)
    assert one["original"] == story[0].public_id and sum(p["count"] for p in one["provinces"]) == 4
    assert client.get(f"{V1}/spread").json()["total"] == 1  # none of them is of the sample


def test_coverage_is_found_by_outlet_and_dates(client, archive):
    items, address = [], f"{V1}/coverage?sample=true&per_page=2"
    while address:
        found = client.get(address).json()
        items += found["items"]
        address = found["next"] and found["next"].replace("http://testserver", "").partition("/api")[2]
        address = f"/api{address}" if address else None
    assert len(items) == found["outlets"] > 2 and found["total"] == articles(client)
    for one in items[:3]:
        assert one["total"] == articles(client, outlet=one["slug"]) == sum(held["count"] for held in one["held"])
        for held in one["held"][:3]:
            assert articles(client, outlet=one["slug"], date=held["dates"]) == held["count"]
    assert client.get(f"{V1}/coverage?province=510000&sample=true").json()["total"] == articles(
        client, outlet_place="510000"
    )


def test_quantities_are_those_of_the_page(client, archive):
    found = client.get(f"{V1}/quantities", {**ASKED, "per_page": 500}).json()
    page = client.get("/research/quantities/").content.decode()
    assert f"<b>{found['total']}</b>" in page or str(found["total"]) in page
    assert found["total"] == len(found["items"]) > 0
    for one in found["items"]:
        assert one["sentence"] is None or one["low"] <= one["high"]
    assert client.get(f"{V1}/quantities", {**ASKED, "per_page": 1}).json()["next"] or found["total"] == 1


@pytest.mark.parametrize(
    "asked",
    ["trends?place=999999", "trends?from=2020-13", "trends?" + "&".join(f"q={n}" for n in range(7)), "trends?q=标题:",
     "trends?grain=year", "milestones?days=3", "milestones?to=x", "matrix?place=510000", "matrix?outlet_place=510000",
     "spread?cursor=x", "coverage?province=510900", "quantities?min=x", "quantities?from=2020-02-30", "spread?order=x"],
)  # fmt: skip
def test_nonsense_gets_a_sentence(client, archive, asked):
    response = client.get(f"{V1}/{asked}")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["detail"].endswith(("。", "？"))


def test_the_pages_link_their_json(client, archive):
    for path, name in [
        ("/trends/?q=示例&place=510000&unit=share&scale=own&pins=1", "trends"), ("/research/timeline/?days=14&grain=week", "milestones"),
        ("/research/matrix/?q=示例&sort=newest&page=2", "matrix"), ("/research/spread/", "spread"), ("/coverage/", "coverage"),
        ("/research/quantities/?noun=口罩&order=largest", "quantities"),
    ]:  # fmt: skip
        page = client.get(path).content.decode()
        address = page.partition(f'href="{V1}/{name}')[2].partition('"')[0].replace("&amp;", "&")
        assert client.get(f"{V1}/{name}{address}").status_code == 200, (path, address)

"""Suggestions over HTTP, another spelling on the search page, related pieces on an article's page."""

import json

import pytest
from django.core.management import call_command

from tests.search.making import save_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(db) -> None:
    for number in range(3):
        save_article(f"示例村的网格员第{number}次送菜，发放口罩。", f"送菜{number}", public_id=f"a{number}")
    save_article("春耕开始了。", "春耕", public_id="f1")
    call_command("rebuild_index", interactive=False, verbosity=0)


def test_the_endpoint_answers_as_browsers_expect(archive, client) -> None:
    response = client.get("/suggest/", {"q": "kz"})
    typed, queries, notes = json.loads(response.content)
    assert response["Content-Type"].startswith("application/x-suggestions+json")
    assert typed == "kz" and queries == ["口罩"] and "3" in notes[0]
    assert "no-store" in response["Cache-Control"] or "max-age=60" in response["Cache-Control"]
    for nothing in ("", "\0", "没有", "x" * 5000, '"', "\ud800"):
        answer = client.get("/suggest/", {"q": nothing.encode("utf-8", "replace")})
        assert answer.status_code == 200 and json.loads(answer.content)[1] == []
    assert client.post("/suggest/").status_code == 405


def test_the_search_page_offers_another_spelling(archive, client) -> None:
    page = client.get("/search/", {"q": "网隔员"}).content.decode()
    assert "是不是要找" in page and "网格员</a>" in page
    assert "是不是要找" not in client.get("/search/", {"q": "网格员"}).content.decode()


def test_the_page_of_an_article_leads_to_related_ones(archive, client) -> None:
    page = client.get("/articles/a0/").content.decode()
    related = page[page.index("相近的报道") :]
    assert "/articles/a1/" in related and "/articles/a2/" in related and "/articles/f1/" not in related
    assert "相近的报道" not in client.get("/articles/f1/").content.decode()

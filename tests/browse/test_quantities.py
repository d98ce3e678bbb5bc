"""The page of quantities: rows with their sentence, counts that equal what their links open, closed texts in none."""

import re
from html import unescape
from itertools import cycle

import pytest
from django.test import Client

from archive.browse.selectors.quantities import asked as read
from archive.catalog import services as catalog
from archive.catalog.models import Access, Quantity
from tests.factories import Made, make_article, make_regions

pytestmark = pytest.mark.django_db
PAGE = "/research/quantities/"


@pytest.fixture
def pieces(settings, tmp_path):
    settings.CAPTURE_DIR = tmp_path / "captures"
    regions = make_regions(["510923", "420106"])
    texts = [
        ("示例村走访3,215户，798名机关干部下沉。另筹善款12.6万元。", "510923", "2020-02-10"),
        ("示例镇120名机关干部值守3至5天。", "420106", "2020-03-10"),
    ]
    return [
        make_article(Made(number, title=f"示例{number}", paragraphs=[text], regions=[regions[code]], published=day))
        for number, (text, code, day) in enumerate(texts, 1)
    ]


def total(client, address: str) -> int:
    response = client.get(address)
    assert response.status_code == 200, address
    return int(re.search(r'<b class="total">(\d+)</b>', response.content.decode())[1])


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("", 5), ("?noun=干部", 2), ("?noun=干部&exact=1", 0), ("?noun=机关干部&exact=1", 2), ("?unit=户", 1),
        ("?place=510000", 3), ("?place=420106", 2), ("?from=2020-03-01", 2), ("?to=2020-03-01", 3), ("?min=1000", 2),
        ("?from=2020-03", 2), ("?to=2020-02", 3), ("?from=2020-02&to=2020-02", 3), ("?from=2020-02&to=2020-01", 3), ("?from=2021", 0),
        ("?max=5", 1), ("?min=4&max=4", 1), ("?unit=名&min=500", 1), ("?noun=没有", 0),
    ],
)  # fmt: skip
def test_filters(client, pieces, asked, count):
    assert total(client, PAGE + asked) == count


def test_a_row_has_its_sentence_with_the_number_marked_and_its_article(client, pieces):
    said = client.get(PAGE + "?unit=户").content.decode()
    assert "示例村走访<mark>3,215户</mark>，798名机关干部下沉。" in said and "另筹善款" not in said
    assert f'href="/articles/{pieces[0].public_id}/"' in said and "2020年2月10日" in said
    assert "3–5" in client.get("/en" + PAGE).content.decode()
    assert f"{PAGE}?article={pieces[0].public_id}" in client.get(pieces[0].get_absolute_url()).content.decode()
    assert total(client, f"{PAGE}?article={pieces[0].public_id}") == 3


def test_every_count_is_what_its_link_opens(client, pieces):
    for asked in ("", "?place=510000", "?noun=干部", "?unit=名"):
        said = client.get(PAGE + asked).content.decode()
        counts = re.findall(r'<li><a href="(\?[^"]*)"[^>]*>[^<]+</a><b>(\d+)</b>', said)
        assert counts
        for link, count in counts:
            assert total(client, PAGE + unescape(link)) == int(count), link


def test_order_and_download(client, pieces):
    said = client.get(PAGE + "?order=largest").content.decode()
    assert said.index("126,000") < said.index("3,215</td>") < said.index("798</td>")
    response = client.get("/research/quantities.csv?noun=干部")
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 3 and lines[0].startswith("low,high,approximate,unit,noun,sentence,id")


def test_closed_articles_are_in_no_row_and_snippets_give_no_sentence(client, pieces):
    catalog.set_access(article=pieces[0], access=Access.SNIPPET, reason="示例")
    said = client.get(PAGE).content.decode()
    assert "示例村走访" not in said and "这篇文章只开放摘录" in said
    assert "示例村走访" not in b"".join(client.get("/research/quantities.csv").streaming_content).decode()
    catalog.set_access(article=pieces[0], access=Access.STAFF, reason="示例")
    assert total(client, PAGE) == 2
    catalog.withdraw(article=pieces[1], reason="示例")
    assert total(client, PAGE) == 0 and "没有这样的数量" in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    "name", ["noun", "unit", "place", "article", "from", "to", "min", "max", "order", "page", "exact", "x"]
)
def test_nonsense_gives_a_page(client, pieces, name):
    typed = (
        "999999",
        "abc",
        "-1",
        "0",
        "2020-13-45",
        "٣",
        "'\"<>",
        "%00",
        "\0",
        "a" * 3000,
        "🦠",
        "nan",
        "1e999",
        "inf",
        "9" * 30,
    )
    for value, path in zip(typed, cycle((PAGE, "/en" + PAGE))):
        assert client.get(path, {name: value}).status_code == 200, (name, value)
        refused = client.get("/research/quantities.csv", {name: value}).status_code == 400
        assert refused == bool(read({name: value}).notices), (name, value)
    assert "不是数值" in client.get(PAGE, {"min": "abc"}).content.decode()


def test_the_number_of_queries_is_constant(pieces, django_assert_num_queries, settings):
    client = Client()
    client.get(PAGE)
    with django_assert_num_queries(6):
        client.get(PAGE)
    for number in range(3, 9):
        make_article(Made(number, paragraphs=["示例村设卡3个，走访20户。"]))
    assert Quantity.objects.count() > 12
    with django_assert_num_queries(6):
        client.get(PAGE)

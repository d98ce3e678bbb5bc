"""Pages of an archive with nothing, with little, or with sample pieces in it."""

from tests import factories
from tests.factories import Made, make_article


def test_an_empty_archive_has_pages_too(client, db, search_engine):
    factories.make_regions()
    search_engine()
    for path in (
        "/",
        "/search/",
        "/search/?q=示例",
        "/places/",
        "/places/510923/",
        "/dates/",
        "/dates/2020/",
        "/outlets/",
        "/about/",
    ):
        assert client.get(path).status_code == 200
    assert "馆藏还是空的" in client.get("/").content.decode()


def test_a_month_counts_what_is_known_to_the_month_apart_from_its_days(client, db, settings, tmp_path, search_engine):
    regions = factories.make_regions(["510923"])
    for number, published in enumerate(("2020-02", "2020-02-24", "2020-02-01")):
        make_article(Made(number=number, published=published, regions=[regions["510923"]]))
    search_engine()
    month = client.get("/dates/2020/02/").content.decode()
    assert "3 篇文章" in month and "其中 1 篇只知月份" in month
    first = client.get("/dates/2020/02/01/").content.decode()
    assert "1 篇文章" in first and "本月另有 1 篇只知月份" in first


def test_sample_pieces_say_so_everywhere_and_are_kept_from_search_engines(client, db, search_engine):
    factories.make_regions()
    articles = factories.make_archive(8, is_sample=True)
    search_engine()
    address = f"/articles/{articles[1].public_id}/"
    for path in ("/", "/search/?q=示例", "/places/510000/", "/outlets/", "/outlets/shili-1/", address):
        response = client.get(path)
        assert '<span class="badge" lang="zh-Hans">示例</span>' in response.content.decode(), path
        english = client.get("/en" + path).content.decode()
        assert '<span class="badge" lang="en">Sample</span>' in english, path
        assert ">示例</span>" not in english, path
    for path in ("/", "/outlets/shili-1/", address, address + "history/", address + "raw/", address + "cite.bib"):
        response = client.get(path)
        assert response["X-Robots-Tag"] == "noindex", path
    assert '<meta name="robots" content="noindex">' in client.get(address).content.decode()
    assert "【示例】" in client.get(address).content.decode()
    page = client.get(address).content.decode()
    title = articles[1].current_version.title
    assert f'<meta name="citation_title" content="【示例】{title}">' in page
    assert f'"headline": "【示例】{title}"' in page and '"creativeWorkStatus": "示例' in page
    for kind in ("places", "dates", "outlets", "topics"):
        assert "<loc>" not in client.get(f"/sitemap-{kind}.xml").content.decode()
    assert articles[1].public_id not in client.get("/sitemap-0.xml").content.decode()
    assert client.get("/sitemap-1.xml").status_code == 404

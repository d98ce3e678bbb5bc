"""The search page: what it says, what its links lead to, what it does with mistakes."""

import csv
import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest


def get(client, query):
    return client.get("/search/" + query).content.decode()


def total(text):
    return int(re.search(r'class="total">(\d+)<', text)[1])


def links(text, pattern):
    return [(url.replace("&amp;", "&"), *rest) for url, *rest in re.findall(pattern, text)]


def test_the_status_says_what_was_searched_and_found(client, archive):
    text = get(client, "?q=网格员&place=510000")
    assert re.search(
        r'<p role="status" id="count"><b class="total">\d+</b> 篇<span class="said">[^<]*网格员[^<]*四川', text
    )


def test_every_facet_value_opens_as_many_articles_as_it_says(client, archive):
    text = get(client, "?q=示例")
    rows = links(text, r'<a rel="nofollow" class="pick" href="([^"]+)"><span>[^<]+</span><b>(\d+)<')
    assert len(rows) > 15
    for url, count in rows:
        assert total(get(client, url)) == int(count), url


def test_excluding_a_value_leaves_the_rest(client, archive):
    text = get(client, "?q=示例")
    for url in re.findall(r'<a rel="nofollow" class="bar-it" href="([^"]+)"', text)[:6]:
        url = url.replace("&amp;", "&")
        name, value = next((key, values[0]) for key, values in parse_qs(urlsplit(url).query).items() if key != "q")
        chosen = url.replace(name, name.removeprefix("not_"))
        assert total(get(client, url)) + total(get(client, chosen)) == total(text), value


@pytest.mark.parametrize(
    "query", ["?q=示例", "?q=示例&place=510000", "?q=示例&from=2020-02&to=2020-03", "?q=示例&date=2021"]
)
def test_every_bar_opens_as_many_articles_as_it_shows(client, archive, query):
    text = get(client, query)
    bars = links(text, r'<a href="([^"]+)" tabindex="-1" aria-label="[^"]*?(\d+) 篇"')
    assert bars
    for url, count in bars:
        assert total(get(client, url)) == int(count), url


def test_articles_without_a_month_are_counted_beside_the_bars(client, archive):
    text = get(client, "?q=示例")
    apart = links(text, r'<a href="([^"]+)">[^<]*?(?:不详）|日期不详) (\d+) 篇</a>')
    assert len(apart) >= 2
    for url, count in apart:
        assert total(get(client, url)) == int(count)
    in_bars = sum(
        int(count) for _url, count in links(text, r'<a href="([^"]+)" tabindex="-1" aria-label="[^"]*?(\d+) 篇"')
    )
    assert in_bars + sum(int(count) for _url, count in apart) == total(text)


def test_months_typed_the_wrong_way_round_search_what_the_right_way_searches(client, archive):
    right = get(client, "?from=2020-02&to=2020-05")
    wrong = get(client, "?from=2020-05&to=2020-02")
    assert total(wrong) == total(right) > 0
    assert "起止日期的先后已对调" in wrong and "对调" not in right
    assert 'name="from" value="2020-02"' in wrong and 'name="to" value="2020-05"' in wrong
    asked = {"from": "2020-05", "to": "2020-02", "sample": "1"}
    rows = client.get("/search/export.csv", asked).getvalue().decode().splitlines()
    assert len(list(csv.reader(rows))) == total(right) + 1
    assert client.get("/api/v1/articles", asked | {"sample": "true"}).json()["total"] == total(right)
    assert "起止日期的先后已对调" in client.get("/trends/", {**asked, "q": "网格员"}).content.decode()


def test_chips_take_one_condition_away(client, archive):
    text = get(client, "?q=示例&place=510000&not_outlet=shili-1&from=2020-01")
    chips = re.findall(r'<ul class="chips".*?</ul>', text, re.S)[0]
    urls = [url.replace("&amp;", "&") for url in re.findall(r'href="([^"]+)"', chips)]
    assert len(urls) == 4  # three conditions, and all of them
    assert "place=" not in urls[0] and "not_outlet=" in urls[0]
    assert "not_outlet" not in urls[1] and "place=510000" in urls[1]
    assert "from=" not in urls[2]


def test_choosing_a_part_replaces_the_whole(client, archive):
    text = get(client, "?place=510000")
    child = next(url for url in re.findall(r'class="pick" href="([^"]+)"', text) if "5109" in url)
    assert "place=510000" not in child


def test_pages_hold_every_result_once(client, archive):
    seen = []
    for number in range(1, 5):
        seen += re.findall(r'<h3 lang="[^"]+"><a href="/articles/(\w+)/', get(client, f"?q=示例&page={number}"))
        if len(seen) >= total(get(client, "?q=示例")):
            break
    assert len(seen) == len(set(seen)) == 60


def test_a_page_beyond_the_end_shows_the_last(client, archive):
    assert '<a aria-current="page"' in get(client, "?q=示例&page=999999")
    assert re.search(r"第 41–60 篇，共 60 篇", get(client, "?q=示例&page=999999"))


def test_a_mistake_is_told_with_a_repaired_query(client, archive):
    text = get(client, '?q="网格员')
    assert "引号没有成对" in text
    repaired = re.search(r'<p class="try">.*?href="([^"]+)"', text)[1]
    assert total(get(client, repaired)) > 0


def test_a_query_that_is_too_long_is_told(client, archive):
    text = get(client, "?q=" + "村" * 300)
    assert "300" in text and "200" in text


def test_nothing_found_says_what_to_try(client, archive):
    text = get(client, "?q=这里绝没有的话")
    assert "没有找到文章" in text and "换用更短的词" in text


def test_typed_html_is_shown_not_run(client, archive):
    text = get(client, "?q=<script>alert(1)</script>&place=<b>&from=<i>")
    assert "<script>alert" not in text and "<b>&" not in text


def test_a_database_of_any_size_is_asked_the_same_number_of_times(client, archive, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        client.get("/search/?q=示例&per_page=20")
    with django_assert_max_num_queries(14):
        client.get("/search/?q=示例&per_page=100")


def test_previous_and_next_lead_through_the_search(client, archive):
    results = client.get("/search/?q=网格员").content.decode()
    address = re.findall(r'<h3 lang="[^"]+"><a href="([^"]+)"', results)[1].replace("&amp;", "&")
    text = client.get(address).content.decode()
    total = re.search(r'class="total">(\d+)<', results)[1]
    assert f"第 2 篇，共 {total} 篇" in text
    following = re.search(r'rel="next" href="([^"]+)"', text)[1].replace("&amp;", "&")
    assert "第 3 篇" in client.get(following).content.decode()
    assert 'class="walk top-walk"' not in client.get(address.split("?")[0] + "?q=网格员&n=40").content.decode()


def test_the_map_counts_the_results_by_province_and_each_tile_is_a_filter(client, archive):
    for query in ("?q=示例", "?q=示例&place=510000", "?q=网格员&not_place=420000"):
        text = get(client, query)
        tiles = links(text, r'<a class="k\d" href="([^"]+)"[^>]*><span class="tn">[^<]+</span> <b>(\d+)<')
        assert len(tiles) == 34
        for url, count in [one for one in tiles if one[1] != "0"][:5]:
            if "place=510000" in query and "place=" not in url:
                continue  # the chosen tile: a click takes it away
            found = client.get("/search/" + url).content.decode()
            assert total(found) == int(count), url
    assert 'aria-current="true"><span class="tn">四川' in get(client, "?place=510000")


FACETS = ("place", "date", "outlet", "outlet_place", "topic", "script")


@pytest.mark.parametrize("name", FACETS)
def test_the_page_of_a_facet_lists_every_value_with_what_it_opens(client, archive, name, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        text = client.get(f"/search/facets/{name}/?q=示例").content.decode()
    rows = links(text, r'<a rel="nofollow" class="pick" href="([^"]+)"><span>[^<]+</span><b>(\d+)<')
    assert rows and 'name="robots" content="noindex"' in text
    for url, count in rows[:12]:
        assert total(client.get(url).content.decode()) == int(count), url
    assert f'href="/search/facets/{name}/?q=' in get(client, "?q=示例") or name in ("script", "topic", "outlet", "date")


def test_the_values_of_a_facet_are_filtered_by_name_in_either_script_and_paged(client, archive, monkeypatch):
    text = client.get("/search/facets/place/?find=遂寧&by=name").content.decode()
    names = re.findall(r'<a rel="nofollow" class="pick"[^>]*><span>([^<]+)<', text)
    assert names and all("遂宁" in name for name in names)
    assert "没有名称含“绝无此地”的值" in client.get("/search/facets/place/?find=绝无此地").content.decode()
    assert client.get("/search/facets/nothing/").status_code == 404
    for typed in ("\0", "'\"<>", "a" * 3000, "٣", "-1"):
        for key in ("find", "by", "page", "place", "q"):
            assert client.get("/search/facets/place/", {key: typed}).status_code == 200
    monkeypatch.setattr("archive.browse.views.facets.VALUES", 5)
    pages = [client.get(f"/search/facets/place/?page={number}").content.decode() for number in (1, 2, 99999)]
    held = [re.findall(r'class="pick" href="([^"]+)"', one) for one in pages]
    assert not set(held[0]) & set(held[1]) and held[2]


def test_nothing_found_tells_a_gap_of_the_archive_from_words_that_are_nowhere(client, archive):
    gap = get(client, "?q=网格员&place=540000")
    assert "本馆没有收录" in gap and "西藏" in re.search(r'class="gap">.*?</ul>', gap, re.S)[0]
    assert "本馆没有收录" in get(client, "?q=网格员 日期:2019-01")
    assert "本馆没有收录" in get(client, "?from=2035-01&to=2035-02")
    words = get(client, "?q=这里绝没有的话&place=510000")
    assert re.search(r"本馆在这个范围内有 \d+ 篇，但没有一篇含有所找的词", words) and "本馆没有收录" not in words
    assert "本馆的文章里没有所找的词" in get(client, "?q=这里绝没有的话")


@pytest.mark.parametrize("query", ['"网格员 绝没有的话"~3', "“网格员绝没有这样的话”"])
def test_a_quotation_that_is_not_held_is_not_said_to_have_no_words_held(client, archive, query):
    page = get(client, "?q=" + quote(query))
    assert "照所要求的那样连在一起的文字" in page and "没有所找的词" not in page


@pytest.mark.parametrize(
    "query",
    [
        "?q=网格员&place=540000",
        "?q=网格员 绝没有的话",
        "?q=“示例 网格员”",
        "?q=网格员&place=460205&topic=学校&from=2020-01",
    ],
)
def test_each_change_that_is_offered_opens_as_many_articles_as_it_says(client, archive, query):
    changes = links(get(client, query), r'<li><a href="([^"]+)">[^<]+</a> <b>(\d+)</b>')
    assert changes
    for url, count in changes:
        assert total(get(client, url)) == int(count) > 0, url


def test_a_receipt_tells_what_was_found_and_what_changed_since(client, archive, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        told = client.get("/search/receipt.json?q=网格员&place=510000").json()
    assert told["found"] == total(get(client, "?q=网格员&place=510000")) and told["held"] >= 60 and not told["since"]
    address = told["address"].split("/search", 1)[1]
    again = client.get("/search" + address.replace("receipt/", "receipt.json")).json()
    assert again["since"] == {"same": True, "same_index": True, "added": 0, "changed": 0, "lost_at_least": 0, "held": 0}
    assert "结果与凭证完全相同" in client.get("/search" + address).content.decode()
    other = re.sub(r"found=\d+", "found=5", re.sub("set=[0-9a-f]{16}", "set=" + "0" * 16, address))
    assert f"当时 5 篇，现在 {told['found']} 篇" in client.get("/search" + other).content.decode()
    older = re.sub("at=[0-9]{8}", "at=20200101", address).replace("receipt/", "receipt.json")
    assert client.get("/search" + older).json()["since"]["added"] == told["found"]
    cited = client.get("/search" + address.replace("receipt/", "receipt.txt")).content.decode()
    assert told["results"] in cited and told["index"] in cited and told["address"] in cited


@pytest.mark.parametrize(
    ("figure", "typed"), [("found", "5"), ("found", "99999"), ("held", "1"), ("at", "20991231T000000%2B0800")]
)
def test_a_receipt_that_contradicts_itself_is_none(client, archive, figure, typed):
    told = client.get("/search/receipt.json?q=网格员&place=510000").json()
    assert told["found"] not in {0, 1, 5} and not told["altered"]
    address = "/search" + told["address"].split("/search", 1)[1]
    address = re.sub(rf"\b{figure}=[^&]+", f"{figure}={typed}", address)
    text = client.get(address).content.decode()
    assert "自相矛盾" in text and "完全相同" not in text and "此后" not in text
    again = client.get(address.replace("receipt/", "receipt.json")).json()
    assert again["altered"] and (again["found"], again["held"]) == (told["found"], told["held"]) and not again["since"]
    cited = client.get(address.replace("receipt/", "receipt.txt")).content.decode()
    assert f"{told['held']} 篇中有 {told['found']} 篇" in cited


def test_a_receipt_meets_nonsense_with_a_page(client, archive):
    good = {"q": "示例", "at": "20261124T101010+0800", "found": "3", "held": "9", "set": "0" * 16, "idx": "0" * 16}
    for name in good:
        for typed in ("", "abc", "-1", "٣", "\0", "9" * 40, "99999999T999999+9999", "00010101T000000+2359"):
            assert client.get("/search/receipt/", {**good, name: typed}).status_code == 200, (name, typed)
    assert client.get('/search/receipt.json?q="网格').status_code == 400
    assert "引号没有成对" in client.get('/search/receipt/?q="网格').content.decode()


def test_searches_can_be_kept_and_the_page_says_how_without_a_script(client, archive):
    text = client.get("/saved/").content.decode()
    assert "加入书签" in text and "订阅" in text and 'content="noindex"' in text
    assert re.search(r'<button id="save"[^>]* hidden', get(client, "?q=示例"))


def test_copies_are_listed_once_where_asked(client, archive, monkeypatch):
    from django.contrib.auth.models import User

    from archive.catalog.models import Article
    from archive.catalog.reprints import join
    from archive.search import engine
    from tests.search.reference import ReferenceEngine, documents

    found = client.get("/search/").context["found"]
    whole = found.total
    first, second = (Article.objects.get(pk=one.article.pk) for one in found.results[:2])  # both on the first page
    join(articles=[first, second], by=User.objects.create_user("editor-of-copies"), reason="同一篇")
    ReferenceEngine(documents()).stand_in(monkeypatch, engine)  # as it is searched now
    page = client.get("/search/?copies=one&per_page=100")
    assert page.context["found"].total == whole - 1
    text = page.content.decode()
    assert "连同转载 2 篇" in text and f'/research/spread/{first.printing.cluster_id}/"' in text
    assert 'aria-current="true">合为一条</a>' in text and 'href="?copies=originals&amp;per_page=100"' in text
    assert "连同转载" not in client.get("/search/?copies=originals&per_page=100").content.decode()
    for kind in ("csv", "jsonl"):
        lines = [
            len(client.get(f"/search/export.{kind}?sample=1{more}").getvalue().splitlines())
            for more in ("", "&copies=one", "&copies=originals")
        ]
        assert lines[1] == lines[2] < lines[0]
    assert client.get("/search/receipt.json?copies=one").json()["found"] == whole - 1
    told = [client.get(f"/api/v1/articles?sample=true{more}").json() for more in ("", "&copies=one")]
    assert told[1]["total"] == told[0]["total"] - 1

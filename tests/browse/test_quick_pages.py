"""What makes pages quick changes nothing that they say: names from the gazetteer, addresses made once, counts kept by state of the index."""

import gzip
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse, QueryDict
from django.test import RequestFactory
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import translation

from archive.browse.finding.choices import free_items, items
from archive.browse.finding.facets import Choice
from archive.browse.finding.links import addressed, choosing, excluding, including
from archive.browse.finding.state import SearchState
from archive.browse.guard.shrinking import Shrinking
from archive.browse.names import names_in_line, place_name
from archive.browse.selectors.places import townships_of
from archive.catalog.models import Status
from archive.catalog.reading import cards_by_key
from archive.places.models import Region
from archive.search.engine.upkeep import rebuild, update
from archive.search.records import FACETS
from tests import factories
from tests.factories import Made, make_article


@pytest.mark.django_db
def test_the_gazetteer_names_what_the_records_name():
    factories.make_regions()
    regions = list(Region.objects.with_chain())
    assert len(regions) > 40
    for language in ("zh-hans", "zh-hant", "en"):
        with translation.override(language):
            for region in regions:
                assert names_in_line(region.code, language) == tuple(map(place_name, region.chain())), region.code
    assert names_in_line("999999", "en") == ()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_addresses_of_many_values_are_those_of_reverse(language):
    with translation.override(language):
        for name, values in {"article": ("2f8k1m07", "甲 乙?", "a+b&c=d"), "place": ("510000",)}.items():
            assert [addressed(name)(one) for one in values] == [reverse(name, args=[one]) for one in values]


@pytest.mark.django_db
def test_what_is_published_or_withdrawn_shows_at_once(client, tmp_path, settings):
    """Counts, charts and maps of the whole archive are kept with a state of the index, and go with it."""
    settings.CAPTURE_DIR = tmp_path / "captures"
    connections = {"default": {**settings.HAYSTACK_CONNECTIONS["default"], "PATH": str(tmp_path / "index")}}
    with override_settings(HAYSTACK_CONNECTIONS=connections):
        regions = factories.make_regions()
        first = make_article(Made(number=1, title="示例村设卡", regions=[regions["510923"]], published="2020-02-24"))
        rebuild()

        def shown() -> dict[str, list[str]]:
            return {
                path: client.get(path).content.decode()
                for path in ("/", "/places/510000/", "/search/?q=示例村", "/en/")
            }

        def numbers(page: str) -> tuple[bool, bool]:
            return "2020年2月：1 篇" in page, "2020年3月：1 篇" in page

        before = shown()
        assert shown() == before and numbers(before["/"]) == (True, False)
        second = make_article(Made(number=2, title="示例村解封", regions=[regions["420106"]], published="2020-03-25"))
        update([second.pk])
        after = shown()
        assert "示例村解封" not in before["/"] and "示例村解封" in after["/"] and numbers(after["/"]) == (True, True)
        assert "</mark>解封" in after["/search/?q=示例村"] and "示例村解封" in after["/en/"]
        assert after["/places/510000/"] == before["/places/510000/"]
        # Withdrawn, and the index not told yet: no list shows it.
        type(first).objects.filter(pk=first.pk).update(status=Status.WITHDRAWN)
        assert "示例村设卡" not in client.get("/").content.decode()
        update([first.pk])
        assert numbers(client.get("/").content.decode()) == (False, True)


@pytest.mark.django_db
def test_a_card_needs_no_further_query(django_assert_num_queries):
    from archive.browse.selectors.cards import cards

    regions = factories.make_regions()
    made = [
        make_article(Made(number=1, title="", regions=[regions["510923"]], township="示例镇")),
        make_article(Made(number=2, title="村口設卡", script="Hant", captions=["圖為示例村。"])),
    ]
    with django_assert_num_queries(2):
        shown = cards(cards_by_key([one.pk for one in made]).values())
    with django_assert_num_queries(0):
        assert "示例镇" in shown.html and "村口設卡" in shown.html and shown.html.count("<li") == 2


@pytest.mark.django_db
def test_townships_are_those_of_published_articles_of_the_unit():
    regions = factories.make_regions()
    county, other = regions["510923"], regions["420106"]
    made = [make_article(Made(number=one, regions=[county], township="示例镇")) for one in range(3)]
    made += [make_article(Made(number=3, regions=[county], township="示范乡")), make_article(Made(number=4, regions=[other], township="他乡"))]  # fmt: skip
    assert townships_of(county) == [("示例镇", 3), ("示范乡", 1)]
    assert townships_of(regions["510900"]) == [("示例镇", 3), ("示范乡", 1)] and townships_of(other) == [("他乡", 1)]
    type(made[0]).objects.filter(pk=made[0].pk).update(status=Status.WITHDRAWN)
    type(made[1]).objects.filter(pk=made[1].pk).update(access="staff")
    assert dict(townships_of(county)) == {"示例镇": 1, "示范乡": 1}


@pytest.mark.parametrize(
    "asked", ["", "q=村", "q=村&place=510000&not_place=420000&sort=newest&page=3", "q=甲%26乙&not_topic=学校&from=2020-01&per_page=50", "date=2020-02&outlet=a b"]
)  # fmt: skip
def test_addresses_of_choices_are_those_of_the_state(asked):
    """What is put together for many values is what the state makes of each."""
    state = SearchState.of(QueryDict(asked))
    assert state.query() == ("?" + urlencode(state.pairs()) if state.pairs() else "")
    assert state.query_from_start() == state.but().query()
    for name in FACETS:
        for value in ("510000", "420000", "学校", "2020", "2020-02-01", "a b&c"):
            assert including(state, name)(value) == state.including(name, value).query()
            assert excluding(state, name)(value) == state.excluding(name, value).query()
            assert choosing(state, name)(value) == state.only(name, value).query()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("as_printed", [True, False])
def test_items_of_values_that_are_free_are_those_of_any_values(language, as_printed):
    state = SearchState.of(QueryDict("q=甲%26乙&not_topic=学校&from=2020-01"))
    values = [("a b&c", "<甲>", 3), ("示例报", "示例报", 1)]
    with translation.override(language):
        choices = [
            Choice(value, label, count, state.including("outlet", value).query(), state.excluding("outlet", value).query(), False, False)
            for value, label, count in values
        ]  # fmt: skip
        written = free_items(values, state.around("outlet"), state.around("not_outlet"), as_printed=as_printed)
        assert written == items(choices, as_printed=as_printed) and "&lt;甲&gt;" in written


def test_pages_are_shrunk_and_their_length_blurred(client):
    plain = client.get("/help/")
    shrunk = [client.get("/help/", headers={"accept-encoding": "gzip"}) for _time in range(12)]
    assert "Content-Encoding" not in plain.headers and plain["Vary"] == shrunk[0]["Vary"]
    for one in shrunk:
        assert one["Content-Encoding"] == "gzip" and int(one["Content-Length"]) == len(one.content)
        assert gzip.decompress(one.content) == plain.content and len(one.content) < len(plain.content) / 2
    assert len({len(one.content) for one in shrunk}) > 1
    assert "Content-Encoding" not in client.get("/healthz", headers={"accept-encoding": "gzip"}).headers


def test_a_shrunk_answer_has_a_weak_tag():
    def answer(_request):
        return HttpResponse("示例" * 200, headers={"ETag": '"one"'})

    request = RequestFactory().get("/", headers={"accept-encoding": "gzip"})
    assert Shrinking(answer)(request)["ETag"] == 'W/"one"'


@pytest.mark.django_db
def test_who_reads_has_neither_session_nor_name(client):
    alone = client.get("/help/").wsgi_request
    assert not hasattr(alone, "session") and not hasattr(alone, "user")
    assert hasattr(client.get("/staff/login/").wsgi_request, "session")
    client.force_login(User.objects.create_user("reader"))
    known = client.get("/help/").wsgi_request
    assert known.user.is_authenticated and known.session.session_key

"""The engine behind haystack: SearchQuerySet, commands and signals."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from haystack.query import SearchQuerySet

from archive.catalog import services
from archive.catalog.models import Article
from archive.search import pending
from archive.search.engine import parallel, upkeep
from archive.search.engine.folder import IndexBusy
from archive.search.models import Waiting
from archive.search.records import Request
from archive.search.tree import Phrase

from ..making import region, save_article

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def index(settings, tmp_path):
    connections = {"default": {**settings.HAYSTACK_CONNECTIONS["default"], "PATH": str(tmp_path / "index")}}
    settings.HAYSTACK_CONNECTIONS = connections


def keys(results) -> set[int]:
    return {int(result.pk) for result in results}


def evaluate(text: str) -> int:
    from archive.search.engine import evaluate as door

    return door(Request(Phrase(text))).total


@pytest.fixture
def three():
    return [
        save_article("网格员在村口设卡,疫情防控不松劲。", "村口设卡", public_id="a1", dates=(date(2020, 2, 3),) * 2),
        save_article("志愿者送菜上门。", "社区送菜", public_id="a2", places=[region("510923")], topics=["生活保供"]),
        save_article("網格員測溫,疫情防控網格。", "測溫", public_id="a3", script="Hant-converted"),
    ]


def test_saving_makes_an_article_findable_at_once(three):
    assert keys(SearchQuerySet().filter(content="网格员")) == {three[0].pk, three[2].pk}
    assert SearchQuerySet().all().count() == 3
    assert not Waiting.objects.exists()


def test_an_exact_filter_spans_words(three):
    assert keys(SearchQuerySet().filter(content__exact="情防控网")) == {three[2].pk}
    assert keys(SearchQuerySet().filter(content__exact="村口设卡,疫")) == {three[0].pk}


def test_filters_are_combined_excluded_and_narrowed(three):
    everything = SearchQuerySet()
    assert keys(everything.filter(content="网格员").exclude(content="测温")) == {three[0].pk}
    assert keys(everything.filter(place="510000")) == {three[1].pk}
    assert keys(everything.filter(published__range=(date(2020, 2, 1), date(2020, 2, 29)))) == {three[0].pk}
    assert keys(everything.narrow('标题:"送菜"')) == {three[1].pk}
    assert keys(everything.filter_or(content="送菜").filter_or(content="测温")) == {three[1].pk, three[2].pk}


def test_slices_counts_order_and_the_last_page_are_right():
    articles = [save_article("设卡登记。", public_id=f"b{n}", dates=(date(2020, 1, 1 + n),) * 2) for n in range(23)]
    ordered = SearchQuerySet().filter(content="设卡").order_by("-published")
    assert [int(one.pk) for one in ordered[:5]] == [one.pk for one in articles[::-1][:5]]
    assert len(ordered[20:30]) == 3
    assert {int(one.pk) for start in range(0, 23, 5) for one in ordered[start : start + 5]} == {
        one.pk for one in articles
    }
    assert [one.object.public_id for one in ordered.load_all()[:2]] == ["b22", "b21"]


def test_facets_and_highlights_come_through_haystack(three):
    results = SearchQuerySet().filter(content="网格员").facet("script").highlight()
    assert dict(results.facet_counts()["fields"]["script"]) == {"Hans": 1, "Hant-converted": 1}
    shown = " ".join(text for result in results for text in result.highlighted["text"])
    assert "<em>网格员</em>" in shown
    assert "<em>網格員</em>" in shown


def test_withdrawn_and_deleted_articles_are_not_found_any_more(three):
    services.withdraw(article=three[0], reason="来源要求撤下")
    assert keys(SearchQuerySet().filter(content="网格员")) == {three[2].pk}
    services.publish(article=Article.objects.get(pk=three[0].pk))
    assert evaluate("网格员") == 2
    three[2].delete()
    assert evaluate("网格员") == 1


def test_a_renamed_outlet_and_a_corrected_title_are_searched_anew(three):
    version = three[1].current_version
    version.title = "村委会送菜"
    version.save()
    assert evaluate("村委会送菜") == 1


def test_a_change_that_is_rolled_back_leaves_no_trace(three):
    from django.db import transaction

    with pytest.raises(RuntimeError), transaction.atomic():
        services.withdraw(article=three[0], reason="试")
        raise RuntimeError
    assert evaluate("村口设卡") == 1
    assert not Waiting.objects.exists()


def test_a_change_that_could_not_be_indexed_waits_and_is_caught_up(three, monkeypatch, caplog):
    def busy(*args, **options):
        raise IndexBusy("locked")

    with monkeypatch.context() as patched:
        patched.setattr(upkeep, "update", busy)
        services.withdraw(article=three[0], reason="试")
    assert "wait" in caplog.text
    assert evaluate("村口设卡") == 1
    assert list(Waiting.objects.values_list("article", flat=True)) == [three[0].pk]
    assert pending.catch_up() == 1
    assert evaluate("村口设卡") == 0
    assert not Waiting.objects.exists()


def test_check_index_names_each_difference_and_mends_it(three, capsys):
    other = save_article("后来写入的一篇。", public_id="a4")
    with upkeep.current_folder().writing() as writer:
        writer.remove([other.pk])
    Article.objects.filter(pk=three[0].pk).update(status="draft")  # past every signal
    with pytest.raises(CommandError):
        call_command("check_index")
    told = capsys.readouterr().out
    assert f"missing: 1 (article {other.pk})" in told
    assert f"surplus: 1 (article {three[0].pk})" in told
    call_command("check_index", repair=True)
    call_command("check_index")
    assert "agree" in capsys.readouterr().out
    assert evaluate("后来写入") == 1


def test_haystacks_own_commands_work(three, capsys):
    call_command("clear_index", interactive=False, verbosity=0)
    assert SearchQuerySet().all().count() == 0
    call_command("update_index", verbosity=0)
    assert SearchQuerySet().all().count() == 3
    call_command("rebuild_index", interactive=False, verbosity=0)
    assert SearchQuerySet().all().count() == 3
    call_command("haystack_info")
    assert "ArticleIndex" in capsys.readouterr().out


def test_readers_see_the_old_index_until_a_rebuild_is_whole(three, monkeypatch):
    seen = []
    real = parallel.build

    def building(batch):
        seen.append(SearchQuerySet().all().count())
        return real(batch)

    monkeypatch.setattr(parallel, "build", building)
    assert upkeep.rebuild() == 3
    assert seen == [3]


def test_orders_may_be_mixed_and_end_the_same_everywhere():
    days = (date(2020, 2, 5), date(2020, 2, 3), date(2020, 2, 3), None)
    a, b, c, d = (
        save_article("设卡。", public_id=f"o{n}", dates=(day, day) if day else None).pk for n, day in enumerate(days)
    )

    def order(*fields):
        return [int(one.pk) for one in SearchQuerySet().order_by(*fields)]

    assert order("id") == [a, b, c, d]
    assert order("-id") == [d, c, b, a]
    assert order("published", "-id") == [c, b, a, d]
    assert order("published", "id") == [b, c, a, d]
    assert order("-published", "id") == [a, b, c, d]
    assert order("-published") == [a, c, b, d]
    with pytest.raises(ValueError, match="cannot sort by colour"):
        order("colour")


def test_bounds_of_dates_are_open_or_closed_as_asked(three):
    later = save_article("设卡。", public_id="l", dates=(date(2020, 2, 5),) * 2)
    results = SearchQuerySet()
    assert keys(results.filter(published__gt=date(2020, 2, 3))) == {later.pk}
    assert keys(results.filter(published__gte=date(2020, 2, 3))) == {three[0].pk, later.pk}
    assert keys(results.filter(published__lt=date(2020, 2, 5))) == {three[0].pk}
    assert keys(results.filter(published__lte=date(2020, 2, 5))) == {three[0].pk, later.pk}


def test_haystacks_own_kinds_of_queries_are_understood(three):
    results = SearchQuerySet()
    assert keys(results.auto_query('"员在村口"')) == {three[0].pk}
    assert keys(results.auto_query("网格员 -测温")) == {three[0].pk}
    assert keys(results.auto_query('网格员 -测温 "口设卡,疫"')) == {three[0].pk}
    assert keys(results.auto_query('"')) == set()
    assert keys(results.raw_search('网格员 -"测温"')) == {three[0].pk}
    assert keys(results.filter(django_id__in=[three[1].pk, 10**6])) == {three[1].pk}


def test_only_articles_are_indexed(three):
    from archive.catalog.models import Version

    with pytest.warns(UserWarning, match="not registered"):
        versions = SearchQuerySet().models(Version)
    assert (versions.count(), list(versions)) == (0, [])
    assert SearchQuerySet().models(Article).count() == 3

"""What helps a reader on: suggestions while typing, another spelling, more like this."""

from datetime import date

import pytest
from django.core.management import call_command

from archive.catalog.models import Article, Outlet, Printing, ReprintCluster
from archive.search.corrections import did_you_mean
from archive.search.engine import lexicon
from archive.search.records import Hit, Response
from archive.search.service import search
from archive.search.similar import similar
from archive.search.suggestions import suggest

from .making import region, save_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(db) -> None:
    paper = Outlet.objects.create(name="示例日报", slug="shili-ribao", region=region("510900"))
    Outlet.objects.create(name="示例空报", slug="shili-kongbao")
    for number in range(4):
        save_article(
            f"示例村的网格员第{number}次给隔离户送菜，发放口罩。", "网格员送菜", public_id=f"a{number}", outlet=paper,
            places=[region("510923")], dates=(date(2020, 2, 3 + number), date(2020, 2, 3 + number)),
        )  # fmt: skip
    save_article("示例鎮的網格員登記體溫。", "示例鎮的一天", public_id="t1", script="Hant", places=[region("420106")])
    save_article("春耕开始，农机手下田，化肥到村。", "春耕", public_id="f1")
    save_article("春耕备耕，农机手检修农机，化肥种子到户。", "备耕", public_id="f2")
    save_article("秘密词组的旧稿，秘密词组。", "秘密词组甲", public_id="w1", status="withdrawn")
    save_article("秘密词组的旧稿，秘密词组。", "秘密词组乙", public_id="w2", status="withdrawn")
    call_command("rebuild_index", interactive=False, verbosity=0)


def texts(typed: str, **more) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in suggest(typed, **more)]


def test_words_places_outlets_and_titles_are_suggested(archive) -> None:
    assert ("word", "网格") in texts("网") and ("title", "网格员送菜") in texts("网格")
    assert ("place", "四川省") in texts("四") and ("place", "大英县") in texts("大英")
    assert ("outlet", "示例日报") in texts("示例")
    assert "示例空报" not in {text for _, text in texts("示例")}, "it has no article"
    assert texts("") == texts(" ") == texts("没有这样的开头") == texts("网" * 50) == []
    assert len(texts("示", count=2)) <= 2


def test_suggestions_know_both_scripts_pinyin_and_initials(archive) -> None:
    assert texts("網格") == texts("网格")
    assert ("word", "口罩") in texts("kouz") and ("word", "口罩") in texts("kz")
    assert ("place", "四川省") in texts("sich") and ("outlet", "示例日报") in texts("slrb")


def test_each_suggestion_finds_what_it_promises(archive) -> None:
    for typed in ("网", "示例", "四", "kz", "大英", "网格", "春"):
        for one in suggest(typed):
            page = search(one.query)
            assert page.error is None and page.total > 0, one
            if one.articles:
                assert page.total == one.articles, one


def test_nothing_of_a_withdrawn_piece_is_suggested_also_right_after_it_was_withdrawn(archive) -> None:
    assert texts("秘密") == texts("秘") == []
    assert {text for _, text in texts("春")} >= {"春耕"}
    for article in Article.objects.filter(public_id__in=["f1", "f2"]):
        article.status = "withdrawn"
        article.save()
    call_command("check_index", repair=True, verbosity=0)
    assert texts("春") == texts("cg") == []


def test_an_older_lexicon_still_suggests_only_what_stands_now(archive, monkeypatch) -> None:
    assert ("word", "春耕") in texts("春")
    monkeypatch.setattr(lexicon, "_nearly", lambda before, now: True)
    article = Article.objects.get(public_id="f2")
    article.status = "withdrawn"
    article.save()
    call_command("check_index", repair=True, verbosity=0)
    assert ("word", "春耕") not in texts("春"), "one article is not enough"


def test_a_query_that_finds_little_is_asked_whether_it_was_meant_so(archive) -> None:
    def meant(query: str) -> str | None:
        return search(query, correct=True).did_you_mean

    assert meant("网隔员") == "网格员"
    assert meant("網隔員 口罩") == "网格员 口罩"
    assert meant("kouzhao") == "口罩"
    assert meant('标题:"网隔员"') == '标题:"网格员"'
    assert meant("网格员") is None and meant("完全不相干的词") is None and meant("") is None
    assert meant("发放口照") == "发放口罩"
    assert search("网隔员").did_you_mean is None, "only where it is asked for"


def test_a_spelling_is_offered_only_when_it_gives_hits_under_the_same_filters(archive) -> None:
    assert search("网隔员", correct=True, include={"place": ["510000"]}).did_you_mean == "网格员"
    assert search("网隔员", correct=True, include={"place": ["110000"]}).did_you_mean is None
    assert did_you_mean("网隔员", 0, lambda query: 0) is None
    assert did_you_mean("网隔员", 3, lambda query: 100) is None, "it found enough"


def test_more_like_this_shares_the_telling_words_and_leaves_copies_out(archive) -> None:
    farming = Article.objects.with_parts().get(public_id="f1")
    assert [one.public_id for one in similar(farming)] == ["f2"]
    delivery = Article.objects.with_parts().get(public_id="a0")
    near = [one.public_id for one in similar(delivery)]
    assert set(near[:3]) == {"a1", "a2", "a3"} and "f1" not in near
    assert len(similar(delivery, 2)) == 2
    twin = Article.objects.get(public_id="a1").current_version
    twin.text_sha256 = delivery.current_version.text_sha256
    twin.save()
    assert "a1" not in {one.public_id for one in similar(delivery)}


def test_other_printings_of_a_story_are_not_like_it(archive) -> None:
    delivery, first, second = (Article.objects.with_parts().get(public_id=one) for one in ("a0", "a1", "a2"))
    own, other = ReprintCluster.objects.create(), ReprintCluster.objects.create()
    Printing.objects.create(article=delivery, cluster=own, overlap=1, is_original=True)
    Printing.objects.create(article=first, cluster=own, overlap=0.97)
    Printing.objects.create(article=second, cluster=other, overlap=1, is_original=True)
    Printing.objects.create(article=Article.objects.get(public_id="a3"), cluster=other, overlap=0.9)
    near = {one.public_id for one in similar(delivery)}
    assert "a1" not in near
    assert len(near & {"a2", "a3"}) == 1


def test_a_closed_copy_hides_no_open_one(archive) -> None:
    farming = Article.objects.with_parts().get(public_id="f1")
    closed, open_one = (Article.objects.get(public_id=one) for one in ("a1", "f2"))
    versions = closed.current_version, open_one.current_version
    for version in versions:
        version.text_sha256 = "c" * 64
        version.save()
    Article.objects.filter(pk=closed.pk).update(status="withdrawn")

    def closed_first(request):
        hits = tuple(Hit(pk, 1.0) for pk in (closed.pk, open_one.pk)) if request.limit else ()
        return Response(3, hits)

    assert [one.public_id for one in similar(farming, evaluate=closed_first)] == ["f2"]


def test_more_like_this_shows_and_reads_nothing_that_is_closed(archive) -> None:
    assert similar(Article.objects.with_parts().get(public_id="w1")) == ()
    Article.objects.filter(public_id="f2").update(status="withdrawn")
    assert similar(Article.objects.with_parts().get(public_id="f1")) == ()

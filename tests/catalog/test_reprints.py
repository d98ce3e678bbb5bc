"""Copies of a story are found as they come, settled by editors, and counted once or each."""

import random
import re
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.catalog import services
from archive.catalog.models import Article, Printing, ReprintCluster
from archive.catalog.reprints import alike, confirm_cluster, figures_of, find_copies, join, split, states_of
from tests.damage import traditional
from tests.factories import Made, make_article, make_outlets, make_regions

pytestmark = pytest.mark.django_db

WORDS = [
    "村口",
    "值守",
    "网格员",
    "登记",
    "车辆",
    "体温",
    "口罩",
    "志愿者",
    "老人",
    "菜",
    "药品",
    "大喇叭",
    "方言",
    "消毒",
    "教室",
    "返岗",
    "大巴",
    "工厂",
    "党员",
    "夜里",
    "雨",
    "帐篷",
    "姜汤",
    "排班",
    "县城",
    "乡镇",
    "卫生院",
    "医生",
    "护士",
    "隔离点",
    "三餐",
    "快递",
    "超市",
    "货架",
    "物资",
    "捐款",
    "果农",
    "橘子",
    "茶园",
    "春耕",
    "种子",
    "化肥",
    "田埂",
    "水渠",
    "民警",
    "卡点",
    "巡逻",
    "劝返",
]


def story(seed: int, sentences: int = 14) -> list[str]:
    """An invented piece of about 350 characters, in paragraphs; the same for the same seed."""
    draw = random.Random(seed)
    lines = [
        f"第{draw.randint(1, 90)}组的{draw.choice(WORDS)}和{draw.choice(WORDS)}在{draw.choice(WORDS)}边{draw.choice(WORDS)},"
        f"把{draw.choice(WORDS)}{draw.choice(WORDS)}送到{draw.choice(WORDS)},{draw.choice(WORDS)}说{draw.choice(WORDS)}够了。"
        for _ in range(sentences)
    ]
    return ["".join(lines[place : place + 3]) for place in range(0, sentences, 3)]


def hold(number: int, paragraphs: list[str], **more) -> Article:
    article = make_article(Made(number=number, paragraphs=tuple(paragraphs), **more))
    find_copies([article])
    return article


def clusters() -> list[set[int]]:
    return sorted(
        {frozenset(one.printings.values_list("article_id", flat=True)) for one in ReprintCluster.objects.all()}, key=sorted
    )  # fmt: skip


@pytest.fixture
def editor():
    return User.objects.create_user("editor", is_staff=True)


def test_copies_are_found_cut_converted_and_reworded_but_not_other_stories():
    text = story(1)
    first = hold(1, text)
    hold(2, story(2))
    cut = hold(3, text[:3])
    converted = hold(4, [traditional(one) for one in text], script="Hant")
    reworded = hold(5, [one.replace("送到", "运往").replace("够了", "足够") for one in text])
    assert clusters() == [{first.pk, cut.pk, converted.pk, reworded.pk}]
    assert Printing.objects.get(is_original=True).article == first
    assert Printing.objects.get(pk=cut.pk).overlap == 1.0
    told = {one.article.pk: one.overlap for one in figures_of(ReprintCluster.objects.get()).printings}
    assert told[cut.pk] == told[converted.pk] == 1.0
    assert 0.5 < told[reworded.pk] < 1
    assert Article.objects.published().originals().count() == 2
    assert alike(["".join(text)])[0][0].article_id in {first.pk, converted.pk}
    assert alike(["".join(story(9))]) == [[]]


def test_bulletins_in_one_formula_are_not_copies():
    formula = "{}月{}日0时至24时,示例市新增确诊病例{}例,新增出院{}例。截至当日24时,累计报告确诊病例{}例,累计出院{}例,密切接触者{}人正在接受医学观察。"
    for number, day in enumerate((3, 9, 17)):
        hold(number, [formula.format(2, day, day + 1, day + 4, day * 11, day * 5, day * 31)] * 2)
    assert not ReprintCluster.objects.exists()


def test_bulletins_of_days_on_which_nothing_was_new_are_not_copies_but_a_reprint_is():
    formula = "2020年{}月{}日0至24时,示例省报告新型冠状病毒肺炎新增确诊病例0例,无重症病例。截至{}月{}日24时,示例省累计报告确诊病例1018例,累计报告重症病例150例,死亡病例4例,出院病例1014例。"
    for number, day in enumerate((3, 13)):
        hold(number, [formula.format(4, day, 4, day)] * 2)
    assert not ReprintCluster.objects.exists()
    again = hold(7, ["据示例省卫健委消息。" + formula.format(4, 3, 4, 3), formula.format(4, 3, 4, 3)])
    assert [len(one) for one in clusters()] == [2] and again.pk in clusters()[0]


def test_a_page_of_two_stories_does_not_make_them_one():
    one, other = story(1), story(2)
    first, second = hold(1, one), hold(2, other)
    both = hold(3, one + other)
    again = hold(4, other)
    assert clusters() in ([{second.pk, both.pk, again.pk}], [{first.pk, both.pk}, {second.pk, again.pk}])


def test_lag_overlap_and_provinces_go_by_the_publisher():
    make_regions()
    daily, evening, _county, *_rest = make_outlets()
    text = story(1)
    hold(1, text, published="2020-02-10", outlet=daily)
    hold(2, text[:4], published="2020-02-13", outlet=daily, publisher=evening)
    hold(3, text, published="2020-02", outlet=daily)
    figures = figures_of(ReprintCluster.objects.get())
    assert [one.lag for one in figures.printings] == [0, 3, None]
    assert [region.code for region in figures.provinces] == ["420000", "510000"]
    assert figures.longest_lag == 3


def test_the_original_is_one_that_readers_may_find(editor):
    text = story(1)
    early = hold(1, text, published="2020-02-10")
    late = hold(2, text, published="2020-02-13")
    assert Printing.objects.get(is_original=True).article == early
    services.withdraw(article=early, reason="来源要求", by=editor)
    assert Printing.objects.get(is_original=True).article == late
    assert list(Article.objects.published().originals()) == [late]
    services.publish(article=early, by=editor, reason="来源同意恢复")
    assert Printing.objects.get(is_original=True).article == early
    services.remove(article=Article.objects.get(pk=early.pk), reason="误收")
    assert not ReprintCluster.objects.exists()


def test_what_an_editor_split_or_joined_stays_when_copies_are_found_again(editor):
    text = story(1)
    articles = [hold(number, text, bounds=(date(2020, 2, number + 1),) * 2) for number in range(4)]
    other = hold(9, story(9))
    apart = split(articles=articles[3:], by=editor, reason="另一县的同名稿")
    joined = join(articles=[articles[0], other], by=editor, reason="同一事,改写")
    assert clusters() == [{one.pk for one in [*articles[:3], other]}, {articles[3].pk}]
    find_copies(Article.objects.all())
    newcomer = hold(20, text)
    assert Printing.objects.get(pk=articles[3].pk).cluster == apart
    assert Printing.objects.get(pk=other.pk).cluster == joined
    assert Printing.objects.get(pk=newcomer.pk).cluster in (joined, apart)
    assert other.revisions.get().reason == "同一事,改写"
    with pytest.raises(services.CatalogError):
        split(articles=articles[:2], by=editor, reason=" ")
    with pytest.raises(services.CatalogError):
        split(articles=[articles[0], articles[3]], by=editor, reason="不同组")
    confirm_cluster(cluster=apart, by=editor)


def test_finding_again_changes_nothing():
    text = story(1)
    for number in range(3):
        hold(number, text)
    before = list(Printing.objects.order_by("pk").values_list("pk", "cluster__printings", "is_original", "overlap"))
    assert not Article.objects.without_copies_noted().exists()
    find_copies(Article.objects.all())
    after = list(Printing.objects.order_by("pk").values_list("pk", "cluster__printings", "is_original", "overlap"))
    assert len(after) == len(before)
    assert clusters() == [set(Article.objects.values_list("pk", flat=True))]


def _shown(client, address: str, **post) -> dict[str, list[str]]:
    """The hidden fields of a page that an editor is shown."""
    page = client.post(address, post) if post else client.get(address)
    fields = re.findall(r'<input type="hidden" name="(state|seen)" value="([^"]+)">', page.content.decode())
    return {name: [value for other, value in fields if other == name] for name, _value in fields}


@pytest.fixture
def desk(client, admin_user):
    client.force_login(admin_user)
    return client


def _told(page) -> str:
    return " ".join(str(one) for one in page.context["messages"])


def test_a_cluster_that_another_editor_changed_is_not_confirmed_by_an_old_list(desk, editor):
    text = story(1)
    articles = [hold(number, text) for number in range(3)]
    cluster = ReprintCluster.objects.get()
    address = reverse("admin:catalog_reprintcluster_changelist")
    seen = _shown(desk, address)
    split(articles=articles[2:], by=editor, reason="另一县的同名稿")
    before = states_of([cluster.pk])
    ReprintCluster.objects.update(settled=False)  # as if only the members had changed
    page = desk.post(address, {"action": "confirm", "_selected_action": [cluster.pk], **seen}, follow=True)
    assert "变过" in _told(page)
    assert not ReprintCluster.objects.get(pk=cluster.pk).settled
    page = desk.post(
        address, {"action": "confirm", "_selected_action": [cluster.pk], **_shown(desk, address)}, follow=True
    )
    assert "已核定 1 组" in _told(page)
    assert states_of([cluster.pk]) == before


def test_the_list_of_clusters_asks_as_often_for_many_as_for_few(desk):
    address = reverse("admin:catalog_reprintcluster_changelist")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page = desk.get(address).content.decode()
        for cluster in ReprintCluster.objects.all():
            assert f'value="{cluster.pk}:{states_of([cluster.pk])[cluster.pk]}"' in page
            assert str(figures_of(cluster, readers=False).printings[0].article) in page
        return len(queries)

    for number in range(2):
        hold(number, story(1))
    desk.get(address)
    few = asked()
    for number in range(2, 8):
        hold(number, story(number // 2 + 1))
    assert ReprintCluster.objects.count() == 4
    assert asked() == few


def test_the_second_of_two_editors_who_split_or_join_is_told_and_nothing_is_moved(desk, editor):
    articles = [hold(number, story(1)) for number in range(4)]
    others = [hold(10 + number, story(2)) for number in range(2)]
    printings, groups = (reverse(f"admin:catalog_{name}_changelist") for name in ("printing", "reprintcluster"))
    wanted = {"action": "split_selected", "_selected_action": [articles[3].pk]}
    split_page = _shown(desk, printings, **wanted)
    merging = {"action": "join_selected", "_selected_action": list(ReprintCluster.objects.values_list("pk", flat=True))}
    join_page = _shown(desk, groups, **merging)
    listed = {"action": "join_selected", "_selected_action": [articles[0].pk, others[0].pk]}
    article_page = _shown(desk, reverse("admin:catalog_article_changelist"), **listed)
    assert len(split_page["state"]) == 1
    assert len(join_page["state"]) == len(article_page["state"]) == 2
    split(articles=articles[2:3], by=editor, reason="另一篇")
    before = clusters()
    for address, post, page in (
        (printings, wanted, split_page),
        (groups, merging, join_page),
        (reverse("admin:catalog_article_changelist"), listed, article_page),
    ):
        told = _told(desk.post(address, {**post, **page, "reason": "看过的是旧的一组"}, follow=True))
        assert "变过" in told
        assert clusters() == before
    told = _told(desk.post(printings, {**wanted, **_shown(desk, printings, **wanted), "reason": "又一篇"}, follow=True))
    assert "已拆分" in told
    assert {articles[3].pk} in clusters()


def test_who_joined_first_is_not_undone_by_whoever_was_shown_them_apart(desk, editor):
    one, other = hold(1, story(1)), hold(2, story(2))
    address = reverse("admin:catalog_article_changelist")
    wanted = {"action": "join_selected", "_selected_action": [one.pk, other.pk]}
    shown = _shown(desk, address, **wanted)
    assert "state" not in shown  # neither stands in a cluster yet
    join(articles=[one, other], by=editor, reason="同一事")
    told = _told(desk.post(address, {**wanted, **shown, "reason": "我也这么看"}, follow=True))
    assert "变过" in told
    assert ReprintCluster.objects.get().note == "同一事"

"""A cluster that changes reaches the index: joined, split, its original withdrawn, copies found in bulk."""

import pytest
from django.contrib.auth.models import User

from archive.catalog import services
from archive.catalog.models import Article
from archive.catalog.reprints import find_copies, join, split
from archive.catalog.reprints.telling import telling
from archive.catalog.signals import bulk_settled
from archive.search.engine import upkeep
from archive.search.engine.documents import digest_of
from archive.search.records import Request
from archive.search.tree import Everything

from ..making import save_article

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def index(settings, tmp_path):
    connections = {"default": {**settings.HAYSTACK_CONNECTIONS["default"], "PATH": str(tmp_path / "index")}}
    settings.HAYSTACK_CONNECTIONS = connections


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("editor")


def found(copies: str) -> set[str]:
    from archive.search.engine import evaluate

    keys = [hit.article_id for hit in evaluate(Request(Everything(), copies=copies)).hits]
    return set(Article.objects.filter(pk__in=keys).values_list("public_id", flat=True))


def test_what_editors_decide_about_copies_is_searched_at_once(editor):
    some = [save_article(f"示例村第{n}号通告。", public_id=f"p{n}") for n in range(4)]
    assert found("one") == {"p0", "p1", "p2", "p3"}
    join(articles=some[:3], by=editor, reason="同一篇")
    assert found("one") == found("originals") == {"p0", "p3"}
    split(articles=some[2:3], by=editor, reason="另一篇")
    assert found("one") == found("originals") == {"p0", "p2", "p3"}
    services.withdraw(article=some[0], by=editor, reason="重复")
    assert found("one") == found("originals") == {"p1", "p2", "p3"}
    assert not upkeep.compare().all()


def test_copies_found_in_bulk_are_taken_up_when_the_bulk_says_so():
    who = ["网格员", "护士", "党员", "志愿者", "司机", "老师", "村医", "会计", "队长", "厨师"]
    did = [
        "登记体温",
        "送米面油",
        "设卡劝返",
        "消毒走廊",
        "统计名单",
        "转运病人",
        "分发口罩",
        "清扫街道",
        "核对车牌",
        "搭建帐篷",
    ]
    text = "".join(
        f"{one}在示例村{other}，第{n}天夜里才回家。" for n, one in enumerate(who) for other in did[n % 3 :: 2]
    )
    some = [save_article(f"{text}第{n}版。", public_id=f"p{n}") for n in range(2)]
    assert find_copies(some) == 1
    bulk_settled.send(sender=None)
    assert found("one") == {"p0"}
    assert not upkeep.compare().all()


def test_the_digest_tells_a_change_of_the_cluster(editor):
    """What `check_index` compares, should a change ever have been lost on its way."""
    some = [save_article(f"示例村第{n}号通告。", public_id=f"p{n}") for n in range(2)]
    before = {article.pk: digest_of(article) for article in upkeep.searchable()}
    join(articles=some, by=editor, reason="同一篇")
    after = {article.pk: digest_of(article) for article in upkeep.searchable()}
    assert all(before[key] != after[key] for key in before)


def test_what_did_not_move_is_not_told(editor):
    from archive.search.models import Waiting

    some = [save_article(f"示例村第{n}号通告。", public_id=f"p{n}") for n in range(3)]
    join(articles=some, by=editor, reason="同一篇")
    with telling([some[0].pk], at_once=False):
        pass
    assert not Waiting.objects.exists()

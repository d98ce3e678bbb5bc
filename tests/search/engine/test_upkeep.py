"""The life of the index beside the database: batches, failures, rebuilding while others write, system check."""

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from haystack.query import SearchQuerySet

from archive.catalog import services
from archive.catalog.models import Article
from archive.search import pending
from archive.search.engine import evaluate, fingerprint, holders, parallel, upkeep, writing
from archive.search.models import Waiting
from archive.search.records import Request
from archive.search.service import search
from archive.search.similar import asked_for
from archive.search.tree import Phrase

from ..making import save_article
from .test_haystack import index  # noqa: F401  (an index of its own for each test)

pytestmark = pytest.mark.django_db(transaction=True)


def total(text: str) -> int:
    return evaluate(Request(Phrase(text))).total


def warnings() -> list[str]:
    return [one.id for one in run_checks(tags=["search"])]


def damage() -> None:
    folder = upkeep.current_folder()
    next(folder.path.glob("*.pack")).write_bytes(b"x" * 100)
    folder._generation, folder._seen, folder._loaded = None, None, {}


def test_without_an_index_a_search_says_that_one_is_being_built():
    page = search("设卡")
    assert (page.total, page.error) == (0, None)
    assert any("正在建立" in notice for notice in page.notices)
    assert warnings() == []


def test_an_index_that_was_lost_is_not_taken_for_whole_after_one_save():
    first = save_article("村口设卡。", public_id="a1")
    for path in upkeep.current_folder().path.iterdir():
        path.unlink()
    save_article("社区设卡。", public_id="a2")
    assert total("设卡") == 1
    assert any("正在建立" in notice for notice in search("设卡").notices)
    assert warnings() == ["search.W003"]
    call_command("prepare_index")
    assert total("设卡") == 2
    assert search("设卡").notices == ()
    assert warnings() == []
    assert first.pk in upkeep.current_folder().generation().digests()


def test_a_damaged_index_is_told_to_readers_and_mended_by_the_next_start(caplog, capsys):
    save_article("村口设卡。", public_id="a1")
    damage()
    page = search("设卡")
    assert page.total == 0
    assert any("损坏" in notice for notice in page.notices)
    assert "rebuild_index" in caplog.text
    save_article("社区设卡。", public_id="a2")  # the save itself goes through, and waits
    assert Waiting.objects.count() == 1
    call_command("prepare_index")
    assert total("设卡") == 2
    assert not Waiting.objects.exists()


def test_the_check_names_what_the_index_was_written_with(monkeypatch):
    save_article("村口设卡。", public_id="a1")
    present = fingerprint.fingerprint()
    assert warnings() == []
    for module in ("state", "management.commands.prepare_index", "management.commands.check_index", "engine.upkeep"):
        monkeypatch.setattr(f"archive.search.{module}.fingerprint", lambda: {**present, "fold": "new"})
    monkeypatch.setattr(writing, "fingerprint", lambda: {**present, "fold": "new"})
    save_article("社区设卡。", public_id="a2")
    (found,) = run_checks(tags=["search"])
    assert (found.id, "fold" in found.msg) == ("search.W002", True)
    call_command("prepare_index")
    assert warnings() == []
    assert total("设卡") == 2


def test_a_batch_is_indexed_once_at_its_end():
    save_article("村口设卡。", public_id="a1")
    before = upkeep.current_folder().commit().number
    with pending.index_writes(), pending.index_writes():
        for number in range(5):
            save_article("社区设卡。", public_id=f"b{number}")
        assert total("设卡") == 1
    assert total("设卡") == 6
    assert upkeep.current_folder().commit().number == before + 1


def test_a_batch_that_breaks_off_leaves_its_changes_indexed():
    def broken() -> None:
        with pending.index_writes():
            save_article("村口设卡。", public_id="a1")
            raise RuntimeError("broke off")

    with pytest.raises(RuntimeError, match="broke off"):
        broken()
    assert total("设卡") == 1


def test_an_article_that_cannot_be_indexed_does_not_keep_others_waiting(monkeypatch, caplog):
    real = upkeep.document_of

    def refusing(article):
        if article.public_id == "bad":
            raise ValueError("cannot be read")
        return real(article)

    monkeypatch.setattr(upkeep, "document_of", refusing)
    with pending.index_writes():
        bad = save_article("坏的设卡。", public_id="bad")
        save_article("村口设卡。", public_id="good")
    assert total("设卡") == 1
    assert list(Waiting.objects.values_list("article", flat=True)) == [bad.pk]
    assert f"article {bad.pk} could not be indexed" in caplog.text
    save_article("社区设卡。", public_id="later")
    assert total("设卡") == 2
    monkeypatch.undo()


def test_what_is_withdrawn_while_the_index_is_rebuilt_is_never_shown_again(monkeypatch):
    articles = [save_article("村口设卡。", public_id=f"a{number}") for number in range(3)]
    seen = []
    real = upkeep._refresh

    def built(batch):
        services.withdraw(article=Article.objects.get(pk=articles[0].pk), reason="试")
        save_article("新来设卡。", public_id="new")
        return real_build(batch)

    def refreshed(writer, keys):
        wanted = sorted(keys)
        seen.append(wanted)
        return real(writer, wanted)

    real_build = parallel.build
    monkeypatch.setattr(parallel, "build", built)
    monkeypatch.setattr(upkeep, "_refresh", refreshed)
    monkeypatch.setattr(upkeep, "mend", lambda *args, **options: pytest.fail("mended too late") if any(
        differences.all() for differences in args) else 0)  # fmt: skip
    upkeep.rebuild()
    new = Article.objects.get(public_id="new")
    assert seen[-1] == sorted([articles[0].pk, new.pk])
    assert {int(one.pk) for one in SearchQuerySet().all()} == {articles[1].pk, articles[2].pk, new.pk}


def test_update_index_removes_what_the_database_no_longer_has():
    kept, gone = (save_article("村口设卡。", public_id=name) for name in ("kept", "gone"))
    Article.objects.filter(pk=gone.pk).update(status="draft")  # past every signal
    call_command("update_index", remove=True, verbosity=0)
    assert {int(one.pk) for one in SearchQuerySet().all()} == {kept.pk}


def test_holders_are_counted_as_searches_count_them():
    """Of single characters, pairs, longer words, in either script, and when some are deleted."""
    texts = (
        "网格员登记体温，网格员送菜。",
        "網格員在村口設卡。",
        "里里外外消毒，后来复工。",
        "面粉、干菜都有。",
        "志愿者",
    )
    for number, text in enumerate(texts):
        save_article(text, f"示例{number}", public_id=f"h{number}", script="Hant" if "網" in text else "Hans")
    strings = [
        "网",
        "网格",
        "网格员",
        "里",
        "里外",
        "外外消毒",
        "后来",
        "干菜",
        "面",
        "志愿者",
        "网格员登记体温",
        "没有的词",
    ]
    for _time in range(2):
        upkeep.update(Article.objects.values_list("pk", flat=True))
        assert holders(strings) == asked_for(strings, evaluate)
        Article.objects.filter(public_id="h0").update(status="withdrawn")
    assert holders(strings)[0] == len(texts) - 1 and holders(["网格员"])[1] == [1]

"""A text that was erased by law stands in no file of the index, also where it was edited or the index was busy."""

import io

import pytest
from django.core.management import CommandError, call_command

from archive.catalog.models import Article
from archive.catalog.services import erase
from archive.search import pending
from archive.search.engine import upkeep
from archive.search.engine.documents import SHIFT
from archive.search.engine.folder import IndexBusy, IndexFolder
from archive.search.engine.segments import load_segment
from archive.search.models import Waiting

from ..making import save_article
from .test_haystack import index  # noqa: F401  (an index of its own for each test)

pytestmark = pytest.mark.django_db(transaction=True)
#: A word and a character that only the erased text has.
WORD, CHARACTER = "qxv2020", ord("麂") << SHIFT


@pytest.fixture(autouse=True)
def ground(settings, tmp_path):
    settings.CAPTURE_DIR = tmp_path / "captures"


@pytest.fixture
def doomed() -> Article:
    """An article between others; edited once, so that what it was before lies deleted in a segment."""
    with pending.index_writes():
        for number in range(3):
            save_article(f"村口设卡登记，第{number}组值守。", "设卡", public_id=f"other{number}")
        article = save_article(f"旧稿：麂砦来了{WORD}。", "夜巡", public_id="doomed")
    article.current_version.body = article.current_version.body_simplified = f"新稿：麂砦来了{WORD}。"
    article.current_version.save()
    return article


def held(key: int) -> list[str]:
    """What the files of the index have of the erased text."""
    found = []
    for path in upkeep.current_folder().path.rglob("*.pack"):
        segment = load_segment(path)
        found += ["key"] * int(key in segment.pk)
        found += ["word"] * int(segment.words.number(WORD) is not None)
        found += ["character"] * int(segment.singles.number(CHARACTER) is not None)
    return found


def test_erased_in_whatever_way_nothing_is_left_in_the_files(doomed):
    key = doomed.pk
    assert sorted(held(key)) == sorted(2 * ["key", "word", "character"])  # as it is, and as it was before
    erase(article=doomed, reason="法院裁定")
    assert held(key) == [] and not Waiting.objects.exists()
    assert upkeep.current_folder().generation().count == 3
    assert not upkeep.compare().all()


def test_what_the_index_could_not_do_at_once_is_made_up_for(doomed, monkeypatch):
    key = doomed.pk

    def busy(keys, **_options):
        raise IndexBusy("busy")

    with monkeypatch.context() as patched:
        patched.setattr(upkeep, "expunge", busy)
        with pytest.raises(CommandError, match="sweep_index"):
            call_command("erase", doomed.public_id, reason="法院裁定", stdout=io.StringIO())
    assert "word" in held(key) and Waiting.objects.filter(erased=True).count() == 1
    call_command("sweep_index", stdout=io.StringIO())
    assert held(key) == [] and not Waiting.objects.exists()


def test_a_rebuilt_index_holds_nothing_that_was_deleted_while_it_was_built(doomed, monkeypatch):
    key, build = doomed.pk, upkeep.build_segments

    def erasing_meanwhile(documents, folder, **options):
        count = build(documents, folder, **options)
        erase(article=doomed, reason="法院裁定")
        return count

    monkeypatch.setattr(upkeep, "build_segments", erasing_meanwhile)
    upkeep.rebuild()
    assert held(key) == []
    assert upkeep.current_folder().generation().count == 3


def test_nothing_is_left_where_a_rebuild_was_killed(doomed):
    key = doomed.pk
    with upkeep.current_folder().rebuilding() as beside:
        upkeep._build(beside, lambda count: None)
        left = beside.rename(beside.with_name(".building-0"))  # as if its process had ended here
    assert list(left.glob("*.pack"))
    erase(article=doomed, reason="法院裁定")
    assert held(key) == [] and not left.exists()


def test_a_rebuild_that_dies_after_its_swap_has_taken_in_nothing_erased(doomed, monkeypatch):
    key, build = doomed.pk, upkeep.build_segments

    def erasing_meanwhile(documents, folder, **options):
        count = build(documents, folder, **options)
        erase(article=doomed, reason="法院裁定")
        return count

    def dying(*_arguments, **_options):
        raise MemoryError

    monkeypatch.setattr(upkeep, "build_segments", erasing_meanwhile)
    monkeypatch.setattr(upkeep, "mend", dying)
    with pytest.raises(MemoryError):
        upkeep.rebuild()
    assert held(key) == []


def test_an_index_folder_that_stands_empty_is_an_empty_index(tmp_path):
    folder = IndexFolder(tmp_path)
    assert folder.generation().count == 0

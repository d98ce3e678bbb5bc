"""What a commit says of itself: damage is recognised, fingerprints stay with their segments, no commit is overlooked."""

import os
import random
import time

import pytest

from archive.search.engine import writing
from archive.search.engine.answering import answer_from
from archive.search.engine.container import DamagedIndex
from archive.search.engine.fingerprint import fingerprint
from archive.search.engine.folder import IndexFolder
from archive.search.records import Request
from archive.search.tree import Phrase

from .test_folder import document, everything, found, put


@pytest.fixture
def folder(tmp_path) -> IndexFolder:
    folder = IndexFolder(tmp_path / "index")
    put(folder, document(1, "村口设卡登记"))
    return folder


def table(folder: IndexFolder):
    return next(folder.path.glob("*.toc"))


def voucher(folder: IndexFolder):
    return next(folder.path.glob("commit-*.json"))


@pytest.mark.parametrize("file", [table, voucher])
def test_random_damage_to_a_commit_gives_the_typed_error_or_the_right_answer(folder, file):
    path = file(folder)
    whole = path.read_bytes()
    chance = random.Random(5)
    caught = 0
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.2:
            del data[chance.randrange(len(data)) :]
        path.write_bytes(bytes(data))
        try:
            assert found(IndexFolder(folder.path), "设卡登记") == {1}
        except DamagedIndex:
            caught += 1
    assert caught > 50


@pytest.mark.parametrize("file", [table, voucher, lambda folder: next(folder.path.glob("*.pack"))])
def test_a_missing_file_is_damage_and_no_empty_index(folder, file):
    file(folder).unlink()
    with pytest.raises(DamagedIndex):
        IndexFolder(folder.path).generation()


def test_a_damaged_index_is_told_to_readers_and_can_be_begun_anew(folder):
    table(folder).write_bytes(b"")
    fresh = IndexFolder(folder.path)
    response = answer_from(fresh, Request(Phrase("设卡"), facets=("place",)))
    assert (response.state, response.total, response.facets) == ("damaged", 0, {"place": ()})
    with pytest.raises(DamagedIndex), fresh.writing():
        pass
    with fresh.writing(anew=True) as writer:
        writer.add([document(2, "撤卡")])
    assert everything(fresh) == everything(IndexFolder(folder.path)) == {2}


def test_an_added_segment_does_not_hide_that_older_ones_were_written_otherwise(folder, monkeypatch):
    before = fingerprint()
    monkeypatch.setattr(writing, "fingerprint", lambda: {**before, "words": "another"})
    put(folder, document(2, "社区送菜"))
    assert folder.commit().written_with == before
    with folder.writing() as writer:
        writer.clear()
        writer.add([document(3, "上门")])
    assert folder.commit().written_with["words"] == "another"


def test_two_commits_within_one_tick_of_the_clock_are_both_seen(folder):
    reader = IndexFolder(folder.path)
    tick = time.time_ns() + 60_000_000_000  # however long the reader takes, the folder was changed just now
    os.utime(folder.path, ns=(tick, tick))
    assert everything(reader) == {1}
    put(folder, document(2, "社区送菜"))
    os.utime(folder.path, ns=(tick, tick))
    assert everything(reader) == {1, 2}


def test_an_index_deleted_and_begun_anew_is_not_taken_for_the_old_one(folder):
    assert everything(folder) == {1}
    for path in folder.path.iterdir():
        path.unlink()
    assert everything(folder) == set()
    put(folder, document(7, "社区送菜"))
    assert folder.commit().number == 1
    assert everything(folder) == {7}


def test_an_index_of_single_articles_is_not_called_whole(folder):
    assert answer_from(folder, Request(Phrase("设卡"))).state == "building"
    with folder.writing() as writer:
        writer.complete = True
    assert answer_from(folder, Request(Phrase("设卡"))).state == "ready"
    put(folder, document(2, "社区送菜"))
    assert folder.commit().complete


def test_what_a_killed_rebuild_left_is_removed_by_the_next(folder):
    left = folder.path / ".building-1"
    left.mkdir()
    (left / "1.pack").write_bytes(b"half")
    with folder.rebuilding() as beside:
        assert not left.exists()
        assert beside.is_dir()
    assert not beside.exists()

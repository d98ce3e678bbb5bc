"""The index on disk: commits are whole, deletes are never lost, damage is recognised, stock Whoosh can read it."""

import hashlib
import os
import random
import shutil

import pytest
import whoosh.index
from whoosh.query import Phrase as WhooshPhrase
from whoosh.query import Term

from archive.search.engine import seals, segments
from archive.search.engine.answering import answer
from archive.search.engine.codec import INDEX_NAME, schema
from archive.search.engine.container import DamagedIndex, read_arrays
from archive.search.engine.documents import IndexDocument
from archive.search.engine.fingerprint import LAYOUT
from archive.search.engine.folder import IndexBusy, IndexFolder
from archive.search.engine.merging import FAN, to_merge
from archive.search.records import Request
from archive.search.texts import PartText
from archive.search.tree import Everything, Phrase, Prefix


def document(pk: int, text: str, **values: list[str]) -> IndexDocument:
    """A document with a body only."""
    return IndexDocument(
        pk, f"d{pk}", f"p{pk}", [PartText("body", text, False)], 0, 0, False, "", "Hans",
        {"place": [], "outlet_place": [], "topic": [], "author": [], "date": ["~"], **values},
    )  # fmt: skip


def found(folder: IndexFolder, text: str) -> set[int]:
    return {hit.article_id for hit in answer(folder.generation(), Request(Phrase(text), limit=None)).hits}


def everything(folder: IndexFolder) -> set[int]:
    return {hit.article_id for hit in answer(folder.generation(), Request(Everything(), limit=None)).hits}


def put(folder: IndexFolder, *documents: IndexDocument) -> None:
    with folder.writing() as writer:
        writer.remove([one.pk for one in documents])
        writer.add(documents)


@pytest.fixture
def folder(tmp_path) -> IndexFolder:
    return IndexFolder(tmp_path / "index")


def test_an_index_that_is_not_there_is_an_empty_one(folder):
    assert not folder.exists()
    assert everything(folder) == set()


def test_what_is_put_is_found_and_replaced_and_removed(folder):
    put(folder, document(1, "村口设卡登记"), document(2, "社区送菜上门"))
    assert found(folder, "设卡") == {1}
    put(folder, document(1, "村口撤卡"))
    assert found(folder, "设卡") == set()
    assert found(folder, "撤卡") == {1}
    with folder.writing() as writer:
        writer.remove([2, 99])
    assert everything(folder) == {1}


def test_another_object_sees_the_commit_of_the_first(folder, tmp_path):
    reader = IndexFolder(tmp_path / "index")
    put(folder, document(1, "甲乙丙"))
    assert found(reader, "乙丙") == {1}
    put(folder, document(2, "乙丙丁"))
    assert found(reader, "乙丙") == {1, 2}


def test_many_small_commits_leave_few_segments_and_lose_nothing(folder):
    chance = random.Random(7)
    held = {}
    for _turn in range(90):
        pk = chance.randint(1, 40)
        text = "".join(chance.choices("村口设卡登记测温", k=30))
        put(folder, document(pk, text))
        held[pk] = text
        if chance.random() < 0.2:
            gone = chance.choice(list(held))
            with folder.writing() as writer:
                writer.remove([gone])
            del held[gone]
    assert len(folder.commit().segments) < 3 * FAN
    assert everything(folder) == set(held)
    for size in (1, 2, 3, 5):
        for _ in range(20):
            text = chance.choice(list(held.values()))
            start = chance.randint(0, len(text) - size)
            wanted = text[start : start + size]
            assert found(folder, wanted) == {pk for pk, one in held.items() if wanted in one}, wanted


def test_an_exception_while_writing_changes_nothing(folder):
    put(folder, document(1, "甲乙丙"))
    before = sorted(path.name for path in folder.path.iterdir())
    with pytest.raises(RuntimeError, match="broke off"), folder.writing() as writer:
        writer.add([document(2, "丁戊己")])
        writer.remove([1])
        writer._flush()
        raise RuntimeError("broke off")
    assert everything(folder) == {1}
    assert sorted(path.name for path in folder.path.iterdir()) == before


def test_a_second_writer_waits_and_then_says_that_the_index_is_busy(folder):
    with folder.writing() as writer:
        writer.add([document(1, "甲乙")])
        with pytest.raises(IndexBusy), IndexFolder(folder.path).writing(timeout=0.1):
            pass
    assert everything(folder) == {1}


def test_places_beyond_sixteen_bits_are_exact(folder):
    text = "村" * 70_000 + "口设卡" + "登" * 10
    put(folder, document(1, text), document(2, "口设登"))
    assert found(folder, "村口设卡登") == {1}
    assert found(folder, "口设卡登登登登登登登登登登登") == set()
    assert found(folder, "口设卡登登登登登登登登登登") == {1}


def test_characters_of_any_kind_are_told_from_the_end_of_a_part(folder):
    put(folder, document(1, "村口"), document(2, "口\x01村"))
    assert found(folder, "口\x01") == {2}
    assert found(folder, "\x01") == {2}


def test_a_beginning_stands_for_any_number_of_words(folder):
    put(folder, document(1, " ".join(f"x{n}" for n in range(5000))), document(2, "村口x9999z登记"), document(3, "y1"))
    hits = answer(folder.generation(), Request(Prefix("x"), limit=None)).hits
    assert {hit.article_id for hit in hits} == {1, 2}


@pytest.mark.parametrize("place", [0, 5, 40, -1, None], ids=["magic", "magic again", "header", "last byte", "cut off"])
def test_a_damaged_file_is_recognised_and_never_served(folder, place):
    put(folder, document(1, "村口设卡登记"))
    path = next(folder.path.glob("*.pack"))
    data = bytearray(path.read_bytes())
    if place is None:
        del data[-100:]
    else:
        data[place] ^= 0xFF
    path.write_bytes(bytes(data))
    with pytest.raises(DamagedIndex):
        IndexFolder(folder.path).generation()


def test_what_was_found_whole_is_sealed_until_somebody_writes_to_it(folder, monkeypatch):
    put(folder, document(1, "村口设卡登记"))
    path = next(folder.path.glob("*.pack"))
    old = path.stat().st_mtime_ns - 10**9  # written some time ago
    os.utime(path, ns=(old, old))
    checked = []
    monkeypatch.setattr(segments, "seal", lambda path, state: (checked.append(path.name), seals.seal(path, state)))
    if not can_be_sealed(path):
        pytest.skip("the file system keeps no extended attributes: every process reads everything")
    assert found(IndexFolder(folder.path), "设卡") == found(IndexFolder(folder.path), "设卡") == {1}
    assert checked == [path.name]  # by the first of the two
    IndexFolder(folder.path).read_through()
    assert checked == [path.name] * 2

    whole = path.read_bytes()
    for damage in (whole[:-1] + bytes([whole[-1] ^ 0xFF]), whole[:-1]):
        path.write_bytes(damage)
        with pytest.raises(DamagedIndex):
            IndexFolder(folder.path).generation()
    path.write_bytes(whole)
    copy = shutil.copytree(folder.path, folder.path.with_name("copy"))
    assert found(IndexFolder(copy), "设卡") == {1}  # read through: the seal was of the other file
    assert checked == [path.name] * 3


def test_decay_that_leaves_no_time_stamp_is_found_by_reading_through(folder):
    put(folder, document(1, "村口设卡登记"))
    path = next(folder.path.glob("*.pack"))
    before = path.stat().st_mtime_ns - 10**9
    os.utime(path, ns=(before, before))
    assert found(IndexFolder(folder.path), "设卡") == {1}
    data = bytearray(path.read_bytes())
    data[-1] ^= 0xFF
    path.write_bytes(bytes(data))
    os.utime(path, ns=(before, before))
    with pytest.raises(DamagedIndex):
        IndexFolder(folder.path).read_through()


def can_be_sealed(path) -> bool:
    try:
        os.setxattr(path, "user.archive.try", b"1")
    except (OSError, AttributeError):
        return False
    return True


def test_random_damage_gives_the_typed_error_or_the_right_answer(folder):
    put(folder, document(1, "村口设卡登记测温"), document(2, "社区送菜上门"))
    path = next(folder.path.glob("*.pack"))
    whole = path.read_bytes()
    chance = random.Random(11)
    caught = 0
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(bytes(data))
        try:
            assert found(IndexFolder(folder.path), "设卡登记") == {1}
        except DamagedIndex:
            caught += 1
    assert caught > 100


def test_stock_whoosh_opens_the_index_and_finds_the_same(folder):
    put(
        folder, *(document(pk, text) for pk, text in enumerate(("村口设卡登记", "社区设卡", "登记村口", "送菜上门"), 1))
    )
    with folder.writing() as writer:
        writer.remove([2])
    index = whoosh.index.open_dir(str(folder.path), indexname=INDEX_NAME)
    with index.searcher() as searcher:

        def stock(query):
            return {int(hit["pk"]) for hit in searcher.search(query, limit=None)}

        assert stock(Term("grams", "设卡")) == found(folder, "设卡") == {1}
        assert stock(Term("grams", "村")) == found(folder, "村") == {1, 3}
        assert stock(WhooshPhrase("grams", ["村口", "口设", "设卡"])) == found(folder, "村口设卡") == {1}
        assert stock(WhooshPhrase("grams", ["登记", "记村"])) == found(folder, "登记村") == {3}
        assert stock(Term("words", "登记")) == {1, 3}


def test_another_schema_is_another_layout(folder):
    """Who changes the arrays of a segment, their types or Whoosh's fields raises LAYOUT, and older indexes are rebuilt."""
    put(folder, document(1, "村口COVID-19"))
    arrays = read_arrays(next(folder.path.glob("*.pack"))).arrays
    told = sorted((name, array.dtype.str) for name, array in arrays.items())
    told += sorted((name, type(field).__name__) for name, field in schema().items())
    assert (LAYOUT, hashlib.sha256(repr(told).encode()).hexdigest()[:12]) == ("4", "b2c35bfd6441")


def test_segments_are_merged_by_tiers():
    assert to_merge([1000, 900, 1]) == []
    assert to_merge([5000] + [1] * FAN) == list(range(1, FAN + 1))
    assert to_merge([]) == []
    assert to_merge([900] * FAN, most=1000) == []
    assert to_merge([900] * FAN + [1] * FAN, most=1000) == list(range(FAN, 2 * FAN))


def test_single_saves_leave_large_merges_to_those_who_have_time(folder, monkeypatch):
    monkeypatch.setattr("archive.search.engine.writing.PROMPT_MERGE", 10)
    for pk in range(1, 41):
        put(folder, document(pk, f"第{pk}篇设卡登记"))
    segments = folder.commit().segments
    assert max(one.size for one in segments) <= 10
    with folder.writing() as writer:
        writer.thorough = True
    assert len(folder.commit().segments) < len(segments)
    assert found(folder, "设卡登记") == set(range(1, 41))


def test_a_segment_mostly_deleted_is_written_anew(folder):
    put(folder, *(document(pk, f"第{pk}篇") for pk in range(1, 11)))
    with folder.writing() as writer:
        writer.remove(range(1, 8))
        writer.thorough = True
    (segment,) = folder.commit().segments
    assert (segment.size, len(segment.deleted)) == (3, 0)
    assert everything(folder) == {8, 9, 10}

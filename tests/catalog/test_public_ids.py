"""Public ids are opaque, checkable and never given twice."""

import pytest

from archive.catalog import public_ids
from archive.catalog.models import Article, Takedown


def test_a_new_id_passes_its_own_check(db):
    public_id = public_ids.new_public_id()
    assert len(public_id) == 8
    assert public_ids.normalise(public_id) == public_id


def test_an_id_is_read_as_people_write_it(db):
    public_id = public_ids.new_public_id()
    assert public_ids.normalise(f" {public_id[:4].upper()}-{public_id[4:].upper()} ") == public_id


@pytest.mark.parametrize("place", range(8))
def test_one_wrong_character_is_recognised(db, place):
    public_id = public_ids.new_public_id()
    for other in public_ids.ALPHABET[:31]:
        slip = public_id[:place] + other + public_id[place + 1 :]
        if abs(public_ids.ALPHABET.index(other) - public_ids.ALPHABET.index(public_id[place])) in (0, 31):
            continue
        assert public_ids.normalise(slip) is None


@pytest.mark.parametrize("typed", ["", "abc", "u" * 8, "../../x1", "网格员网格员网格"])
def test_what_is_no_id_is_refused(typed):
    assert public_ids.normalise(typed) is None


def test_an_id_of_an_article_or_a_tombstone_is_not_given_again(db, monkeypatch):
    taken = public_ids.new_public_id()
    Article.objects.create(public_id=taken)
    buried = public_ids.new_public_id()
    Takedown.objects.create(public_id=buried, kind="undone", reason="示例")
    free = public_ids.new_public_id()
    draws = iter(taken[:7] + buried[:7] + free[:7])
    monkeypatch.setattr(public_ids.secrets, "choice", lambda alphabet: next(draws))
    assert public_ids.new_public_id() == free

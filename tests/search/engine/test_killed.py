"""kill -9 in the midst of writing: the index opens, and check_index finds and mends what differs from the database."""

import multiprocessing
import os
import random
import signal
import time

import pytest
from django.core.management import CommandError, call_command

from archive.search.engine import upkeep
from archive.search.engine.folder import IndexFolder

from ..making import save_article
from .killing import write_for_ever
from .test_folder import everything, found
from .test_haystack import index  # noqa: F401  (an index of its own for each test)

pytestmark = pytest.mark.django_db(transaction=True)

#: Articles of the database; the killed writers put others in their places, take some out and add some.
ARTICLES = 30


def _left_by_the_killed(folder: IndexFolder, keys: set[int]) -> dict[str, set[int]]:
    """How the index differs from articles with these keys, told from the texts that stand in the index."""
    held, foreign = everything(folder), found(folder, "次设卡登记")
    return {"missing": keys - held, "surplus": held - keys, "stale": foreign & keys}


def test_killed_at_any_moment_the_index_opens_and_is_mended() -> None:
    """The last commit stands, the lock is free, and every difference with the database is found and mended."""
    texts = {save_article(f"村口第{n}班守夜", public_id=f"k{n}").pk: f"第{n}班" for n in range(ARTICLES)}
    keys = set(texts)
    folder = upkeep.current_folder()
    spawn = multiprocessing.get_context("spawn")
    chance, differed = random.Random(3), 0
    for turn in range(100 if os.environ.get("TEST_MATRIX") == "all" else 4):
        process = spawn.Process(target=write_for_ever, args=(str(folder.path), turn * 1000, sorted(keys)))
        process.start()
        deadline, before = time.monotonic() + 60, folder.commit().number
        while folder.commit().number < before + 3 and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(chance.random() * 0.05)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        assert process.exitcode == -signal.SIGKILL
        assert folder.commit().number >= before + 3
        fresh = IndexFolder(folder.path)
        left = _left_by_the_killed(fresh, keys)
        # Whole or not at all: what the killed writers put in stands there with its text.
        assert left["surplus"] <= found(fresh, "次设卡登记")
        told = upkeep.compare(fresh)
        assert {name: set(getattr(told, name)) for name in left} == left
        assert told.doubled == []
        if any(left.values()):
            differed += 1
            with pytest.raises(CommandError, match="differ"):
                call_command("check_index")
        call_command("check_index", "--repair")
        assert upkeep.compare(IndexFolder(folder.path)).all() == []
        assert found(folder, "守夜") == everything(folder) == keys
        one = chance.choice(sorted(keys))
        assert found(folder, texts[one]) == {one}
    assert differed

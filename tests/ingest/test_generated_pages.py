"""Whole pages with exact truth, damaged in every class: what is known of each field, and how little is read wrong."""

import random
from collections import Counter

import pytest

from tests.generator.damages import DAMAGES, LOSSY
from tests.generator.frames import FRAMES
from tests.generator.pages import make_page
from tests.generator.scoring import read, verdicts

#: Classes that are undone letter for letter.
WHOLE = [name for name in DAMAGES if name.removeprefix("converted+") not in LOSSY]


def judge(names: list[str], pages: int, seed: int) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {}
    for name in names:
        rng = random.Random(f"{seed} {name}")
        for _ in range(pages):
            page = make_page(rng)
            for field, verdict in verdicts(page, read(page, DAMAGES[name](page, rng)), name).items():
                counts.setdefault(field, Counter())[verdict] += 1
    return counts


def shares(count: Counter[str]) -> tuple[float, float]:
    return count["right"] / count.total(), count["wrong"] / count.total()


def test_a_page_holds_what_its_truth_says():
    rng = random.Random(1)
    kinds = set()
    for _ in range(200):
        page = make_page(rng)
        kinds.add(page.kind)
        assert page.truth["title"] in page.lines
        assert all(paragraph in page.lines for paragraph in page.body)
        assert page.subject.county.name in page.text
        for author in page.truth["authors"]:
            assert author in page.text
        if page.truth["outlet"]:
            assert page.truth["outlet"] in page.text
    assert kinds == {frame.__name__ for frame in FRAMES}


def test_pages_are_drawn_the_same_from_the_same_seed():
    assert make_page(random.Random(5)).text == make_page(random.Random(5)).text


def test_every_damage_changes_some_page():
    pages = [make_page(random.Random(seed)) for seed in range(12)]
    for name, damage in DAMAGES.items():
        assert name == "clean" or any(damage(page, random.Random(3)) != page.text for page in pages), name


@pytest.mark.parametrize("field", ["title", "body", "published", "outlet", "authors", "province", "county"])
def test_damage_that_can_be_undone_leaves_the_fields_right(field, undone):
    right, wrong = shares(undone[field])
    assert right >= 0.95, undone[field]
    assert wrong <= 0.02, undone[field]


@pytest.fixture(scope="module")
def undone():
    return judge(WHOLE, 6, seed=1)


def test_damage_that_cannot_be_undone_makes_little_wrong():
    counts = judge([name for name in DAMAGES if name not in WHOLE], 6, seed=2)
    for field in ("published", "outlet", "authors", "province", "county"):
        right, wrong = shares(counts[field])
        assert right >= 0.85, (field, counts[field])
        assert wrong <= 0.06, (field, counts[field])

"""Promise 2, order: what a reader may expect of relevance from any engine."""

from __future__ import annotations

import pytest

from archive.search.records import Request
from archive.search.tree import And, Everything, Near, Node, Or, Phrase, Variants

from ..conftest import Evaluate
from ..reference import Document, ReferenceEngine, newest_first, occurrences

pytestmark = pytest.mark.django_db


def order(evaluate: Evaluate, node: Node) -> list[tuple[int, float]]:
    return [(hit.article_id, hit.score) for hit in evaluate(Request(node, limit=None)).hits]


def test_scores_never_rise_and_equal_ones_stand_newest_first(evaluate: Evaluate, reference: ReferenceEngine) -> None:
    known = {document.id: document for document in reference.documents}
    for node in (Phrase("口罩", word=True), Or((Phrase("登记", word=True), Phrase("网格员", word=True))), Everything()):
        hits = order(evaluate, node)
        keys = [(-score, newest_first(known[article])) for article, score in hits]
        assert keys == sorted(keys)


def test_what_no_word_weighs_is_in_date_order(evaluate: Evaluate) -> None:
    newest = [hit.article_id for hit in evaluate(Request(Everything(), sort="newest", limit=None)).hits]
    assert [article for article, _ in order(evaluate, Everything())] == newest


def test_the_script_of_the_query_does_not_change_the_order(evaluate: Evaluate) -> None:
    for one, other in (
        ("网格员", "網格員"),
        ("干净", "乾淨"),
        ("covid-19", "ＣＯＶＩＤ－１９"),
        ("复工复产", "復工復產"),
    ):
        assert order(evaluate, Phrase(one, word=True)) == order(evaluate, Phrase(other, word=True))


def test_more_of_the_query_stands_before_less(evaluate: Evaluate, reference: ReferenceEngine) -> None:
    """Of alternatives, articles with both stand, on the whole, before articles with one."""
    pair = [Phrase("大喇叭", word=True), Phrase("面粉", word=True)]
    ranked = [article for article, _ in order(evaluate, Or(tuple(pair)))]
    both = {article for article, _ in order(evaluate, And(tuple(pair)))}
    if both and len(both) < len(ranked):
        places = [number for number, article in enumerate(ranked) if article in both]
        others = [number for number, article in enumerate(ranked) if article not in both]
        assert sum(places) / len(places) < sum(others) / len(others)


def test_variants_are_ranked_as_one(evaluate: Evaluate) -> None:
    """A variant weighs no more for being rare: the typed word and its variant are one."""
    node = Variants(Phrase("口罩", word=True), (Phrase("没有的词", word=True),))
    assert [a for a, _ in order(evaluate, node)] == [a for a, _ in order(evaluate, Phrase("口罩", word=True))]


def test_an_article_about_the_word_in_its_title_stands_first(evaluate: Evaluate, reference: ReferenceEngine) -> None:
    def in_title(document: Document) -> bool:
        return bool(occurrences(document.title, document.script != "Hans", "口罩"))

    # A piece of one line (the odd ones of the corpus) may be more about a word than a long one by its title.
    long = {document.id for document in reference.documents if not document.public_id.startswith("odd")}
    titled = {document.id for document in reference.documents if in_title(document)} & long
    ranked = [article for article, _ in order(evaluate, Phrase("口罩", word=True)) if article in long]
    assert titled and set(ranked) > titled
    assert ranked[0] in titled


def test_words_that_stand_near_each_other_weigh_more(evaluate: Evaluate, reference: ReferenceEngine) -> None:
    """Among articles with both words, those where they stand side by side come, on the whole, first."""
    pair = Phrase("村干部", word=True), Phrase("登记", word=True)
    ranked = [article for article, _ in order(evaluate, And(pair))]
    near = {hit.article_id for hit in evaluate(Request(Near(pair, 8), limit=None)).hits}
    others = [number for number, article in enumerate(ranked) if article not in near]
    places = [number for number, article in enumerate(ranked) if article in near]
    assert places and others
    assert sum(places) / len(places) < sum(others) / len(others)

"""More like this: articles that share the telling words of one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from archive.catalog.models import Article, Printing
from archive.catalog.reading import cards_by_key, kept
from archive.text.words import word_list

from . import engines
from .records import Request
from .service import Evaluate
from .snippets import may_show
from .texts import texts_of
from .tree import Everything, Or, Phrase

#: Words that are weighed by how rare they are, and those that are searched for.
_CANDIDATES, _TELLING = 40, 12
#: Of a small collection even words of so many articles tell something.
_SMALL = 20
#: A word of the title counts as so many in the body.
_TITLE = 4
#: What an article must have of the weight of the one that it is like (which itself weighs most).
LEAST_SHARE = 0.25
#: Characters of the body that are read.
_READ = 20_000
#: Cards are read from the database a few more than are wanted at a time, in the order of their likeness, and so often at most.
_MORE, _TIMES = 4, 3


def similar(
    article: Article, count: int = 6, *, copied: bool = True, evaluate: Evaluate | None = None
) -> tuple[Article, ...]:
    """At most `count` published articles that are most like `article`, the nearest first.

    Copies of it are left out (`copied` False: it is known to have none), and of several printings of another story all
    but one. Of each what a card prints is read, without its places. Nothing for an article that readers may not see, or
    whose words stand nowhere else.
    """
    version = article.current_version
    if version is None or count < 1 or not may_show(article):
        return ()
    answer = evaluate or engines.evaluate
    words = telling_words(article, evaluate)
    if not words:
        return ()
    copies = {one for (one,) in kept("copies of an article", _copies, article.pk)} if copied else set()
    step = count + _MORE
    hits = answer(Request(Or(tuple(Phrase(word) for word in words)), limit=step * _TIMES + len(copies))).hits
    own = next((hit.score for hit in hits if hit.article_id == article.pk), hits[0].score if hits else 0.0)
    left_out = {article.pk, *copies}
    near = [hit.article_id for hit in hits if hit.article_id not in left_out and hit.score >= LEAST_SHARE * own]
    seen: set[int | str] = {version.text_sha256}
    taken: list[Article] = []
    for start in range(0, min(len(near), step * _TIMES), step):
        some = near[start : start + step]
        found = cards_by_key(some, places=False)
        stories = dict(kept("stories of articles", _stories, *some))
        for one in (found[key] for key in some if key in found):  # some may have been closed since they were indexed
            text = one.current_version.text_sha256 if one.current_version else ""
            told = {text, stories.get(one.pk, text)}
            if not seen & told:
                taken.append(one)
            seen |= told
        if len(taken) >= count:
            break
    return tuple(taken[:count])


def _copies(article: Any) -> QuerySet[Printing, tuple[int]]:
    cluster = Printing.objects.filter(article=article).order_by().values("cluster")
    return Printing.objects.filter(cluster__in=cluster).order_by().values_list("article")


def _stories(*articles: Any) -> QuerySet[Printing, tuple[int, int]]:
    return Printing.objects.filter(article__in=articles).order_by().values_list("article", "cluster")


def telling_words(article: Article, evaluate: Evaluate | None = None) -> list[str]:
    """The words that tell this article from others: frequent in it, rare elsewhere, but not in it alone."""
    assert article.current_version is not None
    title, *others = texts_of(article.current_version)
    every: Counter[str] = Counter()
    for part in others:
        every.update(word_list(part.reading[:_READ]))
    for word in word_list(title.reading[:_READ]):
        every[word] += _TITLE
    times = {word: number for word, number in every.items() if len(word) > 1 and not word.isdecimal()}
    likely = sorted(times, key=lambda word: (-times[word] * len(word), word))[:_CANDIDATES]
    everything, counted = asked_for(likely, evaluate) if evaluate else engines.holders(likely)
    most = max(everything // 3, _SMALL)
    weights = {
        word: (1 + math.log(times[word])) * math.log(1 + everything / holders)
        for word, holders in zip(likely, counted, strict=True)
        if 1 < holders <= most
    }
    return sorted(weights, key=lambda word: (-weights[word], word))[:_TELLING]


def asked_for(strings: Sequence[str], evaluate: Evaluate) -> tuple[int, list[int]]:
    """How many articles there are, and how many hold each string: each a question of its own."""
    everything = evaluate(Request(Everything(), limit=0)).total
    return everything, [evaluate(Request(Phrase(one), limit=0)).total for one in strings]

"""`python -m benchmarks.ranking [--queries N]`: is what is asked for among the first ten, and how far up?

Questions in traditional characters, each with the one passage that answers it, asked as printed and in
simplified characters. Beside our engine: plain BM25 with the same k1 and b over jieba's words and over
bigrams, on texts as they are, and on texts and questions converted to simplified and folded. All rank by
any of the words of the question, as a question is: a reader's words, which all must stand, narrow more.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import jieba
import numpy as np
from numpy.typing import NDArray

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")

import django

django.setup()

from archive.search.engine.answering import answer
from archive.search.engine.documents import IndexDocument
from archive.search.engine.folder import IndexFolder
from archive.search.engine.generation import K1, B
from archive.search.language.words import cut
from archive.search.records import Request
from archive.search.texts import PartText
from archive.search.tree import Or, Phrase
from archive.text.fold import fold
from archive.text.script import to_simplified

LABELLED = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "drcd-dev"
RESULTS = Path(__file__).resolve().parent / "results"
#: Answers looked at.
FIRST = 10

Ranking = Callable[[str], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Passages as (title, text), and questions with the number of the passage that answers each."""

    passages: list[tuple[str, str]]
    questions: list[tuple[str, int]]


def labelled(folder: Path, most: int | None = None) -> Labelled:
    rows = [json.loads(line) for line in (folder / "docs.jsonl").read_text(encoding="utf-8").split("\n") if line]
    number = {row["docid"]: at for at, row in enumerate(rows)}

    def table(name: str) -> list[list[str]]:
        return [line.split("\t") for line in (folder / name).read_text(encoding="utf-8").split("\n") if line]

    answers = {row[0]: number[row[2]] for row in table("qrels.tsv") if row[3] != "0"}
    questions = [(text, answers[key]) for key, text in table("queries.tsv") if key in answers]
    return Labelled([(row["title"], row["text"]) for row in rows], questions[:most])


def ours(passages: Sequence[tuple[str, str]], path: Path) -> Ranking:
    """The site's engine, on an index in `path`."""
    folder = IndexFolder(path)
    with folder.writing() as writer:
        writer.add(_document(at, *one) for at, one in enumerate(passages))
    index = folder.generation()

    def rank(question: str) -> Sequence[int]:
        words = tuple(Phrase(question[a:b], word=True) for a, b in cut(question))
        return [hit.article_id for hit in answer(index, Request(Or(words), limit=FIRST)).hits]

    return rank


def _document(key: int, title: str, text: str) -> IndexDocument:
    return IndexDocument(
        pk=key, digest="", public_id=str(key), parts=[PartText("title", title, True), PartText("body", text, True)],
        earliest=0, latest=0, is_sample=False, outlet="", script="Hant",
        values={"place": [], "outlet_place": [], "topic": [], "author": [], "date": ["~"]},
    )  # fmt: skip


def plain(passages: Sequence[tuple[str, str]], terms: Callable[[str], list[str]]) -> Ranking:
    """BM25 over `terms`, title and text as one; all terms of the question added up."""
    counts = [Counter(terms(f"{title}\n{text}")) for title, text in passages]
    lengths = np.array([sum(one.values()) for one in counts], float)
    norm = K1 * (1 - B + B * lengths / lengths.mean())
    rows: dict[str, list[tuple[int, int]]] = {}
    for at, one in enumerate(counts):
        for term, times in one.items():
            rows.setdefault(term, []).append((at, times))
    lists: dict[str, tuple[NDArray[np.int64], NDArray[np.float64]]] = {}
    for term, found in rows.items():
        ids, times = np.array([at for at, _ in found]), np.array([count for _, count in found], float)
        idf = np.log1p((len(passages) - len(ids) + 0.5) / (len(ids) + 0.5))
        lists[term] = ids, idf * (K1 + 1) * times / (times + norm[ids])

    def rank(question: str) -> Sequence[int]:
        scores = np.zeros(len(passages))
        for term in terms(question):
            if term in lists:
                ids, weights = lists[term]
                scores[ids] += weights
        best = np.argsort(-scores, kind="stable")[:FIRST]
        return [int(at) for at in best if scores[at] > 0]

    return rank


def jieba_words(text: str) -> list[str]:
    return [word for word in jieba.lcut(text) if word.strip()]


def bigrams(text: str) -> list[str]:
    """Each two Han characters side by side; words of letters and digits as they are."""
    found: list[str] = []
    for run in re.findall(r"[㐀-鿿]+|[0-9A-Za-z]+", text):
        found += [run] if run.isascii() or len(run) == 1 else [run[at : at + 2] for at in range(len(run) - 1)]
    return found


def simplified(text: str) -> str:
    return fold(to_simplified(text))


def measured(rank: Ranking, questions: Sequence[tuple[str, int]]) -> dict[str, float]:
    """Mean reciprocal rank and recall, both at ten."""
    places = []
    for question, wanted in questions:
        found = list(rank(question))
        places.append(found.index(wanted) + 1 if wanted in found else 0)
    return {
        "mrr@10": round(sum(1 / place for place in places if place) / len(places), 4),
        "recall@10": round(sum(place > 0 for place in places) / len(places), 4),
    }


def compare(data: Labelled, path: Path) -> dict[str, dict[str, dict[str, float]]]:
    """System → how it was asked → figures."""
    jieba.setLogLevel(60)
    converted = [(simplified(title), simplified(text)) for title, text in data.passages]
    systems: dict[str, Ranking] = {
        "ours": ours(data.passages, path),
        "jieba BM25": plain(data.passages, jieba_words),
        "bigram BM25": plain(data.passages, bigrams),
    }
    over_converted = {
        "jieba BM25, converted": plain(converted, jieba_words),
        "bigram BM25, converted": plain(converted, bigrams),
    }
    for name, rank in over_converted.items():
        systems[name] = lambda question, rank=rank: rank(simplified(question))
    asked = {
        "own script": data.questions,
        "simplified": [(to_simplified(question), wanted) for question, wanted in data.questions],
    }
    return {
        name: {way: measured(rank, questions) for way, questions in asked.items()} for name, rank in systems.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queries", type=int, help="only so many questions")
    options = parser.parse_args()
    if not LABELLED.exists():
        print("Ranking: not measured, the labelled set (../shared/corpus/drcd-dev) is absent.")
        return
    data = labelled(LABELLED, options.queries)
    with tempfile.TemporaryDirectory() as path:
        report = compare(data, Path(path))
    print(f"Ranking, {len(data.passages):,} passages, {len(data.questions):,} questions: MRR@10 / recall@10")
    for name, ways in report.items():
        print(f"{name:24}" + "".join(f"{way:>14} {one['mrr@10']:.4f} / {one['recall@10']:.4f}" for way, one in ways.items()))  # fmt: skip
    RESULTS.mkdir(exist_ok=True)
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    (RESULTS / f"ranking-{stamp}.json").write_text(json.dumps(report, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()

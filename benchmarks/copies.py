"""How many copies are found, how many other stories are taken for copies, and what looking costs.

Takes passages of ../shared/corpus, leaves out those that are copies already, and asks for damaged copies of a
sample: whole, cut, converted to traditional with pinyin notes, reworded, within a longer page. Run
`python -m benchmarks.copies [--held 20000] [--asked 400]`; memory and time are those of this machine.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "passages-130k.jsonl.zst"
#: Words that spinners of copies swap.
SPUN = {
    "服务": "处事",
    "困难": "坚苦",
    "工作": "事情",
    "进行": "举行",
    "重要": "首要",
    "发展": "成长",
    "建设": "扶植",
    "加强": "增强",
    "企业": "公司",
    "表示": "暗示",
}


def passages(count: int) -> list[dict[str, str]]:
    raw = subprocess.run(["zstd", "-dc", CORPUS], capture_output=True, check=True).stdout
    rows = [row for row in map(json.loads, filter(None, raw.split(b"\n"))) if row["source"] in ("xwlb", "dxy")]
    random.Random(5).shuffle(rows)
    return rows[:count]


def copies(text: str, draw: random.Random, other: str) -> dict[str, str]:
    """A copy of `text` for each way in which copies are made."""
    from tests.damage import pinyin_notes, traditional

    spun = text
    for word, instead in SPUN.items():
        spun = spun.replace(word, instead)
    third = len(text) // 3
    every = list(text)
    for place in range(draw.randrange(15, 30), len(every), draw.randrange(18, 26)):
        every[place] = "某"
    return {
        "whole": text,
        "first two thirds": text[: 2 * third],
        "last half": text[len(text) // 2 :],
        "traditional, noted": pinyin_notes(traditional(text), draw).text,
        "reworded": spun,
        "a character changed in twenty": "".join(every),
        "within another": other + text,
    }


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--held", type=int, default=20_000)
    parser.add_argument("--asked", type=int, default=400)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(DATA_DIR=folder, SECRET_KEY="bench", DJANGO_SETTINGS_MODULE="archive.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        measure(options.held, options.asked)
    return 0


def measure(held: int, asked: int) -> None:
    from archive.catalog.models import Article, Printing, ReprintCluster
    from archive.catalog.reprints import alike, find_copies
    from archive.text.repair import repair

    rows = passages(held)
    articles = store(rows)
    began = time.perf_counter()
    for start in range(0, len(articles), 200):
        find_copies(articles[start : start + 200])
    took = time.perf_counter() - began
    in_clusters = Printing.objects.count()
    print(
        f"{len(articles)} passages of {sum(len(row['text']) for row in rows) // len(rows)} characters looked over in {took:.1f} s: {len(articles) / took:.0f}/s"
    )
    print(
        f"taken for copies: {in_clusters} in {ReprintCluster.objects.count()} clusters ({in_clusters / len(articles):.3f} a passage)"
    )
    alone = Article.objects.filter(printing__isnull=True).select_related("current_version").order_by("pk")
    wanted = [one for one in alone if len(one.current_version.body_simplified) >= 150]  # type: ignore[union-attr]
    draw = random.Random(7)
    sample = draw.sample(wanted, min(asked, len(wanted) - 1))
    found: Counter[str] = Counter()
    false: Counter[str] = Counter()
    began, count = time.perf_counter(), 0
    for article in sample:
        text = article.current_version.body_simplified  # type: ignore[union-attr]
        other = draw.choice(wanted)
        made = copies(text, draw, other.current_version.body_simplified)  # type: ignore[union-attr]
        answers = alike([repair(one).text for one in made.values()])
        for name, matches in zip(made, answers, strict=True):
            keys = {match.article_id for match in matches}
            found[name] += article.pk in keys
            allowed = {article.pk, other.pk} if name == "within another" else {article.pk}
            false[name] += len(keys - allowed)
            count += 1
    took = time.perf_counter() - began
    for name in found:
        print(
            f"{name:32s} found {found[name] / len(sample):.3f}  others taken for copies {false[name] / len(sample):.3f} a query"
        )
    print(f"{count} queries with repair in {took:.1f} s: {1000 * took / count:.1f} ms each")


def store(rows: list[dict[str, str]]) -> list:  # type: ignore[type-arg]
    """The passages as articles, without dates: the corpus has none that are true."""
    from archive.catalog.models import Article, Capture, Version

    capture = Capture.objects.create(sha256="0" * 64, size=0, media_type="text/plain", identity="bench")
    articles = [Article(public_id=f"b{number:07d}") for number in range(len(rows))]
    Article.objects.bulk_create(articles, batch_size=2000)
    versions = [
        Version(
            article=article,
            capture=capture,
            text_sha256="0" * 64,
            body=row["text"],
            body_simplified=row["text"],
            script="Hans",
        )
        for article, row in zip(articles, rows, strict=True)
    ]
    Version.objects.bulk_create(versions, batch_size=1000)
    for article, version in zip(articles, versions, strict=True):
        article.current_version = version
    Article.objects.bulk_update(articles, ["current_version"], batch_size=1000)
    return articles


if __name__ == "__main__":
    sys.exit(main())

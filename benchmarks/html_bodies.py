"""Mean F1 of what is read from the 120 real pages of ../shared/html against what a person kept of each.

Character 4-grams without blanks, as the yardstick of that folder has them: readability-lxml .880, trafilatura .871.
"""

import argparse
import io
import re
import sys
import tarfile
import time
from collections import Counter
from pathlib import Path

import zstandard

from archive.ingest.pipeline import read_page

PAGES = Path(__file__).resolve().parents[2] / "shared" / "html" / "pages.tar.zst"


def pages(path: Path = PAGES) -> dict[str, bytes]:
    """Files of the archive by name: pages and their references."""
    with path.open("rb") as file:
        data = zstandard.ZstdDecompressor().stream_reader(file).read()
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        members = [(member.name, archive.extractfile(member)) for member in archive if member.isfile()]
        return {name: file.read() for name, file in members if file is not None}


def score(text: str, reference: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of the 4-grams of `text`."""
    ours, theirs = _grams(text), _grams(reference)
    both = sum((ours & theirs).values())
    precision, recall = both / max(1, sum(ours.values())), both / max(1, sum(theirs.values()))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _grams(text: str) -> Counter[str]:
    bare = re.sub(r"\s+", "", text)
    return Counter(bare[i : i + 4] for i in range(max(1, len(bare) - 3)))


def read(data: bytes, name: str) -> str:
    """Titles and bodies of the drafts of a page, as printed."""
    drafts = read_page(data, file=name, media_type="text/html").drafts
    return "\n".join((draft.title_as_printed or draft.title or "") + "\n" + draft.body for draft in drafts)


def main() -> int:
    """Print the means, and with --worst N the pages that were read worst."""
    parser = argparse.ArgumentParser(prog="html-bodies", description=__doc__)
    parser.add_argument("--worst", type=int, default=0)
    arguments = parser.parse_args()
    if not PAGES.exists():
        print("../shared/html is absent: nothing to measure.")
        return 2
    files = pages()
    start = time.perf_counter()
    rows = [
        (score(read(data, name), files[name[:-5] + ".ref.txt"].decode()), name)
        for name, data in sorted(files.items())
        if name.endswith(".html")
    ]
    seconds = time.perf_counter() - start
    precision, recall, f1 = (sum(scores[i] for scores, _ in rows) / len(rows) for i in range(3))
    median = sorted(scores[2] for scores, _ in rows)[len(rows) // 2]
    print(f"{len(rows)} pages  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  median F1 {median:.3f}")
    print(f"{len(rows) / seconds:.1f} pages/s")
    for scores, name in sorted(rows, key=lambda row: row[0][2])[: arguments.worst]:
        print(f"  {scores[2]:.3f}  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

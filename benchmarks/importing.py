"""Texts from ../shared/corpus, title and text only, through every step of an import: articles a second and memory.

`python -m benchmarks.importing N` imports N texts into an empty site of its own (SQLite, in a temporary
folder): read, repaired, fields and evidence, compared, stored, indexed. `--kind warc` brings the same
as pages of a web archive. Memory is that of the importing process and all beside it, what they share counted once.
"""

import argparse
import gzip
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "passages-130k.jsonl.zst"


def texts(count: int) -> Iterator[dict[str, str]]:
    """Title and text of `count` passages; beyond the corpus it begins again with a mark that makes other texts."""
    import zstandard

    made = turn = 0
    while made < count:
        with CORPUS.open("rb") as file:
            lines = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), encoding="utf-8", newline="\n")
            for line in lines:
                if made == count:
                    return
                found = json.loads(line)
                mark = f"（第{turn}轮）" if turn else ""
                yield {"title": found["title"] + mark, "text": found["text"] + mark}
                made += 1
        turn += 1


def jsonl(path: Path, count: int) -> None:
    """Write the texts as JSON lines."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for piece in texts(count):
            file.write(json.dumps(piece, ensure_ascii=False) + "\n")


def warc(path: Path, count: int) -> None:
    """Write the texts as pages of a web archive, compressed record by record."""
    with path.open("wb") as file:
        for number, piece in enumerate(texts(count)):
            paragraphs = "".join(f"<p>{line}</p>" for line in piece["text"].split("\n"))
            body = f"<html><head><title>{piece['title']}</title></head><body><h1>{piece['title']}</h1>{paragraphs}</body></html>"
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body.encode()
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Date: 2020-03-01T08:00:00Z\r\n"
                f"WARC-Target-URI: http://a.example/{number}\r\nContent-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(http)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + http + b"\r\n\r\n", 1))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=2_000)
    parser.add_argument("--kind", choices=["jsonl", "warc"], default="jsonl")
    parser.add_argument("--file", type=Path, help="import this file instead")
    parser.add_argument("--processes", type=int, default=0, help="readers beside the importing process (0: as set)")
    options = parser.parse_args()
    if not CORPUS.exists() and options.file is None:
        print("../shared/corpus is absent")
        return 1
    with tempfile.TemporaryDirectory(prefix="importing-") as folder:
        return _measure(Path(folder), options)


def _measure(folder: Path, options: argparse.Namespace) -> int:
    os.environ |= {"DATA_DIR": str(folder / "data"), "DJANGO_SETTINGS_MODULE": "archive.settings"}
    if options.processes:
        os.environ["IMPORT_PROCESSES"] = str(options.processes)
    (folder / "data").mkdir()
    for command in ("migrate", "load_regions"):  # in processes of their own: they take memory that an import does not
        subprocess.run([sys.executable, "manage.py", command, "-v0"], check=True, stdout=subprocess.DEVNULL)
    watch = Watch(folder / "memory.tsv")
    import django

    django.setup()
    from archive.catalog.models import Article
    from archive.ingest import services
    from archive.ingest.models import ImportBatch
    from archive.ingest.readers import received_from
    from archive.search.engine import upkeep
    from archive.search.models import Waiting

    path = options.file or folder / f"texts.{options.kind}"
    if options.file is None:
        {"jsonl": jsonl, "warc": warc}[options.kind](path, options.count)
    print(f"{path.name}: {path.stat().st_size / 2**20:.0f} MB")
    settled = _Mark("")
    batch = services.receive(files=[received_from(path)], source=ImportBatch.Source.COMMAND)
    marks = [_Mark("receive")]
    services.check(batch)
    marks.append(_Mark("check"))
    services.confirm(batch)
    marks.append(_Mark("confirm and index"))
    made = Article.objects.count()
    for before, after in pairwise([settled, *marks]):
        print(after.since(before, made))
    marks[-1].name = "end to end"
    print(marks[-1].since(settled, made))
    print(f"indexed {upkeep.current_folder().generation().count} of {made}, waiting {Waiting.objects.count()}")
    print(watch.told())
    return 0


class Watch:
    """The memory of this process and all beside it, written down by another one twice a second until this one ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._process = subprocess.Popen([sys.executable, "-m", "benchmarks.memory", str(os.getpid()), str(path)])

    def told(self) -> str:
        """The highest of all readings, and the highest in each tenth of the time."""
        self._process.terminate()
        self._process.wait()
        rows = [line.split("\t") for line in self._path.read_text().splitlines()]
        readings = [int(row[1]) for row in rows]
        own = max(int(row[1]) - int(row[2]) for row in rows)
        tenth = max(1, len(readings) // 10)
        curve = [max(readings[start : start + tenth]) for start in range(0, len(readings), tenth)]
        return f"memory of all processes, MB: peak {max(readings)} (without mapped files {own}), in the course of it {' '.join(map(str, curve))}"


class _Mark:
    """A moment: the clock, and the processor time of all processes so far."""

    def __init__(self, name: str) -> None:
        own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
        self.name = name
        self.clock = time.monotonic()
        self.busy = own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime

    def since(self, before: "_Mark", made: int) -> str:
        """What passed since the mark before, for so many articles."""
        seconds, busy = max(self.clock - before.clock, 1e-9), self.busy - before.busy
        return (
            f"{self.name:<20}{seconds:8.1f} s{made / seconds:10.0f} articles/s"
            f"{1000 * busy / max(made, 1):8.2f} ms of processor each"
        )


if __name__ == "__main__":
    sys.exit(main())

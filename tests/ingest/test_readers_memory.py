"""Large files are read as a stream: what a reader holds does not grow with its file."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .test_readers_webarchive import PAGE, response

ROOT = Path(__file__).resolve().parents[2]
READ = """
import resource, sys
from pathlib import Path
import django
django.setup()
from archive.ingest.readers import Refused, Source, read, received_from
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
before = peak()
pieces = bad = 0
try:
    for piece in read(received_from(Path(sys.argv[1]))):
        pieces += isinstance(piece, Source)
        bad += not isinstance(piece, Source)
except Refused as refusal:
    print(type(refusal).__name__, end=" ")
print(pieces, bad, peak() - before)
"""
#: Megabytes that a reader may hold: one record of the largest size, as bytes, text and object.
MOST = 90


def lines(path: Path) -> str:
    with path.open("wb") as file:
        piece = json.dumps({"title": "示例", "body": "村口设卡登记。" * 400}, ensure_ascii=False).encode() + b"\n"
        file.writelines(piece for _n in range(12_000))
        file.write(b'{"title": "' + b"x" * 150 * 2**20 + b'"}\n')
        file.write(piece)
    return "12001 1"


def wide(path: Path) -> str:
    with path.open("wb") as file:
        file.write(b"\xff\xfe")
        row = (json.dumps({"title": "示例", "body": "村口设卡登记。" * 400}, ensure_ascii=False) + "\n").encode(
            "utf-16-le"
        )
        file.writelines(row for _n in range(20_000))
    return "20000 0"


def table(path: Path) -> str:
    with path.open("wb") as file:
        file.write("标题,正文\n".encode())
        row = ("示例," + "村口设卡登记。" * 400 + "\n").encode()
        file.writelines(row for _n in range(12_000))
        file.write('坏的,"'.encode() + b"x" * 60 * 2**20)
    return "BrokenTable 12000 0"


def archive(path: Path) -> str:
    with path.open("wb") as file:
        page = gzip.compress(response(1, (PAGE * 300).encode()), 1)
        picture = gzip.compress(response(2, os.urandom(2**20), media="image/png"), 1)
        for _n in range(100):
            file.write(page + picture)
    return "100 1"


@pytest.mark.parametrize("make", [lines, wide, table, archive])
def test_a_large_file_is_read_in_little_memory(make, tmp_path):
    path = tmp_path / {"lines": "a.jsonl", "wide": "a.jsonl", "table": "a.csv", "archive": "a.warc.gz"}[make.__name__]
    told = make(path)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    ran = subprocess.run(
        [sys.executable, "-c", READ, str(path)], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    found, _blank, grown = ran.stdout.strip().rpartition(" ")
    assert found == told
    assert int(grown) < MOST, ran.stdout

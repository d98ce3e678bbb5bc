"""`python -m benchmarks.soak.mutated queries|uploads COUNT SEED` in the environment of a prepared site: figures as JSON.

Query strings of every public address and files of every format are altered at random, thousands a minute; none may
end in an error of the server. `queries` asks the site's own views in this process; `uploads` receives and checks the
file as an import does, and rolls it back.
"""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

SAMPLE = Path(__file__).resolve().parents[2] / "sample"
#: Written into query strings: operators, fields, dates and what breaks parsers.
PIECES = (
    "口罩", "“测量体温”", "志愿者 AND 口罩", " OR ", " NOT ", " NEAR/3 ", "-", "|", "(", ")", "“", "”", '"', "「", "title:", "标题:", "地区:四川",
    "place:", "date:2020-02", "日期:2020-02~2020-03", "~", "..", "*", "网格*", "?", "&q=", "&place=510000", "&place=-510923", "&year=2020",
    "&page=", "&per_page=", "&sort=newest", "&copies=one", "&from=2020-02-30", "&to=", "&outlet=", "&topic=", "&cursor=", "&verb=ListRecords",
    "&metadataPrefix=oai_dc", "&resumptionToken=", "&x[]=", "=", "&", ";", "#", "%", "%00", "%FF", "%ED%A0%80", "\u0000", "\u202e", "\u0301", "🦠",
    "２０２０", "-1", "0", "1e309", "NaN", "99999999999999999999", "2020-13-45", "隔離", "新冠肺炎", "字" * 300, "((((((((", "'", "<b>", "{{7*7}}", "\\",
    "\r\n", "/", "../", "//", ":", "AND", "OR OR", "^", "\ud7ff", "\ufffd", "\ufeff",
)  # fmt: skip
#: Written into files.
BYTES = (
    b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff", b"\x81", b"\xa3\xba", b"\r", b"\n", b'"', b"'", b",", b"\t", b"<", b">", b"</p>",
    b"<script>", b"<!--", b"<!DOCTYPE x [<!ENTITY a '&a;'>]>", b"&#x110000;", b"&#0;", b"{", b"}", b"[", b"]", b"\\u0000", b"\\ud800", b"null", b"1e999",
    b"# ", b"PK\x03\x04", b"PK\x05\x06", b"WARC/1.0\r\n", b"Content-Length: 99999999999\r\n", b"Content-Length: -1\r\n", "2020年13月45日".encode(),
    "记者".encode(), "（bian1）".encode(), "县".encode("gb18030")[:1], "臺".encode("big5")[:1], b"\x1b$B", b"=cmd|' /C calc'!A0",
)  # fmt: skip


def mutated(chance: random.Random, text: Any, pieces: tuple[Any, ...], others: list[Any]) -> Any:
    """A few random changes of a string or bytes: taken out, doubled, put in, joined with another, cut off."""
    for _ in range(chance.choice((1, 1, 2, 3, 5))):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice((1, 1, 2, 8, 40, 200)))
        match chance.randrange(6):
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:start] + text[start:end] * chance.choice((2, 3, 30)) + text[end:]
            case 2 | 3:
                text = text[:start] + chance.choice(pieces) + text[start:]
            case 4:
                other = chance.choice(others)
                text = text[:start] + other[chance.randrange(len(other) + 1) :]
            case _:
                text = text[:start] if chance.random() < 0.3 else text[:start] + chance.choice(pieces) + text[end:]
    return text


class Failures:
    """The places in the code at which something ended badly, and the first example of each."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self.first: dict[str, str] = {}

    def add(self, error: BaseException, example: str) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        own = [one for one in frames if "/archive/" in one.filename] or list(frames)
        where = f"{type(error).__name__}: {error} ({Path(own[-1].filename).name}:{own[-1].lineno})"[:300]
        self.seen[where] += 1
        self.first.setdefault(where, example[:400])

    def told(self) -> list[str]:
        return [f"{count} × {where}, first: {self.first[where]}" for where, count in self.seen.most_common(20)]


def queries(count: int, seed: int) -> dict[str, Any]:
    """Ask `count` mutated addresses; statuses, and what failed."""
    from django.core.signals import got_request_exception
    from django.test import Client

    from archive.catalog.models import Article
    from tests.browse.site_map import addresses

    raised: list[BaseException] = []
    got_request_exception.connect(lambda **_: raised.append(sys.exc_info()[1] or RuntimeError()), weak=False)
    client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
    known = {"article": Article.objects.values_list("public_id", flat=True)[0], "story": "1", "token": "x"}
    asked = [one.path(known) for one in addresses()]
    strings = [
        f"q={word}&sort=newest&place=510000&from=2020-02&page=2" for word in ("口罩", "“测量体温”", "志愿者 OR 口罩")
    ]
    strings += [
        "verb=ListRecords&metadataPrefix=oai_dc",
        "q=口罩&width=20&sort=left",
        "phrases=口罩&unit=share&grain=week",
        "text=村口设卡登记车辆",
    ]
    chance, failures, statuses = random.Random(seed), Failures(), Counter[int]()
    for _ in range(count):
        path, query = chance.choice(asked), mutated(chance, chance.choice(strings), PIECES, strings)
        address = f"{path}?{quote(query, safe='=&%', errors='surrogatepass')}"
        raised.clear()
        try:
            response = client.get(address)
            for _part in response.streaming_content if response.streaming else ():
                pass
            statuses[response.status_code] += 1
        except Exception as error:  # noqa: BLE001 (what is looked for)
            raised.append(error)
        for error in raised:
            failures.add(error, address)
        if sum(statuses.values()) % 1000 == 0:
            print(dict(statuses), failures.told()[:5], file=sys.stderr, flush=True)
        if not raised and response.status_code >= 500 and not path.endswith("readyz"):
            failures.add(RuntimeError(f"status {response.status_code}"), address)
    return {"asked": count, "ended": dict(sorted(statuses.items())), "wrong": failures.told()}


def files() -> list[tuple[str, bytes]]:
    """Small files in every format: the sample's own, and others made of them."""
    import openpyxl
    from warcio.warcwriter import WARCWriter

    made = [
        (path.name, path.read_bytes()[:2500]) for path in sorted(SAMPLE.rglob("*")) if path.suffix in (".txt", ".html")
    ]
    table = (SAMPLE / "示例表格.csv").read_bytes()
    made += [("表.csv", table[:2500]), ("记录.jsonl", (SAMPLE / "示例记录.jsonl").read_bytes()[:6000])]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["标题", "正文", "日期"], ["示例村的值守", "村口设卡登记车辆，志愿者给司机量体温。" * 3, "2020-02-10"]):
        sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    made.append(("表.xlsx", held.getvalue()))
    page = next(data for name, data in made if name.endswith(".html"))
    warc = io.BytesIO()
    writer = WARCWriter(warc, gzip=False)
    record = writer.create_warc_record(
        "https://example.org/1.html", "response", payload=io.BytesIO(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page)
    )  # fmt: skip
    writer.write_record(record)
    made.append(("页.warc", warc.getvalue()))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, data in made[:3]:
            package.writestr(name, data)
    return [*made, ("包.zip", packed.getvalue())]


def uploads(count: int, seed: int) -> dict[str, Any]:
    """Receive and check `count` mutated files; how they ended, and what failed or was refused without a sentence."""
    from django.conf import settings
    from django.db import transaction

    from archive.ingest import services
    from archive.ingest.models import ImportBatch
    from archive.ingest.readers import Received

    chance, failures, states = random.Random(seed), Failures(), Counter[str]()
    known = files()
    names, contents = [name for name, _ in known], [data for _, data in known]
    settings.CAPTURE_DIR = Path(tempfile.mkdtemp(dir=settings.CAPTURE_DIR.parent, prefix="mutated-"))
    for number in range(count):
        name, data = chance.choice(known)
        data = mutated(chance, data, BYTES, contents)
        name = chance.choice(names) if chance.random() < 0.05 else name
        if chance.random() < 0.02:
            name = mutated(chance, name, PIECES, names) or "x"
        try:
            with transaction.atomic():
                batch = services.receive(
                    files=[Received(name, partial(io.BytesIO, data))], source=ImportBatch.Source.UPLOAD
                )
                services.check(batch)
                states[batch.state] += 1
                mute = [row.number for row in batch.rows.filter(outcome="bad") if not row.problem]
                if mute or (batch.state == "failed" and not batch.problem):
                    failures.add(RuntimeError("refused without a sentence"), repr((name, data[:200])))
                transaction.set_rollback(True)
        except services.BatchRefused as refused:
            states["refused"] += 1
            if not str(refused):
                failures.add(refused, repr((name, data[:200])))
        except Exception as error:  # noqa: BLE001 (what is looked for)
            failures.add(error, repr((name, data[:200])))
        if number % 500 == 499:
            shutil.rmtree(settings.CAPTURE_DIR)
            settings.CAPTURE_DIR.mkdir()
            print(number + 1, dict(states), failures.told()[:3], file=sys.stderr, flush=True)
    shutil.rmtree(settings.CAPTURE_DIR)
    return {"checked": count, "ended": dict(sorted(states.items())), "wrong": failures.told()}


def main() -> None:
    import logging

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    django.setup()
    logging.disable(logging.CRITICAL)
    what, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    began = time.process_time()
    figures = {"queries": queries, "uploads": uploads}[what](count, seed)
    print(json.dumps({**figures, "seed": seed, "cpu_seconds": round(time.process_time() - began)}, ensure_ascii=False))


if __name__ == "__main__":
    main()

"""Twenty crawlers that follow the links of filters without pause, and readers who open articles beside them."""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any

from ..search_speed.worker import percentile
from .people import article
from .running import Site

#: Links that a page of results offers to narrow it, and the pages of all values of a filter.
_LINKS = re.compile(r'href="((?:/search/facets/\w+/)?\?[^"]+|/search/facets/[^"]+)"')
#: Articles that the trial writes beside the sample, so that filters have something to count.
ARTICLES = 2_000


class Crawler(threading.Thread):
    """An address of its own (told by X-Forwarded-For: loopback is a trusted proxy); deaf to robots.txt, nofollow and Retry-After."""

    def __init__(self, site: Site, number: int, until: float) -> None:
        super().__init__()
        self.site, self.until = site, until
        self.address = f"198.51.100.{number + 1}"
        self.chance = random.Random(number)
        self.statuses: Counter[int] = Counter()

    def run(self) -> None:
        path, known = "/search/", ["/search/"]
        while time.monotonic() < self.until:
            status, text, _seconds = ask(self.site, path, self.address)
            self.statuses[status] += 1
            links = (unescape(link) for link in _LINKS.findall(text)[:300])
            known += [link if link.startswith("/") else "/search/" + link for link in links]
            del known[: max(len(known) - 5_000, 0)]
            path = self.chance.choice(known)


class ArticleReader(threading.Thread):
    """Opens an article, thinks for a moment, opens the next; as many seconds as each took."""

    def __init__(self, site: Site, number: int, until: float, paths: list[str]) -> None:
        super().__init__()
        self.site, self.until, self.paths = site, until, paths
        self.address = f"203.0.113.{number + 1}"
        self.chance = random.Random(1_000 + number)
        self.statuses: Counter[int] = Counter()
        self.times: list[float] = []

    def run(self) -> None:
        while time.monotonic() < self.until:
            status, _text, seconds = ask(self.site, self.chance.choice(self.paths), self.address)
            self.statuses[status] += 1
            self.times.append(seconds)
            time.sleep(0.25)


def ask(site: Site, path: str, address: str) -> tuple[int, str, float]:
    """Status (0 where the connection was cut), text and seconds of one request from an address."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=120)
    try:
        connection.request("GET", path, headers={"X-Forwarded-For": address})
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
    except (OSError, http.client.HTTPException):
        return 0, "", time.perf_counter() - began
    finally:
        connection.close()
    return answer.status, text, time.perf_counter() - began


def prepare(site: Site, folder: Path) -> list[str]:
    """Write the articles; the paths of some of them."""
    import json

    path = folder / "crawled.jsonl"
    path.write_text("".join(json.dumps(article(f"甲{n}丁"), ensure_ascii=False) + "\n" for n in range(ARTICLES)))
    done = site.manage("import_articles", str(path))
    if done.returncode:
        raise RuntimeError(done.stderr[-1000:])
    paths = []
    for number in range(1, 4):
        _status, text, _seconds = ask(site, f"/search/?per_page=100&page={number}", "203.0.113.200")
        paths += re.findall(r'<a href="(/articles/[0-9a-z]+/)', text)
    return paths


def crawled(site: Site, paths: list[str], crawlers: int, seconds: int) -> dict[str, Any]:
    """What four readers of articles feel while so many crawlers work."""
    until = time.monotonic() + seconds
    crowd = [Crawler(site, number, until) for number in range(crawlers)]
    readers = [ArticleReader(site, number, until, paths) for number in range(4)]
    for one in (*crowd, *readers):
        one.start()
    for one in (*crowd, *readers):
        one.join()
    times = [seconds for reader in readers for seconds in reader.times]
    statuses = sum((reader.statuses for reader in readers), Counter())
    answers = sum((one.statuses for one in crowd), Counter())
    return {
        "articles": sum(statuses.values()), "not_200": sum(statuses.values()) - statuses[200],
        "p50_ms": percentile(times, 0.5) * 1e3, "p95_ms": percentile(times, 0.95) * 1e3,
        "crawlers_were_told": {str(status): count for status, count in sorted(answers.items())},
    }  # fmt: skip

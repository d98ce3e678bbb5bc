"""`python -m benchmarks.pages [--articles 20000] [--only home,article] [--against FILE] [--profile home] [--parts home,search]`: pages one by one.

For each page: milliseconds of processor time from the request to the last byte through the whole of Django as it is
deployed (gzip, security headers, counters; no socket), median and 95th percentile over different words and articles,
queries of the database, and kilobytes gzipped. `pace` is the median divided by the time of a fixed loop measured just
before, so that runs on a busy machine can be compared with others. Nothing that answers a request is kept between two requests: each is
asked in one process for another word, article or place. `--against` puts the figures of an earlier run beside them.
`--profile` prints where the time of one page goes by function, `--parts` by part (see page_parts).
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import json
import os
import pstats
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from .page_parts import told, wrapped

RESULTS = Path(__file__).resolve().parent / "results"
#: Answers before measuring begins, and seconds of processor time for each page.
WARM, MOST = 40, 3.0
Address = Callable[[int], str]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--only", default="", help="names of pages, divided by commas")
    parser.add_argument("--against", type=Path, help="the file of an earlier run")
    parser.add_argument("--profile", default="", help="print where the time of this page goes")
    parser.add_argument("--parts", default="", help="print what each part of these pages takes")
    options = parser.parse_args()
    if "DATA_DIR" not in os.environ:
        return _in_a_process_of_its_own(options.articles)
    pages = {name: address for name, address in _pages(options.articles).items() if name in (options.only.split(",") if options.only else [name])}  # fmt: skip
    clock = wrapped() if options.parts else None
    ask = _asker()
    if clock:
        for name in options.parts.split(","):
            print(f"{name}, {options.articles:,} articles, load {os.getloadavg()[0]:.1f}")
            told(clock, lambda number, address=pages[name]: ask(address(number)))  # type: ignore[misc]
        return 0
    if options.profile:
        _profile(ask, pages[options.profile])
        return 0
    before = json.loads(options.against.read_text())["pages"] if options.against else {}
    print(f"{options.articles:,} articles, load {os.getloadavg()[0]:.1f}: ms of processor time, queries, kB gzipped")
    print(f"{'page':28} {'before':>8} {'median':>8} {'p95':>8} {'queries':>8} {'kB':>6}   pace: before, now")
    figures = {}
    for name, address in pages.items():
        figures[name] = figure = _measure(ask, address)
        earlier = f"{before[name]['p50']:.2f}" if name in before else ""
        pace = f"{before[name]['pace']:.2f}" if name in before else ""
        print(
            f"{name:28} {earlier:>8} {figure['p50']:8.2f} {figure['p95']:8.2f} {figure['queries']:8} {figure['kb']:6.1f}   {pace:>5} {figure['pace']:5.2f}",
            flush=True,
        )
    RESULTS.mkdir(exist_ok=True)
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    path = RESULTS / f"pages-{options.articles}-{stamp}.json"
    path.write_text(json.dumps({"articles": options.articles, "load": os.getloadavg()[0], "pages": figures}, indent=1))
    print(path)
    return 0


def _in_a_process_of_its_own(articles: int) -> int:
    """The same command on the site of so many passages, which is filled first where it is not there."""
    from .site.__main__ import filled

    env = {**os.environ, "DATA_DIR": str(filled(articles)), "DEBUG": "0", "DATABASE_URL": "", "EXPENSIVE_PER_MINUTE": "0"}  # fmt: skip
    return subprocess.run([sys.executable, "-m", "benchmarks.pages", *sys.argv[1:]], env=env, check=False).returncode


def _pages(articles: int) -> dict[str, Address]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    import django

    django.setup()
    from .site import worker

    words = worker.words(articles)

    def of_words(address: Callable[[str], str]) -> Address:
        return lambda number: address(words[number % len(words)])

    pages = {name: of_words(address) for name, address in (worker.addresses() | worker.research()).items()}
    return pages | _varied()


def _varied() -> dict[str, Address]:
    """Pages of which each request asks another one."""
    from archive.catalog.models import Article
    from archive.places.models import Region

    public = list(Article.objects.order_by("pk").values_list("public_id", flat=True)[:2_000])
    provinces = list(Region.objects.filter(level="province").order_by("code").values_list("code", flat=True))
    return {
        "place": lambda number: f"/places/{provinces[number % len(provinces)]}/",
        "article": lambda number: f"/articles/{public[number * 7 % len(public)]}/",
        "home in English": lambda number: "/en/",
        "article in English": lambda number: f"/en/articles/{public[number * 7 % len(public)]}/",
    }


def _asker() -> Callable[[str], tuple[int, int]]:
    """From an address to the length of the answer and the number of queries, through the WSGI application."""
    from django.db import connection

    from archive.wsgi import application

    gc.collect()
    gc.freeze()  # as gunicorn does when it is ready, and after so many new objects
    gc.set_threshold(20_000, 10, 10)

    def ask(address: str) -> tuple[int, int]:
        path, _mark, query = address.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": _encoded(query), "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "HTTP_HOST": "127.0.0.1",
            "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "HTTP_ACCEPT_ENCODING": "gzip",
            "wsgi.url_scheme": "http", "wsgi.input": sys.stdin.buffer, "wsgi.errors": sys.stderr,
            "wsgi.version": (1, 0), "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
        }  # fmt: skip
        status: list[str] = []
        asked = [0]

        def count(execute: Callable[..., Any], *told: Any) -> Any:
            asked[0] += 1
            return execute(*told)

        with connection.execute_wrapper(count):
            answer = application(environ, lambda line, _headers, _error=None: status.append(line))
            body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        if not status[0].startswith("200"):
            raise ValueError(f"{address}: {status[0]}")
        return len(body), asked[0]

    return ask


def _encoded(query: str) -> str:
    from urllib.parse import quote

    return quote(query, safe="=&%+")


def _measure(ask: Callable[[str], tuple[int, int]], address: Address) -> dict[str, Any]:
    from .search_speed.worker import percentile

    for number in _within(WARM, MOST / 2):
        ask(address(number))
    loop, times, queries, sizes = _loop(), [], set(), []
    for number in _within(200, MOST):
        one = address(number)
        began = time.thread_time()
        size, asked = ask(one)
        times.append((time.thread_time() - began) * 1e3)
        queries.add(asked)
        sizes.append(size)
    spread = str(max(queries)) if len(queries) == 1 else f"{min(queries)}–{max(queries)}"
    half = percentile(times, 0.5)
    loop = (loop + _loop()) / 2
    return {"p50": half, "pace": half / loop, "loop": loop, "p95": percentile(times, 0.95), "queries": spread, "kb": percentile(sizes, 0.5) / 1e3, "asked": len(times)}  # fmt: skip


def _loop() -> float:
    """Milliseconds of processor time of a fixed piece of work, of the kind that pages do: about 10 on an idle machine."""
    times = []
    for _time in range(5):
        began = time.thread_time()
        words: dict[str, list[str]] = {}
        for number in range(12_000):
            words.setdefault(f"{number % 997:04d}", []).append(f"<li>{number}</li>")
        "".join("".join(held) for held in words.values()).encode()
        times.append((time.thread_time() - began) * 1e3)
    return sorted(times)[2]


def _within(count: int, seconds: float) -> Iterator[int]:
    end = time.thread_time() + seconds
    for number in range(count):
        yield number
        if number >= 9 and time.thread_time() > end:
            return


def _profile(ask: Callable[[str], tuple[int, int]], address: Address) -> None:
    for number in range(WARM):
        ask(address(number))
    profile = cProfile.Profile(time.thread_time)
    profile.enable()
    for number in range(100):
        ask(address(number))
    profile.disable()
    for order in ("cumulative", "tottime"):
        pstats.Stats(profile).sort_stats(order).print_stats(70)


if __name__ == "__main__":
    sys.exit(main())

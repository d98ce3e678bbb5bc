"""Chromium for the browser tests: Debian's own, nothing downloaded, no animation, no other host."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from archive.catalog.services import withdraw
from archive.search import engine
from tests import factories
from tests.factories import Made, make_article
from tests.search.reference import ReferenceEngine, documents

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: A search with a filter of each kind.
SEARCH = "/search/?q=网格员&not_outlet=shili-2&from=2020-01&to=2020-06"
CONTEXT = {"reduced_motion": "reduce", "locale": "zh-CN"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs chromium; without it, it is skipped with a reason (in CI it fails)."""
    for item in items:
        if "/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM.exists() and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason=f"{CHROMIUM} is absent"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright's synchronous interface runs an event loop, in which Django would refuse its own queries.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(**CONTEXT)
    yield context.new_page()
    context.close()


@pytest.fixture
def ground(transactional_db, settings, tmp_path, monkeypatch) -> None:
    """What readers' pages are shown from: sixty pieces, one repaired in traditional script, one withdrawn."""
    settings.CAPTURE_DIR = tmp_path / "captures"
    factories.make_archive()
    repaired = Made(
        number=900, title="關於村口設卡的通知", paragraphs=("網格員關注返鄉的人。", "村口有人守著。"), script="Hant-converted",
        repairs=[(11 + 4, "(guān)", "")], is_sample=True, captions=["圖為示例村。"], keep_bytes=True,
        source_url="http://example.invalid/1.html",
    )  # fmt: skip
    make_article(repaired)
    withdraw(article=make_article(Made(number=901)), reason="示例理由")
    ReferenceEngine(documents()).stand_in(monkeypatch, engine)


@pytest.fixture
def quiet(page, live_server) -> Iterator[list[str]]:
    """Fails on a request to another host, an error in the console (CSP included), an exception of a script."""
    heard: list[str] = []
    page.on("request", lambda one: one.url.startswith((live_server.url, "data:")) or heard.append(one.url))
    page.on("console", lambda one: one.type == "error" and "404 (Not Found)" not in one.text and heard.append(one.text))
    page.on("pageerror", lambda one: heard.append(str(one)))
    yield heard
    assert not heard, heard

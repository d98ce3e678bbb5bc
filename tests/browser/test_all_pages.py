"""Every page of the readers in a browser: axe in light and dark, wide and narrow screens. A file of its own: another process takes it."""

import os

import pytest

from tests import factories
from tests.browser.accessibility import OF_COLOURS, RULES, violations
from tests.browser.conftest import SEARCH

pytestmark = pytest.mark.usefixtures("ground")
WHOLE = os.environ.get("TEST_MATRIX") == "all"
#: Two widths show most faults; the long matrix tries more.
WIDTHS = [320, 390, 768, 1280, 1920] if WHOLE else [320, 1920]


def paths() -> list[str]:
    article = f"/articles/{factories.public_id(900)}/"
    return [
        "/", "/en/", SEARCH, "/en" + SEARCH, '/search/?q="网格', "/search/?q=绝没有的话&place=510000", "/search/?q=网格员&place=540000", "/search/facets/place/?q=示例&not_place=420000", "/search/receipt/?q=示例", "/saved/", "/places/",
        "/places/510000/", "/places/510923/", "/dates/", "/dates/2020/", "/dates/2020/02/", "/dates/2020/02/24/", "/outlets/",
        "/outlets/shili-1/", "/topics/学校/", article, article + "?text=repairs", "/en" + article + "?q=网格员&text=simplified",
        article + "history/", "/help/", "/verify/", "/research/matrix/", "/research/spread/", "/research/", "/research/quantities/", '/trends/?q="网格"&q=口罩', "/zh-hant" + SEARCH, "/coverage/", "/en/coverage/", "/api/", "/en/api/", "/en/about/", "/dates/2020/13/45/",
    ]  # fmt: skip


def open_everything(page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


def test_axe_finds_nothing_on_any_page(page, live_server, quiet):
    """In light by all rules; in dark, which changes colours alone, by those of colours (by all in the long matrix)."""
    found = []
    for path in paths():
        page.emulate_media(color_scheme="light")
        page.goto(live_server.url + path)
        open_everything(page)
        for scheme, rules in (("light", RULES), ("dark", RULES if WHOLE else OF_COLOURS)):
            page.emulate_media(color_scheme=scheme)
            found += [f"{path} {scheme} {one}" for one in violations(page, rules)]
    assert not found, "\n".join(found)


def test_axe_finds_what_is_wrong(page):
    """So that its silence on our pages says something: a picture without words, and grey on white in the dark scheme alone."""
    style = (
        "<style>p { color: #000; background: #fff } @media (prefers-color-scheme: dark) { p { color: #ccc } }</style>"
    )
    page.set_content(f"<html lang=zh><title>示例</title>{style}<main><h1>示例</h1><p>示例</p><img src='data:,'></main>")
    page.emulate_media(color_scheme="light")
    assert [one.partition(":")[0] for one in violations(page, RULES)] == ["image-alt"]
    page.emulate_media(color_scheme="dark")
    assert [one.partition(":")[0] for one in violations(page, OF_COLOURS)] == ["color-contrast"]


def test_no_page_is_wider_than_the_screen(page, live_server, quiet):
    """Each page is asked once, and the window drawn wider: the pages' scripts never ask how wide it is."""
    wide = []
    for path in paths():
        page.set_viewport_size({"width": WIDTHS[0], "height": 800})
        page.goto(live_server.url + path)
        open_everything(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((path, width))
    assert not wide

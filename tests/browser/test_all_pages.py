"""Every page of the readers in a browser: axe in light and dark, wide and narrow screens. A file of its own: another process takes it."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import factories
from tests.browser.conftest import SEARCH

pytestmark = pytest.mark.usefixtures("ground")
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
#: Those of the same that look at colours, all that the dark scheme changes.
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
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
    for details in page.locator("details").all():
        details.evaluate("one => one.open = true")


def test_axe_finds_nothing_on_any_page(page, live_server, quiet):
    """In light by all rules; in dark, which changes colours alone, by those of colours (by all in the long matrix)."""
    found = []
    for path in paths():
        page.emulate_media(color_scheme="light")
        page.goto(live_server.url + path)
        open_everything(page)
        for scheme, rules in (("light", RULES), ("dark", RULES if WHOLE else OF_COLOURS)):
            page.emulate_media(color_scheme=scheme)
            violations = Axe().run(page, options={"runOnly": rules}).response["violations"]
            found += [f"{path} {scheme} {one['id']}: {one['nodes'][0]['html'][:200]}" for one in violations]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_the_screen(page, live_server, quiet, width):
    page.set_viewport_size({"width": width, "height": 800})
    wide = []
    for path in paths():
        page.goto(live_server.url + path)
        open_everything(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(path)
    assert not wide

"""The readers' pages in a browser: axe in light and dark, narrow screens, keyboard, no script, no request elsewhere."""

import os
import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from archive.catalog.services import withdraw
from archive.search import engine
from tests import factories
from tests.browser.conftest import CONTEXT
from tests.factories import Made, make_article
from tests.search.reference import ReferenceEngine, documents

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SEARCH = "/search/?q=网格员&not_outlet=shili-2&from=2020-01&to=2020-06"


@pytest.fixture(autouse=True)
def ground(transactional_db, settings, tmp_path, monkeypatch) -> None:
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(page, live_server, quiet, scheme):
    page.emulate_media(color_scheme=scheme)
    found = []
    for path in paths():
        page.goto(live_server.url + path)
        open_everything(page)
        violations = Axe().run(page, options=RULES).response["violations"]
        found += [f"{path} {one['id']}: {one['nodes'][0]['html'][:200]}" for one in violations]
    assert not found, "\n".join(found)


#: Two widths show most faults; the long matrix tries more.
WIDTHS = [320, 390, 768, 1280, 1920] if os.environ.get("TEST_MATRIX") == "all" else [320, 1920]


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


def test_targets_of_the_map_are_large_enough_on_a_phone(page, live_server):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(live_server.url + "/places/")
    boxes = [one.bounding_box() for one in page.locator(".tiles a").all()]
    assert len(boxes) == 34 and all(box["width"] >= 32 and box["height"] >= 32 for box in boxes)


def test_search_and_filter_with_the_keyboard_alone(page, live_server, quiet):
    page.goto(live_server.url + "/")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("网格员")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?q="))
    before = page.locator(".total").inner_text()
    value = page.locator("a.pick").first
    value.focus()
    count = value.locator("b").evaluate("one => one.firstChild.textContent")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"place=\d{6}"))
    assert page.locator(".total").inner_text() == count != before
    expect(page.locator("ul.chips li").first).to_be_visible()


def test_bars_are_left_out_of_the_tab_order_and_two_fields_do_the_same(page, live_server, quiet):
    page.goto(live_server.url + "/search/?q=示例")
    assert page.locator("svg.hist a:not([tabindex='-1'])").count() == 0
    page.get_by_label("从", exact=True).fill("2020-02")
    page.get_by_label("到", exact=True).fill("2020-03")
    page.get_by_role("button", name="限定日期").press("Enter")
    page.wait_for_url(re.compile("from=2020-02&to=2020-03"))
    bars = page.locator("svg.hist .bar:not(.off)")
    assert bars.count() == 2


def test_dragging_over_the_bars_chooses_a_span(page, live_server, quiet):
    page.goto(live_server.url + "/search/?q=示例")
    first, last = (
        page.locator(f"svg.hist a[data-month='{month}'] .hit").bounding_box() for month in ("2020-02", "2020-04")
    )
    page.mouse.move(first["x"] + 3, first["y"] + 20)
    page.mouse.down()
    page.mouse.move(last["x"] + 3, last["y"] + 20, steps=6)
    with page.expect_navigation():
        page.mouse.up()
    assert "from=2020-02" in page.url and "to=2020-04" in page.url


def test_everything_works_without_scripts(browser, live_server):
    """By forms and links alone: search, a facet of many values, an article, its citations, the research pages."""
    context = browser.new_context(**CONTEXT, java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + "/")
    page.fill("#q", "网格员")
    page.get_by_role("button", name="检索").click()
    page.wait_for_url(re.compile(r"/search/\?q="))
    total = int(page.locator(".total").inner_text())
    page.locator("a.pick").first.click()
    page.wait_for_url(re.compile(r"place=\d{6}"))
    assert 0 < int(page.locator(".total").inner_text()) < total
    page.goto(live_server.url + "/search/facets/place/?q=网格员")
    page.fill("#find", "四川")
    page.get_by_role("button", name="筛选").click()
    page.locator("a.pick").first.click()
    page.wait_for_url(re.compile(r"/search/\?q=[^&]*&place=51\d{4}"))
    page.locator(".card h3 a").first.click()
    expect(page.locator(".text mark").first).to_be_visible()
    page.get_by_text("其他写法").click()
    expect(page.get_by_text("APA")).to_be_visible()
    with page.expect_download() as file:
        page.get_by_role("link", name="RIS").click()
    assert file.value.path().read_text(encoding="utf-8").startswith("TY  - ")
    page.goto(live_server.url + "/research/")
    links = page.locator("main a").evaluate_all("all => [...new Set(all.map(one => one.getAttribute('href')))]")
    opened = [
        link for link in links if link.startswith(("/research/", "/trends/", "/coverage/", "/concordance/", "/verify/"))
    ]
    assert len(opened) >= 8
    for link in opened:
        answer = page.goto(live_server.url + link)
        assert answer.status == 200 and page.locator("h1").count() == 1, link
    page.goto(live_server.url + "/trends/")
    page.locator("main input[name=q]").first.fill("网格员")
    page.locator("main input[name=q]").first.press("Enter")
    page.wait_for_url(re.compile(r"/trends/\?.*q="))
    number = page.locator("main b").first
    expect(number).to_be_visible()
    page.goto(live_server.url + "/verify/")
    page.locator("textarea").fill("网格员在村口设卡,登记过往车辆")
    page.locator("main button").first.click()
    expect(page.locator("main .card h3 a").first).to_be_visible()
    context.close()


def test_a_paragraph_can_be_addressed(page, live_server, quiet):
    page.goto(live_server.url + f"/articles/{factories.public_id(900)}/")
    link = page.locator(".pilcrow").first
    link.focus()
    page.keyboard.press("Enter")
    assert re.search(r"#p-[0-9a-f]{8}$", page.url)


def test_print_leaves_out_what_paper_cannot_use(page, live_server):
    page.emulate_media(media="print")
    page.goto(live_server.url + SEARCH)
    expect(page.locator(".top nav")).to_be_hidden()
    expect(page.locator(".facets")).to_be_hidden()
    expect(page.locator(".card").first).to_be_visible()


def test_a_search_is_kept_in_the_browser_and_removed(page, live_server, quiet):
    page.goto(live_server.url + SEARCH)
    page.get_by_role("button", name="保存这次检索").click()
    page.goto(live_server.url + "/saved/")
    expect(page.locator("#no-script")).to_be_hidden()
    row = page.locator("#saved li")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("现在")
    expect(row.get_by_role("link", name="订阅新文章")).to_have_attribute("href", re.compile("feed.atom"))
    row.get_by_role("button").click()
    expect(page.locator("#none")).to_be_visible()

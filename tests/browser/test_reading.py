"""The readers' pages in a browser: keyboard, no script, printing, no request elsewhere."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.conftest import CONTEXT, SEARCH

pytestmark = pytest.mark.usefixtures("ground")


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

"""The readers' pages in a browser: keyboard, no script, printing, no request elsewhere."""

import re

import pytest
from playwright.sync_api import expect

from archive.catalog.models import Printing, ReprintCluster
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


def test_a_span_begins_and_ends_in_months_without_articles_too(page, live_server, quiet):
    page.goto(live_server.url + "/search/?q=示例")
    held = page.evaluate("[...document.querySelectorAll('svg.hist a')].map(one => one.dataset.month)")
    months = [f"{number // 12}-{number % 12 + 1:02}" for number in range(2019 * 12 + 11, 2023 * 12)]
    empty = [month for month in months if month not in held]
    box = page.locator("svg.hist").bounding_box()
    first, last = (box["x"] + box["width"] * (months.index(one) + 0.5) / len(months) for one in (empty[0], empty[-1]))
    page.mouse.move(first, box["y"] + box["height"] * 0.5)
    page.mouse.down()
    page.mouse.move(last, box["y"] + box["height"] * 0.97, steps=6)
    with page.expect_navigation():
        page.mouse.up()
    assert f"from={empty[0]}&to={empty[-1]}" in page.url
    assert not page.evaluate("String(getSelection())")


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


@pytest.mark.parametrize("path", ["/research/matrix/", "/coverage/", "/research/quantities/"])
def test_paper_holds_all_columns_and_rows_of_a_table(page, live_server, path):
    page.set_viewport_size({"width": 794, "height": 1100})
    page.emulate_media(media="print")
    page.goto(live_server.url + path)
    lost = "[...document.querySelectorAll('.scroll')].filter(one => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1).length"
    assert page.evaluate(lost) == 0
    assert page.locator("td[data-of]").count() or path == "/research/quantities/"
    for cell in page.locator("td[data-of]").all()[:40]:
        assert cell.evaluate("one => getComputedStyle(one, '::before').content").strip('" ') == cell.get_attribute(
            "data-of"
        )


def test_columns_on_a_phone_hold_words_and_no_word_is_broken(page, live_server):
    first, second = (
        factories.make_article(factories.Made(number=number, title="村口设卡的网格员")) for number in (910, 911)
    )
    cluster = ReprintCluster.objects.create()
    for one in (first, second):
        Printing.objects.create(article=one, cluster=cluster, is_original=one == first, overlap=1)
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(live_server.url + f"/research/spread/{cluster.pk}/")
    widths = page.evaluate("[...document.querySelectorAll('tbody tr:first-child td')].map(one => one.clientWidth)")
    assert widths and min(widths) > 40 and page.evaluate("document.documentElement.scrollWidth") <= 320
    page.goto(live_server.url + "/en/research/quantities/")
    assert page.locator("tbody td").last.evaluate("one => getComputedStyle(one).wordBreak") == "normal"


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

"""The upload in a browser: by keyboard, without scripts, on a phone, in the dark, clean for axe, no foreign request."""

import pytest
from django.contrib.auth.models import Group, User

from archive.catalog.models import Article
from archive.ingest.models import ImportBatch
from tests.browser.accessibility import RULES, violations
from tests.browser.conftest import CONTEXT
from tests.ingest.samples import BODY, plain_page, zipped

UPLOAD = "/staff/ingest/importbatch/upload/"
PACKAGE = zipped(
    {
        "甲.txt": f"示例村设卡\n来源:示例县报\n2020年2月10日\n\n{BODY}登〔删〕记",
        "空.txt": "",
        "表.csv": "标题,正文,日期\n表中一篇,正文一。,2020-02\n坏的一行,正文二。,二月初\n",
    }
)


@pytest.fixture(autouse=True)
def ground(transactional_db, settings, tmp_path, monkeypatch):
    settings.CAPTURE_DIR = tmp_path / "captures"
    monkeypatch.setattr("archive.ingest.reading.read_page", plain_page)
    from archive.ingest.roles import ensure_groups

    ensure_groups()


def enter(page, live_server) -> None:
    user = User.objects.create_user("shili", password="a long password", is_staff=True)
    user.groups.add(Group.objects.get(name="editor"))
    page.goto(f"{live_server.url}/staff/login/?next={UPLOAD}")
    page.fill("#id_username", "shili")
    page.fill("#id_password", "a long password")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="上传文章").wait_for()


def bring(page) -> None:
    page.set_input_files("#id_uploads", [{"name": "来稿.zip", "mimeType": "application/zip", "buffer": PACKAGE}])
    page.get_by_role("button", name="检查").click()


def faults(page) -> list[str]:
    """What axe finds within our own part of the page."""
    page.wait_for_load_state()
    return violations(page, RULES, "#content")


def test_every_page_of_the_flow_is_clean_for_axe_in_light_and_dark(page, live_server):
    foreign: list[str] = []
    page.on("request", lambda request: request.url.startswith(live_server.url) or foreign.append(request.url))
    noise: list[str] = []
    page.on("console", lambda message: message.type == "error" and noise.append(message.text))
    enter(page, live_server)

    def look() -> None:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert faults(page) == []

    look()
    page.get_by_role("button", name="检查").click()
    page.get_by_text("请选择文件、粘贴文字，或录入一篇文章").wait_for()
    look()
    bring(page)
    page.get_by_text("尚未写入任何文章").wait_for()
    page.locator("details summary").first.click()
    page.locator("details.why summary").first.click()
    look()
    page.get_by_role("button", name="确认导入并发布 2 篇").click()
    page.get_by_text("已导入 2 篇").wait_for()
    look()
    page.get_by_role("link", name="撤销整批").click()
    page.get_by_text("将删除 2 条").wait_for()
    look()
    page.get_by_role("button", name="撤销，删除 2 条").click()
    page.get_by_text("删除 2 条").wait_for()
    look()
    assert not Article.objects.exists()
    assert foreign == []
    assert noise == []


def test_nothing_is_wider_than_a_phone(page, live_server):
    page.set_viewport_size({"width": 390, "height": 800})
    enter(page, live_server)
    width = "document.documentElement.scrollWidth"
    assert page.evaluate(width) <= 390
    bring(page)
    page.get_by_text("尚未写入任何文章").wait_for()
    for summary in page.locator("#content details > summary").all():
        summary.click()
    assert page.evaluate(width) <= 390


def test_the_flow_works_without_scripts_and_by_keyboard(browser, live_server):
    context = browser.new_context(**CONTEXT, java_script_enabled=False)
    page = context.new_page()
    enter(page, live_server)
    page.focus("#id_text")
    page.keyboard.insert_text(f"示例村设卡\n来源:示例县报\n2020年2月10日\n\n{BODY}")
    page.get_by_role("button", name="检查").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="确认导入并发布 1 篇").focus()
    page.keyboard.press("Enter")
    page.get_by_text("已导入 1 篇").wait_for()
    context.close()
    assert ImportBatch.objects.get().rows.get().article.current_version.title == "示例村设卡"

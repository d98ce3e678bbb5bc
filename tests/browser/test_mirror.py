"""The offline mirror opened from its folder, as on a stick: its search finds in either script, and nothing leaves the folder."""

import io

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from archive.catalog.models import Version
from tests.browse.conftest import archive, made_archive  # noqa: F401

pytestmark = pytest.mark.django_db


def test_the_search_of_a_folder(archive, page, tmp_path):  # noqa: F811
    call_command("mirror", str(tmp_path / "m"), stdout=io.StringIO())
    versions = Version.objects.filter(article__in=archive)
    held = sum("登记车辆" in version.title for version in versions)
    printed = sum("登記車輛" in version.title_as_printed for version in versions)
    assert 0 < printed < held < len(archive)
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((tmp_path / "m" / "search.html").as_uri())
    found = page.locator("#found")
    expect(found).to_have_text(f"找到 {len(archive)} 篇")
    for typed in ("登记", "登記", "登记車輛"):
        page.fill("#f-words", typed)
        expect(found).to_have_text(f"找到 {held} 篇")
    page.fill("#f-words", "")
    expect(found).to_have_text(f"找到 {len(archive)} 篇")
    page.fill("#f-place", "四川")
    expect(found).not_to_have_text(f"找到 {len(archive)} 篇")  # the list is written anew before it is clicked
    expect(page.locator("#results li").first).to_contain_text("四川")
    page.locator("#results a").first.click()
    expect(page.locator("article.story h1")).to_be_visible()
    page.get_by_role("navigation").get_by_role("link", name="日期").click()
    expect(page.locator("ul.shelf li").first).to_be_visible()
    assert all(url.startswith((tmp_path / "m").as_uri()) for url in asked)
    assert said == []

"""The staff pages in a browser: axe over the whole page (light and dark by turns; both with TEST_MATRIX=all), no error of the policy, no request elsewhere."""

import os

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from archive.catalog.models import Article
from archive.ingest.models import ImportBatch
from tests.browser.accessibility import TAGS, violations
from tests.house.test_staff_pages import PAGE

#: Those of the standard; the best practices are not asked of Django's own admin.
RULES = {"type": "tag", "values": [tag for tag in TAGS if tag != "best-practice"]}

#: Django's own selection of one record among many (select2) has no name for readers of the screen while it is empty.
WITHOUT = {"exclude": [[".select2-selection"]]}


@pytest.fixture
def addresses(transactional_db, settings, tmp_path) -> list[str]:
    settings.CAPTURE_DIR = tmp_path / "captures"
    files = tmp_path / "页"
    files.mkdir()
    for number, name in enumerate(("石桥", "柳林")):
        (files / f"{number}.txt").write_text(PAGE.replace("石桥", name).replace("石橋", name), encoding="utf-8")
    call_command("import_articles", str(files), verbosity=0)
    article, batch = Article.objects.first(), ImportBatch.objects.first()
    assert article is not None and batch is not None
    lists = (
        "catalog_article",
        "catalog_doubt",
        "catalog_reprintcluster",
        "catalog_outlet",
        "catalog_takedown",
        "ingest_importbatch",
        "search_synonymgroup",
    )
    return [
        reverse("admin:index"),
        *(reverse(f"admin:{name}_changelist") for name in lists),
        reverse("admin:catalog_article_change", args=[article.pk]),
        reverse("operations"),
        "/staff/ingest/importbatch/upload/",
        f"/staff/ingest/importbatch/batch/{batch.token}/",
    ]


def test_axe_finds_nothing_on_staff_pages(page, live_server, addresses):
    heard: list[str] = []
    page.on("request", lambda one: one.url.startswith((live_server.url, "data:")) or heard.append(one.url))
    # The markup that select2 makes carries styles; the policy refuses them, and it works without.
    page.on("console", lambda one: one.type == "error" and "inline style" not in one.text and heard.append(one.text))
    client = Client()
    client.force_login(User.objects.create_superuser("shili", password="a long password"))
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    found = []
    for number, address in enumerate(addresses):
        for scheme in ("light", "dark") if os.environ.get("TEST_MATRIX") == "all" else (("light", "dark")[number % 2],):
            page.emulate_media(color_scheme=scheme)  # before the page: colours of links change by and by
            response = page.goto(live_server.url + address)
            assert response is not None and response.status == 200, address
            found += [f"{address} {scheme} {one}" for one in violations(page, RULES, WITHOUT)]
    assert not found, "\n".join(found)
    assert not heard, heard

"""Every page of the staff admin opens: lists, searches, forms to add, and the page of each record of each kind."""

import re

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db.models import Model
from django.urls import reverse

#: What the policy forbids: it would be dead on the page.
INLINE = re.compile(
    r"<style|<script(?![^>]* (?:src=|type=\"application/json\"))|\sstyle=\"| on(?:click|change|submit|load)="
)
PAGE = """示例县石桥镇:村口設(shè)卡守平安

來源：示例日報(bào) 2020-02-13 09:21 作者：示例甲

示例縣石橋鎮(zhèn)的黨員(yuán)和志愿者連(lián)日來守好村口，設(shè)卡登記(jì)，為過往的村民測量體溫，并把口罩和藥品送到獨(dú)居老人家里。

鎮(zhèn)黨委負(fù)責(zé)人介紹，全鎮(zhèn)十二個(gè)村都成立了送菜上門小分隊(duì)，一天三趟，請大家放心。
"""


@pytest.fixture
def kept(db, settings, tmp_path):
    """One page through every step, and a withdrawn one: so that each table has a record where it can."""
    from archive.catalog.models import Article
    from archive.catalog.services import withdraw

    settings.CAPTURE_DIR = tmp_path / "captures"
    files = tmp_path / "页"
    files.mkdir()
    (files / "一.txt").write_text(PAGE, encoding="utf-8")
    (files / "二.txt").write_text(PAGE.replace("石桥", "柳林").replace("石橋", "柳林"), encoding="utf-8")
    call_command("import_articles", str(files), verbosity=0)
    first = Article.objects.first()
    assert first is not None
    withdraw(article=first, reason="示例理由")


def _records(model: type[Model]) -> list[Model]:
    return list(model._default_manager.all()[:3])


def test_every_page_of_the_admin_opens_under_the_policy_of_readers_pages(admin_client, client, kept):
    opened, policy = 0, client.get("/")["Content-Security-Policy"]
    for model, page in admin.site._registry.items():
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        listing = reverse(f"{base}_changelist")
        addresses = [listing]
        if page.search_fields:
            addresses.append(f"{listing}?q=示例")
        if page.has_add_permission(_request(admin_client)):
            addresses.append(reverse(f"{base}_add"))
        for record in _records(model):
            addresses += [reverse(f"{base}_{name}", args=[record.pk]) for name in ("change", "history")]
        for address in addresses:
            response = admin_client.get(address, follow=True)
            assert response.status_code == 200, address
            html = response.content.decode()
            assert response["Content-Security-Policy"] == policy, address
            assert not INLINE.findall(html), (address, INLINE.findall(html)[:3])
            opened += 1
    assert opened > 40


def _request(client):
    return client.get(reverse("admin:index")).wsgi_request


def test_an_article_can_be_saved_in_the_admin(admin_client, kept):
    from archive.catalog.models import Article, Status

    article = Article.objects.filter(status=Status.PUBLISHED).get()
    address = reverse("admin:catalog_article_change", args=[article.pk])
    form = admin_client.get(address).context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields} | {"rights": "示例：仅供研究", "reason": "示例理由"}
    for inline in admin_client.get(address).context["inline_admin_formsets"]:
        prefix = inline.formset.prefix
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    response = admin_client.post(address, data, follow=True)
    assert response.status_code == 200
    article.refresh_from_db()
    assert article.rights == "示例：仅供研究"

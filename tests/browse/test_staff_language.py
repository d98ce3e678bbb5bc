"""The staff pages in the language of the browser: names of records, fields, actions and messages."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from archive.browse import staff_names
from archive.catalog import masking, services
from archive.catalog.doubts import find_doubts
from archive.catalog.models import Article, Evidence, Mask
from archive.catalog.personal_data import find_masks
from tests.factories import Made, make_article

CHINESE = re.compile("[一-鿿]+")
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.9"}


def words(html: str) -> str:
    """What is read: without what stands in another language, the data of the records, and tags."""
    html = re.sub(r'<(\w+)[^>]* lang="zh-Hans"[^>]*>.*?</\1>', "", html, flags=re.S)
    return re.sub(r"<script.*?</script>|<[^>]+>", " ", html, flags=re.S)


@pytest.mark.parametrize(
    "name",
    [
        "index",
        "catalog_outlet_add",
        "catalog_doubt_changelist",
        "ingest_importbatch_changelist",
    ],
)
def test_no_chinese_on_an_english_staff_page(admin_client, db, name):
    page = admin_client.get(reverse(f"admin:{name}"), **ENGLISH)
    assert page["Content-Language"] == "en"
    html = page.content.decode()
    assert '<html lang="en' in html
    assert not CHINESE.findall(words(html)), CHINESE.findall(words(html))[:20]


#: Words of the records themselves: they stand as they are in every language.
DATA = re.compile(
    "示例\\w*|村口设卡|示例县报|四川\\w*|遂宁\\w*|大英\\w*|口罩|网格员|登记|保护|核对无误|遮蔽个人信息 \\d+ 处|简体中文|繁體中文|█"
)


@pytest.fixture
def held(db, admin_user):
    article = make_article(Made(number=1, title="示例", paragraphs=("示例13800001234",), authors=["示例"]))
    version = article.current_version
    Evidence.objects.create(
        version=version, field="about", value="示例", rule="county", text="示例", confidence=0.5, basis="inferred"
    )
    find_doubts([version])
    find_masks([version])
    masking.cover(masks=list(Mask.objects.all()), by=admin_user, reason="保护")
    services.set_access(article=article, access="snippet", reason="保护", by=admin_user)
    services.withdraw(article=article, reason="保护", by=admin_user)
    return article


@pytest.mark.parametrize(
    "name",
    [
        "catalog_article_changelist", "catalog_mask_changelist", "catalog_outlet_changelist", "catalog_doubt_changelist",
        "catalog_revision_changelist", "catalog_evidence_changelist", "catalog_takedown_changelist", "catalog_article_change",
    ],
)  # fmt: skip
def test_no_chinese_beside_the_data_on_an_english_staff_page_with_records(admin_client, held, name):
    args = [held.pk] if name.endswith("_change") else []
    html = admin_client.get(reverse(f"admin:{name}", args=args), **ENGLISH).content.decode()
    left = CHINESE.findall(DATA.sub("", words(html)))
    assert not left, left[:20]


def test_history_tells_statuses_in_words(client, admin_user, held):
    services.publish(article=held, by=admin_user, reason="保护")
    services.set_access(article=held, access="full", reason="保护")
    page = client.get(held.get_absolute_url() + "history/").content.decode()
    assert "<del>已发布</del>" in page and "<ins>已撤回</ins>" in page and "<ins>仅摘录</ins>" in page
    english = client.get("/en" + held.get_absolute_url() + "history/").content.decode()
    assert "<ins>withdrawn</ins>" in english and "<del>published</del>" in english
    assert not re.search("<(del|ins)>(draft|published|withdrawn|snippet)</", page)


def test_no_english_names_on_a_chinese_staff_page(admin_client, db):
    html = words(admin_client.get(reverse("admin:index")).content.decode())
    assert "文章" in html and "媒体" in html
    assert not re.findall(r"(?i)\b(articles|captures|outlets|takedowns|catalog|browse)\b", html)


def test_the_upload_form_speaks_english_and_traditional(admin_client, db):
    address = "/staff/ingest/importbatch/upload/"
    assert "Choose files" in admin_client.get(address, **ENGLISH).content.decode()
    assert "選擇檔案" in admin_client.get(address, HTTP_ACCEPT_LANGUAGE="zh-TW").content.decode()
    assert "选择文件" in admin_client.get(address).content.decode()
    assert "选择文件" in admin_client.get(address, HTTP_ACCEPT_LANGUAGE="fr").content.decode()


def test_readers_pages_keep_the_language_of_their_address(client, db):
    assert client.get("/help/", **ENGLISH)["Content-Language"] == "zh-Hans"


def test_names_are_no_matter_of_migrations(db):
    with translation.override("en"):
        assert str(Article._meta.verbose_name_plural) == "Articles"
        assert str(Article._meta.get_field("status").verbose_name) == "State"
    assert str(Article._meta.verbose_name) == "文章"
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_record_of_the_staff_pages_has_a_name(db):
    from django.contrib import admin

    ours = {model._meta.label for model in admin.site._registry if model.__module__.startswith("archive.")}
    assert ours <= set(staff_names.RECORDS), ours - set(staff_names.RECORDS)
    assert str(make_article(Made(number=1))._meta.verbose_name) == "文章"

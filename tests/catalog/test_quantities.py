"""Quantities are rows of versions: written with the text, read anew when it is covered, gone with the article."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from archive.catalog.masking import cover, lift
from archive.catalog.models import Article, Mask, Quantity
from archive.catalog.quantities import note_quantities
from tests.factories import Made, make_article

pytestmark = pytest.mark.django_db
TEXT = "示例村设卡3个，798名机关干部走访3,215户，筹款12.6万元。"


@pytest.fixture
def version(settings, tmp_path):
    settings.CAPTURE_DIR = tmp_path / "captures"
    return make_article(Made(1, title="示例", paragraphs=[TEXT])).current_version


def held(version) -> list[tuple]:
    return [(one.low, one.unit, one.noun, version.body[one.start : one.end]) for one in version.quantities.all()]


def test_rows_say_where_they_stand(version):
    assert held(version)[1:3] == [(798, "名", "机关干部", "798名"), (3215, "户", "", "3,215户")]
    note_quantities([version])
    assert Quantity.objects.count() == 4


def test_what_is_covered_is_in_no_row(version):
    at = version.body.index("798名机关干部")
    Mask.objects.create(
        version=version, kind="other", part="body", start=at, end=at + 8, before="798名机关干部", confidence=1.0
    )
    editor = User.objects.create_user("editor")
    cover(masks=list(Mask.objects.all()), by=editor, reason="示例")
    assert not Quantity.objects.filter(noun__contains="干部").exists()
    lift(masks=list(Mask.objects.all()), by=editor, reason="示例")
    assert Quantity.objects.filter(noun="机关干部").exists()


def test_numbers_beyond_all_counting_are_left_out(version):
    version.body_simplified = "9" * 400 + "户和" + "1" * 30 + "户和7户。"
    note_quantities([version])
    assert [one.low for one in version.quantities.all()] == [7]


def test_rows_go_with_the_article_and_staff_only_look_at_them(version, admin_client):
    page = admin_client.get(reverse("admin:catalog_version_change", args=[version.pk])).content.decode()
    assert "机关干部" in page and 'name="quantities-0-noun"' not in page
    Article.objects.get().delete()
    assert not Quantity.objects.exists()

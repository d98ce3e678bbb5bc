"""The thesaurus: editable records that hold for the next search."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from archive.search.folded import name_key
from archive.search.models import SynonymGroup, SynonymTerm
from archive.search.thesaurus import thesaurus

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starter_thesaurus")]


def test_a_new_archive_begins_with_the_names_of_the_disease() -> None:
    variants = thesaurus()
    assert {"新冠", "新型冠状病毒感染的肺炎", "COVID-19"} <= set(variants[name_key("新冠肺炎")])
    assert "新冠肺炎" not in variants["新冠肺炎"]
    assert "新冠肺炎" in variants[name_key("ｃｏｖｉｄ-19")]
    assert "村民委员会" in variants[name_key("村委會")]


def test_changes_hold_at_once() -> None:
    group = SynonymGroup.objects.create(name="示例")
    SynonymTerm.objects.create(group=group, text="示例哨卡")
    assert "示例哨卡" not in thesaurus()  # alone it has no variants
    other = SynonymTerm.objects.create(group=group, text="示例卡点", expands=False)
    assert thesaurus()["示例哨卡"] == ("示例卡点",)
    assert "示例卡点" not in thesaurus()
    other.text = "示例關卡"
    other.save()
    assert thesaurus()["示例哨卡"] == ("示例關卡",)
    group.active = False
    group.save()
    assert "示例哨卡" not in thesaurus()


def test_a_term_stands_in_one_group_only_whatever_its_script() -> None:
    group = SynonymGroup.objects.create(name="示例")
    with pytest.raises(ValidationError):
        SynonymTerm(group=group, text="網格員").full_clean()
    with pytest.raises(ValidationError):
        SynonymTerm(group=group, text="　").full_clean()


def test_editors_change_groups_in_the_admin_and_one_term_twice_is_refused(admin_client) -> None:
    def terms(*texts: str) -> dict[str, str]:
        form = {
            "name": "示例",
            "note": "",
            "active": "on",
            "terms-TOTAL_FORMS": str(len(texts)),
            "terms-INITIAL_FORMS": "0",
        }
        return (
            form
            | {f"terms-{i}-text": text for i, text in enumerate(texts)}
            | {f"terms-{i}-expands": "on" for i in range(len(texts))}
        )

    refused = admin_client.post(reverse("admin:search_synonymgroup_add"), terms("示例广播", "示例廣播"))
    assert refused.status_code == 200 and "两次" in refused.content.decode()
    saved = admin_client.post(reverse("admin:search_synonymgroup_add"), terms("示例广播", "示例喇叭"))
    assert saved.status_code == 302
    assert thesaurus()["示例广播"] == ("示例喇叭",)


def test_the_terms_are_read_once_as_long_as_they_stay() -> None:
    first = thesaurus()
    assert thesaurus() is first
    SynonymGroup.objects.all().delete()
    assert thesaurus() == {}

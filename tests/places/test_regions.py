"""The division table in the database."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.places.checks import division_table_is_loaded
from archive.places.models import Level, Region
from archive.places.services import load_regions


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        load_regions()
        yield
        Region.objects.filter(level=Level.TOWNSHIP)._raw_delete("default")
        Region.objects.filter(level=Level.COUNTY)._raw_delete("default")
        Region.objects.filter(level=Level.PREFECTURE)._raw_delete("default")
        Region.objects.all()._raw_delete("default")


@pytest.mark.django_db
def test_the_check_warns_of_an_empty_table() -> None:
    assert [m.id for m in division_table_is_loaded(None, ["default"])] == ["places.W001"]


@pytest.mark.django_db
def test_all_levels_are_loaded_with_their_parents(loaded) -> None:
    counts = {level: Region.objects.filter(level=level).count() for level in Level.values}
    assert counts["province"] == 34
    assert counts["prefecture"] == 333
    assert counts["county"] > 2844
    assert counts["township"] > 41_000
    town = Region.objects.with_chain().get(name="蓬莱镇", code__startswith="510923")
    assert [r.name for r in town.chain()] == ["四川省", "遂宁市", "大英县", "蓬莱镇"]
    assert town.pinyin == "Penglai Town"
    assert division_table_is_loaded(None, ["default"]) == []


@pytest.mark.django_db
def test_rows_that_are_no_names_and_statistical_zones_are_left_out(loaded) -> None:
    fillers = ["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"]
    assert not Region.objects.filter(name__in=fillers).exists()
    assert not Region.objects.filter(level=Level.COUNTY, code__regex=r"^\d{4}(7[1-9]|80)$").exists()


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_only_reads_the_table_once(loaded) -> None:
    with CaptureQueriesContext(connection) as asked:
        again = load_regions()
    assert (again.added, again.changed) == (0, 0)
    assert again.unchanged == Region.objects.count()
    statements = [query["sql"].split()[0] for query in asked]
    assert [one for one in statements if one not in ("SAVEPOINT", "RELEASE")] == ["SELECT"]


@pytest.mark.django_db
def test_a_spoilt_row_is_mended(loaded) -> None:
    Region.objects.filter(code="510923").update(name="大英", pinyin="")
    assert load_regions().changed == 1
    assert Region.objects.get(code="510923").name == "大英县"


@pytest.mark.django_db
def test_validity_years_are_those_of_the_editions(loaded) -> None:
    assert Region.objects.get(code="520522").valid_to == 2020  # 黔西县
    assert Region.objects.get(code="520581").valid_from == 2021  # 黔西市
    assert Region.objects.standing_in(2022).filter(code="520522").count() == 0
    assert Region.objects.standing_in(2020).filter(code="520581").count() == 0
    assert Region.objects.standing_in(2023).filter(code="520581").count() == 1


@pytest.mark.django_db
def test_queries_in_plain_english(loaded) -> None:
    assert Region.objects.provinces().first().code == "110000"
    assert Region.objects.within("510900").filter(level=Level.COUNTY).count() == 5
    assert [r.name for r in Region.objects.below("460400")][:1] == ["那大镇"]
    assert "510923" in [r.code for r in Region.objects.called("大英")]
    assert "510923" in [r.code for r in Region.objects.called("daying county")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "519923", "level": "county", "parent_id": "110000"},  # parent of another province
        {"code": "519923", "level": "county", "parent_id": None},
        {"code": "519900", "level": "county", "parent_id": "510000"},  # a county's code does not end in 00
        {"code": "5199", "level": "prefecture", "parent_id": "510000"},
        {"code": "510923999", "level": "township", "parent_id": "510000"},
        {"code": "519923", "level": "village", "parent_id": "510000"},
        {"code": "519923", "level": "county", "parent_id": "510000", "valid_from": 2022, "valid_to": 2020},
    ],
)
def test_the_database_refuses_units_in_the_wrong_place(loaded, wrong) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Region.objects.create(name="示例", short_name="示例", **wrong)
    assert connection.is_usable()


@pytest.mark.django_db
def test_the_command_says_what_it_did(loaded, capsys) -> None:
    call_command("load_regions")
    assert "0 added, 0 changed" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_admin_finds_but_never_edits(loaded, admin_client) -> None:
    listing = reverse("admin:places_region_changelist")
    page = admin_client.get(listing, {"q": "Daying"}).content.decode()
    assert "大英县" in page
    assert "510923" in admin_client.get(listing, {"q": "510923"}).content.decode()
    region = Region.objects.get(code="510923")
    assert admin_client.get(reverse("admin:places_region_add")).status_code == 403
    changed = admin_client.post(reverse("admin:places_region_change", args=[region.pk]), {"name": "示例县"})
    assert changed.status_code == 403
    assert (
        admin_client.post(reverse("admin:places_region_delete", args=[region.pk]), {"post": "yes"}).status_code == 403
    )

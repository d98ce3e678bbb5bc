"""An import holds few pages of SQLite, also where its index is written, and gives them back to readers afterwards."""

import pytest
from django.db import OperationalError, connection, connections

from archive.catalog.signals import bulk_settled
from archive.ingest import services, sparing
from archive.ingest.models import ImportBatch
from archive.ingest.parallel import settling
from archive.ingest.sparing import few_pages, give_back

from .samples import plain_page, received

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="of SQLite alone"),
]


def kept() -> int:
    with connection.cursor() as cursor:
        return int(cursor.execute("PRAGMA cache_size").fetchone()[0])


def test_pages_are_few_within_and_as_many_as_before_after_an_exception():
    before = kept()
    assert before != -8_000
    with pytest.raises(ZeroDivisionError), few_pages():
        assert kept() == -8_000
        raise ZeroDivisionError
    assert kept() == before


def test_a_check_a_confirmation_and_the_writing_of_the_index_hold_few(settings, tmp_path, monkeypatch):
    settings.CAPTURE_DIR = tmp_path / "captures"
    monkeypatch.setattr("archive.ingest.reading.read_page", plain_page)
    seen: list[int] = []
    before = kept()
    batch = services.receive(
        files=[received("a.jsonl", '{"title": "设卡", "body": "村口设卡登记。"}')], source=ImportBatch.Source.COMMAND
    )
    services.check(batch, progress=lambda _n: seen.append(kept()))
    services.confirm(batch, progress=lambda _n: seen.append(kept()))
    assert seen == [-8_000] * len(seen) != []

    def settled(**_kwargs: object) -> None:
        seen.append(kept())

    bulk_settled.connect(settled)
    try:
        with settling(beside=False):
            pass
    finally:
        bulk_settled.disconnect(settled)
    assert seen[-1] == -8_000
    assert kept() == before
    give_back()


def test_sqlite_knows_after_an_import_how_full_its_tables_are(uncounted, settings, tmp_path, monkeypatch):
    settings.CAPTURE_DIR = tmp_path / "captures"
    monkeypatch.setattr("archive.ingest.reading.read_page", plain_page)
    lines = "\n".join(f'{{"title": "第{n}个卡点", "body": "村口第{n}次登记。"}}' for n in range(40))
    batch = services.receive(files=[received("a.jsonl", lines)], source=ImportBatch.Source.COMMAND)
    services.check(batch)
    services.confirm(batch)
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'catalog_article' OR tbl = 'catalog_version'")
        counts = [int(stat.split()[0]) for (stat,) in cursor.fetchall()]
    assert 40 in counts


def test_an_import_is_whole_though_the_tables_could_not_be_counted(monkeypatch, caplog):
    class Locked:
        vendor = "sqlite"

        @staticmethod
        def cursor():
            raise OperationalError("database is locked")

    monkeypatch.setattr(sparing, "connection", Locked)
    sparing.count_anew()
    assert "database is locked" in caplog.text


def test_a_connection_that_is_opened_in_the_middle_keeps_few_pages_too(tmp_path):
    def kept_by(another) -> tuple[int, int]:
        with another.cursor() as cursor:
            return tuple(cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("cache_size", "mmap_size"))

    options = {"init_command": "PRAGMA mmap_size=268435456; PRAGMA cache_size=-32000;"}
    told = {**connection.settings_dict, "NAME": str(tmp_path / "a.sqlite3"), "OPTIONS": options}
    before, within, after = (type(connections["default"])(told, "default") for _ in range(3))
    assert kept_by(before) == (-32_000, 268_435_456)
    with few_pages():
        with few_pages():
            pass
        assert kept_by(within) == (-8_000, 0)
        within.close()  # as before a fork
        assert kept_by(within) == (-8_000, 0)
    assert kept_by(after) == (-32_000, 268_435_456)
    for one in (before, within, after):
        one.close()

"""The database is chosen by one address; a bad one gets a sentence that gives no password away."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from archive.settings.database import POSTGRESQL, database


def test_without_an_address_it_is_sqlite_in_the_data_folder(tmp_path):
    found = database(url="", data_dir=tmp_path, pool_size=6)
    assert found["ENGINE"].endswith("sqlite3")
    assert found["NAME"] == tmp_path / "archive.sqlite3"
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]
    assert found["CONN_MAX_AGE"] is None


def test_an_address_of_postgresql_is_read_with_its_options_and_pooled(tmp_path):
    found = database(
        url="postgresql://archivist:p%40ss@db.example:5433/archive?sslmode=require", data_dir=tmp_path, pool_size=9
    )
    assert found["ENGINE"] == POSTGRESQL
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "archivist",
        "p@ss",
        "db.example",
        5433,
        "archive",
    )
    assert found["OPTIONS"]["sslmode"] == "require"
    assert found["OPTIONS"]["pool"]["max_size"] == 9
    assert found["CONN_HEALTH_CHECKS"] is True  # none that died with the server is given to a reader
    assert found["CONN_MAX_AGE"] == 0  # Django refuses its own keeping of connections beside a pool


@pytest.mark.parametrize(
    "url",
    [
        "mysql://archivist:geheim@host/archive",
        "postgresql://host",
        "just a word geheim",
        "postgresql://archivist:geheim@host:port/archive",
        "sqlite:///archive.sqlite3",
    ],
)
def test_another_address_gets_a_sentence_without_the_password(tmp_path, url):
    with pytest.raises(ImproperlyConfigured, match="postgresql://user:password@host:5432/name") as refused:
        database(url=url, data_dir=tmp_path, pool_size=6)
    assert "geheim" not in str(refused.value)

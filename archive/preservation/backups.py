"""Copies for the bad day: database, bytes and secret key, in a folder that a restore checks before it touches anything."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from archive.catalog import store
from archive.catalog.models import Capture
from archive.settings.table import value

from .errors import PreservationError

SQLITE, POSTGRESQL = "database.sqlite3", "database.pgdump"
NOTE = "backup.json"
KEY = "secret_key"


def backup(folder: Path) -> dict[str, Any]:
    """Copy the running site to `folder`, which must not exist; returns the note that is kept with it.

    The database is of one moment (SQLite's backup interface, or pg_dump); bytes never change, so that they
    are copied after it. Raises PreservationError, StoreError for bytes that are missing or damaged.
    """
    partial = folder.with_name(folder.name + ".partial")
    if folder.exists():
        raise PreservationError(f"{folder} exists already.")
    shutil.rmtree(partial, ignore_errors=True)
    (partial / "captures").mkdir(parents=True)
    partial.chmod(0o700)
    name = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(partial / name)) as copy:
            connection.connection.backup(copy)
    else:
        _postgresql(["pg_dump", "--format=custom", "--no-owner", f"--file={partial / name}"])
    held = Capture.objects.filter(erased_at=None).values_list("sha256", flat=True).distinct()
    count = 0
    for sha256 in held.iterator(chunk_size=2000):
        source = store.path_of(sha256)
        if source.exists() or Capture.objects.filter(sha256=sha256, container=None).exists():
            store.verify(sha256)
            target = partial / "captures" / source.relative_to(settings.CAPTURE_DIR)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
            count += 1
    if (settings.DATA_DIR / KEY).exists():
        shutil.copy2(settings.DATA_DIR / KEY, partial / KEY)
    note = {
        "database": name,
        "sha256": _sha256(partial / name),
        "captures": count,
        "migrations": sorted(map("/".join, MigrationRecorder(connection).applied_migrations())),
        "settings": {"SITE_URL": settings.SITE_URL, "secret key": hashlib.sha256(settings.SECRET_KEY.encode()).hexdigest()[:16]},
    }  # fmt: skip
    (partial / NOTE).write_text(json.dumps(note, indent=1, sort_keys=True))
    os.sync()  # it has its name only once it is on the disk: an older backup may go for it
    partial.rename(folder)
    return note


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder and below."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def restore(folder: Path) -> list[str]:
    """Put a backup into this site, whose data folder must hold no database; sentences on what is not as it was.

    Everything is read and compared before anything is written. The index is the caller's to build.
    Raises PreservationError.
    """
    if not (folder / NOTE).is_file():
        raise PreservationError(f"{folder / NOTE} is missing: this is no whole backup.")
    try:
        note: dict[str, Any] = json.loads((folder / NOTE).read_text())
        newer = {tuple(one.split("/")) for one in note["migrations"]} - set(MigrationLoader(None).disk_migrations)
    except (ValueError, KeyError, TypeError) as error:
        raise PreservationError(f"{folder / NOTE} is damaged.") from error
    if newer:
        raise PreservationError(
            f"The backup is of a newer version of this software, with the migration {'.'.join(min(newer))}: restore it with that one."
        )
    database = folder / note["database"]
    if not database.is_file() or _sha256(database) != note["sha256"]:
        raise PreservationError(f"{database} is missing or damaged.")
    if (note["database"] == SQLITE) != (connection.vendor == "sqlite"):
        raise PreservationError(f"{database} is of another kind of database than DATABASE_URL names.")
    files = [path for path in sorted((folder / "captures").rglob("*")) if path.is_file()]
    for path in files:
        if _sha256(path) != path.name:
            raise PreservationError(f"{path} is damaged.")
    if len(files) != note["captures"]:
        raise PreservationError(f"{folder / 'captures'} holds {len(files)} files, not {note['captures']}.")
    if connection.introspection.table_names():
        raise PreservationError("The database of this site is not empty: restore into a new one.")
    for path in files:
        target = store.path_of(path.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    if (folder / KEY).exists() and not value("SECRET_KEY"):
        shutil.copy2(folder / KEY, settings.DATA_DIR / KEY)
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(database)) as copy:
            copy.backup(connection.connection)
    else:
        _postgresql(["pg_restore", "--no-owner", "--exit-on-error", "--single-transaction"], database)
    was = note["settings"]
    return [] if was["SITE_URL"] == settings.SITE_URL else [f"SITE_URL was {was['SITE_URL']}, now {settings.SITE_URL}."]


def _postgresql(command: list[str], *rest: Path) -> None:
    wanted = connection.settings_dict
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    environment = {"PATH": os.defpath, **{names[key]: str(wanted[key]) for key in names if wanted[key]}}
    done = subprocess.run(  # noqa: S603  # our own words
        [*command, f"--dbname={wanted['NAME']}", *map(str, rest)], env=environment, capture_output=True, text=True, check=False
    )  # fmt: skip
    if done.returncode:
        raise PreservationError(f"{command[0]} failed: {done.stderr.strip()}")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

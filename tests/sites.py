"""Data folders of sites of their own: each is made once for all processes of a test run, and every test gets a copy."""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from django.core.management.color import no_style
from django.db import connection, connections, transaction
from django.db.models import Q
from django.db.utils import ConnectionHandler

ROOT = Path(__file__).resolve().parents[1]
#: What is made, each from the one before it, and the command that makes it: tables, divisions, the sample with its index.
STAGES = {"migrated": ["migrate", "-v0"], "divided": ["load_regions", "-v0"], "sampled": ["load_sample", "-v0"]}
_SITE = "a site of its own"


def environment(data: Path) -> dict[str, str]:
    """Of a process of the site with this data folder, whatever the test run is set to."""
    left_out = {"DATABASE_URL", "SECRET_KEY", "SEARCH_URL"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return kept | {"DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "archive.settings"}


class Sites:
    """The folders below `folder`, which all processes of a run share."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def copy(self, stage: str, data: Path) -> Path:
        """Put a copy of that stage into the folder `data`, which need not be there; its path."""
        return copied(self._made(stage), data)

    def _made(self, stage: str) -> Path:
        self.folder.mkdir(exist_ok=True)
        names = list(STAGES)
        made = self.folder / stage
        with (self.folder / f"{stage}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                half = self.folder / f"{stage}.half"
                shutil.rmtree(half, ignore_errors=True)
                if before := names[: names.index(stage)]:
                    copied(self._made(before[-1]), half)
                half.mkdir(exist_ok=True)
                run = [sys.executable, "manage.py", *STAGES[stage]]
                subprocess.run(run, cwd=ROOT, env=environment(half), check=True, stdout=subprocess.DEVNULL)
                half.rename(made)
        return made


def copied(source: Path, target: Path) -> Path:
    """A copy of a data folder at rest."""
    database = "archive.sqlite3"
    shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns(f"{database}*"))
    # Not the file alone: what was written last may stand beside it, in its log.
    with closing(sqlite3.connect(source / database)) as held, closing(sqlite3.connect(target / database)) as copy:
        held.backup(copy)
    return target


def bring_in(data: Path) -> None:
    """Put the records of a site in place of those of the test run, under their keys; of townships only those that a piece names."""
    # Not above: pytest reads this before Django is set up.
    from archive.catalog.models import VersionRegion
    from archive.places.models import Level, Region
    from archive.preservation.kept import LEFT_OUT, MODELS

    connections.databases[_SITE] = _sqlite(data / "archive.sqlite3")
    try:
        models = [Region, *MODELS, *LEFT_OUT]
        with transaction.atomic():
            for model in reversed(models):
                model._base_manager.all()._raw_delete("default")
            for model in models:
                records = model._base_manager.using(_SITE).order_by("pk")
                if model is Region:
                    named = VersionRegion.objects.using(_SITE).values("region")
                    records = records.filter(~Q(level=Level.TOWNSHIP) | Q(pk__in=named))
                model._base_manager.using("default").bulk_create(list(records), batch_size=500)
            with connection.cursor() as cursor:
                for statement in connection.ops.sequence_reset_sql(no_style(), models):
                    cursor.execute(statement)
    finally:
        connections[_SITE].close()
        del connections[_SITE], connections.databases[_SITE]


def _sqlite(path: Path) -> dict[str, object]:
    held = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}})
    return held.databases["default"]

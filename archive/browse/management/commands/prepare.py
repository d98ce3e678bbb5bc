"""Make everything ready that the site needs, each step only where something is missing."""

import hashlib
import io
import secrets
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from archive.settings.table import value


class Command(BaseCommand):
    help = "Prepares database, divisions, groups, sample collection, index, static files and the first editor."

    def handle(self, *args: Any, **options: Any) -> None:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        self.step("database", "migrate", interactive=False)
        self.step("divisions of China", "load_regions")
        self.step("groups of editors", "ensure_groups")
        if value("SAMPLE") != "0":
            self.step("sample collection", "load_sample")
        self.step("search index", "prepare_index")
        self.static_files()
        self.first_editor()

    def step(self, title: str, command: str, **options: Any) -> None:
        """Run one command and say how long it took."""
        began = time.monotonic()
        self.stdout.write(f"· {title} …", ending=" ")
        self.stdout.flush()
        call_command(command, verbosity=0, stdout=io.StringIO(), **options)
        self.stdout.write(f"{time.monotonic() - began:.1f} s")

    def static_files(self) -> None:
        """Collect and compress the static files, which takes seconds, only when one has changed."""
        digest = hashlib.sha256(version("django").encode())
        for finder in get_finders():
            for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
                digest.update(path.encode() + b"\0" + Path(storage.path(path)).read_bytes())
        mark = Path(settings.STATIC_ROOT) / ".collected"
        if not mark.exists() or mark.read_text() != digest.hexdigest():
            self.step("static files", "collectstatic", interactive=False)
            mark.write_text(digest.hexdigest())

    def first_editor(self) -> None:
        """Make the first staff account when there is none; its random password is shown this once."""
        users = get_user_model()
        if users.objects.filter(is_staff=True).exists():
            return
        name = value("EDITOR_NAME")
        password = value("EDITOR_PASSWORD") or secrets.token_urlsafe(12)
        users.objects.create_superuser(name, password=password)
        self.stdout.write(f"\nEditor account:  {name}")
        if value("EDITOR_PASSWORD"):
            self.stdout.write("Password:        as set in EDITOR_PASSWORD")
        else:
            self.stdout.write(f"Password:        {password}   (shown this once; change it under /staff/)")

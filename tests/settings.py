"""Settings of the test runs: state under a folder of their own, plain static files, quick hashing."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_FOLDER = tempfile.mkdtemp(prefix="archive-test-")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
for _name in ("SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS", "HTTPS"):
    os.environ.pop(_name, None)
os.environ["DATA_DIR"] = _FOLDER
os.environ["SECRET_KEY"] = "only for tests"

from archive.settings import *  # noqa: E402, F403

DEBUG = False
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
(Path(_FOLDER) / "static").mkdir()
# One client asks more in a minute than any reader; the tests of the guard set a rate themselves.
EXPENSIVE_PER_MINUTE = 0
# Tasks run where they are queued, unless a test starts a worker.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

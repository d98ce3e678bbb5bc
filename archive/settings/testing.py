"""Settings of the test runs: state under a folder of their own, plain static files, quick hashing."""

import os
import tempfile

os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="archive-test-")
os.environ.setdefault("SECRET_KEY", "only for tests")

from . import *  # noqa: F403

DEBUG = False
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

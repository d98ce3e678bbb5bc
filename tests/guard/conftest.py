"""A public site behind nginx, and a client that comes to it as nginx does."""

import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.browse.conftest import archive, made_archive  # noqa: F401
from tests.sites import environment as site_environment

HOST = "archive.example.org"
PROXY = "10.9.8.7"


@pytest.fixture
def public(settings):
    """The settings of HTTPS=1 behind the proxy at 10.9.8.7."""
    settings.TRUSTED_PROXIES = ["127.0.0.1", f"{PROXY}/32"]
    settings.ALLOWED_HOSTS = [HOST]
    settings.CSRF_TRUSTED_ORIGINS = [f"https://{HOST}"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 31536000
    return settings


def behind_proxy(client_address: str, *, peer: str = PROXY, proto: str = "https", **options) -> Client:
    """A browser at `client_address`, whose requests the proxy at `peer` brings."""
    headers = {"X-Forwarded-For": client_address, "X-Forwarded-Proto": proto, "Host": HOST}
    return Client(REMOTE_ADDR=peer, headers=headers, **options)


@pytest.fixture
def editor_account(db):
    return User.objects.create_user("示例编辑", password="一个很长的口令 2020", is_staff=True)


ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def deployed(tmp_path_factory, sites):
    """The port of a site under gunicorn as it is deployed, with an empty database, two workers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    served = {"PORT": str(port), "HOST": "127.0.0.1", "WEB_CONCURRENCY": "2"}
    data = sites.copy("migrated", tmp_path_factory.mktemp("data"))
    environment = site_environment(data) | served
    collect = [sys.executable, "manage.py", "collectstatic", "-v0", "--noinput"]
    subprocess.run(collect, cwd=ROOT, env=environment, check=True)
    run = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "archive.wsgi:application"]
    site = subprocess.Popen(run, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        for _ in range(3_000):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        site.terminate()
        site.wait(60)

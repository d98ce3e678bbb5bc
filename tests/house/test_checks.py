"""Django's own checks for a site that is deployed find nothing to say about the example of a public one."""

import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = (ROOT / "deploy" / "environment.public.example").read_text()


def check(tmp_path, **changes):
    named = dict(re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE, re.M))
    assert {"SITE_URL", "ALLOWED_HOSTS", "HTTPS", "HSTS_SECONDS"} <= set(named)
    environment = {
        "PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "SECRET_KEY": secrets.token_urlsafe(50), **named, **changes,
    }  # fmt: skip
    run = [sys.executable, "-W", "error::DeprecationWarning:archive", "manage.py", "check", "--deploy", "--fail-level", "WARNING"]  # fmt: skip
    return subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_nothing_is_wrong_with_a_public_site(tmp_path):
    told = check(tmp_path)
    assert told.returncode == 0, told.stderr
    assert "no issues (0 silenced)" in told.stdout


def test_the_same_check_sees_a_site_without_https(tmp_path):
    told = check(tmp_path, HTTPS="0", HSTS_SECONDS="0", DEBUG="1")
    assert told.returncode == 1
    assert {"W004", "W008", "W010", "W016", "W018"} <= set(re.findall(r"security\.(W\d+)", told.stderr))


def test_a_proxy_that_is_no_address_is_told(tmp_path):
    told = check(tmp_path, TRUSTED_PROXIES="127.0.0.1,nginx")
    assert told.returncode == 1
    assert "TRUSTED_PROXIES holds 'nginx'" in told.stderr

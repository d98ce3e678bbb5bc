"""One command makes everything ready, and a second time does only what is missing."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from archive.places.models import Region

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def fresh(settings, tmp_path, monkeypatch):
    monkeypatch.setenv("SAMPLE", "0")
    settings.STATIC_ROOT = tmp_path / "static"
    settings.HAYSTACK_CONNECTIONS = {
        "default": {**settings.HAYSTACK_CONNECTIONS["default"], "PATH": str(tmp_path / "index")}
    }


def test_a_random_password_is_shown_once_and_the_second_run_does_less(settings, capsys):
    call_command("prepare")
    told = capsys.readouterr().out
    password = re.search(r"Password:\s+(\S+)", told)
    assert password is not None
    assert get_user_model().objects.get(username="editor").check_password(password[1])
    assert Region.objects.filter(level="county").count() > 2800
    assert "static files" in told
    assert "sample" not in told
    call_command("prepare")
    again = capsys.readouterr().out
    assert "Password" not in again
    assert "static files" not in again
    assert get_user_model().objects.count() == 1


def test_a_password_from_the_environment_is_used_and_not_shown(monkeypatch, capsys):
    monkeypatch.setenv("EDITOR_NAME", "chief")
    monkeypatch.setenv("EDITOR_PASSWORD", "a password of our own")
    call_command("prepare")
    assert "a password of our own" not in capsys.readouterr().out
    assert get_user_model().objects.get(username="chief").check_password("a password of our own")

"""The page of operations shows how the site stands to administrators alone, and starts what is safe."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from archive.ingest import services as ingest
from archive.ingest.models import ImportBatch
from archive.ingest.roles import ROLES, ensure_groups
from archive.ingest.services import lease
from archive.journal import heartbeat, runs
from archive.journal.models import Kind, Run, Worker
from archive.operations import background
from archive.operations.told_settings import told_settings
from archive.search.models import Waiting

PAGE = "/staff/operations/"
DEAD = f"{lease.own_name().partition(' ')[0]} 999999999 1"


@pytest.fixture
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def member(name: str) -> User:
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=name))
    return user


@pytest.mark.parametrize("role", [*ROLES, "nobody"])
def test_only_administrators_see_it_and_press_its_buttons(ready, client, role):
    ensure_groups()
    if role != "nobody":
        client.force_login(member(role), "django.contrib.auth.backends.ModelBackend")
    expected = {"admin": (200, 302), "nobody": (302, 302)}.get(role, (403, 403))
    start = reverse("start_upkeep", args=["check_index"])
    assert (client.get(PAGE).status_code, client.post(start).status_code) == expected
    assert Run.objects.exists() == (role == "admin")
    if role != "nobody":
        assert (PAGE in client.get("/staff/").content.decode()) == (role == "admin")


def test_it_shows_what_is_wrong(ready, admin_client, queue):
    Waiting.objects.create(article=7, stamp="x")
    with pytest.raises(OSError, match="full"), runs.noted(Kind.BACKUP):
        raise OSError("the disk is full")
    with runs.noted(Kind.CHECK_INDEX) as report:
        report.figures = {"missing": 3, "surplus": 0, "stale": 1, "doubled": 0}
    batch = ingest.receive(files=[ingest.pasted("标题\n\n正文")], source=ImportBatch.Source.UPLOAD, name="示例批次")
    heartbeat.beat(DEAD)
    Worker.objects.update(beat_at=timezone.now() - timedelta(minutes=5))
    background.start(Kind.SANITY_CHECK)
    DBTaskResult.objects.get().claim(DEAD)
    text = admin_client.get(PAGE).content.decode()
    for words in ("the disk is full", "4 处不同", "没有动静", "已有 5 分钟没有动静", "进程已死", "示例批次", "待索引"):
        assert words in text, words
    assert batch.get_absolute_url() in text
    with translation.override("en"):
        assert str(Kind.SANITY_CHECK.label) == "Check originals and records"


def test_a_button_puts_its_task_into_the_queue_once_and_the_worker_does_it(ready, admin_client, queue):
    for _turn in range(2):
        response = admin_client.post(reverse("start_upkeep", args=["sanity_check"]), follow=True)
    assert "已在排队或进行中" in response.content.decode()
    task = DBTaskResult.objects.get()
    assert task.priority < 0 and background.coming(Kind.SANITY_CHECK) and not background.coming(Kind.CHECK_INDEX)
    task.task.call(*task.args_kwargs["args"])
    assert runs.last_runs()[Kind.SANITY_CHECK].ok
    text = admin_client.get(PAGE).content.decode()
    assert "Everything held is what was received." in text


def test_what_is_not_safe_has_no_button_and_no_address(ready, admin_client):
    text = admin_client.get(PAGE).content.decode()
    assert set(re.findall(r"/staff/operations/run/(\w+)/", text)) == {kind.value for kind in background.SAFE}
    for kind in ("rebuild_index", "backup", "erase", "nothing"):
        assert admin_client.post(f"/staff/operations/run/{kind}/").status_code == 404
    with pytest.raises(ValueError, match="flush"):
        background.upkeep.call("flush")
    assert admin_client.get(reverse("start_upkeep", args=["check_index"])).status_code == 405
    assert not Run.objects.exists()


def test_no_secret_of_the_settings_is_shown(monkeypatch, ready, admin_client):
    monkeypatch.setenv("SECRET_KEY", "geheim-1")
    monkeypatch.setenv("METRICS_TOKEN", "geheim-2")
    monkeypatch.setenv("EDITOR_PASSWORD", "geheim-3")
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:geheim-4@host:5432/name")
    monkeypatch.setenv("SEARCH_URL", "https://user:geheim-5@one:9200,https://user:geheim-6@two:9200")
    shown = {one.name: one for one in told_settings()}
    assert shown["DATABASE_URL"].shown == "postgresql://…@host:5432/name"
    assert shown["SEARCH_URL"].shown == "https://…@one:9200,https://…@two:9200"
    assert shown["METRICS_TOKEN"].secret and shown["SECRET_KEY"].secret
    text = admin_client.get(PAGE).content.decode()
    assert "geheim" not in text and "DATABASE_URL" in text

"""What the background does with batches that were left behind, taken over, cancelled, or that kill their worker."""

import os
import subprocess
import sys
import time

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from archive.ingest import background, services
from archive.ingest.models import BatchState, ImportBatch
from archive.ingest.services import checking, lease, steps

from .samples import BODY, plain_page, received

PAGE = f"示例村设卡\n来源:示例县报\n2020年2月10日\n\n{BODY}"
DEAD = f"{lease.own_name().partition(' ')[0]} 999999999 1"


@pytest.fixture(autouse=True)
def ground(db, settings, tmp_path, monkeypatch):
    settings.CAPTURE_DIR = tmp_path / "captures"
    monkeypatch.setattr("archive.ingest.reading.read_page", plain_page)


@pytest.fixture
def batch():
    return services.receive(files=[services.pasted(PAGE)], source=ImportBatch.Source.UPLOAD)


@pytest.fixture
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def test_the_task_of_a_dead_worker_is_settled_and_its_batch_queued_once(batch, queue):
    background.enqueue(batch)
    DBTaskResult.objects.get().claim(DEAD)
    ImportBatch.objects.update(worker=DEAD, beat_at=timezone.now())
    assert background.reap() == 1
    assert background.reap() == 0
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "READY"]


def test_a_batch_at_which_somebody_works_is_left_alone(batch, queue):
    ImportBatch.objects.update(worker=lease.own_name(), beat_at=timezone.now())
    assert background.reap() == 0
    elsewhere = "another-host 5 5"
    ImportBatch.objects.update(worker=elsewhere, beat_at=timezone.now())
    assert background.reap() == 0
    with pytest.raises(services.BatchBusy):
        services.check(batch)
    ImportBatch.objects.update(worker=elsewhere, beat_at=timezone.now() - lease.SILENCE * 2)
    assert background.reap() == 1


def test_a_step_that_always_breaks_is_given_up_with_a_sentence_and_can_be_begun_anew(batch, monkeypatch):
    def broken(*_all: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(checking, "write_rows", broken)
        for _turn in range(steps.MOST_TRIES):
            with pytest.raises(RuntimeError):
                services.advance(batch)
        services.advance(batch)
    assert ImportBatch.objects.get().state == BatchState.FAILED
    assert "管理员" in ImportBatch.objects.get().problem


def test_a_check_that_is_cancelled_meanwhile_ends_at_its_next_write(monkeypatch):
    monkeypatch.setattr(checking, "CHUNK", 2)
    text = "\n".join(f'{{"title": "第{n}篇", "body": "正文{n}。"}}' for n in range(9))
    batch = services.receive(files=[received("a.jsonl", text)], source=ImportBatch.Source.UPLOAD)

    def meddle(count: int) -> None:
        if count == 4:
            services.request_cancel(ImportBatch.objects.get())

    services.advance(batch, progress=meddle)
    assert batch.state == BatchState.CANCELLED
    assert not batch.rows.exists()


def test_a_worker_that_was_killed_and_not_waited_for_is_dead():
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    name = (
        lease.own_name().replace(f" {os.getpid()} ", f" {child.pid} ").rpartition(" ")[0]
        + f" {lease._started(child.pid)}"
    )
    assert lease.is_alive(name)
    child.kill()
    until = time.monotonic() + 20
    while lease.is_alive(name) and time.monotonic() < until:
        time.sleep(0.05)
    assert not lease.is_alive(name)  # a zombie still
    child.communicate()

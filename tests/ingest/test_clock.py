"""A clock that is set forward or back in the middle of the work: nothing is lost, comes twice, or waits for days."""

from datetime import timedelta

import pytest
from django.utils import timezone

from archive.catalog.models import Article
from archive.ingest import background, services
from archive.ingest.models import BatchState, ImportBatch
from archive.ingest.services import lease
from archive.journal import heartbeat
from archive.journal.models import Worker

from .samples import BODY, plain_page, received

JUMPS = [timedelta(days=2), timedelta(days=-2), timedelta(hours=1), timedelta(hours=-1)]


@pytest.fixture(autouse=True)
def ground(db, settings, tmp_path, monkeypatch):
    settings.CAPTURE_DIR = tmp_path / "captures"
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr("archive.ingest.reading.read_page", plain_page)


@pytest.fixture
def jump(monkeypatch):
    """Sets the clock by so much, from what it was at first."""
    real = timezone.now

    def moved(by: timedelta) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: real() + by)

    return moved


@pytest.mark.parametrize("by", JUMPS, ids=str)
def test_an_import_goes_through(jump, by, django_capture_on_commit_callbacks):
    pieces = [f"示例村第{number}组设卡\n来源:示例县报\n2020年2月10日\n\n第{number}组{BODY}" for number in range(3)]
    files = [received(f"{number}.txt", text) for number, text in enumerate(pieces)]
    batch = services.receive(files=files, source=ImportBatch.Source.UPLOAD)
    jump(by)
    services.check(batch, progress=lambda _rows: jump(timedelta()))
    jump(by)
    services.confirm(batch)
    jump(timedelta())
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE
    assert Article.objects.count() == 3
    again = services.receive(files=files, source=ImportBatch.Source.UPLOAD)
    services.check(again)
    assert set(again.rows.values_list("outcome", flat=True)) == {"held"}
    services.undo(batch)
    assert Article.objects.count() == 0


@pytest.mark.parametrize("by", JUMPS, ids=str)
def test_who_lives_here_keeps_its_batch_and_who_died_elsewhere_loses_it(jump, by):
    batch = services.receive(files=[services.pasted(BODY)], source=ImportBatch.Source.UPLOAD)
    ImportBatch.objects.update(worker=lease.own_name(), beat_at=timezone.now())
    jump(by)
    assert background.reap() == 0
    ImportBatch.objects.update(worker="another-host 5 5")
    batch.refresh_from_db()
    assert lease.is_free(batch)
    assert background.reap() == 1


@pytest.mark.parametrize("by", JUMPS, ids=str)
def test_a_worker_lives_from_its_next_sign_on(jump, by):
    heartbeat.beat("示例机 1 1")
    assert heartbeat.living().exists() and not heartbeat.silent().exists()
    jump(by)
    assert heartbeat.silent().exists() and not heartbeat.living().exists()
    heartbeat.beat("示例机 1 1")
    assert heartbeat.living().exists() and Worker.objects.count() == 1

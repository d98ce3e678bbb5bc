"""Upkeep notes how it ended; what ended badly says why."""

import io

import pytest
from django.core.management import CommandError, call_command

from archive.catalog import store
from archive.catalog.models import Capture
from archive.journal import runs
from archive.journal.models import Kind, Run
from archive.search.models import Waiting


def run(command, *arguments):
    call_command(command, *arguments, stdout=io.StringIO(), stderr=io.StringIO())


def test_commands_note_their_end(ready, tmp_path):
    run("check_index")
    run("sanity_check")
    run("rebuild_index")
    run("export_archive", str(tmp_path / "bag"), "--no-warc")
    last = runs.last_runs()
    assert set(last) == {Kind.CHECK_INDEX, Kind.SANITY_CHECK, Kind.REBUILD_INDEX, Kind.EXPORT}
    assert all(one.ok for one in last.values())
    assert last[Kind.CHECK_INDEX].figures == {"missing": 0, "surplus": 0, "stale": 0, "doubled": 0}
    assert last[Kind.EXPORT].figures["articles"] == 0 and last[Kind.EXPORT].sentence == "bag"


def test_what_is_wrong_is_noted_with_its_figures(ready):
    run("sanity_check")
    Capture.objects.create(sha256="0" * 64, size=1, media_type="text/plain")
    with pytest.raises(CommandError):
        run("sanity_check")
    last = runs.last_runs()[Kind.SANITY_CHECK]
    assert not last.ok and last.figures["missing"] == 1 and last.figures["left"] == 1 and "missing 1" in last.sentence
    good = runs.last_good(Kind.SANITY_CHECK)
    assert good is not None and good.pk < last.pk
    assert not store.path_of("0" * 64).exists()


def test_a_sweep_with_nothing_to_do_is_not_noted(ready, monkeypatch):
    run("sweep_index")
    assert not Run.objects.exists()
    Waiting.objects.create(article=1, stamp="x")
    run("sweep_index")
    assert Run.objects.get().figures == {"indexed": 1, "waiting": 0}
    Waiting.objects.create(article=2, stamp="x")

    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("archive.search.engine.upkeep.update", full)
    with pytest.raises(CommandError):
        run("sweep_index")
    last = runs.last_runs()[Kind.SWEEP_INDEX]
    assert not last.ok and last.figures == {"indexed": 0, "waiting": 1}


def test_old_notes_go(db, monkeypatch):
    monkeypatch.setattr(runs, "KEPT", 3)
    for number in range(5):
        with runs.noted(Kind.BACKUP) as report:
            report.figures = {"captures": number}
    assert [one.figures["captures"] for one in Run.objects.filter(kind=Kind.BACKUP)] == [4, 3, 2]

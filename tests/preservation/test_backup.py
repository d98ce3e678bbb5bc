"""A site by its commands alone: its backup brings it back, a daily one keeps the newest, a sweep that was killed goes on."""

import json
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.sites import environment

ROOT = Path(__file__).resolve().parents[2]


def run(data: Path, *command: object) -> tuple[int, str]:
    data.mkdir(exist_ok=True)
    done = subprocess.run(
        list(map(str, command)), cwd=ROOT, env=environment(data), capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def manage(data: Path, *arguments: object) -> tuple[int, str]:
    return run(data, sys.executable, "manage.py", *arguments)


IN_ONE_PROCESS = """
import io, json, sys
import django
from django.core.management import CommandError, call_command
django.setup()
for arguments in json.loads(sys.argv[1]):
    told, code = io.StringIO(), 0
    try:
        call_command(*arguments, stdout=told, stderr=told)
    except CommandError as error:
        code = 1
        told.write(str(error))
    print(json.dumps([code, told.getvalue()]))
"""


def together(data: Path, *commands: list[object]) -> list[tuple[int, str]]:
    """What several commands, one after the other in one process, end with and say: to begin one costs more than most of them."""
    asked = json.dumps([list(map(str, command)) for command in commands])
    data.mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", IN_ONE_PROCESS, asked],
        cwd=ROOT,
        env=environment(data),
        capture_output=True,
        text=True,
        check=True,
    )
    return [tuple(json.loads(line)) for line in done.stdout.splitlines() if line.startswith("[")]


@pytest.fixture
def site(sites, tmp_path) -> Path:
    """A site with its sample."""
    return sites.copy("sampled", tmp_path / "site")


def test_a_site_comes_back_from_its_backup(site, tmp_path):
    copy, new = tmp_path / "copy", tmp_path / "new"
    (code, told), (again, _refused) = together(site, ["backup", copy], ["backup", copy])
    assert (code, again) == (0, 1) and "captures" in told
    capture = next(path for path in (copy / "captures").rglob("*") if path.is_file())
    data = capture.read_bytes()
    capture.chmod(0o640)
    capture.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    code, told = manage(new, "restore", copy)
    assert code == 1 and capture.name in told and not (new / "captures").exists()
    capture.write_bytes(data)
    note = (copy / "backup.json").read_text()
    for spoilt, word in (
        (note[: len(note) // 2], "damaged"),
        (note.replace("catalog/0001_initial", "catalog/9999_of_tomorrow"), "newer"),
    ):
        (copy / "backup.json").write_text(spoilt)
        code, told = manage(new, "restore", copy)
        assert code == 1 and word in told and "Traceback" not in told, told
    (copy / "backup.json").write_text(note)
    code, told = manage(new, "restore", copy)
    assert code == 0 and "articles stand in the index" in told, told
    assert (new / "secret_key").read_text() == (site / "secret_key").read_text()
    sane, indexed, (code, told) = together(new, ["sanity_check"], ["check_index"], ["restore", copy])
    assert sane == (0, "Everything held is what was received.\n")
    assert indexed[0] == 0
    assert code == 1 and "not empty" in told


def test_of_daily_backups_the_newest_stay_and_an_old_one_goes_only_for_a_whole_one(site, tmp_path):
    kept = tmp_path / "backups"
    for name in ("2020-01-01", "2020-01-02", "2020-01-03", "2020-01-04.partial", "of somebody else"):
        (kept / name).mkdir(parents=True)
    code, told = run(site, ROOT / "deploy" / "backup-daily", kept, 2)
    assert code == 0, told
    names = {one.name for one in kept.iterdir()}
    today = (names - {"2020-01-03", "2020-01-04.partial", "of somebody else"}).pop()
    assert len(names) == 4 and (kept / today / "captures").is_dir()
    capture = next(path for path in (site / "captures").rglob("*") if path.is_file())
    capture.chmod(0o640)
    capture.write_bytes(b"damaged")
    code, told = run(site, ROOT / "deploy" / "backup-daily", kept, 1)
    assert code != 0 and capture.name[:12] in told, told
    assert {"2020-01-03", today} <= {one.name for one in kept.iterdir()}
    assert run(site, ROOT / "deploy" / "backup-daily", kept, 0)[0] == 1


def test_a_sweep_that_was_killed_goes_on_where_it_stopped(site):
    with closing(sqlite3.connect(next(site.glob("*.sqlite3")), timeout=30, isolation_level=None)) as database:
        # Each article is another now and waits: check_index finds out what was not indexed again.
        database.execute("UPDATE catalog_article SET changed_at = datetime('now')")
        articles = database.execute("SELECT count(*) FROM catalog_article").fetchone()[0]
        database.execute(
            "INSERT INTO search_waiting (article, stamp, since, erased)"
            " SELECT id, 'x', datetime('now'), 0 FROM catalog_article"
        )

        def waiting() -> int:
            return int(database.execute("SELECT count(*) FROM search_waiting").fetchone()[0])

        assert articles > 5
        with subprocess.Popen(
            [sys.executable, "manage.py", "sweep_index", "--batch", "1", "--pause", "0.2"], cwd=ROOT,
            env=environment(site), stdout=subprocess.DEVNULL,
        ) as sweep:  # fmt: skip
            until = time.monotonic() + 120
            while waiting() > articles - 2 and sweep.poll() is None and time.monotonic() < until:
                time.sleep(0.05)
            sweep.send_signal(signal.SIGKILL)
        left = waiting()
        assert 0 < left <= articles - 2
        (code, told), (indexed, differing) = together(site, ["sweep_index"], ["check_index"])
        assert code == 0 and f"{left} articles indexed" in told, told
        assert waiting() == 0
    assert indexed == 0, differing

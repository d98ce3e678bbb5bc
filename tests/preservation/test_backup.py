"""A backup of a site brings it back in an empty folder; a damaged one is refused and changes nothing."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def manage(data: Path, *arguments: object) -> tuple[int, str]:
    data.mkdir(exist_ok=True)
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DJANGO_SETTINGS_MODULE", "SECRET_KEY", "DATABASE_URL"}
    }
    done = subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)], cwd=ROOT, env=kept | {"DATA_DIR": str(data)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_a_site_comes_back_from_its_backup(tmp_path):
    site, copy, new = tmp_path / "site", tmp_path / "copy", tmp_path / "new"
    for command in ("migrate", "load_regions", "load_sample"):
        assert manage(site, command)[0] == 0
    code, told = manage(site, "backup", copy)
    assert code == 0 and "captures" in told
    assert manage(site, "backup", copy)[0] == 1
    capture = next(path for path in (copy / "captures").rglob("*") if path.is_file())
    data = capture.read_bytes()
    capture.chmod(0o640)
    capture.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    code, told = manage(new, "restore", copy)
    assert code == 1 and capture.name in told and not (new / "captures").exists()
    capture.write_bytes(data)
    code, told = manage(new, "restore", copy)
    assert code == 0 and "articles stand in the index" in told, told
    assert (new / "secret_key").read_text() == (site / "secret_key").read_text()
    assert manage(new, "sanity_check") == (0, "Everything held is what was received.\n")
    assert manage(new, "check_index")[0] == 0
    code, told = manage(new, "restore", copy)
    assert code == 1 and "not empty" in told

"""What an operator may set is documented, and nothing else is read."""

import re
from pathlib import Path

from archive.settings.table import TABLE

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


def test_each_setting_is_documented_with_its_default_and_sentence():
    for row in TABLE:
        assert f"| `{row.name}` | `{row.default}` | {row.sentence} |" in DOCUMENT


def test_the_document_names_no_setting_that_is_not_in_the_table():
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", DOCUMENT, re.M)) == {row.name for row in TABLE}


def test_no_other_module_reads_the_environment():
    readers = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "archive").rglob("*.py")
        if re.search(
            r"os\.environ(?!\.setdefault\(\"DJANGO_SETTINGS_MODULE\")|getenv", path.read_text(encoding="utf-8")
        )
    }
    assert readers <= {"archive/settings/table.py"}

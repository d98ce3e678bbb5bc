"""docs/import.md says what the code does: columns, limits, outcomes, commands."""

from pathlib import Path

from archive.ingest.readers import bounds
from archive.ingest.readers.columns import NAMES
from archive.ingest.roles import ROLES

PAGE = (Path(__file__).resolve().parent.parent.parent / "docs" / "import.md").read_text(encoding="utf-8")


def test_every_column_is_documented_under_all_its_names():
    rows = {line.split("|")[1].strip(" `"): line for line in PAGE.splitlines() if line.startswith("| `")}
    for field, names in NAMES.items():
        for name in names:
            assert name in rows[field], (field, name)


def test_the_limits_are_those_of_the_code():
    for value in (
        f"| {bounds.PAGE_LIMIT // 2**20} MB |",
        f"| {bounds.RECORD_LIMIT // 2**20} MB |",
        f"| {bounds.MEMBER_LIMIT:,} |",
        f"| {bounds.UNPACKED_LIMIT // 2**30} GB, and {bounds.RATIO_LIMIT} times",
        f"| {bounds.INNER_LIMIT // 2**20} MB |",
        f"| {bounds.WORKBOOK_LIMIT // 2**20} MB |",
    ):
        assert value in PAGE, value


def test_every_role_is_documented():
    for name in ROLES:
        assert f"| {name} |" in PAGE

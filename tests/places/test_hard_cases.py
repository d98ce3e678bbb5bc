"""The prototype's list of hard headlines, read from the shared folder."""

import runpy
from pathlib import Path

import pytest

from archive.places.resolver import resolve


@pytest.mark.shared
def test_every_hard_case_of_the_prototype_is_read_rightly(shared: Path) -> None:
    cases = runpy.run_path(str(shared / "prototypes" / "text" / "region_hard.py"))["H"]
    assert len(cases) >= 60
    wrong = []
    for title, lead, code, trap in cases:
        about = resolve(title, lead).about
        if about is None or about.code != code:
            wrong.append((trap, code, about))
    assert wrong == []

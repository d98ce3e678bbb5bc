"""Noise that forums and mirrors put between the sentences against copying: # @8 J6 E; { p2 K."""

import re
from collections.abc import Iterator

from archive.text.layers import Change

VERSION = 1
#: Single letters, digits and marks with a blank between them, up to the end of the line or the next wide character.
_RUN = re.compile(r"(?<![!-~])(?:[!-~]{1,2}[ ]{1,2}){3,}[!-~]{1,2}(?![!-~])[ ]?")
#: Of so many different marks and letters no formula, table or row of answers (A: 1; B: 2) is made.
LEAST_MARKS, LEAST_LETTERS = 3, 2


def noise_changes(text: str) -> Iterator[Change]:
    """Yield the removal of runs of noise."""
    for run in _RUN.finditer(text):
        marks = set(re.sub(r"[\w ]", "", run[0]))
        letters = re.findall("[A-Za-z]", run[0])
        if (
            len(marks) >= LEAST_MARKS
            and len(letters) >= LEAST_LETTERS
            and not re.search("[A-Za-z]{2}|[0-9]{2}", run[0])
        ):
            yield Change(*run.span(), "", "anti-copy-noise", VERSION, 0.96)

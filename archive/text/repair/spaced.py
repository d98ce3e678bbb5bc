"""Text whose characters were all set apart by blanks (该 厂 有 员 工 3 2 0 人): headlines of notices, text taken out of PDFs."""

import re
from collections.abc import Iterator

from archive.text.fold import fold
from archive.text.layers import Change
from archive.text.repair.lexicon import cut

VERSION = 1
_PIECE = r"(?:[0-9A-Za-z][0-9A-Za-z.,%:/-]{0,15}|[^\s0-9A-Za-z])"
#: Pieces with one or two blanks between them, so many on end that no list of names or answers is meant.
_RUN = re.compile(rf"(?<!\S){_PIECE}(?: {{1,2}}{_PIECE}){{5,}}(?!\S)")
_HAN = re.compile("[\u3400-\u9fff]")
_GAP = re.compile(r" {1,2}(?=\S)")
FEWEST_HAN = 6
#: Share of its Han characters that must stand in words of several characters once the blanks are gone: of the cells
#: of a table and of rare names it is lower.
IN_WORDS = 0.4


def spaced_changes(text: str) -> Iterator[Change]:
    """Yield the removal of each blank of such a run, but those between two words or numbers in Latin characters."""
    if text.count(" ") < FEWEST_HAN - 1:
        return
    for run in _RUN.finditer(text):
        han = fold("".join(_HAN.findall(run[0])))
        if len(han) < FEWEST_HAN or sum(len(word) for word in cut(han) if len(word) > 1) < IN_WORDS * len(han):
            continue
        for gap in _GAP.finditer(run[0]):
            before, behind = run[0][: gap.start()], run[0][gap.end() :]
            if not re.search("[0-9A-Za-z]{2}$|[A-Za-z]$", before) or not re.match("[0-9A-Za-z]", behind):
                yield Change(run.start() + gap.start(), run.start() + gap.end(), "", "spaced-characters", VERSION, 0.97)

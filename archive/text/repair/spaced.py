"""Text whose characters were all set apart by blanks (该 厂 有 员 工 3 2 0 人): headlines of notices, text taken out of PDFs."""

import re
from collections.abc import Iterator

from archive.text.fold import fold
from archive.text.layers import Change
from archive.text.repair.lexicon import cut

VERSION = 1
_LATIN = r"[0-9A-Za-z][0-9A-Za-z.,%:/-]{0,15}"
_PIECE = rf"(?:{_LATIN}|[^\s0-9A-Za-z])"
#: Pieces with one or two blanks between them, so many on end that no list of names or answers is meant.
_RUN = re.compile(rf"(?<!\S){_PIECE}(?: {{1,2}}{_PIECE}){{5,}}(?!\S)")
#: Frequent family names: a run in which every third character is one is a list of persons.
_FAMILY = frozenset(
    "王李张刘陈杨赵黄周吴徐孙朱胡郭何林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁余叶蒋杜苏魏程吕丁沈姚卢傅钟姜崔谭廖范汪陆戴贾韦夏邱侯邹熊孟秦薛尹段雷黎陶贺顾郝龚邵马高"
)
_HAN = re.compile("[\u3400-\u9fff]")
_GAP = re.compile(r" {1,2}(?=\S)")
#: Pieces of Latin characters and digits one behind the other, and what makes one number of digits.
_FIGURES = re.compile(rf"(?<!\S){_LATIN}(?: {{1,2}}{_LATIN})+(?!\S)")
_UNIT = re.compile(" {1,2}[\u3400-\u9fff%]")
FEWEST_HAN = 6
#: Share of its Han characters that must stand in words of several characters once the blanks are gone: of the cells
#: of a table and of rare names it is lower.
IN_WORDS = 0.4


def spaced_changes(text: str) -> Iterator[Change]:
    """Yield the removal of each blank of such a run, but those that part names, answers, figures or Latin words.

    Two blanks among single ones part words. Figures are one number only digit by digit and with a unit behind them.
    """
    if text.count(" ") < FEWEST_HAN - 1:
        return
    for run in _RUN.finditer(text):
        han = fold("".join(_HAN.findall(run[0])))
        if len(han) < FEWEST_HAN or sum(len(word) for word in cut(han) if len(word) > 1) < IN_WORDS * len(han):
            continue
        if 2 * len(set(han)) <= len(han) or 3 * sum(char in _FAMILY for char in han) >= len(han):
            continue
        kept = _apart(run[0])
        for gap in _GAP.finditer(run[0]):
            if gap.start() not in kept:
                yield Change(run.start() + gap.start(), run.start() + gap.end(), "", "spaced-characters", VERSION, 0.97)


def _apart(run: str) -> set[int]:
    """Where the blanks of `run` that stay begin."""
    gaps = list(_GAP.finditer(run))
    mixed = len({len(gap[0]) for gap in gaps}) > 1
    kept = {gap.start() for gap in gaps if mixed and len(gap[0]) > 1}
    for row in _FIGURES.finditer(run):
        pieces = row[0].split()
        if not all(len(piece) == 1 and piece.isdigit() for piece in pieces) or not _UNIT.match(run, row.end()):
            kept.update(gap.start() for gap in gaps if row.start() <= gap.start() < row.end())
    return kept

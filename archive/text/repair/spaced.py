"""Text whose characters were all set apart by blanks (该 厂 有 员 工 3 2 0 人): headlines of notices, text taken out of PDFs."""

import re
from collections.abc import Iterator

from archive.text.fold import fold
from archive.text.layers import Change
from archive.text.repair.lexicon import cut

VERSION = 1
_PIECE = r"(?:[0-9A-Za-z][0-9A-Za-z.,%:/-]{0,15}|[^\s0-9A-Za-z])"
#: Pieces with one blank between them; two part words (刘 洋  陈 静).
_RUN = re.compile(rf"(?<!\S){_PIECE}(?: {_PIECE}){{5,}}(?!\S)")
_HAN = re.compile("[\u3400-\u9fff]")
FEWEST_HAN = 8
#: A line of its own with so few characters, all in words, is a headline, unless names may stand in it.
SHORTEST, SHORT = 6, 12
#: Frequent family names: a run in which every third character is one is a list of persons.
_FAMILY = frozenset(
    "王李张刘陈杨赵黄周吴徐孙朱胡郭何林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁余叶蒋杜苏魏程吕丁沈姚卢傅钟姜崔谭廖范汪陆戴贾韦夏邱侯邹熊孟秦薛尹段雷黎陶贺顾郝龚邵马高于任"
)
#: Share of its Han characters that must stand in words of several characters once the blanks are gone, and of those
#: that must differ: of the cells of a table, of rare names and of boxes to be ticked (是 否 是 否) they are lower.
IN_WORDS, DIFFERENT = 0.4, 0.6
#: Lists of names and of the headings of columns have words of two characters alone and nothing between them.
_JOINED = re.compile("[的了在和为有于对等将与及以，。、：；“”！？,:;]")


def spaced_changes(text: str) -> Iterator[Change]:
    """Yield the removal of each blank of such a run.

    Numbers grow together only where each of their digits stands alone and a Chinese character follows (3 2 0 人); words
    and numbers in Latin characters keep the blanks between them.
    """
    if text.count(" ") < SHORTEST - 1:
        return
    for run in _RUN.finditer(text):
        line = text[text.rfind("\n", 0, run.start()) + 1 :].split("\n", 1)[0].strip()
        if not (_is_prose(run[0]) or (line == run[0] and _is_headline(run[0]))):
            continue
        pieces = run[0].split(" ")
        at = run.start()
        for number, piece in enumerate(pieces[:-1]):
            at += len(piece)
            if not (_latin(piece) and _latin(pieces[number + 1])) or _one_number(pieces, number):
                yield Change(at, at + 1, "", "spaced-characters", VERSION, 0.97)
            at += 1


def _is_prose(run: str) -> bool:
    han = fold("".join(_HAN.findall(run)))
    if len(han) < FEWEST_HAN or len(set(han)) < DIFFERENT * min(len(han), 40):
        return False
    if 3 * sum(char in _FAMILY for char in han) >= len(han):
        return False
    words = [word for word in cut(han) if len(word) > 1]
    if sum(map(len, words)) < IN_WORDS * len(han):
        return False
    return _JOINED.search(run) is not None or any(len(word) > 2 for word in words)


def _is_headline(run: str) -> bool:
    han = fold(run.replace(" ", ""))
    if not (SHORTEST <= len(han) <= SHORT and _HAN.sub("", han) == "" and len(set(han)) > DIFFERENT * len(han)):
        return False
    words = cut(han)
    return all(len(word) > 1 and word[0] not in _FAMILY for word in words)


def _latin(piece: str) -> bool:
    return piece[0].isascii() and piece[0].isalnum()


def _one_number(pieces: list[str], number: int) -> bool:
    """Tell whether pieces `number` and `number` + 1 are digits of one number, which a Chinese character ends."""
    first, last = number, number + 1
    while first > 0 and _latin(pieces[first - 1]):
        first -= 1
    while last + 1 < len(pieces) and _latin(pieces[last + 1]):
        last += 1
    digits = all(len(piece) == 1 and piece.isdigit() for piece in pieces[first : last + 1])
    return digits and last + 1 < len(pieces) and _HAN.match(pieces[last + 1]) is not None

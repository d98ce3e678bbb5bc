"""Damage to whole pages in the classes of text-damage: to characters by `tests.damage`, to lines here."""

import random
import re
from collections.abc import Callable
from dataclasses import replace

from tests.damage import LOST, REVERSIBLE, SHIFTED, traditional

from .pages import Page

Damage = Callable[[Page, random.Random], str]


def _joined(lines: list[str]) -> str:
    return "\n\n".join(lines) + "\n"


def clean(page: Page, rng: random.Random) -> str:
    """As it was printed."""
    return page.text


def narrow_marks(page: Page, rng: random.Random) -> str:
    """Full-width marks folded to ASCII (class 7: nearly all saved texts)."""
    return page.text.translate(str.maketrans("，？！：；（）", ",?!:;()"))


def second_copy(page: Page, rng: random.Random) -> str:
    """The body once more below (class 14: pages with a print view)."""
    place = page.lines.index(page.body[-1]) + 1
    return _joined([*page.lines[:place], *page.body, *page.lines[place:]])


def column_breaks(page: Page, rng: random.Random) -> str:
    """Paragraphs cut inside a sentence (class 17: text of printed columns)."""
    lines: list[str] = []
    for line in page.lines:
        places = [i for i in range(45, len(line) - 20) if re.match("[\u4e00-\u9fff]{2}", line[i - 1 : i + 1])]
        cut = rng.choice(places) if line in page.body and places else None
        lines += [line[:cut], line[cut:]] if cut else [line]
    return _joined(lines)


def pictures(page: Page, rng: random.Random) -> str:
    """Lost pictures with their captions between paragraphs (class 13: county media)."""
    lines = list(page.lines)
    lines[lines.index(page.body[0]) + 1 : lines.index(page.body[0]) + 1] = ["image.png", "图为志愿者在登记。示例甲 摄"]
    return _joined(lines)


def noise(page: Page, rng: random.Random) -> str:
    """Strings against copying between paragraphs (class 24: forums and their mirrors)."""
    lines: list[str] = []
    for line in page.lines:
        lines.append(line)
        if line in page.body:
            marks = ["".join(rng.sample("abcdJKQXY", 1) + rng.sample("0123456789;'~@&*)(!", 1)) for _ in range(5)]
            lines.append(rng.choice(("", "# ")) + " ".join(["@8", "~", "k;", *marks]))
    return _joined(lines)


def pipes(page: Page, rng: random.Random) -> str:
    """Rows of table bars around the text (class 12: pages set in tables)."""
    return _joined(["| | |||", *page.lines, "| |"])


def jammed_marks(page: Page, rng: random.Random) -> str:
    """A blank before and a comma beside each mark (classes 24, 29: aggregators)."""
    return re.sub("(?<=[\u4e00-\u9fff])，", " ，，", page.text)


def _characters(name: str, form: Callable[[str], str]) -> Damage:
    source = {**REVERSIBLE, **SHIFTED, **LOST}[name]

    def damage(page: Page, rng: random.Random) -> str:
        return source(form(page.text), rng).text

    return damage


LINES: dict[str, Damage] = {
    "clean": clean, "narrow-marks": narrow_marks, "second-copy": second_copy, "column-breaks": column_breaks, "pictures": pictures,
    "noise": noise, "pipes": pipes, "jammed-marks": jammed_marks,
}  # fmt: skip
CHARACTERS: dict[str, Damage] = {name: _characters(name, str) for name in (*REVERSIBLE, *SHIFTED, *LOST)}
#: Classes that take letters away: bodies and titles are judged by what remains.
LOSSY = frozenset({"gbk-shift", "gbk-seam-note", "lost-bytes", "lost-digits"})


def _converted(damage: Damage) -> Damage:
    def converted(page: Page, rng: random.Random) -> str:
        lines, body = [traditional(line) for line in page.lines], [traditional(line) for line in page.body]
        return damage(replace(page, lines=lines, body=body), rng)

    return converted


DAMAGES: dict[str, Damage] = {
    **LINES, **CHARACTERS,
    **{f"converted+{name}": _converted(damage) for name, damage in LINES.items()},
    **{f"converted+{name}": _characters(name, traditional) for name in CHARACTERS},
}  # fmt: skip

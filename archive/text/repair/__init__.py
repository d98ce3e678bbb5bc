"""Repair of damaged text: what is certain is mended, what is not is suggested, what is lost is flagged.

Order: bytes (mojibake) → line ends and spaces → noise → characters set apart → GBK shift → notes → marks → remains of HTML. The
conversion of script is elsewhere (`archive.text.script`): it changes the reading, never the text.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from archive.text.layers import Change, Edit, Layer
from archive.text.repair.losses import Flag, losses
from archive.text.repair.marks import blank_changes, doubled_changes, html_changes
from archive.text.repair.mojibake import mojibake_changes
from archive.text.repair.noise import noise_changes
from archive.text.repair.pinyin import pinyin_changes
from archive.text.repair.plain import plain_changes
from archive.text.repair.shift import shift_changes
from archive.text.repair.spaced import spaced_changes

__all__ = ["Edit", "Flag", "Repaired", "repair"]

_STEPS: tuple[Callable[[str], Iterable[Change]], ...] = (
    mojibake_changes,
    plain_changes,
    noise_changes,
    spaced_changes,
    shift_changes,
    pinyin_changes,
    doubled_changes,
    blank_changes,
    html_changes,
)


@dataclass(frozen=True, slots=True)
class Repaired:
    """The mended text, all edits (applied and suggested, in code points of the text given), and the flags.

    `layer` maps places both ways and undoes; `flags` are spans of `text`.
    """

    text: str
    edits: tuple[Edit, ...]
    flags: tuple[Flag, ...]
    layer: Layer


def repair(text: str) -> Repaired:
    """Mend `text`. Undoing all edits of the result gives `text` again."""
    layer = Layer(text)
    for step in _STEPS:
        layer = layer.changed(step(layer.text))
    edits = tuple(sorted(layer.edits + layer.suggestions, key=lambda edit: (edit.start, edit.end)))
    flags = tuple(sorted(losses(layer.text), key=lambda flag: (flag.start, flag.end)))
    return Repaired(layer.text, edits, flags, layer)

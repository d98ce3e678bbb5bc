"""Where what is to be covered stands in other passages: whole, cut off by the passage's edge, or as a part of it.

Passages that were cut out of a text (evidence, lines of history, values of limited length) begin and end where they
will, so that a number may stand in one without its last digits. Pure functions; nothing here decides what is covered.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .fold import fold

#: Stands for one covered character.
COVER = "█"
#: A piece at a passage's edge counts from this length on by itself; a shorter one with the CONTEXT it stands in.
LEAST = 3
CONTEXT = 4
#: Of a number, a piece of this length tells it wherever it stands (six digits are the code of a county).
TELLING = 7
#: What may stand between the characters of a number, and behind a passage that was shortened.
_BETWEEN = frozenset(" \t\r\n\u3000\xa0-‐‑–—")
_SHORTENED = "…."


@dataclass(frozen=True, slots=True)
class Secret:
    """What is to be covered, and the characters directly before and behind it ("" where they are not known)."""

    text: str
    before: str = ""
    behind: str = ""


def traces(passage: str, secret: Secret, *, pieces: bool = True) -> list[tuple[int, int]]:
    """Stretches [start, end) of `passage` that tell the secret or a piece of it, in order; they do not overlap.

    Width, case, script and blanks between the characters make no difference. Without `pieces` only the whole secret
    counts: for what is no passage (a code, a date), of which a number is not cut out but alike by chance.
    """
    told, places = _bare(passage)
    wanted, _places = _bare(secret.text)
    if not told or not wanted:
        return []
    found = []
    at = told.find(wanted)
    while at >= 0:
        found.append((at, at + len(wanted)))
        at = told.find(wanted, at + len(wanted))
    if not pieces:
        return [(places[start], places[end - 1] + 1) for start, end in found]
    first = next((n for n, char in enumerate(told) if char not in _SHORTENED), len(told))
    last = next((n for n in range(len(told), 0, -1) if told[n - 1] not in _SHORTENED), 0)
    if last - first >= LEAST and told[first:last] in wanted:
        return [(places[first], places[last - 1] + 1)]
    if wanted.isascii():
        for window in {wanted[at : at + TELLING] for at in range(len(wanted) - TELLING + 1)}:
            at = told.find(window)
            while at >= 0:
                found.append((at, at + TELLING))
                at = told.find(window, at + 1)
    before, behind = _bare(secret.before)[0][-CONTEXT:], _bare(secret.behind)[0][:CONTEXT]
    for length in range(min(len(wanted) - 1, last - first), 0, -1):
        piece = _with(wanted[:length], before=before)
        if told.endswith(piece, 0, last) and not _in_a_number(passage, places[last - length], -1, before[-1:]):
            found.append((last - length, last))
            break
    for length in range(min(len(wanted) - 1, last - first), 0, -1):
        piece = _with(wanted[-length:], behind=behind)
        if told.startswith(piece, first) and not _in_a_number(passage, places[first + length - 1], 1, behind[:1]):
            found.append((first, first + length))
            break
    return [(places[start], places[end - 1] + 1) for start, end in _apart(found)]


def stretches(text: str, secrets: Iterable[Secret], *, pieces: bool = True) -> list[tuple[int, int, Secret]]:
    """(start, end, secret) of all traces in order; of what two secrets would share the longer has it."""
    taken: list[tuple[int, int, Secret]] = []
    for secret in sorted(secrets, key=lambda one: -len(one.text)):
        for start, end in traces(text, secret, pieces=pieces):
            for first, last, _by in taken:
                if first <= start < last:
                    start = last
                if first < end <= last:
                    end = first
            if start < end and not any(start < last and first < end for first, last, _by in taken):
                taken.append((start, end, secret))
    return sorted(taken, key=lambda one: one[0])


def covered(text: str, secrets: Iterable[Secret], *, pieces: bool = True) -> str:
    """The text with every character of every trace replaced; same length."""
    for start, end, _secret in stretches(text, secrets, pieces=pieces):
        text = text[:start] + COVER * (end - start) + text[end:]
    return text


def is_piece(piece: str, whole: str) -> bool:
    """Whether one is the other or a piece of it, however it is written."""
    return _bare(piece)[0] in _bare(whole)[0]


def _with(piece: str, *, before: str = "", behind: str = "") -> str:
    """A piece that is too short to tell anything by itself is looked for together with what stands around it."""
    if len(piece) >= LEAST:
        return piece
    return before + piece + behind if len(before + behind) >= LEAST else "\0"


def _in_a_number(passage: str, place: int, step: int, known: str) -> bool:
    """Whether the digit at `place` has another directly beside it (2020-04-20, of a number that begins with 420).

    A number is covered from its first digit to its last; `known` is what stands beside it in its own text.
    """
    beside = place + step
    if known.isdigit() or not 0 <= beside < len(passage):
        return False
    return passage[place].isdigit() and passage[beside].isdigit()


def _bare(text: str) -> tuple[str, list[int]]:
    """The folded characters without what may stand between them, and the place of each."""
    folded = fold(text)
    places = [place for place, char in enumerate(folded) if char not in _BETWEEN]
    return "".join(folded[place] for place in places), places


def _apart(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    made: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if made and start < made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made

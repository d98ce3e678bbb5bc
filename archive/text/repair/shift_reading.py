"""Reading a run of characters one byte later: every way it can have been written, slot by slot.

A converter that works on bytes has put a mark or a note between the two bytes of a character, so that
the decoder reads on one byte out of step until an ASCII byte brings it back. All bytes but those that
became `?` are still there. Rules of the decoder, as the damaged pages show them:

- a lead byte before an ASCII byte below 40 hex becomes `?` and swallows that byte (a digit, a bracket);
- before an ASCII byte from 40 hex on the two make a character, and the decoder is in step again;
- a trail byte that is itself ASCII (traditional characters have them) stands alone, in step again;
- an undefined pair becomes `?` and costs one byte;
- full-width marks and digits were folded to ASCII afterwards.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.text.repair.gbk import TONED, character, full_width, pair, readings, with_lead

NOTE = re.compile(rf"\?([a-zü{TONED}]{{1,6}})\)")
#: A run longer than this has met no ASCII byte: it is no shift.
LONGEST_RUN = 120


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a run: `slots` hold the characters possible at each place, `end` is where it is in step again.

    `lost` counts the slots that are known by one byte only; `swallowed` tells that an ASCII byte is gone
    behind the last slot.
    """

    slots: tuple[tuple[str, ...], ...]
    end: int
    lost: int = 0
    swallowed: bool = False


def _after_question(text: str, place: int, lead: int, slots: tuple[tuple[str, ...], ...]) -> Iterator[Reading]:
    """Read a `?` met out of step: a note's bracket swallowed, or the last byte lost."""
    note = NOTE.match(text, place)
    if note:
        named = tuple(char for char in with_lead(lead) if note[1] in readings(char))
        if named:
            yield Reading((*slots, named), note.end(), int(len(named) > 1))
        return
    possible = with_lead(lead)
    if not possible:
        return
    following = text[place + 1 : place + 2]
    number = following in (",", ".", ":") and text[place + 2 : place + 3].isdigit()
    if following and following in ",.:;!?)(" and not number:
        # the mark was full-width and is still there: its first byte made an undefined pair with the last of this run
        undefined = tuple(char for char in possible if character((pair(char) or (0, 0))[1], 0xA3) is None)
        yield Reading((*slots, undefined or possible), place + 1, 1)
    yield Reading((*slots, possible), place + 1, 1, swallowed=True)


def read_shifted(text: str, place: int, lead: int, slots: tuple[tuple[str, ...], ...] = ()) -> Iterator[Reading]:
    """Yield the ways to read `text` from `place` on, `lead` being the first byte of a character begun before."""
    stop = min(len(text), place + LONGEST_RUN)
    while place < stop:
        char = text[place]
        if char == "?":
            yield from _after_question(text, place, lead, slots)
            if text[place + 1 : place + 2].isascii():
                return
        if char == "€":
            whole = character(lead, 0x80)
            if whole:
                yield Reading((*slots, (whole,)), place + 1)
            return
        if char.isascii():
            if 0x40 <= ord(char) < 0x7F:
                whole = character(lead, ord(char))
                if whole:
                    yield Reading((*slots, (whole,)), place + 1)
                return
            if char <= " ":
                possible = with_lead(lead)
                if possible:
                    yield Reading((*slots, possible), place, 1)
                if char != " ":
                    return
                # an ideographic blank, which was made narrow before
                first, second = 0xA1, 0xA1
            else:
                first, second = full_width(char)
        else:
            found = pair(char)
            if found is None:
                return
            first, second = found
        whole = character(lead, first)
        if whole is None:
            return
        slots = (*slots, (whole,))
        place += 1
        if second < 0x80:
            yield Reading((*slots, (chr(second),)), place)
            return
        lead = second
    if place == len(text) and with_lead(lead):
        yield Reading((*slots, with_lead(lead)), place, 1)

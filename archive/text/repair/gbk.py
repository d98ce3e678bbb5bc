"""The algebra of GBK bytes: characters as pairs, and which characters a reading belongs to."""

import functools

from archive.text.encodings import common_simplified
from archive.text.script import to_simplified
from archive.text.sounds import readings_by_code

#: ASCII marks that were full-width when the shift happened (text-damage 7): their GBK bytes are A3 and the mark + 80.
FULL_WIDTH_ROW = 0xA3
TONED = "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹḿ"


@functools.cache
def pair(char: str) -> tuple[int, int] | None:
    """Return the two GBK bytes of a character (user-defined areas included), None for any other."""
    try:
        data = char.encode("gb18030")
    except UnicodeEncodeError:
        return None
    return (data[0], data[1]) if len(data) == 2 else None


@functools.cache
def character(lead: int, trail: int) -> str | None:
    """Return the character of two GBK bytes; None for undefined pairs and user-defined areas."""
    try:
        char = bytes((lead, trail)).decode("gb18030")
    except UnicodeDecodeError:
        return None
    return char if len(char) == 1 and not 0xE000 <= ord(char) <= 0xF8FF else None


def full_width(mark: str) -> tuple[int, int]:
    """Return the GBK bytes of the full-width form of an ASCII mark, digit or letter."""
    return FULL_WIDTH_ROW, ord(mark) + 0x80


@functools.cache
def readings(char: str) -> frozenset[str]:
    """Return the readings of a character, with tone marks."""
    return frozenset(readings_by_code().get(ord(char), "").split(","))


@functools.cache
def is_ordinary(char: str) -> bool:
    """Tell whether a character, or what it is in simplified script, is of level 1 of GB 2312, or a mark of row 1."""
    bytes_ = pair(char)
    return to_simplified(char) in common_simplified() or (bytes_ is not None and bytes_[0] in (0xA1, 0xA3))


@functools.cache
def with_lead(lead: int) -> tuple[str, ...]:
    """Return the ordinary characters that begin with a byte."""
    found = (character(lead, trail) for trail in range(0x40, 0xFF) if trail != 0x7F)
    return tuple(char for char in found if char is not None and is_ordinary(char))


@functools.cache
def with_trail(trail: int) -> tuple[str, ...]:
    """Return the ordinary characters that end with a byte."""
    found = (character(lead, trail) for lead in range(0x81, 0xFF))
    return tuple(char for char in found if char is not None and is_ordinary(char))

"""What a name in a text is to the gazetteer: its kinds, the units it may stand for, where it stands."""

from enum import IntEnum
from typing import NamedTuple

from .units import Unit


class Kind(IntEnum):
    """How strong a name is, the strongest first."""

    FULL = 0  # the official name
    ALIAS = 1  # another full form: 恩施州, 待王办事处, a name of another edition
    SHORT = 2  # 大英, 遂宁
    ZONE = 3  # 雄安新区: speaks for the unit it lies in, not for the whole of it


class Candidate(NamedTuple):
    """One unit that a name may stand for."""

    unit: Unit
    kind: Kind


class Surface(NamedTuple):
    """A name as it is written, and what it may stand for. `ordinary`: also a word of the language."""

    text: str
    candidates: tuple[Candidate, ...]
    ordinary: bool

    @property
    def firm(self) -> bool:
        """Whether the name wins over a county's short name that overlaps it."""
        return any(c.kind is not Kind.SHORT or c.unit.level in ("province", "prefecture") for c in self.candidates)

    @property
    def official(self) -> bool:
        """Whether it is the official name of some unit."""
        return any(c.kind is Kind.FULL for c in self.candidates)


#: (start, end, surface) in folded text.
Hit = tuple[int, int, Surface]

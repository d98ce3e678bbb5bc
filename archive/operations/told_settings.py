"""The settings in force, as the page of operations may show them: no secret among them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.settings.table import TABLE, value

#: Settings whose value is a secret as a whole.
_SECRET = re.compile(r"PASSWORD|SECRET|TOKEN|KEY")
#: User and password within an address.
_USERINFO = re.compile(r"(?<=://)[^/@\s]*@")


@dataclass(frozen=True, slots=True)
class Told:
    name: str
    shown: str
    sentence: str
    secret: bool
    changed: bool


def told_settings() -> list[Told]:
    """Every setting of the table; of a secret only whether it is set, of an address no user and no password."""
    told = []
    for row in TABLE:
        held = value(row.name)
        secret = bool(_SECRET.search(row.name))
        shown = "" if secret else _USERINFO.sub("…@", held)
        told.append(Told(row.name, shown, row.sentence, secret and bool(held), held != row.default))
    return told

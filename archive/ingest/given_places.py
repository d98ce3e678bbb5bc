"""A place that a column names: a code, or names from the province down."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from archive.ingest.records import PlaceFound
from archive.places.gazetteer import Candidate, gazetteer
from archive.text.fold import fold


class UnknownPlace(ValueError):
    """No division, or more than one, bears the name; str() is the sentence with the mend."""


def place_named(text: str) -> PlaceFound:
    """The division that `text` names (510923, 四川省遂宁市大英县, 大英县). Raises UnknownPlace."""
    names = gazetteer()
    code = text.strip()
    if re.fullmatch(r"\d{6}|\d{9}", code):
        unit = names.unit(code)
        if unit is None:
            raise UnknownPlace(_("没有这个区划代码：%(code)s。") % {"code": code})
        return _found([Candidate(unit, 0)], text)  # type: ignore[arg-type]
    hits = names.scan(fold(text))
    read = sum(end - start for start, end, _surface in hits)
    if not hits or read * 2 < len(re.sub(r"\W", "", text)):
        raise UnknownPlace(_("无法识别的地点“%(text)s”；请写省市县全名或六位区划代码。") % {"text": text[:40]})
    candidates = list(hits[0][2].candidates)
    for _start, _end, surface in hits[1:]:
        below = [c for c in surface.candidates if any(upper.unit in c.unit.line for upper in candidates)]
        if not below:
            raise UnknownPlace(_("地点“%(text)s”里的几级名称对不上。") % {"text": text[:40]})
        candidates = below
    strongest = min(candidate.kind for candidate in candidates)
    return _found([candidate for candidate in candidates if candidate.kind == strongest], text)


def _found(candidates: list[Candidate], text: str) -> PlaceFound:
    units = {candidate.unit for candidate in candidates}
    # A name that a prefecture and its county share (吉林) means the higher one.
    units = {unit for unit in units if not any(other is not unit and other in unit.line for other in units)}
    if len(units) > 1:
        choices = "、".join("".join(u.name for u in unit.line) for unit in sorted(units, key=lambda u: u.code)[:3])
        raise UnknownPlace(
            _("地点“%(text)s”有几处同名（%(choices)s…）；请写上省市。") % {"text": text[:40], "choices": choices}
        )
    unit = units.pop()
    line = [step for step in unit.line if step.level != "zone"]
    county = next(step for step in reversed(line) if step.level != "township")
    return PlaceFound(county.code, tuple(step.name for step in line), line[-1].level)  # type: ignore[arg-type]

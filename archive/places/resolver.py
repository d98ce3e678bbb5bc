"""Which place a text is about, from its headline and body only.

`resolve` reads names in their surroundings (mentions), decides between units of one name by the
parents that the text names (candidates), and goes down the tree of divisions as far as the text
supports (decision). The places of the page and of the outlet are hints: they help where the text
itself says 我市 or 全县 without naming it, and the finding is then marked as inferred.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import exp
from typing import Literal

from archive.text.fold import fold

from .abbreviations import home_characters, units_of
from .by_village import VillageFinding, place_by_village
from .candidates import Anchors, settle
from .decision import decide
from .fallback import inferred_place, place_of_the_issuer
from .gazetteer import Gazetteer, gazetteer
from .issuers import place_of_issuer
from .local_words import local_words
from .mentions import Mention, find_mentions
from .results import Place, PlaceEvidence, PlaceResult
from .several import other_units
from .tally import Tally
from .units import Unit

#: Confidence of a county that only a village names.
_BY_VILLAGE = 0.6
#: Confidence of a name of many meanings between which the page's or outlet's place decided.
_BY_HINT = 0.6
#: Confidence of the place of the office that gives a notice, where the text speaks of its own place.
_BY_ISSUER = 0.85
#: Strength of a name that was read by the one right before it is above this.
_BOUND = 1.15
#: Weight at which a finding is nearly as sure as its share of all names says.
_PLENTY = 1.2
#: From this weight of its own on, a province or prefecture is what the text is about.
_WHOLE = 9.0


def resolve(
    title: str | None,
    text: str,
    *,
    dateline: str | None = None,
    outlet_region: str | None = None,
    page_region: str | None = None,
    issuer: str | None = None,
    when: date | None = None,
) -> PlaceResult:
    """Return the place that the text is about, further places, and the names that decided.

    `title` and `text` in simplified characters, body only: never header or footer. `dateline` is
    the place part of a dateline where it was cut from the text. `outlet_region` and `page_region`
    are division codes (hints, see above). `issuer` is the name of the office that gives the notice. `when` is the day of publication: names of merged and
    renamed units are read as of that year. Never raises; an unknown hint code is no hint.
    """
    table = gazetteer()
    joined = "\n".join(filter(None, (title, dateline, text)))
    folded = fold(joined)
    title_end = len(title) if title else 0
    body_start = len(joined) - len(text)
    mentions = find_mentions(table, folded, title_end, body_start if dateline else 0)
    office = place_of_issuer(table, issuer) if issuer else None
    told = (office, _hint(table, page_region), _hint(table, outlet_region))
    hints = tuple(u for u in told if u is not None)
    characters = home_characters(folded)
    signs = units_of(characters, mentions)
    spoken = local_words(folded)
    settle(mentions, Anchors(mentions, (*hints, *signs.values(), *spoken.values()), when))
    tally = Tally(mentions, (*signs.values(), *spoken.values()), folded)
    decided = decide(tally, folded, folded[:title_end])
    signed = place_of_the_issuer(folded, decided, tally, office)
    if signed is not None:
        proof = PlaceEvidence(signed.code[:6], "office-that-signs", "body", None, None, issuer or "", _BY_ISSUER)
        return PlaceResult(_place(signed), (), (proof,), _BY_ISSUER)
    inferred = inferred_place(folded, decided, tally, hints)
    if inferred is not None:
        unit, rule, phrase = inferred
        proof = PlaceEvidence(unit.code[:6], rule, "body", None, None, phrase, 0.5, "inferred")
        return PlaceResult(_place(unit), (), (proof,), 0.5)
    village = None
    if not tally.surveyed and (decided is None or decided[0].level in ("province", "prefecture")):
        village = _village(folded, decided, tally, mentions)
    if village is not None:
        proof = _village_evidence(village, title_end, body_start, joined)
        return PlaceResult(_place(village.unit), (), (proof,), _BY_VILLAGE)
    if decided is None:
        return PlaceResult(None)
    unit, confidence = decided
    others = tuple(_place(u, "other") for u in other_units(tally, unit))
    confidence *= 1 - 0.6 * exp(-tally.below[unit] / _PLENTY)
    speaking = _speaking(mentions, unit)
    by_hint = bool(hints) and not any(_tells_by_itself(m) for m in speaking)
    if by_hint:
        confidence = min(confidence, _BY_HINT)
    evidence = [_evidence(m, unit, confidence, title_end, body_start, joined) for m in speaking]
    if by_hint:
        evidence = [replace(proof, basis="inferred") for proof in evidence]
    told_by = [(characters[char], 1, meant, "one-character-name") for char, meant in signs.items()]
    told_by += [(start, end - start, meant, "local-word") for (start, end), meant in spoken.items()]
    for start, length, meant, rule in told_by:
        if meant in unit.line:
            part, offset = _part(start, title_end, body_start)
            span, words = (start - offset, start - offset + length), joined[start : start + length]
            evidence.append(PlaceEvidence(meant.code, rule, part, *span, words, round(confidence, 2)))
    return PlaceResult(_place(unit), others, tuple(evidence), round(confidence, 2))


def _village(
    folded: str, decided: tuple[Unit, float] | None, tally: Tally, mentions: list[Mention]
) -> VillageFinding | None:
    """What the villages add, unless the text speaks of the whole province or prefecture at length."""
    unit = decided[0] if decided else None
    if unit is not None and (tally.own[unit] > _WHOLE or any(u.level == "county" for u in _below(tally, unit))):
        return None
    return place_by_village(folded, unit, mentions)


def _below(tally: Tally, unit: Unit) -> list[Unit]:
    return [u for u, weight in tally.below.items() if weight > 1 and unit in u.line[:-1]]


def _village_evidence(found: VillageFinding, title_end: int, body_start: int, joined: str) -> PlaceEvidence:
    part, offset = _part(found.start, title_end, body_start)
    words = joined[max(found.start, 0) : found.end]
    return PlaceEvidence(
        found.unit.code[:6], "village", part, max(found.start - offset, 0), found.end - offset, words, _BY_VILLAGE
    )


def _hint(table: Gazetteer, code: str | None) -> Unit | None:
    return table.unit(code) if code else None


def _place(unit: Unit, role: str = "primary") -> Place:
    code = unit.line[-2].code if unit.level == "township" and unit.parent is not None else unit.code
    level = "county" if unit.level == "zone" else unit.level
    return Place(code[:6], tuple(u.name for u in unit.line), level, role)  # type: ignore[arg-type]


def _speaking(mentions: list[Mention], unit: Unit) -> list[Mention]:
    """The names that speak for `unit` (its own, its parts', those above it), the weightiest eight."""
    line = set(unit.line)
    spoke = [m for m in mentions if any(u in line or unit in u.line for u in m.units)]
    return sorted(spoke, key=lambda m: -m.weight * m.strength)[:8]


def _evidence(m: Mention, unit: Unit, confidence: float, title_end: int, body_start: int, joined: str) -> PlaceEvidence:
    part, offset = _part(m.start, title_end, body_start)
    words = joined[m.start : m.end]
    code = m.units[0].code[:6]
    return PlaceEvidence(code, m.rule, part, m.start - offset, m.end - offset, words, round(confidence, 2))


def _tells_by_itself(mention: Mention) -> bool:
    """Whether the name needed no hint: one meaning only, or read by the name right before it."""
    return len(mention.surface.candidates) == 1 or mention.strength > _BOUND


def _part(start: int, title_end: int, body_start: int) -> tuple[Literal["title", "body", "dateline"], int]:
    """Which part of the joined text holds `start`, and where that part begins."""
    if start < title_end:
        return "title", 0
    if start >= body_start:
        return "body", body_start
    return "dateline", title_end + bool(title_end)

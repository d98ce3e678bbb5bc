"""The names of the catalogue for the query language: divisions from the gazetteer, outlets from the database."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Sequence

from django.db.models import Q

from archive.catalog.models import Article, Outlet
from archive.places.gazetteer import Kind, gazetteer
from archive.places.names import in_reader_script, reader_language
from archive.places.units import DEPTH, Unit, divisions

from .language.vocabulary import Choice

#: Longest name of a place that is taken apart (省市县 one after another).
_LONGEST_NAME = 40
#: Outlets that a part of a name may stand for.
_MOST_OUTLETS = 50
#: Articles filed under a township that does not stand in their text, the newest ones.
_MOST_FILED = 200
#: Kinds of divisions that English names end with.
_KINDS = frozenset({"County", "District", "City", "Prefecture", "Banner", "League"})


class CatalogVocabulary:
    """See `language.Vocabulary`."""

    def places(self, name: str) -> Sequence[Choice]:
        """One choice when a province, or one unit that holds all others, has the name; else each unit.

        A name may be a code, several names from the larger to the smaller (四川遂宁, 遂宁市船山区), or the
        English name with or without its kind (Suining, Daying County). Townships are meant only when nothing larger has the name.
        """
        plain = unicodedata.normalize("NFKC", "".join(name.split()))
        if plain.isdecimal():
            unit = gazetteer().unit(plain.ljust(6, "0")) if len(plain) in (2, 4, 6, 9) else None
            return _choices([unit.reported]) if unit else []
        found = _called(plain[:_LONGEST_NAME]) or [(unit, Kind.FULL) for unit in _in_english().get(_plain(name), ())]
        return _choices(_clearest(found))

    def outlets(self, name: str) -> Sequence[str]:
        plain = unicodedata.normalize("NFKC", name)
        exact = Outlet.objects.filter(Q(name__iexact=plain) | Q(aliases__name__iexact=plain))
        part = Outlet.objects.filter(Q(name__icontains=plain) | Q(aliases__name__icontains=plain))
        for found in (exact, part):
            slugs = list(found.order_by("name").values_list("slug", flat=True).distinct()[:_MOST_OUTLETS])
            if slugs:
                return slugs
        return []

    def place_name(self, code: str) -> str:
        unit = gazetteer().unit(code)
        return shown_name(unit) if unit else code

    def outlet_name(self, slug: str) -> str:
        return Outlet.objects.filter(slug=slug).values_list("name", flat=True).first() or slug


def _called(name: str) -> list[tuple[Unit, Kind]]:
    """Units with that name; else those of a shorter name at its end that lie in the unit of its beginning."""
    direct = [(candidate.unit, candidate.kind) for candidate in gazetteer().lookup(name)]
    if direct:
        return direct
    for cut in range(1, len(name) - 1):
        inner = gazetteer().lookup(name[cut:])
        around = {unit for unit, _ in _called(name[:cut])} if inner else set()
        within = [(one.unit, one.kind) for one in inner if around.intersection(one.unit.line[:-1])]
        if within:
            return within
    return []


def _clearest(found: list[tuple[Unit, Kind]]) -> list[Unit]:
    """The units that a reader most likely means: larger than townships, by the strongest kind of name."""
    county_up = [(unit, kind) for unit, kind in found if DEPTH[unit.level] < DEPTH["township"]] or found
    strongest = min((kind for _, kind in county_up), default=Kind.FULL)
    provinces = [unit for unit, _ in county_up if unit.level == "province"]
    units = list(dict.fromkeys(provinces or [unit for unit, kind in county_up if kind == strongest]))
    holding_all = [unit for unit in units if all(unit in other.line for other in units)]
    chosen = holding_all[:1] or units
    return sorted(chosen, key=lambda unit: (unit.code, unit.name))


def _choices(units: Sequence[Unit]) -> list[Choice]:
    """One choice for each unit; a township by its county, its name and what is filed under it."""
    townships = {unit: _county(unit) for unit in units if unit.level == "township" and unit.coded}
    filed: dict[tuple[str, str], list[str]] = {}
    for name in {unit.name for unit in townships}:
        counties = [county for unit, county in townships.items() if unit.name == name]
        for county, key in _filed(counties, name):
            filed.setdefault((county, name), []).append(key)
    return [
        Choice(
            (townships[unit],), shown_name(unit), _full_name(unit), township=unit.name,
            filed=tuple(filed.get((townships[unit], unit.name), ())[:_MOST_FILED]),
        )
        if unit in townships
        else Choice((unit.code,), shown_name(unit), _full_name(unit))
        for unit in units
    ]  # fmt: skip


def _county(unit: Unit) -> str:
    return unit.parent.code if unit.parent else unit.code[:6]


def _filed(counties: Sequence[str], township: str) -> Sequence[tuple[str, str]]:
    """(county, public id) of articles that are filed under a township (by an editor, or a column of a table) and do not print its name.

    One query for all counties that have a township of the name (there are 97 of 城关镇).
    """
    found = Article.objects.published().filter(
        current_version__places__region__code__in=counties, current_version__places__township=township
    )
    unnamed = found.exclude(current_version__body_simplified__contains=township)
    unnamed = unnamed.exclude(current_version__title__contains=township).order_by("-pk").distinct()
    return list(unnamed.values_list("current_version__places__region__code", "public_id"))


@functools.cache
def _in_english() -> dict[str, tuple[Unit, ...]]:
    """Divisions down to counties by their English names; without the word for the kind where that is no other's name."""
    full: dict[str, tuple[Unit, ...]] = {}
    bare: dict[str, tuple[Unit, ...]] = {}
    for unit in divisions().counties_up():
        if unit.english and unit.reported is unit:
            full[_plain(unit.english)] = (*full.get(_plain(unit.english), ()), unit)
            name, _, kind = unit.english.rpartition(" ")
            if name and kind in _KINDS:
                bare[_plain(name)] = (*bare.get(_plain(name), ()), unit)
    return bare | full


def _plain(name: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", name).casefold() if char.isalnum())


def shown_name(unit: Unit) -> str:
    """The name with all that it lies in, in the reader's language: 四川省遂宁市 · 四川省遂寧市 · Suining, Sichuan."""
    names = [one.english for one in reversed(unit.line) if one.level != "zone"]
    if reader_language() == "en" and all(names):
        return ", ".join(names)
    return "".join(in_reader_script(one.name) for one in unit.line if one.level != "zone")


def _full_name(unit: Unit) -> str:
    return "".join(one.name for one in unit.line if one.level != "zone")

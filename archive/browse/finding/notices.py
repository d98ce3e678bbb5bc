"""What of an address could not be used: told on pages; a file, which cannot tell, is refused instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from django.utils.translation import gettext as _

from archive.places.models import Region
from archive.search.language import QueryError
from archive.search.records import FacetName

from .state import SearchState


class Understood(Protocol):
    """A search as the engine's room understood it."""

    @property
    def error(self) -> QueryError | None: ...
    @property
    def notices(self) -> tuple[str, ...]: ...
    @property
    def include(self) -> Mapping[FacetName, tuple[str, ...]]: ...
    @property
    def exclude(self) -> Mapping[FacetName, tuple[str, ...]]: ...


def unused(state: SearchState, *, refused: bool = False) -> list[str]:
    """A sentence for each condition of the address that means nothing, and for a page that is none.
    `refused`: of an address that is not answered, so that nothing is said to have been left aside."""
    told = no_dates(state, refused=refused) + exchanged(state)
    if state.too_many:
        told.append(_("筛选值太多，有 %(n)d 个没有用上。") % {"n": state.too_many})
    if state.bad_copies:
        told.append(_("没有叫“%(typed)s”的列法：转载只有 all、one、originals 三种。") % {"typed": state.bad_copies})
    if state.unread:
        told.append(_("地址里有几个检索式（q），只认最后一个。"))
    if state.bad_page:
        told.append(_("没有第“%(typed)s”页，已显示第 1 页。") % {"typed": state.bad_page})
    return told


def no_dates(state: SearchState, *, refused: bool = False) -> list[str]:
    """A sentence for each date that is none."""
    sentence = (
        _("“%(typed)s”不是日期。请写作 2020-02 或 2020-02-24。")
        if refused
        else _("“%(typed)s”不是日期，已忽略。请写作 2020-02 或 2020-02-24。")
    )
    return [sentence % {"typed": one} for one in state.bad_dates]


def exchanged(state: SearchState) -> list[str]:
    """That first and last day were exchanged, where they were."""
    return [_("起止日期的先后已对调。")] if state.swapped else []


def refusal(state: SearchState, found: Understood) -> str:
    """Why a file of this search is not given: it would hold other articles than were asked for. "" where it is."""
    if found.error is not None:
        return found.error.sentence
    told = unused(state.but(bad_page="", swapped=False), refused=True)
    if dict(found.include) != dict(state.include) or dict(found.exclude) != dict(state.exclude):
        missing = [
            value
            for asked, used in ((state.include, found.include), (state.exclude, found.exclude))
            for name, values in asked.items()
            for value in values
            if value not in used.get(name, ())
        ]
        told += [_("筛选值“%(value)s”不存在。") % {"value": one[:40]} for one in missing[:5]] or found.notices
    return "\n".join(told)


def chosen_province(typed: str, known: Mapping[str, Region]) -> tuple[str, list[str]]:
    """The code of a province that an address names, "" for none or no province; and the sentence for the latter."""
    if not typed or typed in known:
        return typed, []
    return "", [_("没有代码为“%(typed)s”的省份，已忽略。") % {"typed": typed.replace("\0", "")[:12]}]

"""What a program asks: the parameters of a search, read strictly. What a page would ignore is refused here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import Field, Schema

from archive.catalog.models import Article
from archive.search import facet_values
from archive.search.language import QueryError
from archive.search.records import FACETS, FacetName
from archive.search.service import SearchPage

from ..finding.state import LONGEST_VALUE, MOST_VALUES, SearchState, bound, in_order
from ..views.search import run
from .problems import Problem, bad_parameter


class Filters(Schema):
    """The words and filters of the search page, under the same names."""

    q: str = Field("", description="检索式，与检索页同一语法 · query, in the language of the search page")
    place: list[str] = Field([], description="区划代码，并列为“或” · division codes (GB/T 2260), alternatives")
    not_place: list[str] = Field([], description="排除的区划代码 · division codes to leave out")
    date: list[str] = Field(
        [], description="2020、2020-02、2020-02-24；只知到月的 2020-02~ · dates; 2020-02~ is known to the month only"
    )
    not_date: list[str] = Field([], description="排除的日期 · dates to leave out")
    outlet: list[str] = Field([], description="来源的短名 · slugs of outlets")
    not_outlet: list[str] = Field([], description="排除的来源 · outlets to leave out")
    outlet_place: list[str] = Field([], description="来源所在地的区划代码 · division codes of where outlets are")
    not_outlet_place: list[str] = Field([], description="排除的来源所在地 · the same, to leave out")
    topic: list[str] = Field([], description="主题 · topics")
    not_topic: list[str] = Field([], description="排除的主题 · topics to leave out")
    script: list[str] = Field([], description="Hans、Hant、Hant-converted · script as printed")
    not_script: list[str] = Field([], description="排除的字形 · scripts to leave out")
    from_: str = Field("", alias="from", description="最早一天，可只写年或年月 · earliest day, month or year")
    to: str = Field("", description="最晚一天，可只写年或年月 · latest day, month or year")
    synonyms: bool = Field(True, description="同义词一并检索 · whether synonyms are searched too")
    copies: Literal["all", "one", "originals"] = Field(
        "all", description="转载：全列、每组一条、只要首发 · reprints: all, one a story, or originals only"
    )
    sample: bool = Field(False, description="计入虚构的示例 · whether the invented sample counts")

    def state(self, **more: Any) -> SearchState:
        """The search that is asked. Raises Problem for a value that means nothing."""
        for name, typed in (("from", self.from_), ("to", self.to)):
            if typed and bound(typed, last=name == "to") is None:
                raise bad_parameter(
                    name, _("“%(typed)s”不是日期。请写作 2020-02 或 2020-02-24。") % {"typed": typed[:20]}
                )
        include = {name: self._values("", name) for name in FACETS if getattr(self, name)}
        exclude = {name: self._values("not_", name) for name in FACETS if getattr(self, f"not_{name}")}
        if sum(len(values) for values in (*include.values(), *exclude.values())) > MOST_VALUES:
            raise bad_parameter("", _("筛选值太多：一次最多 %(most)d 个。") % {"most": MOST_VALUES})
        earliest, latest, swapped = in_order(self.from_, self.to)
        return SearchState(
            q=self.q.strip(),
            include=include,
            exclude=exclude,
            earliest=earliest,
            latest=latest,
            swapped=swapped,
            synonyms=self.synonyms,
            copies=self.copies,
            **more,
        )

    def _values(self, prefix: str, name: FacetName) -> tuple[str, ...]:
        asked: list[str] = getattr(self, prefix + name)
        if len(asked) > MOST_VALUES:
            raise bad_parameter(prefix + name, _("筛选值太多：一次最多 %(most)d 个。") % {"most": MOST_VALUES})
        good, bad = facet_values.known(name, asked)
        bad = (*bad, *(value for value in good if len(value) > LONGEST_VALUE))
        if bad:
            raise bad_parameter(prefix + name, _("筛选值“%(value)s”不存在。") % {"value": bad[0][:40]})
        return good


class Paged(Filters):
    """A question of whose answer one page is asked."""

    per_page: int = Field(20, ge=1, le=100, description="一次给出几条 · how many at a time")
    cursor: str = Field("", description="续读记号，取自上一次回答的 next · where to read on, from `next`")


class Ordered(Paged):
    """A search in an order."""

    sort: Literal["relevance", "newest", "oldest"] | None = Field(
        None, description="次序；有检索式时为 relevance，否则 newest · order; relevance where there is a query"
    )


def asked(question: Filters, state: SearchState, facets: Sequence[FacetName] = (), **more: Any) -> SearchPage:
    """The answer of the search. Raises Problem for a query that cannot be read."""
    found = run(state, with_sample=question.sample, facets=tuple(facets), **{"snippets": 0, **more})
    refuse(found.error)
    return found


def refuse(error: QueryError | None) -> None:
    """Raise the Problem of a query that cannot be read."""
    if error is None:
        return
    members = {"parameter": "q", **({"repaired": error.repaired} if error.repaired else {})}
    raise Problem("unreadable-query", 400, error.sentence, **members)


def told(sample: bool, notices: Sequence[str]) -> list[str]:
    """What the person should know of the answer; one query where the sample is left out."""
    if sample or not Article.objects.published().filter(is_sample=True).exists():
        return list(notices)
    return [*notices, _("虚构的示例没有计入；要看请加 sample=true。")]

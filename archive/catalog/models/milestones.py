"""What happened, on which day, by which source; and the words by which a text tells that it was written after it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from archive.places.gazetteer import gazetteer
from archive.text.literals import runs_away

from ..edtf import date_fields
from ..errors import FieldError
from ..usages import Usage, usage
from .shipped import Shipped


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def shown(self) -> MilestoneQuerySet:
        """Those of the timeline, in their order."""
        return self.filter(active=True)

    def of(self, province: str) -> MilestoneQuerySet:
        """Those of the whole country, and of a province or its parts; "" all."""
        return self.filter(Q(place="") | Q(place__startswith=province[:2])) if province else self


class Milestone(Shipped):
    """An event. `date` in EDTF ("2020-01-23", "2020-01", "2020-01-23/2020-01-29"); the bounds follow from it.

    `place` is a division code, "" for the whole country. `read_on` is the day on which somebody read the page
    at `url` and found the event there; empty, nobody has.
    """

    ROW = ("date", "place", "title", "title_en", "source", "url", "read_on", "note", "active")

    date = models.CharField("日期", max_length=21, help_text="2020-01-23、2020-01 或一段 2020-01-23/2020-01-29")
    earliest = models.DateField(editable=False)
    latest = models.DateField(editable=False)
    place = models.CharField("地区", max_length=6, blank=True, help_text="区划代码，如 420100（武汉）；全国的事空着")
    title = models.CharField("中文标题", max_length=120)
    title_en = models.CharField("英文标题", max_length=200, blank=True)
    source = models.CharField("出处", max_length=300, blank=True, help_text="文件或报道的名称")
    url = models.URLField("出处网址", max_length=300, blank=True)
    read_on = models.DateField("核对日期", null=True, blank=True, help_text="哪一天读过出处；没有读过就空着")
    note = models.CharField("说明", max_length=500, blank=True)
    active = models.BooleanField("显示", default=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["earliest", "latest", "key"]
        verbose_name = "大事"
        verbose_name_plural = "大事记"
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="milestone_has_a_title"),
            models.CheckConstraint(condition=Q(earliest__lte=F("latest")), name="milestone_earliest_before_latest"),
            models.CheckConstraint(
                condition=Q(read_on__isnull=True) | ~Q(source="", url=""), name="milestone_read_has_a_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.title}"

    def clean(self) -> None:
        """Set the bounds. ValidationError for a date or place that is none, or a day of reading without a source."""
        self.earliest, self.latest = _bounds(self.date)
        if self.place and gazetteer().unit(self.place) is None:
            raise ValidationError({"place": f"区划表里没有代码“{self.place}”。"})
        if self.read_on and not (self.source or self.url):
            raise ValidationError({"read_on": "写了核对日期，就要写出处。"})

    def save(self, *args: Any, **options: Any) -> None:
        self.earliest, self.latest = _bounds(self.date)
        super().save(*args, **options)


def _bounds(edtf: str) -> tuple[date, date]:
    """First and last day of an EDTF date or interval. ValidationError, with a sentence, for anything else."""
    first, slash, last = edtf.partition("/")
    try:
        ends = [date_fields(one) for one in ((first, last) if slash else (first, first))]
    except FieldError as error:
        raise ValidationError({"date": str(error)}) from error
    begin, end = ends[0]["published_earliest"], ends[1]["published_latest"]
    if begin is None or end is None or "T" in edtf:
        raise ValidationError({"date": "写到日、月或年为止，如 2020-01-23、2020-01。"})
    if begin > end:
        raise ValidationError({"date": "一段时间的开头不能晚于结尾。"})
    return begin, end


class WordingQuerySet(models.QuerySet["Wording"]):
    def usages(self) -> tuple[Usage, ...]:
        """The active rows as values for the reading of dates. One query."""
        return tuple(row.usage() for row in self.filter(active=True).order_by("key"))


class Wording(Shipped):
    """Words with the time in which they were written: grounds for the year of a text. See `Usage` for the columns.

    `spans` are further times, each [first day, last day] in ISO form.
    """

    ROW = ("words", "first", "last", "spans", "weight", "firm", "source", "milestone", "active")

    words = models.CharField("词句", max_length=500, help_text="正则表达式，对照简体文字")
    first = models.DateField("始用")
    last = models.DateField("末用")
    spans = models.JSONField(
        "又用", default=list, blank=True, help_text='后来又用的时段，如 [["2022-03-01","2022-06-30"]]'
    )
    weight = models.FloatField("分量", default=1.0, help_text="1 只是提示，3 近于确证")
    firm = models.BooleanField("此前绝无", default=False)
    source = models.CharField("依据", max_length=300)
    milestone = models.ForeignKey(
        Milestone, null=True, blank=True, to_field="key", on_delete=models.SET_NULL, related_name="wordings",
        verbose_name="所据的大事",
    )  # fmt: skip
    active = models.BooleanField("启用", default=True)

    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering = ["first", "key"]
        verbose_name = "定年用语"
        verbose_name_plural = "定年用语"
        constraints = [
            models.CheckConstraint(condition=~Q(words="") & ~Q(source=""), name="wording_has_words_and_a_source"),
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="wording_first_before_last"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="wording_weighs_something"),
        ]

    def __str__(self) -> str:
        return self.words[:40]

    def clean(self) -> None:
        """ValidationError for what is no regular expression, could run for ever, or has a span out of order."""
        try:
            pattern = re.compile(self.words)
        except re.error as error:
            raise ValidationError({"words": f"不是正则表达式：{error}。"}) from error
        if pattern.search("") or runs_away(pattern):
            raise ValidationError({"words": "这个表达式处处都合，或者可能算不完：重复里不要再有重复。"})
        try:
            held = self.usage().spans
        except (TypeError, ValueError) as error:
            raise ValidationError({"spans": '写成 [["2022-03-01","2022-06-30"]]。'}) from error
        if any(begin > end for begin, end in held):
            raise ValidationError({"spans": "一段时间的开头不能晚于结尾。"})

    def usage(self) -> Usage:
        """The row as a value."""
        more = ((date.fromisoformat(begin), date.fromisoformat(end)) for begin, end in self.spans)
        return usage(self.words, ((self.first, self.last), *more), self.weight, self.firm, self.source)

"""The thesaurus as editable records: groups of terms that stand for the same thing in the papers."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from .folded import name_key
from .language import QueryError, parse


class SynonymGroup(models.Model):
    """Terms that are searched for together; `note` says why they are one."""

    name = models.CharField("名称", max_length=60, unique=True)
    note = models.CharField("说明", max_length=300, blank=True, help_text="为什么这些词可以一并检索")
    active = models.BooleanField("启用", default=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        verbose_name = "同义词组"
        verbose_name_plural = "同义词组"
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="synonym_group_has_a_name")]

    def __str__(self) -> str:
        return self.name


class SynonymTerm(models.Model):
    """One term of a group. A term stands in one group only: its `key` (simplified, folded) is unique."""

    group = models.ForeignKey(SynonymGroup, on_delete=models.CASCADE, related_name="terms")
    text = models.CharField("词", max_length=60)
    key = models.CharField(max_length=60, unique=True, editable=False)
    expands = models.BooleanField("由此扩展", default=True, help_text="检索这个词时,也检索同组的其他词")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["group", "pk"]
        verbose_name = "同义词"
        verbose_name_plural = "同义词"
        constraints = [models.CheckConstraint(condition=~Q(key=""), name="synonym_term_is_not_blank")]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        """Set the key; ValidationError for a term without a character, or one that another group holds."""
        self.key = name_key(self.text)
        if not self.key:
            raise ValidationError({"text": "词不能为空。"})
        held = SynonymTerm.objects.filter(key=self.key).exclude(pk=self.pk).select_related("group").first()
        if held:
            raise ValidationError({"text": f"“{self.text}”已在“{held.group}”一组。"})

    def save(self, *args: Any, **options: Any) -> None:
        self.key = name_key(self.text)
        super().save(*args, **options)


class Slogan(models.Model):
    """A phrase offered to readers of the trends; `query` is what is searched, `source` a document that has it."""

    label = models.CharField("说法", max_length=60, unique=True)
    query = models.CharField("检索式", max_length=200, help_text="检索语言里的任何写法；引号里的话逐字相同")
    note = models.CharField("说明", max_length=300, blank=True)
    source = models.CharField("出处", max_length=300, blank=True, help_text="用到这个说法的文件；没有核对过就空着")
    position = models.PositiveSmallIntegerField("次序", default=100, help_text="小的在前；前三个是未选时画出的")
    active = models.BooleanField("启用", default=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "流行说法"
        verbose_name_plural = "流行说法"
        constraints = [
            models.CheckConstraint(condition=~Q(label="") & ~Q(query=""), name="slogan_has_a_label_and_a_query")
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        """ValidationError for a query that cannot be read, with what is wrong in it."""
        try:
            parse(self.query)
        except QueryError as error:
            raise ValidationError({"query": error.sentence}) from error


class Waiting(models.Model):
    """An article that changed and is not yet indexed so (see `archive.search.pending`)."""

    article = models.PositiveBigIntegerField(unique=True)
    stamp = models.CharField(max_length=16)
    since = models.DateTimeField(auto_now_add=True)
    erased = models.BooleanField(default=False)  # its text was destroyed, and goes from the files of the index too

    class Meta:
        verbose_name = "待索引"
        verbose_name_plural = "待索引"

    def __str__(self) -> str:
        return str(self.article)

"""The thesaurus as editable records: groups of terms that stand for the same thing in the papers."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from .folded import name_key


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


class Waiting(models.Model):
    """An article that changed and is not yet indexed so (see `archive.search.pending`)."""

    article = models.PositiveBigIntegerField(unique=True)
    stamp = models.CharField(max_length=16)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "待索引"
        verbose_name_plural = "待索引"

    def __str__(self) -> str:
        return str(self.article)

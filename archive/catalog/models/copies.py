"""Copies: the same story in several outlets. Copies are linked, never merged."""

from django.db import models
from django.db.models import Q


class ReprintCluster(models.Model):
    """Articles that carry one story. `settled`: an editor has looked at it, and no program moves its members."""

    settled = models.BooleanField("编辑已核定", default=False)
    note = models.CharField("说明", max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "转载组"
        verbose_name_plural = "转载组"

    def __str__(self) -> str:
        return f"#{self.pk}"


class Printing(models.Model):
    """An article as a member of a cluster. `overlap` is the share of the shorter text that stands in the other,
    compared with the cluster's original (1 for the original itself)."""

    article = models.OneToOneField(
        "catalog.Article", on_delete=models.CASCADE, related_name="printing", primary_key=True
    )
    cluster = models.ForeignKey(ReprintCluster, on_delete=models.CASCADE, related_name="printings")
    is_original = models.BooleanField("最早刊发", default=False)
    overlap = models.FloatField("重合")
    by_editor = models.BooleanField("编辑归入", default=False)

    class Meta:
        ordering = ["cluster_id", "-is_original", "article_id"]
        verbose_name = "转载"
        verbose_name_plural = "转载"
        constraints = [
            models.CheckConstraint(condition=Q(overlap__gte=0) & Q(overlap__lte=1), name="printing_overlap_is_a_share"),
            models.UniqueConstraint(fields=["cluster"], condition=Q(is_original=True), name="one_original_per_cluster"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} in {self.cluster}"


class CopyPrint(models.Model):
    """What of an article's current text is compared with others (see text.shingles), packed as 32-bit numbers."""

    article = models.OneToOneField(
        "catalog.Article", on_delete=models.CASCADE, related_name="copy_print", primary_key=True
    )
    version = models.ForeignKey("catalog.Version", on_delete=models.CASCADE, related_name="+")
    shingles = models.BinaryField()
    figures = models.BinaryField()

    def __str__(self) -> str:
        return str(self.article_id)


class CopyKey(models.Model):
    """One key of an article's text: the way from a text to its possible copies."""

    pk = models.CompositePrimaryKey("key", "article_id")
    key = models.PositiveIntegerField()
    article = models.ForeignKey("catalog.Article", on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.key}: {self.article_id}"

"""What editors changed, and what was taken down."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Revision(models.Model):
    """One change by an editor. The public page shows the role, never the name."""

    article = models.ForeignKey("catalog.Article", on_delete=models.CASCADE, related_name="revisions")
    version = models.ForeignKey("catalog.Version", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    role = models.CharField(max_length=40)
    field = models.CharField(max_length=40)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["article_id", "-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.field}"


class Takedown(models.Model):
    """The tombstone of a public id: why and when its text was closed. Kept when the article is gone."""

    class Kind(models.TextChoices):
        WITHDRAWN = "withdrawn", "撤回"
        UNDONE = "undone", "导入已撤销"
        ERASED = "erased", "依法删除"

    public_id = models.CharField(max_length=12)
    article = models.ForeignKey(
        "catalog.Article", null=True, blank=True, on_delete=models.SET_NULL, related_name="takedowns"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField(auto_now_add=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["public_id"], condition=Q(lifted_at__isnull=True), name="one_standing_takedown_per_public_id"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="takedown_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.get_kind_display()}"

"""What editors changed, and what was taken down."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy


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


class Sighting(models.Model):
    """The piece looked for at its source: still there, or gone. (Another text there is a new Version.)"""

    class Kind(models.TextChoices):
        SAME = "same", pgettext_lazy("choice", "原样在线")
        GONE = "gone", pgettext_lazy("choice", "源站已删除")

    article = models.ForeignKey("catalog.Article", on_delete=models.CASCADE, related_name="sightings")
    kind = models.CharField("结果", max_length=8, choices=Kind.choices)
    at = models.DateTimeField("看到的时间")
    source_url = models.CharField("网址", max_length=2000, blank=True)
    note = models.CharField("说明（公开）", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["article_id", "-at", "-pk"]
        verbose_name = "源站查看"
        verbose_name_plural = "源站查看"

    def __str__(self) -> str:
        return f"{self.article_id}: {self.get_kind_display()}"


class Takedown(models.Model):
    """The tombstone of a public id: why and when its text was closed. Kept when the article is gone.

    Of an erased text the hashes stay: that of its bytes, and `text_sha256` of its title and body, by which
    it is known when it comes again.
    """

    class Kind(models.TextChoices):
        WITHDRAWN = "withdrawn", pgettext_lazy("choice", "撤回")
        UNDONE = "undone", pgettext_lazy("choice", "导入已撤销")
        ERASED = "erased", pgettext_lazy("choice", "依法删除")

    public_id = models.CharField(max_length=12)
    article = models.ForeignKey(
        "catalog.Article", null=True, blank=True, on_delete=models.SET_NULL, related_name="takedowns"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reason = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64, blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True)
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
        indexes = [models.Index(fields=["text_sha256"])]

    def __str__(self) -> str:
        return f"{self.public_id} {self.get_kind_display()}"

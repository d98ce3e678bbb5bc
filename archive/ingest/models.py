"""One upload and its rows: previewed, confirmed, cancelled, undone."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q


def new_token() -> str:
    """An unguessable handle for a batch in addresses: 12 characters, 72 bits."""
    return secrets.token_urlsafe(9)


class BatchState(models.TextChoices):
    RECEIVED = "received", "已接收"
    CHECKED = "checked", "已检查,待确认"
    IMPORTING = "importing", "导入中"
    DONE = "done", "已完成"
    CANCELLED = "cancelled", "已取消"
    UNDONE = "undone", "已撤销"
    FAILED = "failed", "失败"


class Outcome(models.TextChoices):
    """What a row is found to be, and what confirming does with it."""

    NEW = "new", "新文章"
    NEW_VERSION = "new-version", "新版本"
    HELD = "held", "已收藏"
    COPY = "copy", "转载"
    SKIPPED = "skipped", "非文章"
    BAD = "bad", "有误"


class ImportBatch(models.Model):
    """One upload by one person (or one run of a command)."""

    class Source(models.TextChoices):
        UPLOAD = "upload", "网页上传"
        COMMAND = "command", "命令行"
        SAMPLE = "sample", "示例"

    token = models.CharField(max_length=16, unique=True, default=new_token, editable=False)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=8, choices=Source.choices)
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.RECEIVED)
    problem = models.CharField(max_length=500, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name_plural = "import batches"
        constraints = [models.CheckConstraint(condition=Q(state__in=BatchState.values), name="batch_state_known")]

    def __str__(self) -> str:
        return self.name


class ImportRow(models.Model):
    """One piece found in a batch. `draft` is the JSON of `import_articles --dry-run --json`."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    file = models.CharField(max_length=500, blank=True)
    item = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    problem = models.CharField(max_length=1000, blank=True)
    draft = models.JSONField(null=True, blank=True)
    capture = models.ForeignKey(
        "catalog.Capture", null=True, blank=True, on_delete=models.SET_NULL, related_name="rows"
    )
    article = models.ForeignKey(
        "catalog.Article", null=True, blank=True, on_delete=models.SET_NULL, related_name="rows"
    )
    version = models.ForeignKey(
        "catalog.Version", null=True, blank=True, on_delete=models.SET_NULL, related_name="rows"
    )
    done = models.BooleanField(default=False)

    class Meta:
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="row_number_once_per_batch"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="row_outcome_known"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}#{self.number}"

"""One upload, its files and its rows: previewed, confirmed, cancelled, undone."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import pgettext_lazy


def new_token() -> str:
    """An unguessable handle for a batch in addresses: 12 characters, 71 bits; none that begins like an option."""
    return secrets.token_urlsafe(9).replace("-", "_")


class BatchState(models.TextChoices):
    """Where a batch stands. RECEIVED, IMPORTING, CANCELLING and UNDOING stand for work that is waiting or going on."""

    RECEIVED = "received", pgettext_lazy("choice", "检查中")
    CHECKED = "checked", pgettext_lazy("choice", "待确认")
    IMPORTING = "importing", pgettext_lazy("choice", "导入中")
    DONE = "done", pgettext_lazy("choice", "已完成")
    CANCELLING = "cancelling", pgettext_lazy("choice", "取消中")
    CANCELLED = "cancelled", pgettext_lazy("choice", "已取消")
    UNDOING = "undoing", pgettext_lazy("choice", "撤销中")
    UNDONE = "undone", pgettext_lazy("choice", "已撤销")
    FAILED = "failed", pgettext_lazy("choice", "失败")


class Outcome(models.TextChoices):
    """What a row is found to be, and what confirming does with it."""

    NEW = "new", pgettext_lazy("choice", "新文章")
    NEW_VERSION = "new-version", pgettext_lazy("choice", "新版本")
    HELD = "held", pgettext_lazy("choice", "已收藏")
    COPY = "copy", pgettext_lazy("choice", "转载")
    SKIPPED = "skipped", pgettext_lazy("choice", "非文章")
    BAD = "bad", pgettext_lazy("choice", "有误")


#: States that work goes on in, or waits to.
OUTSTANDING = (BatchState.RECEIVED, BatchState.IMPORTING, BatchState.CANCELLING, BatchState.UNDOING)

#: Outcomes that make an article or a version when the batch is confirmed.
MAKING = (Outcome.NEW, Outcome.COPY, Outcome.NEW_VERSION)


class ImportBatch(models.Model):
    """One upload by one person (or one run of a command).

    `outlet` is who printed the pieces that name nobody; `publish` tells whether confirming shows
    them to readers or leaves drafts. `worker` is the process at work on it, `beat_at` when it last
    wrote something, `tries` how often one has begun since (see services.lease).
    """

    class Source(models.TextChoices):
        UPLOAD = "upload", pgettext_lazy("choice", "网页上传")
        COMMAND = "command", pgettext_lazy("choice", "命令行")
        SAMPLE = "sample", pgettext_lazy("choice", "示例")

    token = models.CharField(max_length=16, unique=True, default=new_token, editable=False)
    name = models.CharField("名称", max_length=200)
    source = models.CharField("来路", max_length=8, choices=Source.choices)
    state = models.CharField("状态", max_length=10, choices=BatchState.choices, default=BatchState.RECEIVED)
    problem = models.CharField("问题", max_length=500, blank=True)
    outlet = models.CharField("媒体", max_length=120, blank=True)
    publish = models.BooleanField("发布", default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField("接收时间", auto_now_add=True)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)
    worker = models.CharField(max_length=120, blank=True, editable=False)
    beat_at = models.DateTimeField(null=True, blank=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "导入批次"
        verbose_name_plural = "导入批次"
        permissions = [("confirm_importbatch", "可以确认导入"), ("undo_importbatch", "可以撤销导入")]
        constraints = [models.CheckConstraint(condition=Q(state__in=BatchState.values), name="batch_state_known")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("admin:ingest_batch", args=[self.token])

    @property
    def is_outstanding(self) -> bool:
        return self.state in OUTSTANDING

    @property
    def is_sample(self) -> bool:
        return self.source == self.Source.SAMPLE


class ImportFile(models.Model):
    """A file of a batch as it came; its bytes stand in the file store under `sha256`.

    `columns` is the reading of a table's header: [[name as printed, field or ""], …]; `mapping` is
    what an editor put in its place: the fields in order of the columns. A check that was interrupted
    goes on by what it noted here: `taken` pieces have been read and written, the first of them as
    row `first_row`; `read_to` is the place of the last in the file, in bytes (0 where it has none).
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=500)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    columns = models.JSONField(default=list, blank=True)
    mapping = models.JSONField(default=list, blank=True)
    problem = models.CharField(max_length=500, blank=True)
    first_row = models.PositiveIntegerField(null=True, blank=True)
    taken = models.PositiveIntegerField(default=0)
    read_to = models.PositiveBigIntegerField(default=0)
    finished = models.BooleanField(default=False)

    class Meta:
        ordering = ["batch", "position"]
        verbose_name = "收到的文件"
        verbose_name_plural = "收到的文件"
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="file_position_once_per_batch")]
        indexes = [models.Index(fields=["sha256"])]

    def __str__(self) -> str:
        return self.name


class ImportRow(models.Model):
    """One piece found in a batch. `draft` is the JSON of `import_articles --dry-run --json`.

    `item` tells the pieces of one capture apart. `text_sha256` and `source_url` find the same piece
    again; `twin` is the article that is already held, of which this is a new version or a copy, and
    `twin_number` the earlier row of this batch that is. `original` is what stood in a row with a
    fault, for the list of what was not imported. `undone` tells that what it had made was removed again;
    `personal`, that its text seems to hold personal data, so that what it makes is a draft at first.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField("序号")
    file = models.CharField("文件", max_length=500, blank=True)
    item = models.PositiveIntegerField("篇次", default=0)
    outcome = models.CharField("结果", max_length=12, choices=Outcome.choices)
    problem = models.CharField("说明", max_length=1000, blank=True)
    original = models.TextField("原来的内容", blank=True)
    draft = models.JSONField("草稿", null=True, blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True)
    source_url = models.CharField(max_length=2000, blank=True)
    capture = models.ForeignKey(
        "catalog.Capture", null=True, blank=True, on_delete=models.SET_NULL, related_name="rows"
    )
    article = models.ForeignKey(
        "catalog.Article", null=True, blank=True, on_delete=models.SET_NULL, related_name="rows"
    )
    version = models.ForeignKey(
        "catalog.Version", null=True, blank=True, on_delete=models.SET_NULL, related_name="rows"
    )
    twin = models.ForeignKey("catalog.Article", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    twin_number = models.PositiveIntegerField(null=True, blank=True)
    done = models.BooleanField("已写入", default=False)
    undone = models.BooleanField("已撤销", default=False)
    personal = models.BooleanField("疑含个人信息", default=False)

    class Meta:
        ordering = ["batch", "number"]
        verbose_name = "导入条目"
        verbose_name_plural = "导入条目"
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="row_number_once_per_batch"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="row_outcome_known"),
        ]
        indexes = [
            models.Index(fields=["batch", "outcome", "number"]),
            models.Index(fields=["batch", "text_sha256"]),
            models.Index(fields=["batch", "source_url"]),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}#{self.number}"

"""Two small tables about the running of the site; nothing of the archive stands in them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Upkeep that is noted when it ends."""

    CHECK_INDEX = "check_index", _("核对索引")
    SANITY_CHECK = "sanity_check", _("核对原件与记录")
    SWEEP_INDEX = "sweep_index", _("补做索引")
    REBUILD_INDEX = "rebuild_index", _("重建索引")
    BACKUP = "backup", _("备份")
    EXPORT = "export_archive", _("整体导出")
    MIRROR = "mirror", _("离线镜像")


class Run(models.Model):
    """One piece of upkeep that came to an end. `ok`: all was well, or all that was not was mended.

    `sentence` is what the command said last; `figures` are its counts. One that was killed leaves no row: it shows by
    the age of the last one.
    """

    kind = models.CharField("事项", max_length=20, choices=Kind.choices)
    started_at = models.DateTimeField("开始")
    seconds = models.FloatField("用时（秒）")
    ok = models.BooleanField("正常")
    sentence = models.TextField("结果", blank=True)
    figures = models.JSONField("数字", default=dict, blank=True)

    class Meta:
        ordering = ["-started_at", "-pk"]
        verbose_name = "运行记录"
        verbose_name_plural = "运行记录"
        permissions = [("operate", "可以查看运行状况、启动核对")]
        indexes = [models.Index(fields=["kind", "-started_at"], name="journal_run_of_a_kind")]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="journal_run_is_of_a_known_kind"),
            models.CheckConstraint(condition=models.Q(seconds__gte=0), name="journal_run_takes_time"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.started_at:%Y-%m-%d %H:%M}"


class Worker(models.Model):
    """A background worker that lives, or died without a word. One that ends in order takes its row with it.

    `name` is host, process id and start time. `reaped`: tasks of dead workers that it settled since it began.
    """

    name = models.CharField("名称", max_length=120, unique=True)
    started_at = models.DateTimeField("开始")
    beat_at = models.DateTimeField("最近一次心跳")
    reaped_at = models.DateTimeField("最近一次清理", null=True, blank=True)
    reaped = models.PositiveIntegerField("清理的任务", default=0)

    class Meta:
        ordering = ["name"]
        verbose_name = "后台进程"
        verbose_name_plural = "后台进程"

    def __str__(self) -> str:
        return self.name

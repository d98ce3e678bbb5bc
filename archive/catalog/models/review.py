"""What waits for an editor: doubtful fields, personal data, changes that newer rules propose."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy


class Doubt(models.Model):
    """A field of a version that was inferred, or found with less than .9 confidence, until an editor has decided.

    `value` is what the field held when it was doubted, in words; `evidence` the passage that decided it.
    """

    class Verdict(models.TextChoices):
        OPEN = "", pgettext_lazy("choice", "待核")
        ACCEPTED = "accepted", pgettext_lazy("choice", "认可")
        CORRECTED = "corrected", pgettext_lazy("choice", "更正")
        UNKNOWN = "unknown", pgettext_lazy("choice", "不详")

    version = models.ForeignKey("catalog.Version", on_delete=models.CASCADE, related_name="doubts")
    field = models.CharField("项目", max_length=40)
    value = models.CharField("取值", max_length=300, blank=True)
    confidence = models.FloatField("把握")
    evidence = models.ForeignKey("catalog.Evidence", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    verdict = models.CharField("结论", max_length=10, choices=Verdict.choices, blank=True, default=Verdict.OPEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["confidence", "pk"]
        verbose_name = "待核项目"
        verbose_name_plural = "待核项目"
        constraints = [
            models.UniqueConstraint(fields=["version", "field"], name="doubt_once_per_field"),
            models.CheckConstraint(condition=Q(confidence__gte=0) & Q(confidence__lte=1), name="doubt_is_a_share"),
        ]
        indexes = [models.Index(fields=["verdict", "confidence"])]

    def __str__(self) -> str:
        return f"{self.field} = {self.value}"


class Proposal(models.Model):
    """Another value for a field, found by newer rules. Nothing changes until an editor accepts it."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("choice", "待定")
        ACCEPTED = "accepted", pgettext_lazy("choice", "采纳")
        REJECTED = "rejected", pgettext_lazy("choice", "不采纳")
        OUTDATED = "outdated", pgettext_lazy("choice", "已过时")

    version = models.ForeignKey("catalog.Version", on_delete=models.CASCADE, related_name="proposals")
    field = models.CharField("项目", max_length=40)
    before = models.JSONField("现值", null=True)
    after = models.JSONField("新值", null=True)
    rules = models.CharField("规则版本", max_length=40)
    rule = models.CharField("规则", max_length=80, blank=True)
    text = models.TextField("依据的原文", blank=True)
    confidence = models.FloatField("把握")
    basis = models.CharField(max_length=8, default="inferred")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "重新识别的建议"
        verbose_name_plural = "重新识别的建议"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "field"], condition=Q(state="open"), name="one_open_proposal_per_field"
            )
        ]
        indexes = [models.Index(fields=["state", "-id"], name="proposal_by_state")]

    def __str__(self) -> str:
        return f"{self.field}: {self.before} → {self.after}"


class Mask(models.Model):
    """A stretch of personal data in what readers would see of a version.

    While it is `applied`, the characters at [start, end) of `part` stand covered in the version and
    `before` keeps them; lifting it puts them back. `part`: title, title_as_printed, source_line, body,
    caption:<number>; evidence:<id> and value:<id> of Evidence; before:<n>, after:<n> and reason:<n> of the article's n-th Revision (from 0).
    """

    class Kind(models.TextChoices):
        ID_NUMBER = "id", pgettext_lazy("choice", "身份证号")
        PHONE = "phone", pgettext_lazy("choice", "手机号码")
        ADDRESS = "address", pgettext_lazy("choice", "住址")
        OTHER = "other", pgettext_lazy("choice", "其他")

    class State(models.TextChoices):
        FOUND = "found", pgettext_lazy("choice", "待定")
        APPLIED = "applied", pgettext_lazy("choice", "已遮蔽")
        LIFTED = "lifted", pgettext_lazy("choice", "已恢复")
        KEPT = "kept", pgettext_lazy("choice", "保留原文")

    version = models.ForeignKey("catalog.Version", on_delete=models.CASCADE, related_name="masks")
    kind = models.CharField("类别", max_length=8, choices=Kind.choices)
    part = models.CharField("位置", max_length=30)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    before = models.TextField("原文")
    before_simplified = models.TextField(blank=True)
    confidence = models.FloatField("把握")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.FOUND)
    reason = models.CharField("理由", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["version_id", "part", "start"]
        verbose_name = "个人信息"
        verbose_name_plural = "个人信息"
        constraints = [
            models.UniqueConstraint(fields=["version", "part", "start", "end"], name="mask_once_per_stretch"),
            models.CheckConstraint(condition=Q(start__lt=models.F("end")), name="mask_covers_something"),
        ]
        indexes = [models.Index(fields=["state"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.start}–{self.end}"

"""What was received, kept as received, and the layers of text that were read from it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import pgettext_lazy


class Capture(models.Model):
    """Bytes as received; immutable. The bytes themselves live in the file store, under `sha256`.

    A member of a container (zip, WARC) or a row of a table points into it with `container`,
    `member` and `offset`. `restricted` keeps the raw bytes to editors (withdrawn neighbours,
    personal data). Of erased bytes the record stays, with `erased_at`.
    """

    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    source_url = models.CharField(max_length=2000, blank=True)
    captured_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    original_name = models.CharField(max_length=255, blank=True)
    container = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="members")
    member = models.CharField(max_length=1000, blank=True)
    offset = models.PositiveBigIntegerField(null=True, blank=True)
    identity = models.CharField(
        max_length=64, unique=True, editable=False, help_text="sha256 of hash, address, time and place in the container"
    )
    restricted = models.BooleanField(default=False)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["sha256"]), models.Index(fields=["source_url"])]
        constraints = [
            models.CheckConstraint(condition=Exact(Length("sha256"), 64), name="capture_sha256_is_64_hex_digits")
        ]

    def __str__(self) -> str:
        return self.original_name or self.member or self.sha256[:12]


class TextLayer(models.Model):
    """One reading of a capture: `decoded` from its bytes, `extracted` from HTML, `repaired` after repairs.

    `text` is kept only where it cannot be had again from the bytes and the repairs (extracted);
    `sha256` (of the UTF-8 form) lets any layer be verified.
    """

    class Kind(models.TextChoices):
        DECODED = "decoded", pgettext_lazy("choice", "解码")
        EXTRACTED = "extracted", pgettext_lazy("choice", "取出正文")
        REPAIRED = "repaired", pgettext_lazy("choice", "修复")

    capture = models.ForeignKey(Capture, on_delete=models.CASCADE, related_name="layers")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    encoding = models.CharField(max_length=40, blank=True)
    rules = models.CharField(max_length=40, help_text="version of the rules that made this layer")
    sha256 = models.CharField(max_length=64)
    length = models.PositiveIntegerField(help_text="code points")
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["capture_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["capture", "kind", "rules"], name="layer_once_per_capture_and_rules")
        ]

    def __str__(self) -> str:
        return f"{self.capture} · {self.get_kind_display()}"


class RepairState(models.TextChoices):
    APPLIED = "applied", pgettext_lazy("choice", "已应用")
    SUGGESTED = "suggested", pgettext_lazy("choice", "建议")
    UNDONE = "undone", pgettext_lazy("choice", "已撤销")


class Repair(models.Model):
    """One change between the layer before and `layer`, in code points of the layer before.

    Applied repairs of a layer never overlap, so each can be undone alone and all together give
    back the text as received.
    """

    layer = models.ForeignKey(TextLayer, on_delete=models.CASCADE, related_name="repairs")
    rule = models.CharField(max_length=60)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    confidence = models.FloatField()
    state = models.CharField(max_length=10, choices=RepairState.choices, default=RepairState.APPLIED)

    class Meta:
        ordering = ["layer_id", "start", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lte=F("end")), name="repair_start_before_end"),
            models.CheckConstraint(
                condition=Q(confidence__gte=0) & Q(confidence__lte=1), name="repair_confidence_is_a_share"
            ),
            models.CheckConstraint(condition=Q(state__in=RepairState.values), name="repair_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.start}–{self.end}"

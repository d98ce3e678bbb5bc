"""Why a field has its value."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy


class Basis(models.TextChoices):
    STATED = "stated", pgettext_lazy("choice", "原文载明")
    INFERRED = "inferred", pgettext_lazy("choice", "推断")
    EDITOR = "editor", pgettext_lazy("choice", "编辑")


class Evidence(models.Model):
    """The passage and the rule that decided one field of a version; places are in the repaired layer."""

    version = models.ForeignKey("catalog.Version", on_delete=models.CASCADE, related_name="evidence")
    field = models.CharField(max_length=40)
    value = models.CharField(max_length=300, blank=True)
    rule = models.CharField(max_length=80)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)
    confidence = models.FloatField()
    basis = models.CharField(max_length=8, choices=Basis.choices)

    class Meta:
        ordering = ["version_id", "field", "-confidence", "pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(confidence__gte=0) & Q(confidence__lte=1), name="evidence_confidence_is_a_share"
            ),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="evidence_basis_known"),
        ]
        indexes = [models.Index(fields=["field", "confidence"])]

    def __str__(self) -> str:
        return f"{self.field} = {self.value}"

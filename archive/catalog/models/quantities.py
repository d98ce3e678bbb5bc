"""Numbers in the text of a version, with what they count."""

from django.db import models
from django.db.models import F, Q


class Quantity(models.Model):
    """A number of the body with its unit and noun (docs/quantities.md); `low` and `high` differ for a range.

    Places count characters of the body: number [start, unit_start), unit [unit_start, end). Unit and noun are in
    simplified characters; the sentence is not kept, it is read from the body. No editor's field: read anew whenever
    the body or the rules change.
    """

    version = models.ForeignKey("catalog.Version", on_delete=models.CASCADE, related_name="quantities")
    start = models.PositiveIntegerField()
    unit_start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    low = models.FloatField()
    high = models.FloatField()
    approximate = models.BooleanField(default=False)
    unit = models.CharField(max_length=12, blank=True)
    noun = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["version_id", "start"]
        verbose_name_plural = "quantities"
        constraints = [
            models.UniqueConstraint(fields=["version", "start"], name="quantity_once_per_place"),
            models.CheckConstraint(condition=Q(low__lte=F("high")), name="quantity_low_before_high"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="quantity_has_a_place"),
        ]
        indexes = [models.Index(fields=["unit", "noun", "high"]), models.Index(fields=["noun", "high"])]

    def __str__(self) -> str:
        value = f"{self.low:g}" if self.low == self.high else f"{self.low:g}–{self.high:g}"
        return f"{value} {self.unit} {self.noun}".strip()

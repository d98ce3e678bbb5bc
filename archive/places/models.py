"""The division table as records."""

from django.db import models
from django.db.models import F, Q


class Level(models.TextChoices):
    """Levels of GB/T 2260; townships by the statistics table of 2020-06-30."""

    PROVINCE = "province", "省级"
    PREFECTURE = "prefecture", "地级"
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡级"


class RegionQuerySet(models.QuerySet["Region"]):
    """Reads of the division table."""

    def provinces(self) -> "RegionQuerySet":
        return self.filter(level=Level.PROVINCE).order_by("code")

    def within(self, code: str) -> "RegionQuerySet":
        """The unit `code` and everything below it."""
        return self.filter(code__startswith=code_prefix(code))


def code_prefix(code: str) -> str:
    """The leading digits that the parts of a unit share: 510000 → 51, 510900 → 5109."""
    if len(code) > 6:
        return code
    if code.endswith("0000"):
        return code[:2]
    if code.endswith("00"):
        return code[:4]
    return code


class Region(models.Model):
    """One administrative division. `code` has six digits, nine for a township.

    `valid_from` and `valid_to` are years, bounded by the four yearly editions that we hold
    (2019 to 2022): empty means that the unit stands in the first or the last of them.
    """

    code = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=60)
    short_name = models.CharField(max_length=40)
    pinyin = models.CharField(max_length=120, blank=True)
    level = models.CharField(max_length=10, choices=Level.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    valid_from = models.PositiveSmallIntegerField(null=True, blank=True)
    valid_to = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(level__in=Level.values), name="region_level_known"),
            models.CheckConstraint(
                condition=Q(level=Level.PROVINCE, parent__isnull=True)
                | (~Q(level=Level.PROVINCE) & Q(parent__isnull=False)),
                name="region_parent_unless_province",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
                name="region_valid_from_before_valid_to",
            ),
        ]
        indexes = [models.Index(fields=["level", "code"])]

    def __str__(self) -> str:
        return self.name

    def chain(self) -> list["Region"]:
        """The unit and all above it, province first."""
        units: list[Region] = []
        unit: Region | None = self
        while unit is not None:
            units.append(unit)
            unit = unit.parent
        return units[::-1]

    @property
    def province_code(self) -> str:
        return self.code[:2] + "0000"

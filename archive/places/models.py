"""The division table as records."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Length, Substr
from django.db.models.lookups import Exact
from django.utils.translation import pgettext_lazy


class Level(models.TextChoices):
    """Levels of GB/T 2260; townships by the statistics table of 2020-06-30."""

    PROVINCE = "province", pgettext_lazy("choice", "省级")
    PREFECTURE = "prefecture", pgettext_lazy("choice", "地级")
    COUNTY = "county", pgettext_lazy("choice", "县级")
    TOWNSHIP = "township", pgettext_lazy("choice", "乡级")


class RegionQuerySet(models.QuerySet["Region"]):
    """Reads of the division table."""

    def provinces(self) -> "RegionQuerySet":
        return self.filter(level=Level.PROVINCE).order_by("code")

    def within(self, code: str) -> "RegionQuerySet":
        """The unit `code` and everything below it."""
        return self.filter(code__startswith=code_prefix(code))

    def below(self, code: str) -> "RegionQuerySet":
        """The units right below `code`, by code."""
        return self.filter(parent=code).order_by("code")

    def standing_in(self, year: int) -> "RegionQuerySet":
        """Units that an edition of `year` holds (2019 to 2022; other years read as the nearest)."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=max(year, 2019)),
            Q(valid_to__isnull=True) | Q(valid_to__gte=min(year, 2022)),
        )

    def called(self, name: str) -> "RegionQuerySet":
        """Units with that official or short name, or whose English name begins with it."""
        return self.filter(Q(name=name) | Q(short_name=name) | Q(pinyin__istartswith=name))

    def with_chain(self) -> "RegionQuerySet":
        """With the units above, so that `chain` asks nothing more of the database."""
        return self.select_related("parent__parent__parent")


def code_prefix(code: str) -> str:
    """The leading digits that the parts of a unit share: 510000 → 51, 510900 → 5109."""
    if len(code) > 6:
        return code
    if code.endswith("0000"):
        return code[:2]
    if code.endswith("00"):
        return code[:4]
    return code


_PROVINCE_CODE = Concat(Substr("code", 1, 2), Value("0000"))
_PREFECTURE_CODE = Concat(Substr("code", 1, 4), Value("00"))
#: What a unit's parent may be, by its own code: a county under a municipality or directly under a
#: province has no prefecture above it, a township of a development zone no county.
_PARENT_FITS = (
    Q(level=Level.PROVINCE, parent__isnull=True)
    | Q(level=Level.PREFECTURE, parent__isnull=False, parent=_PROVINCE_CODE)
    | (Q(level=Level.COUNTY, parent__isnull=False) & (Q(parent=_PREFECTURE_CODE) | Q(parent=_PROVINCE_CODE)))
    | (Q(level=Level.TOWNSHIP, parent__isnull=False) & (Q(parent=Substr("code", 1, 6)) | Q(parent=_PREFECTURE_CODE)))
)
_SIX, _NINE = (Exact(Length("code"), Value(digits)) for digits in (6, 9))
_CODE_FITS = (
    (Q(level=Level.PROVINCE) & Q(code__endswith="0000") & Q(_SIX))
    | (Q(level=Level.PREFECTURE) & Q(code__endswith="00") & ~Q(code__endswith="0000") & Q(_SIX))
    | (Q(level=Level.COUNTY) & ~Q(code__endswith="00") & Q(_SIX))
    | (Q(level=Level.TOWNSHIP) & Q(_NINE))
)


class Region(models.Model):
    """One administrative division. `code` has six digits, nine for a township.

    `valid_from` and `valid_to` are years, bounded by the four yearly editions that we hold
    (2019 to 2022): empty means that the unit stands in the first or the last of them.
    `pinyin` is the English name (Daying County). `parent_id` is the parent's code.
    """

    code = models.CharField("代码", max_length=9, unique=True)
    name = models.CharField("名称", max_length=60)
    short_name = models.CharField("简称", max_length=40)
    pinyin = models.CharField("英文名", max_length=120, blank=True)
    level = models.CharField("级别", max_length=10, choices=Level.choices)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        to_field="code",
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name="上级",
    )
    valid_from = models.PositiveSmallIntegerField("始见年份", null=True, blank=True)
    valid_to = models.PositiveSmallIntegerField("末见年份", null=True, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = "行政区划"
        verbose_name_plural = "行政区划"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(level__in=Level.values), name="region_level_known"),
            models.CheckConstraint(condition=_PARENT_FITS, name="region_parent_fits_level"),
            models.CheckConstraint(condition=_CODE_FITS, name="region_code_fits_level"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
                name="region_valid_from_before_valid_to",
            ),
        ]
        indexes = [models.Index(fields=["level", "code"]), models.Index(fields=["name"])]

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

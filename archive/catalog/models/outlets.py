"""Outlets: who printed a piece. Where the paper is, never where the event is."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from .access import Access


class Kind(models.TextChoices):
    NEWSPAPER = "newspaper", pgettext_lazy("choice", "报纸")
    WEBSITE = "website", pgettext_lazy("choice", "网站")
    BROADCASTER = "broadcaster", pgettext_lazy("choice", "广播电视")
    ACCOUNT = "account", pgettext_lazy("choice", "平台账号")
    AGENCY = "agency", pgettext_lazy("choice", "通讯社")
    GOVERNMENT = "government", pgettext_lazy("choice", "政府机构")
    UNKNOWN = "unknown", pgettext_lazy("choice", "未定")


class Outlet(models.Model):
    """A newspaper, news site, broadcaster or account, under its simplified name."""

    Kind = Kind
    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=140, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.UNKNOWN)
    region = models.ForeignKey("places.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="outlets")
    homepage = models.URLField(blank=True)
    rights = models.CharField(max_length=300, blank=True, help_text="向读者说明使用权利的一句话")
    access = models.CharField(
        max_length=8, choices=Access.choices, default=Access.FULL, help_text="新收文章的开放程度；可逐篇另定"
    )
    confirmed = models.BooleanField(default=False, help_text="编辑已核对;未核对者由导入时提出")
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="outlet_has_a_name"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="outlet_kind_known"),
            models.CheckConstraint(condition=Q(access__in=Access.values), name="outlet_access_known"),
        ]

    def __str__(self) -> str:
        return self.name


class OutletAlias(models.Model):
    """Another name that stands for the same outlet on pages."""

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "outlet aliases"

    def __str__(self) -> str:
        return self.name

"""How much of a text readers may see."""

from django.db import models


class Access(models.TextChoices):
    FULL = "full", "全文"
    SNIPPET = "snippet", "仅摘录"
    STAFF = "staff", "仅编辑"

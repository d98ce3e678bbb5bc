"""How much of a text readers may see."""

from django.db import models


class Access(models.TextChoices):
    FULL = "full", "全文"
    SNIPPET = "snippet", "仅摘录"
    STAFF = "staff", "仅编辑"


class Shown(models.IntegerChoices):
    """How much of an article one reader is shown: the one answer that pages, snippets, exports and feeds go by."""

    NOTHING = 0
    SNIPPETS = 1
    WHOLE = 2

"""What the pages themselves keep: the searches of which editors have a daily mail."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from .finding.state import SearchState
from .views.search import run


class Digest(models.Model):
    """A search of an editor. `query` is the address of the search behind its question mark, in one form.

    `since`: what changed before it has been told. `sent_on` is the last day (of Asia/Shanghai) that was dealt
    with, with a mail or without one.
    """

    class Language(models.TextChoices):
        HANS = "zh-hans", "简体中文"
        HANT = "zh-hant", "繁體中文"
        ENGLISH = "en", "English"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests")
    query = models.CharField("检索", max_length=2000, help_text="检索页地址里问号后面的部分")
    language = models.CharField("语言", max_length=8, choices=Language.choices, default=Language.HANS)
    active = models.BooleanField("发送", default=True)
    since = models.DateTimeField("已报到", default=timezone.now, editable=False)
    sent_on = models.DateField("上次处理", null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "每日邮件"
        verbose_name_plural = "每日邮件"
        constraints = [
            models.UniqueConstraint(fields=["user", "query"], name="digest_of_a_search_once"),
            models.CheckConstraint(
                condition=Q(language__in=("zh-hans", "zh-hant", "en")), name="digest_language_known"
            ),
        ]

    def __str__(self) -> str:
        return self.query[:80]

    @property
    def state(self) -> SearchState:
        return SearchState.of(QueryDict(self.query))

    def clean(self) -> None:
        """Bring the query into its one form. ValidationError for one that cannot be read, or an editor without an address."""
        state = SearchState.of(QueryDict(self.query.lstrip("?"))).but(sort="", root=False, per_page=20)
        found = run(state, per_page=1, snippets=0, facets=())
        if found.error:
            raise ValidationError({"query": found.error.sentence})
        self.query = state.query().lstrip("?")
        if self.user_id and not self.user.email:
            raise ValidationError("您的账号还没有电子邮件地址，请先请管理员填上。")

    def save(self, *args: Any, **options: Any) -> None:
        super().save(*args, **options)

"""Versions: what was read from a capture, with its evidence; fields are corrected with a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from ..fields import FIELDS, FieldError, field_label
from ..models import Byline, Evidence, Quantity, Version, VersionRegion
from ..rule_words import rule_words
from ..services import ChangedMeanwhile, correct
from .asking import staff
from .read_only import ReadOnlyInline


class EvidenceInline(ReadOnlyInline):
    model = Evidence
    fields = ["what", "value", "how", "text", "percent", "basis"]
    show_change_link = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Evidence]:
        """What would be read the same twice (one word found at two places) is told once."""
        told = ["version", "field", "value", "rule", "text", "basis", "confidence"]
        before = Evidence.objects.filter(pk__lt=OuterRef("pk"), **{name: OuterRef(name) for name in told})
        return super().get_queryset(request).filter(~Exists(before))

    @admin.display(description=_("项目"))
    def what(self, evidence: Evidence) -> str:
        return field_label(evidence.field)

    @admin.display(description=_("规则"))
    def how(self, evidence: Evidence) -> str:
        return rule_words(evidence.rule)

    @admin.display(description=_("把握"))
    def percent(self, evidence: Evidence) -> str:
        return f"{evidence.confidence:.0%}"


class BylineInline(ReadOnlyInline):
    model = Byline
    fields = ["position", "name", "role"]
    show_change_link = False


class PlaceInline(ReadOnlyInline):
    model = VersionRegion
    fields = ["region", "township", "role"]
    show_change_link = False


class QuantityInline(ReadOnlyInline):
    model = Quantity
    fields = ["low", "high", "approximate", "unit", "noun", "start", "end"]
    show_change_link = False


_HELP = {
    "published": _("写作 2020-02-24、2020-02 或 2020;不知则留空。"),
    "about": _("六位代码，或省市县全名；后面可接乡镇街道。"),
    "authors": _("写作“姓名（身份）、姓名”。"),
}


class WordsForm(forms.ModelForm):
    """One line for each field, in words."""


WordsForm.declared_fields = {
    name: forms.CharField(
        label=field.label,  # type: ignore[arg-type]
        required=False,
        help_text=_HELP.get(name, ""),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    for name, field in FIELDS.items()
}


class CorrectionForm(WordsForm):
    """All correctable fields in words, the reason, and how many changes the article had when this was shown."""

    reason = forms.CharField(label=_("更正理由"), required=False, max_length=300, help_text=_("会写入公开的修订记录。"))
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Version
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["seen"].initial = self.instance.article.changes
            # Before the columns' own values, which the admin would put in: lists are no words.
            self.initial.update((name, field.words(field.read(self.instance))) for name, field in FIELDS.items())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        changes: dict[str, Any] = {}
        for name in set(self.changed_data) & set(FIELDS):
            try:
                changes[name] = FIELDS[name].parse(cleaned.get(name) or "")
            except FieldError as error:
                self.add_error(name, str(error))
        if changes and not (cleaned.get("reason") or "").strip():
            self.add_error("reason", _("更正须写明理由。"))
        cleaned["changes"] = changes
        return cleaned


@admin.register(Version)
class VersionAdmin(admin.ModelAdmin):
    form = CorrectionForm
    list_display = ["article", "number", "title", "published", "published_standing", "script"]
    list_filter = ["published_standing", "published_precision", "script"]
    search_fields = ["title", "body_simplified", "article__public_id"]
    list_select_related = ["article__current_version"]
    list_per_page = 50
    inlines = [PlaceInline, BylineInline, EvidenceInline, QuantityInline]
    readonly_fields = [
        *["article", "number", "script", "title_as_printed", "body"],
        *["published_precision", "published_earliest", "published_latest", "published_standing", "published_why"],
    ]
    fieldsets = [
        (None, {"fields": ["article", "number", "script", "title_as_printed"]}),
        (_("各项"), {"fields": [*FIELDS, "reason", "seen"]}),
        (
            _("日期的由来"),
            {
                "fields": [
                    *["published_precision", "published_earliest", "published_latest"],
                    *["published_standing", "published_why"],
                ],
                "classes": ["collapse"],
            },
        ),
        (_("正文（按原样，不可改）"), {"fields": ["body"], "classes": ["collapse"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # An article is deleted as a whole; a version alone never.
        return obj is None and super().has_delete_permission(request)

    def save_model(self, request: HttpRequest, obj: Version, form: Any, change: bool) -> None:
        data = form.cleaned_data
        kept = Version.objects.select_related("article").get(pk=obj.pk)
        request.refused = ""  # type: ignore[attr-defined]
        try:
            correct(version=kept, by=staff(request), reason=data["reason"], changes=data["changes"], seen=data["seen"])
        except ChangedMeanwhile as error:
            request.refused = str(error)  # type: ignore[attr-defined]

    def response_change(self, request: HttpRequest, obj: Version) -> HttpResponse:
        refused = getattr(request, "refused", "")
        if not refused:
            return super().response_change(request, obj)
        self.message_user(request, refused, messages.ERROR)
        return redirect(request.path)

"""The thesaurus for editors."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from .folded import name_key
from .models import Slogan, SynonymGroup, SynonymTerm


class SynonymTermFormSet(BaseInlineFormSet):
    """Refuses one term entered twice (either script) before the database does."""

    def clean(self) -> None:
        super().clean()
        rows = [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", None)]
        keys = [name_key(row["text"]) for row in rows if row.get("text") and not row.get("DELETE")]
        if len(set(keys)) < len(keys):
            raise ValidationError("同一个词出现了两次(简繁、全角半角不分)。")


class SynonymTermInline(admin.TabularInline):
    model = SynonymTerm
    formset = SynonymTermFormSet
    extra = 2


@admin.register(SynonymGroup)
class SynonymGroupAdmin(admin.ModelAdmin):
    """A group and its terms on one page; saved changes hold for the next search."""

    list_display = ["name", "listed_terms", "active", "changed_at"]
    list_filter = ["active"]
    search_fields = ["name", "terms__text"]
    inlines = [SynonymTermInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[SynonymGroup]:
        return super().get_queryset(request).prefetch_related("terms")

    @admin.display(description="词")
    def listed_terms(self, group: SynonymGroup) -> str:
        return "、".join(term.text for term in group.terms.all())


@admin.register(Slogan)
class SloganAdmin(admin.ModelAdmin):
    """The phrases that the page of trends offers."""

    list_display = ["label", "query", "source", "position", "active"]
    list_editable = ["position", "active"]
    list_filter = ["active"]
    search_fields = ["label", "query", "note", "source"]

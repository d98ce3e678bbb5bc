"""What haystack indexes: the published articles. The fields are read by the engine itself (engine.documents)."""

from __future__ import annotations

from typing import Any

from haystack import indexes

from archive.catalog.models import Article

from .engine.upkeep import searchable


class ArticleIndex(indexes.SearchIndex, indexes.Indexable):
    """One document an article; `text` stands for title, body and captions."""

    text = indexes.CharField(document=True)
    published = indexes.DateField(null=True)
    place = indexes.MultiValueField(null=True)
    outlet = indexes.CharField(null=True)
    outlet_place = indexes.MultiValueField(null=True)
    topic = indexes.MultiValueField(null=True)
    script = indexes.CharField(null=True)

    def get_model(self) -> type[Article]:
        return Article

    def get_updated_field(self) -> str:
        return "changed_at"

    def index_queryset(self, using: str | None = None) -> Any:
        return searchable()

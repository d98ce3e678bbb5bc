"""Saving, withdrawing or deleting what an article is made of schedules its indexing."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from haystack.signals import BaseSignalProcessor

from archive.catalog.models import Article, Byline, Outlet, Version, VersionRegion
from archive.catalog.signals import articles_changed, bulk_settled, texts_erased

from . import pending


class IndexSignalProcessor(BaseSignalProcessor):
    """Listens to the records that the index is made from; nothing else in the project calls the index."""

    def setup(self) -> None:
        articles_changed.connect(self.many_changed)
        bulk_settled.connect(self.settled)
        texts_erased.connect(self.erased)
        for model in (Article, Version, Byline, VersionRegion):
            post_save.connect(self.changed, sender=model)
            post_delete.connect(self.changed, sender=model)
        post_save.connect(self.outlet_changed, sender=Outlet)
        pre_delete.connect(self.outlet_changed, sender=Outlet)

    def teardown(self) -> None:
        articles_changed.disconnect(self.many_changed)
        bulk_settled.disconnect(self.settled)
        texts_erased.disconnect(self.erased)
        for model in (Article, Version, Byline, VersionRegion):
            post_save.disconnect(self.changed, sender=model)
            post_delete.disconnect(self.changed, sender=model)
        post_save.disconnect(self.outlet_changed, sender=Outlet)
        pre_delete.disconnect(self.outlet_changed, sender=Outlet)

    def changed(self, instance: Model, **kwargs: Any) -> None:
        """An article or a part of one was saved or deleted."""
        if kwargs.get("raw"):
            return
        match instance:
            case Article():
                pending.mark([instance.pk])
            case Version():
                pending.mark([instance.article_id])
            case Byline() | VersionRegion():
                pending.mark(Version.objects.filter(pk=instance.version_id).values_list("article_id", flat=True))

    def many_changed(self, keys: list[int], **_kwargs: Any) -> None:
        """Many articles were written together; they are indexed when their import says so."""
        pending.note(keys)

    def settled(self, **_kwargs: Any) -> None:
        """What many transactions wrote has been committed."""
        pending.catch_up()

    def erased(self, keys: list[int], **_kwargs: Any) -> None:
        """Texts were destroyed by law."""
        pending.mark(keys, erased=True)

    def outlet_changed(self, instance: Outlet, **kwargs: Any) -> None:
        """Its name, address or place may stand in the index with each of its articles."""
        if kwargs.get("raw") or kwargs.get("created"):
            return
        pending.mark(Article.objects.filter(outlet=instance).values_list("pk", flat=True))

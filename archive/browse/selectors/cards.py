"""An article as a card in a list: title, date, outlet, place, snippets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.urls import reverse
from django.utils.safestring import SafeString

from archive.catalog.models import Article, Printing, Script, Version
from archive.search.records import Snippet, Span
from archive.search.service import Result
from archive.search.texts import printed_title

from ..finding.links import Link, addressed
from ..names import place_path
from ..printed_dates import machine_date, published_in_words
from ..reading.listed import Card, Cards, Passage
from ..reading.marked import marked


def article_language(version: Version) -> str:
    """The language tag of a text as printed."""
    return "zh-Hans" if version.script == Script.HANS else "zh-Hant"


def cards(articles: Iterable[Article]) -> Cards:
    """Cards of articles that were read with their parts."""
    address = addressed("article")
    return Cards(_card(article, address) for article in articles)


def related(articles: Iterable[Article]) -> Cards:
    """Cards of which title, date and outlet are shown; the places were not read."""
    address = addressed("article")
    return Cards(_card(article, address, places=False) for article in articles)


def result_cards(results: Iterable[Result], query: str, first: int) -> Cards:
    """Cards of results: marks, snippets, and links that carry the search and the place in it."""
    shown = list(results)
    several = [one.article.pk for one in shown if one.copies > 1]
    stories = dict(Printing.objects.filter(pk__in=several).values_list("pk", "cluster_id")) if several else {}
    made = []
    address = addressed("article")
    for number, result in enumerate(shown, first):
        carried = f"{query}&n={number}" if query else f"?n={number}"
        card = _card(result.article, address, carried, result.title_marks, result.snippets)
        if result.article.pk in stories:
            card = replace(card, copies=result.copies, story_url=reverse("story", args=[stories[result.article.pk]]))
        made.append(card)
    return Cards(made)


def _card(
    article: Article,
    address: Link,
    query: str = "",
    title_marks: tuple[Span, ...] = (),
    snippets: tuple[Snippet, ...] = (),
    places: bool = True,
) -> Card:
    version = article.current_version
    assert version is not None
    place = version.primary_region if places else None
    title = printed_title(version)
    return Card(
        public_id=article.public_id,
        url=address(article.public_id) + query,
        title=marked(title, title_marks) if title else marked(version.display_title, ()),
        lang=article_language(version) if title else "zh-Hans",
        date=published_in_words(version),
        machine_date=machine_date(version),
        supplied=version.published_standing == "inferred",
        outlet=article.outlet.name if article.outlet else "",
        outlet_slug=article.outlet.slug if article.outlet else "",
        place=place_path(place.region, place.township) if place else (),
        passages=_passages(snippets),
        sample=article.is_sample,
    )


def _passages(snippets: Iterable[Snippet]) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            SafeString(f"{'…' if one.before else ''}{marked(one.text, one.marks)}{'…' if one.after else ''}"), one.part
        )
        for one in snippets
    )

"""Templates kept by language and written out: what is the same each time is settled when a template is read.

Most of a page's template is sentences and addresses that depend on the language alone. The loader keeps a template for
each language; `settling` turns constant tags into text, `joining` puts the blocks of a page into its frame and what it
includes into its place, and `quick` writes what is left without detours. What a page says does not change by it.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template import Template
from django.template.loaders import base, cached
from django.urls import get_script_prefix, get_urlconf
from django.utils.translation import get_language

from .joining import join
from .settling import settled

__all__ = ["PerLanguage"]


class _Settling(base.Loader):
    def get_template(self, template_name: str, skip: Any = None) -> Template:
        template: Template = super().get_template(template_name, skip)
        template.nodelist = settled(template.nodelist, template)  # before any thread can see it
        join(template)
        return template


class PerLanguage(cached.Loader, _Settling):
    """Django's cached loader with a template for each language, table of addresses and place of the site."""

    def cache_key(self, template_name: str, skip: Any = None) -> str:
        where = get_urlconf() or settings.ROOT_URLCONF
        return f"{get_language()}|{get_script_prefix()}|{where}|{super().cache_key(template_name, skip)}"

"""What every page needs to know of the site."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

#: The language tag of each interface language, and the prefix of its addresses.
TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}
PREFIXES = {"zh-hans": "", "zh-hant": "/zh-hant", "en": "/en"}
NAMES = {"zh-hans": "简体", "zh-hant": "繁體", "en": "English"}


def site(request: HttpRequest) -> dict[str, object]:
    """Names and addresses that the frame of a page uses."""
    language = get_language() or settings.LANGUAGE_CODE
    path = bare_path(request.path)
    query = request.META.get("QUERY_STRING", "")
    return {
        "site_url": settings.SITE_URL,
        "query_limit": settings.QUERY_LIMIT,
        "language_tag": TAGS.get(language, "zh-Hans"),
        "in_english": language == "en",
        "navigation": _navigation(
            language, get_script_prefix() + (get_urlconf() or settings.ROOT_URLCONF), request.path
        ),
        "languages": [
            {
                "tag": TAGS[code],
                "name": NAMES[code],
                "url": PREFIXES[code] + path + (f"?{query}" if query else ""),
                "address": settings.SITE_URL + PREFIXES[code] + path,
                "current": code == language,
            }
            for code in TAGS
        ],
        "canonical": settings.SITE_URL + PREFIXES.get(language, "") + path,
    }


@lru_cache(maxsize=64)
def _places(language: str, table: str) -> dict[str, str]:
    """Address → words of the main navigation."""
    names = {
        "search": _("检索"),
        "places": pgettext("nav", "地区"),
        "dates": pgettext("nav", "日期"),
        "outlets": pgettext("nav", "来源"),
        "research": pgettext("nav", "研究"),
        "help": _("用法"),
        "about": _("关于"),
    }
    return {reverse(name): words for name, words in names.items()}


def _navigation(language: str, table: str, path: str) -> SafeString:
    here = ' aria-current="page"'
    return mark_safe(  # noqa: S308  addresses of our own, words of the catalogue
        "\n".join(
            f'<li><a href="{address}"{here if address == path else ""}>{escape(words)}</a></li>'
            for address, words in _places(language, table).items()
        )
    )


def bare_path(path: str) -> str:
    """The path without the prefix of a language."""
    for prefix in PREFIXES.values():
        if prefix and (path == prefix or path.startswith(prefix + "/")):
            return path[len(prefix) :] or "/"
    return path

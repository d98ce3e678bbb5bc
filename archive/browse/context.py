"""What every page needs to know of the site."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

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


def bare_path(path: str) -> str:
    """The path without the prefix of a language."""
    for prefix in PREFIXES.values():
        if prefix and (path == prefix or path.startswith(prefix + "/")):
            return path[len(prefix) :] or "/"
    return path

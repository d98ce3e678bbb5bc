"""A page of HTML as it was received, made harmless: its words, headings, tables, lists and links, and nothing that runs or loads."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import nh3
from django.utils.safestring import SafeString, mark_safe

from archive.text.decoding import DecodingError, decode

#: What stays, by the element's own name. No picture, frame, form, style or script; no landmark that would be one of our page.
TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "div", "dl", "dt", "em", "figcaption",
    "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "li", "ol", "p", "pre", "q", "ruby", "rb", "rp", "rt", "s", "small", "span",
    "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul",
}  # fmt: skip
#: Gone with everything inside: what stands in them is not read by people, or is not of the page.
GONE = {"script", "style", "template", "iframe", "object", "svg", "math", "title"}
_CELL = {"colspan", "rowspan"}
#: Code points of a page that is shown, and elements within each other; what exceeds them is had as bytes. Cleaning takes
#: time with the depth of every element: the largest page of a paper that was met has 0.1 million and is 20 deep.
MOST, DEEPEST = 1_000_000, 256
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
#: Elements that hold nothing, or end where the next begins.
_FLAT = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "td",
        "th",
        "tr",
        "thead",
        "tbody",
        "tfoot",
        "option",
        "optgroup",
        "rp",
        "rt",
        "rb",
    ]
)


class TooLong(Exception):
    """The page is longer, or nested deeper, than is shown."""


def text_of(data: bytes, encoding: str = "") -> str:
    """The bytes as text, what is none as U+FFFD. `encoding` is how the import read them, for what tells nothing itself."""
    try:
        return decode(data).text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    except DecodingError:
        try:
            return data.decode(encoding or "utf-8", "replace")
        except LookupError:
            return data.decode("utf-8", "replace")


def harmless(html: str, address: str = "") -> SafeString:
    """The page without whatever could run, load or lead astray. Links are made whole by the address that it was found at.

    Raises TooLong.
    """
    if len(html) > MOST or _depth(html) > DEEPEST:
        raise TooLong

    def kept(tag: str, attribute: str, value: str) -> str | None:
        if attribute != "href":
            return value if value.isdecimal() and 0 < int(value[:6]) <= 1000 else None
        try:
            whole = urljoin(address, value.strip())
        except ValueError:
            return None
        return whole if whole.startswith(("http://", "https://")) else None

    cleaned = nh3.clean(
        html, tags=TAGS, clean_content_tags=GONE, attributes={"a": {"href"}, "td": _CELL, "th": _CELL}, attribute_filter=kept,
        url_schemes={"http", "https"}, link_rel="nofollow noopener noreferrer", url_relative="pass_through" if address else "deny",
    )  # fmt: skip
    # The page that shows it has the only heading of the first order. In cleaned HTML, "<" begins nothing but an element.
    return mark_safe(cleaned.replace("<h1>", "<h2>").replace("</h1>", "</h2>"))  # noqa: S308 (what nh3 cleaned)


def _depth(html: str) -> int:
    """How deep elements stand within each other at most, should none end by itself."""
    depth = deepest = 0
    for closing, name in _TAG.findall(html):
        if name.lower() not in _FLAT:
            depth = max(depth - 1, 0) if closing else depth + 1
            deepest = max(deepest, depth)
    return deepest

"""From an HTML page to lines of text: which are the piece, which are the page around it.

Two well-kept extractors (readability-lxml, trafilatura) judge where the body is; neither alone is
enough on Chinese news pages. The lines of the whole page are read in order, and the body is where
the two agree, widened over lines of prose next to it. Scripts and styles are never read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from archive.ingest.extract.html_body import HtmlLine, is_prose, key_of, mark_body
from archive.ingest.extract.page import LineKind
from archive.text.layers import Layer
from archive.text.repair.mojibake import mojibake_changes

#: Larger pages are read as they are received, but their body is not looked for by the extractors.
LARGEST = 5_000_000
#: Elements nested deeper than this make the extractors recurse for too long.
DEEPEST = 200
_SILENT = ("script", "style", "noscript", "template", "iframe", "object", "svg", "select", "textarea", "button", "head")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_KINDS: dict[str, LineKind] = {
    "li": "list",
    "figcaption": "caption",
    "caption": "caption",
    "tr": "table",
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "h5": "heading",
    "h6": "heading",
}
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_IDEOGRAPHIC = re.compile(r"[\s\u3000\u00a0]+")


class HtmlError(ValueError):
    """A page that cannot be read as HTML; the sentence says why."""


@dataclass(slots=True)
class HtmlText:
    """The text of a page: its lines joined by line ends, kinds by the place where a line starts, and what the markup says."""

    text: str
    kinds: dict[int, LineKind] = field(default_factory=dict)
    markup: dict[str, str] = field(default_factory=dict)


def looks_like_html(text: str) -> bool:
    """Tell by its head whether a text is an HTML page."""
    head = text[:2000].lstrip("\ufeff \t\r\n").lower()
    return head.startswith(("<!doctype html", "<html", "<head", "<body", "<?xml")) or (
        head.count("<") >= 3
        and bool(re.search(r"<(?:div|meta|title|table|article|section|h1)\b", head) or re.match(r"<[a-z]", head))
    )


def read_html(text: str) -> HtmlText:
    """Return the lines of a page and where its body is. Raises HtmlError when no tree can be made of it."""
    tree = _tree(text)
    markup = _markup(tree)
    for element in tree.xpath("|".join(f"//{name}" for name in _SILENT if name != "head")):
        element.drop_tree()
    lines = _lines(tree)
    if len(text) <= LARGEST and _depth(tree) <= DEEPEST:
        _read_right(lines, tree)
        mark_body(lines, _judgements(tree))
    else:
        for line in lines:
            line.body = is_prose(line)
    kinds: dict[int, LineKind] = {}
    place = 0
    for line in lines:
        kinds[place] = _kind(line)
        place += len(line.text) + 1
    return HtmlText("\n".join(line.text for line in lines), kinds, markup)


def _tree(text: str) -> HtmlElement:
    cleaned = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\x00", "")
    try:
        parser = lxml.html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
        tree = lxml.html.document_fromstring(cleaned, parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError) as error:
        raise HtmlError("页面没有可读的 HTML 内容。") from error
    return tree


def _depth(tree: HtmlElement) -> int:
    deepest = depth = 0
    for event, _element in lxml.etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
        if deepest > DEEPEST:
            break
    return deepest


def _markup(tree: HtmlElement) -> dict[str, str]:
    """Title tag, meta tags by lower-case name, and the text of the first h1."""
    found: dict[str, str] = {}
    for element in tree.xpath("//title[1]"):
        found["title"] = _tidy(element.text_content())
    for element in tree.xpath("//meta[@content]"):
        name = (element.get("name") or element.get("property") or element.get("itemprop") or "").strip().lower()
        if name and name not in found:
            found[name] = _tidy(element.get("content") or "")
    headings = [_tidy(element.text_content()) for element in tree.xpath("//h1")]
    if headings and headings[0]:
        found["h1"] = headings[0]
    return {name: value for name, value in found.items() if value}


def _tidy(text: str) -> str:
    return _IDEOGRAPHIC.sub(" ", text).strip()


def _lines(root: HtmlElement) -> list[HtmlLine]:
    """Every line of text of the page in reading order; the cells of a table row share a line."""
    lines: list[HtmlLine] = []
    current: list[str] = []
    linked = 0
    tags = ["body"]
    links = 0

    def flush(tag: str) -> None:
        nonlocal linked
        text = _BLANKS.sub(" ", "".join(current)).strip(" ")
        current.clear()
        if text.strip("\u3000\u00a0 "):
            lines.append(HtmlLine(text, tag, linked, text))
        linked = 0

    def take(text: str | None) -> None:
        nonlocal linked
        if text:
            current.append(text)
            linked += len(text.strip()) if links else 0

    for event, element in lxml.etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            in_row = "tr" in tags
            if tag in ("td", "th"):
                current.append(" | " if current and "".join(current).strip() else "")
            elif tag in _BLOCKS and not (in_row and tag in ("p", "div") and _small_row(element)):
                flush(tags[-1])
                tags.append(tag) if tag not in ("br", "hr") else None
            links += tag == "a"
            if tag not in ("head", "title"):
                take(element.text)
        else:
            links -= tag == "a"
            if tag in _BLOCKS and tag not in ("td", "th", "br", "hr") and tags[-1] == tag:
                flush(tag)
                tags.pop()
            if tag != "body" and tag != "html" and tag != "head" and tag != "title":
                take(element.tail)
    flush("body")
    return lines


def _small_row(element: HtmlElement) -> bool:
    """A row whose cells hold words, not paragraphs: layout tables hold whole pages."""
    row = next((ancestor for ancestor in element.iterancestors("tr")), None)
    return row is not None and len(row.text_content()) < 200


def _read_right(lines: list[HtmlLine], tree: HtmlElement) -> None:
    """Let a page that was read in a wrong encoding as a whole be judged as what its bytes spell.

    The lines keep their text as received: mending that is the work of the repairs, which can be undone.
    """
    page = "\n".join(line.text for line in lines)
    mended = Layer(page).changed(mojibake_changes(page)).text.split("\n")
    if len(mended) != len(lines):
        return
    for line, reading in zip(lines, mended, strict=True):
        line.reading = reading
    if sum(line.reading != line.text for line in lines) < 0.3 * len(lines):
        return
    for element in tree.iter():
        for place in ("text", "tail"):
            text = getattr(element, place)
            if text and not text.isascii():
                setattr(element, place, Layer(text).changed(mojibake_changes(text, context=page)).text)


def _judgements(tree: HtmlElement) -> list[set[str]]:
    """What each extractor holds for the body, as sets of lines without blanks."""
    import trafilatura
    from readability import Document
    from readability.readability import Unparseable

    page = lxml.html.tostring(tree, encoding="unicode")
    judgements = []
    try:
        summary = Document(page).summary(html_partial=True)
        judgements.append({key_of(line.text) for line in _lines(_tree(summary))} if summary.strip() else set())
    except (Unparseable, HtmlError, lxml.etree.LxmlError, ValueError, RecursionError):
        judgements.append(set())
    extracted = trafilatura.extract(
        page, include_comments=False, include_tables=True, favor_precision=False, deduplicate=False
    )
    judgements.append({key_of(line) for line in (extracted or "").split("\n")} - {""})
    return judgements


def _kind(line: HtmlLine) -> LineKind:
    if line.tag == "h1":
        return "title"
    if not line.body:
        return "furniture"
    if line.tag == "tr" and " | " not in line.text:
        return "body"  # one cell: the table only lays out the page
    return _KINDS.get(line.tag, "body")

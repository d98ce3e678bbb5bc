"""From the bytes of one capture to drafts of articles: pure, no database, no migrations.

Order: decode → (HTML: lines and body) → repair → script → lines → stories → fields → places. Each
step is a function of a room or of `extract`; this module only hands on.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from archive.catalog.usages import Usage, shipped_usages
from archive.ingest.extract.fields import StoryFields, read_fields
from archive.ingest.extract.html import HtmlError, HtmlText, looks_like_html, read_html
from archive.ingest.extract.lines import read_lines, simplified_lines
from archive.ingest.extract.page import LineKind, Page, Story
from archive.ingest.extract.placed import LinesNotKept
from archive.ingest.extract.scripts import script_of
from archive.ingest.extract.stated_titles import without_site
from archive.ingest.extract.stories import read_stories
from archive.ingest.places import place_of_page, places_of
from archive.ingest.records import ArticleDraft, EvidenceFound, PageRead, Passage, RepairMade, Skipped
from archive.text.decoding import Decoded, DecodingError, decode
from archive.text.encodings import mixed_from
from archive.text.layers import Edit, Layer
from archive.text.repair import repair
from archive.text.script import han_count, is_traditional, to_simplified

#: Fewer Han characters than this are no article by themselves: the shortest labelled piece has 60.
LEAST_HAN = 30
#: So many are one where a headline, a whole sentence and a line of source or date show that it is (see `_is_brief`).
LEAST_BRIEF = 8
_NO_TEXT = re.compile("[页頁]面不存在|已被?[删刪]除|升[级級][维維][护護]|登[录錄]后|登錄後")  # a server's words
_WHOLE_SENTENCE = re.compile("[。！？!?][”』」）)]?$")
#: Bytes that no encoding knows come as lone surrogates, which no file or database takes; the capture keeps the bytes.
_LOST_BYTE = re.compile("[\ud800-\udfff]")


def read_page(
    data: bytes,
    *,
    file: str,
    media_type: str | None = None,
    source_url: str | None = None,
    captured_at: str | None = None,
    usages: tuple[Usage, ...] | None = None,
) -> PageRead:
    """Read one capture. `usages`: the words that date a text, None for those that the software brings.

    What gives no article is named in `skipped`, with the reason; nothing is raised for bad input.
    """
    try:
        decoded = decode(data)
    except DecodingError as error:
        return PageRead("", "", "", [], [], [Skipped(file, 0, str(error), bad=True)])
    if _may_be_mixed(decoded) and (line := mixed_from(data)) is not None:
        reason = _(
            "第 %(line)d 行起的编码与前面不同（UTF-8 与 GB18030 或 Big5 混在一个文件里），未读取；请用同一种编码另存。"
        )
        return PageRead("", "", "", [], [], [Skipped(file, 0, reason % {"line": line}, bad=True)])
    received = _LOST_BYTE.sub("\ufffd", decoded.text)
    extracted: HtmlText | None = None
    if "html" in (media_type or "") or (media_type is None and looks_like_html(received)):
        try:
            extracted = read_html(received)
        except HtmlError as error:
            return PageRead(decoded.encoding, received, received, [], [], [Skipped(file, 0, str(error), bad=True)])
    source = extracted.text if extracted else received
    repaired = repair(source)
    layer = Layer(source, repaired.edits)
    try:
        page = _page(layer, extracted, source_url, captured_at, shipped_usages() if usages is None else usages)
    except LinesNotKept:
        reason = _("页面的文字没有全部归到文章里，不导入以免遗漏。")
        return PageRead(decoded.encoding, received, layer.text, [], [], [Skipped(file, 0, reason, bad=True)])
    result = PageRead(
        encoding=decoded.encoding,
        decoded=received,
        repaired=layer.text,
        repairs=[_repair(edit) for edit in repaired.edits],
        drafts=[],
        skipped=[],
        extracted=extracted.text if extracted else None,
    )
    stories = page.stories
    headed = any(passage.kind == "section" for story in stories for passage in story.furniture)
    page.stories = [story for story in stories if _han(story) >= LEAST_HAN or _is_brief(story, headed)]
    if not page.stories:
        result.skipped.append(Skipped(file, 0, _why_no_article(page, max(map(_han, stories), default=0))))
        return result
    result.skipped = [Skipped(file, 0, _named(one)) for one in stories if one not in page.stories and _han(one)]
    result.drafts = _drafts(page, result.repairs, file)
    return result


def _may_be_mixed(decoded: Decoded) -> bool:
    return decoded.encoding in ("gb18030", "big5hkscs") or (decoded.encoding == "utf-8" and bool(decoded.problems))


def _page(
    layer: Layer,
    extracted: HtmlText | None,
    source_url: str | None,
    captured_at: str | None,
    usages: tuple[Usage, ...],
) -> Page:
    text = layer.text
    traditional = is_traditional(text)
    simplified = simplified_lines(text, to_simplified(text)) if traditional else text
    marks = _marks(layer, extracted.kinds) if extracted else {}
    lines = read_lines(text, simplified, marks=marks)
    markup = dict(extracted.markup) if extracted else {}
    page = Page(text, simplified, script_of(text, layer.edits), lines, [], source_url, captured_at, markup, usages)
    title = markup.get("h1") or markup.get("og:title") or without_site(markup.get("title", ""))
    page.stories = read_stories(lines, markup_title=to_simplified(title), markup=extracted is not None)
    return page


def _marks(layer: Layer, kinds: dict[int, LineKind]) -> dict[int, LineKind]:
    """Kinds by the place where a line's text starts, after repair and without leading blanks."""
    found: dict[int, LineKind] = {}
    text = layer.text
    for start, kind in kinds.items():
        place = layer.from_raw(start)
        while place < len(text) and text[place] != "\n" and text[place].isspace():
            place += 1
        found[place] = kind
    return found


def _prose(story: Story) -> list[str]:
    return [block.text for block in story.blocks if block.kind in ("paragraph", "list")]


def _han(story: Story) -> int:
    """How many Han characters its text has."""
    return han_count("".join(_prose(story)))


def _is_brief(story: Story, headed: bool) -> bool:
    """A short piece (flagged for review): headline, whole sentences, a line of source or date, or (`headed`) a masthead's page."""
    prose = _prose(story)
    if story.title is None or not LEAST_BRIEF <= _han(story) < LEAST_HAN:
        return False
    refused = any(map(_NO_TEXT.search, [story.title.text, *prose]))
    alone = headed and all(passage.kind in ("section", "caption") for passage in story.furniture)
    if refused or not _WHOLE_SENTENCE.search(prose[-1].strip()) or not (story.meta or alone):
        return False
    story.flags.append("short-piece")
    return True


def _why_no_article(page: Page, longest: int) -> str:
    """`longest`: how many Han characters the longest text on the page has."""
    if not page.text.strip():
        return _("文件里没有文字。")
    if longest:
        return _too_short(longest)
    if han_count(page.text) < LEAST_HAN:
        return _("文件里没有成段的中文。")
    return _("没有找到成篇的正文（只有导航、列表或声明）。")


def _too_short(han: int) -> str:
    return _("正文只有 %(count)d 字，太短：这样短的，要有标题、完整的句子和来源或日期，才收作一篇。") % {"count": han}


def _named(story: Story) -> str:
    """Why a story of a page that has others is no article, under its headline or first words."""
    words = story.title.text.strip() if story.title else story.blocks[0].text
    return f"“{words[:40]}”：{_too_short(_han(story))}"


def _drafts(page: Page, repairs: list[RepairMade], file: str) -> list[ArticleDraft]:
    fields = [read_fields(page, story, file) for story in page.stories]
    texts = [_simplified(story, page) for story in page.stories]
    titles = [story.title.simplified.strip() if story.title else None for story in page.stories]
    page_region = place_of_page(titles, texts, fields) if len(page.stories) > 1 else None
    return [
        _draft(page, story, its, text, title, repairs, file, number, page_region)
        for number, (story, its, text, title) in enumerate(zip(page.stories, fields, texts, titles, strict=True))
    ]


def _simplified(story: Story, page: Page) -> str:
    body = "\n\n".join(block.text for block in story.blocks)
    return body if page.script == "Hans" else simplified_lines(body, to_simplified(body))


def _draft(
    page: Page,
    story: Story,
    fields: StoryFields,
    simplified: str,
    title: str | None,
    repairs: list[RepairMade],
    file: str,
    number: int,
    page_region: str | None,
) -> ArticleDraft:
    when = date.fromisoformat(fields.published.earliest[:10]) if fields.published.earliest else None
    about, places, why = places_of(
        title,
        simplified,
        story,
        page,
        dateline=fields.dateline,
        outlet_region=fields.outlet_region,
        page_region=page_region,
        issuer=fields.issuer,
        when=when,
    )
    printed = story.title.text.strip() if story.title else None
    return ArticleDraft(
        file=file,
        index=number,
        title=title,
        title_as_printed=printed if printed != title else None,
        body="\n\n".join(block.text for block in story.blocks),
        body_simplified=simplified,
        blocks=story.blocks,
        script=page.script,
        captions=story.captions,
        furniture=sorted([*story.furniture, *_told(story)], key=lambda passage: passage.start),
        outlet=fields.outlet,
        outlet_as_printed=fields.outlet_as_printed,
        publisher=fields.publisher,
        original_source=fields.original_source,
        outlet_region=fields.outlet_region,
        source_line=fields.source_line,
        authors=fields.authors,
        editors=fields.editors,
        page_label=fields.page_label,
        dateline=fields.dateline,
        published=fields.published,
        about=about,
        places=places,
        topics=fields.topics,
        repairs=repairs,
        evidence=_as_known([*_title_evidence(story, title), *_body_evidence(story), *fields.evidence, *why]),
        source_url=page.source_url,
        captured_at=page.captured_at,
        span=story.span,
    )


#: What is found with less confidence is inferred, whatever words it rests on; a place that a hint decided has .6.
_STATED = 0.6


def _as_known(evidence: list[EvidenceFound]) -> list[EvidenceFound]:
    """The evidence, none of it doubtful and yet called stated."""
    return [replace(one, basis="inferred") if one.confidence < _STATED else one for one in evidence]


#: How sure a headline is by where it was found; one above the body is nearly always one.
_TITLE_RULES = {
    "title-from-trail": 0.6,
    "title-from-bracket": 0.75,
    "title-from-label": 0.8,
    "title-from-head": 0.8,
    "headline-after-section": 0.85,
}


def _title_evidence(story: Story, title: str | None) -> list[EvidenceFound]:
    if story.title is None or not title:
        return []
    rule = next((flag for flag in story.flags if flag in _TITLE_RULES), "headline-above-body")
    where = story.title
    return [EvidenceFound("title", title, rule, where.start, where.end, where.text, _TITLE_RULES.get(rule, 0.92))]


#: How sure the body is after what structure did to it; what is below .9 goes to the review queue.
_BODY_RULES = {
    "column-join": 0.95,
    "interleaved": 0.85,
    "divided-by-byline": 0.85,
    "interleaved-unsure": 0.6,
    "short-piece": 0.6,
}


def _body_evidence(story: Story) -> list[EvidenceFound]:
    """What was done to put the body together: columns joined, stories parted, a second copy left out."""
    start, end = story.span
    rules = [flag for flag in story.flags if flag in _BODY_RULES]
    return [EvidenceFound("body", "", rule, start, end, "", _BODY_RULES[rule], "inferred") for rule in rules]


def _told(story: Story) -> list[Passage]:
    """The lines that told about the story are no part of its text either."""
    return [Passage("meta", line.text, line.start, line.end) for line in story.meta]


def _repair(edit: Edit) -> RepairMade:
    return RepairMade(edit.rule, edit.start, edit.end, edit.before, edit.after, edit.confidence, edit.state)

"""An object of `import_articles --dry-run --json`, read back: what it told comes back as it was.

It is no text to be read: its body has been repaired and divided, names are simplified, what is unknown is null. Only its
places (`start`, `end`) go, since they count in another text. Evidence comes back where the value that it is of still
stands; of a field that was changed in between, the file is the evidence.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, get_args

from django.utils.translation import gettext as _

from archive.text.script import Script, to_simplified

from . import given
from .extract.lines import simplified_lines
from .readers import Source, values
from .readers.record import UNKEEPABLE
from .readers.values import Unreadable
from .records import ArticleDraft, Author, Basis, Block, BlockKind, EvidenceFound, PageRead, PlaceFound

#: Keys that together stand in no object but one of the dry run.
_TELLING = ("body", "body_simplified", "blocks", "script", "evidence", "published")
#: Fields that hold a word or nothing.
_WORDS = (
    "title", "title_as_printed", "outlet", "outlet_as_printed", "publisher", "original_source", "outlet_region",
    "source_line", "page_label", "dateline",
)  # fmt: skip


def object_of(source: Source) -> dict[str, Any] | None:
    """The object of the dry run that a line of a file is; None for any other line."""
    encoding = source.encoding or "utf-8"
    if source.media_type != "application/json" or '"body_simplified"'.encode(encoding) not in source.data:
        return None
    found: dict[str, Any] = json.loads(source.data.decode(encoding).lstrip("\ufeff"))
    if any(key not in found for key in _TELLING) or "body" not in source.given:
        return None
    known = found["script"] in get_args(Script)
    return found if known and all(isinstance(found[key] or [], list) for key in ("blocks", "evidence")) else None


def read_back(source: Source, found: dict[str, Any]) -> tuple[PageRead, str]:
    """The draft as it was told, and the problems of what was changed in it since, as a sentence ("" for none)."""
    facts = dict(source.given)
    printed = str(facts.pop("body").value)
    blocks = _pieces(found["blocks"] or [], printed)
    body = "\n\n".join(text for _kind, text in blocks)
    if not _reads(found.get("title_as_printed"), found.get("title")):
        found = {**found, "title_as_printed": None}  # of a title that was written over
        facts.pop("title_as_printed", None)
    head = str(found["title_as_printed"] or found.get("title") or "")
    text = f"{head}\n\n{body}" if head else body
    draft = ArticleDraft(
        file=source.name, index=0, title=None, body=body, body_simplified=_simplified(found, body),
        blocks=_placed(blocks, len(text) - len(body)), script=found["script"], source_url=source.source_url,
        captured_at=source.captured_at, span=(0, len(text)),
    )  # fmt: skip
    problem = given.apply(draft, facts)
    try:
        _as_told(draft, found)
    except (TypeError, KeyError, Unreadable) as error:
        problem += _("不是演练（--dry-run --json）所写的样子：%(error)s") % {"error": error}
    told = _standing(draft, found["evidence"] or [])
    named = {one.field for one in told}
    draft.evidence = [
        EvidenceFound("body", "", "key body", len(text) - len(body), len(text), body[:40], 1.0),
        *told,
        *(one for one in draft.evidence if one.value and one.field not in named),
    ]
    raw = source.data.decode(source.encoding or "utf-8", "replace")
    return PageRead(source.encoding or "utf-8", raw, text, [], [draft], [], extracted=text), problem


def _pieces(told: list[Any], body: str) -> list[tuple[BlockKind, str]]:
    """Kind and text of the blocks: those that were told, where the body is still theirs, else its lines."""
    blocks = [(one.get("kind"), one.get("text")) for one in told if isinstance(one, dict)]
    known = all(kind in get_args(BlockKind) and isinstance(text, str) for kind, text in blocks)
    if known and "\n\n".join(str(text) for _kind, text in blocks) == body:
        return blocks  # type: ignore[return-value]  # as was looked at
    return [("paragraph", part) for line in body.split("\n") if (part := line.strip())]


def _placed(blocks: list[tuple[BlockKind, str]], start: int) -> list[Block]:
    placed = []
    for kind, text in blocks:
        placed.append(Block(kind, text, start, start + len(text)))
        start += len(text) + 2
    return placed


def _simplified(found: dict[str, Any], body: str) -> str:
    """The reading that was told, where it is one of this body; both ways of reading it are ours."""
    converted = to_simplified(body)
    readings = [body] if found["script"] == "Hans" else [simplified_lines(body, converted), converted]
    return next((one for one in readings if one == found["body_simplified"]), readings[0])


def _as_told(draft: ArticleDraft, found: dict[str, Any]) -> None:
    """Names as they were told, null where nothing is known, and what a file cannot state otherwise."""
    for name in _WORDS:
        if name in found:
            setattr(draft, name, _word(found[name]))
    if not _reads(draft.outlet_as_printed, draft.outlet):
        draft.outlet_as_printed = None  # of an outlet that was written over
    if not isinstance(found.get("topics", ""), str):  # words in one line were read as those of any file
        draft.topics = [_word(one) or "" for one in found["topics"] or []]
    if not isinstance(found.get("authors", ""), str):
        draft.authors = [Author(_word(one["name"]) or "", _word(one["role"]) or "") for one in found["authors"] or []]
    if "places" in found:
        about, places = draft.about, [_place(one) for one in found["places"] or []]
        others = [replace(one, role="other") for one in places if about is None or one.names != about.names]
        draft.places = [*([about] if about else ()), *others]


def _reads(printed: Any, name: Any) -> bool:
    """Whether `name` is the reading of what is printed, so that it was not written over since."""
    if not isinstance(printed, str) or not isinstance(name, str):
        return False
    once = to_simplified(printed)
    return name == once or to_simplified(once) == to_simplified(name)


def _word(value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError(repr(value)[:40])
    if value and UNKEEPABLE.search(value):
        raise TypeError("NUL")
    return value or None


def _place(value: Any) -> PlaceFound:
    found = values.place(value)
    if isinstance(found, str) or not all(_word(name) for name in found.names):
        raise TypeError(repr(value)[:40])
    return replace(found, role="primary" if value.get("role") == "primary" else "other")


def _standing(draft: ArticleDraft, told: list[Any]) -> list[EvidenceFound]:
    """The evidence that was told of values that the draft still has; none of an editor's comes from a file."""
    held = _values(draft)
    standing = []
    for one in told:
        if not isinstance(one, dict) or not isinstance(one.get("value"), str):
            continue
        if one["value"] not in held.get(str(one.get("field")), ()):
            continue
        words = [str(one.get(key) or "") for key in ("field", "value", "rule", "text")]
        confidence, basis = one.get("confidence"), one.get("basis")
        if isinstance(confidence, int | float) and 0 <= confidence <= 1 and not any(map(UNKEEPABLE.search, words)):
            field, value, rule, text = words
            known: Basis = "inferred" if basis == "inferred" else "stated"
            standing.append(EvidenceFound(field, value, rule, None, None, text, float(confidence), known))
    return standing


def _values(draft: ArticleDraft) -> dict[str, set[Any]]:
    """What evidence of each field may be of."""
    held: dict[str, set[Any]] = {name: {getattr(draft, name)} - {None} for name in _WORDS}
    held["published"] = {draft.published.value} - {None}
    held["authors"] = {author.name for author in draft.authors}
    held["editors"], held["topics"] = set(draft.editors), set(draft.topics)
    held["about"] = _named(draft.about) if draft.about else set()
    held["places"] = {name for one in draft.places for name in _named(one)}
    return held


def _named(found: PlaceFound) -> set[Any]:
    return {found.code, "".join(found.names), *found.names[-1:]}

"""An object of `import_articles --dry-run --json`, read back: what it told comes back as it was.

It is no text to be read: its body has been repaired and divided, names are simplified, what is unknown is null. Only its
places (`start`, `end`) go, since they count in another text. Evidence comes back where the value that it is of still
stands; of a field that was changed in between, the file is the evidence.
"""

from __future__ import annotations

import json
from typing import Any, get_args

from archive.text.script import to_simplified

from . import given
from .extract.lines import simplified_lines
from .readers import Source
from .readers.values import Unreadable, place
from .records import ArticleDraft, Basis, Block, BlockKind, EvidenceFound, PageRead, PlaceFound

#: Keys that together stand in no object but one of the dry run.
_TELLING = ("body", "body_simplified", "blocks", "script", "evidence", "published")
_SCRIPTS = ("Hans", "Hant", "Hant-converted")
#: Fields in which one piece of evidence stands for one of several values.
_SEVERAL = {"authors", "editors", "topics", "places"}
#: Names as printed are told beside what was made of them.
_AS_PRINTED = ("title_as_printed", "outlet_as_printed")


def object_of(source: Source) -> dict[str, Any] | None:
    """The object of the dry run that a line of a file is; None for any other line."""
    if source.media_type != "application/json" or b'"body_simplified"' not in source.data:
        return None
    found = json.loads(source.data.decode(source.encoding or "utf-8").lstrip("\ufeff"))
    told = all(found.get(key) is not None for key in _TELLING) and found["script"] in _SCRIPTS
    return found if told and isinstance(found["blocks"], list) and isinstance(found["evidence"], list) else None


def read_back(source: Source, found: dict[str, Any]) -> tuple[PageRead, str]:
    """The draft as it was told (with the problems of fields that were changed, as a sentence, or "")."""
    facts = dict(source.given)
    body = "\n\n".join(part for line in str(facts.pop("body").value).split("\n") if (part := line.strip()))
    title = facts["title"].value if "title" in facts else ""
    head = str(facts["title_as_printed"].value if "title_as_printed" in facts else title)
    text = f"{head}\n\n{body}" if head else body
    draft = ArticleDraft(
        file=source.name,
        index=0,
        title=title or None,
        body=body,
        body_simplified=body if found["script"] == "Hans" else simplified_lines(body, to_simplified(body)),
        blocks=_blocks(found["blocks"], body, len(text) - len(body)),
        script=found["script"],
        source_url=source.source_url,
        captured_at=source.captured_at,
        span=(0, len(text)),
    )
    problem = given.apply(draft, facts)
    _as_told(draft, found, facts)
    try:
        draft.places = _places(found.get("places") or [], draft.about)
    except (Unreadable, TypeError) as error:
        problem += f"“places”：{error}"
    draft.evidence = [*_standing(draft, found["evidence"]), EvidenceFound("body", "", "record", 0, None, body[:40], 1.0)]
    told = {one.field for one in draft.evidence}
    draft.evidence += [one for one in _stated(draft, facts) if one.field not in told]
    raw = source.data.decode(source.encoding or "utf-8", "replace")
    return PageRead(source.encoding or "utf-8", raw, text, [], [draft], [], extracted=text), problem

"""What of an article is searched: the printed title, body and captions of its current version."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archive.catalog.models import Article, Script, Shown, Version, excerpt_end

from .folded import FoldedText, Searched, reading
from .tree import Part


@dataclass(frozen=True, slots=True)
class PartText:
    """One text that is searched by itself: a phrase never spans two. `simplified` has the same length."""

    part: Part
    text: str
    traditional: bool
    simplified: str | None = None

    @property
    def reading(self) -> str:
        """The simplified reading, by which the text is cut into words; the text itself unless it is traditional."""
        if not self.traditional:
            return self.text
        return reading(self.text) if self.simplified is None else self.simplified

    def folded(self) -> FoldedText:
        return FoldedText.of(self.text, self.traditional, self.simplified)

    def searched(self) -> Searched:
        return Searched(self.text, self.traditional, self.simplified)


def printed_title(version: Version) -> str:
    """The title in the script in which it was printed."""
    return version.title_as_printed or version.title


def texts_of(version: Version) -> list[PartText]:
    """The searched texts of a version: title, body, then each caption. Furniture is not among them."""
    traditional = version.script != Script.HANS
    body_simplified = version.body_simplified if len(version.body_simplified) == len(version.body) else None
    return [
        PartText("title", printed_title(version), traditional),
        PartText("body", version.body, traditional, body_simplified),
        *(PartText("caption", caption["text"], traditional) for caption in version.captions),
    ]


def open_texts(article: Article) -> list[PartText]:
    """What of the texts of an article readers may be quoted: nothing, all, or the title and the excerpt of the body.

    The excerpt is the same for every question (see `excerpt_end`); captions are no part of it.
    """
    version, shown = article.current_version, article.shown()
    if version is None or shown == Shown.NOTHING:
        return []
    texts = texts_of(version)
    if shown == Shown.WHOLE:
        return texts
    title, body = texts[:2]
    end = excerpt_end(body.text)
    cut = None if body.simplified is None else body.simplified[:end]
    return [title, replace(body, text=body.text[:end], simplified=cut)]

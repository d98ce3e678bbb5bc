"""What of an article is searched: the printed title, body and captions of its current version."""

from __future__ import annotations

from dataclasses import dataclass

from archive.catalog.models import Script, Version

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

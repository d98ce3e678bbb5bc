"""A page: frame, headline, body; the truth of its fields in the keys of `import_articles --dry-run --json`."""

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import prose
from .frames import FRAMES
from .subjects import Subject, subject


@dataclass
class Page:
    """`truth` is simplified, whatever is done to `lines` later; `body` are the paragraphs among them."""

    kind: str
    lines: list[str]
    body: list[str]
    truth: dict[str, Any]
    subject: Subject
    url: str | None = None
    #: Kinds of damage that took something away for good: fields that no longer can be right letter for letter.
    lossy: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        return "\n\n".join(self.lines) + "\n"


def make_page(rng: random.Random, corpus: Path | None = None) -> Page:
    """One clean page. `corpus`: the folder of ../shared/corpus; without it all prose is invented."""
    about = subject(rng)
    title = prose.title(about, rng)
    frame_of = rng.choice(FRAMES)
    frame = frame_of(title, about, rng)
    body = prose.body(about, rng, corpus)
    body[0] = frame.opening + body[0]
    body[-1] += frame.closing
    truth = {"title": title, "body": "\n\n".join(body), "about": about.county.code, **frame.truth}
    return Page(frame_of.__name__, [*frame.above, *body, *frame.below], body, truth, about, frame.url)

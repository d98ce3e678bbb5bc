"""The agency whose reporters took all the pictures of a piece, where nobody else is named."""

from __future__ import annotations

import re

from archive.ingest.extract.outlet_names import is_outlet_name
from archive.ingest.extract.publishers import Candidate
from archive.ingest.extract.surroundings import Surroundings

#: 某社记者甲摄, 某社发(甲摄), 某社发: who sent the picture, at the end of what it shows.
_SENT = re.compile(
    r"(?P<name>[一-鿿]{2,8}?社)(?:记者\s?[一-鿿 、]{2,16}\s?摄|发(?:\s?\([一-鿿 、]{2,16}\s?摄\))?)\)?[。.]?$"
)


def agency_of_pictures(story: Surroundings) -> Candidate | None:
    """Return the agency that every credit of a picture names; None where none or more than one is named."""
    found: dict[str, Candidate] = {}
    for piece in story.zone("caption", "head", "body", "foot"):
        match = _SENT.search(piece.text.rstrip())
        name = re.sub(r"^.*?(?=新华社|中新社)", "", match["name"]) if match else ""
        if match and is_outlet_name(name):
            start = match.end("name") - len(name)
            found.setdefault(name, Candidate(name, "picture-credit", piece, start, 0.65))
    return next(iter(found.values())) if len(found) == 1 else None

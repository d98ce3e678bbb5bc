"""Several pieces typed one below another, each headed by the label of its headline: 标题：某事."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from archive.ingest.extract.page import Line
from archive.ingest.extract.placed import Placed
from archive.ingest.extract.surroundings import plain_marks

#: The label at the head of a piece. 原标题 is none: aggregators print it below a body that has its own headline.
_HEAD = re.compile(r"^(?P<label>标题|题目)\s?:\s?(?P<title>\S.{2,80})$")


def labelled_parts(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """The lines of each piece, cut where a label of headlines stands; [] unless one label heads two different ones.

    What stands above the first label belongs to the first piece.
    """
    heads: dict[str, list[int]] = {}
    titles: dict[str, set[str]] = {}
    for position, line in enumerate(lines):
        match = _HEAD.match(plain_marks(line.simplified).strip())
        if match is not None:
            heads.setdefault(match["label"], []).append(position)
            titles.setdefault(match["label"], set()).add("".join(match["title"].split()))
    label = next((label for label in heads if len(titles[label]) == len(heads[label]) > 1), None)
    if label is None:
        return []
    return [lines[a:b] for a, b in pairwise([0, *heads[label][1:], len(lines)])]


def are_stories(parts: Sequence[Sequence[Placed]]) -> bool:
    """Whether two parts or more hold text: labels above a list of links head no pieces."""
    return sum(any(one.story.blocks for one in part) for part in parts) > 1

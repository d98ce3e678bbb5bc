"""A text and the edits made to it: each edit can be undone alone, and undoing all gives the text as it was.

Edits are counted in code points of the text before any repair and never overlap. Steps that follow one
another (a shifted run mended, then a pinyin note stripped out of it) are composed to one edit.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

State = Literal["applied", "suggested"]


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: `before` stood at [start, end) and `after` takes its place, when `state` is "applied"."""

    rule: str
    version: int
    start: int
    end: int
    before: str
    after: str
    confidence: float
    state: State = "applied"


@dataclass(frozen=True, slots=True)
class Change:
    """What a rule asks for, in code points of the text that the rule was shown; the span is never empty.

    An insertion replaces a character beside it, so that it keeps its place whatever is undone.
    """

    start: int
    end: int
    after: str
    rule: str
    version: int = 1
    confidence: float = 1.0
    state: State = "applied"


class Layer:
    """A text as received (`raw`), the edits on it, and the text that results (`text`)."""

    __slots__ = ("_repaired_ends", "_repaired_starts", "edits", "raw", "suggestions", "text")

    def __init__(self, raw: str, edits: Iterable[Edit] = ()) -> None:
        """Build the layer; raises ValueError when edits overlap or do not say what stands in `raw`."""
        self.raw = raw
        every = sorted(edits, key=lambda edit: (edit.start, edit.end))
        self.edits = tuple(edit for edit in every if edit.state == "applied")
        self.suggestions = tuple(edit for edit in every if edit.state == "suggested")
        pieces: list[str] = []
        self._repaired_starts: list[int] = []
        self._repaired_ends: list[int] = []
        place = length = 0
        for edit in self.edits:
            if edit.start < place or raw[edit.start : edit.end] != edit.before:
                raise ValueError(f"edit {edit.rule} at {edit.start} overlaps another or does not fit the text")
            pieces += (raw[place : edit.start], edit.after)
            length += edit.start - place
            self._repaired_starts.append(length)
            length += len(edit.after)
            self._repaired_ends.append(length)
            place = edit.end
        self.text = "".join((*pieces, raw[place:])) if pieces else raw

    def to_raw(self, offset: int, *, end: bool = False) -> int:
        """Return the place in `raw` of a place in `text`.

        Inside the result of an edit: its start, or with `end` its end. At a deletion: behind it, or with
        `end` before it; so a span goes to (to_raw(start), to_raw(end, end=True)).
        """
        side = bisect_left(self._repaired_starts, offset) if end else bisect_right(self._repaired_starts, offset)
        if side == 0:
            return offset
        edit, start, stop = self.edits[side - 1], self._repaired_starts[side - 1], self._repaired_ends[side - 1]
        if start < offset < stop or (offset == start and start < stop and not end):
            return edit.end if end else edit.start
        return edit.end + offset - stop

    def from_raw(self, offset: int, *, end: bool = False) -> int:
        """Return the place in `text` of a place in `raw`; inside an edit its start, or with `end` its end."""
        side = bisect_right(self.edits, offset, key=lambda edit: edit.start)
        if end:
            side = bisect_left(self.edits, offset, key=lambda edit: edit.start)
        if side == 0:
            return offset
        edit = self.edits[side - 1]
        if offset < edit.end or (offset == edit.start == edit.end):
            return self._repaired_ends[side - 1] if end else self._repaired_starts[side - 1]
        return self._repaired_ends[side - 1] + offset - edit.end

    def undo(self, edit: Edit | None = None) -> "Layer":
        """Return the layer without `edit` (it becomes a suggestion), or with no edit applied at all."""
        if edit is None:
            return Layer(self.raw, [replace(e, state="suggested") for e in self.edits + self.suggestions])
        if edit not in self.edits:
            raise ValueError("this edit is not applied in this layer")
        undone = replace(edit, state="suggested")
        return Layer(self.raw, [undone if e is edit or e == edit else e for e in self.edits + self.suggestions])

    def accept(self, edit: Edit) -> "Layer":
        """Return the layer with a suggestion applied; applied edits that it overlaps give way to it."""
        if edit not in self.suggestions:
            raise ValueError("this edit is not suggested in this layer")
        kept = [replace(e, state="suggested") if e.start < edit.end and edit.start < e.end else e for e in self.edits]
        waiting = [e for e in self.suggestions if e != edit]
        return Layer(self.raw, [*kept, *waiting, replace(edit, state="applied")])

    def changed(self, changes: Iterable[Change]) -> "Layer":
        """Return the layer with `changes` (places of the present `text`) applied or suggested on top."""
        wanted = sorted(changes, key=lambda change: (change.start, change.end))
        if not wanted:
            return self
        if any(change.start >= change.end for change in wanted):
            raise ValueError("a change replaces at least one character")
        edits: list[Edit] = list(self.suggestions)
        taken = -1
        applied: list[Change] = []
        for change in wanted:
            if change.state == "suggested":
                edits.append(self._composed([change], set()))
            elif change.start >= taken and (change.after != self.text[change.start : change.end]):
                applied.append(change)
                taken = change.end
        replaced: set[int] = set()
        edits += [self._composed(group, replaced) for group in self._groups(applied)]
        edits += [edit for i, edit in enumerate(self.edits) if i not in replaced]
        return Layer(self.raw, edits)

    def _touched(self, start: int, end: int) -> range:
        """Indexes of the edits whose result shares a character with [start, end), or vanished inside it."""
        first = bisect_right(self._repaired_ends, start)
        last = bisect_left(self._repaired_starts, end)
        while first < last and self._repaired_ends[first] <= start:
            first += 1
        return range(first, max(first, last))

    def _groups(self, changes: list[Change]) -> list[list[Change]]:
        """Bring together the changes that meet in the result of one earlier edit."""
        groups: list[list[Change]] = []
        reach = -1
        for change in changes:
            touched = self._touched(change.start, change.end)
            if groups and touched and touched[0] <= reach:
                groups[-1].append(change)
            else:
                groups.append([change])
            if touched:
                reach = max(reach, touched[-1])
        return groups

    def _composed(self, group: list[Change], replaced: set[int]) -> Edit:
        """One edit of `raw` that does what the earlier edits and the changes of `group` do together."""
        touched: list[int] = []
        for change in group:
            touched += [i for i in self._touched(change.start, change.end) if i not in touched]
        start, end = group[0].start, group[-1].end
        if touched:
            start = min(start, self._repaired_starts[touched[0]])
            end = max(end, self._repaired_ends[touched[-1]])
        # what lies between the first and the last is part of the edit too
        touched = sorted({*touched, *self._touched(start, end)})
        replaced.update(touched)
        after: list[str] = []
        place = start
        for change in group:
            after += (self.text[place : change.start], change.after)
            place = change.end
        after.append(self.text[place:end])
        raw_start = min([self.to_raw(start)] + [self.edits[i].start for i in touched])
        raw_end = max([self.to_raw(end, end=True)] + [self.edits[i].end for i in touched])
        earlier = [self.edits[i] for i in touched]
        rules = list(dict.fromkeys([rule for e in earlier for rule in e.rule.split("+")] + [c.rule for c in group]))
        return Edit(
            rule="+".join(rules),
            version=max([c.version for c in group] + [e.version for e in earlier]),
            start=raw_start,
            end=max(raw_start, raw_end),
            before=self.raw[raw_start : max(raw_start, raw_end)],
            after="".join(after),
            confidence=min([c.confidence for c in group] + [e.confidence for e in earlier]),
            state=group[0].state,
        )

"""Which story each line of a newspaper page belongs to, when columns are cut and read in turns.

A page is read as threads, one per story, of which some are broken inside a sentence. Each line of text
goes on in a broken thread or begins a paragraph of the story at hand; a subheading may begin a section
whose headline stands further down. A beam search keeps the best readings of the whole page, scored by
the seams, by the words that a line shares with its story, and by what is left broken.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from archive.ingest.extract.lines import is_open
from archive.ingest.extract.page import Line
from archive.ingest.extract.seams import goes_on, repeated, seam
from archive.text.words import words

#: Readings kept at each line; pages have rarely more than six broken paragraphs at a time.
BEAM = 48
#: Costs, in the nats of the seams. They were set on synthetic pages (tests/pages.py, tests/mixed_columns.py), seeds 1 and 601.
SWITCH = 0.0  # going back to another story's broken paragraph
INTERRUPTED = 1.5  # a headline while a paragraph is broken
LEFT_BROKEN = 6.0  # a paragraph that never ends, or a new one begun behind it
SLIPPED = 2.0  # a section that stands before its headline
EMPTY = 8.0  # a headline without text
UNCLAIMED = 6.0  # such a section without a headline behind it
#: Weight of the words shared with a story, rare ones first; their sum counts by its logarithm, since a long
#: story would otherwise draw every line to itself.
SHARED = 4.5
#: Readings closer than this to the best one make it unsure: at 4, eight of a thousand pages were wrong without a flag;
#: a column joined to the wrong story costs more than a look at a page that is right.
MARGIN = 7.0

Act = Literal["headline", "claim", "subheading", "section", "join", "new"]


@dataclass(frozen=True, slots=True)
class Step:
    """One line placed: in which thread, and how."""

    line: Line
    thread: int
    act: Act


@dataclass(frozen=True, slots=True)
class Thread:
    last: str = ""  # the last line of text; "" before any
    open: bool = False
    words: frozenset[str] = frozenset()
    headed: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    score: float = 0.0
    current: int = -1
    threads: tuple[Thread, ...] = ()
    steps: tuple[Step, ...] = ()

    def places(self) -> tuple[int, ...]:
        """Where each line stands, with threads numbered as they first appear: two readings may differ in names only."""
        names: dict[int, int] = {}
        return tuple(names.setdefault(step.thread, len(names)) for step in self.steps)


@dataclass(slots=True)
class Threads:
    """The best reading of a page; `unsure`: another one is nearly as good; `mixed`: stories are read in turns."""

    steps: tuple[Step, ...]
    unsure: bool
    mixed: bool
    flagged: frozenset[int] = field(default_factory=frozenset)


class Rareness:
    """How much a shared word tells: one over the number of lines of the page that hold it, less one."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.page = "\n".join(line.simplified for line in lines)
        self.seams: dict[tuple[str, str], float] = {}
        self.vocabulary = {line.start: _vocabulary(line.simplified) for line in lines}
        self.counts: Counter[str] = Counter()
        for its in self.vocabulary.values():
            self.counts.update(its)

    def seam(self, before: str, after: str) -> float:
        """What speaks for `after` going on where `before` breaks off, from the words and from the page."""
        if (before, after) not in self.seams:
            evidence = seam(before, after) + goes_on(after) + repeated(before, after, self.page)
            self.seams[before, after] = evidence
        return self.seams[before, after]

    def words(self, line: Line) -> frozenset[str]:
        return self.vocabulary.get(line.start) or _vocabulary(line.simplified)

    def shared(self, line: Line, others: frozenset[str]) -> float:
        """Logarithm of one more than the words that `line` shares with `others`, each counted by its rareness."""
        return math.log1p(sum(1 / max(1, self.counts[word] - 1) for word in self.words(line) & others))


def _vocabulary(text: str) -> frozenset[str]:
    return frozenset(word.text for word in words(text) if len(word.text) >= 2)


def read_threads(lines: Sequence[Line], headlines: frozenset[int]) -> Threads:
    """Place headings and lines of text of a page; `headlines`: starts of the headings that open a story."""
    rareness = Rareness(lines)
    beam = [Reading()]
    for line in lines:
        if line.kind != "heading":
            following = [reading for old in beam for reading in _text(old, line, rareness)]
        elif line.start in headlines:
            following = [reading for old in beam for reading in _headline(old, line, rareness)]
        else:
            following = [reading for old in beam for reading in _subheading(old, line, rareness)]
        beam = sorted(following, key=lambda reading: -reading.score)[:BEAM]
    return _settled(sorted((_ended(reading) for reading in beam), key=lambda reading: -reading.score))


def _settled(beam: list[Reading]) -> Threads:
    best = beam[0]
    places = best.places()
    rivals = [other for other in beam[1:] if best.score - other.score < MARGIN and other.places() != places]
    doubtful = frozenset(
        thread
        for other in rivals
        for mine, its in zip(best.steps, other.steps, strict=True)
        if (mine.thread, mine.act) != (its.thread, its.act)
        for thread in (mine.thread,)
    )
    runs = [
        step.thread
        for number, step in enumerate(best.steps)
        if not number or step.thread != best.steps[number - 1].thread
    ]
    return Threads(best.steps, bool(rivals), len(runs) != len(set(runs)), doubtful)


def _text(old: Reading, line: Line, rareness: Rareness) -> list[Reading]:
    if old.current < 0:
        old = replace(old, current=0, threads=(Thread(headed=False),))
    here = old.threads[old.current]
    begins = _cost_of_new(here) + SHARED * rareness.shared(line, here.words)
    found = [_placed(old, old.current, line, "new", begins, rareness)]
    for number, thread in enumerate(old.threads):
        if thread.open and thread.last:
            evidence = rareness.seam(thread.last, line.simplified)
            evidence += SHARED * rareness.shared(line, thread.words) - SWITCH * (number != old.current)
            found.append(_placed(old, number, line, "join", evidence, rareness))
    return found


def _cost_of_new(here: Thread) -> float:
    return -LEFT_BROKEN if here.open and here.last else 0.0


def _placed(old: Reading, number: int, line: Line, act: Act, score: float, rareness: Rareness) -> Reading:
    thread = old.threads[number]
    changed = replace(
        thread, last=line.simplified, open=is_open(line.simplified), words=thread.words | rareness.words(line)
    )
    threads = (*old.threads[:number], changed, *old.threads[number + 1 :])
    return Reading(old.score + score, number, threads, (*old.steps, Step(line, number, act)))


def _headline(old: Reading, line: Line, rareness: Rareness) -> list[Reading]:
    cost = -INTERRUPTED if old.current >= 0 and old.threads[old.current].open else 0.0
    thread = Thread(words=rareness.words(line))
    fresh = Reading(
        old.score + cost,
        len(old.threads),
        (*old.threads, thread),
        (*old.steps, Step(line, len(old.threads), "headline")),
    )
    found = [fresh]
    for number, section in enumerate(old.threads):
        if section.headed or not section.open or number == 0:
            continue
        score = SHARED * rareness.shared(line, section.words)
        score += cost if number != old.current else 0.0
        changed = replace(section, headed=True, words=section.words | rareness.words(line))
        threads = (*old.threads[:number], changed, *old.threads[number + 1 :])
        found.append(Reading(old.score + score, number, threads, (*old.steps, Step(line, number, "claim"))))
    return found


def _subheading(old: Reading, line: Line, rareness: Rareness) -> list[Reading]:
    if old.current < 0:
        old = replace(old, current=0, threads=(Thread(headed=False),))
    here = old.threads[old.current]
    stay = _cost_of_new(here) + SHARED * rareness.shared(line, here.words)
    kept = replace(here, last="", open=False, words=here.words | rareness.words(line))
    threads = (*old.threads[: old.current], kept, *old.threads[old.current + 1 :])
    found = [Reading(old.score + stay, old.current, threads, (*old.steps, Step(line, old.current, "subheading")))]
    if here.open and here.last:
        section = Thread(words=rareness.words(line), headed=False)
        steps = (*old.steps, Step(line, len(old.threads), "section"))
        found.append(Reading(old.score - SLIPPED, len(old.threads), (*old.threads, section), steps))
    return found


def _ended(reading: Reading) -> Reading:
    """Charge for what the page leaves broken; its last line may be cut off with the page."""
    cost = 0.0
    for number, thread in enumerate(reading.threads):
        if thread.open and thread.last:
            cost += LEFT_BROKEN * (0.25 if number == reading.current else 1.0)
        if not thread.headed and number:
            cost += UNCLAIMED
        if thread.headed and not thread.last and number != reading.current:
            cost += EMPTY
    return replace(reading, score=reading.score - cost)

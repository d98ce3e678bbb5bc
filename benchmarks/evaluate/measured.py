"""Quantities and topics of labelled sentences and passages of ../shared/corpus (tests/labels: ids and places, no text)."""

import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import zstandard

from archive.ingest.extract.surroundings import Piece, Surroundings, plain_marks
from archive.ingest.extract.topics import read_topics, taxonomy
from archive.text.quantities import Quantity, quantities
from archive.text.quantities.finding import WIDTHS

LABELS = Path(__file__).resolve().parents[2] / "tests" / "labels"
HALVES = ("development", "held-out", "fresh")


def labelled(shared: Path, name: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """(label, passage) of each row of a file of labels."""
    rows = [json.loads(line) for line in (LABELS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    wanted = {row["id"] for row in rows}
    found: dict[int, dict[str, Any]] = {}
    with (shared / "corpus" / "passages-130k.jsonl.zst").open("rb") as raw:
        reader = zstandard.ZstdDecompressor().stream_reader(raw)
        for line in io.TextIOWrapper(reader, encoding="utf-8", newline="\n"):
            passage = json.loads(line)
            if passage["id"] in wanted:
                found[passage["id"]] = passage
    return [(row, found[row["id"]]) for row in rows]


def judged_quantities(shared: Path) -> dict[str, Counter[str]]:
    """Counts by half: right, missed, false (place, both bounds and unit judged together); noun right, noun wrong.

    A noun is right when its end is (how many modifiers belong to it is a matter of taste), and where none is labelled,
    when none is read.
    """
    counts = {half: Counter[str]() for half in HALVES}
    for row, missed, false, pairs in disagreements(shared):
        count = counts[row["half"]]
        count.update(missed=len(missed), false=len(false), right=len(pairs))
        for label, read in pairs:
            count["noun right" if label[4] == read.noun_end else "noun wrong"] += 1
    return counts


def disagreements(
    shared: Path,
) -> Iterator[tuple[dict[str, Any], list[Any], list[Quantity], list[tuple[Any, Quantity]]]]:
    """(label, missed, false, agreeing pairs) of each sentence, places in the passage."""
    for row, passage in labelled(shared, "quantities"):
        text = passage["text"]
        read = {
            (one.start, one.end): one for one in quantities(text) if row["start"] <= one.start and one.end <= row["end"]
        }
        pairs, missed = [], []
        for label in row["quantities"]:
            one = read.get((label[0], label[2]))
            unit = text[label[1] : label[2]].strip().translate(WIDTHS)
            if one is not None and (one.low, one.high, one.unit) == (label[5], label[6], unit):
                pairs.append((label, one))
                del read[one.start, one.end]
            else:
                missed.append(label)
        yield row, missed, list(read.values()), pairs


def judged_topics(shared: Path) -> dict[str, Counter[str]]:
    """Counts by half of topics of passages: right, missed, false."""
    names = {topic.key: topic.name for topic in taxonomy()}
    counts = {half: Counter[str]() for half in HALVES}
    for row, passage in labelled(shared, "topics"):
        wanted = {names[key] for key, _start, _end in row["topics"]}
        read = set(topics_of(passage))
        counts[row["half"]].update(right=len(wanted & read), missed=len(wanted - read), false=len(read - wanted))
    return counts


def topics_of(passage: dict[str, Any]) -> list[str]:
    """The topics read in a passage, by its title and its text alone."""
    title, text = plain_marks(passage["title"]), plain_marks(passage["text"])
    pieces = (Piece("title", title, 0), Piece("body", text, len(title) + 1))
    return read_topics(Surroundings(pieces, alone=True))[0]


def show_measured(title: str, counts: dict[str, Counter[str]]) -> None:
    """Print a table: a row a half of the labels, with precision and recall."""
    print(f"\n{title}")
    print(f"  {'half':<14}{'right':>8}{'missed':>8}{'false':>8}{'precision':>11}{'recall':>9}{'noun right':>12}")
    for half, count in counts.items():
        if not count:
            continue
        right = count["right"]
        nouns = count["noun right"] + count["noun wrong"]
        print(
            f"  {half:<14}{right:>8}{count['missed']:>8}{count['false']:>8}"
            f"{right / max(1, right + count['false']):>11.3f}{right / max(1, right + count['missed']):>9.3f}"
            + (f"{count['noun right'] / nouns:>12.3f}" if nouns else f"{'–':>12}")
        )

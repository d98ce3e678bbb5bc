"""Pages made by the tests' generators, of which every field is known: newspaper pages and whole damaged pages."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from archive.ingest.pipeline import read_page
from archive.ingest.records import ArticleDraft
from tests import mixed_columns, pages
from tests.generator.damages import DAMAGES
from tests.generator.pages import make_page
from tests.generator.scoring import read, verdicts

from .tables import Verdicts, tally


def newspapers(shared: Path, count: int, seed: int = 20) -> Iterator[Verdicts]:
    """Pages of several stories, columns cut and mixed: right letter for letter, flagged (unknown), or silently wrong.

    Only the flag of doubt counts, not the one that tells that stories were read in turns. A second row of each
    layout tells how many of the right pages carry that doubt too (unknown), and so ask an editor for a look.
    """
    source, rng = pages.passages(shared), random.Random(seed)
    for _ in range(count):
        page = pages.make_page(source, rng)
        drafts = read_page(page.text.encode(), file="版.txt").drafts
        yield _newspaper("one slip", [(draft.title, draft.body) for draft in drafts] == page.stories, drafts)
    for mixed in mixed_columns.make_pages(mixed_columns.load_stories(shared), count=count, seed=seed):
        drafts = read_page(mixed.text.encode(), file="版.txt").drafts
        got = [(draft.title_as_printed or draft.title, [block.text for block in draft.blocks]) for draft in drafts]
        yield _newspaper(mixed.layout, got == [(story.title, story.blocks) for story in mixed.truth], drafts)


def _newspaper(layout: str, same: bool, drafts: Sequence[ArticleDraft]) -> Verdicts:
    doubted = any("unsure" in row.rule for draft in drafts for row in draft.evidence)
    judged = "right" if same else "unknown" if doubted else "wrong"
    found = {layout: judged, "all layouts": judged}
    return found | {"right: doubted": "unknown" if doubted else "right"} if same else found


def generated(
    shared: Path, count: int, seed: int = 7
) -> tuple[dict[str, Counter[str]], dict[str, dict[str, Counter[str]]]]:
    """Counts by field over all damages and both scripts, and by damage: `count` pages, each drawn anew for each damage."""
    by_damage: dict[str, dict[str, Counter[str]]] = {}
    everything: list[Verdicts] = []
    for name, damage in DAMAGES.items():
        rng = random.Random(f"{seed} {name}")
        judged: list[Verdicts] = []
        for _ in range(count):
            page = make_page(rng, shared / "corpus")
            judged.append(verdicts(page, read(page, damage(page, rng)), name))
        everything += judged
        by_damage[name] = tally(judged)
    return tally(everything), by_damage

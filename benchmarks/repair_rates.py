"""How many sites of each class of damage are mended right, wrong, suggested or flagged; and false repairs on clean text.

Reads the broadcast news and briefs of ../shared/corpus; run `python -m benchmarks.repair_rates [characters]`.
"""

import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from archive.text.layers import Edit
from archive.text.repair import Repaired, repair
from tests.damage import LOST, REVERSIBLE, SHIFTED, Damaged, gbk_shift, pinyin_notes, seam_notes, traditional

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "passages-130k.jsonl.zst"
#: Clean characters that no repair may touch.
CLEAN = 1_000_000
SPACES = {"space", "line-end", "invisible"}


def passages(characters: int, seed: int = 11) -> list[str]:
    """Passages of news, `characters` long together, drawn by a fixed seed."""
    raw = subprocess.run(["zstd", "-dc", CORPUS], capture_output=True, check=True).stdout
    rows = [row for row in map(json.loads, filter(None, raw.split(b"\n"))) if row["source"] in ("xwlb", "dxy")]
    random.Random(seed).shuffle(rows)
    chosen, length = [], 0
    for row in rows:
        if length >= characters:
            break
        chosen.append(row["text"])
        length += len(row["text"])
    return chosen


def _drcd() -> list[str]:
    """Passages written in traditional script (../shared/corpus/drcd-dev)."""
    lines = (CORPUS.parent / "drcd-dev" / "docs.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line)["text"] for line in lines if line]


def _overlapping(edits: tuple[Edit, ...], start: int, end: int, state: str) -> list[Edit]:
    return [e for e in edits if e.state == state and e.start < max(end, start + 1) and max(e.end, e.start + 1) > start]


def judge(damaged: Damaged, repaired: Repaired) -> Counter[str]:
    """Count the sites: right, marked (right but for a U+FFFD), wrong, suggested, flagged, missed; and edits outside sites."""
    count: Counter[str] = Counter()
    sites = damaged.sites()
    touched: set[Edit] = set()
    for start, end in sites:
        count["sites"] += 1
        applied = _overlapping(repaired.edits, start, end, "applied")
        touched.update(applied)
        applied = [edit for edit in applied if edit.rule not in ("space", "line-end")]  # a blank inside mends no site
        flag_start, flag_end = repaired.layer.from_raw(start), repaired.layer.from_raw(end, end=True)
        flagged = any(f.start <= flag_end + 1 and f.end >= flag_start - 1 for f in repaired.flags)
        count["flagged"] += flagged
        if not applied:
            hinted = _overlapping(repaired.edits, start, end, "suggested")
            count["suggested" if hinted else "missed"] += 1
            continue
        a, b = min([start] + [e.start for e in applied]), max([end] + [e.end for e in applied])
        for s, e in sites:
            if s < b and e > a:
                a, b = min(a, s), max(b, e)
        truth = damaged.truth_at(a, b)
        got = repaired.text[repaired.layer.from_raw(a) : repaired.layer.from_raw(b, end=True)]
        if got == truth:
            count["right"] += 1
        elif (
            truth is not None
            and len(got) == len(truth)
            and all(x in (y, "\ufffd") for x, y in zip(got, truth, strict=True))
        ):
            count["marked"] += 1
        else:
            count["wrong"] += 1
    count["elsewhere"] = sum(e.state == "applied" and e not in touched and e.rule not in SPACES for e in repaired.edits)
    return count


def _row(name: str, texts: list[str], damage: Callable[[str, random.Random], Damaged]) -> None:
    rng = random.Random(name)
    total: Counter[str] = Counter()
    for text in texts:
        damaged = damage(text, rng)
        total += judge(damaged, repair(damaged.text))
    sites = max(1, total["sites"])
    accepted = total["right"] + total["marked"] + total["wrong"]
    print(
        f"{name:28} {total['sites']:6} sites  right {total['right'] / sites:.3f}  marked {total['marked'] / sites:.3f}  "
        f"wrong {total['wrong']:4} ({total['wrong'] / max(1, accepted):.4f} of accepted)  suggested {total['suggested'] / sites:.3f}  "
        f"flagged {total['flagged'] / sites:.3f}  elsewhere {total['elsewhere']}"
    )


def _noted(shift: Callable[..., Damaged]) -> Callable[[str, random.Random], Damaged]:
    """Shift on a page that carries notes as well; the notes stay in what is called right, and are stripped before judging."""

    def damage(text: str, rng: random.Random) -> Damaged:
        done = shift(traditional(text), rng, 0.3)
        noted = Damaged(done.kind)
        for received, was in done.pieces:
            if received != was:
                noted.pieces.append((received, was))
            else:
                noted.pieces += pinyin_notes(received, rng, 0.1).pieces
        return noted

    return damage


def main() -> None:
    """Print the table."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    texts = passages(size)
    repair("示例乡的村口?!敝蛋嘣彼?")  # made by shifting a sentence of our own: loads the dictionaries
    plenty, drcd = passages(CLEAN, seed=77), _drcd()
    ascii_marks = str.maketrans("，？！：；（）", ",?!:;()")
    for name, clean in {
        "simplified": plenty,
        "converted": [traditional(text) for text in plenty],
        "simplified, ASCII marks": [text.translate(ascii_marks) for text in plenty],
        "converted, ASCII marks": [traditional(text).translate(ascii_marks) for text in plenty],
        "traditional": drcd,
        "traditional, ASCII marks": [text.translate(ascii_marks) for text in drcd],
    }.items():
        started = time.process_time()
        found = [repair(text) for text in clean]
        seconds = time.process_time() - started
        false = sum(e.state == "applied" and e.rule not in SPACES for r in found for e in r.edits)
        flags, length = sum(len(r.flags) for r in found), sum(map(len, clean))
        print(
            f"clean {name}: {length} characters, {false} false repairs, {flags} flags, {length / seconds / 1e6:.2f} Mchar/s"
        )
    for name, damage in {**SHIFTED, **REVERSIBLE, **LOST}.items():
        _row(f"{name} (hans)", texts, damage)
        _row(f"{name} (hant)", texts, lambda text, rng, damage=damage: damage(traditional(text), rng))  # type: ignore[misc]
    _row("gbk-shift + notes (hant)", texts, _noted(gbk_shift))
    _row("gbk-seam-note + notes (hant)", texts, _noted(seam_notes))


if __name__ == "__main__":
    main()

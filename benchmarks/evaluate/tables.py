"""Counts of verdicts, printed as tables: a row a field (or a damage), right, wrong, unknown, how many, the share right."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

Verdicts = Mapping[str, str]


def tally(pages: Iterable[Verdicts]) -> dict[str, Counter[str]]:
    """Verdicts by field, in the order in which the fields came."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for verdicts in pages:
        for name, verdict in verdicts.items():
            counts[name][verdict] += 1
    return dict(counts)


def show(title: str, counts: Mapping[str, Counter[str]]) -> None:
    """Print one table."""
    print(f"\n{title}")
    print(f"  {'field':<14}{'right':>8}{'wrong':>8}{'unknown':>9}{'judged':>9}{'right %':>9}{'wrong %':>9}")
    for name, count in counts.items():
        judged = max(1, sum(count.values()))
        print(
            f"  {name:<14}{count['right']:>8}{count['wrong']:>8}{count['unknown']:>9}{judged:>9}"
            f"{100 * count['right'] / judged:>9.1f}{100 * count['wrong'] / judged:>9.1f}"
        )


def show_matrix(title: str, rows: Mapping[str, Mapping[str, Counter[str]]]) -> None:
    """Print a table of tables: a row a damage, a column a field, each as right % / wrong %."""
    names = list(dict.fromkeys(name for counts in rows.values() for name in counts))
    print(f"\n{title} (right % / wrong %)")
    print(f"  {'':<34}" + "".join(f"{name:>13}" for name in names))
    for row, counts in rows.items():
        cells = []
        for name in names:
            count = counts.get(name, Counter())
            judged = sum(count.values())
            right, wrong = (100 * count[word] / max(1, judged) for word in ("right", "wrong"))
            cells.append(f"{right:>7.1f}/{wrong:<5.1f}" if judged else f"{'–':>13}")
        print(f"  {row:<34}" + "".join(cells))

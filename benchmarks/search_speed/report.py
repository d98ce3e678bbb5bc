"""The reports of several engines side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Reports = dict[str, dict[str, Any]]


def table(reports: Reports) -> str:
    """One table in markdown: what each engine cost to build and keep, then each class, with the peer's median by ours."""
    ours = reports.get("ours")
    lines = [
        "| | "
        + " | ".join(f"{name} ({report['version'].split('-', 1)[-1]})" for name, report in reports.items())
        + " |"
    ]
    lines.append("|---" * (len(reports) + 1) + "|")
    for title, told in _WHOLE.items():
        cells = []
        for report in reports.values():
            try:
                cells.append(told(report))
            except KeyError:  # nothing of the kind was measured
                cells.append("–")
        lines.append(f"| {title} | " + " | ".join(cells) + " |")
    for title in dict.fromkeys(title for report in reports.values() for title in report["classes"]):
        cells = []
        for name, report in reports.items():
            figure = report["classes"].get(title)
            if figure is None:
                cells.append("–")
                continue
            cell = f"{figure['p50']:.3f} / {figure['p95']:.3f} / {figure['cold_p50']:.3f}"
            if "cpu_ms" in figure:
                cell += f"; {figure['cpu_ms']:.2f} processor ms"
            mine = ours["classes"].get(title) if ours and name != "ours" else None
            if mine:
                cell += f" (×{figure['p50'] / mine['p50']:.2f}, ×{figure['cold_p50'] / mine['cold_p50']:.2f})"
            cells.append(cell)
        lines.append(f"| {title} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


_WHOLE: dict[str, Callable[[dict[str, Any]], str]] = {
    "built, articles/s": lambda one: f"{one['build_per_second']:.0f}",
    "built, articles a processor second": lambda one: f"{one['articles'] / one['build_cpu_seconds']:.0f}",
    "index, MB": lambda one: f"{one['index_bytes'] / 1e6:.1f}",
    "memory: grown by / of its own, MB": lambda one: f"{one['memory_mb']:.0f} / {one['own_mb']:.0f}",
    "to open, ms": lambda one: f"{one['open_ms']:.1f}",
    "to save one, p50 / p95; processor ms": lambda one: (
        f"{one['save_p50']:.1f} / {one['save_p95']:.1f}; {one['save_cpu_ms']:.1f}"
    ),
}
LEGEND = (
    "Classes: milliseconds, p50 / p95 warm / p50 cold; in brackets how many times our median the peer's is, warm and cold"
    " (above 1: we are faster)."
)


def ratios(reports: Reports) -> dict[str, dict[str, dict[str, float]]]:
    """Peer → class → ours divided by the peer, for median, p95 and cold median (below 1: we are faster)."""
    ours = reports.get("ours")
    if ours is None:
        return {}
    found: dict[str, dict[str, dict[str, float]]] = {}
    for name, report in reports.items():
        if name != "ours":
            found[name] = {
                title: {kind: ours["classes"][title][kind] / figure[kind] for kind in ("p50", "p95", "cold_p50")}
                for title, figure in report["classes"].items()
                if title in ours["classes"]
            }
            found[name]["whole"] = {
                "build": report["build_per_second"] / ours["build_per_second"],
                "build_cpu": ours["build_cpu_seconds"] / report["build_cpu_seconds"],
                "index": ours["index_bytes"] / report["index_bytes"],
                "memory": ours["memory_mb"] / max(report["memory_mb"], 0.1),
            }
    return found


def disagreements(reports: Reports) -> list[str]:
    """Classes in which two engines count different totals for a query: a speed without the right answer is none."""
    found = []
    names = list(reports)
    for name in names[1:]:
        for title, totals in reports[names[0]]["totals"].items():
            other = reports[name]["totals"].get(title)
            if other is None:
                continue
            pairs = list(zip(totals, other, strict=False))  # a slow peer was asked fewer
            wrong = sum(a != b for a, b in pairs)
            if wrong:
                found.append(f"{title}: {names[0]} and {name} differ in {wrong} of {len(pairs)} totals")
    return found

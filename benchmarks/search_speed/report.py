"""The reports of several engines side by side."""

from __future__ import annotations

from typing import Any

Reports = dict[str, dict[str, Any]]


def table(reports: Reports) -> str:
    """What each engine cost to build and keep, then p50 / p95 / cold p50 a class with the ratio of p50 to ours."""
    lines = [
        f"{name:8} {report['version']:20} built {report['build_per_second']:6.0f} articles/s"
        f" ({report['articles'] / report['build_cpu_seconds']:6.0f} a CPU second)  {report['index_bytes'] / 1e6:7.1f} MB index"
        f"  {report['memory_mb']:5.0f} MB memory  {report['open_ms']:6.1f} ms to open"
        + (f"  {report['save_p50']:.0f} ms to save one" if "save_p50" in report else "")
        for name, report in reports.items()
    ]
    lines += ["", f"{'p50 / p95 / cold p50, ms':30}" + "".join(f"{name:>34}" for name in reports)]
    ours = reports.get("ours")
    for title in next(iter(reports.values()))["classes"]:
        row = f"{title:30}"
        for name, report in reports.items():
            figure = report["classes"].get(title)
            if figure is None:
                row += f"{'–':>34}"
                continue
            cell = f"{figure['p50']:.3f} / {figure['p95']:.3f} / {figure['cold_p50']:.3f}"
            if ours and name != "ours" and title in ours["classes"]:
                cell += f"  ×{figure['p50'] / ours['classes'][title]['p50']:.2f}"
            row += f"{cell:>34}"
        lines.append(row)
    lines.append("×: how many times our median the engine's median is (above 1: we are faster).")
    return "\n".join(lines)


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

"""The model of docs/scale.md: lines through measured sizes."""

from __future__ import annotations

import pytest

from benchmarks.scale.__main__ import foretold, line


def test_a_line_through_exact_measures_is_found_again() -> None:
    start, slope = line([1_000, 3_000, 10_000], [1.5, 2.5, 6.0])
    assert (start, slope) == pytest.approx((1.0, 0.0005))


def test_what_does_not_grow_is_foretold_to_stay() -> None:
    assert line([1_000, 10_000], [2.0, 1.0])[1] == 0.0


def test_the_largest_is_foretold_from_the_smaller_ones_alone() -> None:
    reports = [{"articles": size, "bytes": 3_000.0 * size} for size in (20_000, 100_000)]
    assert foretold(reports, 1_000_000, lambda told: told["bytes"] / 1e6) == pytest.approx(3_000.0)

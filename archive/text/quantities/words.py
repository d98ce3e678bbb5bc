"""A quantity's value in words."""

from __future__ import annotations


def value_in_words(low: float, high: float) -> str:
    """1,234,567.5; a range as 3–5."""
    return _figure(low) if low == high else f"{_figure(low)}–{_figure(high)}"


def _figure(value: float) -> str:
    return f"{value:,.4f}".rstrip("0").rstrip(".")

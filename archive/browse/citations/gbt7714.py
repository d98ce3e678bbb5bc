"""GB/T 7714: the edition of 2025 (in force since 2026-07-01) and that of 2015. Plain text, half-width marks.

2025, read from its worked examples: an article of a newspaper seen online has no access date
(陈缮真.探索微观世界的无穷奥秘(科技大观)[N/OL].人民日报,2022-08-16 (17).http://…), a piece of a web
site has one (…[EB/OL].(2025-02-17)[2025-06-22].http://…). No author: the element is left out. Up to
three authors, then 等. What the cataloguer supplies, a title or a date, stands in square brackets.
"""

from __future__ import annotations

from .piece import Piece

_MOST_AUTHORS = 3


def gbt7714_2025(piece: Piece) -> str:
    """责任者.题名[N/OL].报纸名,日期 (版次).获取路径."""
    entry = _authors(piece, ",", ".")
    title = _title(piece)
    if piece.kind == "newspaper":
        place = f" ({piece.page})" if piece.page else ""
        return f"{_mark(piece)}{entry}{title}[N/OL].{piece.container},{_date(piece)}{place}.{piece.address}."
    published = _published(piece)
    return f"{_mark(piece)}{entry}{title}[EB/OL].{published}[{piece.accessed.isoformat()}].{piece.address}."


def gbt7714_2015(piece: Piece) -> str:
    """责任者. 题名[N/OL]. 报纸名, 日期(版次)[引用日期]. 获取路径."""
    entry = _authors(piece, ", ", ". ")
    title = _title(piece)
    accessed = f"[{piece.accessed.isoformat()}]"
    if piece.kind == "newspaper":
        place = f"({piece.page})" if piece.page else ""
        return (
            f"{_mark(piece)}{entry}{title}[N/OL]. {piece.container}, {_date(piece)}{place}{accessed}. {piece.address}."
        )
    return f"{_mark(piece)}{entry}{title}[EB/OL]. {_published(piece)}{accessed}. {piece.address}."


def _mark(piece: Piece) -> str:
    return "【示例】" if piece.sample else ""


def _authors(piece: Piece, comma: str, stop: str) -> str:
    named = piece.authors[:_MOST_AUTHORS]
    if not named:
        return ""
    return comma.join([*named, "等"] if len(piece.authors) > _MOST_AUTHORS else named) + stop


def _title(piece: Piece) -> str:
    return f"{piece.title}(转自{piece.original})" if piece.original else piece.title


def _date(piece: Piece) -> str:
    if piece.when is None:
        return "[日期不详]"
    return f"[{piece.when.iso}]" if piece.when.supplied else piece.when.iso


def _published(piece: Piece) -> str:
    if piece.when is None:
        return ""
    return f"([{piece.when.iso}])" if piece.when.supplied else f"({piece.when.iso})"

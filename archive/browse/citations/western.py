"""APA (7th edition) and Chicago (18th, bibliography form), plain text; Chinese names stay in their own order and script."""

from __future__ import annotations

from ..printed_dates import MONTHS
from .piece import ARCHIVE_ENGLISH, Piece, When

#: APA names up to twenty authors; Chicago up to six, of more the first three.
_APA_MOST, _CHICAGO_MOST, _CHICAGO_OF_MORE = 20, 6, 3


def apa(piece: Piece) -> str:
    """Author. (2020, February 24). Title. Newspaper, page. Address"""
    date = _apa_date(piece.when)
    title = piece.title
    head = f"{_stopped(_apa_names(piece.authors))} ({date}). {_stopped(title)}" if piece.authors else ""
    head = head or f"{_stopped(title)} ({date})."
    place = f", {piece.page}" if piece.page else ""
    reprint = f" (Reprinted from {piece.original})" if piece.original else ""
    return f"{_mark(piece)}{head} {piece.container or ARCHIVE_ENGLISH}{place}{reprint}. {piece.address}"


def chicago(piece: Piece) -> str:
    """Author. “Title.” Newspaper, February 24, 2020, page. Address."""
    head = f"{_stopped(_chicago_names(piece.authors))} " if piece.authors else ""
    title = piece.title if piece.title.endswith(("。", "？", "！", "?", "!", "…")) else f"{piece.title}."
    place = f", {piece.page}" if piece.page else ""
    original = f" Originally published in {piece.original}." if piece.original else ""
    accessed = "" if piece.when else f" Accessed {_american(When(*piece.accessed.timetuple()[:3]))}."
    container = piece.container or ARCHIVE_ENGLISH
    return (
        f"{_mark(piece)}{head}“{title}” {container}, {_stopped(_chicago_date(piece.when) + place)}{original}{accessed} "
        f"{piece.address}."
    )


def _mark(piece: Piece) -> str:
    return "[示例 Sample] " if piece.sample else ""


def _american(when: When) -> str:
    if when.month is None:
        return str(when.year)
    month = MONTHS[when.month - 1]
    return f"{month} {when.day}, {when.year}" if when.day else f"{month} {when.year}"


def _apa_date(when: When | None) -> str:
    if when is None:
        return "n.d."
    words = str(when.year)
    if when.month:
        words += f", {MONTHS[when.month - 1]}" + (f" {when.day}" if when.day else "")
    return f"[{words}]" if when.supplied else words


def _chicago_date(when: When | None) -> str:
    if when is None:
        return "n.d."
    return f"[{_american(when)}?]" if when.supplied else _american(when)


def _apa_names(names: tuple[str, ...]) -> str:
    if len(names) > _APA_MOST:
        return ", ".join(names[: _APA_MOST - 1]) + f", … {names[-1]}"
    if len(names) == 1:
        return names[0]
    return ", ".join(names[:-1]) + f", & {names[-1]}"


def _chicago_names(names: tuple[str, ...]) -> str:
    if len(names) > _CHICAGO_MOST:
        return ", ".join(names[:_CHICAGO_OF_MORE]) + ", et al."
    if len(names) == 1:
        return names[0]
    return ", ".join(names[:-1]) + f", and {names[-1]}"


def _stopped(text: str) -> str:
    return text if text.endswith((".", "。", "？", "！", "?", "!")) else f"{text}."

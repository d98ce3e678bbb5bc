"""Copies of a story in several outlets: found on save, corrected by editors, counted as originals or printings."""

from .deciding import confirm_cluster, join, split, states_of
from .figures import ClusterFigures, PrintingFigures, figures_of, figures_of_each
from .finding import Match, alike, find_copies, note_texts
from .spread import Spread, spreads

__all__ = [
    "ClusterFigures",
    "Match",
    "PrintingFigures",
    "Spread",
    "alike",
    "confirm_cluster",
    "figures_of",
    "figures_of_each",
    "find_copies",
    "join",
    "note_texts",
    "split",
    "spreads",
    "states_of",
]

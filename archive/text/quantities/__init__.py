"""Numbers with their unit and what they count: 798名机关干部, 12.6万元, 新增确诊病例15例 (convention: docs/quantities.md)."""

from .finding import Quantity, quantities
from .sentences import sentence_around
from .words import value_in_words

__all__ = ["Quantity", "quantities", "sentence_around", "value_in_words"]

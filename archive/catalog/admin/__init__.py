"""The catalog in the staff admin."""

from . import articles, captures, history, outlets, versions

__all__ = ["articles", "captures", "history", "outlets", "versions"]

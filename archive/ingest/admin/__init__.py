"""Imports in the staff admin: upload → preview → confirm → undo; the batches and their rows."""

from . import batches

__all__ = ["batches"]

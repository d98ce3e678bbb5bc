"""Saving or deleting an article changes the index once the transaction has committed."""

from haystack.signals import BaseSignalProcessor


class IndexSignalProcessor(BaseSignalProcessor):
    """Placeholder seam until the engine stands: haystack needs the class at start."""

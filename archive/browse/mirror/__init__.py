"""The archive as a folder of static pages that open without a server: for a stick, a library's shelf, a bad day.

It holds what readers may see and nothing else (`Article.shown`); what was taken down is a tombstone. The same content gives
the same bytes.
"""

from .building import mirror
from .folder import MirrorError

__all__ = ["MirrorError", "mirror"]

"""Whether what is held is what was received: the file store, the layers of text, the records that hang together."""

from .layers import check_layers
from .problems import Problem
from .records import check_records
from .store import check_store, mend_store

__all__ = ["Problem", "check_layers", "check_records", "check_store", "mend_store"]

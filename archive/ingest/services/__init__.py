"""Writes of an import: receive → check → confirm, or cancel; and undo. Each step can be run again after a crash.

`request_…` marks a batch for a step, `advance` does what batches are marked for (in the background);
`check`, `confirm`, `cancel` and `undo` do it at once.
"""

from .cancelling import cancel, request_cancel
from .checking import check
from .confirming import confirm, request_confirm
from .mapping import remap
from .receiving import pasted, receive, typed
from .refusals import BatchBusy, BatchRefused, Superseded
from .steps import MOST_TRIES, advance, try_again
from .undoing import UndoPlan, gone_before, plan_undo, removed, request_undo, undo

__all__ = [
    "MOST_TRIES",
    "BatchBusy",
    "BatchRefused",
    "Superseded",
    "UndoPlan",
    "advance",
    "cancel",
    "check",
    "confirm",
    "gone_before",
    "pasted",
    "plan_undo",
    "receive",
    "remap",
    "removed",
    "request_cancel",
    "request_confirm",
    "request_undo",
    "try_again",
    "typed",
    "undo",
]

"""Writes of an import: receive → check → confirm, or cancel; and undo. Each step can be run again after a crash."""

from .cancelling import cancel
from .checking import check
from .confirming import confirm
from .receiving import pasted, receive, typed
from .refusals import BatchRefused
from .undoing import UndoPlan, plan_undo, undo

__all__ = ["BatchRefused", "UndoPlan", "cancel", "check", "confirm", "pasted", "plan_undo", "receive", "typed", "undo"]

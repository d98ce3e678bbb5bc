"""The catalog in the staff admin."""

from . import articles, captures, copies, history, masks, milestones, outlets, proposals, review, versions

__all__ = [
    "articles",
    "captures",
    "copies",
    "history",
    "masks",
    "milestones",
    "outlets",
    "proposals",
    "review",
    "versions",
]

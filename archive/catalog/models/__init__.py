"""The records. Arrows: Capture → TextLayer → Repair; Article → Version → Evidence, Byline, VersionRegion."""

from .articles import Access, Article, Byline, Precision, RegionRole, Script, Standing, Status, Version, VersionRegion
from .captures import Capture, Repair, RepairState, TextLayer
from .evidence import Basis, Evidence
from .history import Revision, Takedown
from .outlets import Outlet, OutletAlias

__all__ = [
    "Access",
    "Article",
    "Basis",
    "Byline",
    "Capture",
    "Evidence",
    "Outlet",
    "OutletAlias",
    "Precision",
    "RegionRole",
    "Repair",
    "RepairState",
    "Revision",
    "Script",
    "Standing",
    "Status",
    "Takedown",
    "TextLayer",
    "Version",
    "VersionRegion",
]

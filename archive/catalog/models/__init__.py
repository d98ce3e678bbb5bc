"""The records. Arrows: Capture → TextLayer → Repair; Article → Version → Evidence, Byline, VersionRegion."""

from .access import Access, Shown, excerpt_end
from .articles import Article, Byline, Precision, RegionRole, Script, Standing, Status, Version, VersionRegion
from .captures import Capture, Repair, RepairState, TextLayer
from .copies import CopyKey, CopyPrint, Printing, ReprintCluster
from .evidence import Basis, Evidence
from .history import Revision, Sighting, Takedown
from .milestones import Milestone, Wording
from .outlets import Outlet, OutletAlias
from .quantities import Quantity
from .review import Doubt, Mask, Proposal

__all__ = [
    "Access",
    "Article",
    "Basis",
    "Byline",
    "Capture",
    "CopyKey",
    "CopyPrint",
    "Doubt",
    "Evidence",
    "Mask",
    "Milestone",
    "Outlet",
    "OutletAlias",
    "Precision",
    "Printing",
    "Proposal",
    "Quantity",
    "RegionRole",
    "Repair",
    "RepairState",
    "ReprintCluster",
    "Revision",
    "Script",
    "Shown",
    "Sighting",
    "Standing",
    "Status",
    "Takedown",
    "TextLayer",
    "Version",
    "VersionRegion",
    "Wording",
    "excerpt_end",
]

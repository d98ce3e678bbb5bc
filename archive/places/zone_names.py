"""How development zones are written. They have no code of GB/T 2260 and count for the prefecture above them."""

import re

from .units import Unit

_SHORTER = [
    ("高新技术产业开发区", ("高新区", "高新技术开发区", "高新开发区")),
    ("经济技术开发区", ("经开区", "开发区", "经济开发区")),
    ("经济开发区", ("经开区", "开发区")),
    ("城乡一体化示范区", ("示范区", "一体化示范区")),
    ("管理区", ("管理区",)),
]
_GENERIC = re.compile(
    "^(经济|高新|高技术|循环|稀土|综合|火炬|工业|汽车|城乡|现代|中国|转型|医药|文化|海港|滨湖|滨海|新区)"
)


def zone_surfaces(zone: Unit) -> set[str]:
    """Return the forms of a zone's name: 邢台经济开发区, 邢台市经开区, 邢台开发区; 冀南新区 alone."""
    if zone.parent is None:
        return set()
    rest = zone.name
    for above in zone.parent.line:
        rest = re.sub(f"^({above.name}|{above.short})", "", rest)
    forms = {zone.name}
    tails = {rest}
    for long, shorter in _SHORTER:
        if rest.endswith(long):
            tails |= {rest[: -len(long)] + tail for tail in shorter}
    for tail in tails:
        forms |= {zone.parent.name + tail, zone.parent.short + tail}
        if (
            not _GENERIC.match(tail)
            and len(tail) >= 4
            and tail not in ("开发区", "高新区", "经开区", "示范区", "管理区")
        ):
            forms.add(tail)
    return forms

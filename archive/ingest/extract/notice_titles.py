"""Headlines of notices, which stand over several lines: the office, what it gives notice of, the word for a notice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.ingest.extract.page import Line
from archive.ingest.extract.stated_titles import joined

#: No headline is longer.
LONGEST = 66
#: A notice's headline that goes on on the next line: 关于有序解除封控、管控 / 防范管理的公告.
_OPENS_NOTICE = re.compile(
    r"^[^,。!?]{0,30}关于(?!.*(?:通告|公告|通报|通知|公开信|倡议书)(?:\(.{1,12}\))?$)[^。!?]{3,40}$"
)
_ENDS_NOTICE = re.compile(r"^[^。!?:]{2,34}(?:通告|公告|通报|通知|公开信|倡议书)(?:\(.{1,12}\))?$")
#: The word for a notice, on a line of its own.
_FORM = re.compile(
    r"^(?:通\s?告|公\s?告|通\s?报|通\s?知|公\s?开\s?信|倡\s?议\s?书|令|提\s?示)$|^关?于?的?(?:通\s?告|公\s?告|通\s?报|公开信|倡议书)$"
)


def set_over_lines(candidates: Sequence[Line], texts: list[str], chosen: int) -> Line | None:
    """A notice's headline set over lines: 某县新型冠状病毒感染的 / 肺炎疫情防控指挥部 / 通 告."""
    broken = _broken_notice(candidates, texts, chosen)
    if broken is not None:
        return broken
    last = next((n for n in range(chosen, min(chosen + 4, len(texts))) if _FORM.match(texts[n])), None)
    if last is None:
        return None
    first = last
    while first and candidates[first].start - candidates[first - 1].end <= 2 and _goes_before(texts[first - 1]):
        first -= 1
    if first == last or not first <= chosen <= last:
        return None
    whole = candidates[first]
    for line in candidates[first + 1 : last + 1]:
        whole = joined(whole, line, "")
    return whole


def _broken_notice(candidates: Sequence[Line], texts: list[str], chosen: int) -> Line | None:
    """A notice's headline broken inside its sentence, of which `chosen` is one line."""
    for first in range(max(0, chosen - 2), chosen + 1):
        if not _OPENS_NOTICE.match(texts[first]):
            continue
        whole = candidates[first]
        for n in range(first + 1, min(first + 3, len(texts))):
            if candidates[n].start - whole.end > 2:
                break
            whole = joined(whole, candidates[n], "")
            if _ENDS_NOTICE.match(texts[n]) and len(whole.text) <= LONGEST and chosen <= n:
                return whole
    return None


def _goes_before(text: str) -> bool:
    """A line of the office's name above the word for the notice: no sentence, and no other headline."""
    return 4 <= len(text) <= 30 and not re.search(r"[,。;:!?…“”|>↓]|\d{4}", text)

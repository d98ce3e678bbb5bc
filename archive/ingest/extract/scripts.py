"""Whether a traditional page is genuine or was made by a machine from simplified text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from archive.text.layers import Edit
from archive.text.script import Script, is_traditional

#: Words of Taiwan and Hong Kong that a converted mainland text does not have.
_ELSEWHERE = re.compile(
    r"里長|志工|確診者|快篩|行政院|縣府|市府|民眾|防疫旅館|疾管署|衛福部|林鄭|特區政府|食環署|衛生署|囍|〔記者|報導〕|／.{2,6}報導"
)
#: Words that only a mainland text has, converted or not.
_MAINLAND = re.compile(
    r"街道|黨支部|黨員|村民委員會|社區居委會|鎮黨委|縣委|市委|網格|疫情防控|復工復產|習近平|幹部|干部"
)


def script_of(text: str, edits: Iterable[Edit] = ()) -> Script:
    """Hans; Hant for genuine traditional text; Hant-converted when marks of the machine or the mainland prevail."""
    if not is_traditional(text):
        return "Hans"
    machine = sum("pinyin" in edit.rule or "shift" in edit.rule for edit in edits)
    if machine:
        return "Hant-converted"
    corner, curly = text.count("「"), text.count("“")
    elsewhere, mainland = len(_ELSEWHERE.findall(text)), len(_MAINLAND.findall(text))
    genuine = (corner > curly) + (elsewhere > 0) + (elsewhere > mainland) - (curly > corner) - (mainland > elsewhere)
    return "Hant" if genuine > 0 else "Hant-converted"

"""Which epidemic a text is about, and when its words were used: the one place for such words.

Words with spans that an editor may change stand in the table of wordings (docs/timeline.md); here are
those that only tell that a text is about the epidemic of this archive at all.
"""

from __future__ import annotations

import re
from datetime import date

#: Any of these tells that a piece is about an epidemic or what it brought.
ABOUT = re.compile("疫|新冠|肺炎|口罩|隔离|复工|抗击|核酸")
#: Words that later pieces about frost, vaccines or building hardly hold, as they do 抗击, 免疫 and 复工.
_IN_ITS_YEARS = re.compile("疫情|新冠|防疫|抗疫|核酸|隔离|口罩|新型肺炎")
#: Words that only this epidemic has.
_THIS_ONE = re.compile("新冠|新型冠状|新型肺炎|冠状病毒|核酸|武汉")
#: Other epidemics of the same years, whose measures bear the same names.
_ANOTHER = re.compile("猪瘟|禽流感|手足口病|登革热|口蹄疫|诺如病毒|布鲁氏菌病|布病")
#: Words for measures against the epidemic, and the day before which local papers had none to tell of.
_MEASURES = re.compile("疫情防控|防控疫情|防疫|抗疫|战疫|战“疫”|抗“疫”")
FIRST_MEASURES = date(2020, 1, 20)
#: Words of the later measures; a longer piece of 2021 or 2022 about the epidemic hardly does without all of them.
LATER = re.compile(
    r"核酸|疫苗|接种|健康码|行程码|抗原|封控|管控区|扫码|奥密克戎|德尔塔|清零|方舱|大白|高风险|静默|快筛|阳性|境外输入|本土(?:确诊|病例|无症状)|无症状感染|中风险"
)
#: Pieces about the epidemic were hardly written after this day: a later date is the mirror's.
LAST_DAY_OF_PIECES = date(2023, 3, 31)


def about_the_epidemic(text: str) -> bool:
    """Tell whether `text` is about this epidemic, as far as words can tell: not about another of the same years."""
    return bool(ABOUT.search(text)) and not _of_another(text)


def of_its_years(text: str) -> bool:
    """Tell whether `text` is surely about this epidemic, so that a day years later is not its own."""
    return bool(_IN_ITS_YEARS.search(text)) and not _of_another(text)


def tells_of_measures(text: str) -> bool:
    """Tell whether `text` has measures against this epidemic, as no paper had before `FIRST_MEASURES`."""
    return bool(_MEASURES.search(text)) and not _of_another(text)


def _of_another(text: str) -> bool:
    return bool(_ANOTHER.search(text)) and not _THIS_ONE.search(text)

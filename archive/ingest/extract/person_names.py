"""What the name of a person looks like in a byline, and where names that run together part."""

from __future__ import annotations

import functools
import math
import re
import tomllib
from pathlib import Path
from typing import NamedTuple

from archive.places.gazetteer import gazetteer
from archive.text.repair.lexicon import lexicon

SURNAME_TABLE = Path(__file__).parents[1] / "data" / "surnames.toml"

#: The publicity desk of an office: 卫健宣.
_DESK = "(?:卫健|公安|消防|纪检|政法|教育|交通|税务)宣"
#: Such a desk behind a writer's name.
DESK_BEHIND = re.compile(rf"[ 、]{_DESK}$")
_ORGANISATION = re.compile(
    r"^本[报网台站刊]|[报网台社部局院委办厅校镇乡村县市区省厂所站队会司处科室组馆园公厦店]$|中心|公司|集团|医院|学校|大学|政府|支队|大队|街道|委员|宣传|传媒|媒体|"
    rf"{_DESK}$|日报|晚报|报[道导]|新闻|频道|客户端|电视|广播|联播|发布|在线|编辑|记者|平台|战疫|抗疫|防控|疫情|工作|管理|中国|论坛|之声|头条"
)
#: Characters that end the words of organisations and also names (李会, 王村 …): allowed after a family name of 2–3 characters.
_NAME_LIKE_ENDS = frozenset("院委校乡村会司科园公台组社所店厂馆队")
#: Characters that stand for the sounds of names of other languages.
_SOUNDS = frozenset("尔孜买提古丽阿艾依伊拉吐克木江热努迪娜比哈斯坎帕赛麦合曼卡巴布库肯别亚叶达")
#: No name has these, and days of the week are none: 记者找到她, 17:01周一.
_NO_PERSON = re.compile("[她他你们]|^周[一二三四五六日]$")
_HAN = re.compile(r"^[㐀-鿿豈-﫿\U00020000-\U000323af]+$")
_WITH_DOT = re.compile(r"^[㐀-鿿]{1,8}(?:·[㐀-鿿]{1,8}){1,3}$")


#: No byline of the labelled pages has more names (twenty reporters of a provincial paper sign together).
MOST = 40
#: Log weight of a family name that the table lacks, allowed behind another name only (任国战悦连城).
_UNKNOWN_SURNAME = -math.log(20000)


class NamesRead(NamedTuple):
    """The persons of a run of names; `sure` is False where the run could be parted in more than one way."""

    names: list[str]
    sure: bool


@functools.cache
def _no_names() -> frozenset[str]:
    """Words that stand in the slot of a name and are none (佚名, 小编 …)."""
    return frozenset(tomllib.loads(SURNAME_TABLE.read_text(encoding="utf-8"))["no_names"].split())


@functools.cache
def _surnames() -> tuple[dict[str, float], frozenset[str]]:
    """Return log weights of single family names (by frequency class), and the double ones."""
    table = tomllib.loads(SURNAME_TABLE.read_text(encoding="utf-8"))
    weights: dict[str, float] = {}
    for rank, char in enumerate(table["frequent"]):
        weights.setdefault(char, -math.log(12 + rank))
    for char in table["others"]:
        weights.setdefault(char, -math.log(700))
    return weights, frozenset(table["double"].split())


def has_surname(name: str) -> bool:
    """Tell whether `name` begins with a family name of the table."""
    single, double = _surnames()
    return name[:2] in double or name[:1] in single


def common_surname(name: str) -> bool:
    """Tell whether `name` begins with one of the hundred most frequent family names (or a double one)."""
    single, double = _surnames()
    return name[:2] in double or single.get(name[:1], -99.0) > -math.log(200)


@functools.lru_cache(maxsize=4096)
def _is_large_place(name: str) -> bool:
    """Tell whether `name` is a province or a prefecture (天津, 石家庄): bylines name the place beside the reporter."""
    return any(candidate.unit.level in ("province", "prefecture") for candidate in gazetteer().lookup(name))


#: What the accounts and applications of a place put before its name: 云上某县.
_APPS = ("云上", "掌上", "今日", "爱上", "无线")


def is_account(name: str) -> bool:
    """Tell whether a name is one of a place's account (云上某县): no person's, nor two persons'."""
    return name[:2] in _APPS and 4 <= len(name) <= 8


def is_person(name: str, *, strict: bool = False) -> bool:
    """Tell whether `name` can be one person's: two to four Han characters, or parts joined by ·.

    `strict` asks for a family name of the table and at most three characters (four with a double one).
    """
    if _WITH_DOT.match(name):
        return True
    if (
        not _HAN.match(name)
        or not 2 <= len(name) <= 4
        or name in _no_names()
        or _NO_PERSON.search(name)
        or _is_large_place(name)
    ):
        return False
    if len(name) == 4 and is_account(name):
        return False
    surname = has_surname(name)
    organisation = _ORGANISATION.search(name)
    if organisation and not (surname and len(name) <= 3 and organisation.group() in _NAME_LIKE_ENDS):
        return False
    if strict:
        double = name[:2] in _surnames()[1]
        return surname and len(name) <= (4 if double else 3)
    return surname or not _holds_word(name)


def _holds_word(name: str) -> bool:
    """Tell whether `name` is a word, or ends in a place (调查, 看湖北, 开始征件): for names without a family name of the table."""
    return is_word(name) or _is_large_place(name[1:]) or (len(name) == 4 and is_word(name[:2]))


def is_word(text: str) -> bool:
    """Tell whether jieba's dictionary has `text` as a word."""
    return bool(lexicon().get(text))


def read_names(text: str, *, strict: bool = False) -> NamesRead | None:
    """Return the persons that `text` (a run of names, simplified) lists; None where it is no such run.

    Names may be parted by blanks and marks, padded (胡 坡), or run together; a run is parted only
    where family names leave one way, else it stays one string and `sure` is False.
    """
    tokens = _join_padded(
        [token for token in re.split(r"[\s、,;/&|]+|(?<=[一-鿿])和(?=[一-鿿]{2})", text.strip()) if token]
    )
    if not tokens or len(tokens) > MOST or is_account(tokens[0]):
        return None
    names: list[str] = []
    sure = True
    for token in tokens:
        token = token.strip(".。:·-—*()（）<>")
        organisation = _ORGANISATION.search(token)
        if organisation and (len(token) > 4 or (len(token) == 4 and organisation.group() not in _NAME_LIKE_ENDS)):
            return None
        if is_person(token, strict=strict) and not _two_short(token):
            names.append(token)
            continue
        parts = None if _is_transliterated(token) else split_run(token)
        if parts is None:
            if is_person(token, strict=strict):
                names.append(token)
                continue
            if strict or not _HAN.match(token) or not 5 <= len(token) <= 6 or _ORGANISATION.search(token):
                return None
            if token in _no_names() or not (has_surname(token) or len(tokens) > 1):
                return None
            names.append(token)
            sure = False
        else:
            names.extend(parts)
    return NamesRead(names, sure)


def leading_names(text: str) -> NamesRead | None:
    """Return the persons that `text` begins with, when something else follows them (甲、乙/某地报导); None where it begins with none."""
    tokens = re.split(r"([\s、,;/&|]+)", text.strip())
    for stop in range(len(tokens) - 1, 0, -1):
        names = read_names("".join(tokens[:stop]), strict=True)
        if names is not None:
            return names
    return None


def _is_transliterated(token: str) -> bool:
    """Five or six characters of which nearly all are such as Uyghur and Kazakh names are written with: one name."""
    return 5 <= len(token) <= 6 and len(token) - sum(char in _SOUNDS for char in token) <= 1


def _two_short(token: str) -> bool:
    """Four characters that are two names of two (李明王强) rather than one of four."""
    return len(token) == 4 and token[:2] not in _surnames()[1] and common_surname(token) and common_surname(token[2:])


def _join_padded(tokens: list[str]) -> list[str]:
    joined: list[str] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        following = tokens[position + 1] if position + 1 < len(tokens) else ""
        if len(token) == 1 and len(following) == 1 and _HAN.match(token) and _HAN.match(following):
            joined.append(token + following)
            position += 2
        else:
            joined.append(token)
            position += 1
    return joined


def split_run(run: str) -> list[str] | None:
    """Part four to twelve characters into names of two and three (four with a double family name).

    Each way is weighed by how frequent its family names are and by the lengths of its names (three
    characters are some three times as frequent as two in bylines). None where no way exists or the
    best is not clearly better than the next.
    """
    if not _HAN.match(run) or not 4 <= len(run) <= 12:
        return None
    ways = sorted(_ways(run), reverse=True)
    if not ways:
        return None
    if len(ways) > 1 and ways[0][0] - ways[1][0] < 1.0:
        return None
    return list(ways[0][1])


def _ways(run: str, *, first: bool = True) -> list[tuple[float, tuple[str, ...]]]:
    single, double = _surnames()
    if not run:
        return [(0.0, ())]
    ways = []
    for length, weight in ((3, -0.3), (2, -1.4), (4, -0.6)):
        name = run[:length]
        if len(name) < length or name in _no_names():
            continue
        if name[:2] in double and length > 2:
            surname_weight = -math.log(150)
        elif length < 4 and name[0] in single:
            surname_weight = single[name[0]]
        elif length == 3 and not first:
            surname_weight = _UNKNOWN_SURNAME
        else:
            continue
        ways += [(weight + surname_weight + rest, (name, *names)) for rest, names in _ways(run[length:], first=False)]
    return ways

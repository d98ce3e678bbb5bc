"""What a quantity counts: the noun behind its unit, else the one before its number."""

from __future__ import annotations

import functools
import re

from archive.text.words import tagged

from .units import MEASURES, MONEY, PERSONS, SHARES, TIMES

#: States that stand for the persons in them (死亡2例), and sums that verbs name (捐款3万元).
STATES = frozenset(
    [
        "死亡",
        "病亡",
        "治愈",
        "出院",
        "治愈出院",
        "康复",
        "痊愈",
        "确诊",
        "疑似",
        "输入",
        "输出",
        "本土",
        "重症",
        "危重",
        "危重症",
        "重型",
        "危重型",
        "轻症",
        "轻型",
        "普通型",
        "在院",
        "隔离",
        "解除隔离",
        "阳性",
        "阴性",
        "排除",
        "男性",
        "女性",
        "轻微",
        "感染",
        "捐款",
        "捐赠",
        "投资",
        "出口",
        "进口",
        "进出口",
        "贷款",
        "补贴",
        "检测",
        "采样",
        "接种",
        "受访",
        "在职",
        "关联",
    ]
)
_LINKS = re.compile(
    r"(?:已经?|一?共计?|共有|约|大约|达到|达|为|是|有|超过|超|近|将近|逾|累计|新增|升至|增至|降至|上升到|上升至|增加到|增长到|上涨到|至|到|了|"
    r"总计|合计|突破|至少|仅|只|还|另|现|也|高达|多达|能够|可以|可|的|较前一[天日]|又|再|均|拥有|[:： （(])+$"
)
_CLAUSE = re.compile(r"[^\u4e00-\u9fff0-9A-Za-z·“”\"]")
_HAN_RUN = re.compile(r"[\u4e00-\u9fffA-Za-z·]+")
#: Ends of words that are tagged as nouns and are times or sides of things.
_NO_NOUN = re.compile(r"(?:[日天月年时后前中间内外上下]|以来|目前|其中|方面|情况|国内|全国|全省|全市|全县|当天|人)$")
#: States that tell what befell the persons counted (1位死亡): no noun but for cases.
_ENDINGS = frozenset(("死亡", "治愈", "出院", "康复", "痊愈", "确诊", "感染", "治愈出院"))
#: Words tagged as nouns that tell something of the noun before them.
_STOPS = frozenset(("全部", "全体", "预测", "预计", "分别", "情况"))
#: Last characters of a trade behind what it does or deals with, and of a post behind what is done there.
_TRADES, _POSTS = frozenset("员"), frozenset("员点站岗")
#: Words that jieba's dictionary tags as nouns and that tell what is done, or how, in reports of this kind.
_TAGS = dict.fromkeys(
    ("轮流", "轮班", "轮换", "轮岗", "排队", "入户", "上门", "居家", "沿街", "逐户", "挨户", "就地", "营业", "返校", "返乡", "返岗"), "v"
)  # fmt: skip
#: 运往, 送到, 赠给: where it goes is no part of what goes.
_GOING = re.compile("[一-鿿][往到至向给赴入]")
#: Characters read before and behind.
REACH = 24


def noun_of(text: str, number: int, unit: tuple[int, int]) -> tuple[int, int] | None:
    """Where the noun stands of the quantity whose number starts at `number` and whose unit is text[unit]; None for none."""
    word = text[unit[0] : unit[1]].strip()
    if word in TIMES or word in ("个百分点", "百分点"):
        return None
    behind = None if word in PERSONS and word != "例" and word != "人次" else _behind(text, unit[1], case=word == "例")
    if word in MONEY or word in SHARES:
        return _before(text, number) or (behind if word in SHARES or text[unit[1] : unit[1] + 1] == "的" else None)
    if word in MEASURES:
        return _before(text, number) or behind
    if behind and word != "例" and text[behind[0] : behind[1]] in _ENDINGS:
        behind = None
    return behind or _before(text, number)


def _behind(text: str, start: int, *, case: bool) -> tuple[int, int] | None:
    """Modifiers, then nouns: 75例|新冠肺炎确诊病例|已…, 36名|医生|赴…"""
    start += text[start : start + 1] == "的"
    run = _HAN_RUN.match(text, start, start + REACH)
    if run is None:
        return None
    place, end, nouns, last = start, None, False, ""
    for word, tag in _tagged(run.group()):
        noun = (_is_noun(tag) or (word in STATES and (case or not nouns))) and word not in _STOPS
        goes_on = tag[:1] in ("ab" if nouns else "vabjlsz") or (word == "的" and last == "感染")
        if word in _STOPS or not (noun or goes_on):
            break
        place, last = place + len(word), word
        if noun:
            nouns = nouns or _is_noun(tag)
            end = place
    if end is None or _NO_NOUN.search(text[start:end].removesuffix("人")):
        return None
    return start, end


def _before(text: str, number: int) -> tuple[int, int] | None:
    """确诊病例|累计|2169例; a place before the number is where, not what."""
    head = text[max(0, number - REACH) : number]
    marks = [mark.end() for mark in _CLAUSE.finditer(head.rstrip(" （(:："))]
    base = number - len(head)
    clause = head[marks[-1] if marks else 0 :]
    offset = base + (marks[-1] if marks else 0)
    clause = _LINKS.sub("", clause)
    words = _tagged(clause)
    if not words:
        return None
    word, tag = words[-1]
    if not (_is_noun(tag) or word in STATES) or tag in ("ns", "nr", "nt") or _NO_NOUN.search(word):
        return None
    end = offset + len(clause)
    start = end
    person = False
    for word, tag in reversed(words):
        joined = _is_noun(tag) or word in STATES or tag in ("b", "a", "j") or (person and tag[:1] in "val")
        if not joined or tag in ("ns", "nr", "nt"):
            break
        start -= len(word)
        person = tag == "k" or (person and tag[:1] == "v")
    return start, end


def _is_noun(tag: str) -> bool:
    return tag[:1] == "n" or tag in ("vn", "an", "eng", "k")


@functools.lru_cache(maxsize=4096)
def _tagged(text: str) -> tuple[tuple[str, str], ...]:
    """Words and tags, with names of trades and posts in one (快递|员, 采样|点) and what the dictionary tags as nouns set right."""
    made: list[tuple[str, str]] = []
    for word, tag in tagged(text):
        tag = _TAGS.get(word) or ("v" if tag[:1] in "nv" and _GOING.fullmatch(word) else tag)
        last = made[-1] if made else ("", "")
        if (word in _TRADES and last[1][:1] in ("n", "v")) or (word in _POSTS and last[1][:1] == "v"):
            made[-1] = (last[0] + word, "n")
        else:
            made.append((word, tag))
    return tuple(made)

"""Whether one line goes on where another broke off: evidence in nats from the words and marks at the seam.

The weights are log ratios counted on 32,000 paragraphs of broadcast news, each cut once inside a
sentence: how often a sign is met at a true seam, against how often where a paragraph begins or
where two lines meet by chance.
"""

from __future__ import annotations

import functools
import math
import re

from archive.ingest.extract.surroundings import plain_marks
from archive.text.repair.likelihood import likelihood
from archive.text.script import HAN
from archive.text.words import parts

#: What the two sides are worth more together than apart (nats of jieba's dictionary: a word lies across the seam), and
#: the evidence of it: 58 of 100 true seams and 98 of 100 chance ones gain nothing, 16 and .03 of 100 gain 9 or more.
WORDS_ACROSS = ((0.01, -0.5), (2.0, 0.8), (4.0, 1.5), (6.0, 2.6), (9.0, 4.0), (13.0, 5.0), (math.inf, 6.0))
#: Characters on both sides that are looked at.
_SIDE = 5
#: The longest string across the seam that stands in another line of the page: none at 72 of 100 true seams and at 99
#: of 100 chance ones, four characters or more at 14 and .05 of 100. Counted less than that: it goes with the words.
REPEATED_NOT, REPEATED_SHORT, REPEATED_LONG, LONG = -0.2, 1.5, 3.0, 4
#: Log ratios of how cut lines and paragraphs begin, by the first word (8,052 paragraphs): a mark that closes; a suffix
#: or another single character; one that sentences do begin with; words of two characters, of three and more.
CLOSES, SUFFIX, SINGLE, TWO, LONGER = 7.0, 2.2, -1.1, -0.25, -0.9
#: Words of time, source and turn; what may open a paragraph; somebody who says something.
BEGINS, MAY_BEGIN, SAYS = -2.9, -2.4, -3.5
#: A line this short is rarely a paragraph by itself.
SHORT_LINE, SHORT = 20, 1.5

_CLOSING = re.compile(r"^[的,。、;:!?”’)》」』%.·\]]")
_STARTERS = re.compile(
    r"^(?:今天|今年|昨天|昨日|昨晚|近日|日前|近期|近年来|目前|眼下|如今|当前|当天|当日|当地|截至|截止|连日来|连日|此外|同时|与此同时|另外|另据|据|随着|为了|为[^期止数准主]|"
    r"根据|按照|针对|面对|围绕|其中|其间|记者|本报讯|随后|此前|不久前|前不久|最近|这次|此次|本次|经过|通过|作为|除了|对于|由于|自[一-鿿\d]|走进|来到)"
    r"|^\d{1,2}月\d{1,2}日|^\d{4}年\d|^\d{1,2}日[,上下]|^[一二三四五六七八九十]是|^本报|^[(\[]"
)
_MAY_START = re.compile(r"^在[^内外下上后前线位建编岗职]|^“|^《|^\d{4}年|^(?:希望|要|从|受)")
_SAYS = re.compile(r"^[一-鿿]{2,5}(?:指出|强调|表示|说[,:]|介绍|认为|称[,:])")
#: Single characters that sentences do begin with.
_SINGLE = frozenset(
    "在据从要受这另李王张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗他她它我你党二三一丁韩蔡第而该对以若但又有此自按经因让与各两每当由为随只不除所凡正像早晚新多"
)
_UNITS = re.compile(
    r"^(?:[年月日时分秒例名人个万亿元吨亩户米度辆台次岁家所支批套件斤]|公里|小时|周岁|余|多[名个人万位户例家])"
)


@functools.lru_cache(maxsize=4096)
def _cut(text: str) -> tuple[str, ...]:
    return tuple(parts(text))


@functools.lru_cache(maxsize=4096)
def seam(before: str, after: str) -> float:
    """Return how much speaks for `after` going on where `before` breaks off, against a chance neighbour."""
    before, after = plain_marks(before), plain_marks(after)
    head, tail = before[-_SIDE:], after[:_SIDE]
    gain = likelihood(head + tail) - likelihood(head) - likelihood(tail)
    evidence = next(worth for most, worth in WORDS_ACROSS if gain < most)
    if before[-1:].isdigit():
        digits = after[:1].isdigit() and not re.match(r"\d{4}年|\d{1,2}月\d", after)
        evidence += 2.0 if digits or _UNITS.match(after) else -1.0
    elif re.match(r"日[,。上下]|月\d|例|亿元", after):
        evidence -= 1.5
    return evidence + _quotes(before, after)


def repeated(before: str, after: str, page: str) -> float:
    """Return how much speaks for the seam since the string across it stands in another line of `page` too."""
    longest = 0
    for left in range(1, _SIDE + 1):
        if before[-left:] + after[:1] not in page or not HAN.fullmatch(before[-left:][:1]):
            break
        right = 1
        while right < _SIDE and HAN.match(after[right : right + 1]) and before[-left:] + after[: right + 1] in page:
            right += 1
        if HAN.match(after[:1]):
            longest = max(longest, left + right)
    return REPEATED_LONG if longest >= LONG else REPEATED_SHORT if longest else REPEATED_NOT


def _quotes(before: str, after: str) -> float:
    """A quotation, title or bracket that is open on one side must be closed on the other."""
    evidence = 0.0
    for opens, closes in ("“”", "《》", "()"):
        left = before.rfind(opens) > before.rfind(closes)
        end, start = after.find(closes), after.find(opens)
        right = end >= 0 and (start < 0 or end < start)
        if left and right:
            evidence += 2.5
        elif right or (left and start >= 0):
            evidence -= 2.5
    return evidence


@functools.lru_cache(maxsize=4096)
def goes_on(text: str) -> float:
    """Return how much speaks for `text` beginning inside a sentence, against a paragraph that begins there."""
    text = plain_marks(text)
    if _CLOSING.match(text):
        return CLOSES
    short = SHORT if len(text) < SHORT_LINE else 0.0
    if _STARTERS.match(text):
        return BEGINS + short
    if _SAYS.match(text):
        return SAYS + short
    if _MAY_START.match(text):
        return MAY_BEGIN + short
    first = next(iter(_cut(text[:12])), "")
    if len(first) == 1:
        return (SINGLE if first in _SINGLE else SUFFIX) + short
    return (TWO if len(first) == 2 else LONGER) + short

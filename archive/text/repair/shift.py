"""Mending the GBK one-byte shift and its seam notes (text-damage 4, 5, 6, 26, 37, 46, 47)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from archive.text.fold import fold
from archive.text.layers import Change
from archive.text.repair.choosing import choose
from archive.text.repair.gbk import TONED, character, full_width, is_ordinary, pair, readings, with_trail
from archive.text.repair.lexicon import cut
from archive.text.repair.likelihood import likelihood, weakest_word
from archive.text.repair.shift_reading import NOTE, Reading, read_shifted
from archive.text.script import HAN, to_simplified

VERSION = 1
_CONTEXT = 6
#: Nats that a mended stretch must gain over the printed one, and that it may cost a character at most.
#: Found on damaged and clean text of ../shared/corpus with `benchmarks/repair_rates.py`.
GAIN = 10.0
GAIN_OF_NOTE = 2.0
WORST = -8.5
WORST_OF_NOTE = -11.0
MARGIN = 2.5
#: With one byte of it left, 。 is certain before a quotation mark and before words that open a sentence.
_AFTER_STOP = re.compile(
    "[“‘《（【]|”(?![或和及与的等是、，,；;])|现在|现场|现已|现阶段|回到|回家|可以|可是|看到|看着|开展|很多|后来|后续|会议|活动|或许|和他|如今|口罩|客观|好在"
)
#: A run of so many characters between its ends, this likely a character (nats), is prose beyond doubt.
SHORTEST_RUN = 2
PROSE = -6.5
#: Four characters behind a run that are less likely than this (nats) belong to it still: it was read too short.
STRANGE = -32.0
#: Margin of a character whose second byte is gone together with the digit behind it (增加至6, not 增加值).
SWALLOWED_MARGIN = 12.0
#: Margin that a character at an end of such a run needs; with less it is marked as lost.
END_MARGIN = 6.0
#: A quotation that is a sentence is this long at least, or holds a mark.
SHORTEST_QUOTATION = 5
#: Margin over every other character with that byte, where a word ends before the stop and another begins behind it.
STOP_MARGIN = 5.0
_FOREIGN = frozenset("斯尔克拉巴尼亚夫特里利德卡马哈沙乔列")
_READINGS = 16
#: Both bytes of an ideographic blank, with which a paragraph is set in.
BLANK = 0xA1
#: What a run that is read rightly ends in where a byline opens: (記者, (通讯员.
_BYLINE_OPENS = re.compile("[（(](?:本报)?(?:[記记]者|通[讯訊]员|通[讯訊]員)$")
_TO_ASCII = str.maketrans("，？！：；（）", ",?!:;()")
_SITE = re.compile(
    r"\?(?=[^\x00-\x7f\n]|[!,.:;?()0-9@-~])|(?<=[\u3400-\u9fff”》）)0-9%])[!;](?=[\u3400-\u9fff\ue000-\uf8ff])|[ㄅ-ㄩ]"
)
#: A word this unlikely (nats a character) in a mended stretch leaves it a suggestion.
RAREST = -13.5
#: Printed marks that ordinary text hardly has side by side, in nats each.
HEAP_OF_MARKS = 6.0
NOTE_FITS = 7.0
_HEAP = re.compile(r"\?(?=[?!,;:()])|(?<=[?!])\?|(?<=[\u3400-\u9fff])[@-~](?=[(\u3400-\u9fff])")
_ANY_NOTE = re.compile(rf"\([a-zü{TONED}]{{1,6}}\)")
_NOTE_AFTER = re.compile(rf"\(([a-zü{TONED}]{{1,6}})\)")
_TAIL = re.compile(r"月[0-9]{1,2}日")


def _openings(text: str, place: int) -> Iterator[tuple[int, Reading]]:
    """Yield the ways to read the site at `place`: (where the damage begins, reading)."""
    note = NOTE.match(text, place)
    if note:
        char = text[place - 1 : place]
        before = full_width(char) if char and char in ",.:;?!()" else pair(char) if char else None
        if before is None:
            return
        seen_by = {first: character(before[1], first) for first in range(0x81, 0xFF)}
        named = {first: seen for first, seen in seen_by.items() if seen is not None and note[1] in readings(seen)}
        # notes are put on characters that conversion changed; only when there is none, on any
        for first, seen in named.items():
            if to_simplified(seen) != seen or all(to_simplified(other) == other for other in named.values()):
                for reading in read_shifted(text, note.end(), first):
                    yield place, reading
        return
    char = text[place]
    if char != "?":
        # the `?` itself was dropped: a bare mark, or a lost byte before bopomofo
        if "ㄅ" <= char <= "ㄩ":
            found = pair(char)
            if place and text[place - 1] == "。" and found:
                for reading in read_shifted(text, place + 1, found[1], ((character(0xA3, found[0]) or "",),)):
                    yield place, reading
            return
        first, second = full_width(char)
        for reading in read_shifted(text, place + 1, second, (("。",),)):
            yield place, reading
        return
    following = text[place + 1]
    found = full_width(following) if following.isascii() else pair(following)
    if found is None or found[1] < 0x80:
        return
    opening = with_trail(found[0])
    indent = not text[:place].rpartition("\n")[2].strip()
    opening = (
        ("\u3000",)
        if indent and opening and found[0] == BLANK
        else tuple(c for c in opening if c in "。”“》" or (pair(c) or (0, 0))[0] > 0xA3)
    )
    if opening:
        for reading in read_shifted(text, place + 2, found[1], (opening,)):
            yield place, reading
    if not following.isascii():
        # the mark is gone too: 。 and a quotation mark
        quote = character(0xA1, found[0])
        if quote in ("“", "”", "《"):
            for reading in read_shifted(text, place + 2, found[1], (("。",), (quote,))):
                yield place, reading


def _stops(left: str, following: str) -> bool:
    """Tell whether what follows is certain to come behind a full stop; a quoted word (“三保”, “福”) has none at its end."""
    if following.startswith("”") and "“" in left:
        quoted = left[left.rfind("“") + 1 :]
        if len(quoted) < SHORTEST_QUOTATION and not re.search("[，,、。！!？?；;]", quoted):
            return False
    return _AFTER_STOP.match(following) is not None


def _between_words(left: str, right: str) -> bool:
    """Tell whether a word of two characters or more ends before a full stop and one begins behind it; no foreign name ends there."""
    if right.startswith("”"):
        return False
    before, after = (
        list(cut(fold(to_simplified(left[-8:])))),
        list(cut(right[:6])),
    )
    return bool(before and after) and len(before[-1]) > 1 and len(after[0]) > 1 and before[-1][-1] not in _FOREIGN


def _lost_digit(text: str, end: int) -> str:
    """The digit that a shift swallowed before `月24日`, when the text has that day once in full; else U+FFFD."""
    day = _TAIL.match(text, end)
    if day is None:
        return "\ufffd"
    months = set(re.findall(r"(?<![0-9])([0-9]{1,2})" + re.escape(day[0]), text))
    return months.pop() if len(months) == 1 else "\ufffd"


def _judged(text: str, begin: int, reading: Reading) -> tuple[float, Change] | None:
    """Weigh one reading: (gain in nats, the change it asks for); None when it is not worth a thought."""
    left = _ANY_NOTE.sub("", text[text.rfind("\n", 0, begin) + 1 : begin])
    right = _ANY_NOTE.sub("", text[reading.end : reading.end + 4 * _CONTEXT].split("\n")[0])[:_CONTEXT]
    if not all(reading.slots):
        return None
    chosen, margins = choose(reading.slots, left, right)
    margin = min(margins)
    tail = ""
    confidence = 0.97
    # a digit, a blank or a bracket is gone: never dropped without a mark; before a mark it was the mark's own byte
    if reading.swallowed and right and right[0] not in ",.:;!?)(":
        tail = _lost_digit(text, reading.end)
        confidence = 0.9
    edge = left[-4:].split("\n")[-1]
    printed = edge + text[begin : reading.end] + right
    mended = edge + chosen + tail + right
    gain = likelihood(mended) - likelihood(printed) + HEAP_OF_MARKS * len(_HEAP.findall(text, begin, reading.end + 1))
    note_after = _NOTE_AFTER.match(text, reading.end)
    if note_after and chosen and note_after[1] in readings(chosen[-1]):
        gain += NOTE_FITS
    if chosen == "。”" and right == "" and left.rfind("“") > left.rfind("”"):
        gain += GAIN
    note = NOTE.match(text, begin) is not None
    per_character = likelihood(mended) / max(1, len(mended))
    body = len(reading.slots)
    if per_character < (WORST_OF_NOTE if note else WORST):
        return None
    rule = "gbk-seam-note" if note else "gbk-shift"
    if tail and tail != "\ufffd":
        rule += "+digit-copied"
    sure = (
        gain > (GAIN_OF_NOTE if note else GAIN)
        and margin > MARGIN
        and all(map(is_ordinary, chosen.replace("\ufffd", "。")))
    )
    byline = _BYLINE_OPENS.search(chosen) is not None and gain > GAIN and margin > MARGIN
    sure = sure and weakest_word(edge + chosen + right) > RAREST
    if len(reading.slots[0]) > 1 and chosen[0] != "。":
        sure = sure and margin > STOP_MARGIN
    if len(reading.slots[0]) > 1 and chosen[0] == "。":
        following = to_simplified(chosen[1:] + right)
        sure = sure and (_stops(left, following) or (margin > STOP_MARGIN and _between_words(left, following)))
    if not note and body < 2 and not reading.lost:
        sure = False
    if text[begin] != "?":
        sure = sure and gain > 2 * GAIN and not reading.lost
    if not note and reading.swallowed and HAN.match(chosen[-1]) and margins[-1] <= SWALLOWED_MARGIN:
        sure = False
    if byline and not sure:
        sure, confidence = True, min(confidence, 0.9)
    if not sure and not note and text[begin] == "?" and gain > GAIN:
        marked = _marked(reading, chosen, margins, left, right)
        if marked is not None:
            chosen, sure, confidence = marked, True, min(confidence, 0.9)
            if reading.swallowed and right:
                tail = tail or "\ufffd"
    if reading.lost:
        confidence = min(confidence, 0.9)
    state_confidence = confidence if sure else min(0.6, 0.3 + max(0.0, gain) / 100)
    change = Change(
        begin, reading.end, chosen + tail, rule, VERSION, state_confidence, "applied" if sure else "suggested"
    )
    return gain, change


def _marked(reading: Reading, chosen: str, margins: tuple[float, ...], left: str, right: str) -> str | None:
    """The reading of a run that is certain between its ends, with U+FFFD where an end is not; None when it is not certain.

    All bytes of the run are there: out of step it reads as a heap of rare characters, in step as prose.
    """
    inner = "".join(slot[0] for slot in reading.slots if len(slot) == 1)
    if len(HAN.findall(inner)) < SHORTEST_RUN or not all(map(is_ordinary, inner)):
        return None
    behind = right[:4]
    if likelihood(inner) / len(inner) < PROSE or (len(HAN.findall(behind)) > 1 and likelihood(behind) < STRANGE):
        return None
    last = len(chosen) - 1
    kept = ""
    for place, (char, margin, slot) in enumerate(zip(chosen, margins, reading.slots, strict=True)):
        sure = len(slot) == 1 or margin > END_MARGIN
        if len(slot) > 1 and place == 0 and char == "。":
            following = to_simplified(chosen[1:] + right)
            sure = _stops(left, following) or (sure and _between_words(left, following))
        elif len(slot) > 1 and place == last and reading.swallowed:
            sure = False
        kept += char if sure else "\ufffd"
    return kept


def shift_changes(text: str) -> list[Change]:
    """Return the changes that put shifted runs in step; what is not sure enough is only suggested."""
    if "?" not in text and "!" not in text and ";" not in text and not re.search("[ㄅ-ㄩ]", text):
        return []
    # marks come back in the width that the page has them in
    narrow = text.count(",") >= text.count("，")
    changes: list[Change] = []
    reached = suggested = 0
    for site in _SITE.finditer(text):
        place = site.start()
        if place < reached or (place < suggested and NOTE.match(text, place) is None):
            continue
        if text[place] in "!;" and is_ordinary(text[place + 1]) and likelihood(text[place + 1 : place + 5]) > STRANGE:
            continue
        judged = [
            found
            for begin, reading in islice(_openings(text, place), _READINGS)
            if (found := _judged(text, begin, reading))
        ]
        if not judged:
            continue
        judged.sort(key=lambda found: found[0], reverse=True)
        gain, best = judged[0]
        if len(judged) > 1 and best.state == "applied":
            rival = next((g for g, change in judged[1:] if (change.end, change.after) != (best.end, best.after)), -99.0)
            if gain - rival < MARGIN:
                best = replace(best, confidence=0.6, state="suggested")
        if narrow:
            best = replace(best, after=best.after.translate(_TO_ASCII))
        if best.state == "applied":
            changes.append(best)
            reached = best.end
        elif gain > GAIN and best.start >= suggested:
            changes.append(best)
            suggested = best.end
    return changes

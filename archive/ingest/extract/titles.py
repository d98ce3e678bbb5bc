"""Which of the lines above a body is its headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import add

from archive.ingest.extract.notice_titles import LONGEST, set_over_lines
from archive.ingest.extract.outlet_names import is_outlet_name
from archive.ingest.extract.page import Line, Pairs
from archive.ingest.extract.picture_credits import OF_PICTURE
from archive.ingest.extract.stated_titles import LABELLED, joined, part, title_end, without_buttons
from archive.ingest.extract.surroundings import plain_marks
from archive.text.script import HAN

#: Headlines run from 5 to 60 characters; nearly all of the labelled pages' from 8 to 40.
SHORTEST = 5
#: What a headline of two clauses set against each other has before a line that has not.
PAIRED = 0.35
#: What the name of a column is behind a headline.
COLUMN = 1.5
#: Less than this is no headline when other lines stand above the body too; a lone line needs less.
ENOUGH, ENOUGH_ALONE = 0.85, 0.6
#: So much is enough for the line above the source line, whatever stands below that.
WELL_PLACED = 1.6
#: A second line of a headline is short: a longer one is a lead.
SECOND_LINE = 14

#: 新华社…电 题:X, printed above the byline of agencies.
_AGENCY = re.compile(r"^.{2,24}[电讯]\s{0,4}题\s?[::]\s?(?P<title>\S.{3,60})$")
#: Names of papers and sites, people with their role, files, weather and calendars are no headlines.
_NO_HEADLINE = re.compile(
    r"\.(?:png|jpe?g|gif|bmp|webp)|^[一-鿿·]{2,4}\s(?:图/文|文/图|图文|文图|撰文|摄影)$|(?:主办|主管|承办|出品|供图|摄)$|^(?:主办|主管|指导)|记者\s?[一-鿿]{2,4}\s*(?:[|/,、]|$|.{0,12}报道$)"
    r"|^[^,。!?“”:;的]{0,16}(?:日报|晚报|晨报|时报|周刊|新闻网|新闻|网站|客户端|融媒体?|融媒体中心|电视台|通讯社|新华社|频道|传媒|在线|平台|门户|论坛|贴吧|社区网)$"
    r"|^[^,。!?“”:;的]{2,8}[网报台]$|^\S{0,12}月\S{0,6}\s正月|(?:\s|^)(?:多云|晴|阴|小雨|大雨|小雪)$|(?:新闻|资讯)?汇总$|^聚合|[Cc]trl|^关注|移动版$|^热门|\d{3,4}-\d{7,8}|\d{5,}$|官方微[信博]$|^(?:移动|联通|电信)用户"
    r"|^[一二三四五六七八九十]{1,3}、|(?:记者|实习生|通讯员)\s[一-鿿]{2,4}\s.*(?:记者|实习生|通讯员|发自)|\d{4}年第?\d{1,2}期$|^[^,。!?“”:;\d]{2,12}[-—]{1,2}《?[^,。!?“”:;\d]{1,8}[报网刊]》?$"
)
#: Names of columns, which stand alone above a body too.
_SECTION = re.compile(
    r"频道|专[栏题版]|栏目|要闻|新闻|资讯|动态|通知|公告|生活|周刊|视点|简讯|快讯|公示|广告|版$|报$|网$|记者|编辑"
)
#: 新华社某地1月29日电 特写:X: the agency before its headline.
_WIRED = re.compile(r"^[^,。:\s]{2,16}\d{1,2}日[电讯]\s+(?=(?:特写|通讯|综述|述评|侧记|评论|专访|新华全媒)\s?[::+])")
#: 【某报】某事: the paper before its headline.
_OUTLET_BEFORE = re.compile(r"^[\[【]([^\[\]【】]{2,12})[\]】]\s?(?=\S{5})")
#: 某事[某报]: the paper named behind its headline.
_OUTLET_BEHIND = re.compile(r"\s*[\[(【]([^\[\](){}【】]{2,12})[\])】]$")
#: The office that gives notice, on a line above what it gives notice of.
_NOTIFIER = re.compile(r"(?:办公室|指挥部|领导小组|委员会|人民政府|专班|[局委])$")
_NOTICE = re.compile(r"^关于.{4,50}(?:通告|公告|通知|公开信|倡议书?|提示|决定)$")
#: An office's notice by its own name, under the headline that the site gave it.
_GIVES_NOTICE = re.compile(r"(?:领导小组|指挥部|办公室|委员会).{0,6}关于.{2,30}(?:通告|公告|通知|公开信|倡议书)$")
#: The head of one office's notice.
_OFFICE_NOTICE = re.compile(r"(?:办公室|指挥部|委员会|领导小组)(?:第?\d{1,3}号)?(?:通告|公告|通报)$")
#: Who says what the next line quotes: 某村隔离人员:.
_ASKS = re.compile(r"^[^,。;!?:]{4,20}:$")
#: Two clauses parted by a blank: 某家歉收 也劝丈夫不返乡.
_PAIR = re.compile(r"^[^\s,。:]{5,16}\s[^\s,。:]{5,16}$")
#: A day or an hour and nothing else; labels with numbers: 查看: 499|回复: 0.
_NO_WORDS = re.compile(r"[\d\s年月日时分点秒至到:.,/—-]+|(?:[一-鿿]{2,4}\s?:\s?\d+[\s|]*)+")
#: What a line tells about the piece before a colon: 时间:某日, 记录员:某某.
_TELLS = re.compile(
    r"^(?:时间|日期|地点|人物|记录[人员者]?|讲述[人者]?|口述[人者]?|坐标|天气|记者|解说|标签|关键词|[文图]|撰文|作者|编辑)\s?[:|/]|^谨以此文"
    r"|^[【(\[]第[一二三四五六七八九十]{1,2}(?:部分|章)[】)\]]"
)
#: The name of a column: 抗击疫情·某省英雄.
_COLUMN = re.compile(
    r"[^\s,。:!?“”]{2,8}·[^\s,。:!?“”]{2,8}|(?:深度|要闻|时事|国内|国际|大陆|社会|专题|评论|观点|图集|视频)\s[^\s,。:!?“”]{2,12}"
)
#: Half a sentence, set over lines as a motto under the headline: 无论是甲还是乙 / 还在等待答案.
_HALF = re.compile(r"^(?:无论|不管|不论|虽然|尽管|即使|由于|因为|还在|仍在|以及|并且|而且|但是|然而)")
_SUBTITLE = re.compile(r"^\s?(?:——|--|—|──|―)")
_KICKER = re.compile(r"^(?:[(\[【][^)\]】]{2,24}[)\]】]|\(\d{1,2}\)|\d{1,2}[.月]\d{1,2}日?\s|\s)+")


@dataclass(frozen=True, slots=True)
class Around:
    """What stands about a candidate: starts of the lines with a meta line just behind, just before, or above them."""

    before_meta: frozenset[int] = frozenset()
    behind_meta: frozenset[int] = frozenset()


def choose_title(candidates: Sequence[Line], body: str, *, around: Around, markup: str = "") -> Line | None:
    """Return the most likely headline among short lines above the body; None when none is one.

    A headline shares its words with its body; it stands above the source line; the markup's title
    begins with it; pages print it twice. All texts are read simplified.
    """
    texts = [plain_marks(line.simplified).strip("| ") for line in candidates]
    grams: Pairs = body if len(candidates) <= 12 else set(map(add, body, body[1:]))
    scores = [
        None if _in_a_gallery(texts, position) else _score(line, text, grams, around)
        for position, (line, text) in enumerate(zip(candidates, texts, strict=True))
    ]
    alone = (
        sum(score is not None and not _COLUMN.fullmatch(text) for score, text in zip(scores, texts, strict=True)) == 1
    )
    best: tuple[float, int] | None = None
    chosen = -1
    for position, (text, score) in enumerate(zip(texts, scores, strict=True)):
        if score is None:
            continue
        others = [other for index, other in enumerate(texts) if index != position]
        repeated = any(_repeats(text, other) for other in others)
        known = bool(markup) and text in plain_marks(markup)
        if known:
            score += 2.5 if text == plain_marks(markup).strip() else 1.5
        score += 0.5 * repeated
        score += 0.6 * any(_SUBTITLE.match(other) for other in texts[position + 1 : position + 2])
        enough = ENOUGH_ALONE if alone else ENOUGH
        if score >= enough and (best is None or (score, -position) > best):
            best, chosen = (score, -position), position
    if chosen < 0:
        wired = next((n for n, text in enumerate(texts) if scores[n] is not None and _AGENCY.match(text)), -1)
        return _whole(candidates, texts, _only(texts, candidates) if wired < 0 else wired, grams, around)
    chosen = _above_subtitle(candidates, texts, scores, chosen, around)
    if chosen > 0 and _GIVES_NOTICE.search("".join(texts[chosen : chosen + 2])):
        dated = [n for n in range(chosen) if scores[n] is not None and candidates[n].start in around.before_meta]
        chosen = dated[-1] if dated else chosen
    if chosen > 0 and _OFFICE_NOTICE.search(texts[chosen]) and _tells_of_notices(candidates, texts, scores, chosen):
        chosen -= 1
    return _whole(candidates, texts, chosen, grams, around)


def _shared(text: str, grams: Pairs) -> float:
    """How much of the pairs of characters of `text` the body has."""
    han = HAN.findall(text)
    pairs = list(map(add, han, han[1:]))
    return sum(pair in grams for pair in pairs) / max(1, len(pairs))


def _tells_of_notices(
    candidates: Sequence[Line], texts: list[str], scores: Sequence[float | None], chosen: int
) -> bool:
    """Whether the line right above an office's notice is a headline for it: 最新!某省七市疫情通报."""
    score = scores[chosen - 1]
    near = candidates[chosen].start - candidates[chosen - 1].end <= 4
    return near and score is not None and score >= ENOUGH and not _OFFICE_NOTICE.search(texts[chosen - 1])


def _score(line: Line, text: str, grams: Pairs, around: Around) -> float | None:
    han = HAN.findall(text)
    if not SHORTEST <= len(text) <= LONGEST or len(han) < 4 or _SUBTITLE.match(text):
        return None
    if (
        text.endswith(":")
        or "。" in text[:-1]
        or _NO_WORDS.fullmatch(text)
        or _TELLS.match(text)
        or _NO_HEADLINE.search(text)
        or (line.kind == "caption" and (OF_PICTURE.search(text) or text.endswith("。")))
    ):
        return None
    score = 2 * _shared(text, grams) + 0.5 * (8 <= len(text) <= 42)
    score += 0.6 * (line.start in around.before_meta) or 0.15 * (line.start in around.behind_meta)
    score += PAIRED * bool(_PAIR.match(text)) - PAIRED * bool(_HALF.match(text))
    score -= COLUMN * bool(_COLUMN.fullmatch(text))
    score -= 0.8 * text.endswith(("。", ",", "、", ";"))
    score -= 0.3 * bool(_KICKER.match(text)) + 0.5 * bool(_AGENCY.match(text))
    return score - 0.6 * bool(OF_PICTURE.search(text))


def _repeats(text: str, other: str) -> bool:
    """Whether another line is this headline again, perhaps behind the name of a series or a dateline."""
    if other == text:
        return True
    before = other[: -len(text)][-1:]
    return other.endswith(text) and len(before) == 1 and len(other) - len(text) <= 30 and not HAN.match(before)


def _in_a_gallery(texts: list[str], position: int) -> bool:
    """Captions of one event begin with the same words, line after line: 某校参加演练的教师给学生测温, 某校参加演练的教师消杀."""
    text = texts[position]
    near = [texts[n] for n in (position - 1, position + 1) if 0 <= n < len(texts)]
    return any(
        other[:10] == text[:10] and len(text) > 10 and not (other.startswith(text) or text.startswith(other))
        for other in near
    )


def _only(texts: list[str], candidates: Sequence[Line]) -> int:
    """The only line above the body, though its words are not the body's (某村保卫战): 0, or -1 where it may be anything."""
    text = texts[0] if len(texts) == 1 else ""
    named = (
        _NO_HEADLINE.search(text)
        or _NO_WORDS.fullmatch(text)
        or _TELLS.match(text)
        or _SECTION.search(text)
        or is_outlet_name(text, labelled=True)
    )
    plain = re.fullmatch(r"[一-鿿“”!?\d ]{6,30}", text) is not None
    return 0 if plain and candidates[0].kind in ("body", "heading") and not named else -1


def _above_subtitle(
    candidates: Sequence[Line], texts: list[str], scores: Sequence[float | None], chosen: int, around: Around
) -> int:
    """The line above `chosen` where that is a headline as good: `chosen` is its subtitle, its end, or a subheading."""
    for n in range(chosen):  # a whole headline whose end is printed again, or the one above the source line
        ahead = scores[n]
        before, whole, _ = texts[n].rpartition(texts[chosen])
        glued = bool(whole) and texts[n].endswith(whole) and HAN.match(before[-1:]) is not None
        dated = candidates[n].start in around.before_meta and candidates[chosen].start not in around.before_meta
        if ahead is not None and ((glued and ahead >= ENOUGH) or (dated and ahead >= WELL_PLACED)):
            return n
    above = scores[chosen - 1] if chosen > 0 else None
    score = scores[chosen]
    if above is None or score is None or candidates[chosen].start not in around.before_meta:
        return chosen
    near = candidates[chosen].start - candidates[chosen - 1].end <= 3
    headline = 10 <= len(texts[chosen - 1]) <= 40 and not _KICKER.match(texts[chosen - 1])
    return chosen - 1 if near and headline and above + 0.6 >= score - 0.3 and above >= 1.5 else chosen


def _whole(candidates: Sequence[Line], texts: list[str], chosen: int, grams: Pairs, around: Around) -> Line | None:
    """The headline with its second line, and without what an agency puts before it; None where none was chosen."""
    if chosen < 0:
        return None
    notice = set_over_lines(candidates, texts, chosen)
    if notice is not None:
        return notice
    line, text = candidates[chosen], texts[chosen]
    numbered = re.match(r"\d{1,2}\.\s+(?=[^\s\d]{6})", text)  # the only item of a list
    if numbered:
        line, text = _behind(line, text, numbered.end())
    wired = _WIRED.match(text)
    if wired:
        line, text = _behind(line, text, wired.end())
    sender = _OUTLET_BEFORE.match(text)
    if sender and is_outlet_name(sender[1]):
        line, text = _behind(line, text, sender.end())
    labelled = LABELLED.match(text)
    if labelled:
        a, b = labelled.start("title"), title_end(text, labelled)
        line, text = part(line, a, b if b < len(text) else len(line.text)), text[a:b]
    agency = _AGENCY.match(text)
    if agency:
        return part(line, plain_marks(line.simplified).rindex(agency["title"]), len(line.text))
    dated = re.match(r"^[【\[][\d\s年月日./-]{6,14}[】\]]\s?", text)
    if dated:
        line, text = part(line, dated.end(), len(line.text)), text[dated.end() :]
    words, mark, headline = text.rpartition("_")
    if mark and _tells_again(words, headline):
        line, text = part(line, line.simplified.rindex("_") + 1, len(line.text)), headline
    outlet = _OUTLET_BEHIND.search(text)
    if outlet and is_outlet_name(outlet[1], labelled=True):
        line = part(line, 0, outlet.start())
    line = without_buttons(part(line, 0, len(line.text.rstrip("| "))))
    first = candidates[chosen - 1] if chosen else None
    if first is not None and line.start - first.end <= 2 and _ASKS.match(texts[chosen - 1]) and text[:1] in "“‘":
        return joined(first, line, "")
    second = candidates[chosen + 1] if chosen + 1 < len(candidates) else None
    if second is None or second.start - line.end > 4:
        return line
    follows = texts[chosen + 1]
    if text.endswith("的") and len(follows) <= SECOND_LINE and not re.search(r"[,。:|]", follows):
        return joined(line, second, "")
    if _SUBTITLE.match(follows):
        return joined(line, second, "")
    if _NOTIFIER.search(text) and _NOTICE.match(follows) and not _NOTICE.search(text):
        return joined(line, second, "")
    short = len(HAN.findall(follows)) >= 4 and len(follows) <= SECOND_LINE
    between = second.start in around.before_meta and line.start not in around.before_meta
    if between and short and _score(second, follows, grams, around) is not None and not _repeats(text, follows):
        return joined(line, second, " ")
    return line


def _tells_again(words: str, headline: str) -> bool:
    """Whether words for search engines before a headline are its own: 村口 值守 疫情_某村村口值守防疫情."""
    grams = set(map(add, headline, headline[1:]))
    pairs = list(map(add, words, words[1:]))
    return len(headline) >= SHORTEST and sum(pair in grams for pair in pairs) >= 0.6 * max(1, len(pairs))


def _behind(line: Line, text: str, cut: int) -> tuple[Line, str]:
    """What stands behind the first `cut` characters of `text`, the line with plain marks and without its edges."""
    start = plain_marks(line.simplified).index(text) + cut
    return part(line, start, len(line.text)), text[cut:]

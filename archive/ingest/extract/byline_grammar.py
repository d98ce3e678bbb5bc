"""The grammar of a byline: outlet, role, names, role, names; read without the prose around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archive.ingest.extract.outlet_names import is_outlet_name, is_paper_in_marks, leading_outlet
from archive.ingest.extract.person_names import NamesRead, has_surname, is_person, leading_names, read_names
from archive.ingest.extract.surroundings import Piece
from archive.ingest.records import Author, EvidenceFound
from archive.places.gazetteer import gazetteer

#: The roles of bylines, as they are printed (before or after a name).
ROLE = (
    r"(?:(?:本报|本网|本台|本刊|特约|见习|实习|首席|驻站|特派|全媒体|融媒体?|新媒体|文字|摄影|县级)*"
    r"(?:记\s?者|通\s?讯\s?员|采访人员|评论员|报道员)|实\s?习\s?生|特约撰稿人?|撰\s?稿|供\s?稿|采\s?写|作\s?者|文\s?[/、]\s?图|图\s?[/、]\s?文|图文|文图|"
    r"摄\s?影(?:报道|记者)?|摄\s?像|见习生|通联|志愿者记者)"
)
ROLE_WORDS = re.compile(ROLE)
_ROLE_WITH_MARK = re.compile(rf"({ROLE})\s*[::/|�]?\s*")
_END_OF_ROLE = re.compile(
    r"\s*(?:\d{1,2}月\d{1,2}日|综合|整理|联合|连线)*(?:报\s?道|摄影报道|图/文|文/图|文图|图文|摄影|摄|供图|(?<=[\s/])[文图]|/)\s*[:。.]?$"
)
REPORT_BRACKET = re.compile(
    r"(?:特约)?记者(?P<name>[一-鿿]{2,4}?)(?:[/、 ]?(?P<place>[一-鿿]{2,8}?))?(?:综合|连线|专题)?报导(?:/(?P<house>[一-鿿]{3,10})$)?"
)
_ORNAMENT = " ()[]【】:。.-—◎○□■▲△●◆◇★☆※▌|"


@dataclass(slots=True)
class Byline:
    """The writers and editors of one story, the outlets that bylines name, and the evidence for each."""

    authors: list[Author] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    outlets: list[tuple[str, Piece, int]] = field(default_factory=list)
    evidence: list[EvidenceFound] = field(default_factory=list)

    def add(self, name: str, role: str, piece: Piece, offset: int, rule: str, confidence: float) -> None:
        """Add one writer, once; a role that comes later fills one that was missing."""
        role = role.replace(" ", "")
        for position, author in enumerate(self.authors):
            if author.name == name:
                if not author.role and role:
                    self.authors[position] = Author(name, role)
                return
        self.authors.append(Author(name, role))
        self._note("authors", name, piece, offset, rule, confidence)

    def add_editor(self, name: str, piece: Piece, offset: int, rule: str) -> None:
        if name not in self.editors:
            self.editors.append(name)
            self._note("editors", name, piece, offset, rule, 0.95)

    def _note(self, name_of_field: str, value: str, piece: Piece, offset: int, rule: str, confidence: float) -> None:
        place = piece.text.find(value[0], max(offset, 0))
        start = piece.start + (place if place >= 0 else max(offset, 0))
        end = min(start + len(value), piece.end)
        text = piece.text[start - piece.start : end - piece.start]
        self.evidence.append(EvidenceFound(name_of_field, value, rule, start, end, text, confidence))


def add_outlet(found: Byline, prefix: str, piece: Piece, offset: int) -> None:
    """Note the outlet that `prefix`, the words before a role, ends with or is."""
    first = prefix.split()
    if len(first) == 2 and all(is_outlet_name(word, labelled=True) for word in first):
        prefix = first[0]  # 某网 某客户端记者: the house, then its program
    marked = re.search(r"《([一-鿿A-Za-z·]{2,14})》\s?$", prefix)
    if marked and is_paper_in_marks(marked[1], piece.text):  # 《某刊》记者: whatever its name is like
        found.outlets.append((marked[1], piece, piece.text.find(marked[1], max(0, offset))))
        return
    prefix = re.sub(r"^.*[/::,,。!?”)\]】\s](?=.)", "", prefix.strip())
    prefix = without_dateline(prefix)
    prefix = prefix.strip(" (（《》·-/")
    if prefix and is_outlet_name(prefix, labelled=True):
        found.outlets.append((prefix, piece, piece.text.find(prefix, max(0, offset))))
    else:
        name = leading_outlet(prefix) if prefix else None
        if name and len(prefix) - len(name) <= 6:
            found.outlets.append((name, piece, piece.text.find(name, max(0, offset))))


def without_dateline(name: str) -> str:
    """An outlet's name without the word of its dateline: 某某在线讯 → 某某在线."""
    bare = re.sub(r"(?:讯|消息)$", "", name)
    return bare if bare != name and is_outlet_name(bare, labelled=True) else name


def read_sequence(found: Byline, text: str, piece: Piece, offset: int, rule: str, confidence: float) -> bool:
    """Read 某报记者 甲 乙 通讯员 丙 (a byline without the prose around it); False where it is none."""
    text = re.split(r"视频来源|图片来源|\s?发自|(?<=[一-鿿 ])(?:视频|摄像)[::/]", text)[0].strip(_ORNAMENT)
    closing = _END_OF_ROLE.search(text)
    core = text[: closing.start()] if closing and closing.start() > 1 else text
    roles = list(_ROLE_WITH_MARK.finditer(core))
    if not roles:
        return closing is not None and _by_credit(found, core, closing.group(), piece, offset, rule, confidence - 0.1)
    read: list[tuple[list[str], str, bool]] = []
    bare = core[: roles[0].start()].strip(" /:文图摄、,")
    before = _with_medium(bare, roles[0][1])
    medium = before[len(bare) :]
    for position, match in enumerate(roles):
        stop = roles[position + 1].start() if position + 1 < len(roles) else len(core)
        segment = re.sub(r"\s?/\s?[文图摄](?=\s|$)", " ", core[match.end() : stop]).strip(" /:、,。()")
        if not segment:
            continue
        outlet_next = position + 1 < len(roles)
        names = read_names(segment)
        if names is None and outlet_next:  # 甲 某报记者 乙: the outlet of the next reporter stands behind
            parts = segment.split()
            for cut in range(len(parts) - 1, 0, -1):
                names = read_names(" ".join(parts[:cut]))
                if names is not None:
                    add_outlet(found, "".join(parts[cut:]), piece, offset)
                    break
        if names is None and outlet_next and is_outlet_name(segment, labelled=True):  # 摄影/某社记者 甲
            add_outlet(found, segment, piece, offset)
            continue
        if names is None and stop == len(core):
            names = _before_the_place(segment)
        if names is None:
            names = leading_names(segment)
        if names is None:
            if read:
                break
            return False
        role = match[1].removeprefix(medium) if position == 0 else match[1]
        read.append((names.names, role, names.sure))
    if not read:
        add_outlet(found, before, piece, offset)
        return False
    before = _leading_names(found, before, piece, offset, rule, confidence - 0.15)
    if before:
        add_outlet(found, before, piece, offset)
    for names_, role, sure in read:
        for name in names_:
            known = confidence if sure and (has_surname(name) or "·" in name) else min(confidence, 0.6)
            found.add(name, role, piece, offset, rule, known)
    return True


def _before_the_place(segment: str) -> NamesRead | None:
    """The names of 甲 乙 某省某市 (报道): the last word is where they report from."""
    names, _, place = segment.rpartition(" ")
    known = any(gazetteer().lookup(place[:length]) for length in range(2, len(place) + 1))
    return read_names(names, strict=True) if names and len(place) <= 8 and known else None


def _by_credit(
    found: Byline, names_printed: str, credit: str, piece: Piece, offset: int, rule: str, confidence: float
) -> bool:
    """Read 甲 乙 文/图: names with nothing but what they did behind them. Pictures alone make no writer."""
    names = read_names(names_printed.strip(_ORNAMENT), strict=True) if "文" in credit else None
    for name in names.names if names is not None else ():
        found.add(name, credit.strip(_ORNAMENT), piece, offset, rule, confidence)
    return names is not None


def _leading_names(found: Byline, before: str, piece: Piece, offset: int, rule: str, confidence: float) -> str:
    """Add the names before the first role (某报 甲、乙、记者丙); return the words before them."""
    words = before.split()
    if any(len(word) > 6 for word in words):
        return before  # a sentence, not a row of names: 某村村民在整地 通讯员甲 供图
    for first in range(len(words)):
        run = " ".join(words[first:])
        names = read_names(run, strict=True) if not is_outlet_name(run, labelled=True) else None
        if names is not None:
            for name in names.names:
                found.add(name, "", piece, offset, rule, confidence)
            return " ".join(words[:first])
    return before


def _with_medium(before: str, role: str) -> str:
    """Give 融媒体 of 某报当代融媒体记者 to the outlet's name where that is not whole without it."""
    medium = re.match(r"(?:全|融|新)媒体?", role)
    if medium is None or before != without_dateline(before) or is_outlet_name(before, labelled=True):
        return before
    house = len(before) == 2 and before[0] not in "本我该县市区" and medium.group().startswith("融")  # 临报融媒
    house = house or before.endswith(("广电", "传媒", "报业"))
    if before and (leading_outlet(before) or house):
        return before + medium.group()
    return before


def read_report_bracket(found: Byline, match: re.Match[str], text: str, piece: Piece) -> None:
    """Add the reporter of 记者甲/某地报导, and the outlet in the `text` before."""
    name = match["name"]
    if match["place"] and len(name) == 2 and "/" not in match.group() and len(match["place"]) > 2:
        name += match["place"][0]  # 记者甲乙丙台南报导: names of three are the rule
    if is_person(name):
        found.add(name, "记者", piece, match.start(), "report-bracket", 0.9)
        add_outlet(found, match["house"] or text[: match.start()].strip("【[("), piece, 0)


def with_pen_names(value: str, *, least: int = 3) -> NamesRead | None:
    """At least so many names parted by blanks of which most are persons' and the others as short: a pen name among them."""
    words = re.split(r"[\s、]+", value.strip())
    persons = sum(is_person(word, strict=True) for word in words)
    short = all(re.fullmatch(r"[一-鿿]{2,3}", word) and not is_outlet_name(word, labelled=True) for word in words)
    return NamesRead(words, True) if short and len(words) >= least and persons * 3 > len(words) else None

"""Every case of the rules of citing in the formats of programs, letter by letter, and what Zotero reads in the page."""

import json
from dataclasses import replace

import pytest

from archive.browse.citations.gbt7714 import gbt7714_2015, gbt7714_2025
from archive.browse.citations.machine import bibtex, csl_json, ris
from archive.browse.citations.piece import When, piece_of
from archive.browse.citations.styles import withdrawn
from archive.browse.reading.metadata import meta_tags
from archive.catalog.models import Outlet
from tests.browse.test_citations import FOUR, NEWSPAPER, URL, WEB
from tests.factories import Made, make_article

RIS = (
    """TY  - NEWS
TI  - 示例村设卡
AU  - 示例记者甲
T2  - 示例日报
PY  - 2020
DA  - 2020/02/24/
UR  - https://archive.example/articles/2f8k1m07/
Y2  - 2026/11/24/
AN  - 2f8k1m07
DB  - 基层战疫新闻档案
LA  - zh-Hans
"""
    + "ER  - \n"
)
BIBTEX = """@article{2f8k1m07,
  title = {{示例村设卡}},
  author = {{示例记者甲}},
  journal = {示例日报},
  date = {2020-02-24},
  year = {2020},
  month = {2},
  url = {https://archive.example/articles/2f8k1m07/},
  urldate = {2026-11-24},
  langid = {chinese},
  eprint = {2f8k1m07},
  eprinttype = {基层战疫新闻档案},
  entrysubtype = {newspaper}
}
"""
CSL = {
    "id": "2f8k1m07", "type": "article-newspaper", "title": "示例村设卡", "author": [{"literal": "示例记者甲"}],
    "container-title": "示例日报", "issued": {"date-parts": [[2020, 2, 24]]}, "accessed": {"date-parts": [[2026, 11, 24]]},
    "URL": URL, "archive": "基层战疫新闻档案", "archive_location": "2f8k1m07", "language": "zh-Hans",
}  # fmt: skip
NOTE_BEFORE = "  entrysubtype"

#: Case → piece, changes of the RIS record, changes of the BibTeX entry (each old, new), changed fields of CSL (None: not there).
CASES = {
    "stated date": (NEWSPAPER, (), (), {}),
    "month only": (
        replace(NEWSPAPER, when=When(2020, 2)),
        [("2020/02/24/", "2020/02//")],
        [("2020-02-24}", "2020-02}")],
        {"issued": {"date-parts": [[2020, 2]]}},
    ),
    "inferred date": (
        replace(NEWSPAPER, when=When(2020, 2, supplied=True)),
        [("2020/02/24/", "2020/02//"), ("ER  -", "N1  - 日期系推断\nER  -")],
        [("2020-02-24}", "2020-02}"), (NOTE_BEFORE, "  note = {日期系推断},\n" + NOTE_BEFORE)],
        {"issued": {"date-parts": [[2020, 2]], "circa": True}, "note": "日期系推断"},
    ),
    "unknown date": (
        replace(NEWSPAPER, when=None),
        [("PY  - 2020\nDA  - 2020/02/24/\n", "")],
        [("  date = {2020-02-24},\n  year = {2020},\n  month = {2},\n", "")],
        {"issued": None},
    ),
    "no author": (
        replace(NEWSPAPER, authors=()),
        [("AU  - 示例记者甲\n", "")],
        [("  author = {{示例记者甲}},\n", "")],
        {"author": None},
    ),
    "three authors": (
        replace(NEWSPAPER, authors=FOUR[:3]),
        [("AU  - 示例记者甲\n", "AU  - 示例甲\nAU  - 示例乙\nAU  - 示例丙\n")],
        [("{{示例记者甲}}", "{{示例甲} and {示例乙} and {示例丙}}")],
        {"author": [{"literal": "示例甲"}, {"literal": "示例乙"}, {"literal": "示例丙"}]},
    ),
    "four authors": (
        replace(NEWSPAPER, authors=FOUR),
        [("AU  - 示例记者甲\n", "AU  - 示例甲\nAU  - 示例乙\nAU  - 示例丙\nAU  - 示例丁\n")],
        [("{{示例记者甲}}", "{{示例甲} and {示例乙} and {示例丙} and {示例丁}}")],
        {"author": [{"literal": name} for name in FOUR]},
    ),
    "no title": (
        replace(NEWSPAPER, title="[村口搭起了帐篷…]"),
        [("示例村设卡", "[村口搭起了帐篷…]")],
        [("示例村设卡", "[村口搭起了帐篷…]")],
        {"title": "[村口搭起了帐篷…]"},
    ),
    "page label": (
        replace(NEWSPAPER, page="02"),
        [("UR  -", "SP  - 02\nUR  -")],
        [("  url =", "  pages = {02},\n  url =")],
        {"page": "02"},
    ),
    "web site": (
        WEB,
        [("NEWS", "ELEC"), ("示例日报", "示例新闻网")],
        [("@article", "@online"), ("journal = {示例日报}", "organization = {示例新闻网}"), (",\n  entrysubtype = {newspaper}", "")],
        {"type": "webpage", "container-title": "示例新闻网"},
    ),
    "account of a platform": (
        replace(WEB, authors=("示例县融媒体",), container="示例县融媒体"),
        [("NEWS", "ELEC"), ("示例日报", "示例县融媒体"), ("示例记者甲", "示例县融媒体")],
        [
            ("@article", "@online"),
            ("journal = {示例日报}", "organization = {示例县融媒体}"),
            ("示例记者甲", "示例县融媒体"),
            (",\n  entrysubtype = {newspaper}", ""),
        ],
        {"type": "webpage", "container-title": "示例县融媒体", "author": [{"literal": "示例县融媒体"}]},
    ),
    "another original source, an address at the source": (
        replace(NEWSPAPER, original="示例省报", source_url="http://example.invalid/1"),
        [
            ("AN  -", "L2  - http://example.invalid/1\nAN  -"),
            ("ER  -", "N1  - 转自示例省报;来源网址 http://example.invalid/1\nER  -"),
        ],
        [(NOTE_BEFORE, "  note = {转自示例省报;来源网址 http://example.invalid/1},\n" + NOTE_BEFORE)],
        {"note": "转自示例省报;来源网址 http://example.invalid/1"},
    ),
    "traditional": (
        replace(NEWSPAPER, title="示例村設卡", language="zh-Hant"),
        [("示例村设卡", "示例村設卡"), ("zh-Hans", "zh-Hant")],
        [("示例村设卡", "示例村設卡")],
        {"title": "示例村設卡", "language": "zh-Hant"},
    ),
}  # fmt: skip


def _changed(text, changes):
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("case", CASES)
def test_each_case_in_each_format(case):
    piece, in_ris, in_bibtex, in_csl = CASES[case]
    assert ris(piece).replace("\r\n", "\n") == _changed(RIS, in_ris)
    assert bibtex(piece) == _changed(BIBTEX, in_bibtex)
    expected = {name: value for name, value in (CSL | in_csl).items() if value is not None}
    assert json.loads(csl_json(piece)) == [expected]


def test_further_cases_of_the_two_editions():
    """A month that is inferred, a reprint on a web site, a title in traditional characters."""
    cases = {
        replace(NEWSPAPER, when=When(2020, 2, supplied=True)): (
            f"示例记者甲.示例村设卡[N/OL].示例日报,[2020-02].{URL}.",
            f"示例记者甲. 示例村设卡[N/OL]. 示例日报, [2020-02][2026-11-24]. {URL}.",
        ),
        replace(WEB, when=When(2020, 2, supplied=True), original="示例省报", authors=()): (
            f"示例村设卡(转自示例省报)[EB/OL].([2020-02])[2026-11-24].{URL}.",
            f"示例村设卡(转自示例省报)[EB/OL]. ([2020-02])[2026-11-24]. {URL}.",
        ),
        replace(NEWSPAPER, title="示例村設卡", authors=FOUR, language="zh-Hant", page="A3"): (
            f"示例甲,示例乙,示例丙,等.示例村設卡[N/OL].示例日报,2020-02-24 (A3).{URL}.",
            f"示例甲, 示例乙, 示例丙, 等. 示例村設卡[N/OL]. 示例日报, 2020-02-24(A3)[2026-11-24]. {URL}.",
        ),
    }
    for piece, expected in cases.items():
        assert (gbt7714_2025(piece), gbt7714_2015(piece)) == expected


def test_the_whole_citation_of_a_withdrawn_piece(settings):
    settings.SITE_URL = "https://archive.example"
    assert withdrawn("2f8k1m07", "2026-11-24") == (
        f"[已撤回的文章].基层战疫新闻档案,编号2f8k1m07(撤回日期2026-11-24).{URL}."
    )


#: Where Zotero's reader of embedded metadata looks for a field, the surest first (its translators "Embedded Metadata"
#: and "RDF"): what `citation_` says wins, then its own prefix, then the first of the vocabularies that says anything.
ZOTERO = {
    "itemType": ["z:itemType"],
    "title": ["citation_title", "z:title", "DC.title", "og:title"],
    "creators": ["citation_author", "DC.creator"],
    "publicationTitle": ["citation_journal_title", "z:publicationTitle", "prism.publicationName", "DC.source", "og:site_name"],
    "websiteTitle": ["z:websiteTitle"],
    "date": ["citation_publication_date", "z:date", "prism.publicationDate", "og:published_time", "DC.date"],
    "pages": ["citation_firstpage", "z:pages"],
    "language": ["citation_language", "z:language", "DC.language"],
    "url": ["citation_public_url", "z:url", "og:url"],
    "archive": ["z:archive"],
    "archiveLocation": ["z:archiveLocation", "DC.coverage"],
    "extra": ["z:extra"],
}  # fmt: skip


def saved_by_zotero(piece):
    """The fields of the item that Zotero makes of an article's page."""
    told = {}
    for _attribute, name, content in meta_tags(piece):
        told.setdefault(name, []).append(content)
    found = {field: next((told[name] for name in names if name in told), None) for field, names in ZOTERO.items()}
    return {field: content if field == "creators" else content[0] for field, content in found.items() if content}


def test_what_zotero_saves_of_each_kind():
    page = replace(
        NEWSPAPER, authors=FOUR[:2], page="02", when=When(2020, 2), title="示例村設卡", language="zh-Hant",
        source_url="http://example.invalid/1.html", original="示例晚报",
    )  # fmt: skip
    assert saved_by_zotero(page) == {
        "itemType": "newspaperArticle", "title": "示例村設卡", "creators": ["示例甲", "示例乙"], "publicationTitle": "示例日报",
        "date": "2020/02", "pages": "02", "language": "zh-Hant", "url": URL, "archive": "基层战疫新闻档案",
        "archiveLocation": page.public_id, "extra": "转自：示例晚报；原网址：http://example.invalid/1.html",
    }  # fmt: skip
    assert saved_by_zotero(replace(WEB, authors=(), when=None, source_url="", original="")) == {
        "itemType": "webpage", "title": "示例村设卡", "publicationTitle": "示例新闻网", "websiteTitle": "示例新闻网",
        "language": "zh-Hans", "url": URL,
    }  # fmt: skip


@pytest.mark.django_db
def test_a_traditional_piece_is_cited_as_printed_by_both_editions(client, search_engine):
    outlet = Outlet.objects.create(name="示例日报", slug="o", kind="newspaper")
    made = {"title": "村口設卡", "paragraphs": ("村口設卡。",), "outlet": outlet, "authors": ()}
    printed = make_article(Made(number=1, script="Hant", **made))
    converted = make_article(Made(number=2, script="Hant-converted", **made))
    search_engine()
    for article, title in ((printed, "村口設卡"), (converted, "村口设卡")):
        piece = piece_of(article, article.current_version)
        entry = f"{title}[N/OL].示例日报,2020-02-24.{piece.address}."
        assert gbt7714_2025(piece) == entry
        assert entry in client.get(f"/articles/{article.public_id}/").content.decode()

"""Every style, in every case that the rules of citing name, letter by letter."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from archive.browse.citations.gbt7714 import gbt7714_2015, gbt7714_2025
from archive.browse.citations.machine import bibtex, csl, csl_json, ris
from archive.browse.citations.piece import Piece, When, piece_of
from archive.browse.citations.styles import withdrawn
from archive.browse.citations.western import apa, chicago
from archive.catalog.models import Outlet
from tests.factories import Made, make_article

URL = "https://archive.example/articles/2f8k1m07/"
NEWSPAPER = Piece(
    public_id="2f8k1m07", title="示例村设卡", authors=("示例记者甲",), container="示例日报", kind="newspaper",
    when=When(2020, 2, 24), address=URL, accessed=date(2026, 11, 24),
)  # fmt: skip
WEB = replace(NEWSPAPER, container="示例新闻网", kind="web")
FOUR = ("示例甲", "示例乙", "示例丙", "示例丁")

CASES = {
    "stated date": (
        NEWSPAPER,
        f"示例记者甲.示例村设卡[N/OL].示例日报,2020-02-24.{URL}.",
        f"示例记者甲. 示例村设卡[N/OL]. 示例日报, 2020-02-24[2026-11-24]. {URL}.",
        f"示例记者甲. (2020, February 24). 示例村设卡. 示例日报. {URL}",
        f"示例记者甲. “示例村设卡.” 示例日报, February 24, 2020. {URL}.",
    ),
    "month only": (
        replace(NEWSPAPER, when=When(2020, 2)),
        f"示例记者甲.示例村设卡[N/OL].示例日报,2020-02.{URL}.",
        f"示例记者甲. 示例村设卡[N/OL]. 示例日报, 2020-02[2026-11-24]. {URL}.",
        f"示例记者甲. (2020, February). 示例村设卡. 示例日报. {URL}",
        f"示例记者甲. “示例村设卡.” 示例日报, February 2020. {URL}.",
    ),
    "year only": (
        replace(NEWSPAPER, when=When(2020)),
        f"示例记者甲.示例村设卡[N/OL].示例日报,2020.{URL}.",
        f"示例记者甲. 示例村设卡[N/OL]. 示例日报, 2020[2026-11-24]. {URL}.",
        f"示例记者甲. (2020). 示例村设卡. 示例日报. {URL}",
        f"示例记者甲. “示例村设卡.” 示例日报, 2020. {URL}.",
    ),
    "inferred date": (
        replace(NEWSPAPER, when=When(2020, 2, 24, supplied=True)),
        f"示例记者甲.示例村设卡[N/OL].示例日报,[2020-02-24].{URL}.",
        f"示例记者甲. 示例村设卡[N/OL]. 示例日报, [2020-02-24][2026-11-24]. {URL}.",
        f"示例记者甲. ([2020, February 24]). 示例村设卡. 示例日报. {URL}",
        f"示例记者甲. “示例村设卡.” 示例日报, [February 24, 2020?]. {URL}.",
    ),
    "unknown date": (
        replace(NEWSPAPER, when=None),
        f"示例记者甲.示例村设卡[N/OL].示例日报,[日期不详].{URL}.",
        f"示例记者甲. 示例村设卡[N/OL]. 示例日报, [日期不详][2026-11-24]. {URL}.",
        f"示例记者甲. (n.d.). 示例村设卡. 示例日报. {URL}",
        f"示例记者甲. “示例村设卡.” 示例日报, n.d. Accessed November 24, 2026. {URL}.",
    ),
    "no author": (
        replace(NEWSPAPER, authors=()),
        f"示例村设卡[N/OL].示例日报,2020-02-24.{URL}.",
        f"示例村设卡[N/OL]. 示例日报, 2020-02-24[2026-11-24]. {URL}.",
        f"示例村设卡. (2020, February 24). 示例日报. {URL}",
        f"“示例村设卡.” 示例日报, February 24, 2020. {URL}.",
    ),
    "three authors": (
        replace(NEWSPAPER, authors=FOUR[:3]),
        f"示例甲,示例乙,示例丙.示例村设卡[N/OL].示例日报,2020-02-24.{URL}.",
        f"示例甲, 示例乙, 示例丙. 示例村设卡[N/OL]. 示例日报, 2020-02-24[2026-11-24]. {URL}.",
        f"示例甲, 示例乙, & 示例丙. (2020, February 24). 示例村设卡. 示例日报. {URL}",
        f"示例甲, 示例乙, and 示例丙. “示例村设卡.” 示例日报, February 24, 2020. {URL}.",
    ),
    "four authors": (
        replace(NEWSPAPER, authors=FOUR),
        f"示例甲,示例乙,示例丙,等.示例村设卡[N/OL].示例日报,2020-02-24.{URL}.",
        f"示例甲, 示例乙, 示例丙, 等. 示例村设卡[N/OL]. 示例日报, 2020-02-24[2026-11-24]. {URL}.",
        f"示例甲, 示例乙, 示例丙, & 示例丁. (2020, February 24). 示例村设卡. 示例日报. {URL}",
        f"示例甲, 示例乙, 示例丙, and 示例丁. “示例村设卡.” 示例日报, February 24, 2020. {URL}.",
    ),
    "no title": (
        replace(NEWSPAPER, title="[村口搭起了帐篷…]"),
        f"示例记者甲.[村口搭起了帐篷…][N/OL].示例日报,2020-02-24.{URL}.",
        f"示例记者甲. [村口搭起了帐篷…][N/OL]. 示例日报, 2020-02-24[2026-11-24]. {URL}.",
        f"示例记者甲. (2020, February 24). [村口搭起了帐篷…]. 示例日报. {URL}",
        f"示例记者甲. “[村口搭起了帐篷…].” 示例日报, February 24, 2020. {URL}.",
    ),
    "page label": (
        replace(NEWSPAPER, page="02"),
        f"示例记者甲.示例村设卡[N/OL].示例日报,2020-02-24 (02).{URL}.",
        f"示例记者甲. 示例村设卡[N/OL]. 示例日报, 2020-02-24(02)[2026-11-24]. {URL}.",
        f"示例记者甲. (2020, February 24). 示例村设卡. 示例日报, 02. {URL}",
        f"示例记者甲. “示例村设卡.” 示例日报, February 24, 2020, 02. {URL}.",
    ),
    "web site": (
        WEB,
        f"示例记者甲.示例村设卡[EB/OL].(2020-02-24)[2026-11-24].{URL}.",
        f"示例记者甲. 示例村设卡[EB/OL]. (2020-02-24)[2026-11-24]. {URL}.",
        f"示例记者甲. (2020, February 24). 示例村设卡. 示例新闻网. {URL}",
        f"示例记者甲. “示例村设卡.” 示例新闻网, February 24, 2020. {URL}.",
    ),
    "web site without a date": (
        replace(WEB, when=None),
        f"示例记者甲.示例村设卡[EB/OL].[2026-11-24].{URL}.",
        f"示例记者甲. 示例村设卡[EB/OL]. [2026-11-24]. {URL}.",
        f"示例记者甲. (n.d.). 示例村设卡. 示例新闻网. {URL}",
        f"示例记者甲. “示例村设卡.” 示例新闻网, n.d. Accessed November 24, 2026. {URL}.",
    ),
    "account of a platform": (
        replace(WEB, authors=("示例县融媒体",), container="示例县融媒体"),
        f"示例县融媒体.示例村设卡[EB/OL].(2020-02-24)[2026-11-24].{URL}.",
        f"示例县融媒体. 示例村设卡[EB/OL]. (2020-02-24)[2026-11-24]. {URL}.",
        f"示例县融媒体. (2020, February 24). 示例村设卡. 示例县融媒体. {URL}",
        f"示例县融媒体. “示例村设卡.” 示例县融媒体, February 24, 2020. {URL}.",
    ),
    "another original source": (
        replace(NEWSPAPER, original="示例省报"),
        f"示例记者甲.示例村设卡(转自示例省报)[N/OL].示例日报,2020-02-24.{URL}.",
        f"示例记者甲. 示例村设卡(转自示例省报)[N/OL]. 示例日报, 2020-02-24[2026-11-24]. {URL}.",
        f"示例记者甲. (2020, February 24). 示例村设卡. 示例日报 (Reprinted from 示例省报). {URL}",
        f"示例记者甲. “示例村设卡.” 示例日报, February 24, 2020. Originally published in 示例省报. {URL}.",
    ),
    "sample": (
        replace(NEWSPAPER, sample=True),
        f"【示例】示例记者甲.示例村设卡[N/OL].示例日报,2020-02-24.{URL}.",
        f"【示例】示例记者甲. 示例村设卡[N/OL]. 示例日报, 2020-02-24[2026-11-24]. {URL}.",
        f"[示例 Sample] 示例记者甲. (2020, February 24). 示例村设卡. 示例日报. {URL}",
        f"[示例 Sample] 示例记者甲. “示例村设卡.” 示例日报, February 24, 2020. {URL}.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_each_case_in_each_style(case):
    piece, *expected = CASES[case]
    assert [style(piece) for style in (gbt7714_2025, gbt7714_2015, apa, chicago)] == expected


def test_a_withdrawn_piece_is_cited_without_its_title():
    assert withdrawn("2f8k1m07", "2026-11-24").startswith(
        "[已撤回的文章].基层战疫新闻档案,编号2f8k1m07(撤回日期2026-11-24)."
    )


WHOLE = replace(
    NEWSPAPER, authors=FOUR, page="02", original="示例省报", source_url="http://example.invalid/1",
    when=When(2020, 2, None, supplied=True), sample=True,
)  # fmt: skip


def test_bibtex_keeps_every_fact():
    entry = bibtex(WHOLE)
    fields = dict(re.findall(r"^  (\w+) = \{(.*)\},?$", entry, re.M))
    assert entry.startswith("@article{2f8k1m07,\n")
    assert fields["title"] == "{示例村设卡}"
    assert fields["author"] == "{示例甲} and {示例乙} and {示例丙} and {示例丁}"
    assert (fields["journal"], fields["pages"], fields["url"], fields["eprint"]) == (
        "示例日报",
        "02",
        URL,
        "2f8k1m07",
    )
    assert (fields["date"], fields["year"], fields["month"]) == ("2020-02", "2020", "2")
    assert "示例" in fields["note"] and "转自示例省报" in fields["note"] and "推断" in fields["note"]


def test_bibtex_escapes_what_tex_would_read():
    assert "{A \\& B \\{c\\} 100\\%}" in bibtex(replace(NEWSPAPER, title="A & B {c} 100%"))


def test_ris_keeps_every_fact_and_cannot_be_broken_by_a_title():
    record = ris(replace(WHOLE, title="甲\r\nER  - 乙"))
    rows = [line.split("  - ", 1) for line in record.split("\r\n") if line]
    assert rows[0] == ["TY", "NEWS"] and rows[-1] == ["ER", ""]
    assert [value for tag, value in rows if tag == "AU"] == list(FOUR)
    held = dict(rows)
    assert (held["T2"], held["DA"], held["SP"], held["UR"], held["AN"]) == (
        "示例日报",
        "2020/02//",
        "02",
        URL,
        "2f8k1m07",
    )
    assert sum(tag == "ER" for tag, _value in rows) == 1


def test_csl_keeps_every_fact():
    item = json.loads(csl_json(WHOLE))[0]
    assert item["type"] == "article-newspaper"
    assert item["author"] == [{"literal": name} for name in FOUR]
    assert item["issued"] == {"date-parts": [[2020, 2]], "circa": True}
    assert (item["container-title"], item["page"], item["URL"], item["archive_location"]) == (
        "示例日报",
        "02",
        URL,
        "2f8k1m07",
    )
    assert "issued" not in csl(replace(WHOLE, when=None))
    assert csl(WEB)["type"] == "webpage"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("示例日报", "newspaper", "newspaper"),
        ("示例晚报", "unknown", "newspaper"),
        ("示例新闻网", "unknown", "web"),
        ("示例网", "website", "web"),
        ("示例发布", "account", "web"),
    ],
)
def test_the_kind_of_outlet_decides_the_kind_of_entry(name, kind, expected):
    outlet = Outlet.objects.create(name=name, slug="o", kind=kind)
    article = make_article(Made(number=1, outlet=outlet, authors=()))
    piece = piece_of(article, article.current_version)
    assert piece.kind == expected
    assert piece.authors == (("示例发布",) if kind == "account" else ())


@pytest.mark.django_db
def test_facts_are_read_from_the_record():
    publisher = Outlet.objects.create(name="示例日报", slug="a", kind="newspaper")
    source = Outlet.objects.create(name="示例省报", slug="b", kind="newspaper")
    made = Made(
        number=2, title="", paragraphs=("村口搭起了帐篷,值守的人轮流吃饭。",), outlet=source, publisher=publisher,
        published="", bounds=(date(2020, 2, 3), date(2020, 2, 20)), standing="inferred", page_label="第03版:要闻",
    )  # fmt: skip
    article = make_article(made)
    piece = piece_of(article, article.current_version, accessed=date(2026, 1, 1))
    assert piece.title == "[村口搭起了…]"  # no more than a third of a short body, whoever may read the rest
    assert (piece.container, piece.original, piece.page) == ("示例日报", "示例省报", "03")
    assert piece.when == When(2020, 2, None, supplied=True)
    assert piece.address == f"http://127.0.0.1:8000/articles/{article.public_id}/"


@pytest.mark.django_db
def test_a_traditional_title_is_cited_as_printed_and_a_converted_one_simplified():
    for script, expected in (("Hant", "村口設卡"), ("Hant-converted", "村口设卡")):
        article = make_article(Made(number=len(script), title="村口設卡", paragraphs=("村口設卡。",), script=script))
        assert piece_of(article, article.current_version).title == expected

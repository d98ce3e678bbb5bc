"""Invented articles for tests of any room: 示例 outlets, invented villages, both scripts, dates of every precision.

`make_archive()` fills the database with about sixty pieces; everything is made the same way each time.
"""

from __future__ import annotations

import calendar
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from archive.catalog import store
from archive.catalog.fingerprints import text_sha256
from archive.catalog.models import (
    Article,
    Byline,
    Capture,
    Evidence,
    Outlet,
    Repair,
    RepairState,
    TextLayer,
    Version,
    VersionRegion,
)
from archive.catalog.public_ids import ALPHABET, check_character
from archive.catalog.quantities import note_quantities
from archive.places.models import Region
from archive.places.services import _FIELDS, expected_rows
from archive.text.script import to_simplified

#: Counties that the invented pieces are about, over fourteen provinces.
COUNTIES = (
    "510923", "510903", "420106", "420981", "330523", "150821", "610929", "231081", "411322", "130109",
    "511524", "411502", "440106", "460205", "532532", "110105",
)  # fmt: skip
OUTLETS = (
    ("示例日报", "newspaper", "510000"),
    ("示例晚报", "newspaper", "420100"),
    ("示例县融媒体", "account", "510923"),
    ("示例新闻网", "website", "330000"),
    ("示例广播电视台", "broadcaster", "410000"),
    ("示例周报", "unknown", None),
)
_WHAT = (
    ("村口设卡登记车辆", "示例村的网格员在村口设卡,登记过往车辆,给司机量体温。", "卡点与交通查控"),
    ("志愿者送菜上门", "示例社区的志愿者把蔬菜和药品送到隔离的人家,一天跑三趟。", "志愿服务"),
    ("专车接工人返岗", "示例县包下三辆大巴,把返岗的工人从村里直接送到工厂门口。", "复工复产"),
    ("大喇叭讲防疫", "示例村的大喇叭用方言讲防疫,外防输入、内防反弹,老人都听得懂。", "宣传与劝导"),
    ("口罩分到各组", "示例镇把收到的口罩分到各组,先给值守的人,再给老人。", "捐赠"),
    ("小学开学前消毒", "示例小学开学前消毒教室,老师排好了错峰进校的次序。", "学校"),
)
_PLACES = ("示例村", "示例湾", "示例坪", "示例沟", "示例屯")
_TRADITIONAL = {
    "村口设卡登记车辆": ("村口設卡登記車輛", "示例村的網格員在村口設卡,登記過往車輛,給司機量體溫。"),
    "志愿者送菜上门": ("志願者送菜上門", "示例社區的志願者把蔬菜和藥品送到隔離的人家,一天跑三趟。"),
}


def public_id(number: int) -> str:
    """A valid public id, the same for the same number."""
    stem, left = "", number + 1_000_003
    for _ in range(7):
        stem = ALPHABET[left % 32] + stem
        left = left // 32 + 7 * number % 5
    return stem + check_character(stem)


def make_regions(codes: Iterable[str] = COUNTIES) -> dict[str, Region]:
    """All provinces, and each division of `codes` with those above it; from the real table."""
    rows = expected_rows()
    wanted = {code for code, row in rows.items() if row[3] == "province"}
    for code in codes:
        above: str | None = code
        while above:
            wanted.add(above)
            parent = rows[above][4]
            above = str(parent) if parent else None
    held = set(Region.objects.filter(code__in=wanted).values_list("code", flat=True))
    order = sorted(
        wanted - held, key=lambda code: (("province", "prefecture", "county").index(str(rows[code][3])), code)
    )
    Region.objects.bulk_create(Region(code=code, **dict(zip(_FIELDS, rows[code], strict=True))) for code in order)
    return {region.code: region for region in Region.objects.filter(code__in=wanted)}


@dataclass(slots=True)
class Made:
    """What `make_article` is asked for. `published` in EDTF; "" with `bounds` is known within bounds only."""

    number: int
    title: str = "示例村设卡"
    paragraphs: Sequence[str] = ("示例村的网格员在村口设卡。", "村民说:“放心了。”")
    published: str = "2020-02-24"
    standing: str = "stated"
    bounds: tuple[date, date] | None = None
    outlet: Outlet | None = None
    publisher: Outlet | None = None
    original_source: str = ""
    regions: Sequence[Region] = ()
    township: str = ""
    authors: Sequence[tuple[str, str]] = (("示例记者甲", "记者"),)
    topics: Sequence[str] = ()
    script: str = "Hans"
    page_label: str = ""
    source_url: str = ""
    captions: Sequence[str] = ()
    status: str = "published"
    access: str = "full"
    is_sample: bool = False
    repairs: Sequence[tuple[int, str, str]] = field(default_factory=tuple)  # start in the text before, before, after
    keep_bytes: bool = False


def bounds_of(published: str) -> tuple[date, date]:
    """First and last day of an EDTF date."""
    parts = [int(part) for part in published.split("T")[0].split("-")]
    if len(parts) == 3:
        return date(*parts), date(*parts)
    if len(parts) == 2:
        return date(*parts, 1), date(*parts, calendar.monthrange(*parts)[1])
    return date(parts[0], 1, 1), date(parts[0], 12, 31)


def make_article(made: Made) -> Article:
    """Store one article as the pipeline would: capture, layers, version, places, names, evidence."""
    body = "\n\n".join(made.paragraphs)
    text = f"{made.title}\n\n{body}"
    digest = (
        store.store(text.encode()).sha256
        if made.keep_bytes
        else hashlib.sha256(f"{made.number}{text}".encode()).hexdigest()
    )
    capture = Capture.objects.create(
        sha256=digest,
        size=len(text.encode()),
        media_type="text/plain",
        identity=hashlib.sha256(f"{digest}-{made.number}".encode()).hexdigest(),
    )
    article = Article.objects.create(
        public_id=public_id(made.number),
        publisher=made.publisher or made.outlet,
        outlet=made.outlet,
        status=made.status,
        access=made.access,
        is_sample=made.is_sample,
    )
    version = _version(made, article, capture, body)
    version.save()
    _parts(made, version)
    _layers(made, capture, text)
    note_quantities([version], fresh=True)
    article.current_version = version
    article.save(update_fields=["current_version"])
    return article


def _version(made: Made, article: Article, capture: Capture, body: str) -> Version:
    traditional = made.script != "Hans"
    blocks, place = [], len(made.title) + 2
    for paragraph in made.paragraphs:
        blocks.append({"kind": "paragraph", "text": paragraph, "start": place, "end": place + len(paragraph)})
        place += len(paragraph) + 2
    first, last = made.bounds or (bounds_of(made.published) if made.published else (None, None))
    precision = {4: "year", 7: "month", 10: "day", 16: "minute", 0: ""}[len(made.published)]
    return Version(
        article=article,
        capture=capture,
        text_sha256=text_sha256(to_simplified(made.title) if traditional else made.title, body),
        title=to_simplified(made.title) if traditional else made.title,
        title_as_printed=made.title if traditional else "",
        body=body,
        body_simplified=to_simplified(body) if traditional else body,
        blocks=blocks,
        captions=[{"text": text, "start": 0, "end": 0, "kind": "caption"} for text in made.captions],
        script=made.script,
        original_source=made.original_source,
        page_label=made.page_label,
        source_url=made.source_url,
        topics=list(made.topics),
        published=made.published,
        published_precision=precision,
        published_standing=made.standing if first else "unknown",
        published_earliest=first,
        published_latest=last,
        published_why="页面载明" if made.published else "",
    )


def _parts(made: Made, version: Version) -> None:
    Byline.objects.bulk_create(
        Byline(version=version, position=position, name=name, role=role)
        for position, (name, role) in enumerate(made.authors)
    )
    VersionRegion.objects.bulk_create(
        VersionRegion(
            version=version,
            region=region,
            role="other" if number else "primary",
            township="" if number else made.township,
        )
        for number, region in enumerate(made.regions)
    )
    Evidence.objects.bulk_create(
        [
            Evidence(
                version=version, field="title", value=made.title[:300], rule="first line", text=made.title,
                start=0, end=len(made.title), confidence=0.98, basis="stated",
            ),
            Evidence(
                version=version, field="published", value=made.published, rule="dateline", text="2月24日电",
                confidence=0.9, basis="inferred",
            ),
        ]
    )  # fmt: skip


def _layers(made: Made, capture: Capture, text: str) -> None:
    digest = hashlib.sha256(text.encode()).hexdigest()
    TextLayer.objects.create(
        capture=capture, kind="decoded", encoding="utf-8", rules="test", sha256=digest, length=len(text)
    )
    layer = TextLayer.objects.create(capture=capture, kind="repaired", rules="test", sha256=digest, length=len(text))
    Repair.objects.bulk_create(
        Repair(
            layer=layer, rule="pinyin note", start=start, end=start + len(before), before=before, after=after,
            confidence=0.95, state=RepairState.APPLIED,
        )
        for start, before, after in made.repairs
    )  # fmt: skip


def make_outlets(*, is_sample: bool = False) -> list[Outlet]:
    regions = {region.code: region for region in Region.objects.filter(code__in=[row[2] for row in OUTLETS if row[2]])}
    return [
        Outlet.objects.get_or_create(
            name=name,
            defaults={
                "slug": f"shili-{number}",
                "kind": kind,
                "region": regions.get(code or ""),
                "is_sample": is_sample,
            },
        )[0]
        for number, (name, kind, code) in enumerate(OUTLETS, 1)
    ]


def _published(number: int) -> tuple[str, str]:
    """Days mostly in early 2020, some later; every seventh known to the month, some to the year or not at all."""
    if number % 29 == 11:
        return "", "unknown"
    year = (2020, 2020, 2020, 2020, 2021, 2022)[number % 6]
    if number % 23 == 9:
        return str(year), "stated"
    month = (2, 2, 3, 1, 8, 4)[number % 6] + (number // 6) % 3
    if number % 7 == 3:
        return f"{year}-{month:02d}", "inferred"
    return f"{year}-{month:02d}-{1 + number * 5 % 27:02d}", "inferred" if number % 5 == 4 else "stated"


def make_archive(count: int = 60, *, is_sample: bool = False) -> list[Article]:
    """About sixty invented pieces, over provinces and dates, in both scripts, some about several places."""
    regions = make_regions()
    outlets = make_outlets(is_sample=is_sample)
    articles = []
    for number in range(count):
        what, sentence, topic = _WHAT[number % len(_WHAT)]
        where = _PLACES[number % len(_PLACES)]
        traditional = number % 8 == 5 or (number % 12 == 0 and number > 0)
        title, opening = _TRADITIONAL.get(what, (what, sentence)) if traditional else (what, sentence)
        traditional = traditional and title != what
        published, standing = _published(number)
        county = regions[COUNTIES[number % len(COUNTIES)]]
        other = [regions[COUNTIES[(number * 3 + 1) % len(COUNTIES)]]] if number % 9 == 4 else []
        outlet = outlets[number % len(outlets)] if number % 13 != 12 else None
        articles.append(
            make_article(
                Made(
                    number=number,
                    title=f"{where}{title}",
                    paragraphs=(
                        opening,
                        f"{where}的人說,第{number + 1}天最難。"
                        if traditional
                        else f"{where}的人说,第{number + 1}天最难。",
                        "(示例記者甲)" if traditional else "(示例记者甲)",
                    ),
                    published=published,
                    standing=standing,
                    outlet=outlet,
                    regions=[county, *(region for region in other if region.pk != county.pk)],
                    township="示例镇" if number % 4 == 1 else "",
                    authors=[(f"示例记者{name}", "记者") for name in "甲乙丙丁"[: number % 5]],
                    topics=[topic],
                    script="Hant" if traditional else "Hans",
                    page_label="第02版" if number % 6 == 0 else "",
                    captions=["图为示例村的卡点。"] if number % 10 == 2 else (),
                    is_sample=is_sample,
                )
            )
        )
    return articles

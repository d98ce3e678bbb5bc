"""How often each public page asks the database: as often with thirty articles as with three, and no more than is written here."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from archive.catalog.models import (
    Article,
    Byline,
    Evidence,
    Printing,
    Repair,
    RepairState,
    ReprintCluster,
    Revision,
    Sighting,
    Version,
    VersionRegion,
)
from archive.catalog.services import withdraw
from archive.search import engine
from archive.search.models import Slogan
from tests import factories
from tests.browse.site_map import Address, addresses, stopping
from tests.factories import COUNTIES, Made, make_article
from tests.search.reference import ReferenceEngine, documents

ADDRESSES = addresses()
#: Address → queries of the database for one answer, at most. An address that is not here fails.
MOST: dict[str, int] = {
    "metrics": 21,
    "record": 6,
    "cite": 5,
    "openapi": 0,
    "api-searchArticles": 5,
    "api-citations": 5,
    "api-article": 6,
    "api-citation": 5,
    "api-concordance": 6,
    "api-facet": 5,
    "api-timeline": 5,
    "api-places": 6,
    "api-place": 6,
    "api-outlets": 7,
    "api-outlet": 6,
    "api-changes": 6,
    "api-trends": 6,
    "api-milestones": 4,
    "api-matrix": 3,
    "api-spread": 3,
    "api-coverage": 2,
    "api-quantities": 4,
    "api/<path:rest>": 0,
    "robots.txt": 0,
    "sitemap.xml": 1,
    "sitemap-<int:number>.xml": 1,
    "sitemap-<str:kind>.xml": 4,
    "oai": 9,
    "healthz": 0,
    "favicon.ico": 0,
    "home": 5,
    "search": 10,
    "facet": 4,
    "receipt": 3,
    "saved": 0,
    "concordance": 5,
    "research": 0,
    "matrix": 2,
    "spread": 5,
    "story": 2,
    "quantities": 6,
    "trends": 8,
    "coverage": 4,
    "verify": 0,
    "places": 4,
    "place": 8,
    "dates": 4,
    "year": 4,
    "month": 5,
    "day": 1,
    "outlets": 6,
    "outlet": 8,
    "topic": 5,
    "article": 24,
    "history": 9,
    "raw": 7,
    "received": 4,  # of a text, which has no page; of a page: test_received.py
    "api": 0,
    "help": 0,
    "about": 4,
    "export": 8,
    "atom": 9,
    "json_feed": 9,
    "receipt_json": 3,
    "receipt_text": 3,
    "codebook": 0,
    "concordance_table": 6,
    "matrix_csv": 3,
    "spread_csv": 2,
    "quantities_csv": 2,
    "trends_csv": 7,
    "coverage_csv": 2,
    "stop_digest": 1,
    "timeline": 4,
    "timeline_csv": 3,
    "opensearch": 0,
    "suggest": 2,
}
#: What is asked of each address; of all others, what `q` alone asks.
ASKED = {
    "home": {}, "trends": {"q": ["示例", "网格员"], "unit": "characters"}, "trends_csv": {"q": ["示例", "网格员"], "sample": "1"},
    "search": {"q": "示例", "from": "2020-01", "to": "2020-12", "not_place": "110000"}, "article": {"q": "示例", "n": "1"},
    "oai": {"verb": "ListRecords", "metadataPrefix": "oai_dc"}, "api-timeline": {"q": "示例"}, "api-concordance": {"q": "示例"},
}  # fmt: skip


def grow(start: int, stop: int, head: Article | None) -> Article:
    """Articles `start` to `stop`: each adds to the places, outlets, dates, topics and quantities of the archive, and to
    all that belongs to the first of them: versions, authors, places, evidence, repairs, copies, neighbours, history."""
    regions = factories.make_regions(COUNTIES)
    outlets = factories.make_outlets()
    for number in range(start, stop):
        article = make_article(
            Made(
                number=number, title=f"示例村设卡{number}", outlet=outlets[number % 5], publisher=outlets[(number + 1) % 5],
                paragraphs=(f"示例村的网格员在村口设卡,登记了{number + 3}辆车。", f"第{number + 2}天,志愿者送菜{number + 9}斤。", f"第{number}段。"),
                published=f"2020-{1 + number % 12:02d}-{1 + number % 28:02d}", topics=[("学校", "捐赠", "复工复产")[number % 3]],
                regions=[regions[COUNTIES[number % 16]], regions[COUNTIES[(number + 5) % 16]]], township=f"示例{number}镇",
                captions=[f"图{number}"], keep_bytes=True, repairs=[(12, "(zhēn)", "")],
            )
        )  # fmt: skip
        head = head or article
        first = head.versions.order_by("number").first()
        assert first is not None and article.current_version is not None
        cluster, _made = ReprintCluster.objects.get_or_create(note="示例")
        Printing.objects.create(cluster=cluster, article=article, is_original=article == head, overlap=1)
        pair = ReprintCluster.objects.create()
        copies = [make_article(Made(number=1000 + 2 * number + part, outlet=outlets[part + 2], regions=[regions["510000"]], published="2020-03"))
                  for part in range(2)]  # fmt: skip
        for part, one in enumerate(copies):
            Printing.objects.create(cluster=pair, article=one, is_original=not part, overlap=0.9)
        if number == start:
            withdraw(article=make_article(Made(number=3000 + start, outlet=outlets[0])), reason="示例理由")
        _belonging(head, first, article, regions, number)
    return head


def _belonging(head: Article, first: Version, article: Article, regions, number: int) -> None:
    current = article.current_version
    if article != head:
        Version.objects.filter(pk=current.pk).update(capture=first.capture, item=100 + number)
        values = {
            field.attname: getattr(first, field.attname)
            for field in Version._meta.concrete_fields
            if field.attname not in ("id",)
        }
        Version.objects.create(
            **{
                **values,
                "number": number + 2,
                "item": 200 + number,
                "body": f"{first.body}\n\n{number}",
                "text_sha256": f"{number}".zfill(64),
            }
        )
    held = head.current_version
    # The newest is the current one: what stands above it waits for an editor, and shuts the page it shares.
    Version.objects.filter(pk=held.pk).update(number=1_000 + number)
    Byline.objects.create(version=held, position=10 + number, name=f"示例记者{number}", role="记者")
    region = regions[COUNTIES[number % 16]]
    VersionRegion.objects.get_or_create(version=held, region=region, defaults={"role": "other"})
    Evidence.objects.create(
        version=held, field="title", value=f"{number}", rule="示例", text="示例", confidence=0.5, basis="stated"
    )
    layer = held.capture.layers.get(kind="repaired")
    Repair.objects.create(
        layer=layer,
        rule="示例",
        start=number,
        end=number + 1,
        before="x",
        after="",
        confidence=1,
        state=RepairState.APPLIED,
    )
    Revision.objects.create(
        article=head, version=held, role="editor", field="title", before="", after=f"{number}", reason="示例"
    )
    Sighting.objects.create(article=head, kind="gone" if number % 2 else "same", at=timezone.now())
    Slogan.objects.create(label=f"示例{number}", query=f"示例{number}")


def queries(client, address: Address, known: dict[str, str]) -> int:
    """Of the second answer: what is kept between requests is kept by then."""
    path, asked = address.path(known), ASKED.get(address.name, {"q": "示例"})
    if address.name.startswith("api-") and address.name not in ASKED:
        asked = {}
    for _time in range(2):
        with CaptureQueriesContext(connection) as seen:
            response = client.get(path, asked)
            body = b"".join(response.streaming_content) if response.streaming else response.content
        assert response.status_code == (404 if "rest" in address.route or address.name == "received" else 200), (
            path,
            body[:300],
        )
    return len(seen)


def test_pages_ask_as_often_for_thirty_articles_as_for_three(client, db, settings, tmp_path, monkeypatch):
    settings.CAPTURE_DIR = tmp_path / "captures"
    head, counts = None, []
    for start, stop in ((0, 3), (3, 30)):
        head = grow(start, stop, head)
        ReferenceEngine(documents()).stand_in(monkeypatch, engine)
        cluster = ReprintCluster.objects.get(note="示例")
        known = {"article": head.public_id, "story": str(cluster.pk), "token": stopping()}
        counts.append({one.name: queries(client, one, known) for one in ADDRESSES})
    few, many = counts
    # The thirty are copies of each other, so that none is left to be similar and no card of one is read.
    many["article"] += 2
    grown = {name: (few[name], many[name]) for name in few if few[name] != many[name]}
    assert not grown
    over = [f"{name}: {count}" for name, count in many.items() if count > MOST.get(name, -1)]
    assert not over, "; ".join(over)

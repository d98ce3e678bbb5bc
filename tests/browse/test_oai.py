"""Harvesters get every record once, valid against the schema of the protocol, and learn of what was taken down."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from archive.browse.harvest import oai_records as harvest
from archive.browse.harvest.oai_answer import DC, OAI
from archive.catalog import services as catalog
from archive.catalog.models import Access, Article

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "schemas" / "OAI-PMH.xsd"))
NAMES = {"o": OAI, "dc": DC}


def asked(client, method="get", **arguments):
    """The answer, checked against the schema. `from_` stands for from."""
    pairs = {name.rstrip("_"): value for name, value in arguments.items()}
    response = getattr(client, method)("/oai", pairs)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/xml")
    root = etree.fromstring(response.content)
    SCHEMA.assertValid(root)
    return root


def error(root):
    (found,) = root.findall("o:error", NAMES)
    return found.get("code")


def texts(root, path):
    return [one.text for one in root.iterfind(path, NAMES)]


def harvested(client, verb, **arguments):
    """Every header of a list, from all its pages."""
    found, root = [], asked(client, verb=verb, metadataPrefix="oai_dc", **arguments)
    while True:
        found += root.findall(".//o:header", NAMES)
        token = root.find(".//o:resumptionToken", NAMES)
        if token is None or not token.text:
            return found
        root = asked(client, verb=verb, resumptionToken=token.text)


def key(header):
    return header.findtext("o:identifier", namespaces=NAMES).rstrip("/").rsplit("/", 1)[1]


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr(harvest, "PAGE", 7)


def test_identify_says_who_this_is(client, archive):
    root = asked(client, verb="Identify")
    assert texts(root, ".//o:deletedRecord") == ["persistent"]
    first = min(article.changed_at for article in archive).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert texts(root, ".//o:earliestDatestamp") == [first]
    assert asked(client, "post", verb="Identify").find("o:Identify", NAMES) is not None


@pytest.mark.parametrize("verb", ["ListRecords", "ListIdentifiers"])
def test_every_open_article_is_given_once(client, archive, small_pages, verb):
    found = harvested(client, verb)
    assert sorted(map(key, found)) == sorted(article.public_id for article in Article.objects.published())
    stamps = [one.findtext("o:datestamp", namespaces=NAMES) for one in found]
    assert stamps == sorted(stamps)


def test_nothing_is_lost_or_doubled_when_records_of_one_moment_span_pages(client, archive, small_pages):
    Article.objects.update(changed_at=timezone.now())
    found = [key(one) for one in harvested(client, "ListIdentifiers")]
    assert len(found) == len(set(found)) == Article.objects.published().count()


def test_a_page_tells_how_many_there_are_and_were(client, archive, small_pages):
    root = asked(client, verb="ListIdentifiers", metadataPrefix="oai_dc")
    token = root.find(".//o:resumptionToken", NAMES)
    assert (token.get("cursor"), token.get("completeListSize")) == ("0", str(Article.objects.published().count()))
    again = asked(client, verb="ListIdentifiers", resumptionToken=token.text)
    assert again.find(".//o:resumptionToken", NAMES).get("cursor") == "7"


def test_a_record_says_what_the_page_of_the_article_says(client, archive):
    article = archive[3]
    version = article.current_version
    address = client.get(f"/articles/{article.public_id}.json").json()["address"]
    root = asked(client, verb="GetRecord", identifier=address, metadataPrefix="oai_dc")
    assert texts(root, ".//dc:identifier") == [address]
    assert texts(root, ".//dc:title") == [version.display_title]
    assert texts(root, ".//dc:creator") == [one.name for one in version.bylines.all()]
    assert texts(root, ".//dc:coverage") == [one.region.name for one in version.places.all()]
    assert texts(root, ".//dc:subject") == list(version.topics)
    assert version.body[:40] not in etree.tostring(root, encoding="unicode")


def test_sets_divide_by_province_and_outlet(client, archive, small_pages):
    specs, root = [], asked(client, verb="ListSets")
    while True:
        specs += texts(root, ".//o:setSpec")
        token = root.find(".//o:resumptionToken", NAMES)
        if token is None or not token.text:
            break
        root = asked(client, verb="ListSets", resumptionToken=token.text)
    assert len(specs) == len(set(specs))
    assert {spec.partition(":")[0] for spec in specs} == {"place", "outlet"}
    for spec in specs:
        kind, _, value = spec.partition(":")
        articles = [a for a in Article.objects.published().with_parts() if belongs(a, kind, value)]
        root = asked(client, verb="ListIdentifiers", metadataPrefix="oai_dc", set=spec)
        if not articles:
            assert error(root) == "noRecordsMatch"
            continue
        found = harvested(client, "ListIdentifiers", set=spec)
        assert sorted(map(key, found)) == sorted(article.public_id for article in articles)
        assert all(spec in texts(one, "o:setSpec") for one in found)


def belongs(article, kind, value):
    if kind == "outlet":
        return article.outlet is not None and value == article.outlet.slug
    return any(place.region.code.startswith(value[:2]) for place in article.current_version.places.all())


def test_only_what_changed_in_a_span_of_time_is_given(client, archive):
    Article.objects.update(changed_at=datetime(2024, 5, 1, 12, tzinfo=UTC))
    late = archive[5]
    Article.objects.filter(pk=late.pk).update(changed_at=datetime(2024, 5, 3, 23, 59, 59, 900_000, tzinfo=UTC))
    for first, last in (
        ("2024-05-02", "2024-05-03"),
        ("2024-05-03T23:59:59Z", "2024-05-03T23:59:59Z"),
        ("2024-05-03", None),
    ):
        bounds = {"from_": first} | ({"until": last} if last else {})
        assert [key(one) for one in harvested(client, "ListRecords", **bounds)] == [late.public_id]
    assert len(harvested(client, "ListRecords", until="2024-05-02")) == Article.objects.published().count() - 1
    root = asked(client, verb="ListRecords", metadataPrefix="oai_dc", from_="2024-06-01")
    assert error(root) == "noRecordsMatch"


def test_what_was_taken_down_stands_as_deleted_without_a_word_of_it(client, archive):
    withdrawn, removed, reserved, back = archive[:4]
    titles = ["独有的标题甲", "独有的标题乙", "独有的标题丙"]
    for one, title in zip((withdrawn, removed, reserved), titles, strict=True):
        one.current_version.title = one.current_version.title_as_printed = title
        one.current_version.save()
    whole = client.get("/oai", {"verb": "ListRecords", "metadataPrefix": "oai_dc"}).content.decode()
    assert all(title in whole for title in titles)
    address = client.get(f"/articles/{withdrawn.public_id}.json").json()["address"]
    catalog.withdraw(article=withdrawn, reason="来源要求撤下")
    catalog.remove(article=removed, reason="误收")
    catalog.set_access(article=reserved, access=Access.STAFF, reason="来源要求")
    catalog.withdraw(article=back, reason="核对")
    catalog.publish(article=back)
    found = harvested(client, "ListRecords")
    gone = {key(one) for one in found if one.get("status") == "deleted"}
    assert gone == {withdrawn.public_id, removed.public_id, reserved.public_id}
    assert back.public_id in {key(one) for one in found} - gone
    assert len(found) == len({key(one) for one in found})
    root = asked(client, verb="GetRecord", identifier=address, metadataPrefix="oai_dc")
    assert root.find(".//o:header", NAMES).get("status") == "deleted" and root.find(".//o:metadata", NAMES) is None
    whole = client.get("/oai", {"verb": "ListRecords", "metadataPrefix": "oai_dc"}).content.decode()
    assert not [title for title in titles if title in whole]


def test_the_sample_is_not_harvested(client, archive):
    Article.objects.filter(pk=archive[0].pk).update(is_sample=True)
    assert archive[0].public_id not in {key(one) for one in harvested(client, "ListIdentifiers")}


@pytest.mark.parametrize(
    "arguments, code",
    [
        ({}, "badVerb"),
        ({"verb": "Nonsense"}, "badVerb"),
        ({"verb": ["Identify", "ListSets"]}, "badVerb"),
        ({"verb": "Identify", "set": "place"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": ["oai_dc", "oai_dc"]}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2020-13-45"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2024-05-01", "until": "2024-04-01"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2024-05-01", "until": "2024-06-01T00:00:00Z"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "２０２４-05-01"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "地区"}, "badArgument"),
        ({"verb": "Identify", **{f"x{number}": "1" for number in range(2000)}}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "resumptionToken": "x"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "marc21"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "place:999999"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "resumptionToken": "made-up"}, "badResumptionToken"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:nobody:1"}, "idDoesNotExist"),
        ({"verb": "ListMetadataFormats", "identifier": "oai:nobody:1"}, "idDoesNotExist"),
    ],
)  # fmt: skip
def test_each_mistake_has_its_error(client, archive, arguments, code):
    assert error(asked(client, **arguments)) == code


def test_a_token_is_only_for_the_verb_that_gave_it(client, archive, small_pages):
    token = asked(client, verb="ListIdentifiers", metadataPrefix="oai_dc").find(".//o:resumptionToken", NAMES).text
    assert error(asked(client, verb="ListRecords", resumptionToken=token)) == "badResumptionToken"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["metadataPrefix", "from", "until", "set", "identifier", "resumptionToken", "x"]),
        st.text(max_size=20) | st.sampled_from(["oai_dc", "place:420000", "2024-05-01", "9999-12-31", "9999-12-31T23:59:59Z"]),
    ),
    st.sampled_from(["ListRecords", "ListIdentifiers", "GetRecord", "ListSets", "ListMetadataFormats", "Identify", "?"]),
)  # fmt: skip
def test_whatever_is_asked_the_answer_is_valid(client, archive, arguments, verb):
    asked(client, verb=verb, **arguments)


def test_a_page_takes_a_constant_number_of_questions(
    client, archive, small_pages, django_assert_num_queries, monkeypatch
):
    with django_assert_num_queries(9):
        asked(client, verb="ListRecords", metadataPrefix="oai_dc")
    monkeypatch.setattr(harvest, "PAGE", 20)
    with django_assert_num_queries(9):
        asked(client, verb="ListRecords", metadataPrefix="oai_dc")

"""The response as XML, in the order of elements that the protocol's schema asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from django.conf import settings
from django.utils import timezone
from lxml import etree

from archive.catalog.models import Article, Outlet

from ..citations.piece import ARCHIVE_ENGLISH, permanent_address, piece_of
from . import oai_records as harvest
from .oai_request import PREFIX, OaiError, Request, token

OAI = "http://www.openarchives.org/OAI/2.0/"
DC, OAI_DC = "http://purl.org/dc/elements/1.1/", "http://www.openarchives.org/OAI/2.0/oai_dc/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA, _DC_SCHEMA = f"{OAI}OAI-PMH.xsd", f"{OAI}oai_dc.xsd"
#: Errors after which the request is repeated without its arguments.
_UNREAD = ("badVerb", "badArgument")
_FORBIDDEN = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])


def answer(request: Request, address: str) -> bytes:
    """The answer to a request that could be read; OaiError where there is none. `address`: of this interface."""
    root = _root(address, {"verb": request.verb, **request.arguments})
    _VERBS[request.verb](root, request, address)
    return _bytes(root)


def refusal(error: OaiError, address: str, asked: dict[str, str]) -> bytes:
    """An error of the protocol; the arguments are repeated where they could be read."""
    root = _root(address, {} if error.code in _UNREAD else asked)
    _add(root, "error", error.sentence, code=error.code)
    return _bytes(root)


def _root(address: str, attributes: dict[str, str]) -> etree._Element:
    root = etree.Element(f"{{{OAI}}}OAI-PMH", nsmap={None: OAI, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI} {_SCHEMA}")
    _add(root, "responseDate", _utc(timezone.now()))
    _add(root, "request", address, **{name: _clean(value) for name, value in attributes.items()})
    return root


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{OAI}}}{name}", attributes)
    if text:
        made.text = _clean(text)
    return made


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return text.translate(_FORBIDDEN)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _identify(root: etree._Element, request: Request, address: str) -> None:
    made = _add(root, "Identify")
    rows = [
        ("repositoryName", ARCHIVE_ENGLISH), ("baseURL", address), ("protocolVersion", "2.0"),
        ("adminEmail", settings.CONTACT_EMAIL or "not-set@example.invalid"), ("earliestDatestamp", _utc(harvest.earliest() or timezone.now())),
        ("deletedRecord", "persistent"), ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    ]  # fmt: skip
    for name, text in rows:
        _add(made, name, text)


def _formats(root: etree._Element, request: Request, address: str) -> None:
    if identifier := request.arguments.get("identifier"):
        harvest.find(_public_id(identifier))
    made = _add(_add(root, "ListMetadataFormats"), "metadataFormat")
    for name, text in (("metadataPrefix", PREFIX), ("schema", _DC_SCHEMA), ("metadataNamespace", OAI_DC)):
        _add(made, name, text)


def _sets(root: etree._Element, request: Request, address: str) -> None:
    found, passed = harvest.sets(request.passed)
    made = _add(root, "ListSets")
    for spec, name in found:
        one = _add(made, "set")
        _add(one, "setSpec", spec)
        _add(one, "setName", name)
    if passed is not None:
        _add(made, "resumptionToken", token(request, passed=passed))
    elif request.passed:
        _add(made, "resumptionToken")


def _get(root: etree._Element, request: Request, address: str) -> None:
    _record(_add(root, "GetRecord"), harvest.find(_public_id(request.arguments["identifier"])))


def _headers(root: etree._Element, request: Request, address: str) -> None:
    _listed(_add(root, "ListIdentifiers"), request, _header)


def _records(root: etree._Element, request: Request, address: str) -> None:
    _listed(_add(root, "ListRecords"), request, _record)


def _listed(
    made: etree._Element, request: Request, add: Callable[[etree._Element, harvest.Header], etree._Element]
) -> None:
    found, total, more = harvest.page(request)
    for one in found:
        add(made, one)
    if more is None and request.after is None:
        return
    cursor = str(request.after.passed if request.after else 0)
    _add(made, "resumptionToken", token(request, after=more) if more else "", completeListSize=str(total), cursor=cursor)  # fmt: skip


_VERBS: dict[str, Callable[[etree._Element, Request, str], None]] = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "GetRecord": _get,
    "ListIdentifiers": _headers,
    "ListRecords": _records,
}


def _public_id(identifier: str) -> str:
    """Identifiers are the permanent addresses of articles."""
    before, after = permanent_address("\0").split("\0")
    if identifier.startswith(before) and identifier.endswith(after):
        return identifier[len(before) : len(identifier) - len(after)].replace("\0", "")
    raise OaiError("idDoesNotExist", f"identifiers of this repository look like {before}…{after}")


def _header(parent: etree._Element, one: harvest.Header) -> etree._Element:
    made = _add(parent, "header", **({} if one.article else {"status": "deleted"}))
    _add(made, "identifier", permanent_address(one.key))
    _add(made, "datestamp", _utc(one.at))
    for spec in _specs(one.article) if one.article else ():
        _add(made, "setSpec", spec)
    return made


def _specs(article: Article) -> list[str]:
    version = article.current_version
    assert version is not None
    provinces = {place.region.code[:2] + "0000" for place in version.places.all()}
    found = [f"place:{code}" for code in sorted(provinces)]
    return [*found, f"outlet:{article.outlet.slug}"] if article.outlet else found


def _record(parent: etree._Element, one: harvest.Header) -> etree._Element:
    made = _add(parent, "record")
    _header(made, one)
    if one.article:
        _dublin_core(_add(made, "metadata"), one.article)
    return made


def _dublin_core(parent: etree._Element, article: Article) -> None:
    made = etree.SubElement(parent, f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC})
    made.set(f"{{{XSI}}}schemaLocation", f"{OAI_DC} {_DC_SCHEMA}")
    for name, text in _elements(article):
        etree.SubElement(made, f"{{{DC}}}{name}").text = _clean(text)


def _elements(article: Article) -> Iterable[tuple[str, str]]:
    """Unknown is left out; the text itself is not given."""
    version = article.current_version
    assert version is not None
    piece = piece_of(article, version)
    outlets = dict.fromkeys(one.name for one in (article.publisher, article.outlet) if isinstance(one, Outlet))
    rows = [
        ("title", piece.title),
        *(("creator", name) for name in piece.authors),
        *(("subject", topic) for topic in version.topics),
        *(("publisher", name) for name in outlets),
        ("date", piece.when.iso if piece.when else ""),
        ("type", "Text"),
        ("identifier", piece.address),
        ("source", piece.source_url),
        ("language", piece.language),
        *(("coverage", place.region.name) for place in version.places.all()),
        ("rights", article.rights_sentence),
    ]
    return [(name, text) for name, text in rows if text]

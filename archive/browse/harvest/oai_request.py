"""What a harvester asked: one verb with its arguments, checked as the protocol says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing

#: The one format that every repository has, and all that this one needs.
PREFIX = "oai_dc"
_DAY, _SECOND = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII), re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_WORD, _SPEC = re.compile(r"[A-Za-z0-9\-_.!~*'()]+"), re.compile(r"[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*")
_SALT = "archive.oai"
_LISTS = {"metadataPrefix", "from", "until", "set", "resumptionToken"}

#: Verb → arguments that must be there (where no resumption token is), and all that may be.
VERBS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset({"resumptionToken"})),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset({"identifier", "metadataPrefix"})),
    "ListIdentifiers": (frozenset({"metadataPrefix"}), frozenset(_LISTS)),
    "ListRecords": (frozenset({"metadataPrefix"}), frozenset(_LISTS)),
}


class OaiError(Exception):
    """`code` is one of the protocol's; the sentence is for whoever runs the harvester."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list goes on: after this moment and this public id. `passed`: records given before; `total`: at the beginning."""

    at: datetime
    key: str
    passed: int
    total: int


@dataclass(frozen=True, slots=True)
class Request:
    """`earliest` and `before` bound the datestamp (the second excluded); `after` where a list goes on."""

    verb: str
    arguments: Mapping[str, str]
    earliest: datetime | None = None
    before: datetime | None = None
    chosen: str = ""  # setSpec
    after: Place | None = None
    passed: int = 0  # sets given before


def read(pairs: Mapping[str, Sequence[str]]) -> Request:
    """The request of a query string or a form: name → all its values. Raises OaiError."""
    verbs = pairs.get("verb", ())
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise OaiError("badVerb", f"the verb must be one of {', '.join(VERBS)}, once")
    verb = verbs[0]
    needed, allowed = VERBS[verb]
    given = {name: values for name, values in pairs.items() if name != "verb"}
    unknown = sorted(set(given) - allowed)
    if unknown:
        raise OaiError("badArgument", f"{verb} has no argument {', '.join(unknown)}"[:300])
    repeated = sorted(name for name, values in given.items() if len(values) > 1)
    if repeated:
        raise OaiError("badArgument", f"given more than once: {', '.join(repeated)}")
    arguments = {name: values[0] for name, values in given.items()}
    if "resumptionToken" in arguments:
        if len(arguments) > 1:
            raise OaiError("badArgument", "resumptionToken stands alone")
        return _resumed(verb, arguments)
    missing = sorted(needed - set(arguments))
    if missing:
        raise OaiError("badArgument", f"{verb} needs {', '.join(missing)}")
    if "set" in arguments and not _SPEC.fullmatch(arguments["set"]):
        raise OaiError("badArgument", "a set is named like place:420000 (see ListSets)")
    prefix = arguments.get("metadataPrefix", PREFIX)
    if not _WORD.fullmatch(prefix):
        raise OaiError("badArgument", "a metadataPrefix has letters, digits and -_.!~*'() only")
    request = _bounded(verb, arguments)
    if prefix != PREFIX:
        raise OaiError("cannotDisseminateFormat", f"the only format is {PREFIX}")
    return request


def _bounded(verb: str, arguments: Mapping[str, str]) -> Request:
    first, last = arguments.get("from"), arguments.get("until")
    if first is not None and last is not None and len(first) != len(last):
        raise OaiError("badArgument", "from and until must be of the same granularity")
    earliest = _moment(first) if first is not None else None
    until = _moment(last) if last is not None else None
    if earliest and until and earliest > until:
        raise OaiError("badArgument", "from is later than until")
    step = timedelta(days=1) if last and len(last) == 10 else timedelta(seconds=1)
    before = until + step if until and until.year < datetime.max.year else None
    return Request(verb, arguments, earliest, before, arguments.get("set", ""))


def _moment(text: str) -> datetime:
    try:
        if _SECOND.fullmatch(text):
            return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        if _DAY.fullmatch(text):
            return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        pass
    raise OaiError("badArgument", "dates are written 2026-11-24 or 2026-11-24T08:00:00Z, in UTC")


def token(request: Request, *, after: Place | None = None, passed: int = 0) -> str:
    """Where the list of a request goes on, signed: it holds no state here and does not expire."""
    held = {
        "verb": request.verb,
        "set": request.chosen,
        "from": request.earliest.isoformat() if request.earliest else "",
        "before": request.before.isoformat() if request.before else "",
        "after": [after.at.isoformat(), after.key, after.passed, after.total] if after else [],
        "passed": passed,
    }
    return signing.dumps(held, salt=_SALT, compress=True)


def _resumed(verb: str, arguments: Mapping[str, str]) -> Request:
    try:
        held = signing.loads(arguments["resumptionToken"], salt=_SALT)
    except signing.BadSignature:
        held = {}
    if held.get("verb") != verb:
        raise OaiError("badResumptionToken", "this resumption token was not given by this repository for this verb")
    after = held["after"]
    return Request(
        verb,
        arguments,
        datetime.fromisoformat(held["from"]) if held["from"] else None,
        datetime.fromisoformat(held["before"]) if held["before"] else None,
        held["set"],
        Place(datetime.fromisoformat(after[0]), *after[1:]) if after else None,
        held["passed"],
    )

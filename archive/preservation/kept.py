"""Which columns of which records a bag holds, and which it leaves out, and why."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django.db.models import Field, JSONField, Model

from archive.catalog import models as catalog
from archive.ingest import models as ingest
from archive.search import models as search

#: Records that no bag holds.
LEFT_OUT: dict[type[Model], str] = {
    catalog.CopyKey: "made from the texts when the archive is taken in",
    catalog.CopyPrint: "made from the texts when the archive is taken in",
    search.Waiting: "a queue of the index, which is built anew",
}

_PERSON = "no user name leaves the site"
_FILE_NAME = "no name of an uploader's file leaves the site"
_UPLOAD = "of the upload, not of the archive"

#: Columns that no bag holds, of records that it does; beside these the primary keys, which are a site's own.
NOT_KEPT: dict[type[Model], dict[str, str]] = {
    catalog.Capture: {"uploaded_by": _PERSON, "original_name": _FILE_NAME},
    catalog.Proposal: {"by": _PERSON},
    catalog.Doubt: {"by": _PERSON},
    catalog.Mask: {"by": _PERSON},
    catalog.Revision: {"by": _PERSON},
    catalog.Sighting: {"by": _PERSON},
    catalog.Takedown: {"by": _PERSON},
    ingest.ImportBatch: {
        "created_by": _PERSON, "name": _FILE_NAME, "worker": _UPLOAD, "beat_at": _UPLOAD, "tries": _UPLOAD,
    },
    ingest.ImportFile: {"name": _FILE_NAME, "columns": _UPLOAD, "mapping": _UPLOAD},
    ingest.ImportRow: {"file": _FILE_NAME, "draft": _UPLOAD, "original": _UPLOAD},
}  # fmt: skip

#: The records of a bag; what refers to another stands behind it, so that they can be written in this order.
MODELS: tuple[type[Model], ...] = (
    search.SynonymGroup,
    search.SynonymTerm,
    search.Slogan,
    catalog.Milestone,
    catalog.Wording,
    catalog.Outlet,
    catalog.OutletAlias,
    catalog.Capture,
    catalog.TextLayer,
    catalog.Repair,
    catalog.Article,
    catalog.Version,
    catalog.VersionRegion,
    catalog.Byline,
    catalog.Evidence,
    catalog.Quantity,
    catalog.Doubt,
    catalog.Proposal,
    catalog.Mask,
    catalog.Revision,
    catalog.Sighting,
    catalog.ReprintCluster,
    catalog.Printing,
    catalog.Takedown,
    ingest.ImportBatch,
    ingest.ImportFile,
    ingest.ImportRow,
)


@cache
def plain_fields(model: type[Model]) -> tuple[Field[Any, Any], ...]:
    """The columns of a record that are kept as they are: all but keys, relations and what is left out."""
    omitted = NOT_KEPT.get(model, {})
    return tuple(
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and not field.is_relation and field.name not in omitted
    )


def plain_values(record: Model) -> dict[str, Any]:
    """The kept columns of a record as JSON: times in UTC, dates as ISO 8601."""
    return {field.name: _as_json(getattr(record, field.attname)) for field in plain_fields(type(record))}


def read_values(model: type[Model], line: dict[str, Any]) -> dict[str, Any]:
    """The values of the kept columns from their JSON. KeyError where one is absent, ValidationError for no value of it."""
    return {
        field.name: line[field.name] if isinstance(field, JSONField) else field.to_python(line[field.name])
        for field in plain_fields(model)
    }


def _as_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value

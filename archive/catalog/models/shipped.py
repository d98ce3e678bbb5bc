"""Rows that the software brings and editors may change: which of the two a record is."""

from __future__ import annotations

import hashlib
import json
from typing import Any, ClassVar

from django.db import models


def digest(row: dict[str, Any]) -> str:
    """A hash of the values of a row, by which a later edit is seen."""
    return hashlib.sha256(json.dumps(row, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


class Shipped(models.Model):
    """`shipped` is the digest of the row that the record was made from, "" for an editor's own record.

    A record whose values no longer have that digest was edited; a newer shipped row then waits in `offered`.
    """

    #: The columns that a shipped row holds.
    ROW: ClassVar[tuple[str, ...]]

    key = models.SlugField("键", max_length=60, unique=True, blank=True, help_text="不再更改；空着则自动取名")
    shipped = models.CharField(max_length=64, blank=True, editable=False)
    offered = models.JSONField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def row(self) -> dict[str, Any]:
        """The values as JSON."""
        values = {name: getattr(self, self._meta.get_field(name).attname) for name in self.ROW}  # type: ignore[union-attr]
        return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}

    @property
    def edited(self) -> bool:
        """Whether an editor changed what was shipped; of an editor's own record, True."""
        return self.shipped != digest(self.row())

    def take(self, row: dict[str, Any]) -> None:
        """Set the values of a row (of `row()`), which become those shipped; not saved."""
        for name, value in row.items():
            field = self._meta.get_field(name)
            setattr(self, field.attname, field.to_python(value))  # type: ignore[union-attr]
        self.clean()
        self.shipped, self.offered = digest(self.row()), None

    def save(self, *args: Any, **options: Any) -> None:
        if not self.key:
            self.key = self._free_key()
        super().save(*args, **options)

    def _free_key(self) -> str:
        number = 1 + type(self)._default_manager.filter(key__startswith="own-").count()
        while type(self)._default_manager.filter(key=f"own-{number}").exists():
            number += 1
        return f"own-{number}"

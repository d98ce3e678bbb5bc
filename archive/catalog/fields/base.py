"""What a field can do, and the plain one: a column of the version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ..errors import FieldError
from ..models import Version


@dataclass(frozen=True, slots=True)
class Field:
    """A text column of Version named like the field. Values are plain JSON; None, "" and [] are unknown."""

    name: str
    label: str | Promise
    longest: int = 300

    def read(self, version: Version) -> Any:
        """The present value."""
        return getattr(version, self.name)

    def words(self, value: Any) -> str:
        """A value as an editor sees and types it; "" when unknown."""
        return str(value or "")

    def parse(self, text: str) -> Any:
        """The value that `text` is the words of. Raises FieldError with a sentence."""
        typed = text.strip()
        if len(typed) > self.longest:
            raise FieldError(_("“%(field)s”最多 %(count)d 字。") % {"field": str(self.label), "count": self.longest})
        return typed

    def write(self, version: Version, value: Any, *, standing: str, why: str) -> None:
        """Put a value into the version; the caller saves it. `standing`: stated, inferred or editor."""
        setattr(version, self.name, value or "")

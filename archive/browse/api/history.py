"""What has changed since a day, so that a copy of the archive elsewhere can follow it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from ..citations.piece import permanent_address
from ..harvest.changes import Part, total
from ..harvest.changes import changes as changes_of
from . import schemas
from .cursors import next_address, place_of, refused
from .problems import bad_parameter

router = Router(tags=["changes"])
_CHINA = ZoneInfo("Asia/Shanghai")


class ChangesQuestion(Schema):
    since: str = Field("", description="自何时起，2020-02-24 或 2020-02-24T08:32:00Z · from when on")
    per_page: int = Field(100, ge=1, le=1000, description="一次给出几条 · how many at a time")
    cursor: str = Field("", description="续读记号，取自上一次回答的 next · where to read on, from `next`")
    sample: bool = Field(False, description="计入虚构的示例 · whether the invented sample counts")


def moment(typed: str) -> datetime | None:
    """A time as typed; without a zone it is that of Asia/Shanghai. None when it is none."""
    try:
        day = parse_date(typed)
        at = datetime(day.year, day.month, day.day) if day else parse_datetime(typed)
        if at is None:
            return None
        return (at if at.tzinfo else at.replace(tzinfo=_CHINA)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


@router.get("/changes", response=schemas.Changes, summary="Changes since a time", operation_id="changes")
def changes(request: HttpRequest, question: Query[ChangesQuestion]) -> dict[str, Any]:
    since = moment(question.since) if question.since else None
    if question.since and since is None:
        raise bad_parameter(
            "since",
            _("“%(typed)s”不是时间。请写作 2020-02-24 或 2020-02-24T08:32:00Z。") % {"typed": question.since[:40]},
        )
    part = Part(since=since, sample=question.sample)
    held = place_of(request, question.cursor)
    rows = changes_of(part, after=_after(held), most=question.per_page + 1)
    shown = rows[: question.per_page]
    following = [shown[-1].at.isoformat(), shown[-1].public_id] if len(rows) > len(shown) else None
    return {
        "total": total(part),
        "next": next_address(request, following) if following else None,
        "items": [
            {
                "id": one.public_id,
                "at": one.at,
                "gone": one.gone or None,
                "reason": one.reason or None,
                "address": permanent_address(one.public_id),
            }
            for one in shown
        ],
    }


def _after(held: list[str]) -> tuple[datetime, str] | None:
    if not held:
        return None
    at = moment(held[0])
    if len(held) != 2 or at is None or "\0" in held[1]:
        raise refused()
    return at, held[1]

"""Personal data in a version's own text: found, for an editor to decide (see masking)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import transaction

from archive.text.personal_data import find_personal_data

from .models import Mask, Version


def readable_parts(version: Version) -> Iterator[tuple[str, str]]:
    """(part, text) of everything of a version's own text that readers are shown."""
    yield "title", version.title
    yield "title_as_printed", version.title_as_printed
    yield "source_line", version.source_line
    yield "body", version.body
    for number, caption in enumerate(version.captions):
        yield f"caption:{number}", caption["text"]


@transaction.atomic
def find_masks(versions: Iterable[Version]) -> int:
    """Note the personal data in these versions, for an editor to decide; returns how many places there are.

    What an editor kept once in an article is not asked about again in a later version of it.
    """
    found = []
    for version in versions:
        settled: set[str] | None = None
        for part, text in readable_parts(version):
            for one in find_personal_data(text):
                before = text[one.start : one.end]
                if settled is None:
                    kept = Mask.objects.filter(version__article=version.article_id, state=Mask.State.KEPT)
                    settled = set(kept.values_list("before", flat=True))
                if before not in settled:
                    found.append(
                        Mask(
                            version=version, kind=one.kind, part=part, start=one.start, end=one.end,
                            before=before, confidence=one.confidence,
                        )
                    )  # fmt: skip
    Mask.objects.bulk_create(found, ignore_conflicts=True)
    return len(found)

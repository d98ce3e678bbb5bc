"""Making articles for tests, in memory or in the database; all texts are invented."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

from archive.catalog.models import Article, Byline, Capture, Outlet, Version, VersionRegion
from archive.places.gazetteer import gazetteer
from archive.places.models import Region
from archive.text.script import to_simplified


def region(code: str) -> Region:
    """The record of a division and of all above it (the whole table takes seconds to load)."""
    parent = None
    unit = gazetteer().unit(code)
    assert unit is not None
    for one in unit.line:
        fields = {"name": one.name, "short_name": one.short, "level": one.level, "parent": parent}
        parent, _ = Region.objects.get_or_create(code=one.code, defaults=fields)
    assert parent is not None
    return parent


def version_of(
    body: str, title: str = "", *, captions: Iterable[str] = (), script: str = "Hans", **fields: object
) -> Version:
    """A version in memory, script as printed."""
    traditional = script != "Hans"
    return Version(
        title=to_simplified(title) if traditional else title,
        title_as_printed=title if traditional else "",
        body=body,
        body_simplified=to_simplified(body) if traditional else body,
        captions=[{"text": caption, "start": 0, "end": 0, "kind": "caption"} for caption in captions],
        script=script,
        **fields,
    )


def article_of(version: Version, *, status: str = "published", access: str = "full") -> Article:
    """An article in memory with `version` as its current one."""
    article = Article(public_id="x", status=status, access=access)
    version.pk = version.pk or 1  # as if stored: nothing is shown of an article without a current version
    article.current_version = version
    return article


def save_article(
    body: str,
    title: str = "",
    *,
    public_id: str,
    captions: Iterable[str] = (),
    script: str = "Hans",
    outlet: Outlet | None = None,
    places: Iterable[Region] = (),
    authors: Iterable[str] = (),
    topics: Iterable[str] = (),
    dates: tuple[date, date] | None = None,
    precision: str = "",
    status: str = "published",
    access: str = "full",
    is_sample: bool = False,
) -> Article:
    """A stored article with one version; the first of `places` is its primary one."""
    digest = hashlib.sha256(public_id.encode()).hexdigest()
    capture = Capture.objects.create(sha256=digest, size=1, media_type="text/plain", identity=digest)
    article = Article.objects.create(
        public_id=public_id, publisher=outlet, outlet=outlet, access=access, is_sample=is_sample
    )
    version = version_of(body, title, captions=captions, script=script, topics=list(topics))
    version.article, version.capture, version.text_sha256 = article, capture, digest
    if dates:
        version.published_earliest, version.published_latest = dates
        version.published_precision = precision or "day"
        version.published_standing = "stated"
        length = {"year": 4, "month": 7}.get(version.published_precision, 10)
        version.published = dates[0].isoformat()[:length]
    version.save()
    for position, name in enumerate(authors):
        Byline.objects.create(version=version, position=position, name=name, role="记者")
    for number, region in enumerate(places):
        VersionRegion.objects.create(version=version, region=region, role="other" if number else "primary")
    article.current_version = version
    article.status = status
    article.save()
    return article

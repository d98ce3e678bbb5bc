"""Records that must hang together and that no constraint of the database can hold together."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Q

from ..fingerprints import text_sha256
from ..masking import uncovered
from ..models import Article, Mask, ReprintCluster, Revision, Status, Takedown, Version
from .problems import Problem


def check_records() -> Iterator[Problem]:
    """Articles and their versions, tombstones, covered places, clusters."""
    for article in Article.objects.exclude(current_version__article=F("pk")).exclude(current_version=None):
        yield Problem("record", article.public_id, "现行版本不是这篇文章的。")
    for article in Article.objects.filter(current_version=None, versions__isnull=False).distinct():
        yield Problem("record", article.public_id, "有版本而没有现行版本。")
    standing = Takedown.objects.filter(lifted_at=None).values("public_id")
    for article in Article.objects.filter(status=Status.WITHDRAWN).exclude(public_id__in=standing):
        yield Problem("record", article.public_id, "已撤回，却没有告示。")
    for article in Article.objects.filter(status=Status.PUBLISHED, public_id__in=standing):
        yield Problem("record", article.public_id, "已发布，却还有撤回的告示。")
    # A text that an editor covered, or a title that one corrected, is another than it was when it came in.
    covered = Mask.objects.filter(version=OuterRef("pk"), state=Mask.State.APPLIED)
    retitled = Revision.objects.filter(version=OuterRef("pk"), field="title")
    versions = Version.objects.annotate(covered=Exists(covered), retitled=Exists(retitled)).select_related("article")
    for version in versions.iterator(chunk_size=500):
        if version.blocks and "\n\n".join(block["text"] for block in version.blocks) != version.body:
            yield Problem("record", version.article.public_id, f"第 {version.number} 版的分段与正文不符。")
        if (
            not (version.covered or version.retitled)
            and text_sha256(version.title, version.body) != version.text_sha256
        ):
            yield Problem("record", version.article.public_id, f"第 {version.number} 版的文字与收入时的校验和不符。")
    for mask in Mask.objects.filter(state=Mask.State.APPLIED, part="body").select_related("version__article"):
        if set(mask.version.body[mask.start : mask.end]) != {"█"}:
            yield Problem("record", mask.version.article.public_id, "标为已遮蔽的地方没有遮蔽。")
    with_masks = Version.objects.filter(masks__state=Mask.State.APPLIED).distinct().select_related("article")
    for covering in with_masks.prefetch_related("evidence"):
        if count := uncovered(covering):
            sentence = f"第 {covering.number} 版还有 {count} 处文字露出已遮蔽的内容。"
            yield Problem("record", covering.article.public_id, sentence, mendable=True)
    originals = Count("printings", filter=Q(printings__is_original=True))
    for cluster in ReprintCluster.objects.annotate(originals=originals).exclude(originals=1):
        yield Problem("record", str(cluster), "转载组没有恰好一篇最早刊发。", mendable=True)

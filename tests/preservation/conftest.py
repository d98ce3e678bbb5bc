"""The sample collection with everything that can happen to a piece, and a site emptied of it."""

import shutil

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from archive.catalog import services
from archive.catalog.bulk import NewVersions
from archive.catalog.fingerprints import text_sha256
from archive.catalog.looking_over import look_over
from archive.catalog.models import (
    Article,
    Capture,
    Mask,
    Milestone,
    Printing,
    ReprintCluster,
    Status,
    Takedown,
    Wording,
)
from archive.catalog.models.history import Sighting
from archive.preservation.kept import LEFT_OUT, MODELS
from archive.search.models import Slogan, SynonymGroup, SynonymTerm
from tests.sites import bring_in


@pytest.fixture
def place(db, settings, tmp_path):
    """A data folder of the test's own."""
    settings.CAPTURE_DIR = tmp_path / "site" / "captures"
    connections = {"default": dict(settings.HAYSTACK_CONNECTIONS["default"], PATH=str(tmp_path / "site" / "index"))}
    settings.HAYSTACK_CONNECTIONS = connections
    return tmp_path


@pytest.fixture(scope="module")
def made_sample(django_db_setup, django_db_blocker, tmp_path_factory, sites):
    """The sample, with one piece withdrawn, one erased by law, one corrected, one covered in places, two joined: made once a module."""
    site = sites.copy("sampled", tmp_path_factory.mktemp("made"))
    folder = site / "captures"
    with django_db_blocker.unblock(), override_settings(CAPTURE_DIR=folder), transaction.atomic():
        bring_in(site)
        made = make()
        yield folder, made
        transaction.set_rollback(True)


@pytest.fixture
def held(made_sample, place, settings):
    folder, made = made_sample
    shutil.copytree(folder, settings.CAPTURE_DIR)
    return made


def make() -> dict[str, str]:
    """The public ids of what was done something to."""
    editor = get_user_model().objects.create_user("someone@example.org", password="x", is_staff=True)
    published = list(Article.objects.filter(status=Status.PUBLISHED).order_by("pk"))
    withdrawn, erased, corrected, covered = published[0], published[3], published[5], published[7]
    services.withdraw(article=withdrawn, reason="出于示例的理由撤回。", by=editor)
    services.erase(article=erased, reason="依示例法律删除。", by=editor)
    services.correct(
        version=corrected.current_version, changes={"title": "更正后的示例标题"}, reason="示例更正。", by=editor
    )
    Sighting.objects.create(article=corrected, kind=Sighting.Kind.GONE, at=timezone.now(), by=editor)
    version = covered.current_version
    passage = version.evidence.order_by("pk").first()
    places = {"body": version.body, f"evidence:{passage.pk}": passage.text, "evidence:987654": "已经不在"}
    for part, text in places.items():
        Mask.objects.create(
            version=version, kind="other", part=part, start=0, end=2, before=text[:2] or "无", confidence=0.5,
            state=Mask.State.KEPT, by=editor,
        )  # fmt: skip
    waits = a_version_that_waits(published[11])
    group = SynonymGroup.objects.create(name="示例组", note="示例")
    SynonymTerm.objects.create(group=group, text="示例词")
    Slogan.objects.create(label="示例说法", query='"示例 说法"~2', position=5, active=False)
    own = Milestone.objects.create(date="2020-02/2020-03", title="示例的事", note="编辑所加")
    Milestone.objects.filter(key="wuhan-closes").update(title="编辑改过的标题", offered={"title": "示例"})
    Wording.objects.filter(key="20200123-1").update(milestone=own)
    assert Capture.objects.filter(erased_at__isnull=False).exists()
    assert Capture.objects.exclude(container=None).exists()
    cluster = ReprintCluster.objects.create(note="示例转载组", settled=True)
    for first, article in enumerate((published[9], published[8])):
        Printing.objects.create(article=article, cluster=cluster, is_original=not first, overlap=0.875)
    return {
        "withdrawn": withdrawn.public_id,
        "erased": Takedown.objects.get(kind="erased").public_id,
        "corrected": corrected.public_id,
        "waits": waits.public_id,
    }


#: What stands in the version that waits and in no other.
UNSEEN = "榕溪坳值守电话"


def a_version_that_waits(article: Article) -> Article:
    """The article with a newer version that holds undecided personal data, as an import leaves it."""
    version = article.current_version
    said = f"{UNSEEN}：示例某的手机13800000000。"
    text = f"{version.body}\n\n{said}"
    versions = NewVersions()
    newer = versions.add(
        Article.objects.get(pk=article.pk), capture=version.capture, item=97, text_sha256=text_sha256(version.title, text), title=version.title,
        body=text, body_simplified=f"{version.body_simplified}\n\n{said}", script=version.script,
        blocks=[*version.blocks, {"kind": "paragraph", "text": said, "start": 0, "end": len(said)}],
    )  # fmt: skip
    versions.save()
    assert look_over([newer.article], hold=True, versions=[newer]) == {article.pk}
    return article


@pytest.fixture
def empty(place, settings):
    """Call it to have an empty site in place of the one that was."""

    def emptied() -> None:
        for model in (*reversed(MODELS), *LEFT_OUT):
            model._base_manager.all()._raw_delete(connection.alias)
        settings.CAPTURE_DIR = place / "other" / "captures"
        path = str(place / "other" / "index")
        settings.HAYSTACK_CONNECTIONS = {"default": dict(settings.HAYSTACK_CONNECTIONS["default"], PATH=path)}

    return emptied

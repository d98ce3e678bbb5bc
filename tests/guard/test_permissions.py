"""Every address × role × method answers as the table says; an address that the table does not know is a failure."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from archive.browse.models import Digest
from archive.catalog.models import Article, Doubt, Mask, Outlet, Printing, Proposal, Repair, ReprintCluster, TextLayer
from archive.catalog.services import withdraw
from archive.ingest.models import BatchState, ImportBatch
from archive.ingest.roles import ensure_groups
from archive.search import engine
from archive.search.models import Slogan, SynonymGroup
from tests import factories
from tests.search.reference import ReferenceEngine, documents

from .permissions import MODELS, ROLES, Row, whole
from .urls import walk

ROUTES = dict(walk())
TABLE = whole()


def test_every_address_has_a_row_and_every_row_an_address():
    assert set(ROUTES) == set(TABLE)


@pytest.fixture(scope="module")
def made_world(django_db_setup, django_db_blocker, tmp_path_factory):
    """One record of each kind at least, an account for each role; what the words of the table stand for."""
    from django.conf import settings

    folder = tmp_path_factory.mktemp("captures")
    patch = pytest.MonkeyPatch()
    patch.setattr(settings, "CAPTURE_DIR", folder)
    patch.setattr("archive.operations.readiness.findings", list)  # nothing is missing
    with django_db_blocker.unblock(), transaction.atomic():
        articles = factories.make_archive(12)
        table = folder / "表.csv"
        table.write_text(
            "标题,正文,日期\n示例一,示例村的网格员在村口设卡登记车辆给司机量体温,2020-02-10\n示例二,,二月\n"
        )
        call_command("import_articles", str(table), verbosity=0)
        batch = ImportBatch.objects.get()
        kept = Article.objects.get(current_version__title="示例一")
        ImportBatch.objects.filter(pk=batch.pk).update(state=BatchState.CHECKED)
        outstanding = ImportBatch.objects.create(name="示例", state=BatchState.RECEIVED, source=batch.source)
        withdraw(article=articles[1], reason="示例理由")
        _records(articles)
        ReferenceEngine(documents()).stand_in(patch, engine)
        ensure_groups()
        clients = {"anonymous": None}
        for role in ROLES[1:]:
            user = User.objects.create_user(f"示例{role}", password="x", is_staff=True)
            user.groups.add(Group.objects.get(name=role))
            clients[role] = user
        words = {model: str(_first(model)) for model in MODELS} | {
            "article": str(articles[0].pk), "public_id": articles[0].public_id, "kept": kept.public_id, "slug": articles[0].outlet.slug,
            "article_type": str(ContentType.objects.get_for_model(type(articles[0])).pk),
            "batch": batch.token, "outstanding": outstanding.token, "position": str(batch.files.get().position),
        }  # fmt: skip
        words["catalog_outlet"] = str(Outlet.objects.create(name="示例空报", slug="shili-kong").pk)  # free to go
        words["catalog_article"] = str(articles[0].pk)
        yield clients, words
        transaction.set_rollback(True)
    patch.undo()


@pytest.fixture
def world(made_world, db):
    return made_world


def _records(articles) -> None:
    from django_tasks_db.models import DBTaskResult

    version = articles[0].current_version
    cluster = ReprintCluster.objects.create()
    for number, article in enumerate(articles[2:4]):
        Printing.objects.create(article=article, cluster=cluster, is_original=not number, overlap=0.9)
    Doubt.objects.create(version=version, field="published", value="2020", confidence=0.4)
    Proposal.objects.create(version=version, field="page_label", before="", after="第1版", rules="t", confidence=0.9)
    Mask.objects.create(
        version=version, kind=Mask.Kind.values[0], part="body", start=0, end=1, before="示", confidence=0.9
    )
    layer = TextLayer.objects.first()
    Repair.objects.create(
        layer=layer, rule="t", start=0, end=1, before="示", after="示", confidence=0.9, state="applied"
    )
    Slogan.objects.create(label="示例", query="示例")
    SynonymGroup.objects.create(name="示例")
    Digest.objects.create(user=User.objects.create_user("示例收信人", is_staff=True), query="q=示例")
    DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="archive.ingest.background.carry_on", backend_name="default",
        queue_name="default", run_after=timezone.now() - timedelta(days=1), priority=0,
    )  # fmt: skip


def _first(model: str) -> object:
    label, name = model.rsplit("_", 1)
    record = apps.get_model(label, name)._default_manager.first()
    assert record is not None, f"no record of {model}"
    return record.pk


def address(name: str, row: Row, words: dict[str, str]) -> str:
    """The route with the row's words put in, as a path."""
    filled = {key: value.format(**words) for key, value in row.words.items()}
    route = re.sub(
        r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)|<(?:\w+:)?(\w+)>", lambda m: filled[m[1] or m[2]], ROUTES[name]
    )
    return "/" + route.replace("^", "").removesuffix("$") + (f"?{row.query}" if row.query else "")


@pytest.mark.parametrize("name", TABLE)
def test_each_role_gets_what_the_table_says(world, name):
    users, words = world
    row = TABLE[name]
    path = address(name, row, words)
    expected, got = {}, {}
    for role, method in ((role, method) for role in ROLES for method in ("get", "post")):
        level, status = getattr(row, method)
        with transaction.atomic():
            client = Client(raise_request_exception=False)
            if users[role] is not None:
                client.force_login(users[role])
            answer = client.post(path, {"post": "yes"}) if method == "post" else client.get(path)
            got[role, method] = _told(answer, role)
            transaction.set_rollback(True)
        if ROLES.index(role) >= level:
            other = row.signed_in if method == "get" and users[role] is not None else 0
            expected[role, method] = str(other or status)
        else:
            expected[role, method] = "login" if role == "anonymous" else "403"
    assert got == expected


def _told(answer, role: str) -> str:
    """The status; `login` where who is not signed in is sent to do so. A form shown again with its errors is a page."""
    if role == "anonymous" and answer.status_code == 302 and answer["Location"].startswith("/staff/"):
        return "login"
    return str(answer.status_code)


def test_a_user_without_a_role_sees_no_record(world):
    _users, words = world
    client = Client()
    client.force_login(User.objects.create_user("示例无角色", is_staff=True))
    for model in MODELS:
        name = f"admin:{model}_changelist"
        assert client.get(address(name, TABLE[name], words)).status_code == 403
    batch = address("admin:ingest_importbatch_change", TABLE["admin:ingest_importbatch_change"], words)
    assert client.get(batch).status_code == 403  # not even the way to it


def test_an_account_that_is_no_staff_stays_outside(world):
    client = Client()
    client.force_login(User.objects.create_user("示例读者", is_staff=False))
    assert client.get("/staff/").status_code == 302

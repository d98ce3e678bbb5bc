"""A text that was withdrawn, kept to editors or erased is nowhere to be had: every address and every command is walked.

A new address or command that these walks do not know makes them fail, so that nobody forgets to think of it.
"""

import io
import json
import re
import tempfile
from datetime import timedelta
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import call_command, get_commands
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern
from django.utils import timezone

from archive.browse.models import Digest
from archive.catalog import services as catalog
from archive.catalog import store
from archive.catalog.masking import COVER, cover
from archive.catalog.models import Access, Article, Capture, Mask, Outlet, Takedown
from archive.catalog.personal_data import find_masks
from archive.ingest import services as ingest
from archive.ingest.models import ImportBatch, ImportRow
from archive.search.engine import upkeep
from tests.browse.site_map import stopping
from tests.factories import make_regions
from tests.ingest.samples import plain_page, received

pytestmark = pytest.mark.django_db

#: What is asked for, and beside each the words that must not be found. (Pages repeat what they were asked.)
ASKED, SECRET = ("蓝尾雀", "赤铜门"), ("石阶第七层", "旧渡船", "青苔账簿", "钟楼影子")
HIDDEN = {
    "title": "赤铜门旁的旧渡船",
    "text": "示例县的网格员说，蓝尾雀叫了三声，石阶第七层长满了青苔账簿里的字。村口设卡登记车辆，老人都听得懂大喇叭。"
    * 3,
    "captions": ["图为蓝尾雀和钟楼影子。"],
    "outlet": "示例县报",
    "date": "2020-02-10",
    "place": "510923",
    "url": "https://example.org/a/1.html",
}
OPEN = {
    **HIDDEN,
    "title": "邻村的值守",
    "text": "邻村的网格员在村口登记车辆，给司机量体温。" * 5,
    "captions": [],
    "url": "https://example.org/a/2.html",
}
REPRINT = {**HIDDEN, "outlet": "示例晚报", "url": "https://example.org/b/1.html"}


@pytest.fixture
def held(settings, tmp_path, monkeypatch):
    """The hidden piece, an open one out of the same file, and an index of both; the hidden one is found."""
    settings.CAPTURE_DIR = tmp_path / "captures"
    settings.HAYSTACK_CONNECTIONS = {
        "default": {**settings.HAYSTACK_CONNECTIONS["default"], "PATH": str(tmp_path / "index")}
    }
    monkeypatch.setattr("archive.ingest.reading.read_page", plain_page)
    make_regions(["510923"])
    data = "\n".join(json.dumps(one, ensure_ascii=False) for one in (HIDDEN, OPEN)).encode()
    batch = ingest.receive(files=[received("a.jsonl", data)], source=ImportBatch.Source.UPLOAD)
    ingest.check(batch)
    ingest.confirm(batch)
    upkeep.rebuild()
    hidden = Article.objects.get(current_version__title=HIDDEN["title"])
    assert walked(Client()) == set(SECRET)
    return hidden


def values(name: str) -> list[str]:
    """What an address may be filled in with."""
    ids = list(Article.objects.values_list("public_id", flat=True)) + list(
        Takedown.objects.values_list("public_id", flat=True)
    )
    known = {
        "public_id": ids,
        "extension": ["bib", "json", "txt"],
        "slug": list(Outlet.objects.values_list("slug", flat=True)),
        "code": ["510923"],
        "year": ["2020"], "month": ["02"], "day": ["10"],
        "number": ["0", "1"],
        "format": ["csv", "jsonl", "bib", "ris", "json", "atom"],
        "name": ["citation", "articles"],
        "facet": ["place", "outlet", "topic"],
        "rest": ["nothing"],
        "kind": ["places", "dates", "outlets", "topics"],
        "token": [stopping()],
    }  # fmt: skip
    assert name in known, f"say here what {name} in an address may be, so that it is walked"
    return known[name]


def addresses() -> set[str]:
    """Every address of the site for readers, filled in."""
    found: set[str] = set()

    def descend(patterns, before: list[str]) -> None:
        for one in patterns:
            piece = [*before, one.pattern._route if isinstance(one.pattern, RoutePattern) else str(one.pattern)]
            if piece[0].startswith("staff"):
                continue
            if isinstance(one, URLResolver):
                descend(one.url_patterns, piece)
            elif isinstance(one, URLPattern):
                route = "".join(piece).replace("^", "").replace("$", "")
                names = re.findall(r"<(?:\w+:)?(\w+)>", route)
                for chosen in product(*(values(name) for name in names)):
                    filled = route
                    for value in chosen:
                        filled = re.sub(r"<(?:\w+:)?\w+>", value, filled, count=1)
                    found.add("/" + filled.lstrip("/"))

    descend(get_resolver().url_patterns, [])
    assert len(found) > 25
    return found


def text_of(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace") + str(response.headers)


def walked(client: Client, words: tuple[str, ...] = SECRET) -> set[str]:
    """The secret words found at any address or said by any command."""
    said: list[str] = []
    question = {"q": " ".join(ASKED), "text": f"{ASKED[0]}叫了三声", "sort": "newest"}
    machine = {"q": " ".join(ASKED), "snippets": "5"}
    lines = {"q": ASKED[0], "width": "60"}
    for address in sorted(addresses()):
        for asked in ("", "?" + urlencode(question), "?" + urlencode(machine), "?" + urlencode(lines)):
            response = client.get(address + asked)
            assert response.status_code < 500, address
            said.append(text_of(response))
        said.append(text_of(client.post(address, question)))
    harvests = [{"verb": verb, "metadataPrefix": "oai_dc"} for verb in ("ListRecords", "ListIdentifiers")]
    said += [text_of(client.get("/oai", asked)) for asked in harvests]
    said += commands()
    return {word for word in words if any(word in one for one in said)}


#: Commands that give out texts, with what they are asked; and those that tell of none.
TELLING = {
    "search": [[word, "--json", "--snippets", "5"] for word in (*ASKED, "网格员")],
    "concordance": [[word] for word in ASKED],
}
SILENT = {
    "prepare", "translations", "look_over", "ensure_groups", "evaluate_fields", "import_articles", "load_sample",
    "undo_import", "work", "build_division_data", "load_regions", "check_index", "prepare_index", "rebuild_index",
    "sanity_check", "rederive", "erase", "sweep_index",
    # Print counts alone; the files and mails that they write are walked (`mirrored`, `mailed`).
    "mirror", "send_digests",
    # For the keepers of the archive: what they write is the whole of it, and they print none of it.
    "export_archive", "import_archive", "backup", "restore",
}  # fmt: skip


def commands() -> list[str]:
    own = {name for name, app in get_commands().items() if str(app).startswith("archive.")}
    assert own <= SILENT | set(TELLING), f"say here whether these give out texts: {own - SILENT - set(TELLING)}"
    said = []
    for name in own & set(TELLING):
        for question in TELLING[name]:
            out = io.StringIO()
            call_command(name, *question, stdout=out)
            said.append(out.getvalue())
    return said + mirrored() + mailed()


def mirrored() -> list[str]:
    """Every file of an offline mirror."""
    with tempfile.TemporaryDirectory() as folder:
        call_command("mirror", f"{folder}/mirror", stdout=io.StringIO())
        return [path.read_text() for path in Path(folder).rglob("*") if path.is_file()]


def mailed() -> list[str]:
    """What an editor whose searches meet every piece is mailed of them, all that ever came."""
    editor, _new = User.objects.get_or_create(username="xunzhi", email="xunzhi@example.org", is_staff=True)
    Digest.objects.filter(user=editor).delete()
    for word in (*ASKED, "网格员"):
        Digest.objects.create(user=editor, query=f"q={word}", since=timezone.now() - timedelta(days=1))
    before = len(mail.outbox)
    with override_settings(MAIL_READY=True):
        call_command("send_digests", stdout=io.StringIO())
    sent = mail.outbox[before:]
    return [str(one.message()) + one.body + "".join(part.content for part in one.alternatives) for one in sent]


def test_the_mails_of_open_pieces_are_among_what_is_walked(held):
    assert any(HIDDEN["title"] in one and OPEN["title"] in one for one in mailed())
    assert len(mailed()) == 3


def test_every_way_to_a_closed_text_is_closed_and_opens_again(held, django_capture_on_commit_callbacks):
    def after(change) -> set[str]:
        with django_capture_on_commit_callbacks(execute=True):
            change()
        return walked(Client())

    assert after(lambda: catalog.withdraw(article=held, reason="来源要求撤下")) == set()
    page = Client().get(f"/articles/{held.public_id}/")
    assert page.status_code == 410
    assert "来源要求撤下" in page.content.decode()
    assert after(lambda: catalog.publish(article=held)) == set(SECRET)
    assert after(lambda: catalog.set_access(article=held, access=Access.STAFF, reason="来源要求")) == set()
    assert after(lambda: catalog.remove(article=held, reason="误收")) == set()
    assert Takedown.objects.filter(public_id=held.public_id).exists()


def test_of_a_text_open_in_snippets_the_whole_is_nowhere(held, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        held.access = Access.SNIPPET
        held.rights = "版权归示例县报，全文请到馆阅览。"
        held.save()
    body = "".join(held.current_version.body.split())
    client = Client()
    for address in addresses():
        said = "".join(re.sub(r"<[^>]*>|\s", "", text_of(client.get(address + "?q=" + ASKED[0]))).split())
        assert body not in said, address
    assert not [one for one in mirrored() if body in "".join(re.sub(r"<[^>]*>|\s", "", one).split())]
    assert client.get(f"/articles/{held.public_id}/raw/").status_code == 403
    assert "版权归示例县报" in client.get(f"/articles/{held.public_id}/").content.decode()
    assert held.readable_body() is None
    assert held.readable_body(staff=True) == held.current_version.body


def test_erasure_destroys_the_bytes_and_keeps_hash_reason_and_date(
    held, admin_client, django_capture_on_commit_callbacks
):
    capture = held.current_version.capture
    neighbour = Article.objects.exclude(pk=held.pk).get()
    assert capture.container is not None
    container, sha256 = capture.container.sha256, capture.sha256
    with django_capture_on_commit_callbacks(execute=True):
        catalog.erase(article=held, reason="法院裁定", by=User.objects.get(username="admin"))
    assert walked(Client()) == set()
    for where in (sha256, container):
        assert not store.path_of(where).exists()
    assert Capture.objects.get(pk=capture.pk).erased_at is not None
    tombstone = Takedown.objects.get(public_id=held.public_id)
    assert (tombstone.kind, tombstone.reason, tombstone.sha256) == ("erased", "法院裁定", sha256)
    assert Client().get(f"/articles/{neighbour.public_id}/raw/").status_code == 200
    assert not ImportRow.objects.filter(draft__icontains="石阶").exists()
    # Brought again, it is known by its hash, and its bytes do not stay.
    again = ingest.receive(
        files=[received("b.jsonl", json.dumps(HIDDEN, ensure_ascii=False).encode())], source="upload"
    )
    with django_capture_on_commit_callbacks(execute=True):
        ingest.check(again)
        if again.state == "checked":
            ingest.confirm(again)
    assert not Article.objects.filter(current_version__title=HIDDEN["title"]).exists()
    assert "依法删除" in again.rows.get().problem


def test_covered_places_are_nowhere(held, django_capture_on_commit_callbacks):
    version = held.current_version
    Mask.objects.create(
        version=version, kind="other", part="body", start=(at := version.body.index("石阶第七层")), end=at + 5,
        before="石阶第七层", confidence=1.0,
    )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        cover(masks=list(Mask.objects.all()), by=User.objects.create_user("editor"), reason="住址")
    assert "石阶第七层" not in walked(Client())
    assert find_masks([version]) == 0
    page = Client().get(f"/articles/{held.public_id}/").content.decode()
    assert COVER * 5 in page


#: Another text at the address of the hidden piece, with personal data in it, and its own words.
WAITING = ("铁索桥头", "灯草垛子", "木梆声声", "13900005678")
NEWER = {
    **HIDDEN,
    "title": "铁索桥头的赤铜门",
    "text": "网格员又说，蓝尾雀叫了三声，飞过灯草垛子。村口设卡登记车辆，有事请打电话13900005678，老人都听得懂大喇叭。"
    * 2,
    "captions": ["图为蓝尾雀，木梆声声。"],
}


def test_a_new_version_that_waits_is_nowhere_and_the_covered_one_stays(held, django_capture_on_commit_callbacks):
    version, editor, client = held.current_version, User.objects.create_user("editor", is_superuser=True), Client()
    Mask.objects.create(
        version=version, kind="other", part="body", start=(at := version.body.index("石阶第七层")), end=at + 5,
        before="石阶第七层", confidence=1.0,
    )  # fmt: skip

    def imported() -> ImportBatch:
        data = json.dumps(NEWER, ensure_ascii=False).encode()
        batch = ingest.receive(files=[received("c.jsonl", data)], source=ImportBatch.Source.UPLOAD)
        with django_capture_on_commit_callbacks(execute=True):
            ingest.check(batch)
            ingest.confirm(batch)
        assert "仍是原来的版本" in batch.rows.get().problem
        return batch

    def as_before() -> None:
        page = client.get(held.get_absolute_url())
        assert page.status_code == 200
        assert COVER * 5 in page.content.decode()
        told = text_of(client.get("/oai", {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}))
        assert held.public_id in told
        assert "deleted" not in told

    with django_capture_on_commit_callbacks(execute=True):
        cover(masks=list(Mask.objects.all()), by=editor, reason="住址")
    batch = imported()
    held.refresh_from_db()
    assert (held.status, held.current_version) == ("published", version)
    assert held.versions.count() == 2
    as_before()
    assert walked(client, (*WAITING, "石阶第七层", "钟楼影子")) == {"钟楼影子"}
    said = text_of(client.post("/verify/", {"text": "蓝尾雀叫了三声，飞过灯草"}))
    assert "馆藏里没有与此一字不差的文字" in said
    with django_capture_on_commit_callbacks(execute=True):
        ingest.undo(batch)
    held.refresh_from_db()
    assert (held.status, held.current_version, held.versions.count()) == ("published", version, 1)
    as_before()
    imported()
    with django_capture_on_commit_callbacks(execute=True):
        cover(masks=list(Mask.objects.filter(state="found")), by=editor, reason="住户的电话")
    held.refresh_from_db()
    assert (held.status, held.current_version.number) == ("published", 2)
    assert walked(client, (*WAITING, "石阶第七层")) == set(WAITING[:3])
    assert COVER * 11 in client.get(held.get_absolute_url()).content.decode()

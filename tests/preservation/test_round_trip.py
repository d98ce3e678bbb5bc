"""Out of one site into an empty one and out again: the same to the byte, under the same public ids; nothing of persons."""

import io
import json
import os
import shutil

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from warcio.archiveiterator import ArchiveIterator

from archive.catalog import store
from archive.catalog.models import Article, Capture, CopyPrint, Outlet, Status, Takedown
from archive.catalog.sanity import check_layers, check_records, check_store
from archive.ingest.models import ImportBatch
from archive.preservation import exporting
from archive.preservation.kept import LEFT_OUT, MODELS, NOT_KEPT
from archive.search.engine import upkeep
from archive.search.service import count

from .conftest import UNSEEN

ROOMS = ("catalog", "ingest", "search")


def run(command, *arguments) -> str:
    out = io.StringIO()
    call_command(command, *map(str, arguments), stdout=out, stderr=io.StringIO())
    return out.getvalue()


def files(folder) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lines(folder, kind) -> list[dict]:
    found = sorted((folder / "data" / "records").glob(f"{kind}-0*.jsonl"))
    return [json.loads(line) for path in found for line in path.read_text().splitlines()]


def test_every_kind_of_record_is_either_kept_or_left_out_with_a_reason():
    models = {model for room in ROOMS for model in apps.get_app_config(room).get_models()}
    assert models == {*MODELS, *LEFT_OUT}
    for model, left in NOT_KEPT.items():
        assert set(left) <= {field.name for field in model._meta.concrete_fields}
    people = {(model, field.name) for model in MODELS for field in model._meta.fields if field.related_model and field.related_model._meta.label == "auth.User"}  # fmt: skip
    assert people == {(model, name) for model, left in NOT_KEPT.items() for name in left if (model, name) in people}


def test_the_sample_comes_back_to_the_byte(held, empty, place, client, monkeypatch):
    monkeypatch.setattr(exporting, "LINES", 7)  # so that there are several files of a kind
    counts = run("export_archive", place / "first")
    ids = dict(Article.objects.values_list("public_id", "status"))
    names = list(Outlet.objects.order_by("pk").values_list("slug", flat=True))
    prints = {name: bytes(kept) for name, kept in CopyPrint.objects.values_list("article__public_id", "shingles")}
    first = files(place / "first")
    assert f"articles {len(ids)}" in counts
    empty()
    said = run("import_archive", place / "first")
    published = sum(status == Status.PUBLISHED for status in ids.values())
    assert f"{published} articles stand in the index" in said
    run("export_archive", place / "second")
    second = files(place / "second")
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []

    assert dict(Article.objects.values_list("public_id", "status")) == ids
    assert list(Outlet.objects.order_by("pk").values_list("slug", flat=True)) == names
    assert {name: bytes(kept) for name, kept in CopyPrint.objects.values_list("article__public_id", "shingles")} == {
        name: kept for name, kept in prints.items() if name in ids
    }
    assert Article.objects.get(public_id=held["withdrawn"]).status == Status.WITHDRAWN
    assert not Article.objects.filter(public_id=held["erased"]).exists()
    waits = Article.objects.get(public_id=held["waits"])
    newest = waits.versions.order_by("-number").first()
    assert (waits.status, newest.number) == (Status.PUBLISHED, waits.current_version.number + 1)
    assert UNSEEN in newest.body
    assert newest.masks.filter(state="found").exists()
    assert UNSEEN not in client.get(waits.get_absolute_url()).content.decode()
    assert count(UNSEEN).total == 0
    tombstone = Takedown.objects.get(public_id=held["erased"])
    assert (tombstone.kind, tombstone.reason, len(tombstone.text_sha256)) == ("erased", "依示例法律删除。", 64)
    assert not store.path_of(tombstone.sha256).exists()
    assert tombstone.sha256 not in "".join(first)
    assert [*check_store(), *check_layers(), *check_records()] == []
    assert upkeep.compare().all() == []
    # New records count on from the keys that were given.
    Outlet.objects.create(name="示例新报", slug="shili-xinbao")
    connection.check_constraints()


def test_no_name_of_an_editor_or_an_uploaded_file_is_in_the_records(held, place):
    names = set(
        Capture.objects.filter(container=None).exclude(original_name="").values_list("original_name", flat=True)
    )
    assert names
    ImportBatch.objects.update(name="来自-someone.xlsx", worker="host.example.org:12")
    run("export_archive", place / "bag", "--no-warc")
    assert (place / "bag").stat().st_mode & 0o077 == 0
    text = "".join(path.read_text() for path in (place / "bag" / "data" / "records").iterdir())
    text += (place / "bag" / "bag-info.txt").read_text()
    for name in (*names, "someone", "host.example.org"):
        assert json.dumps(name, ensure_ascii=False) not in text and "someone" not in text
    assert not (place / "bag" / "data" / "warc").exists()


def test_the_bag_is_a_bag_and_its_warc_a_warc_to_other_programs(held, place):
    bagit = pytest.importorskip("bagit")
    run("export_archive", place / "bag")
    bag = bagit.Bag(str(place / "bag"))
    bag.validate()
    assert bag.info["Archive-Records-Format"] == exporting.FORMAT
    found = {}
    for path in sorted((place / "bag" / "data" / "warc").iterdir()):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise", verify_http=False):
                if record.rec_type == "resource":
                    found[record.rec_headers["WARC-Payload-Digest"].removeprefix("sha256:")] = record.raw_stream.read()
    alone = Capture.objects.filter(erased_at=None, members=None)
    assert set(found) == set(alone.values_list("sha256", flat=True))
    for capture in alone:
        assert len(found[capture.sha256]) == capture.size
    article = next(line for line in lines(place / "bag", "articles") if line["public_id"] == held["corrected"])
    assert article["sightings"][0]["kind"] == "gone"
    assert [one["reason"] for one in article["revisions"]] == ["示例更正。"]


@pytest.mark.parametrize("what", ["flipped", "missing", "added", "linked", "manifest", "tag"])
def test_a_damaged_bag_is_refused_with_the_name_of_the_file(held, empty, place, what):
    run("export_archive", place / "bag", "--no-warc")
    bag = place / "bag"
    target = sorted((bag / "data" / "captures").rglob("*"))[-1]
    name = target.relative_to(bag).as_posix()
    if what == "flipped":
        data = bytearray(target.read_bytes())
        data[len(data) // 2] ^= 1
        target.write_bytes(bytes(data))
    elif what == "missing":
        target.unlink()
    elif what == "added":
        name = "data/records/articles-00099.jsonl"
        (bag / name).write_text("{}\n")
    elif what == "linked":
        name = "data/captures/zz"
        (place / "elsewhere").mkdir()
        (bag / name).symlink_to(place / "elsewhere")
    elif what == "manifest":
        name = "manifest-sha256.txt"
        (bag / name).write_text((bag / name).read_text().replace("0", "1", 1))
    else:
        name = "bag-info.txt"
        (bag / name).unlink()
    empty()
    for arguments in ([bag, "--check"], [bag]):
        with pytest.raises(CommandError, match=name):
            run("import_archive", *arguments)
    assert (
        not Article.objects.exists()
        and not Capture.objects.exists()
        and not store.path_of("0" * 64).parents[2].exists()
    )


def test_an_interrupted_export_and_import_go_on(held, empty, place, monkeypatch):
    run("export_archive", place / "whole")
    written = exporting.BagWriter.write
    stopped = []

    def stops(self, name, chunks):
        if name.startswith("records/articles") and not stopped:
            stopped.append(name)
            raise KeyboardInterrupt
        return written(self, name, chunks)

    monkeypatch.setattr(exporting.BagWriter, "write", stops)
    with pytest.raises(KeyboardInterrupt):
        run("export_archive", place / "again")
    assert not (place / "again").exists()
    partial = place / "again.partial"
    before = {path: path.stat().st_mtime_ns for path in (partial / "data").rglob("*") if path.is_file()}
    stale = partial / "data" / "captures" / "ff" / "ff" / ("f" * 64)
    stale.parent.mkdir(parents=True, exist_ok=True)
    stale.write_bytes(b"of a capture that is gone")
    os.utime(partial)
    run("export_archive", place / "again")
    kept = {place / "again" / path.relative_to(partial): at for path, at in before.items()}
    assert [path for path, at in kept.items() if "records" not in path.parts and path.stat().st_mtime_ns != at] == []
    assert files(place / "again") == files(place / "whole")
    with pytest.raises(CommandError, match="again"):
        run("export_archive", place / "again")

    with pytest.raises(CommandError, match="SAMPLE=0"):
        run("import_archive", place / "whole")
    empty()
    monkeypatch.setattr("archive.preservation.importing._note_copies", lambda: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        run("import_archive", place / "whole")
    assert not Article.objects.exists() and store.path_of(next(iter(sorted(n.name for n in (place / "whole" / "data" / "captures").rglob("*") if n.is_file())))).exists()  # fmt: skip
    monkeypatch.undo()
    shutil.rmtree(place / "again")


def test_a_capture_that_is_missing_or_changed_stops_the_export_with_its_hash(held, place):
    sha256 = Capture.objects.filter(container=None, erased_at=None).first().sha256
    path = store.path_of(sha256)
    path.chmod(0o640)
    path.write_bytes(path.read_bytes() + b"?")
    with pytest.raises(CommandError, match=sha256[:12]):
        run("export_archive", place / "bag")
    path.unlink()
    shutil.rmtree(place / "bag.partial")
    with pytest.raises(CommandError, match=sha256[:12]):
        run("export_archive", place / "bag")

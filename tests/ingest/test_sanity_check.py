"""What is held is what was received: every class of damage is undone to the byte, and damage of ours is told and mended."""

import io
import os
import random
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from archive.catalog import store
from archive.catalog.models import Capture, Repair, TextLayer, Version
from archive.catalog.sanity.layers import digest, undone
from archive.catalog.services import correct
from archive.ingest import services
from archive.ingest.models import ImportBatch
from archive.text.decoding import DecodingError, decode, encode_back
from archive.text.repair import repair
from tests.damage import LOST, REVERSIBLE, SHIFTED, traditional
from tests.ingest.samples import BODY, received, zipped

CLASSES = {**REVERSIBLE, **SHIFTED, **LOST}
SENTENCES = (
    "2月3日上午，示例县示范镇的网格员在村口值守，登记进出车辆。",
    "“我们每天给老人送菜，也测量体温。”村支书说，全镇共有12个卡点。\n",
    "截至2月10日，累计排查3215户，新增发热0例。可以说，大家都很放心！",
    "来自市农业局的组长说，口罩和消毒液由镇里统一采购，发放到各家各户。\n",
    "县委书记来到示例村，关注春耕。记者看到，村民间隔两米排队。",
)


@given(
    st.lists(st.sampled_from(SENTENCES), min_size=3, max_size=14),
    st.lists(st.sampled_from(sorted(CLASSES)), max_size=3),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16"]),
    st.booleans(),
    st.integers(0, 10_000),
    st.binary(max_size=3),
)
def test_every_class_of_damage_is_undone_to_the_byte(sentences, classes, encoding, hant, seed, stray):
    text = "".join(sentences)
    text = traditional(text) if hant or encoding == "big5hkscs" else text
    for name in classes:
        text = CLASSES[name](text, random.Random(seed)).text
    place = seed % (len(text) + 1)
    data = text[:place].encode(encoding, "ignore") + (stray if encoding != "utf-16" else b"")
    data += text[place:].encode(encoding if encoding != "utf-16" else "utf-16-le", "ignore")
    try:
        decoded = decode(data)
    except DecodingError:
        return
    assert encode_back(decoded) == data
    repaired = repair(decoded.text)
    edits = sorted((one for one in repaired.edits if one.state == "applied"), key=lambda one: one.start)
    rows = [
        Repair(start=e.start, end=e.end, before=e.before, after=e.after, confidence=e.confidence, rule=e.rule)
        for e in edits
    ]
    layer = SimpleNamespace(repairs=SimpleNamespace(all=lambda: rows), sha256=digest(repaired.text))
    assert undone(layer, decoded.text) == ""
    if rows:
        rows[0].before += "多"
        assert undone(layer, decoded.text)


@pytest.fixture
def held(db, settings, tmp_path):
    settings.CAPTURE_DIR = tmp_path / "captures"
    pages = {
        f"{name}.txt": f"示例村设卡{number}\n来源:示例县报\n2020年2月10日\n\n"
        + CLASSES[name](BODY + "".join(SENTENCES), random.Random(number)).text
        for number, name in enumerate(sorted(CLASSES))
    }
    member = {name: text.replace("示例县报", "示例晚报").encode() for name, text in list(pages.items())[:4]}
    files = [received(name, text.encode("gb18030", "replace")) for name, text in pages.items()]
    batch = services.receive(files=[*files, received("a.zip", zipped(member))], source=ImportBatch.Source.UPLOAD)
    services.check(batch)
    services.confirm(batch)
    assert Repair.objects.count() > 20
    assert Capture.objects.exclude(container=None).exists()


def said(*arguments) -> str:
    out = io.StringIO()
    try:
        call_command("sanity_check", *arguments, stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}failed: {error}"
    return out.getvalue()


def age(path):
    os.utime(path, (1, 1))


def test_what_was_received_is_held_and_what_is_wrong_is_told_and_mended(held, tmp_path):
    assert said() == "Everything held is what was received.\n"
    alone = Capture.objects.filter(container=None, media_type="text/plain").order_by("pk")
    missing, changed = alone[0], alone[1]
    original = store.read(changed.sha256)
    store.destroy(missing.sha256)
    path = store.path_of(changed.sha256)
    path.chmod(0o640)
    path.write_bytes(original[:-1] + b"?")
    orphan = store.store("没有记录的文件".encode()).sha256
    fresh = store.store("刚刚收到的文件".encode()).sha256
    leftover = tmp_path / "captures" / "incoming-1"
    leftover.write_bytes(b"half")
    for one in (store.path_of(orphan), leftover):
        age(one)
    repair = Repair.objects.filter(layer__capture__in=alone[2:], state="applied").first()
    Repair.objects.filter(pk=repair.pk).update(before=repair.before + "多")
    told = said()
    for kind, name in [
        ("missing", missing.sha256), ("changed", changed.sha256), ("orphan", orphan), ("leftover", "incoming-1"),
        ("layer", repair.layer.capture.sha256),
    ]:  # fmt: skip
        assert f"{kind}  {name}" in told
    assert fresh not in told
    assert "5 not mended" in told
    assert "2 not mended" in said("--mend")
    assert (tmp_path / "lost+found" / orphan).exists()
    assert not leftover.exists()
    # What was put aside makes place for the right bytes.
    assert store.store(original).sha256 == changed.sha256
    Repair.objects.filter(pk=repair.pk).update(before=repair.before)
    assert "missing 1" in said()


def test_the_record_of_a_layer_that_was_changed_is_told(held):
    layer = TextLayer.objects.filter(kind="decoded").first()
    TextLayer.objects.filter(pk=layer.pk).update(sha256="0" * 64)
    assert f"layer  {layer.capture.sha256}" in said()
    assert "layer" not in said("--quick")


def test_a_text_that_is_another_than_it_was_when_it_came_in_is_told(held, admin_user):
    first, second, third = Version.objects.order_by("pk")[:3]
    blocks = [{**one, "text": one["text"].replace("村", "市")} for one in first.blocks]
    Version.objects.filter(pk=first.pk).update(blocks=blocks, body=first.body.replace("村", "市"))
    Version.objects.filter(pk=second.pk).update(title="别的标题")
    correct(version=third, by=admin_user, reason="据原报", changes={"title": "编辑改的标题"})
    told = said("--quick")
    assert {one.article.public_id for one in (first, second, third) if one.article.public_id in told} == {
        first.article.public_id,
        second.article.public_id,
    }
    assert told.count("收入时的校验和") == 2

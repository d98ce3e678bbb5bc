"""The review queue by the keys of a keyboard, as an editor works through it."""

import pytest
from django.contrib.auth.models import Group, User

from archive.catalog.models import Basis, Doubt, Evidence, Version
from archive.ingest.roles import ensure_groups
from tests.factories import Made, make_article

QUEUE = "/staff/catalog/doubt/"


@pytest.fixture
def doubts(transactional_db, settings, tmp_path):
    settings.CAPTURE_DIR = tmp_path / "captures"
    ensure_groups()
    found = []
    for number in range(1, 6):
        version = make_article(Made(number=number, title=f"示例村第{number}号卡点")).current_version
        evidence = Evidence.objects.create(
            version=version, field="title", value=version.title, rule="first-line", text=version.body[:4],
            confidence=number / 10, basis=Basis.INFERRED,
        )  # fmt: skip
        Doubt.objects.filter(version=version).delete()
        found.append(
            Doubt.objects.create(
                version=version, field="title", value=version.title, confidence=number / 10, evidence=evidence
            )
        )
    return found


def test_the_queue_is_worked_through_by_single_keys(page, live_server, doubts):
    noise: list[str] = []
    page.on("console", lambda message: message.type == "error" and noise.append(message.text))
    user = User.objects.create_user("shili", password="a long password", is_staff=True)
    user.groups.add(Group.objects.get(name="editor"))
    page.goto(f"{live_server.url}/staff/login/?next={QUEUE}")
    page.fill("#id_username", "shili")
    page.fill("#id_password", "a long password")
    page.keyboard.press("Enter")
    page.locator(".doubt").first.wait_for()

    def at(doubt: Doubt) -> None:
        page.wait_for_function("id => document.activeElement?.id === id", arg=f"d{doubt.pk}")

    def told(words: str) -> None:
        page.locator(".messagelist", has_text=words).wait_for()

    first, second, third, fourth, fifth = doubts  # the most doubtful first
    at(first)
    for key, here in (("j", second), ("k", first), ("k", first), ("j", second)):
        page.keyboard.press(key)
        at(here)
    page.keyboard.press("a")  # accepted; the next one is looked at
    told("认可")
    at(third)
    page.keyboard.press("u")  # unknown
    told("不详")
    at(fourth)
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    page.keyboard.type("示例村守卡点 aju")  # letters typed into the field are no commands
    page.keyboard.press("Escape")
    at(fourth)
    page.keyboard.press("e")
    page.keyboard.press("Enter")
    told("更正")
    at(fifth)
    page.keyboard.press("k")
    at(first)
    for key in ("x", "j", "x"):
        page.keyboard.press(key)
    assert page.locator('input[name="doubt"]:checked').count() == 2
    page.get_by_role("button", name="认可选中").click()
    told("已核 2 项")
    assert not noise
    verdicts = {doubt.pk: doubt.verdict for doubt in Doubt.objects.all()}
    assert [verdicts[one.pk] for one in doubts] == ["accepted", "accepted", "unknown", "corrected", "accepted"]
    assert Version.objects.get(pk=fourth.version_id).title == "示例村守卡点 aju"
    assert Version.objects.get(pk=third.version_id).title == ""

"""The daily mail of a search: once a day, what came or changed since, in the editor's language, stopped from the mail."""

import datetime
import io
import re
import smtplib
from html import unescape

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from archive.browse import digests
from archive.browse.models import Digest
from archive.catalog.models import Article
from archive.catalog.services import withdraw
from archive.settings.mail import mail as settings_of

LONG_AGO = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture
def editor(db):
    user = User.objects.create_user("bianji", "bianji@example.org", "示例密码一二三", is_staff=True)
    user.groups.add(Group.objects.get(name="editor"))
    return user


@pytest.fixture
def pieces(archive, settings):
    """All pieces as real ones of long ago, of which two changed and one came since the last mail."""
    settings.MAIL_READY = True
    settings.SITE_URL = "https://archive.example"
    Article.objects.update(is_sample=False, created_at=LONG_AGO, changed_at=LONG_AGO)
    saying = [one for one in archive if "网格" in one.current_version.body_simplified]
    Article.objects.filter(pk__in=[saying[0].pk, saying[1].pk]).update(
        changed_at=timezone.now() - datetime.timedelta(hours=2)
    )
    Article.objects.filter(pk=saying[1].pk).update(created_at=timezone.now() - datetime.timedelta(hours=2))
    return saying


def keep(editor, **more) -> Digest:
    day_ago = timezone.now() - datetime.timedelta(days=1)
    return Digest.objects.create(**{"user": editor, "query": "q=“网格”", "since": day_ago, **more})


def run() -> str:
    out = io.StringIO()
    call_command("send_digests", stdout=out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def with_samples(monkeypatch):
    """The reference engine knows the invented pieces as samples, which mails leave out."""
    real = digests.Request
    monkeypatch.setattr(digests, "Request", lambda *args, **options: real(*args, **{**options, "with_sample": True}))


def test_a_mail_tells_new_and_changed_pieces_once_a_day(pieces, editor):
    keep(editor)
    assert run() == "1 mails sent, of 2 articles.\n"
    [made] = mail.outbox
    assert made.to == ["bianji@example.org"] and "‘网格’" in made.subject and "\n" not in made.subject
    html, kind = made.alternatives[0][0], made.alternatives[0][1]
    assert kind == "text/html"
    for body in (made.body, unescape(html)):
        assert "2 篇新的或改过的，其中新收 1 篇" in body
        assert [f"https://archive.example/articles/{one.public_id}/" in body for one in pieces[:3]] == [
            True,
            True,
            False,
        ]
        assert body.count("新收") >= 2 and "有改动" in body and "https://archive.example/search/?q=" in body
    assert run() == "0 mails sent, of 0 articles.\n" and len(mail.outbox) == 1


def test_the_next_day_tells_only_what_came_after(pieces, editor):
    digest = keep(editor)
    run()
    Digest.objects.filter(pk=digest.pk).update(sent_on=datetime.date(2026, 1, 1))
    assert run() == "0 mails sent, of 0 articles.\n"  # nothing came: no mail, and the day is dealt with
    digest.refresh_from_db()
    assert digest.sent_on and len(mail.outbox) == 1
    Article.objects.filter(pk=pieces[2].pk).update(changed_at=timezone.now())
    Digest.objects.filter(pk=digest.pk).update(sent_on=datetime.date(2026, 1, 1))
    assert run() == "1 mails sent, of 1 articles.\n"
    assert pieces[2].public_id in mail.outbox[1].body and pieces[0].public_id not in mail.outbox[1].body


@pytest.mark.parametrize(("language", "words"), [("en", "2 articles new or changed"), ("zh-hant", "2 篇新的或改過的")])
def test_a_mail_is_in_the_language_of_the_digest(pieces, editor, language, words):
    keep(editor, language=language)
    run()
    assert words in mail.outbox[0].body and words in unescape(mail.outbox[0].alternatives[0][0])
    prefix = {"en": "/en/", "zh-hant": "/zh-hant/"}[language]
    assert f"https://archive.example{prefix}saved/stop/" in mail.outbox[0].body


def test_closed_pieces_and_those_of_other_searches_are_not_told(pieces, editor):
    keep(editor)
    keep(editor, query="q=“没有这个词的检索”")
    withdraw(article=pieces[0], reason="示例理由")
    assert run() == "1 mails sent, of 1 articles.\n"
    assert pieces[0].public_id not in mail.outbox[0].body


@pytest.mark.parametrize("change", [{"is_staff": False}, {"is_active": False}, {"email": ""}])
def test_who_is_no_editor_any_more_gets_none(pieces, editor, change):
    keep(editor)
    User.objects.filter(pk=editor.pk).update(**change)
    assert run() == "0 mails sent, of 0 articles.\n" and not mail.outbox


def test_a_mail_that_cannot_be_sent_is_tried_again_and_keeps_no_other_back(pieces, editor, monkeypatch):
    first, second = keep(editor), keep(editor, query="q=示例")
    real = digests._send

    def failing(made):
        if "网格" in made.subject:
            raise smtplib.SMTPServerDisconnected("示例")
        real(made)

    monkeypatch.setattr(digests, "_send", failing)
    with pytest.raises(CommandError, match=f"digest {first.pk}: SMTPServerDisconnected"):
        run()
    assert len(mail.outbox) == 1
    monkeypatch.setattr(digests, "_send", real)
    assert run() == "1 mails sent, of 2 articles.\n" and len(mail.outbox) == 2
    second.refresh_from_db()
    assert second.sent_on


def test_it_is_stopped_from_the_mail_without_signing_in_and_by_nobody_else(client, pieces, editor):
    digest = keep(editor)
    run()
    headers = mail.outbox[0].extra_headers
    address = re.fullmatch("<https://archive.example(.+)>", headers["List-Unsubscribe"])[1]
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click" and address in mail.outbox[0].body
    page = client.get(address)
    digest.refresh_from_db()
    assert page.status_code == 200 and digest.active and "noindex" in page["X-Robots-Tag"]
    assert "bianji" not in page.content.decode()
    for wrong in (address[:-3] + "x/", f"/saved/stop/{digest.pk}/", "/saved/stop/1:abc/"):
        assert client.post(wrong).status_code == 404
    strict = type(client)(enforce_csrf_checks=True)
    assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    digest.refresh_from_db()
    assert not digest.active
    Digest.objects.filter(pk=digest.pk).update(sent_on=None, since=LONG_AGO)
    assert run() == "0 mails sent, of 0 articles.\n"


def test_an_editor_keeps_a_search_from_the_page_of_results(client, archive, editor):
    page = client.get("/en/search/?q=网格&place=510000&sort=newest&page=1").content.decode()
    address = unescape(re.search(r'href="(/staff/browse/digest/add/[^"]+)"', page)[1])
    assert client.get(address).status_code == 302  # to the form of signing in
    client.force_login(editor)
    form = client.get(address).context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields}
    assert data["language"] == "en"
    assert client.post("/staff/browse/digest/add/", data | {"active": "on"}).status_code == 302
    kept = Digest.objects.get()
    assert (kept.user, kept.state.q, kept.state.include) == (editor, "网格", {"place": ("510000",)})
    assert "标题" in client.post("/staff/browse/digest/add/", {"query": "q=标题:", "language": "en"}).content.decode()
    other = User.objects.create_user("ling", "ling@example.org", is_staff=True)
    other.groups.add(Group.objects.get(name="reader"))
    client.force_login(other)
    assert "510000" not in client.get("/staff/browse/digest/").content.decode()
    assert client.get(f"/staff/browse/digest/{kept.pk}/change/").status_code == 302
    nobody = User.objects.create_user("wu", "", is_staff=True)
    nobody.groups.add(Group.objects.get(name="reader"))
    client.force_login(nobody)
    assert (
        "没有电子邮件地址"
        in client.post("/staff/browse/digest/add/", {"query": "q=网格", "language": "en"}).content.decode()
    )


def test_without_a_mail_server_nothing_is_marked_as_sent(pieces, editor, settings):
    digest = keep(editor)
    settings.MAIL_READY = False
    with pytest.raises(CommandError, match="MAIL_URL"):
        run()
    digest.refresh_from_db()
    assert digest.sent_on is None


def test_addresses_of_mail_servers():
    made = settings_of("smtp://name:p%40ss@mail.example:2525")
    assert (made["EMAIL_HOST"], made["EMAIL_PORT"], made["EMAIL_HOST_PASSWORD"]) == ("mail.example", 2525, "p@ss")
    assert made["EMAIL_USE_TLS"] and not made["EMAIL_USE_SSL"]
    assert settings_of("smtps://mail.example")["EMAIL_PORT"] == 465 and settings_of("") == {}
    assert not settings_of("smtp://localhost:25")["EMAIL_USE_TLS"]
    with pytest.raises(ValueError, match="MAIL_URL"):
        settings_of("mail.example:25")

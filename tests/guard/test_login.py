"""Logins are throttled for each client by itself, whatever a client says it is, and nobody's address or name is kept."""

import logging

import pytest
from axes.models import AccessAttempt
from django.conf import settings as current
from django.test.utils import override_script_prefix

from archive.browse.guard import clients
from archive.browse.guard.bodies import READERS

from .conftest import HOST, PROXY, behind_proxy

LOGIN = "/staff/login/"


@pytest.fixture(autouse=True)
def _few(settings):
    settings.AXES_FAILURE_LIMIT = 3


def tries(client, password="falsch", name="示例编辑", **headers):
    return client.post(LOGIN, {"username": name, "password": password, "next": "/staff/"}, headers=headers)


def test_a_client_is_locked_out_after_some_failures_with_a_page_that_says_so(public, editor_account):
    client = behind_proxy("203.0.113.5")
    assert [tries(client).status_code for _ in range(3)] == [200, 200, 429]
    refusal = tries(client, "一个很长的口令 2020")
    assert refusal.status_code == 429
    assert "登录失败次数过多" in refusal.content.decode()
    assert refusal["Retry-After"] == "3600"
    assert "<main" in refusal.content.decode()


def test_behind_a_proxy_each_client_is_throttled_for_itself(public, editor_account):
    for _ in range(4):
        locked = tries(behind_proxy("203.0.113.5"))
    assert locked.status_code == 429
    other = behind_proxy("203.0.113.6")
    assert tries(other, "一个很长的口令 2020").status_code == 302
    assert tries(behind_proxy("203.0.113.5"), "一个很长的口令 2020").status_code == 429


def test_who_writes_addresses_itself_is_still_one_client(public, editor_account):
    """Straight to gunicorn, with another X-Forwarded-For each time."""
    public.SECURE_SSL_REDIRECT = False
    answers = [tries(behind_proxy(f"198.51.100.{n}", peer="192.0.2.9")).status_code for n in range(4)]
    assert answers == [200, 200, 429, 429]


def test_what_a_client_writes_before_it_reaches_the_proxy_is_not_believed(public, editor_account):
    """A proxy that appends: only the address at the right, which the proxy saw itself, counts."""
    answers = [tries(behind_proxy(f"198.51.100.{n}, 203.0.113.5")).status_code for n in range(4)]
    assert answers == [200, 200, 429, 429]


def test_neither_name_nor_address_nor_anything_else_of_the_client_is_kept(public, editor_account, caplog, db):
    caplog.set_level(logging.DEBUG, logger="axes")
    for _ in range(4):
        tries(behind_proxy("203.0.113.5"), **{"User-Agent": "Beispiel/1.0", "Accept": "text/beispiel"})
    kept = AccessAttempt.objects.get()
    written = " ".join(str(getattr(kept, field.name)) for field in kept._meta.fields)
    written += " ".join(one.getMessage() for one in caplog.records if one.name.startswith("axes"))
    for trace in ("203.0.113.5", PROXY, "示例编辑", "Beispiel", "beispiel", "falsch", "/staff/", "next="):
        assert trace not in written, trace
    assert kept.failures_since_start >= 3
    assert len(kept.username) == 64 and kept.ip_address.startswith("fd")


def test_the_hashes_hang_on_the_secret_key(rf, settings):
    request = rf.get("/")
    before = clients.client_key(request)
    assert before == clients.client_key(rf.get("/staff/"))
    settings.SECRET_KEY = "another, only for tests"
    assert clients.client_key(request) != before


def test_a_success_forgives_the_failures_before(public, editor_account):
    client = behind_proxy("203.0.113.5")
    for _ in range(2):
        tries(client)
    assert tries(client, "一个很长的口令 2020").status_code == 302
    assert not AccessAttempt.objects.exists()


@pytest.mark.parametrize(
    ("peer", "said", "address"),
    [
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),
        (PROXY, "198.51.100.1", "198.51.100.1"),
        (PROXY, "198.51.100.1:4711", "198.51.100.1"),
        (PROXY, "[2001:db8::7]:4711", "2001:db8::7"),
        (PROXY, "::ffff:198.51.100.1", "198.51.100.1"),
        (PROXY, "198.51.100.1, 127.0.0.1", "198.51.100.1"),
        (PROXY, "198.51.100.1, nonsense", PROXY),
        (PROXY, "198.51.100.1, nonsense, 127.0.0.1", "127.0.0.1"),
        (PROXY, "", PROXY),
        ("", "198.51.100.1", None),
    ],
)
def test_the_client_behind_proxies(public, rf, peer, said, address):
    request = rf.get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=said)
    found = clients.client_address(request)
    assert (None if found is None else str(found)) == address


def test_a_whole_network_of_ipv6_is_one_client(public, rf):
    def key(said):
        return clients.client_key(rf.get("/", REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=said))

    assert key("2001:db8:1:2::7") == key("2001:db8:1:2:ffff::1") != key("2001:db8:1:3::7")
    assert key("203.0.113.5") != key("203.0.113.6")


def test_a_session_behind_the_proxy_is_secure_and_its_forms_are_taken(public, editor_account):
    client = behind_proxy("203.0.113.5", enforce_csrf_checks=True)
    form = client.get(LOGIN)
    token = form.context["csrf_token"]
    data = {
        "username": "示例编辑",
        "password": "一个很长的口令 2020",
        "csrfmiddlewaretoken": str(token),
        "next": "/staff/",
    }
    entered = client.post(LOGIN, data, headers={"Origin": f"https://{HOST}"})
    assert entered.status_code == 302
    for name in (current.SESSION_COOKIE_NAME, current.CSRF_COOKIE_NAME):
        cookie = client.cookies[name]
        assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax"
    assert client.get("/staff/").status_code == 200
    assert entered.wsgi_request.is_secure()


@pytest.mark.parametrize("origin", ["https://elsewhere.example", f"http://{HOST}", "null"])
def test_a_form_from_elsewhere_is_refused(public, editor_account, origin):
    client = behind_proxy("203.0.113.5", enforce_csrf_checks=True)
    token = str(client.get(LOGIN).context["csrf_token"])
    data = {"username": "示例编辑", "password": "一个很长的口令 2020", "csrfmiddlewaretoken": token}
    refusal = client.post(LOGIN, data, headers={"Origin": origin})
    assert refusal.status_code == 403
    assert "表单已过期" in refusal.content.decode()


def test_a_further_origin_is_taken_where_it_is_set(public, editor_account):
    public.CSRF_TRUSTED_ORIGINS = [f"https://{HOST}", "https://mirror.example"]
    client = behind_proxy("203.0.113.5", enforce_csrf_checks=True)
    token = str(client.get(LOGIN).context["csrf_token"])
    data = {"username": "示例编辑", "password": "一个很长的口令 2020", "csrfmiddlewaretoken": token}
    assert client.post(LOGIN, data, headers={"Origin": "https://mirror.example"}).status_code == 302


def test_only_a_trusted_proxy_says_that_a_request_came_over_https(public, db):
    assert behind_proxy("203.0.113.5").get("/about/").status_code == 200
    sent_on = behind_proxy("203.0.113.5", peer="192.0.2.9").get("/about/")
    assert (sent_on.status_code, sent_on["Location"]) == (301, f"https://{HOST}/about/")
    assert behind_proxy("203.0.113.5", proto="http").get("/about/").status_code == 301
    # A monitor on the host asks without a proxy.
    assert behind_proxy("", peer="127.0.0.1", proto="http").get("/healthz").status_code == 200


def test_the_staff_signs_in_where_the_site_stands_below_a_path(client, editor_account):
    """As a server does it that mounts the site at /archive: SCRIPT_NAME holds that, and PATH_INFO what follows."""
    # What looks at requests is set up before it knows where the site stands.
    assert client.get(LOGIN).status_code == 200
    with override_script_prefix("/archive/"):
        sent = client.get("/staff/", SCRIPT_NAME="/archive")
        assert sent.status_code == 302 and sent["Location"] == "/archive/staff/login/?next=/archive/staff/"
        form = client.get(LOGIN, SCRIPT_NAME="/archive", headers={"Accept-Language": "en"})
        assert form.status_code == 200 and 'lang="en"' in form.content.decode()
        given = {"username": "示例编辑", "password": "一个很长的口令 2020", "next": "/archive/staff/"}
        inside = client.post(LOGIN, given, SCRIPT_NAME="/archive")
        assert inside.status_code == 302 and inside["Location"] == "/archive/staff/"
        assert client.get("/staff/", SCRIPT_NAME="/archive").status_code == 200
        client.raise_request_exception = False
        assert client.get("/staff/catalog/article/?q=%00", SCRIPT_NAME="/archive").status_code == 400
        large = {"CONTENT_LENGTH": str(2 * READERS), "SCRIPT_NAME": "/archive"}
        assert client.post("/staff/", b"", content_type="text/plain", **large).status_code != 413
        assert client.post("/places/", b"", content_type="text/plain", **large).status_code == 413

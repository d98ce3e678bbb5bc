"""What browsers are told of every kind of answer: pages, staff, interface, files, errors."""

import re

import pytest
from django.conf import settings as current

from .conftest import behind_proxy

ANSWERS = {
    "/": 200, "/en/search/?q=示例": 200, "/articles/zzzzzzzz/": 404, "/staff/login/": 200, "/staff/": 302,
    "/api/v1/articles?q=示例": 200, "/api/v1/nothing": 404, "/api/v1/articles?x=1": 400, "/robots.txt": 200,
    "/search/feed.atom": 200, "/search/export.csv?q=示例": 200, "/no/such/page": 404, "/staff/?a=%00": 400,
    "/verify/": 200, "/oai?verb=Identify": 200,
}  # fmt: skip


def is_guarded(answer) -> None:
    policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    features = dict(re.findall(r"([a-z-]+)=(\(\))", answer["Permissions-Policy"]))
    assert {"camera", "microphone", "geolocation", "payment", "usb", "browsing-topics"} <= set(features)
    assert not {"bluetooth", "web-share"} & set(features)  # Chromium warns of them on each page
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Strict-Transport-Security"].startswith("max-age=31536000")


@pytest.mark.parametrize(("path", "status"), ANSWERS.items())
def test_every_kind_of_answer_is_guarded(public, archive, path, status):
    answer = behind_proxy("203.0.113.5").get(path)
    assert answer.status_code == status
    is_guarded(answer)
    assert not answer.cookies or path == "/staff/login/"


def test_staff_pages_are_guarded_and_kept_by_no_cache(public, archive, editor_account):
    client = behind_proxy("203.0.113.5")
    client.force_login(editor_account)
    answer = client.get("/staff/")
    assert answer.status_code == 200
    is_guarded(answer)
    assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]


def test_an_error_of_the_server_is_guarded(public, archive, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("示例错误")

    monkeypatch.setattr("archive.browse.views.places.figures", broken)
    client = behind_proxy("203.0.113.5", raise_request_exception=False)
    answer = client.get("/places/")
    assert answer.status_code == 500
    is_guarded(answer)


def test_a_body_that_is_too_long_is_refused_guarded(public, db):
    answer = behind_proxy("203.0.113.5").post("/verify/", CONTENT_LENGTH=str(current.UPLOAD_LIMIT + 2**21))
    assert answer.status_code == 413
    is_guarded(answer)


@pytest.mark.parametrize(("subdomains", "told"), [(False, "max-age=31536000"), (True, "max-age=31536000; includeSubDomains; preload")])  # fmt: skip
def test_hsts_by_setting(public, db, subdomains, told):
    public.SECURE_HSTS_INCLUDE_SUBDOMAINS = public.SECURE_HSTS_PRELOAD = subdomains
    assert behind_proxy("203.0.113.5").get("/robots.txt")["Strict-Transport-Security"] == told


def test_no_hsts_without_the_setting(client, db):
    assert "Strict-Transport-Security" not in client.get("/robots.txt")

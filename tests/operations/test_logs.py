"""The log tells which page, how it ended and how long it took, under an id; never who asked, and never what."""

import io
import json
import logging

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import RequestFactory

from archive.operations.logs import JsonLines, Plain, request_id
from archive.operations.observing import Observing

SECRET = "蓝尾雀"
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(params=[JsonLines, Plain])
def lines(request):
    """Everything that is logged, as it would be written."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(request.param())
    root, requests = logging.getLogger(), logging.getLogger("archive.requests")
    before = requests.level
    requests.setLevel(logging.INFO)
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)
    requests.setLevel(before)


def objects(stream) -> list[dict]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize("lines", [JsonLines], indirect=True)
def test_a_request_is_one_object_with_id_view_status_and_time(ready, client, lines):
    response = client.get(f"/search/?q={SECRET}")
    (told,) = objects(lines)
    assert told["request_id"] == response["X-Request-ID"]
    assert (told["view"], told["status"], told["method"], told["level"]) == ("search", 200, "GET", "INFO")
    assert told["ms"] > 0 and told["queries"] > 0
    assert set(told) == {"time", "level", "logger", "request_id", "method", "view", "status", "ms", "queries"}
    client.get("/healthz")
    assert len(objects(lines)) == 1  # monitors fill no log


def test_no_reader_and_no_question_is_in_the_log(ready, client, lines):
    client.force_login(User.objects.create_user("geheim-name", is_staff=True), MODEL_BACKEND)
    for path in (
        "/search/",
        "/concordance/",
        "/suggest/",
        "/api/v1/articles",
        "/staff/",
        f"/{SECRET}/",
        "/articles/x/",
    ):
        client.get(
            path, {"q": SECRET, "csrfmiddlewaretoken": SECRET}, REMOTE_ADDR="203.0.113.77",
            headers={"user-agent": "geheim-browser", "referer": f"http://x/?q={SECRET}"},
        )  # fmt: skip
    client.post("/verify/", {"text": SECRET})
    text = lines.getvalue()
    assert "search" in text
    for word in (SECRET, "geheim", "203.0.113", "%E8%93%9D"):
        assert word not in text


@pytest.mark.parametrize("lines", [JsonLines], indirect=True)
def test_user_names_are_told_where_the_setting_says_so(ready, client, lines, settings):
    settings.LOG_USERS = True
    client.get("/")
    client.force_login(User.objects.create_user("editor", is_staff=True), MODEL_BACKEND)
    client.get("/staff/")
    assert [one.get("user") for one in objects(lines)] == [None, "editor"]


def test_an_exception_in_a_request_leaves_its_place_and_not_its_words(ready, client, lines, monkeypatch):
    def fails(*_args, **_kwargs):
        try:
            raise KeyError(f"no {SECRET}")
        except KeyError as error:
            raise ValueError(f"bad query {SECRET}") from error

    monkeypatch.setattr("archive.search.service.understood", fails)
    client.raise_request_exception = False
    assert client.get(f"/search/?q={SECRET}").status_code == 500
    text = lines.getvalue()
    assert "builtins.ValueError" in text and "KeyError" in text and "test_logs.py" in text
    assert SECRET not in text


def test_outside_of_a_request_an_exception_tells_its_words(lines):
    try:
        raise ValueError("the disk is full")
    except ValueError:
        logging.getLogger("archive.somewhere").exception("upkeep failed")
    assert "the disk is full" in lines.getvalue() and "upkeep failed" in lines.getvalue()


def test_the_id_of_a_trusted_proxy_is_taken_and_no_other(settings):
    settings.TRUSTED_PROXIES = ["10.0.0.1", "10.7.0.0/16"]
    seen = []

    def view(request):
        seen.append(request_id.get())
        return HttpResponse()

    def ask(address, given):
        request = RequestFactory().get("/", REMOTE_ADDR=address, headers={"x-request-id": given})
        request.resolver_match = None
        return Observing(view)(request)["X-Request-ID"]

    assert ask("10.0.0.1", "a1b2c3d4e5f6") == "a1b2c3d4e5f6" == seen[-1]
    assert ask("10.7.200.3", "a1b2c3d4e5f6") == "a1b2c3d4e5f6"
    for address, given in (("203.0.113.7", "a1b2c3d4e5f6"), ("10.0.0.1", "short"), ("10.0.0.1", "x" * 65), ("10.0.0.1", 'a"b{c}d<e>f')):  # fmt: skip
        made = ask(address, given)
        assert made != given and len(made) == 32 and made == seen[-1]
    assert request_id.get() == ""

"""Pages of readers are for reading: another method is told so, with what they do take."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/", "/search/", "/places/", "/en/about/"])
def test_what_changes_something_is_not_allowed(method, path):
    response = getattr(Client(enforce_csrf_checks=True), method)(path)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert ("for reading" if path.startswith("/en") else "只供阅读") in response.content.decode()


def test_an_expired_form_of_the_editors_is_told_as_such():
    response = Client(enforce_csrf_checks=True).post("/staff/login/", {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert "Allow" not in response

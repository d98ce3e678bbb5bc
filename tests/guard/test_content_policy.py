"""The header of ContentPolicy is django-csp's, whatever a page changes of it."""

from csp.constants import HEADER
from csp.decorators import csp_update
from csp.middleware import CSPMiddleware
from django.http import HttpResponse
from django.test import RequestFactory

from archive.browse.guard.policy import ContentPolicy


def directives(middleware, view) -> set[str]:
    return set(middleware(view)(RequestFactory().get("/"))[HEADER].split("; "))


def test_the_header_is_that_of_the_library_and_the_same_each_time():
    def plain(request):
        return HttpResponse("ok")

    @csp_update({"img-src": ["blob:"]})
    def changed(request):
        return HttpResponse("ok")

    def nonced(request):
        return HttpResponse(str(request.csp_nonce))

    for view in (plain, changed, nonced):
        assert directives(ContentPolicy, view) == directives(CSPMiddleware, view)
    assert any("blob:" in one for one in directives(ContentPolicy, changed))
    assert not any("blob:" in one for one in directives(ContentPolicy, plain))
    ours = [ContentPolicy(plain)(RequestFactory().get("/"))[HEADER] for _time in range(2)]
    assert ours[0] == ours[1] == "; ".join(sorted(ours[0].split("; ")))

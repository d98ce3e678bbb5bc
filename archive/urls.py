"""Addresses of the site."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from archive.browse import urls as browse
from archive.operations import urls as operations

urlpatterns = [
    path("staff/operations/", include(operations.for_staff)),
    path("staff/", admin.site.urls),
    *operations.for_monitors,
    *browse.files,
    *i18n_patterns(*browse.pages, *browse.companions, prefix_default_language=False),
]

handler400 = "archive.browse.views.errors.bad_request"
handler403 = "archive.browse.views.errors.forbidden"
handler404 = "archive.browse.views.errors.not_found"
handler500 = "archive.browse.views.errors.server_error"

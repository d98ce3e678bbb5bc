"""Addresses for whoever keeps the site running."""

from django.contrib import admin
from django.urls import path

from . import metrics, page, signs

for_monitors = [
    path("healthz", signs.healthz, name="healthz"),
    path("readyz", signs.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
]

#: Among the pages of the admin, whose sign-in they share.
for_staff = [
    path("", admin.site.admin_view(page.operations), name="operations"),
    path("run/<str:kind>/", admin.site.admin_view(page.start), name="start_upkeep"),
]

"""Addresses for whoever keeps the site running."""

from django.urls import path

from . import metrics, signs

for_monitors = [
    path("healthz", signs.healthz, name="healthz"),
    path("readyz", signs.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
]

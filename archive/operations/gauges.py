"""How much there is, what waits, and how upkeep last ended: asked of the database when metrics are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import DatabaseError
from django.db.models import Count, Min
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from archive.catalog.models import Article, Capture, Status
from archive.ingest.models import BatchState, ImportBatch
from archive.journal import heartbeat, runs
from archive.search.models import Waiting
from archive.search.state import index_state

from . import readiness


class Gauges(Collector):
    """Figures of this moment. Where the database does not answer, only what is ready is told."""

    def describe(self) -> list[Metric]:
        return []

    def collect(self) -> Iterator[Metric]:
        ready = GaugeMetricFamily("archive_ready", "1 when this is as it should be.", labels=["check"])
        for one in readiness.findings():
            ready.add_metric([one.name], float(one.ok))
        yield ready
        try:
            found = [*_holdings(), *_tasks(), *_upkeep()]
        except DatabaseError:
            return
        yield from found


def _holdings() -> Iterator[Metric]:
    articles = dict(Article.objects.values_list("status").annotate(Count("pk")))
    yield _by(
        "archive_articles", "Articles, by status.", "status", {one: articles.get(one, 0) for one in Status.values}
    )
    yield _one("archive_captures", "Captures (files and pieces as received).", Capture.objects.count())
    yield _one("archive_index_articles", "Articles in the index.", index_state().articles)
    waiting = Waiting.objects.aggregate(count=Count("pk"), oldest=Min("since"))
    yield _one("archive_index_waiting", "Articles saved and not yet indexed so.", waiting["count"])
    yield _one("archive_index_waiting_oldest_seconds", "Age of the oldest of these.", _age(waiting["oldest"]))
    batches = dict(ImportBatch.objects.values_list("state").annotate(Count("pk")))
    states = {one: batches.get(one, 0) for one in BatchState.values}
    yield _by("archive_import_batches", "Import batches, by state.", "state", states)


def _tasks() -> Iterator[Metric]:
    status = dict(DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk")))
    tasks = {one.lower(): status.get(one, 0) for one in ("READY", "RUNNING", "FAILED", "SUCCESSFUL")}
    yield _by("archive_tasks", "Tasks of the queue, by status; those that ended are kept seven days.", "status", tasks)
    oldest = DBTaskResult.objects.ready().order_by().aggregate(oldest=Min("enqueued_at"))["oldest"]
    yield _one("archive_task_oldest_seconds", "Age of the oldest task that waits.", _age(oldest))
    yield _one("archive_tasks_left", "Tasks of dead workers, not yet reaped.", readiness.tasks_left_behind())
    workers = {"living": heartbeat.living().count(), "silent": heartbeat.silent().count()}
    yield _by("archive_workers", "Background workers, by sign of life.", "state", workers)


def _upkeep() -> Iterator[Metric]:
    at = GaugeMetricFamily("archive_last_run_timestamp_seconds", "When upkeep last began.", labels=["kind"])
    age = GaugeMetricFamily("archive_last_run_age_seconds", "Seconds since upkeep last began.", labels=["kind"])
    ok = GaugeMetricFamily("archive_last_run_ok", "1 when it ended well.", labels=["kind"])
    good = GaugeMetricFamily("archive_last_good_run_age_seconds", "Since it last ended well.", labels=["kind"])
    took = GaugeMetricFamily("archive_last_run_duration_seconds", "How long it took.", labels=["kind"])
    figures = GaugeMetricFamily("archive_last_run_figure", "What it counted.", labels=["kind", "figure"])
    for kind, run in runs.last_runs().items():
        at.add_metric([kind.value], run.started_at.timestamp())
        age.add_metric([kind.value], _age(run.started_at))
        ok.add_metric([kind.value], float(run.ok))
        took.add_metric([kind.value], run.seconds)
        for name, value in run.figures.items():
            figures.add_metric([kind.value, name], value)
        if (last := run if run.ok else runs.last_good(kind)) is not None:
            good.add_metric([kind.value], _age(last.started_at))
    yield from (at, age, ok, good, took, figures)


def _age(moment: datetime | None) -> float:
    """Seconds since then; 0 for never, and where the clock went back."""
    return max((timezone.now() - moment).total_seconds(), 0.0) if moment else 0.0


def _one(name: str, help_text: str, value: float | None) -> Metric:
    family = GaugeMetricFamily(name, help_text)
    if value is not None:
        family.add_metric([], float(value))
    return family


def _by(name: str, help_text: str, label: str, values: dict[str, int]) -> Metric:
    family = GaugeMetricFamily(name, help_text, labels=[label])
    for key, value in values.items():
        family.add_metric([key], float(value))
    return family

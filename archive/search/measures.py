"""What is measured of searching: how long the engine takes. Never what was asked."""

from prometheus_client import Histogram

SECONDS = Histogram(
    "archive_search_seconds", "Seconds that the engine took for one question, by engine.", ["engine"],
    buckets=(0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5),
)  # fmt: skip

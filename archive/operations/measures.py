"""What is counted of requests. Nothing of readers: no address, no words, only which page, how it ended, how long it took."""

from prometheus_client import Counter, Histogram

REQUESTS = Counter("archive_requests", "Requests answered, by page and status.", ["view", "status"])
#: Until the answer begins: of a file that streams, its first piece.
SECONDS = Histogram(
    "archive_request_seconds", "Seconds from a request to the beginning of its answer, by page.", ["view"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30),
)  # fmt: skip
QUERIES = Histogram(
    "archive_request_queries", "Queries to the database that an answer took, by page.", ["view"],
    buckets=(0, 2, 5, 10, 20, 50, 100),
)  # fmt: skip

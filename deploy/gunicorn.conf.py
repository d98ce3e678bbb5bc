"""gunicorn for two cores: 2 workers, loaded once and shared.

Measured: with preload and gc.freeze two workers take 160 MB with the dictionary loaded, 246 MB without.
After an upgrade call deploy/reload (USR2), not HUP: with preload, HUP keeps the old code.
"""

import gc
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from gunicorn import util
from gunicorn.systemd import sd_notify

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
#: Searches wait their turn in theirs (WEB_THREADS, EXPENSIVE_AT_ONCE), so that others are left for articles.
threads = int(os.environ.get("WEB_THREADS", "48"))
preload_app = True
max_requests = 10_000
max_requests_jitter = 1_000
timeout = 120
graceful_timeout = 30
keepalive = 5
#: The heartbeat file stays off the disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
forwarded_allow_ips = os.environ.get("TRUSTED_PROXIES", "127.0.0.1,::1")
#: No header tells the site where it stands: addresses are written once for all readers.
forwarder_headers = ""
# gunicorn 25.1 and newer open a control socket by default.
control_socket_disable = True
# A Chinese character costs nine bytes in an address; longer requests are refused before the application.
limit_request_line = 8190
accesslog = None
loglevel = "warning"
if os.environ.get("LOG_FORMAT") == "json":
    logconfig_dict = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "archive.operations.logs.JsonLines"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {"gunicorn.error": {"level": "WARNING", "handlers": ["console"], "propagate": False}},
    }

#: Where the workers of this master count together (/metrics): in memory, made anew by each master, gone with it.
_mark = f"archive-counters-{os.getpid()}-"
_channel = "PROMETHEUS_MULTIPROC_DIR"  # read by prometheus_client and archive.settings
# Read again after HUP it stays; the master that follows after USR2 inherits the old one's name, and makes its own.
if _channel not in os.environ or not Path(os.environ[_channel]).name.startswith(_mark):
    os.environ[_channel] = tempfile.mkdtemp(prefix=_mark, dir=worker_tmp_dir)
_counters = Path(os.environ[_channel])


#: New objects after which the collector looks at them (700 is Python's): a page makes thousands, all of them gone when it is sent.
COLLECTED = (20_000, 10, 10)


def when_ready(server: Any) -> None:
    """Keep what is loaded out of garbage collection, so that its pages stay shared; tell where the site is."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED)
    site = os.environ.get("SITE_URL", f"http://{bind}")
    print(f"\nThe archive is open:  {site}/\nStaff (admin):        {site}/staff/\nStop with Ctrl-C.", flush=True)
    util.write_error = _told_unread
    # After a reload the new master is the one that systemd watches (Type=notify; nothing happens without it).
    sd_notify(f"READY=1\nMAINPID={os.getpid()}", server.log)


def _told_unread(sock: Any, status: int, reason: str, message: str) -> None:
    """In place of gunicorn's page for what it cannot read; the status and its grounds stay."""
    from archive.operations.unread import refusal

    util.write_nonblock(sock, refusal(status, reason))


def pre_fork(server: Any, worker: Any) -> None:
    """Nothing opened at import time may cross a fork."""
    from django.db import connections

    connections.close_all()


def child_exit(server: Any, worker: Any) -> None:
    """What a worker counted goes on counting when it is replaced, and its files do not pile up."""
    from archive.operations.counters import bury

    bury(_counters, worker.pid)


def on_exit(server: Any) -> None:
    shutil.rmtree(_counters, ignore_errors=True)

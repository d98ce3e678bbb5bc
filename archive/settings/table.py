"""What an operator may set, as one table: environment name, default, one sentence.

`docs/settings.md` lists the same rows; a test fails when one is missing there.
"""

import os
import secrets
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

#: Characters; shorter ones can be guessed.
SHORTEST_TOKEN = 20


@dataclass(frozen=True, slots=True)
class Setting:
    name: str
    default: str
    sentence: str


TABLE: tuple[Setting, ...] = (
    Setting("DATA_DIR", "var", "Folder of all state: database, captures, index, static files, secret key."),
    Setting(
        "SECRET_KEY", "", "Key that signs sessions; empty: one is made at first start and kept in DATA_DIR/secret_key."
    ),
    Setting(
        "DATABASE_URL",
        "",
        "PostgreSQL as postgresql://user:password@host:5432/name; empty: SQLite in DATA_DIR/archive.sqlite3.",
    ),
    Setting("DATABASE_POOL", "6", "PostgreSQL only: connections that each worker process keeps at most."),
    Setting("CONTACT_EMAIL", "", "Address of whoever keeps the archive, told to harvesters (OAI-PMH)."),
    Setting(
        "MAIL_URL",
        "",
        "Mail server as smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465; empty: no mail is sent.",
    ),
    Setting("MAIL_FROM", "", "Sender of the daily mails; empty: CONTACT_EMAIL."),
    Setting("DEBUG", "0", "1 shows tracebacks in the browser; never on a public site."),
    Setting("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]", "Host names that the site answers to, separated by commas."),
    Setting(
        "SITE_URL",
        "http://127.0.0.1:8000",
        "Public address of the site, used in citations and links; without a slash at the end.",
    ),
    Setting(
        "HTTPS",
        "0",
        "1 when readers reach the site over HTTPS: secure cookies, X-Forwarded-Proto of a trusted proxy is believed, and what comes without HTTPS is sent there.",
    ),
    Setting("HSTS_SECONDS", "0", "Seconds of Strict-Transport-Security; set only when every host name has HTTPS."),
    Setting("HSTS_SUBDOMAINS", "0", "1 says the same of all hosts below the site's own, and lets browsers preload it."),
    Setting(
        "TRUSTED_ORIGINS",
        "",
        "Further origins as https://host, separated by commas, whose forms are taken (CSRF); that of an https SITE_URL is.",
    ),
    Setting("UPLOAD_LIMIT_MB", "50", "Largest upload in megabytes; a larger request is refused before it is read."),
    Setting(
        "EXPENSIVE_PER_MINUTE",
        "240",
        "Searches, counts and exports that one client may ask for in a minute, twice as many at once; 0: no limit; staff have none.",
    ),
    Setting(
        "EXPENSIVE_AT_ONCE",
        "2",
        "Searches, counts and exports that each worker runs at a time; others wait their turn; 0: no limit.",
    ),
    Setting("SEARCH_SECONDS", "10", "Seconds that one reader's search may take; 0: no limit."),
    Setting("HOST", "127.0.0.1", "Address that gunicorn listens on."),
    Setting("PORT", "8000", "Port that gunicorn listens on."),
    Setting(
        "TRUSTED_PROXIES",
        "127.0.0.1,::1",
        "Addresses or networks (10.0.0.0/8) of proxies before the site, separated by commas; only their X-Forwarded headers are believed.",
    ),
    Setting("WEB_CONCURRENCY", "2", "Worker processes of gunicorn; as many as cores."),
    Setting(
        "WEB_THREADS",
        "48",
        "Threads of each worker of gunicorn; at most three quarters of them hold searches, running or waiting.",
    ),
    Setting("INBOX_DIR", "", "Folder whose files the upload form offers, for large ones; empty: inbox in DATA_DIR."),
    Setting("FETCH", "0", "1 lets editors have a page fetched from an address (public http and https only)."),
    Setting(
        "IMPORT_PROCESSES",
        "2",
        "Processes that read the pieces of large files beside the importing one; as many as cores, 0 for none.",
    ),
    Setting("SAMPLE", "1", "0 leaves out the sample collection at the first start."),
    Setting(
        "SEARCH_URL",
        "",
        "OpenSearch as http://host:9200, several with commas; empty: an index on disk in DATA_DIR/index.",
    ),
    Setting("SEARCH_INDEX", "archive", "With SEARCH_URL: the alias of the index; indices are named after it."),
    Setting("SEARCH_SHARDS", "1", "With SEARCH_URL: shards of an index, taken up by the next rebuild_index."),
    Setting(
        "SEARCH_REPLICAS", "0", "With SEARCH_URL: further copies of each shard; 1 or more bears the loss of a node."
    ),
    Setting(
        "LOG_FORMAT", "plain", "plain: lines for people; json: one JSON object a line, with a line for each request."
    ),
    Setting(
        "LOG_USERS",
        "0",
        "1 adds the user name of signed-in staff to the line of a request; readers have none, and no address is logged.",
    ),
    Setting(
        "METRICS",
        "loopback",
        "Who may read /metrics: off for nobody, loopback for this host itself, token for whoever brings METRICS_TOKEN.",
    ),
    Setting("METRICS_TOKEN", "", "With METRICS=token: what is sent as Authorization: Bearer …; 20 characters or more."),
    Setting("EDITOR_NAME", "editor", "User name of the first editor account."),
    Setting("EDITOR_PASSWORD", "", "Password of the first editor account; empty: a random one is made and shown once."),
)


@dataclass(frozen=True, slots=True)
class Environment:
    """The table as read, typed."""

    data_dir: Path
    secret_key: str
    database_url: str
    database_pool: int
    search_url: str
    search_index: str
    search_shards: int
    search_replicas: int
    debug: bool
    allowed_hosts: list[str]
    trusted_origins: list[str]
    site_url: str
    contact_email: str
    mail_url: str
    mail_from: str
    https: bool
    trusted_proxies: list[str]
    hsts_seconds: int
    hsts_subdomains: bool
    upload_limit: int  # bytes
    expensive_per_minute: int
    expensive_at_once: int
    search_seconds: float
    web_threads: int
    import_processes: int
    inbox_dir: Path
    fetch: bool
    log_format: str
    log_users: bool
    metrics: str
    metrics_token: str
    #: Where gunicorn's workers count together; deploy/gunicorn.conf.py makes it, no operator sets it.
    counters_dir: Path | None


def value(name: str) -> str:
    """The environment's value of a setting, or its default. KeyError for a name not in the table."""
    default = {row.name: row.default for row in TABLE}[name]
    return os.environ.get(name, default)


def listed(name: str) -> list[str]:
    """The parts of a setting that is a list separated by commas."""
    return [part.strip() for part in value(name).split(",") if part.strip()]


def _origins(site_url: str) -> list[str]:
    """Origins whose forms are taken: scheme, host and port, no path (Django compares whole origins)."""
    parts = urlsplit(site_url)
    own = [f"https://{parts.netloc}"] if parts.scheme == "https" else []
    return [*own, *(one.rstrip("/") for one in listed("TRUSTED_ORIGINS"))]


def _proxies() -> list[str]:
    """Addresses and networks of proxies. ImproperlyConfigured, with a sentence, for what is neither."""
    for one in listed("TRUSTED_PROXIES"):
        try:
            ip_network(one)
        except ValueError as error:
            raise ImproperlyConfigured(f"TRUSTED_PROXIES holds {one!r}: {error}.") from None
    return listed("TRUSTED_PROXIES")


def _one_of(name: str, *choices: str) -> str:
    """The value of a setting that has few. ImproperlyConfigured, with a sentence, for another."""
    given = value(name).strip()
    if given not in choices:
        raise ImproperlyConfigured(f"{name} must be {' or '.join(choices)}, not {given!r}.")
    return given


def _metrics() -> str:
    mode = _one_of("METRICS", "off", "loopback", "token")
    if mode == "token" and len(value("METRICS_TOKEN")) < SHORTEST_TOKEN:
        raise ImproperlyConfigured(f"METRICS=token needs a METRICS_TOKEN of {SHORTEST_TOKEN} characters or more.")
    return mode


def kept_secret(data_dir: Path) -> str:
    """The secret key kept beside the data, made at first use and readable by the owner only.

    Where there is no folder of data yet (a dry run on an empty checkout, which stores nothing) the
    key is one for this process; `prepare` makes the folder.
    """
    path = data_dir / "secret_key"
    if not data_dir.is_dir():
        return secrets.token_urlsafe(50)
    if not path.exists():
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text()
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()


def read(base_dir: Path) -> Environment:
    """Read the environment; relative folders stand under `base_dir`."""
    data_dir = (base_dir / value("DATA_DIR")).resolve()
    site_url = value("SITE_URL").rstrip("/")
    return Environment(
        data_dir=data_dir,
        secret_key=value("SECRET_KEY") or kept_secret(data_dir),
        database_url=value("DATABASE_URL").strip(),
        database_pool=int(value("DATABASE_POOL")),
        search_url=value("SEARCH_URL").strip(),
        search_index=value("SEARCH_INDEX"),
        search_shards=int(value("SEARCH_SHARDS")),
        search_replicas=int(value("SEARCH_REPLICAS")),
        debug=value("DEBUG") == "1",
        allowed_hosts=listed("ALLOWED_HOSTS"),
        trusted_origins=_origins(site_url),
        site_url=site_url,
        contact_email=value("CONTACT_EMAIL").strip(),
        mail_url=value("MAIL_URL").strip(),
        mail_from=value("MAIL_FROM").strip(),
        https=value("HTTPS") == "1",
        trusted_proxies=_proxies(),
        hsts_seconds=int(value("HSTS_SECONDS")),
        hsts_subdomains=value("HSTS_SUBDOMAINS") == "1",
        upload_limit=int(value("UPLOAD_LIMIT_MB")) * 2**20,
        expensive_per_minute=int(value("EXPENSIVE_PER_MINUTE")),
        expensive_at_once=int(value("EXPENSIVE_AT_ONCE")),
        search_seconds=float(value("SEARCH_SECONDS")),
        web_threads=int(value("WEB_THREADS")),
        import_processes=int(value("IMPORT_PROCESSES")),
        inbox_dir=(base_dir / value("INBOX_DIR")).resolve() if value("INBOX_DIR") else data_dir / "inbox",
        fetch=value("FETCH") == "1",
        log_format=_one_of("LOG_FORMAT", "plain", "json"),
        log_users=value("LOG_USERS") == "1",
        metrics=_metrics(),
        metrics_token=value("METRICS_TOKEN"),
        counters_dir=Path(counters) if (counters := os.environ.get("PROMETHEUS_MULTIPROC_DIR")) else None,
    )

"""Wiring of the site. What an operator may set stands in `table.py`; this module reads it."""

from pathlib import Path

from .database import database
from .mail import mail
from .table import read

BASE_DIR = Path(__file__).resolve().parent.parent.parent
ENV = read(BASE_DIR)

DATA_DIR: Path = ENV.data_dir
CAPTURE_DIR = DATA_DIR / "captures"
INDEX_DIR = DATA_DIR / "index"

SECRET_KEY = ENV.secret_key
DEBUG = ENV.debug
ALLOWED_HOSTS = ENV.allowed_hosts
CSRF_TRUSTED_ORIGINS = ENV.trusted_origins
SITE_URL = ENV.site_url
CONTACT_EMAIL = ENV.contact_email
MAIL_READY = bool(ENV.mail_url)
globals().update(mail(ENV.mail_url))
DEFAULT_FROM_EMAIL = ENV.mail_from or ENV.contact_email or "webmaster@localhost"
TRUSTED_PROXIES = ENV.trusted_proxies

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "archive.journal",
    "archive.places",
    "archive.catalog",
    "archive.ingest",
    "archive.search",
    "archive.preservation",
    "archive.operations",
    "archive.browse",
    # behind our rooms, so that archive.search's rebuild_index stands before haystack's
    "haystack",
]

MIDDLEWARE = [
    "archive.operations.observing.Observing",
    "archive.browse.guard.bodies.NoBodyToHead",
    "archive.browse.guard.clients.ForwardedHeaders",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "archive.browse.guard.policy.ContentPolicy",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages shrink to a fifth; it blurs their length against BREACH.
    "archive.browse.guard.shrinking.Shrinking",
    "archive.browse.guard.bodies.BodyLimit",
    "archive.browse.guard.staff_only.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "archive.browse.addresses.StaffLanguage",
    "archive.browse.addresses.NulRefusal",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "archive.browse.guard.staff_only.Users",
    "archive.browse.guard.staff_only.Messages",
    "archive.browse.guard.crawling.ExpensivePages",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "archive.urls"
WSGI_APPLICATION = "archive.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "archive.browse.templating.Readers",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"below": "browse/", "context_processors": ["archive.browse.context.site"]},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "archive.browse.context.site",
            ],
        },
    },
]

DATABASES = {"default": database(url=ENV.database_url, data_dir=DATA_DIR, pool_size=ENV.database_pool)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

HAYSTACK_CONNECTIONS = {
    "default": {
        "ENGINE": "archive.search.opensearch.backend.OpenSearchEngine"
        if ENV.search_url
        else "archive.search.engine.backend.WhooshEngine",
        "PATH": str(INDEX_DIR),
    },
}
SEARCH_URL = ENV.search_url
SEARCH_INDEX = ENV.search_index
SEARCH_SHARDS = ENV.search_shards
SEARCH_REPLICAS = ENV.search_replicas
HAYSTACK_SIGNAL_PROCESSOR = "archive.search.signals.IndexSignalProcessor"

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 1  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False  # hashes tell nobody anything
AXES_HANDLER = "archive.browse.guard.login.KeyedHandler"
AXES_CLIENT_IP_CALLABLE = "archive.browse.guard.login.hashed_address"
AXES_USERNAME_CALLABLE = "archive.browse.guard.login.hashed_name"
AXES_CLIENT_STR_CALLABLE = "archive.browse.guard.login.unnamed"
AXES_LOCKOUT_CALLABLE = "archive.browse.guard.login.locked_out"
LOGIN_URL = "/staff/login/"
CSRF_FAILURE_VIEW = "archive.browse.views.errors.csrf_failure"

# The queue stands in the database; `manage.py work` (started by `make run`) takes from it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "archive" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "media"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Nothing but this site's own files; no script or style inside a page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
        "upgrade-insecure-requests": ENV.https,
    },
}
#: No page of this site asks for any of these of a browser. Only names that browsers know: of others they warn on each page.
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media",
        "fullscreen", "geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment",
        "picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "serial", "usb",
        "xr-spatial-tracking",
    )
}  # fmt: skip
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = ENV.https
CSRF_COOKIE_HTTPONLY = True  # forms carry the token themselves
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = ENV.https
SECURE_HSTS_SECONDS = ENV.hsts_seconds
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = ENV.hsts_subdomains
SECURE_SSL_REDIRECT = ENV.https
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]  # asked on the host itself
# Taken away before by ForwardedHeaders where no trusted proxy says it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None

UPLOAD_LIMIT = ENV.upload_limit
IMPORT_PROCESSES = ENV.import_processes
INBOX_DIR = ENV.inbox_dir
FETCH = ENV.fetch
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_LIMIT
EXPENSIVE_PER_MINUTE = ENV.expensive_per_minute
EXPENSIVE_AT_ONCE = ENV.expensive_at_once
SEARCH_SECONDS = ENV.search_seconds
WEB_THREADS = ENV.web_threads
QUERY_LIMIT = 200  # characters in the search box

METRICS = ENV.metrics
METRICS_TOKEN = ENV.metrics_token
COUNTERS_DIR = ENV.counters_dir

LOG_USERS = ENV.log_users
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "archive.operations.logs.Plain"},
        "json": {"()": "archive.operations.logs.JsonLines"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": ENV.log_format}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        **{name: {"level": "WARNING"} for name in ("axes", "django_tasks", "django_tasks_db", "readability")},
        # It would write down what readers ask, and the fault of each node that it then asks elsewhere.
        **{name: {"level": "CRITICAL"} for name in ("opensearch", "opensearchpy.trace")},
        # What is refused is told by the line of its request, without its address.
        "django.request": {"level": "ERROR"},
        "archive.requests": {"level": "INFO" if ENV.log_format == "json" else "WARNING"},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []

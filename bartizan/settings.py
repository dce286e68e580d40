"""Everything that can be set, read from the environment and from nowhere else.

======================  ======================================================  ==================
variable                what it sets                                            when it is not set
======================  ======================================================  ==================
BARTIZAN_DATA           folder of the database file, the files, the two keys    ./var
DATABASE_URL            the database, as a URL                                  a SQLite file there
BARTIZAN_HOSTS          host names it answers to, separated by commas           this machine only
BARTIZAN_HTTPS          1: it stands behind HTTPS; cookies and redirects say so 0
BARTIZAN_SECOND_FACTOR  required: nobody works without a second factor          each decides
BARTIZAN_DEBUG          1: error pages show the code. Never where others sign in
BARTIZAN_LANGUAGE       language of those whose browser asks for none we have   en-gb
BARTIZAN_TIME_ZONE      time zone of dates and clocks                           UTC
======================  ======================================================  ==================
"""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from bartizan.site.assets import NPM_FILES as NPM_FILES

ROOT = Path(__file__).resolve().parent.parent
NPM_ROOT = ROOT / "node_modules"
DATA = Path(os.environ.get("BARTIZAN_DATA", "var")).resolve()
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)


def secret_key() -> str:
    """The key that signs cookies and links: made once, kept beside the database."""
    path = DATA / "secret.key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(key := get_random_secret_key())
    return key


SECRET_KEY = secret_key()
DEBUG = os.environ.get("BARTIZAN_DEBUG") == "1"
HTTPS = os.environ.get("BARTIZAN_HTTPS") == "1"
SECOND_FACTOR_REQUIRED = os.environ.get("BARTIZAN_SECOND_FACTOR") == "required"
ALLOWED_HOSTS = os.environ.get("BARTIZAN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

# -- the rooms, from the ground up ------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_filters",
    "django_htmx",
    "template_partials",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "bartizan.ground.trail",
    "bartizan.ground.people",
    "bartizan.ground.records",
    "bartizan.ground.documents",
    "bartizan.chain",
    "bartizan.clauses.context",
    "bartizan.clauses.leadership",
    "bartizan.clauses.planning",
    "bartizan.clauses.support",
    "bartizan.clauses.operation",
    "bartizan.conformity",
    "bartizan.api",
    "bartizan.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bartizan.ground.people.requests.KeptByNobody",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "bartizan.ground.people.requests.NoNull",
    "django.middleware.csrf.CsrfViewMiddleware",
    "bartizan.ground.people.sessions.IdleSessions",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "bartizan.ground.people.watch.Refusals",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "bartizan.site.second_factor.SecondFactorRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "bartizan.urls"
WSGI_APPLICATION = "bartizan.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bartizan.site.navigation.navigation",
            ],
        },
    }
]

# -- the database -----------------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{DATA / 'bartizan.sqlite3'}",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What is acknowledged is on the disk (synchronous=FULL), and writers wait their turn from their
# first statement on (IMMEDIATE) instead of failing at their first write.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # Statements it has read once and need not read again: verdicts alone take some six hundred.
    "cached_statements": 1000,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA secure_delete=ON;"
    ),
}
POSTGRESQL_OPTIONS = {
    # It takes every disk for one whose head has to move: it then reads all records in their order,
    # past hundreds of thousands of other kinds, where the index of one kind has the page ready.
    "options": "-c random_page_cost=1.1",
    # A list of a page takes it longer to plan than to read. What a connection has asked five times
    # is prepared; for that, values must travel beside the statement and not within it.
    "server_side_binding": True,
    "prepare_threshold": 5,
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
elif DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("it is kept in SQLite or PostgreSQL, and this names neither")
else:
    DATABASES["default"]["OPTIONS"] = POSTGRESQL_OPTIONS | DATABASES["default"].get("OPTIONS", {})

# -- the trail, the files ---------------------------------------------------------------------

TRAIL_KEY = DATA / "trail.key"
TRAIL_ORIGIN = "bartizan"
MEDIA_ROOT = DATA / "files"
ATTACHMENT_LIMIT = 25 * 1024 * 1024  # bytes
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# -- who signs in -----------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Person"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "bartizan.ground.people.passwords.NoNamesOfOurs"},
    {"NAME": "bartizan.ground.people.passwords.NotTooLong"},
]
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds from signing in, whatever happens meanwhile
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Of this prefix browsers take cookies over HTTPS alone, and from no host but the one they are for.
PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{PREFIX}csrftoken"
# In the session, which ends: a cookie would keep what was said of a record after signing out.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"

# Rate limits must hold for all processes together, so the cache is a table, not memory.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "bartizan_cache",
        # Counted tries and used codes are not to be pushed out by many others.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Errors, and what happens at the door, go to standard error; Django would tell of an error in
# nothing but a mail. Of addresses that were refused it would write down one-time links too.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "format": "{asctime} {levelname} {name}: {message}",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
            "style": "{",
        }
    },
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "bartizan": {"handlers": ["lines"], "level": "INFO"},
        "django": {"handlers": ["lines"], "level": "ERROR"},
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# -- the API ----------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "bartizan.api.access.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["bartizan.api.access.Authority"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["bartizan.api.parsing.KeepableJSON"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "bartizan.api.errors.answered",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Bartizan",
    "VERSION": "1",
    "DESCRIPTION": "Registers, verdicts and proofs of a security management system.",
    "SERVE_INCLUDE_SCHEMA": False,
    "DEFAULT_GENERATOR_CLASS": "bartizan.api.schema.Schema",
    "SERVE_PERMISSIONS": ["bartizan.api.access.Authority"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # One name for a choice that several kinds share.
    "ENUM_NAME_OVERRIDES": {
        "Sensitivity": "bartizan.ground.people.models.Sensitivity",
        "Origin": "bartizan.clauses.context.models.issues.ContextIssue.Origin",
        "SourceOfRisk": "bartizan.clauses.planning.models.threats.Origin",
        "ProgrammeOrigin": "bartizan.clauses.planning.models.programmes.Programme.Origin",
        "Level": "bartizan.ground.documents.models.keeping.DocumentClass.Level",
    },
}

# -- words, dates, static files ---------------------------------------------------------------

# The languages there are catalogues for. English is written the British way, dates too.
LANGUAGES = [("en-gb", "English")]
LANGUAGE_CODE = os.environ.get("BARTIZAN_LANGUAGE", "en-gb")
TIME_ZONE = os.environ.get("BARTIZAN_TIME_ZONE", "UTC")
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = ROOT / "build" / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "bartizan.site.assets.NpmFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "bartizan.site.assets.StaticFiles"},
}

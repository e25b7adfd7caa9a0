"""Settings of the web framework. Nothing here is a district's choice; those are dated policy rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import django_stubs_ext

from bihuan.conf import env, postgres
from bihuan.conf.address import Address

django_stubs_ext.monkeypatch()

ENVIRONMENT = env.current()
PACKAGE = Path(__file__).resolve().parent.parent

BIHUAN_DATA = ENVIRONMENT.data
BIHUAN_DEMO = ENVIRONMENT.demo
BIHUAN_DEMO_CODE = ENVIRONMENT.demo_code

SECRET_KEY = env.secret_key()
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", *(() if ENVIRONMENT.demo else ENVIRONMENT.hosts)]

INSTALLED_APPS = [
    "bihuan.conf",
    "bihuan.reporting",
    "bihuan.capabilities.hazards",
    "bihuan.capabilities.dispatch",
    "bihuan.capabilities.responsibility.naming",
    "bihuan.capabilities.responsibility.gaps",
    "bihuan.capabilities.responsibility.duties",
    "bihuan.capabilities.responsibility.committees",
    "bihuan.capabilities.responsibility.letters",
    "bihuan.capabilities.dispatch.papers",
    "bihuan.capabilities.dispatch.meetings",
    "bihuan.capabilities.dispatch.campaigns",
    "bihuan.capabilities.dispatch.windows",
    "bihuan.capabilities.dispatch.weekly",
    "bihuan.capabilities.inspections",
    "bihuan.capabilities.inspections.planning",
    "bihuan.capabilities.enforcement",
    "bihuan.capabilities.enforcement.measures",
    "bihuan.capabilities.enforcement.crackdown",
    "bihuan.capabilities.enforcement.disclosure",
    "bihuan.capabilities.accidents",
    "bihuan.capabilities.tipoffs",
    "bihuan.capabilities.tipoffs.public",
    "bihuan.registers.officers",
    "bihuan.registers.checklists",
    "bihuan.registers.economy",
    "bihuan.registers.instruments",
    "bihuan.registers",
    "bihuan.kernel.web",
    "bihuan.kernel.documents",
    "bihuan.kernel.workbooks",
    "bihuan.kernel.figures",
    "bihuan.kernel.expectations",
    "bihuan.kernel.loops",
    "bihuan.kernel.signatures",
    "bihuan.kernel.numbering",
    "bihuan.kernel.policies",
    "bihuan.kernel.exchange",
    "bihuan.kernel.attachments",
    "bihuan.kernel.responsibility",
    "bihuan.kernel.objects",
    "bihuan.kernel.people",
    "bihuan.kernel.territory",
    "bihuan.kernel.record",
    "bihuan.kernel.vault",
    "bihuan.kernel.calendar",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_htmx",
    "procrastinate.contrib.django",
    "bihuan.wiring.Wiring",
]

MIDDLEWARE = [
    "bihuan.conf.demo_only.RefuseForwarded",
    "django.middleware.security.SecurityMiddleware",
    "bihuan.kernel.web.headers.PageHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "bihuan.kernel.web.signin.PasswordFirst",
    "bihuan.kernel.web.refusals.Refusals",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "bihuan.conf.urls"
WSGI_APPLICATION = "bihuan.conf.wsgi.application"
ASGI_APPLICATION = "bihuan.conf.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bihuan.kernel.web.frame.frame",
            ],
        },
    }
]

POOL = {"min_size": 1, "max_size": 8, "timeout": 3}
_address = (
    Address.parse(ENVIRONMENT.database_url)
    if ENVIRONMENT.database_url
    else postgres.address(ENVIRONMENT.postgres)
)
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **_address.django(),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**_address.options, **({"pool": POOL} if ENVIRONMENT.pooled else {})},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_HANDLER = "bihuan.kernel.web.lockout.LockoutHandler"
AXES_CLIENT_IP_CALLABLE = "bihuan.kernel.web.lockout.client_address"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "bihuan.kernel.web.signin.locked_out"
BIHUAN_ADDRESS_LIMIT = 30
BIHUAN_BEHIND_PROXY = not ENVIRONMENT.demo and bool(ENVIRONMENT.hosts or ENVIRONMENT.https)

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "bihuan_demo_session" if BIHUAN_DEMO else "bihuan_session"
CSRF_COOKIE_NAME = "bihuan_demo_csrf" if BIHUAN_DEMO else "bihuan_csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.https
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ENVIRONMENT.hosts] if ENVIRONMENT.https else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.https else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [PACKAGE / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "bihuan": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}

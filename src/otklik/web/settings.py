"""Settings of the web application; everything an installation may change comes from its environment."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from otklik.base.text import LANGUAGES as KNOWN_LANGUAGES
from otklik.base.text import LOCALE_FOLDER
from otklik.web.data_folder import DataFolder
from otklik.web.database import database, take_current_sqlite

take_current_sqlite()


def flag(name: str, default: bool = False) -> bool:
    """Read a switch from the environment: 1, true, yes, on."""
    return os.environ.get(name, str(default)).strip().lower() in ("1", "true", "yes", "on")


def listed(name: str) -> list[str]:
    """Read a list separated by commas from the environment."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


WEB = Path(__file__).resolve().parent
DATA = DataFolder.from_environment()
DEBUG = False
SECRET_KEY = os.environ.get("OTKLIK_SECRET_KEY") or DATA.secret_key()
SECRET_KEY_FALLBACKS = listed("OTKLIK_SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = listed("OTKLIK_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
BASE_URL = os.environ.get("OTKLIK_URL", "http://127.0.0.1:8000").rstrip("/")
BEHIND_TLS = BASE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "otklik.web.accounts",
    "otklik.web.jobs",
    "otklik.web.calendars",
    "otklik.web.sources",
    "otklik.web.speed",
    "otklik.web.sharing",
    "otklik.web.goals",
    "otklik.web.api",
]
MIDDLEWARE = [
    "otklik.web.middleware.RequestNumber",
    "otklik.web.api.request_metrics.Timed",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "otklik.web.middleware.Language",
    "otklik.web.accounts.middleware.CompanyWords",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "otklik.web.accounts.middleware.KnownBrowser",
    "otklik.web.accounts.middleware.Seen",
    "otklik.web.accounts.middleware.SecondFactorWanted",
    "otklik.web.middleware.Rights",
    "otklik.web.middleware.PlainErrors",
]
ROOT_URLCONF = "otklik.web.urls"
WSGI_APPLICATION = "otklik.web.wsgi.application"
APPS_WITH_TEMPLATES = ("shell", "accounts", "sources", "speed", "calendars", "sharing", "goals", "api", "jobs")
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [WEB / app / "templates" for app in APPS_WITH_TEMPLATES],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "otklik.web.templating.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "otklik.web.templating.shell",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]
DATABASES = {"default": database(os.environ.get("DATABASE_URL"), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "otklik.web.accounts.adapter.ClosedDoor"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Otklik: "
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = {"login": None, "signup": None, "login_failed": "5/5m/key", "reset_password": "20/m/ip,5/h/key"}
"""Passwords are counted in accounts.limits, by account and address; `login_failed` counts codes of the second step."""
LOGIN_FLOOD_TRIES = max(1, int(os.environ.get("OTKLIK_LOGIN_FLOOD_TRIES", "100")))
LOGIN_FLOOD_MINUTES = max(1, int(os.environ.get("OTKLIK_LOGIN_FLOOD_MINUTES", "5")))
"""When more tries than these failed within these minutes, whoever and wherever, unknown browsers have to wait."""
ACCOUNT_FORMS = {
    "login": "otklik.web.accounts.forms.login.LogIn",
    "change_password": "otklik.web.accounts.forms.login.ChangePassword",
    "set_password": "otklik.web.accounts.forms.login.SetPassword",
    "reset_password": "otklik.web.accounts.forms.login.AskForReset",
    "reset_password_from_key": "otklik.web.accounts.forms.login.NewPassword",
    "reauthenticate": "otklik.web.accounts.forms.login.Confirm",
}
PASSWORD_RESET_TIMEOUT = 86_400
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "otklik.web.accounts.forms.login.SecondStep",
    "reauthenticate": "otklik.web.accounts.forms.login.ConfirmByCode",
    "activate_totp": "otklik.web.accounts.forms.login.SwitchOn",
    "deactivate_totp": "otklik.web.accounts.forms.login.SwitchOff",
    "generate_recovery_codes": "otklik.web.accounts.forms.login.NewCodes",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an address is proven by the invitation
MFA_TOTP_ISSUER = "Otklik"
MFA_ADAPTER = "otklik.web.accounts.adapter.SecondFactor"

SESSION_COOKIE_AGE = 14 * 86_400
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_NAME = "__Host-session" if BEHIND_TLS else "otklik_session"
CSRF_COOKIE_NAME = "__Host-csrf" if BEHIND_TLS else "otklik_csrf"
CSRF_COOKIE_HTTPONLY = True
KNOWN_BROWSER_COOKIE_NAME = "__Host-browser" if BEHIND_TLS else "otklik_browser"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "otklik.web.errors.stale_form"
SECURE_SSL_REDIRECT = flag("OTKLIK_REDIRECT_TO_TLS")
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("OTKLIK_BEHIND_PROXY") else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
DATA_UPLOAD_MAX_NUMBER_FILES = 200
FILE_UPLOAD_HANDLERS = ["otklik.web.receiving.SmallFiles"]
FILE_UPLOAD_TEMP_DIR = str(DATA.uploads)
UPLOAD_MAX_BYTES = int(os.environ.get("OTKLIK_UPLOAD_MIB", "2048")) * 2**20
"""All files of one upload together."""
READING_MEMORY_MIB = int(os.environ.get("OTKLIK_READING_MIB", "4096"))
READING_CPU_S = int(os.environ.get("OTKLIK_READING_CPU_S", "600"))
"""What the child that reads an upload may take."""
FILE_UPLOAD_PERMISSIONS = 0o600

LANGUAGE_CODE = os.environ.get("OTKLIK_LANG", "en")
LANGUAGES = [("en", "English"), ("ru", "Русский")]
assert {code for code, _ in LANGUAGES} == set(KNOWN_LANGUAGES)
LOCALE_PATHS = [LOCALE_FOLDER]
LANGUAGE_COOKIE_NAME = "__Host-language" if BEHIND_TLS else "otklik_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATICFILES_DIRS = [WEB / "static"]
STATIC_ROOT = DATA.static
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

FETCH_NETWORKS = listed("OTKLIK_FETCH_NETWORKS")
"""Networks (CIDR) inside the company that webhooks may call although they are not public."""
FETCH_PORTS = [int(port) for port in listed("OTKLIK_FETCH_PORTS") or ("80", "443", "8080", "8443")]
TELEGRAM_URL = os.environ.get("OTKLIK_TELEGRAM_URL", "https://api.telegram.org").rstrip("/")
"""Where bots are spoken to; who runs a server for bots of their own names it, and its network and port above."""
PUSH_BYTES = int(os.environ.get("OTKLIK_PUSH_BYTES", str(64 * 2**20)))
"""The longest body of one push; unzipped it may be eight times as long."""
PUSHES_A_MINUTE = int(os.environ.get("OTKLIK_PUSHES_A_MINUTE", "120"))
READS_A_MINUTE = int(os.environ.get("OTKLIK_READS_A_MINUTE", "600"))
METRICS_ON_LOOPBACK = flag("OTKLIK_METRICS_ON_LOOPBACK")
"""Show /metrics to programs on this machine without a token; leave it off behind a proxy on the same machine."""

EMAIL_HOST = os.environ.get("OTKLIK_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("OTKLIK_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("OTKLIK_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("OTKLIK_SMTP_PASSWORD", "")
EMAIL_USE_TLS = flag("OTKLIK_SMTP_STARTTLS")
EMAIL_USE_SSL = flag("OTKLIK_SMTP_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("OTKLIK_MAIL_FROM", "otklik@localhost")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "django.core.mail.backends.console.EmailBackend"
)

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "otklik_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # counts of tries and used codes lie here: few places would be swept clean
    }
}
TEST_RUNNER = "django.test.runner.DiscoverRunner"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "otklik.web.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("OTKLIK_LOG_LEVEL", "INFO")},
    "loggers": {"django.server": {"propagate": True}},
}

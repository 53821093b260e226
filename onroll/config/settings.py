"""Every setting, read from the environment (docs/running.md lists the variables).

`ONROLL_MODE` is `production` unless said otherwise. `demo` and `test` relax only what plain http on
this very machine cannot do: secure cookies, the redirect to https, and HSTS.
"""

import re
import secrets
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from onroll.config import logs, postgres
from onroll.config.database import settings_for
from onroll.config.env import (
    UUID,
    BadSetting,
    env_bool,
    env_choice,
    env_hours,
    env_int,
    env_known,
    env_list,
    env_secret,
    env_socket,
    env_text,
    env_uuid,
)
from onroll.rules.letters import LetterError
from onroll.rules.letters import load as load_letters
from onroll.rules.policy_file import PolicyError
from onroll.rules.policy_file import load as load_policy

# Mode, secrets and hosts

MODE = env_choice(
    "ONROLL_MODE",
    "production",
    ("production", "demo", "test"),
    "`production`, `demo` (made-up children, plain http on this machine) or `test`.",
)
IS_PRODUCTION = MODE == "production"
IS_DEMO = MODE == "demo"
DEBUG = False

SECRET_KEY = env_secret(
    "ONROLL_SECRET_KEY", "Signs cookies and links; at least 50 random characters.", shortest=50
)
if not SECRET_KEY:
    if IS_PRODUCTION:
        raise BadSetting(
            "Set ONROLL_SECRET_KEY (or ONROLL_SECRET_KEY_FILE) to at least 50 random characters;"
            " to reach the demo's data instead, set ONROLL_MODE=demo."
        )
    SECRET_KEY = secrets.token_urlsafe(50)
SECRET_KEY_FALLBACKS = env_list(
    "ONROLL_OLD_SECRET_KEYS", "", "Earlier secret keys, still accepted while you change them."
)

ALLOWED_HOSTS = env_list(
    "ONROLL_HOSTS", "", "The names the service answers to, with commas. Needed in production."
)
if not ALLOWED_HOSTS:
    if IS_PRODUCTION:
        raise BadSetting(
            "Set ONROLL_HOSTS to the name of the service, such as children.example.gov.uk."
        )
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
BASE_URL = env_text(
    "ONROLL_BASE_URL",
    f"https://{ALLOWED_HOSTS[0].lstrip('.')}" if IS_PRODUCTION else "http://127.0.0.1:8000",
    "The service's address in messages; in production the first of ONROLL_HOSTS.",
).rstrip("/")

# The local policy: an authority's name, colour, contacts and local numbers

POLICY = env_text(
    "ONROLL_POLICY", "", "Your authority's policy file (TOML). Without it, the policy of Harrow."
)

LETTERS = env_text(
    "ONROLL_LETTERS", "", "Your authority's letters to families (TOML). Without it, Onroll's own."
)

DROP_FOLDER = env_text(
    "ONROLL_DROP_FOLDER", "", "A folder where files from S2S are put to be taken in."
)

if POLICY:
    try:
        load_policy(Path(POLICY))
    except (PolicyError, OSError) as error:
        raise BadSetting(f"ONROLL_POLICY: {error}") from None
if LETTERS:
    try:
        load_letters(Path(LETTERS))
    except LetterError as error:
        raise BadSetting(f"ONROLL_LETTERS: {error}") from None

# Database

STATEMENT_SECONDS = env_int(
    "ONROLL_STATEMENT_SECONDS", 15, "Longest a database statement may run.", low=1, high=3600
)
OPEN_SECONDS = env_int(
    "ONROLL_OPEN_TRANSACTION_SECONDS",
    30,
    "Longest a transaction may stay open doing nothing.",
    low=1,
    high=3600,
)
DATABASE_URL = env_secret(
    "DATABASE_URL",
    "PostgreSQL for web and worker, as the role `onroll_app`. Without it, the embedded server.",
)
POOL = env_int("ONROLL_POOL", 8, "Most database connections each process keeps.", low=1, high=100)
DATABASES = {
    "default": settings_for(
        DATABASE_URL or postgres.Server(postgres.default_home()).url(),
        statement_seconds=STATEMENT_SECONDS,
        idle_seconds=OPEN_SECONDS,
        pool=0 if MODE == "test" else POOL,
        verify=IS_PRODUCTION,
    )
}
env_known("DATABASE_OWNER_URL", "The same as the role `onroll_owner`, for `onroll migrate` only.")
env_known("ONROLL_DATA", "Where the embedded server keeps its data; `.data` in the checkout.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {  # shared by all processes, so that limits on sign-in attempts hold
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "onroll_cache",
        # With Django's 300, a flood of made-up addresses would push the counts of others out.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

# Applications

OWN_APPS = [
    "onroll.govuk",
    "onroll.audit",
    "onroll.receipts",
    "onroll.senders",
    "onroll.accounts",
    "onroll.documents",
    "onroll.messages",
    "onroll.drafts",
    "onroll.postcodes",
    "onroll.schools",
    "onroll.children",
    "onroll.clocks",
    "onroll.cases",
    "onroll.agencies",
    "onroll.enquiries",
    "onroll.glass",
    "onroll.letters",
    "onroll.sharing",
    "onroll.admissions",
    "onroll.referrals",
    "onroll.record",
    "onroll.advice",
    "onroll.meetings",
    "onroll.case_audits",
    "onroll.intake",
    "onroll.lists",
    "onroll.reports",
    "onroll.duplicates",
    "onroll.casefile",
    "onroll.diary",
]
if not IS_PRODUCTION:
    OWN_APPS.append("onroll.demo")
INSTALLED_APPS = [
    *OWN_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # allauth's list of security keys asks for it
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "onroll.config.middleware.no_store",
    "onroll.config.middleware.no_nul",
    "onroll.accounts.middleware.known_methods",
    "onroll.config.nul.DropNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "onroll.accounts.middleware.known_size",
    "onroll.audit.middleware.Context",  # the transaction of the request: all below happens in it
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "onroll.accounts.middleware.session_limits",
    "onroll.accounts.middleware.stated_reason",
    "onroll.glass.middleware.opened",
    "onroll.accounts.middleware.SignIn",
    "onroll.accounts.middleware.Walls",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "onroll.receipts.middleware.SubmitOnce",  # last: what no wall has stopped is done once
]
WITHOUT_DATABASE = frozenset({"/health/"})  # must answer when the database is down
ROOT_URLCONF = "onroll.config.urls"
PAGES_AT_ONCE = env_int("ONROLL_PAGES_AT_ONCE", 4, "Pages that a process works on.", low=1, high=64)
WEB_PROCESSES = env_int("ONROLL_WEB_PROCESSES", 2, "Processes that answer pages.", low=1, high=64)
WSGI_APPLICATION = "onroll.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            # `{% csrf_token %}` writes the form's key as well.
            "builtins": ["onroll.receipts.templatetags.form_keys"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "onroll.govuk.languages.reading",
                "onroll.accounts.context.signed_in",
                "onroll.casefile.navigation.frame",
            ],
        },
    }
]
FORM_RENDERER = "onroll.govuk.renderer.FormRenderer"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LATE_MINUTES = env_int(
    "ONROLL_LATE_MINUTES",
    30,
    "Minutes a job may wait before Today and /health/ say that work is late.",
    low=1,
    high=1440,
)

PROCRASTINATE_ON_APP_READY = "onroll.config.jobs.prepare"

DRAFT_DAYS = env_int(
    "ONROLL_DRAFT_DAYS",
    28,
    "Days for which a form that nobody goes on with is kept for its author.",
    low=1,
    high=90,
)

MEGABYTE = 1024 * 1024

# How much one sender without an account may send before it is looked at

SENDER_MINUTES = env_int(
    "ONROLL_SENDER_MINUTES",
    10,
    "Minutes over which forms from one network address are counted.",
    low=1,
    high=60,
)
SENDER_FORMS = env_int(
    "ONROLL_SENDER_FORMS",
    10,
    "Forms of the public that one address may send in that time; more are kept in quarantine.",
    low=1,
    high=100_000,
)
NETWORK_FORMS = env_int(
    "ONROLL_NETWORK_FORMS",
    40,
    "The same for a whole network (/24 of IPv4, /48 of IPv6).",
    low=1,
    high=100_000,
)
SENDER_DRAFTS = env_int(
    "ONROLL_SENDER_DRAFTS",
    2000,
    "Forms that one address may begin in that time; who begins more is asked to ring.",
    low=1,
    high=100_000,
)

SENDER_MAX_SIZE = MEGABYTE * env_int(
    "ONROLL_SENDER_MEGABYTES",
    2000,
    "Most that one address may attach in a day to forms that are not sent yet.",
    low=20,
    high=1_000_000,
)

# Language, time, files

LANGUAGE_CODE = "en-gb"
LANGUAGES = [  # of anyone's pages, each by its name in itself; all others are English
    ("en-gb", "English"),
    ("ar", "العربية"),
    ("gu", "ગુજરાતી"),
    ("pl", "Polski"),
    ("ro", "Română"),
    ("ta", "தமிழ்"),
]
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True  # the built files lie inside the package; nothing has to be collected
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * MEGABYTE  # all of a form but its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = MEGABYTE  # larger ones go to a temporary file
FILE_UPLOAD_PERMISSIONS = 0o600
UPLOAD_MAX_SIZE = MEGABYTE * env_int(
    "ONROLL_UPLOAD_MEGABYTES",
    200,
    "Most that one upload may hold, all its files together.",
    low=3,
    high=2000,
)

# What people attach

DOCUMENT_MAX_SIZE = MEGABYTE * env_int(
    "ONROLL_DOCUMENT_MEGABYTES",
    20,
    "Most that a letter or a picture may hold which somebody attaches.",
    low=1,
    high=200,
)
ATTACHMENTS_MAX_SIZE = min(5 * DOCUMENT_MAX_SIZE + MEGABYTE, UPLOAD_MAX_SIZE)
"""Most that somebody without an account may send at once: five files of the largest size."""
CLAMD = env_socket(
    "ONROLL_CLAMD",
    "ClamAV's clamd: the path of its socket, or host:port. Without it nothing is checked.",
)
CLAMD_MAX_SIZE = MEGABYTE * env_int(
    "ONROLL_CLAMD_MEGABYTES",
    25,
    "The largest file that clamd takes: StreamMaxLength of its clamd.conf.",
    low=1,
    high=2000,
)

# Sign-in and sessions

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "onroll.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to addresses that strangers type in
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by the authority, for addresses it knows
ACCOUNT_FORMS = {
    "login": "onroll.accounts.forms.SignInForm",
    "reauthenticate": "onroll.accounts.forms.PasswordAgainForm",
    "change_password": "onroll.accounts.forms.ChangePasswordForm",
    "set_password": "onroll.accounts.forms.FirstPasswordForm",
    "reset_password": "onroll.accounts.forms.ForgotPasswordForm",
    "reset_password_from_key": "onroll.accounts.forms.NewPasswordForm",
}
ACCOUNT_RATE_LIMITS = {  # docs/adr/0010
    "login": "300/m/ip",  # a flood, not a council whose people all sign in at nine
    "login_failed": None,  # counted by account and address together: onroll.accounts.limits
    "reset_password": "20/m/ip",  # a stranger cannot use up the account's own tries
    "wrong_password": "5/5m/key",
    "wrong_code": "5/5m/key",
    "wrong_code_anywhere": "100/d/key",
    "reset_mail": "3/10m/key",
    "status_look": "20/h/key",
    "status_update": "20/h/key",
    "letter_look": "20/h/key",
    "letter_answer": "10/h/key",
    "diary_feed": "60/h/key",
    "lost_link": "5/h/key",
    "lost_link_from": "30/h/key",
}
MFA_ADAPTER = "onroll.accounts.adapter.SecondFactors"
MFA_FORMS = {
    "authenticate": "onroll.accounts.forms.CodeForm",
    "reauthenticate": "onroll.accounts.forms.CodeAgainForm",
    "activate_totp": "onroll.accounts.forms.AppForm",
    "add_webauthn": "onroll.accounts.forms.PasskeyForm",
    "edit_webauthn": "onroll.accounts.forms.PasskeyNameForm",
    "login_webauthn": "onroll.accounts.forms.PasskeySignInForm",
    "authenticate_webauthn": "onroll.accounts.forms.PasskeyAfterForm",
    "reauthenticate_webauthn": "onroll.accounts.forms.PasskeyAgainForm",
}
MFA_RATE_LIMITS = {"webauthn_login": None}  # a passkey cannot be guessed: no limit keeps it out
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Onroll"
REQUIRE_MFA = env_bool(
    "ONROLL_REQUIRE_MFA",
    IS_PRODUCTION,
    "Whether everyone needs a second factor to see anything; in production always yes.",
)
if IS_PRODUCTION and not REQUIRE_MFA:
    raise BadSetting(
        "ONROLL_REQUIRE_MFA is no; in production everyone needs a second factor. Leave it out."
    )
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
ALLAUTH_TRUSTED_PROXY_COUNT = env_int(
    "ONROLL_PROXIES",
    0,
    "How many proxies of yours stand in front; the first saw the visitor's address.",
    low=0,
    high=9,
)
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "onroll.accounts.passwords.StolenPasswordValidator"},
    {"NAME": f"{VALIDATORS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{VALIDATORS}.NumericPasswordValidator"},
]
SESSION_ENGINE = "onroll.config.sessions"  # in the database, so that one can be ended from here
SESSION_COOKIE_AGE = 60 * env_int(
    "ONROLL_IDLE_MINUTES", 30, "Minutes without a click until you are signed out.", low=1, high=60
)
SESSION_LONGEST = 12 * 60 * 60
SESSION_COOKIE_NAME = "__Host-sessionid" if IS_PRODUCTION else "sessionid"
SESSION_COOKIE_SECURE = IS_PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrftoken" if IS_PRODUCTION else "csrftoken"
CSRF_COOKIE_SECURE = IS_PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "onroll.receipts.pages.opened_too_long_ago"

# Headers

SECURE_SSL_REDIRECT = IS_PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # a load balancer asks over plain http
SECURE_HSTS_SECONDS = 63_072_000 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env_bool(
    "ONROLL_BEHIND_PROXY",
    False,
    "Yes when a proxy in front always overwrites the header X-Forwarded-Proto.",
):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    if IS_PRODUCTION and not ALLAUTH_TRUSTED_PROXY_COUNT:
        raise BadSetting(
            "ONROLL_BEHIND_PROXY is yes; say with ONROLL_PROXIES how many proxies stand in front "
            "(mostly 1). Without it all visitors have one address, and one can lock out another."
        )
# Preload lists take a whole domain, and that is for its owner, the council, to decide.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}

# E-mail

EMAIL_HOST = env_text("ONROLL_EMAIL_HOST", "", "The mail server. Without it, no mail is sent.")
EMAIL_PORT = env_int("ONROLL_EMAIL_PORT", 587, "Its port.", low=1, high=65535)
EMAIL_HOST_USER = env_text("ONROLL_EMAIL_USER", "", "Who signs in to it.")
EMAIL_HOST_PASSWORD = env_secret("ONROLL_EMAIL_PASSWORD", "With what password.")
SENDS_MAIL = bool(EMAIL_HOST)  # a page offers a link by e-mail only where one can be sent
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env_text("ONROLL_EMAIL_FROM", "onroll@localhost", "The sender of mail.")
WITHOUT_MAIL = "console" if IS_DEMO else "dummy"
QUIET_HOURS = env_hours(
    "ONROLL_QUIET_HOURS",
    "21:00-08:00",
    "Hours in which nobody is sent what can wait until the morning; `none` for no such hours.",
)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else WITHOUT_MAIL}.EmailBackend"

# GOV.UK Notify

NOTIFY_KEY = env_secret(
    "ONROLL_NOTIFY_KEY", "The API key of your service at GOV.UK Notify, for email or texts by it."
)
NOTIFY_EMAIL_TEMPLATE = env_uuid(
    "ONROLL_NOTIFY_EMAIL_TEMPLATE",
    "The template at Notify for email: subject ((subject)), message ((body)). Then no email goes "
    "by ONROLL_EMAIL_HOST but links for sign-in.",
)
NOTIFY_SMS_TEMPLATE = env_uuid(
    "ONROLL_NOTIFY_SMS_TEMPLATE", "The template at Notify for texts: message ((body))."
)
NOTIFY_URL = env_text(
    "ONROLL_NOTIFY_URL", "https://api.notifications.service.gov.uk", "Where Notify is reached."
)
SENDS_TEXTS = bool(NOTIFY_SMS_TEMPLATE)  # a form asks whether a text may be sent only where one can
if bool(NOTIFY_KEY) != bool(NOTIFY_EMAIL_TEMPLATE or NOTIFY_SMS_TEMPLATE):
    raise BadSetting(
        "Set ONROLL_NOTIFY_KEY and at least one of ONROLL_NOTIFY_EMAIL_TEMPLATE and "
        "ONROLL_NOTIFY_SMS_TEMPLATE, or none of them."
    )
if NOTIFY_KEY and not re.search(rf"{UUID}-{UUID}$", NOTIFY_KEY):
    raise BadSetting("ONROLL_NOTIFY_KEY is not an API key of GOV.UK Notify: copy it whole.")

# Logs: JSON lines without personal data

LOGGING_CONFIG = None
logs.set_up(
    env_choice(
        "ONROLL_LOG_LEVEL",
        "WARNING" if IS_DEMO else "INFO",
        ("DEBUG", "INFO", "WARNING", "ERROR"),
        "How much is logged.",
    )
)

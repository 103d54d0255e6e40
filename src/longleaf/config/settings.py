"""Every setting of Longleaf, in one file.

Development runs with nothing set. Production sets `LONGLEAF_PRODUCTION=yes` and is refused by `config.checks` as long
as a development value is left. Each variable is described in docs/reference/settings.md.
"""

from __future__ import annotations

from pathlib import Path

from longleaf.config import database, env, evidence_storage

PACKAGE = Path(__file__).resolve().parent.parent
VAR = Path(env.text("LONGLEAF_VAR", str(Path.cwd() / "var"))).resolve()

PRODUCTION = env.yes_or_no("LONGLEAF_PRODUCTION", default=False)
DEMO = env.yes_or_no("LONGLEAF_DEMO", default=False)
DEBUG = env.yes_or_no("LONGLEAF_DEBUG", default=False)

# --- Where it stands -------------------------------------------------------------------------------------------------

# Badges carry this address for as long as they live: it is one setting and never taken from a request.
PUBLIC_URL = env.text("LONGLEAF_PUBLIC_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.words("LONGLEAF_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
# The state whose pack gives this installation its words and colours.
STATE = env.text("LONGLEAF_STATE", "nc")
# What the demonstration loads and acts out.
DEMO_PACK = Path(env.text("LONGLEAF_DEMO_PACK", f"states/{STATE}"))
DEMO_SCRIPT = Path(env.text("LONGLEAF_DEMO_SCRIPT", f"demonstrations/{STATE}.yaml"))

# --- Secrets ---------------------------------------------------------------------------------------------------------

DEVELOPMENT_SECRET = "development-only: production refuses to start on this value"  # noqa: S105 (refused by a check)
SECRET_KEY = env.text("LONGLEAF_SECRET_KEY", DEVELOPMENT_SECRET)
# Encrypts issuers' private keys at rest. Losing it means losing the keys, so it is not the same as SECRET_KEY.
KEY_ENCRYPTION_SECRET = env.text("LONGLEAF_KEY_ENCRYPTION_SECRET", DEVELOPMENT_SECRET)
# Opens what is not yet sealed under the secret above (`longleaf keys reseal`). Empty, but while it is changed.
KEY_ENCRYPTION_SECRET_BEFORE = env.text("LONGLEAF_KEY_ENCRYPTION_SECRET_BEFORE", "")
# Where new keys of issuers are made and kept: a class as longleaf.awards.keys.custody describes it.
KEY_CUSTODY = env.text("LONGLEAF_KEY_CUSTODY", "longleaf.awards.keys.custody.Sealed")

# --- Apps, floor by floor from the roof down -------------------------------------------------------------------------

OWN_APPS = [
    "longleaf.web",
    "longleaf.demo",
    "longleaf.states",
    "longleaf.recognition",
    "longleaf.assessment",
    "longleaf.quality",
    "longleaf.awards",
    "longleaf.panels",
    "longleaf.catalog",
    "longleaf.frameworks",
    "longleaf.reminders",
    "longleaf.directory",
    "longleaf.journal",
    "longleaf.kit",
]
INSTALLED_APPS = [
    *OWN_APPS,
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "longleaf.kit.middleware.OneLook",
    "csp.middleware.CSPMiddleware",
    "longleaf.kit.middleware.PlainText",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "longleaf.kit.middleware.PrivatePages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "longleaf.kit.middleware.ErrorPages",
]
ROOT_URLCONF = "longleaf.config.urls"
WSGI_APPLICATION = "longleaf.config.wsgi.application"

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.messages.context_processors.messages",
    "longleaf.web.navigation.page_context",
]
TEMPLATES = [
    {
        # Ours: a page costs a quarter of what it costs in Django's own language, and macros are real components.
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / app.removeprefix("longleaf.") / "templates" for app in OWN_APPS],
        "OPTIONS": {
            "environment": "longleaf.kit.jinja.environment",
            "context_processors": CONTEXT_PROCESSORS,
        },
    },
    {
        # Only for what a dependency brings along.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    },
]
FORM_RENDERER = "longleaf.kit.forms.PageFormRenderer"

# --- Data ------------------------------------------------------------------------------------------------------------

DATABASES = {"default": database.settings_for(env.text("DATABASE_URL", f"sqlite:///{VAR}/longleaf.sqlite3"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = VAR / "evidence"
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    # A folder of this machine, or an S3-compatible store that all machines share.
    "default": evidence_storage.settings_for(
        env.text("LONGLEAF_S3_BUCKET", ""),
        endpoint=env.text("LONGLEAF_S3_ENDPOINT", ""),
        region=env.text("LONGLEAF_S3_REGION", ""),
        key=env.text("LONGLEAF_S3_KEY", ""),
        secret=env.text("LONGLEAF_S3_SECRET", ""),
    ),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
        if env.yes_or_no("LONGLEAF_HASHED_STATIC", default=PRODUCTION or DEMO)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# One chunk of a resumable upload: short bodies keep a slow phone from holding a worker.
UPLOAD_CHUNK_BYTES = 1024 * 1024
# What the files of one attempt may take in all its rounds; 0 is no limit.
EVIDENCE_BYTES_AN_ATTEMPT = env.number("LONGLEAF_EVIDENCE_MEGABYTES_AN_ATTEMPT", 5000) * 1024 * 1024
# Where clamd listens, as host:port or the path of a socket; empty is no scanning.
CLAMD = env.text("LONGLEAF_CLAMD", "")
# While it does not answer, files `wait` or are taken unscanned (`take`).
CLAMD_UNREACHABLE = env.one_of("LONGLEAF_CLAMD_UNREACHABLE", "wait", ("wait", "take"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

# --- People ----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "directory.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "longleaf.web.sign_in.AccountAdapter"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Nobody is written to who is not enrolled: a form on our pages must not send mail to strangers.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"

# --- Mail ------------------------------------------------------------------------------------------------------------

# Without a host, mail is printed where the server runs.
EMAIL_HOST = env.text("LONGLEAF_EMAIL_HOST", "")
EMAIL_PORT = env.number("LONGLEAF_EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("LONGLEAF_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("LONGLEAF_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.yes_or_no("LONGLEAF_EMAIL_TLS", default=True)
DEFAULT_FROM_EMAIL = env.text("LONGLEAF_EMAIL_FROM", "longleaf@localhost")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"

# --- Background work -------------------------------------------------------------------------------------------------

# Each is a function that claims what is due, does it, and says how many it did (longleaf.kit.working).
CHORES = [
    "longleaf.awards.tasks.sign_queued_awards",
    "longleaf.awards.tasks.award_listed_people",
    "longleaf.awards.tasks.keep_endorsements",
    "longleaf.awards.tasks.sign_anew_after_compromise",
    "longleaf.assessment.tasks.release_expired_assignments",
    "longleaf.assessment.tasks.forget_abandoned_uploads",
    "longleaf.assessment.tasks.check_waiting_uploads",
    "longleaf.assessment.tasks.keep_readers_calibrated",
    "longleaf.assessment.tasks.read_arrived_files",
    "longleaf.assessment.tasks.forget_due_rosters",
    "longleaf.assessment.tasks.compare_handed_in",
    "longleaf.assessment.tasks.let_go_once_a_day",
    "longleaf.quality.tasks.end_talks",
    "longleaf.quality.tasks.look_at_figures",
    "longleaf.quality.tasks.try_links",
    "longleaf.assessment.tasks.write_to_mentors",
    "longleaf.assessment.tasks.write_to_teams",
    "longleaf.assessment.tasks.promise_anew",
    "longleaf.recognition.portability.tasks.write_to_earners",
    "longleaf.recognition.portability.tasks.look_again",
    "longleaf.recognition.rewards.tasks.see_what_is_earned",
    "longleaf.recognition.tasks.count_units",
    "longleaf.recognition.tasks.run_policy_labs",
    "longleaf.recognition.tasks.let_documents_go",
    "longleaf.reminders.tasks.remind",
]
# What goes by itself after a time (longleaf.assessment.retention.kinds). A room adds its own here.
RETENTION_KINDS = [
    "longleaf.assessment.retention.work.DRAFTS",
    "longleaf.assessment.retention.work.WITHDRAWN",
    "longleaf.assessment.retention.work.FILES",
    "longleaf.assessment.retention.work.TEXTS",
    "longleaf.assessment.retention.work.CONSENTS",
    "longleaf.assessment.retention.work.APPEALS",
    "longleaf.assessment.retention.work.COMMENTS",
    "longleaf.assessment.retention.rows.ROSTERS",
    "longleaf.assessment.retention.rows.UNFINISHED",
    "longleaf.assessment.retention.rows.NOT_TAKEN_FILES",
    "longleaf.assessment.retention.rows.UNUSED",
    "longleaf.assessment.retention.rows.TAKEN_AWAY",
    "longleaf.assessment.retention.rows.NOTES",
    "longleaf.assessment.retention.rows.TEAMS",
    "longleaf.assessment.retention.rows.PRINTS",
    "longleaf.assessment.retention.rows.SAMPLES_SET_ASIDE",
    "longleaf.assessment.retention.rows.APPLICATIONS_GIVEN_UP",
    "longleaf.assessment.retention.rows.APPLICATION_DOCUMENTS",
]
# Who is to be reminded of which clocks: tuples of longleaf.reminders.sources.Source.
REMINDERS = [
    "longleaf.panels.reminding.REMINDERS",
    "longleaf.quality.agencies.reminding.REMINDERS",
    "longleaf.quality.monitoring.reminding.REMINDERS",
    "longleaf.quality.reviewing.reminding.REMINDERS",
    "longleaf.assessment.reminding.REMINDERS",
    "longleaf.recognition.portability.reminding.REMINDERS",
    "longleaf.recognition.credit_requests.reminding.REMINDERS",
    "longleaf.recognition.rewards.reminding.REMINDERS",
]
# The embedded default works inside the web process; a larger installation runs `longleaf work` as often as wanted.
WORK_IN_PROCESS = env.yes_or_no("LONGLEAF_WORK_IN_PROCESS", default=not PRODUCTION)

# What is worked out from decided facts holds until this tells another decision (longleaf.kit.keeping).
REVISION = "longleaf.journal.queries.latest_digest"

# --- What upper floors add to the pages of lower ones (longleaf.kit.asides) -------------------------------------------

MICRO_CREDENTIAL_ASIDES = [
    "longleaf.assessment.asides.my_attempt",
    "longleaf.assessment.anchors.asides.anchors_of",
    "longleaf.recognition.asides.worth_to_me",
    "longleaf.recognition.credit_requests.asides.approval_beforehand",
    "longleaf.recognition.rewards.asides.what_you_get",
    "longleaf.recognition.asides.in_other_states",
    "longleaf.quality.asides.recognised_by",
    "longleaf.catalog.studio.asides.take_further",
]
# What upper floors do when somebody is given a role: (held, acting_person), in the same transaction.
WITH_A_ROLE = ["longleaf.panels.pool.joining.join_with_role"]
# What upper floors do when a version is published from a draft: (version), in the same transaction.
WITH_A_VERSION = ["longleaf.recognition.noting.note_what_counts"]
# What upper floors do when an attempt begins: (attempt), in the same transaction.
WITH_AN_ATTEMPT = ["longleaf.recognition.rewards.promising.ask_with_attempt"]
# What a panel of each kind judges, in words: subjects -> titles by subject.
SUBJECT_TITLES = {
    "submission": "longleaf.assessment.titles.titles_of",
    "quality": "longleaf.quality.reviewing.queries.titles_of",
}
# Which evidence of panels of each kind is still whole: references -> those of which nothing has gone.
EVIDENCE_STILL_THERE = {"submission": "longleaf.assessment.retention.queries.still_whole"}
# What lists of the catalog mark: versions -> a word by the key of each that is marked.
CATALOG_MARKS = "longleaf.quality.marking.closed_marks"
# What is done on each version, in numbers: (window, issuer) -> Work (longleaf.quality.monitoring.sources).
MONITORED_WORK = "longleaf.assessment.monitoring.work_in"
# What panels of each kind read to which somebody came too near to be told who reads it: person -> subjects.
SUBJECTS_NEAR = {"submission": "longleaf.assessment.nearness.subjects_near"}
# What keeps a document of a micro-credential from being sound: document -> (place, sentence) of each mistake.
DOCUMENT_CHECK = "longleaf.states.drafts.mistakes_in"
# What goes with an application beside its criteria, by what it is judged as: application -> Beside.
BESIDE_APPLICATIONS = {
    "plan": "longleaf.recognition.plans.showing.with_application",
    "pathway": "longleaf.quality.pathways.choosing.with_application",
}
APPLICATION_ASIDES = ["longleaf.recognition.plans.asides.plan_of", "longleaf.quality.pathways.asides.pathways_of"]
# How a policy that officers write is read: as a pack's file, every value with its line (`recognition.editor.reading`).
POLICY_READER = "longleaf.states.drafts.read_policy"
DRAFT_ASIDES = [
    "longleaf.assessment.asides.new_rubric_text",
    "longleaf.quality.self_check.asides.beyond_approval",
    "longleaf.quality.self_check.asides.how_far",
]
ISSUER_ASIDES = [
    "longleaf.quality.asides.issuer_approved",
    "longleaf.quality.monitoring.asides.how_it_keeps_up",
    "longleaf.quality.monitoring.asides.its_figures",
]
BADGE_ASIDES = ["longleaf.quality.asides.badge_recognised_by"]
# Takes in a file for any floor (`kit.taking_in`): (file, name, kinds) -> what is kept.
FILE_DOOR = "longleaf.assessment.evidence.door.take_in"
# Answers whether a state recognises what a badge says: (issuer id, achievement id, day) -> Recognition.
RECOGNISER = "longleaf.quality.recognising.recognition_of"
# What is in somebody's learner record beside their badges (`awards.sharing.further`).
FURTHER_IN_RECORD = "longleaf.recognition.portability.taking_along.further_of"
# What evidence lies behind the occasion of an award, piece by piece, and the file of one (`awards.contents.evidence`).
EVIDENCE_PIECES = "longleaf.assessment.evidence.badge_evidence.pieces_of"
EVIDENCE_FILE = "longleaf.assessment.evidence.badge_evidence.file_of"

# --- Verifying badges of others --------------------------------------------------------------------------------------

# Only a demonstration or a school's own test network may reach private addresses.
FETCH_PRIVATE_ADDRESSES = env.yes_or_no("LONGLEAF_FETCH_PRIVATE_ADDRESSES", default=not PRODUCTION)

# From one visitor, and in each process: see longleaf.awards.verification.visiting.
VERIFICATIONS_A_MINUTE = env.number("LONGLEAF_VERIFICATIONS_A_MINUTE", 20)
# `longleaf serve` gives each process two threads: one may be out at a slow server, the other goes on serving pages.
VERIFICATIONS_OUT_AT_ONCE = env.number("LONGLEAF_VERIFICATIONS_OUT_AT_ONCE", 1)
# How many proxies of our own stand before the pages. Production has one, or nothing would end https before it.
TRUSTED_PROXIES = env.number("LONGLEAF_TRUSTED_PROXIES", 1 if PRODUCTION else 0)

# --- Security --------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "media-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "frame-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "longleaf.web.views.form_not_trusted"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# --- Language and time -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-us"
USE_I18N = True
USE_TZ = True
# Days of a policy are days in the state's own zone; its pack names the zone and this is where the process starts from.
TIME_ZONE = env.text("LONGLEAF_TIME_ZONE", "America/New_York")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # Two tell at length of every font they look at, one that it has arrived.
    "loggers": {
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        "pikepdf": {"level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": env.text("LONGLEAF_LOG_LEVEL", "INFO")},
}

# Registers the checks that keep development values out of production.
from longleaf.config import checks  # noqa: E402, F401

"""Every setting on one page. All come from the environment and have a safe default; `booster doctor` checks them."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.conf.locale import LANG_INFO

from booster.config import environment as env
from booster.config.rooms import ROOMS

DATA = env.folder()
SECRET_KEY = env.secret(DATA)
DEBUG = env.flag("BOOSTER_DEBUG")
BOOSTER_DEMO = env.flag("BOOSTER_DEMO")
BOOSTER_URL = env.text("BOOSTER_URL", "http://127.0.0.1:8000").rstrip("/")
BOOSTER_NAME = env.text("BOOSTER_NAME", "Booster")
BOOSTER_BEHIND_PROXY = env.flag("BOOSTER_BEHIND_PROXY")
BOOSTER_CLAMD = env.text("BOOSTER_CLAMD")
ALLOWED_HOSTS = env.words("BOOSTER_HOSTS", "127.0.0.1,localhost,[::1]")

INSTALLED_APPS = [
    *(f"booster.{room}" for room in ROOMS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "booster.kit.looking.Config",  # Django's admin, for looking only
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    *(["allauth.socialaccount.providers.openid_connect"] if env.text("BOOSTER_OIDC_ISSUER") else []),
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "booster.people.views.ReaderZone",
    "booster.people.views.ReaderLanguage",
    "booster.kit.views.Refusals",
    "booster.people.views.OperatorsPower",
]

ROOT_URLCONF = "booster.config.urls"
WSGI_APPLICATION = "booster.config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "booster.home.inlets.masthead",
            ]
        },
    }
]

DATABASES = {"default": env.database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "cache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["name", "given_name", "family_name", "email"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:my_page"
ACCOUNT_ADAPTER = "booster.people.views.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "booster.people.forms.SignInByPassword",
    "signup": "booster.people.forms.SignUp",
    "request_login_code": "booster.people.forms.AskForCode",
    "add_email": "booster.people.forms.AddAddress",
    "reset_password": "booster.people.forms.ForgottenPassword",
    "confirm_login_code": "booster.people.forms.SignInCode",
    "confirm_email_verification_code": "booster.people.forms.AddressCode",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # our sign-up form asks for no password
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = BOOSTER_URL.partition(":")[0]
MFA_ADAPTER = "booster.people.views.SecondStepAdapter"
MFA_FORMS = {"add_webauthn": "booster.people.forms.AddPasskey"}
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not BOOSTER_URL.startswith("https:")  # passkeys at http://localhost
SOCIALACCOUNT_ADAPTER = "booster.people.views.OtherHouseAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # the one provider is the operator's own choice, so its addresses count
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BOOSTER_BEHIND_PROXY else 0
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that ends on another host would break our form-action policy
SOCIALACCOUNT_PROVIDERS = env.single_sign_on()

LANGUAGE_CODE = "en"
LANGUAGES = env.languages()
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANG_INFO.setdefault("mt", {"bidi": False, "code": "mt", "name": "Maltese", "name_local": "Malti"})
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "files"
STORAGES = {
    "default": env.storage(),  # BOOSTER_S3_BUCKET, _ENDPOINT, _KEY, _SECRET, _REGION, or the folder above
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("BOOSTER_FROM", "Booster <academy@localhost>")
BOOSTER_MAIL = False  # no letter leaves the house until BOOSTER_SMTP says where to
globals().update(env.mail())
BOOSTER_BOUNCES = env.bounces()  # the return path of a letter is then bounces+NUMBER.MARK@host
BOOSTER_MAILBOX = env.mailbox()  # where they come back to: imaps://user:password@host/folder, read by the worker

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "style-src": [SELF],
        "script-src": [SELF, NONCE],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BOOSTER_BEHIND_PROXY else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = BOOSTER_URL.startswith("https:")
SECURE_HSTS_SECONDS = 31536000 if BOOSTER_URL.startswith("https:") else 0
CSRF_TRUSTED_ORIGINS = [BOOSTER_URL]
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": env.text("BOOSTER_LOG_LEVEL", "WARNING").upper()},
}

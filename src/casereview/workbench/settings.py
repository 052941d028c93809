"""Django's settings for the workbench: the casebook's, with sign-in, sessions and pages.

What differs from place to place comes from the environment, which `casereview serve` sets, and docs/serving.md explains:
CASEREVIEW_STUDY, CASEREVIEW_SECRET, CASEREVIEW_HOSTS, CASEREVIEW_SECURE, CASEREVIEW_DEMO.
"""

import os

from casereview.casebook import settings as casebook

DEMO = os.environ.get("CASEREVIEW_DEMO") == "1"
SECURE = os.environ.get("CASEREVIEW_SECURE") == "1"
STUDY = os.environ.get("CASEREVIEW_STUDY", "")
SECRET_KEY = os.environ.get("CASEREVIEW_SECRET", "only for tests: serve makes one of its own")
ALLOWED_HOSTS = os.environ.get("CASEREVIEW_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
DEBUG = False

INSTALLED_APPS = [
    *casebook.INSTALLED_APPS,
    "casereview.workbench",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]
DATABASES = casebook.DATABASES
DEFAULT_AUTO_FIELD = casebook.DEFAULT_AUTO_FIELD
USE_TZ, TIME_ZONE, LANGUAGE_CODE, USE_I18N = True, "UTC", "en-gb", True
LOGGING_CONFIG = None
ROOT_URLCONF = "casereview.workbench.urls"
STATIC_URL = "static/"
AUTH_USER_MODEL = "workbench.Account"

MIDDLEWARE = [
    "casereview.workbench.headers.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "casereview.workbench.live.Sessions",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "casereview.workbench.live.UserSessions",
    "casereview.workbench.live.Live",
    "casereview.workbench.guard.Guard",
]
WHITENOISE_USE_FINDERS = True
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "casereview.workbench.context.house",
            ],
        },
    }
]

# Sessions end with the browser, and after a quarter of an hour in which nothing was done.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 15 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "account_login", "home", "account_login"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # nothing is sent anywhere: invitations are links

ACCOUNT_ADAPTER = "casereview.workbench.adapter.ByInvitation"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_FORMS = {
    "login": "casereview.workbench.sign_in.SignIn",
    "change_password": "casereview.workbench.sign_in.NewPassword",
    "reauthenticate": "casereview.workbench.sign_in.ItIsYou",
}
MFA_ADAPTER = "casereview.workbench.adapter.SecondFactors"
MFA_FORMS = {
    "authenticate": "casereview.workbench.sign_in.Code",
    "reauthenticate": "casereview.workbench.sign_in.CodeAgain",
    "activate_totp": "casereview.workbench.sign_in.FirstCode",
    "add_webauthn": "casereview.workbench.sign_in.AddPasskey",
    "edit_webauthn": "casereview.workbench.sign_in.RenamePasskey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODE_COUNT = 10
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
USERSESSIONS_TRACK_ACTIVITY = True

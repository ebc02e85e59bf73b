"""Who may come in and how: hosts, cookies, passwords, lockout."""

from closeloop.config.settings import env

DEBUG = env.DEBUG
SECRET_KEY = env.secret_key()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver", env.HOST, *env.PUBLIC_HOSTS]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in env.PUBLIC_HOSTS]
CSRF_FAILURE_VIEW = "closeloop.edge.problems.csrf_failure"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = env.BEHIND_TLS
CSRF_COOKIE_SECURE = env.BEHIND_TLS
SESSION_ENGINE = "closeloop.identity.session_store"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

AUTHENTICATION_BACKENDS = ["closeloop.identity.backends.PersonBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "20/5m/ip,5/5m/key"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if env.BEHIND_TLS else "http"
SOCIALACCOUNT_ADAPTER = "closeloop.integrations.signing_in.door.Door"
SOCIALACCOUNT_LOGIN_ON_GET = True
"""A sign-in button is a link. What begins there ends in nothing without the provider's answer."""
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10

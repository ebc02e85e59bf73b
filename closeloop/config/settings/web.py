"""The request pipeline and the built web client."""

import re

from closeloop.config.settings import env

MIDDLEWARE = [
    "closeloop.edge.middleware.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "closeloop.identity.middleware.SessionSignIn",
    "django.middleware.csrf.CsrfViewMiddleware",
    "closeloop.identity.middleware.ApiKeySignIn",
    "allauth.account.middleware.AccountMiddleware",
    "closeloop.edge.middleware.Language",
    "closeloop.edge.middleware.UnitOfWork",
]
PUBLIC_URL = env.PUBLIC_URL or env.guessed_public_url()
"""Where people open the product: the beginning of every link that leaves it."""
LIVE_URL = env.LIVE_URL
"""Where a page finds the live process: an address, a path on this one, or `:port` beside it."""
WEB_DIST = env.ROOT / "web" / "dist"
STATIC_URL = "/static/"
WHITENOISE_ROOT = WEB_DIST if WEB_DIST.exists() else None
WHITENOISE_AUTOREFRESH = False
WHITENOISE_USE_FINDERS = False


def WHITENOISE_IMMUTABLE_FILE_TEST(_path: str, url: str) -> bool:
    """Whether a built file's name carries its content hash, so that it may be cached for ever."""
    return bool(re.match(r"^/assets/.+-[\w-]{8}\.\w+$", url))


WAITS_FOR_OTHERS = frozenset({"/api/playbooks/plan"})
"""Requests that write nothing of their own and may wait for a machine elsewhere: they get no
transaction, so that none is held open meanwhile."""

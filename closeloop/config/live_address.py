"""Where a page finds the live process."""

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port


def live_url(request: HttpRequest) -> str | None:
    """The address to which a page adds /live; None where it must ask now and then instead.

    `CLOSELOOP_LIVE_URL` is an address, a path that a proxy leads there, `:port` beside this one, or
    `off`. A port beside a page that came by TLS would answer without it, and is not named.
    """
    given = str(settings.LIVE_URL)
    if given in ("", "off"):
        return None
    if not given.startswith(":"):
        return given
    if settings.SESSION_COOKIE_SECURE or request.is_secure():
        return None
    host, _ = split_domain_port(request.get_host())
    return f"{request.scheme}://{host}{given}"

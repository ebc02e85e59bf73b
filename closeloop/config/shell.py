"""The two pages of the web client; the router in the browser does the rest."""

from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import ensure_csrf_cookie

from closeloop.config.live_address import live_url
from closeloop.integrations import page_signing
from closeloop.integrations import queries as integrations

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src {script}; img-src 'self' data: blob:; "
    "style-src 'self' 'unsafe-inline'; connect-src {connect}; worker-src 'self'; "
    "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"
)
NOT_BUILT = (
    "<!doctype html><meta charset=utf-8><title>Closeloop</title>"
    "<p>The web client is not built yet: run scripts/start."
)


@ensure_csrf_cookie
def desktop(request: HttpRequest) -> HttpResponse:
    """The client for wide and narrow screens."""
    return _page(request, "index.html")


@ensure_csrf_cookie
def phone(request: HttpRequest) -> HttpResponse:
    """The lean entry for phones."""
    return _page(request, "m.html")


def _page(request: HttpRequest, name: str) -> HttpResponse:
    path = settings.WEB_DIST / name
    if not path.exists():
        return HttpResponse(NOT_BUILT, status=503)
    response = HttpResponse(_read(str(path), path.stat().st_mtime_ns))
    response["Cache-Control"] = "no-cache"
    connect = " ".join(["'self'", *_live_origin(request)])
    response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.format(
        connect=connect, script=" ".join(["'self'", *_app_script(request)])
    )
    return response


def _live_origin(request: HttpRequest) -> list[str]:
    """Where a page listens, if that is another origin than its own."""
    address = urlsplit(live_url(request) or "")
    return [f"{address.scheme}://{address.netloc}"] if address.netloc else []


def _app_script(request: HttpRequest) -> list[str]:
    """Where the script of the app lies that shows the page, if the company uses that app."""
    key = page_signing.app_of(request.headers.get("User-Agent", ""))
    return (
        [f"https://{page_signing.SCRIPT_HOSTS[key]}"]
        if key and integrations.set_up(key).is_on
        else []
    )


@lru_cache(maxsize=4)
def _read(path: str, _changed_ns: int) -> bytes:
    with open(path, "rb") as source:
        return source.read()

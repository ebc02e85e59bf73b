"""A Django request as capture reads it: its body only where it is not announced as too large."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

from closeloop.capture import actions
from closeloop.capture.arrivals import Request


def size_of(request: HttpRequest) -> int:
    """How many bytes a request announces."""
    announced = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(announced) if announced.isascii() and announced.isdigit() else 0


def as_request(request: HttpRequest) -> tuple[Request, int]:
    """The call, and the size of a body that was too large to be read (0 where it was read)."""
    size, body = size_of(request), b""
    if size <= actions.LARGEST_BYTES:
        try:
            body, size = request.body, 0
        except RequestDataTooBig:
            size = actions.LARGEST_BYTES + 1
    call = Request(
        method=request.method or "",
        query={name: str(value) for name, value in request.GET.items()},
        headers={name.lower(): value for name, value in request.headers.items()},
        body=body,
        address=str(request.META.get("REMOTE_ADDR", "")),
    )
    return call, size

"""Documents as HTTP answers that no browser runs: sandboxed, unsniffed, streamed, in ranges."""

import re
from collections.abc import Iterator
from typing import IO

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from closeloop.files import store
from closeloop.files.errors import AttachmentNotFound
from closeloop.files.formats import BY_CONTENT_TYPE, PDF, TEXT, WEBP
from closeloop.files.models import Attachment

PIECE_BYTES = 256 * 1024
NOTHING_RUNS = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"
SANDBOX = f"{NOTHING_RUNS}; sandbox"
_RANGE = re.compile(r"^bytes=(\d*)-(\d*)$")


def content(attachment: Attachment, *, request: HttpRequest) -> HttpResponseBase:
    """The document; shown in the browser only where its format is one that cannot run."""
    known = BY_CONTENT_TYPE.get(attachment.content_type, TEXT)
    tag = f'"{attachment.sha256}"'
    if request.headers.get("If-None-Match") == tag:
        return _guarded(HttpResponse(status=304), known.content_type, tag)
    response = _pieces(attachment, asked=request.headers.get("Range", ""))
    disposition = content_disposition_header(not known.is_inline, attachment.name)
    response["Content-Disposition"] = disposition or "attachment"
    content_type = attachment.content_type + ("; charset=utf-8" if known is TEXT else "")
    return _guarded(response, content_type, tag)


def thumbnail(attachment: Attachment) -> HttpResponseBase:
    """The small form of a picture."""
    with _opened(attachment.thumbnail_as) as source:
        response = HttpResponse(source.read())
    return _guarded(response, WEBP.content_type, f'"{attachment.sha256}-small"')


def _guarded(response: HttpResponseBase, content_type: str, tag: str) -> HttpResponseBase:
    # Chromium refuses to show a sandboxed PDF; its viewer runs apart from the page's origin.
    is_pdf = content_type == PDF.content_type
    response["Content-Type"] = content_type
    response["Content-Security-Policy"] = NOTHING_RUNS if is_pdf else SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = tag
    return response


def _pieces(attachment: Attachment, *, asked: str) -> HttpResponseBase:
    first, last = _range(asked, attachment.size)
    if first is None:
        response: HttpResponseBase = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{attachment.size}"
        return response
    source = _opened(attachment.stored_as)
    response = StreamingHttpResponse(_read(source, first, last), status=206 if asked else 200)
    response["Accept-Ranges"] = "bytes"
    response["Content-Length"] = str(last - first + 1)
    if asked:
        response["Content-Range"] = f"bytes {first}-{last}/{attachment.size}"
    return response


def _range(asked: str, size: int) -> tuple[int | None, int]:
    """First and last byte asked for (RFC 9110, one range); None where there are none such."""
    match = _RANGE.match(asked)
    if not match or match.group(0) == "bytes=-":
        return (None, 0) if asked else (0, size - 1)
    start, end = match.groups()
    if not start:
        return max(0, size - int(end)), size - 1
    first, last = int(start), min(int(end or size - 1), size - 1)
    return (first, last) if first <= last else (None, 0)


def _read(source: IO[bytes], first: int, last: int) -> Iterator[bytes]:
    with source:
        source.seek(first)
        left = last - first + 1
        while left > 0 and (piece := source.read(min(PIECE_BYTES, left))):
            left -= len(piece)
            yield piece


def _opened(stored_as: str) -> IO[bytes]:
    try:
        return store.open_stored(stored_as)
    except FileNotFoundError as error:
        raise AttachmentNotFound({"stored_as": stored_as}) from error

"""ETags that are a record's version, and the `If-Match` that names what an edit began from."""

from django.http import HttpRequest

from closeloop.engine.refusals import Refusal, RefusalKind


class VersionMissing(Refusal):
    """Send If-Match with the version you read, so that nobody's edit is overwritten."""

    code = "version_missing"
    kind = RefusalKind.PRECONDITION
    status = 428


class VersionUnreadable(Refusal):
    """If-Match holds the ETag of the record as you read it, such as "7"."""

    code = "version_unreadable"
    kind = RefusalKind.INVALID


class EditConflict(Refusal):
    """Somebody else changed it meanwhile; compare both values and save again.

    `data`: version (the current one), conflict (field, yours, theirs).
    """

    code = "edit_conflict"
    kind = RefusalKind.PRECONDITION


def etag(version: int) -> str:
    """The ETag of a version."""
    return f'"{version}"'


def given_version(request: HttpRequest) -> int | None:
    """The version named in If-Match, or None where there is none; raises VersionUnreadable."""
    header = request.META.get("HTTP_IF_MATCH")
    if header is None:
        return None
    text = header.strip().removeprefix("W/").strip('"')
    if not text.isdigit() or len(text) > 9:
        raise VersionUnreadable
    return int(text)


def required_version(request: HttpRequest) -> int:
    """The version named in If-Match; raises VersionMissing."""
    version = given_version(request)
    if version is None:
        raise VersionMissing
    return version

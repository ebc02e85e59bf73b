"""Answers kept by `Idempotency-Key`: repeating a write gives the first answer and does nothing.

Source: draft-ietf-httpapi-idempotency-key-header. A refused write keeps no answer, so a later
repetition is decided afresh.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from closeloop.edge import statements
from closeloop.edge.models import KeptAnswer
from closeloop.engine.refusals import Refusal, RefusalKind

LONGEST_KEY = 200
_KEPT = ("fingerprint", "status", "content_type", "etag", "body")
_FIND = f"SELECT {', '.join(_KEPT)} FROM edge_keptanswer WHERE asker = %s AND key = %s"
_KEEP = (
    f"INSERT INTO edge_keptanswer (asker, key, {', '.join(_KEPT)})"
    " VALUES (%s, %s, %s, %s, %s, %s, %s)"
)


class KeyTooLong(Refusal):
    """Use an idempotency key of at most 200 characters, for example a UUID."""

    code = "idempotency_key_too_long"
    kind = RefusalKind.INVALID


class KeyUsedOtherwise(Refusal):
    """This idempotency key belongs to another request; use a new key for a new write."""

    code = "idempotency_key_reused"
    kind = RefusalKind.INVALID


@dataclass(frozen=True)
class Question:
    """One write as its asker named it."""

    asker: str
    key: str
    fingerprint: str


def asker_of(request: HttpRequest) -> str:
    """Whose keys these are: the signed-in person, or the address where nobody is."""
    person = getattr(request.user, "pk", None)
    return f"user:{person}" if person else f"ip:{request.META.get('REMOTE_ADDR', '')}"


def find(question: Question) -> KeptAnswer | None:
    """The answer that this key got before, or None."""
    row = statements.row(_FIND, [question.asker, question.key])
    return None if row is None else KeptAnswer(**dict(zip(_KEPT, row, strict=True)))


def keep(question: Question, response: HttpResponse) -> None:
    """Keep the answer, in the transaction of the write that gave it."""
    statements.run_last(
        _KEEP,
        [
            question.asker,
            question.key,
            question.fingerprint,
            response.status_code,
            response.get("Content-Type", ""),
            response.get("ETag", ""),
            response.content,
        ],
    )


def replay(kept: KeptAnswer) -> HttpResponse:
    """The kept answer as a response, marked as a repetition."""
    response = HttpResponse(bytes(kept.body), status=kept.status, content_type=kept.content_type)
    if kept.etag:
        response["ETag"] = kept.etag
    response["Idempotent-Replay"] = "true"
    return response

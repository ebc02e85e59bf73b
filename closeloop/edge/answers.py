"""Answers kept by `Idempotency-Key`: repeating a write gives the first answer and does nothing.

Source: draft-ietf-httpapi-idempotency-key-header. A refused write keeps no answer, so a later
repetition is decided afresh.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from closeloop.edge import statements
from closeloop.edge.models import KeptAnswer
from closeloop.edge.statements import Statement
from closeloop.engine.refusals import Refusal, RefusalKind

LONGEST_KEY = 200
_KEPT = ("fingerprint", "status", "content_type", "etag", "body")
JOIN = """
    LEFT JOIN edge_keptanswer kept ON kept.asker = 'user:' || person.id AND kept.key = %(key)s
"""
"""For the statement that reads the person: the answer that the request's key got before."""
IS_KEPT = """
    EXISTS (SELECT FROM edge_keptanswer kept WHERE kept.asker = %(asker)s AND kept.key = %(key)s)
"""
_BEFORE = "answer_before"
"""Under which a request carries that answer."""
COLUMNS = ", ".join(f"kept.{column}" for column in _KEPT)
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
    return asker_of_person(person) if person else f"ip:{request.META.get('REMOTE_ADDR', '')}"


def asker_of_person(person_id: int) -> str:
    """Whose keys a signed-in person's are."""
    return f"user:{person_id}"


def find(question: Question) -> KeptAnswer | None:
    """The answer that this key got before, or None."""
    row = statements.row(_FIND, [question.asker, question.key])
    return None if row is None else _as_answer(row)


def remember(request: HttpRequest, row: statements.Row) -> None:
    """Take what was read by JOIN for the answer to this request's key, as of its beginning."""
    vars(request)[_BEFORE] = None if row[0] is None else _as_answer(row)


def find_first(request: HttpRequest, question: Question) -> KeptAnswer | None:
    """The same as `find` at a request's beginning, where it may have been read with the person."""
    if _BEFORE in vars(request):
        found: KeptAnswer | None = vars(request)[_BEFORE]
        return found
    return find(question)


def keep(question: Question, response: HttpResponse) -> None:
    """Keep the answer, in the transaction of the write that gave it."""
    values = [
        question.asker,
        question.key,
        question.fingerprint,
        response.status_code,
        response.get("Content-Type", ""),
        response.get("ETag", ""),
        response.content,
    ]
    statements.later(Statement(_KEEP, values))


def replay(kept: KeptAnswer) -> HttpResponse:
    """The kept answer as a response, marked as a repetition."""
    response = HttpResponse(bytes(kept.body), status=kept.status, content_type=kept.content_type)
    if kept.etag:
        response["ETag"] = kept.etag
    response["Idempotent-Replay"] = "true"
    return response


def _as_answer(row: statements.Row) -> KeptAnswer:
    return KeptAnswer(**dict(zip(_KEPT, row, strict=True)))

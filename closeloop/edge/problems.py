"""A refusal as problem details (RFC 9457), in the reader's language."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from ninja import Schema
from ninja.errors import ValidationError

from closeloop.edge import messages
from closeloop.engine.refusals import Refusal, RefusalKind

STATUS = {
    RefusalKind.INVALID: 422,
    RefusalKind.FORBIDDEN: 403,
    RefusalKind.NOT_FOUND: 404,
    RefusalKind.CONFLICT: 409,
    RefusalKind.LOCKED: 423,
    RefusalKind.PRECONDITION: 412,
    RefusalKind.TOO_LARGE: 413,
    RefusalKind.RATE_LIMITED: 429,
}
CONTENT_TYPE = "application/problem+json"


class FieldProblem(Schema):
    """One wrong value."""

    field: str
    code: str
    message: str


class Problem(Schema, extra="allow"):
    """Problem details: what is wrong and what to do, for people (detail) and programs (code)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    instance: str
    errors: list[FieldProblem] | None = None
    missing: list[dict[str, Any]] | None = None
    conflict: list[dict[str, Any]] | None = None


class NotSignedIn(Refusal):
    """Sign in first."""

    code = "not_signed_in"
    kind = RefusalKind.FORBIDDEN


def language_of(request: HttpRequest) -> str:
    """zh-CN or en-US: the person's own choice, else what the browser prefers."""
    own = getattr(getattr(request, "user", None), "locale", "") or ""
    wanted = own or request.META.get("HTTP_ACCEPT_LANGUAGE", "")
    return messages.ENGLISH if wanted.lower().startswith("en") else messages.DEFAULT


def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The response for a refusal; the request remembers it for what follows the rollback."""
    request.refusal = refusal  # type: ignore[attr-defined]
    language = language_of(request)
    status = getattr(refusal, "status", None) or STATUS[refusal.kind]
    if isinstance(refusal, NotSignedIn):
        status = 401
    return render(
        request,
        status=status,
        code=refusal.code,
        title=messages.say(f"kind.{refusal.kind.value}", language),
        detail=messages.say(refusal.code, language, refusal.data),
        **_in_language(refusal.data, language),
    )


def render(request: HttpRequest, *, status: int, code: str, **members: Any) -> HttpResponse:
    """A problem+json response."""
    body = {
        "type": f"/problems/{code}",
        "status": status,
        "code": code,
        "instance": getattr(request, "request_id", ""),
        **members,
    }
    return HttpResponse(
        json.dumps(body, cls=DjangoJSONEncoder, ensure_ascii=False),
        status=status,
        content_type=CONTENT_TYPE,
    )


def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The answer to a request that does not fit its schema: every wrong place at once."""
    language = language_of(request)
    errors = [
        {
            "field": ".".join(str(part) for part in item["loc"] if part not in ("body", "payload")),
            "code": item["type"],
            "message": messages.say("malformed.field", language, {"reason": item["msg"]}),
        }
        for item in error.errors
    ]
    return render(
        request,
        status=422,
        code="malformed",
        title=messages.say("kind.invalid", language),
        detail=messages.say("malformed", language),
        errors=errors,
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's view for a missing or wrong CSRF token."""
    language = language_of(request)
    return render(
        request,
        status=403,
        code="csrf_failed",
        title=messages.say("kind.forbidden", language),
        detail=messages.say("csrf_failed", language, {"reason": reason}),
    )


def nowhere(request: HttpRequest) -> HttpResponse:
    """The view of addresses under /api/ that lead nowhere."""
    return plain(request, status=404, code="not_found")


def plain(request: HttpRequest, *, status: int, code: str) -> HttpResponse:
    """A problem that has no data, such as an unknown address or an unforeseen error."""
    language = language_of(request)
    return render(
        request,
        status=status,
        code=code,
        title=messages.say(code, language),
        detail=messages.say(code, language),
    )


def _in_language(data: dict[str, Any], language: str) -> dict[str, Any]:
    members = dict(data)
    for error in members.get("errors") or ():
        error.setdefault("message", messages.say(f"value.{error['code']}", language, error))
    for fault in members.get("problems") or ():
        code = f"problem.{fault['code']}"
        if code in messages.catalogue():
            fault.setdefault("message", messages.say(code, language, fault["data"]))
    for item in members.get("missing") or ():
        item.setdefault(
            "message", messages.say(f"missing.{item['kind']}", language, _flat(item, language))
        )
    reserved = {"type", "title", "status", "detail", "code", "instance"}
    return {key: value for key, value in members.items() if key not in reserved}


def _flat(item: dict[str, Any], language: str) -> dict[str, Any]:
    name = item.get("name")
    shown = name.get(language) or name.get(messages.DEFAULT) if isinstance(name, dict) else name
    return {**item, "name": shown}

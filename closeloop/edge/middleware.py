"""What happens around every request: its id, its language, its one transaction."""

import hashlib
import logging
import secrets
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import TypeGuard

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation

from closeloop.edge import answers, problems, revisions, work
from closeloop.edge.models import KeptAnswer

Next = Callable[[HttpRequest], HttpResponseBase]
READS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_TRANSACTIONS = "/api/session"
"""Signing in counts its own failures, which a rollback would forget, and its body is a secret."""
log = structlog.get_logger("closeloop.request")


def is_one_write(request: HttpRequest) -> bool:
    """Whether a request is one transaction that writes."""
    path = request.path
    is_write = request.method not in READS and path.startswith("/api/")
    waits = path in settings.WAITS_FOR_OTHERS
    return is_write and not waits and not path.startswith(OWN_TRANSACTIONS)


class RequestId:
    """Gives the request an id (or takes X-Request-Id), logs one line, forgets cached revisions."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the request's id."""
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        request_id = given if given.isalnum() and len(given) <= 64 else secrets.token_hex(16)
        request.request_id = request_id  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        revisions.remember(None)
        started = time.monotonic()
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            response = _told(request, response)
        response["X-Request-Id"] = request_id
        if request.path.startswith("/api/") and logging.getLogger("closeloop").isEnabledFor(20):
            log.info(
                "request",
                method=request.method,
                path=request.path,
                status=response.status_code,
                duration_ms=round((time.monotonic() - started) * 1000, 1),
            )
        return response


class Language:
    """Speaks the reader's language: the person's own, else Accept-Language, else Chinese."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the reader's language."""
        translation.activate(problems.language_of(request))
        return self.get_response(request)


class UnitOfWork:
    """One transaction around a write; a refused write leaves nothing but its recorded attempt."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and commit or roll back what the answer came of."""
        if not is_one_write(request):
            return self.get_response(request)
        key = request.META.get("HTTP_IDEMPOTENCY_KEY", "")
        if not key:
            return self._write(request, None)
        if len(key) > answers.LONGEST_KEY:
            return problems.answer(request, answers.KeyTooLong())
        question = answers.Question(answers.asker_of(request), key, _fingerprint(request))
        before = answers.find_first(request, question)
        if before is not None:
            return _replayed(request, question, before)
        return self._write(request, question)

    def _write(self, request: HttpRequest, question: answers.Question | None) -> HttpResponseBase:
        try:
            with work.one_transaction():
                response = self.get_response(request)
                if response.status_code >= 400:
                    transaction.set_rollback(True)
                elif question is not None and _is_kept(response, request):
                    answers.keep(question, response)
        except IntegrityError:
            replay = _replay(request, question) if question else None
            if replay is None:
                raise
            return replay
        if response.status_code >= 400:
            # The same write sent twice at once: the second one's refusal is no attempt of its own.
            replay = _replay(request, question) if question is not None else None
            if replay is not None:
                return replay
            refusal = getattr(request, "refusal", None)
            if refusal is not None:
                work.settle(refusal)
        return response


def _replay(request: HttpRequest, question: answers.Question) -> HttpResponseBase | None:
    kept = answers.find(question)
    return None if kept is None else _replayed(request, question, kept)


def _replayed(
    request: HttpRequest, question: answers.Question, kept: KeptAnswer
) -> HttpResponseBase:
    if kept.fingerprint != question.fingerprint:
        return problems.answer(request, answers.KeyUsedOtherwise())
    return answers.replay(kept)


def _is_kept(response: HttpResponseBase, request: HttpRequest) -> TypeGuard[HttpResponse]:
    return isinstance(response, HttpResponse) and getattr(request, "keeps_answer", True)


def _fingerprint(request: HttpRequest) -> str:
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}".encode())
    if request.content_type == "multipart/form-data":
        digest.update(request.META.get("CONTENT_LENGTH", "").encode())
    else:
        digest.update(request.body)
    return digest.hexdigest()


def _told(request: HttpRequest, refused: HttpResponseBase) -> HttpResponse:
    """The framework's bare 405 as problem details, with the methods that the address takes."""
    told = problems.plain(request, status=HTTPStatus.METHOD_NOT_ALLOWED, code="method_not_allowed")
    told["Allow"] = refused.get("Allow", "")
    return told

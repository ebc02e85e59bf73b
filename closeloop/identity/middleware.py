"""Who asks: the person of a session, or of `Authorization: Bearer <API key>`."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from closeloop.edge import answers, middleware, problems, revisions, statements
from closeloop.identity import actions, queries
from closeloop.identity.keys import MARK
from closeloop.identity.models import User
from closeloop.identity.session_store import SessionStore

_BEARER = f"Bearer {MARK}"
MOST_KEPT = 65_536
"""Bytes of a body; who sends more can wait for a trip."""


class SessionSignIn(SessionMiddleware):
    """Django's session and its person, both read at once where the API is asked.

    Other addresses read them when something asks for them. Whatever is not plain (nobody signed in,
    an account closed, a password changed) is left to Django.

    A write presumes of a session that this process knows that nothing has changed since, so that
    signing in needs no trip of its own: the question goes with the first thing that is asked. Where
    that was wrong, all that came of it is undone before anything is told, and done from the facts.
    """

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the session's person."""
        if not _may_presume(request):
            return self._answered(request, presumes=False)
        before = dict(vars(request))
        try:
            return self._answered(request, presumes=True)
        except statements.Outdated:
            vars(request).clear()
            vars(request).update(before)
            return self._answered(request, presumes=False)
        finally:
            statements.forget_presumed()

    def _answered(self, request: HttpRequest, *, presumes: bool) -> HttpResponseBase:
        self._sign_in(request, presumes=presumes)
        response: Any = self.get_response(request)
        if presumes:
            statements.confirm()
        answer: HttpResponseBase = self.process_response(request, response)
        return answer

    def _sign_in(self, request: HttpRequest, *, presumes: bool) -> None:
        """Set the request's session and user."""
        headers = request.META
        session = SessionStore(
            request.COOKIES.get(settings.SESSION_COOKIE_NAME),
            idempotency_key=headers.get("HTTP_IDEMPOTENCY_KEY", ""),
            presumes=presumes,
        )
        request.session = session
        if request.path_info.startswith("/api/") and not _comes_by_key(request):
            request.user = _person_of(request, session)
        else:
            person: Any = SimpleLazyObject(lambda: _person_of(request, session))
            request.user = person


def _may_presume(request: HttpRequest) -> bool:
    """Whether a request can be answered twice: one transaction, and a body that can be kept."""
    if request.content_type != "application/json" or not middleware.is_one_write(request):
        return False
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > MOST_KEPT or _comes_by_key(request):
        return False
    return request.body is not None  # it is read now, and kept


def _comes_by_key(request: HttpRequest) -> bool:
    return str(request.META.get("HTTP_AUTHORIZATION", "")).startswith(_BEARER)


def _person_of(request: HttpRequest, session: SessionStore) -> Any:
    if session.session_key is None:
        return AnonymousUser()
    if not session.is_proven:
        if not _is_of_its_person(session):
            return auth.get_user(request)
        session.note_proof()
    if session.answer is not None:
        answers.remember(request, session.answer)
    return session.person


def _is_of_its_person(session: SessionStore) -> bool:
    """Whether the session was opened for the person that it came with, by the same password."""
    opened_for, opened_by = session.get(auth.SESSION_KEY), session.get(auth.BACKEND_SESSION_KEY)
    person = session.person
    if person is None or opened_for != str(person.pk):
        return False
    if opened_by not in settings.AUTHENTICATION_BACKENDS:
        return False
    proof = _proof_of(person.password, settings.SECRET_KEY)
    return constant_time_compare(session.get(auth.HASH_SESSION_KEY, ""), proof)


@lru_cache(maxsize=1024)
def _proof_of(password: str, _secret: str) -> str:
    """What a session must hold to go on, once per password: it is ended by a new one."""
    return User(password=password).get_session_auth_hash()


class ApiKeySignIn:
    """A bearer key replaces the session; such requests need no CSRF token, for no cookie counts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the key's person; 401 where the key is not valid."""
        header = request.META.get("HTTP_AUTHORIZATION", "")
        if header.startswith(_BEARER):
            used = queries.used_key(header.removeprefix("Bearer ").strip())
            if used is None:
                return problems.answer(request, problems.NotSignedIn())
            if used.is_first_use_today:
                actions.note_key_use(used.key)
            revisions.remember(used.revisions)
            request.user = used.key.user
            request.by_api_key = True  # type: ignore[attr-defined]
            request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        return self.get_response(request)

"""Signing in and out. These run outside the edge's transaction, for a refused attempt must count.

allauth keeps the count of failures by name and by address (`ACCOUNT_RATE_LIMITS`).
"""

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from closeloop.identity import actions, errors, queries
from closeloop.identity.actor import SYSTEM, ActorKind
from closeloop.identity.models import User
from closeloop.identity.recording import recorder

LOCK_MINUTES = 5
"""How long `ACCOUNT_RATE_LIMITS` counts a failure; the advice names it."""


def sign_in(request: HttpRequest, *, username: str, password: str) -> User:
    """Open a session; raises SignInFailed and SignInLocked, both recorded.

    An unknown name, a wrong password and a closed account look the same from outside.
    """
    user = _authenticate(request, username=username, password=password)
    if user is None:
        raise errors.SignInFailed
    with transaction.atomic():
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        recorder.record(
            "session.opened",
            {"user_id": user.pk, "address": _address(request)},
            actor=queries.actor_of_user(user),
        )
    return user


def sign_in_through(request: HttpRequest, *, user: User | None, provider: str, who: str) -> User:
    """Open a session for somebody whom a provider vouches for.

    Raises SignInFailed where nobody is known by that name (`who`) or the account is closed, and
    SignInLocked while the person's own name is locked after failed passwords; all are recorded.
    """
    if user is None or not user.is_active:
        _record_refusal(request, username=who, reason="inactive" if user else "unknown")
        raise errors.SignInFailed
    if _is_locked(request, username=user.username):
        _record_lock(request, username=user.username)
        raise errors.SignInLocked({"wait_minutes": LOCK_MINUTES})
    with transaction.atomic():
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        recorder.record(
            "session.opened",
            {"user_id": user.pk, "address": _address(request), "provider": provider},
            actor=queries.actor_of_user(user),
        )
    return user


def sign_out(request: HttpRequest) -> None:
    """Close the session of this browser."""
    actor = queries.actor_of(request)
    if actor.kind == ActorKind.API_KEY:
        raise errors.NeedsOwnSession
    with transaction.atomic():
        recorder.record("session.closed", {"user_id": actor.user_id}, actor=actor)
        logout(request)


def change_password(request: HttpRequest, *, current: str, new: str) -> None:
    """Replace one's own password: this session stays, all others end.

    Raises CurrentPasswordWrong, SignInLocked, PasswordTooWeak, NeedsOwnSession.
    """
    actor = queries.actor_of(request)
    user = queries.user_of(request)
    if actor.kind == ActorKind.API_KEY:
        raise errors.NeedsOwnSession
    if _authenticate(request, username=user.username, password=current) is None:
        raise errors.CurrentPasswordWrong({"errors": [{"field": "current", "code": "wrong"}]})
    with transaction.atomic():
        actions.change_own_password(user, new=new, actor=actor)
        update_session_auth_hash(request, user)


def _authenticate(request: HttpRequest, *, username: str, password: str) -> User | None:
    try:
        user = get_adapter(request).authenticate(request, username=username, password=password)
    except ValidationError:
        _record_lock(request, username=username)
        raise errors.SignInLocked({"wait_minutes": LOCK_MINUTES}) from None
    if isinstance(user, User) and user.is_active:
        return user
    _record_refusal(request, username=username, reason="inactive" if user else "wrong")
    return None


def _is_locked(request: HttpRequest, *, username: str) -> bool:
    """Whether a sign-in by password would be refused unseen; asking counts as no attempt."""
    key = get_adapter(request)._get_login_attempts_cache_key(request, username=username)
    return not ratelimit.consume(
        request,
        app="allauth.account",
        action="login_failed",
        key=key,
        dry_run=True,
        limit_get=True,
    )


def _record_lock(request: HttpRequest, *, username: str) -> None:
    """Once per lock, so that knocking on a locked door does not fill the record."""
    if cache.add(f"session.locked:{username.lower()}", True, timeout=LOCK_MINUTES * 60):
        _record_refusal(request, username=username, reason="locked")


def _record_refusal(request: HttpRequest, *, username: str, reason: str) -> None:
    recorder.record(
        "session.refused",
        {"username": username, "reason": reason, "address": _address(request)},
        actor=SYSTEM,
    )


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))

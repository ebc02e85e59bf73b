"""Writing users, passwords and API keys. Sessions are in sessions.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now

from closeloop.edge.etags import EditConflict
from closeloop.identity import errors, initials, keys
from closeloop.identity.actor import Actor, ActorKind
from closeloop.identity.models import ApiKey, User
from closeloop.identity.recording import recorder

CHANGEABLE = ("username", "name", "email", "phone", "locale", "theme", "is_active")


@dataclass(frozen=True)
class NewUser:
    """What is known of a person who is to sign in."""

    username: str
    name: str
    email: str = ""
    phone: str = ""
    locale: str = "zh-CN"
    is_demo: bool = False
    must_change_password: bool = False


def create_user(
    new: NewUser, *, actor: Actor, password: str | None = None, password_hash: str | None = None
) -> User:
    """Add a person. Without a password they cannot sign in; a hash is taken as it is.

    Raises PasswordTooWeak and UsernameTaken.
    """
    user = User(**vars(new), initials=initials.initials_of(new.name))
    if password is not None:
        _check_strength(password, user=user, field="password")
    user.password = password_hash or make_password(password)
    _save(user)
    recorder.record(
        "user.created",
        {"user_id": user.pk, "username": user.username, "name": user.name},
        actor=actor,
    )
    return user


def change_user(
    user_id: int, *, changes: Mapping[str, Any], actor: Actor, version: int | None = None
) -> User:
    """Change what is known of a person (CHANGEABLE); `is_active` opens or closes the account.

    Raises UserNotFound, UsernameTaken, and EditConflict where the version is not the current one.
    """
    user = _lock(user_id)
    changed = {
        field: value
        for field, value in changes.items()
        if field in CHANGEABLE and getattr(user, field) != value
    }
    if version is not None and version != user.version:
        raise EditConflict(
            {
                "version": user.version,
                "conflict": [
                    {"field": field, "yours": value, "theirs": getattr(user, field)}
                    for field, value in changed.items()
                ],
            }
        )
    if not changed:
        return user
    before = {field: getattr(user, field) for field in changed}
    for field, value in changed.items():
        setattr(user, field, value)
    user.initials = initials.initials_of(user.name)
    user.version += 1
    _save(user)
    recorder.record(
        _verb_of(changed),
        {
            "user_id": user.pk,
            "name": user.name,
            "changes": {field: [before[field], value] for field, value in changed.items()},
        },
        actor=actor,
    )
    return user


def set_password(user_id: int, *, password: str, actor: Actor, is_temporary: bool = True) -> User:
    """Give a person a new password, which ends their sessions; a temporary one must be changed.

    Raises UserNotFound and PasswordTooWeak.
    """
    user = _lock(user_id)
    _check_strength(password, user=user, field="password")
    user.must_change_password = is_temporary
    _store_password(user, password)
    recorder.record("user.password_reset", {"user_id": user.pk, "name": user.name}, actor=actor)
    return user


def change_own_password(user: User, *, new: str, actor: Actor) -> None:
    """Replace one's own password, once the current one has been checked; raises PasswordTooWeak."""
    if user.check_password(new):
        raise errors.PasswordTooWeak({"errors": [{"field": "new", "code": "password_same"}]})
    _check_strength(new, user=user, field="new")
    user.must_change_password = False
    _store_password(user, new)
    recorder.record("user.password_changed", {"user_id": user.pk}, actor=actor)


def create_key(
    user: User, *, name: str, actor: Actor, expires_at: datetime | None = None
) -> tuple[ApiKey, str]:
    """Make an API key for a person; the secret is given once and never again.

    Raises NeedsOwnSession: a leaked key must not be able to make others.
    """
    _refuse_keys(actor)
    fresh = keys.new_key()
    key = ApiKey.objects.create(
        user=user, name=name, prefix=fresh.prefix, digest=fresh.digest, expires_at=expires_at
    )
    recorder.record(
        "key.created", {"key_id": key.pk, "user_id": user.pk, "name": name}, actor=actor
    )
    return ApiKey.objects.get(pk=key.pk), fresh.secret


def revoke_key(key_id: int, *, user: User, actor: Actor) -> None:
    """End one of a person's keys at once; raises KeyNotFound and NeedsOwnSession."""
    _refuse_keys(actor)
    key = ApiKey.objects.select_for_update().filter(pk=key_id, user=user, revoked_at=None).first()
    if key is None:
        raise errors.KeyNotFound
    ApiKey.objects.filter(pk=key.pk).update(revoked_at=Now())
    recorder.record(
        "key.revoked", {"key_id": key.pk, "user_id": user.pk, "name": key.name}, actor=actor
    )


def note_key_use(key: ApiKey) -> None:
    """Keep the day on which a key was last used."""
    ApiKey.objects.filter(pk=key.pk).update(last_used_on=RawSQL("current_date", []))


def _verb_of(changed: Mapping[str, Any]) -> str:
    if set(changed) != {"is_active"}:
        return "user.changed"
    return "user.reactivated" if changed["is_active"] else "user.deactivated"


def _lock(user_id: int) -> User:
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise errors.UserNotFound({"user_id": user_id})
    return user


def _save(user: User) -> None:
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        if not User.objects.filter(username__iexact=user.username).exclude(pk=user.pk).exists():
            raise
        raise errors.UsernameTaken(
            {"username": user.username, "errors": [{"field": "username", "code": "taken"}]}
        ) from None


def _store_password(user: User, password: str) -> None:
    user.password = make_password(password)
    User.objects.filter(pk=user.pk).update(
        password=user.password,
        must_change_password=user.must_change_password,
        version=F("version") + 1,
    )


def _check_strength(password: str, *, user: User, field: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as refused:
        raise errors.PasswordTooWeak(
            {
                "errors": [
                    {"field": field, "code": weakness.code, **(weakness.params or {})}
                    for weakness in refused.error_list
                ]
            }
        ) from None


def _refuse_keys(actor: Actor) -> None:
    if actor.kind == ActorKind.API_KEY:
        raise errors.NeedsOwnSession

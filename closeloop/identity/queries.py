"""Reading users and keys."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now
from django.http import HttpRequest

from closeloop.edge import revisions
from closeloop.edge.problems import NotSignedIn
from closeloop.identity import keys
from closeloop.identity.actor import Actor, ActorKind
from closeloop.identity.models import ApiKey, User


@dataclass(frozen=True)
class UsedKey:
    """A valid API key as a request brings it, with the revisions of the configuration."""

    key: ApiKey
    revisions: Mapping[str, int]
    is_first_use_today: bool


def used_key(secret: str) -> UsedKey | None:
    """The valid API key of an active person, in one query, or None."""
    key = (
        ApiKey.objects.select_related("user")
        .filter(digest=keys.digest(secret), revoked_at=None, user__is_active=True)
        .filter(Q(expires_at=None) | Q(expires_at__gt=Now()))
        .annotate(revisions=RawSQL(revisions.READ_SQL, []), today=RawSQL("current_date", []))
        .first()
    )
    if key is None:
        return None
    return UsedKey(
        key=key,
        revisions=revisions.as_mapping(key.revisions),
        is_first_use_today=key.last_used_on != key.today,
    )


def person_of_key(secret: str) -> User | None:
    """The active person behind a valid API key, or None."""
    used = used_key(secret)
    return used.key.user if used else None


def keys_of(user: User) -> QuerySet[ApiKey]:
    """A person's keys that were not revoked, newest first."""
    return ApiKey.objects.filter(user=user, revoked_at=None).order_by("-pk")


def user_of(request: HttpRequest) -> User:
    """The person who asks; raises NotSignedIn where nobody has signed in."""
    person = request.user
    if not isinstance(person, User):
        raise NotSignedIn
    return person


def actor_of(request: HttpRequest) -> Actor:
    """Who asks; raises NotSignedIn where nobody has signed in."""
    by_key = getattr(request, "by_api_key", False)
    return actor_of_user(user_of(request), kind=ActorKind.API_KEY if by_key else ActorKind.PERSON)


def actor_of_user(user: User, *, kind: ActorKind = ActorKind.PERSON) -> Actor:
    """The actor that a user is."""
    return Actor(user_id=user.pk, name=user.name, kind=kind, locale=user.locale)


def names_of(user_ids: set[int]) -> dict[int, str]:
    """Display names by user id."""
    return dict(User.objects.filter(pk__in=user_ids).values_list("pk", "name"))

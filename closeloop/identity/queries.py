"""Reading users and keys."""

from django.db.models import Q
from django.db.models.functions import Now
from django.http import HttpRequest

from closeloop.edge.problems import NotSignedIn
from closeloop.identity import keys
from closeloop.identity.actor import Actor, ActorKind
from closeloop.identity.models import ApiKey, User


def person_of_key(secret: str) -> User | None:
    """The active person behind a valid API key, or None."""
    key = (
        ApiKey.objects.select_related("user")
        .filter(digest=keys.digest(secret), revoked_at=None, user__is_active=True)
        .filter(Q(expires_at=None) | Q(expires_at__gt=Now()))
        .first()
    )
    return key.user if key else None


def actor_of(request: HttpRequest) -> Actor:
    """Who asks; raises NotSignedIn where nobody has signed in."""
    person = request.user
    if not isinstance(person, User) and not getattr(person, "is_authenticated", False):
        raise NotSignedIn
    by_key = getattr(request, "by_api_key", False)
    return actor_of_user(person, kind=ActorKind.API_KEY if by_key else ActorKind.PERSON)  # type: ignore[arg-type]


def actor_of_user(user: User, *, kind: ActorKind = ActorKind.PERSON) -> Actor:
    """The actor that a user is."""
    return Actor(user_id=user.pk, name=user.name, kind=kind, locale=user.locale)


def names_of(user_ids: set[int]) -> dict[int, str]:
    """Display names by user id."""
    return dict(User.objects.filter(pk__in=user_ids).values_list("pk", "name"))

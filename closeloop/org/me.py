"""What the signed-in person is told about themselves."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest

from closeloop.identity import queries as identity
from closeloop.identity.models import User
from closeloop.org import queries
from closeloop.org.access import Verb
from closeloop.org.models import Position
from closeloop.org.roles import ADMINISTRATION


class Provided:
    """What lies above and is plugged in (`config.wiring`)."""

    def __init__(self) -> None:
        self.record_type_keys: Callable[[], Iterable[str]] = tuple
        """Every record type's key."""
        self.demo_password: Callable[[], str | None] = lambda: None
        """The password of the demo accounts, which the sign-in page shows."""
        self.live_url: Callable[[HttpRequest], str | None] = lambda _request: None
        """Where the live process of this installation is reached from a page."""
        self.sign_ins: Callable[[], list[dict[str, Any]]] = list
        """The providers through which people may enter, for the sign-in page."""


provided = Provided()


def me_of(user: User) -> dict[str, Any]:
    """The person, their unit and roles, and what they may do."""
    access = queries.access_of(identity.actor_of_user(user))
    positions = list(
        Position.objects.filter(user_id=user.pk)
        .select_related("unit", "role")
        .order_by("-is_primary", "pk")
    )
    home = positions[0] if positions else None
    return {
        "id": user.pk,
        "username": user.username,
        "name": user.name,
        "locale": user.locale,
        "theme": user.theme,
        "must_change_password": user.must_change_password,
        "unit": {"id": home.unit.pk, "name": home.unit.name} if home else None,
        "position": home.title if home else "",
        "roles": [position.role.name for position in positions],
        "is_admin": all(access.can(capability) for capability in ADMINISTRATION),
        "can": {
            key: {verb.value: access.scope(key, verb.value) for verb in Verb}
            for key in provided.record_type_keys()
        },
        "admin": sorted(access.capabilities),
    }


def demo_accounts() -> list[dict[str, str]]:
    """One demo sign-in for each role, as long as the demo company is there."""
    password = provided.demo_password()
    if password is None:
        return []
    positions = (
        Position.objects.filter(user__is_demo=True, user__is_active=True, is_primary=True)
        .order_by("role_id", "user_id")
        .distinct("role_id")
        .select_related("user", "unit")
    )
    return [
        {
            "username": position.user.username,
            "password": password,
            "name": position.user.name,
            "position": position.title,
        }
        for position in positions
    ]

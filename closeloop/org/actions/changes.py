"""What every change of the organisation shares: its turn, its comparison, its entry."""

from collections.abc import Mapping
from typing import Any

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import revisions
from closeloop.edge.etags import EditConflict
from closeloop.identity.actor import Actor
from closeloop.org import queries
from closeloop.org.errors import BeyondOwnPowers, LastAdministrator
from closeloop.org.models import Role


def take_turn() -> None:
    """Wait until no other change of the organisation is under way, and make all caches stale."""
    revisions.bump(queries.REVISION)


def differing(before: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The wanted values that differ from what is there; keys that are not there are ignored."""
    return {key: value for key, value in wanted.items() if key in before and before[key] != value}


def check_version(
    current: int, given: int | None, *, before: Mapping[str, Any], changed: Mapping[str, Any]
) -> None:
    """Raise EditConflict with both values unless the edit began from the current version."""
    if given is not None and given != current:
        raise EditConflict(
            {
                "version": current,
                "conflict": [
                    {"field": field, "yours": value, "theirs": before[field]}
                    for field, value in changed.items()
                ],
            }
        )


def record(verb: str, data: Mapping[str, Any], *, actor: Actor, unit_id: int | None = None) -> None:
    """Record a change of the organisation."""
    activity.record(Happening(verb=verb, data=data, unit_id=unit_id), actor=actor)


def pairs(before: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Each changed field with its old and its new value."""
    return {field: [before[field], value] for field, value in changed.items()}


def require_within_own(capabilities: set[str], *, actor: Actor) -> None:
    """Raise BeyondOwnPowers where somebody would give, or take over, more than they hold."""
    access = queries.access_of(actor)
    beyond = sorted(capability for capability in capabilities if not access.can(capability))
    if beyond:
        raise BeyondOwnPowers({"capabilities": beyond})


def capabilities_of(role_ids: set[int]) -> set[str]:
    """What the roles allow together."""
    held = Role.objects.filter(pk__in=role_ids).values_list("capabilities", flat=True)
    return {capability for capabilities in held for capability in capabilities}


def keep_an_administrator(*, actor: Actor) -> None:
    """Raise LastAdministrator when nobody active is left who manages users and roles."""
    if actor.user_id is not None and not queries.has_administrator():
        raise LastAdministrator

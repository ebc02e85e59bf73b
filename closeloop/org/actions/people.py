"""Changing people: their account, their positions and whom they answer to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from closeloop.identity import actions as identity
from closeloop.identity.actions import NewUser
from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.org import queries
from closeloop.org.actions import changes
from closeloop.org.errors import PositionsInvalid
from closeloop.org.models import Position, Role, Unit


@dataclass(frozen=True)
class PositionGiven:
    """A unit and a role that a person is to have; where none is primary, the first becomes it."""

    unit_id: int
    role_id: int
    title: str = ""
    superior_id: int | None = None
    is_primary: bool = False


def create_user(
    new: NewUser,
    *,
    positions: Sequence[PositionGiven],
    actor: Actor,
    password: str | None = None,
    password_hash: str | None = None,
) -> User:
    """Add a person with their positions.

    Raises UsernameTaken, PasswordTooWeak, PositionsInvalid and BeyondOwnPowers.
    """
    changes.take_turn()
    user = identity.create_user(new, actor=actor, password=password, password_hash=password_hash)
    if positions:
        _replace_positions(user, positions, actor=actor)
    return user


def change_user(
    user_id: int,
    *,
    wanted: Mapping[str, Any],
    actor: Actor,
    positions: Sequence[PositionGiven] | None = None,
    version: int | None = None,
) -> User:
    """Change a person's account (CHANGEABLE) and, where given, all their positions.

    `is_active` False closes the account: sessions and keys end at once. Raises UserNotFound,
    UsernameTaken, PositionsInvalid, BeyondOwnPowers, LastAdministrator and EditConflict.
    """
    changes.take_turn()
    _require_within(user_id, actor=actor)
    user = identity.change_user(user_id, changes=wanted, version=version, actor=actor)
    if positions is not None:
        _replace_positions(user, positions, actor=actor)
    changes.keep_an_administrator(actor=actor)
    return user


def set_password(user_id: int, *, password: str, actor: Actor) -> User:
    """Give a person a temporary password; raises PasswordTooWeak, UserNotFound, BeyondOwnPowers."""
    _require_within(user_id, actor=actor)
    return identity.set_password(user_id, password=password, actor=actor)


def _require_within(user_id: int, *, actor: Actor) -> None:
    """Nobody takes over the account of somebody who may do more."""
    held = Position.objects.filter(user_id=user_id).values_list("role_id", flat=True)
    changes.require_within_own(changes.capabilities_of(set(held)), actor=actor)


def _replace_positions(user: User, given: Sequence[PositionGiven], *, actor: Actor) -> None:
    _check(user, given)
    before = _as_data(Position.objects.filter(user=user))
    primary = next((index for index, one in enumerate(given) if one.is_primary), 0)
    wanted = [
        Position(
            user=user,
            unit_id=one.unit_id,
            role_id=one.role_id,
            title=one.title,
            superior_id=one.superior_id,
            is_primary=index == primary,
        )
        for index, one in enumerate(given)
    ]
    after = _as_data(wanted)
    if before == after:
        return
    changes.require_within_own(changes.capabilities_of({one.role_id for one in given}), actor=actor)
    Position.objects.filter(user=user).delete()
    Position.objects.bulk_create(wanted)
    _check_superiors(user)
    User.objects.filter(pk=user.pk).update(version=user.version + 1)
    user.version += 1
    changes.record(
        "user.positions_changed",
        {"user_id": user.pk, "name": user.name, "changes": {"positions": [before, after]}},
        actor=actor,
        unit_id=wanted[primary].unit_id if wanted else None,
    )


def _check(user: User, given: Sequence[PositionGiven]) -> None:
    units = _known(Unit.objects.all(), {one.unit_id for one in given})
    roles = _known(Role.objects.all(), {one.role_id for one in given})
    superiors = {one.superior_id for one in given if one.superior_id is not None}
    people = _known(User.objects.filter(is_active=True), superiors)
    errors, seen = [], set()
    for index, one in enumerate(given):
        field = f"positions.{index}"
        if one.unit_id not in units:
            errors.append({"field": f"{field}.unit_id", "code": "unknown_choice"})
        if one.role_id not in roles:
            errors.append({"field": f"{field}.role_id", "code": "unknown_choice"})
        if one.superior_id is not None and one.superior_id not in people - {user.pk}:
            errors.append({"field": f"{field}.superior_id", "code": "unknown_choice"})
        if (one.unit_id, one.role_id) in seen:
            errors.append({"field": field, "code": "repeated"})
        seen.add((one.unit_id, one.role_id))
    if sum(one.is_primary for one in given) > 1:
        errors.append({"field": "positions", "code": "one_primary"})
    if errors:
        raise PositionsInvalid({"errors": errors})


def _known(rows: QuerySet[Any], ids: set[int]) -> set[int]:
    return set(rows.filter(pk__in=ids).values_list("pk", flat=True))


def _check_superiors(user: User) -> None:
    if queries.is_above(user.pk, of=user.pk):
        raise PositionsInvalid({"errors": [{"field": "positions", "code": "superior_circle"}]})


def _as_data(positions: Any) -> list[dict[str, Any]]:
    rows = [
        {
            "unit_id": position.unit_id,
            "role_id": position.role_id,
            "title": position.title,
            "superior_id": position.superior_id,
            "is_primary": position.is_primary,
        }
        for position in positions
    ]
    return sorted(rows, key=lambda row: (row["unit_id"], row["role_id"]))

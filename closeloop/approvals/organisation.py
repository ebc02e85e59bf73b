"""The organisation as the engine's approvals ask it, each question once per case."""

from datetime import datetime
from functools import cached_property

from closeloop.identity.models import User
from closeloop.org import queries as org
from closeloop.org.access import Capability
from closeloop.org.models import AbsenceScope, Position


class Organisation:
    """The organisation at a moment; what was asked once is remembered for as long as it lives."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._superiors: dict[int, tuple[int, ...]] = {}
        self._active: dict[int, bool] = {}
        self._stand_ins: dict[int, int | None] = {}

    def superiors_of(self, person: int) -> tuple[int, ...]:
        """The chain of superiors, nearest first."""
        if person not in self._superiors:
            self._superiors[person] = org.superiors_of(person)
        return self._superiors[person]

    def unit_of(self, person: int) -> int | None:
        """The unit of a person's primary position."""
        return org.home_unit_of(person)

    def head_of_unit(self, unit: int) -> int | None:
        """Who leads a unit, or the nearest above it."""
        return org.head_of_unit(unit)

    def holders_of(self, role: str, unit: int | None) -> tuple[int, ...]:
        """The holders of a role, those nearest to the unit."""
        return tuple(org.people_with_role(role, unit))

    def has_role(self, person: int, role: str) -> bool:
        """Whether a person holds a role."""
        return Position.objects.filter(user_id=person, role__key=role).exists()

    def is_active(self, person: int) -> bool:
        """Whether a person's account is open."""
        if person not in self._active:
            self._active[person] = User.objects.filter(pk=person, is_active=True).exists()
        return self._active[person]

    def stand_in_for(self, person: int) -> int | None:
        """Who stands in for a person who is away now."""
        if person not in self._stand_ins:
            self._stand_ins[person] = org.stand_in_for(
                person, self._at, scope=AbsenceScope.APPROVALS
            )
        return self._stand_ins[person]

    def administrators(self) -> tuple[int, ...]:
        """The active people who look after approvals, the longest-serving first."""
        return self._administrators

    @cached_property
    def _administrators(self) -> tuple[int, ...]:
        held = Position.objects.filter(
            user__is_active=True, role__capabilities__contains=[Capability.MANAGE_APPROVALS]
        )
        return tuple(dict.fromkeys(held.order_by("user_id").values_list("user_id", flat=True)))


def roles_of(person: int) -> list[str]:
    """The keys of the roles that a person holds."""
    held = Position.objects.filter(user_id=person).order_by("role__key")
    return list(held.values_list("role__key", flat=True).distinct())

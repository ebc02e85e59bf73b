"""Who is away, who stands in for them, and who may plan it."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q, QuerySet

from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.org.access import Capability
from closeloop.org.models import Absence, AbsenceScope
from closeloop.org.queries.lines import is_above, people_below
from closeloop.org.queries.reaches import access_of


def is_away(user_id: int, at: datetime, *, scope: str = AbsenceScope.ALL) -> bool:
    """Whether a person is away at a moment, for what the scope names (all: for anything)."""
    return _absence_at(user_id, at, scope) is not None


def stand_in_for(user_id: int, at: datetime, *, scope: str = AbsenceScope.ALL) -> int | None:
    """Who stands in for a person who is away; None where they are there, or nobody stands in.

    A stand-in who is away too is followed by their own. A ring, or a chain that ends with somebody
    who is away, gives nobody.
    """
    return stand_ins(at, scope=scope).get(user_id)


def stand_ins(at: datetime, *, scope: str = AbsenceScope.ALL) -> dict[int, int]:
    """Everybody who is away at a moment and has a stand-in, with that stand-in, in one query."""
    away: dict[int, User | None] = {}
    for absence in _lasting(Absence.objects.select_related("delegate"), at, scope).order_by("pk"):
        away.setdefault(absence.person_id, absence.delegate)
    found = {}
    for person_id in away:
        stand_in = _end_of_chain(person_id, away)
        if stand_in is not None:
            found[person_id] = stand_in
    return found


def _end_of_chain(person_id: int, away: Mapping[int, User | None]) -> int | None:
    seen, current = {person_id}, person_id
    while current in away:
        delegate = away[current]
        if delegate is None or not delegate.is_active or delegate.pk in seen:
            return None
        seen.add(delegate.pk)
        current = delegate.pk
    return current


def standing_in_for(user_id: int, at: datetime, *, scope: str = AbsenceScope.ALL) -> list[int]:
    """The people who are away and have named this person as their stand-in."""
    found = _lasting(Absence.objects.filter(delegate_id=user_id), at, scope)
    return list(found.values_list("person_id", flat=True))


def absences() -> QuerySet[Absence]:
    """Every absence with its people, the latest first."""
    found = Absence.objects.select_related("person", "delegate", "planned_by")
    return found.order_by("-from_at", "-pk")


def absences_in(box: str, *, actor: Actor) -> QuerySet[Absence]:
    """Absences of the actor (mine), in which they stand in (for_others), or of their team.

    The team of whoever hands over work and manages people is the whole company.
    """
    if box == "mine":
        return absences().filter(person_id=actor.user_id)
    if box == "for_others":
        return absences().filter(delegate_id=actor.user_id)
    if actor.user_id is None or _is_for_everybody(actor):
        return absences()
    return absences().filter(person_id__in=people_below(actor.user_id))


def is_in_charge_of(user_id: int, *, actor: Actor) -> bool:
    """Whether somebody is a person, stands above them, or hands over work in the whole company."""
    if actor.user_id is None or actor.user_id == user_id:
        return True
    return _is_for_everybody(actor) or is_above(actor.user_id, of=user_id)


def _is_for_everybody(actor: Actor) -> bool:
    access = access_of(actor)
    return access.can(Capability.HAND_OVER) and access.can(Capability.MANAGE_USERS)


def _absence_at(user_id: int, at: datetime, scope: str) -> Absence | None:
    found = _lasting(Absence.objects.filter(person_id=user_id), at, scope)
    return found.select_related("delegate").order_by("pk").first()


def _lasting(found: QuerySet[Absence], at: datetime, scope: str) -> QuerySet[Absence]:
    """Those that hold at a moment, for what the scope names (all: for anything)."""
    if scope != AbsenceScope.ALL:
        found = found.filter(scope__in=[scope, AbsenceScope.ALL])
    return found.filter(
        Q(cancelled_at=None) | Q(cancelled_at__gt=at), from_at__lte=at, to_at__gt=at
    )

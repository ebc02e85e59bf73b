"""Planning when somebody is away and who stands in for them, and calling it off."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.org import queries
from closeloop.org.access import Capability
from closeloop.org.errors import (
    AbsenceInvalid,
    AbsenceNotFound,
    AbsenceNotYours,
    AbsenceOver,
    AbsenceOverlaps,
    StandInRing,
)
from closeloop.org.models import Absence, AbsenceScope


@dataclass(frozen=True)
class AbsencePlanned:
    """When somebody is to be away, who stands in, and for what (AbsenceScope)."""

    person_id: int
    from_at: datetime
    to_at: datetime
    delegate_id: int | None = None
    scope: str = AbsenceScope.ALL
    reason: str = ""


def plan_absence(planned: AbsencePlanned, *, actor: Actor) -> Absence:
    """Note that somebody will be away.

    People plan their own; a superior, or whoever may hand over work, plans for others. Raises
    UserNotFound, AbsenceNotYours, AbsenceInvalid, AbsenceOverlaps and StandInRing.
    """
    person = queries.active_user(planned.person_id)
    require_in_charge(person.pk, actor=actor)
    _check(planned)
    # One plan at a time: two that name each other as stand-ins must see one another.
    ids = [id_ for id_ in (planned.person_id, planned.delegate_id) if id_ is not None]
    list(User.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    if _leads_back(planned):
        raise StandInRing({"errors": [{"field": "delegate_id", "code": "stand_in_ring"}]})
    absence = _insert(planned, actor=actor)
    _record("absence.planned", absence, actor=actor)
    return queries.absences().get(pk=absence.pk)


def cancel_absence(absence_id: int, *, actor: Actor) -> None:
    """Call an absence off; one that has begun ends now.

    Raises AbsenceNotFound, AbsenceNotYours and AbsenceOver.
    """
    absence = (
        Absence.objects.select_for_update(of=("self",))
        .select_related("person", "delegate")
        .filter(pk=absence_id, cancelled_at=None)
        .first()
    )
    if absence is None:
        raise AbsenceNotFound({"id": absence_id})
    require_in_charge(absence.person_id, actor=actor)
    now = timezone.now()
    if absence.to_at <= now:
        raise AbsenceOver({"id": absence_id})
    absence.cancelled_at = now
    absence.save(update_fields=["cancelled_at"])
    _record("absence.cancelled", absence, actor=actor)


def require_in_charge(person_id: int, *, actor: Actor) -> None:
    """Let pass the person themselves, who stands above them, and who may hand over work.

    Raises AbsenceNotYours.
    """
    if not queries.is_in_charge_of(person_id, actor=actor):
        raise AbsenceNotYours(
            {"person_id": person_id, "permission": f"admin:{Capability.HAND_OVER}"}
        )


def _check(planned: AbsencePlanned) -> None:
    errors = []
    if planned.to_at <= planned.from_at:
        errors.append({"field": "to_at", "code": "ends_before_it_begins"})
    elif planned.to_at <= timezone.now():
        errors.append({"field": "to_at", "code": "already_over"})
    if planned.delegate_id == planned.person_id:
        errors.append({"field": "delegate_id", "code": "stands_in_for_themselves"})
    elif planned.delegate_id is not None and not _is_there(planned.delegate_id):
        errors.append({"field": "delegate_id", "code": "unknown_choice"})
    if planned.scope not in AbsenceScope.values:
        errors.append({"field": "scope", "code": "unknown_choice"})
    if errors:
        raise AbsenceInvalid({"errors": errors})


def _is_there(user_id: int) -> bool:
    return User.objects.filter(pk=user_id, is_active=True).exists()


def _leads_back(planned: AbsencePlanned) -> bool:
    """Whether the stand-ins of some moment of the time would lead back to the person."""
    waiting, seen = [planned.delegate_id], {planned.delegate_id}
    during = Absence.objects.filter(
        cancelled_at=None, from_at__lt=planned.to_at, to_at__gt=planned.from_at
    ).exclude(delegate=None)
    while waiting:
        current = waiting.pop()
        for next_id in during.filter(person_id=current).values_list("delegate_id", flat=True):
            if next_id == planned.person_id:
                return True
            if next_id not in seen:
                seen.add(next_id)
                waiting.append(next_id)
    return False


def _insert(planned: AbsencePlanned, *, actor: Actor) -> Absence:
    try:
        with transaction.atomic():
            return Absence.objects.create(**vars(planned), planned_by_id=actor.user_id)
    except IntegrityError as error:
        constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
        if constraint != "absence_once_at_a_time":
            raise
        raise AbsenceOverlaps(
            {"errors": [{"field": "from_at", "code": "absence_overlaps"}]}
        ) from error


def _record(verb: str, absence: Absence, *, actor: Actor) -> None:
    delegate = absence.delegate
    activity.record(
        Happening(
            verb=verb,
            unit_id=queries.home_unit_of(absence.person_id),
            data={
                "absence_id": absence.pk,
                "person_id": absence.person_id,
                "name": absence.person.name,
                "delegate_id": absence.delegate_id,
                "delegate": delegate.name if delegate else None,
                "from": absence.from_at,
                "to": absence.to_at,
                "scope": absence.scope,
                "reason": absence.reason,
            },
        ),
        actor=actor,
    )

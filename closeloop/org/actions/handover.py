"""Handing over what somebody holds who leaves, changes place or is away for long (P08)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.org import queries
from closeloop.org.access import Capability, NotAllowed
from closeloop.org.actions import changes, people
from closeloop.org.actions.people import PositionGiven
from closeloop.org.errors import HandoverIncomplete, HandoverInvalid
from closeloop.org.handover import Held, Holding, holdings
from closeloop.org.models import Absence, Position, Unit

EVERYTHING = "*"
"""Who gets every kind for which nobody is named."""


@dataclass(frozen=True)
class HandedOver:
    """How many of each kind went over."""

    counts: Mapping[str, int] = field(default_factory=dict)
    is_deactivated: bool = False


def hand_over(
    person_id: int, *, to: Mapping[str, int], is_deactivated: bool = False, actor: Actor
) -> HandedOver:
    """Give what a person holds to others, kind by kind (`*`: the rest), all of it or nothing.

    Kinds for which nobody is named stay, unless the account is closed. Raises UserNotFound,
    NotAllowed, HandoverInvalid and HandoverIncomplete, and what the kinds refuse.
    """
    require_may_hand_over(person_id, is_deactivated=is_deactivated, actor=actor)
    changes.take_turn()
    person = queries.user(person_id)
    kinds = holdings.all()
    _check(person_id, to, {kind.key for kind in kinds})
    counts = {
        kind.key: kind.hand_over(person_id, heir, actor)
        for kind in kinds
        if (heir := to.get(kind.key, to.get(EVERYTHING))) is not None
    }
    if is_deactivated:
        _require_nothing_left(person_id, kinds)
        people.change_user(person_id, wanted={"is_active": False}, actor=actor)
    changes.record(
        "handover.done",
        {
            "person_id": person_id,
            "name": person.name,
            "to": dict(to),
            "counts": counts,
            "deactivated": is_deactivated,
        },
        actor=actor,
        unit_id=queries.home_unit_of(person_id),
    )
    return HandedOver(counts=counts, is_deactivated=is_deactivated)


def change_account(
    user_id: int,
    *,
    wanted: Mapping[str, Any],
    actor: Actor,
    positions: Sequence[PositionGiven] | None = None,
    version: int | None = None,
) -> User:
    """Change a person by hand: an account is closed only once nothing hangs on it any more.

    Raises HandoverIncomplete, and what `change_user` raises. Whoever leaves by an address book or
    by a program is closed at once: what waits for them goes on without them.
    """
    is_closing = wanted.get("is_active") is False
    if is_closing and User.objects.filter(pk=user_id, is_active=True).exists():
        _require_nothing_left(user_id, holdings.all())
    return people.change_user(
        user_id, wanted=wanted, actor=actor, positions=positions, version=version
    )


def require_may_hand_over(person_id: int, *, is_deactivated: bool = False, actor: Actor) -> None:
    """Let pass who may hand over work, for those below them; who manages people, for anybody.

    Closing the account takes managing people. Raises UserNotFound and NotAllowed.
    """
    queries.user(person_id)
    access = queries.access_of(actor)
    access.require_capability(Capability.HAND_OVER)
    if is_deactivated:
        access.require_capability(Capability.MANAGE_USERS)
    if person_id != actor.user_id and not queries.is_in_charge_of(person_id, actor=actor):
        raise NotAllowed({"permission": f"admin:{Capability.MANAGE_USERS}"})


def _check(person_id: int, to: Mapping[str, int], known: set[str]) -> None:
    there = set(
        User.objects.filter(pk__in=to.values(), is_active=True).values_list("pk", flat=True)
    )
    errors = []
    for key, heir in to.items():
        if key not in {*known, EVERYTHING} or heir == person_id or heir not in there:
            errors.append({"field": f"to.{key}", "code": "unknown_choice"})
    if errors:
        raise HandoverInvalid({"errors": errors})


def _require_nothing_left(person_id: int, kinds: list[Holding]) -> None:
    left = {kind.key: count for kind in kinds if (count := kind.count(person_id))}
    if left:
        raise HandoverIncomplete({"left": left})


def _count_led(person_id: int) -> int:
    return (
        Position.objects.filter(superior_id=person_id).count()
        + Unit.objects.filter(head_id=person_id).count()
    )


def _led(person_id: int, limit: int) -> list[Held]:
    units = Unit.objects.filter(head_id=person_id).order_by("pk")[:limit]
    answering = Position.objects.filter(superior_id=person_id).select_related("user")
    return [
        *(Held(unit.pk, unit.name, "unit") for unit in units),
        *(Held(each.user_id, each.user.name, "person") for each in answering[:limit]),
    ][:limit]


def _hand_over_lead(person_id: int, to: int, actor: Actor) -> int:
    """Units and people; whoever takes over answers to whom the person answered to."""
    count = _count_led(person_id)
    if queries.is_above(person_id, of=to):
        above = queries.superior_of(person_id)
        Position.objects.filter(user_id=to).update(superior_id=above)
    Position.objects.filter(superior_id=person_id).update(superior_id=to)
    Unit.objects.filter(head_id=person_id).update(head_id=to)
    if queries.is_above(to, of=to):
        raise HandoverInvalid({"errors": [{"field": "to.lead", "code": "superior_circle"}]})
    if count:
        changes.record(
            "handover.lead_given",
            {"person_id": person_id, "name": _name_of(person_id), "to": to, "count": count},
            actor=actor,
        )
    return count


def _name_of(person_id: int) -> str:
    return User.objects.values_list("name", flat=True).get(pk=person_id)


def _standing_in(person_id: int) -> QuerySet[Absence]:
    lasting = Absence.objects.filter(cancelled_at=None, to_at__gt=timezone.now())
    return lasting.filter(delegate_id=person_id).select_related("person").order_by("from_at")


def _stood_in_for(person_id: int, limit: int) -> list[Held]:
    found = _standing_in(person_id)[:limit]
    return [Held(each.pk, each.person.name, "absence", "/absences") for each in found]


def _stand_in_instead(person_id: int, to: int, _actor: Actor) -> int:
    """Nobody stands in for themselves: their own absence is left without a stand-in."""
    own = _standing_in(person_id).filter(person_id=to).update(delegate=None)
    return own + _standing_in(person_id).update(delegate_id=to)


LED = Holding(
    key="lead",
    name={"zh-CN": "所带部门与下属", "en-US": "Units and people led"},
    count=_count_led,
    items=_led,
    hand_over=_hand_over_lead,
)
STAND_INS = Holding(
    key="stand_ins",
    name={"zh-CN": "担任的代理", "en-US": "Stand-ins"},
    count=lambda person_id: _standing_in(person_id).count(),
    items=_stood_in_for,
    hand_over=_stand_in_instead,
)

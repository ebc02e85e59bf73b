"""Groups and their members: who receives by rule, how much, and what they are good at."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import revisions
from closeloop.engine.routing import DEFAULT_CAP, parse_rules
from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.org import queries as org
from closeloop.routing import errors, rules
from closeloop.routing.models import Group, Hours, Receiver, RuleSetVersion, Seat

_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")


@dataclass(frozen=True)
class SeatGiven:
    """A member of a group: what is None stays as it is, or is the usual for somebody new."""

    person_id: int
    weight: int = 1
    cap: int | None = None
    skills: tuple[str, ...] | None = None


@dataclass(frozen=True)
class GroupGiven:
    """A group as a whole, its members in their order."""

    key: str
    name: Mapping[str, str]
    strategy: str
    members: tuple[SeatGiven, ...] = ()


@dataclass(frozen=True)
class ReceiverGiven:
    """What changes about somebody who receives; None stays."""

    cap: int | None = None
    skills: tuple[str, ...] | None = None
    hours: str | None = None
    is_receiving: bool | None = None


def write_group(given: GroupGiven, *, is_new: bool, actor: Actor) -> Group:
    """Make or change a group with all of its members; shares of those who stay go on.

    Raises GroupExists, GroupNotFound, GroupKeyInvalid, ReceiverUnknown.
    """
    if not _KEY.fullmatch(given.key):
        raise errors.GroupKeyInvalid({"key": given.key})
    found = Group.objects.select_for_update().filter(key=given.key).first()
    if is_new and found is not None:
        raise errors.GroupExists({"key": given.key})
    if not is_new and found is None:
        raise errors.GroupNotFound({"key": given.key})
    _require_people([each.person_id for each in given.members])
    values = {"name": dict(given.name), "strategy": given.strategy}
    if found is None:
        position = Group.objects.count()
        found = Group.objects.create(key=given.key, position=position, **values)
    else:
        Group.objects.filter(pk=found.pk).update(**values)
    _seat(found, given.members)
    revisions.bump(rules.REVISION)
    _record(
        "routing.group_changed",
        actor,
        group=given.key,
        name=dict(given.name),
        strategy=given.strategy,
        people=[each.person_id for each in given.members],
    )
    return found


def remove_group(key: str, *, actor: Actor) -> None:
    """Remove a group that no published rule names. Raises GroupNotFound, GroupInUse."""
    found = Group.objects.select_for_update().filter(key=key).first()
    if found is None:
        raise errors.GroupNotFound({"key": key})
    versions = RuleSetVersion.objects.filter(is_current=True).select_related("rule_set")
    using = [each.rule_set for each in versions if key in parse_rules(each.definition).groups]
    if using:
        raise errors.GroupInUse({"key": key, "rule_sets": [each.name for each in using]})
    name = found.name
    found.delete()
    revisions.bump(rules.REVISION)
    _record("routing.group_removed", actor, group=key, name=name)


def change_receiver(person_id: int, given: ReceiverGiven, *, actor: Actor) -> Receiver:
    """Change how much somebody receives, what they are good at, when. Raises ReceiverUnknown."""
    _require_people([person_id])
    found, _ = Receiver.objects.select_for_update().get_or_create(person_id=person_id)
    changed = {key: value for key, value in vars(given).items() if value is not None}
    if "skills" in changed:
        changed["skills"] = sorted(set(changed["skills"]))
    for key, value in changed.items():
        setattr(found, key, value)
    if changed:
        found.save(update_fields=list(changed))
        revisions.bump(rules.REVISION)
        _record("routing.receiver_changed", actor, person_id=person_id, **changed)
    return found


def _seat(group: Group, members: Sequence[SeatGiven]) -> None:
    ids = [each.person_id for each in members]
    group.seats.exclude(receiver_id__in=ids).delete()
    known = {each.pk: each for each in Receiver.objects.filter(pk__in=ids)}
    held = {each.receiver_id: each for each in group.seats.all()}
    # Whoever is new begins where the others stand, and does not catch up on what was before.
    latest = max((seat.turn for seat in held.values()), default=0)
    for place, each in enumerate(members):
        _enroll(each, known.get(each.person_id))
        seat = held.get(each.person_id) or Seat(
            group=group, receiver_id=each.person_id, turn=latest
        )
        seat.place, seat.weight = place, each.weight
        seat.save()


def _enroll(given: SeatGiven, known: Receiver | None) -> None:
    receiver = known or Receiver(person_id=given.person_id, cap=DEFAULT_CAP, hours=Hours.CALENDAR)
    if given.cap is not None:
        receiver.cap = given.cap
    if given.skills is not None:
        receiver.skills = sorted(set(given.skills))
    receiver.save()


def _require_people(ids: Sequence[int]) -> None:
    here = set(User.objects.filter(pk__in=ids, is_active=True).values_list("pk", flat=True))
    missing = [each for each in ids if each not in here or org.home_unit_of(each) is None]
    if missing or len(set(ids)) < len(ids):
        raise errors.ReceiverUnknown({"people": missing})


def _record(verb: str, actor: Actor, **data: Any) -> None:
    activity.record(Happening(verb=verb, data=data), actor=actor)

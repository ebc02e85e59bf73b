"""Taking over units and people, each through the organisation's own actions.

What the organisation refuses (a name that is taken, somebody with more powers) is undone by itself
and named; all the rest stands.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from django.db import transaction

from closeloop.engine.refusals import Refusal
from closeloop.identity.actions import NewUser
from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.integrations.differences import Difference, PersonItem, UnitItem
from closeloop.integrations.errors import LinkTaken
from closeloop.integrations.matching import national
from closeloop.integrations.models import LinkSource, PersonLink, UnitLink
from closeloop.notices.vendors.directory import Member
from closeloop.org import actions as org
from closeloop.org import queries
from closeloop.org.actions import PositionGiven
from closeloop.org.errors import UnitNotFound

_USERNAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@-]{1,39}")


def accept(
    key: str,
    diff: Difference,
    *,
    wanted: frozenset[str],
    deactivate: frozenset[int],
    role_id: int | None,
    members: Mapping[str, Member],
    actor: Actor,
) -> dict[str, Any]:
    """Take over what is wanted; gives counts by kind, and what was left out with its reason."""
    taking = _Taking(key, role_id, members, actor)
    for unit in diff.units:
        if unit.key in wanted:
            taking.attempt(unit.key, unit.name, unit.kind, partial(taking.unit, unit))
    for person in _leaders_first(diff.people):
        if person.kind == "left":
            if person.person_id in deactivate:
                taking.attempt(
                    person.key,
                    person.name,
                    "deactivated",
                    partial(taking.left, person),
                )
        elif person.key in wanted:
            taking.attempt(person.key, person.name, person.kind, partial(taking.person, person))
    for person in diff.people:
        if person.key in taking.done and person.leader_external_id:
            taking.attempt(person.key, person.name, "", partial(taking.superior, person))
    return {"counts": dict(taking.counts), "left_out": taking.left_out}


class _Taking:
    """One run: the units and people that are known by their ids at the provider by now."""

    def __init__(
        self, key: str, role_id: int | None, members: Mapping[str, Member], actor: Actor
    ) -> None:
        self._key = key
        self._role_id = role_id
        self._members = members
        self._actor = actor
        self._units = dict(
            UnitLink.objects.filter(provider=key).values_list("external_id", "unit_id")
        )
        self._people = dict(
            PersonLink.objects.filter(provider=key).values_list("external_id", "person_id")
        )
        self._placed: set[str] = set()
        """Who was added below their superior already."""
        self.counts: Counter[str] = Counter()
        self.left_out: list[dict[str, Any]] = []
        self.done: set[str] = set()

    def attempt(self, item: str, name: str, kind: str, take: Callable[[], None]) -> None:
        """Take one item over; undo it alone where the organisation refuses it."""
        try:
            with transaction.atomic():
                take()
        except Refusal as refusal:
            self.left_out.append(
                {"key": item, "name": name, "code": refusal.code, "data": _facts(refusal)}
            )
            return
        self.done.add(item)
        if kind:
            noun = item.partition(":")[0]
            self.counts[f"{noun}_{kind}"] += 1

    def unit(self, item: UnitItem) -> None:
        """Add, link, rename, move, restore or set inactive one unit."""
        if item.kind == "removed":
            org.change_unit(item.unit_id or 0, wanted={"is_active": False}, actor=self._actor)
            return
        parent_id = item.parent_unit_id
        if parent_id is None and item.parent_external_id:
            parent_id = self._units.get(item.parent_external_id)
            if parent_id is None:
                raise UnitNotFound({"name": item.parent})
        if item.kind == "added":
            unit = org.create_unit(name=item.name, parent_id=parent_id, actor=self._actor)
            unit_id = unit.pk
        else:
            unit_id = item.unit_id or 0
        if item.kind in ("renamed", "moved", "restored"):
            wanted = {"name": item.name, "parent_id": parent_id, "is_active": True}
            org.change_unit(unit_id, wanted=wanted, actor=self._actor)
        UnitLink.objects.update_or_create(
            provider=self._key, external_id=item.external_id, defaults={"unit_id": unit_id}
        )
        self._units[item.external_id] = unit_id

    def person(self, item: PersonItem) -> None:
        """Add or change one person, and keep their id at the provider."""
        person_id = self._added(item) if item.person_id is None else self._changed(item)
        taken = PersonLink.objects.filter(provider=self._key, external_id=item.external_id)
        if taken.exclude(person_id=person_id).exists():
            raise LinkTaken({"name": item.name})
        PersonLink.objects.update_or_create(
            provider=self._key,
            person_id=person_id,
            defaults={"external_id": item.external_id, "source": LinkSource.SYNC},
        )
        self._people[item.external_id] = person_id

    def superior(self, item: PersonItem) -> None:
        """Have a person answer to whom the provider names."""
        if item.external_id in self._placed:
            return
        person_id = self._people[item.external_id]
        leader_id = self._people.get(item.leader_external_id)
        positions = _positions(person_id)
        if leader_id is None or not positions or positions[0].superior_id == leader_id:
            return
        first = PositionGiven(**{**vars(positions[0]), "superior_id": leader_id})
        org.change_user(person_id, wanted={}, positions=[first, *positions[1:]], actor=self._actor)

    def left(self, item: PersonItem) -> None:
        """Close the account of somebody who is no longer there."""
        org.change_user(item.person_id or 0, wanted={"is_active": False}, actor=self._actor)

    def _added(self, item: PersonItem) -> int:
        unit_id = self._units.get(item.unit_external_id)
        if unit_id is None:
            raise UnitNotFound({"name": item.unit})
        member = self._members[item.external_id]
        place = PositionGiven(
            unit_id=unit_id,
            role_id=self._role_id or 0,
            title=member.title,
            superior_id=self._people.get(item.leader_external_id),
            is_primary=True,
        )
        new = NewUser(
            username=_username(member),
            name=member.name,
            email=member.email,
            phone=national(member.phone),
        )
        person_id = org.create_user(new, positions=[place], actor=self._actor).pk
        if place.superior_id is not None:
            self._placed.add(item.external_id)
        return person_id

    def _changed(self, item: PersonItem) -> int:
        person_id = item.person_id or 0
        wanted: dict[str, Any] = {
            field: item.changes[field][1]
            for field in ("name", "phone", "email")
            if field in item.changes
        }
        if "is_active" in item.changes:
            wanted["is_active"] = True
        positions = _positions(person_id)
        unit_id = self._units.get(item.unit_external_id)
        has_moved = "unit" in item.changes and unit_id is not None and positions
        if has_moved:
            positions[0] = PositionGiven(**{**vars(positions[0]), "unit_id": unit_id})
        if wanted or has_moved:
            org.change_user(
                person_id,
                wanted=wanted,
                positions=positions if has_moved else None,
                actor=self._actor,
            )
        return person_id


def _leaders_first(people: Sequence[PersonItem]) -> list[PersonItem]:
    """Those whom others answer to, then the others: most are then added below their superior."""
    leaders = {item.leader_external_id for item in people}
    return sorted(people, key=lambda item: item.external_id not in leaders)


def _positions(person_id: int) -> list[PositionGiven]:
    """Somebody's positions, the primary one first."""
    return [
        PositionGiven(
            unit_id=position.unit_id,
            role_id=position.role_id,
            title=position.title,
            superior_id=position.superior_id,
            is_primary=position.is_primary,
        )
        for position in queries.user(person_id).positions.all()
    ]


def _username(member: Member) -> str:
    """A free sign-in name: the mail's, else the phone, else the id at the provider."""
    given = (member.email.partition("@")[0], national(member.phone), member.id)
    wish = next((one for one in given if _USERNAME.fullmatch(one)), "user")
    name, number = wish, 1
    while User.objects.filter(username__iexact=name).exists():
        number += 1
        name = f"{wish}{number}"
    return name


def _facts(refusal: Refusal) -> dict[str, Any]:
    return {key: value for key, value in refusal.data.items() if key != "conflict"}

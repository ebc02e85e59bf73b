"""The organisation of the volumes: about 500 units and 2,000 people, whatever the size."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from django.contrib.auth.hashers import make_password

from closeloop.demo.company import PASSWORD
from closeloop.demo.names import Names
from closeloop.identity.initials import initials_of
from closeloop.identity.models import User
from closeloop.org import actions as org
from closeloop.org.models import Position, Unit

REGIONS, BRANCHES, TEAMS = 8, 10, 5
SELLERS = 1511
ROOT = "容量测试公司"
FIRST_SIGN_INS = ("v.top", "v.region", "v.branch", "v.team", "v.seller")
"""One person at every height: the whole company, a region, a branch, a team, one seller."""


@dataclass(frozen=True)
class Owner:
    """A seller and the unit of what they own."""

    user_id: int
    unit_id: int


def organise(rng: Random) -> list[Owner]:
    """Make units and people in bulk; gives the sellers, team by team."""
    levels = _units()
    roles = {key: role.pk for key, role in org.install_roles().items()}
    heights = (("sales_ops", 1), ("director", REGIONS), ("manager", 0), ("manager", 0))
    seats = [
        (unit, role) for (role, _), units in zip(heights, levels, strict=True) for unit in units
    ]
    teams = levels[-1]
    sellers = [(teams[number % len(teams)], "salesperson") for number in range(SELLERS)]
    seats += sorted(sellers, key=lambda seat: seat[0].pk)
    people = _people(rng, [role for _, role in seats], levels)
    Position.objects.bulk_create(
        Position(user=person, unit=unit, role_id=roles[role], is_primary=True)
        for person, (unit, role) in zip(people, seats, strict=True)
    )
    heads = list(zip(people, seats, strict=True))[: len(seats) - SELLERS]
    for person, (unit, _) in heads:
        unit.head = person
    Unit.objects.bulk_update([unit for _, (unit, _) in heads], ["head"])
    org.rebuild_closure()
    return [
        Owner(person.pk, unit.pk)
        for person, (unit, role) in zip(people, seats, strict=True)
        if role == "salesperson"
    ]


def _units() -> tuple[list[Unit], list[Unit], list[Unit], list[Unit]]:
    root = Unit.objects.bulk_create([Unit(name=ROOT)])
    regions = _below(root, REGIONS, "{n} 区")
    branches = _below(regions, BRANCHES, "{n} 分公司")
    return root, regions, branches, _below(branches, TEAMS, "{n} 组")


def _below(parents: list[Unit], count: int, name: str) -> list[Unit]:
    return Unit.objects.bulk_create(
        Unit(parent=parent, name=name.format(n=f"{place}-{number}"), position=number)
        for place, parent in enumerate(parents, start=1)
        for number in range(1, count + 1)
    )


def _people(rng: Random, roles: list[str], levels: tuple[list[Unit], ...]) -> list[User]:
    """People in the order of their seats; the first at each height has a sign-in by name."""
    starts, place = {}, 0
    for sign_in, units in zip(FIRST_SIGN_INS, (*levels, []), strict=True):
        starts[place] = sign_in
        place += len(units)
    names, password = Names(rng), make_password(PASSWORD)
    people = []
    for number, _ in enumerate(roles):
        name = names.person()
        people.append(
            User(
                username=starts.get(number, f"v{number}"),
                name=name,
                initials=initials_of(name),
                password=password,
                is_demo=True,
            )
        )
    return User.objects.bulk_create(people)

"""Making the demo company's organisation by the product's own actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from django.contrib.auth.hashers import make_password
from pypinyin import lazy_pinyin

from closeloop.demo.company import (
    CHIEF,
    DOMAIN,
    FIRST_SIGN_INS,
    MANAGER_TITLE,
    NAME,
    PARTNER,
    PASSWORD,
    REGIONAL_TITLE,
    SELLER_TITLE,
    TEAM_NAMES,
    Region,
    Size,
    Staff,
)
from closeloop.demo.ledger.held import Places
from closeloop.demo.names import Names
from closeloop.identity.actions import NewUser
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.identity.models import User
from closeloop.identity.queries import actor_of_user
from closeloop.org import actions as org
from closeloop.org import queries
from closeloop.org.models import Position, Role, Unit

SERVICE_HEAD = "service"


@dataclass(frozen=True)
class Colleague:
    """A person as the simulation needs them."""

    actor: Actor
    username: str
    title: str
    role: str
    unit_id: int
    region: str = ""


@dataclass
class Team:
    """A sales team: its manager and its sellers."""

    manager: Colleague
    sellers: list[Colleague]
    is_silent: bool = False


@dataclass
class Organisation:
    """Everybody, by what they do."""

    chief: Colleague
    directors: list[Colleague] = field(default_factory=list)
    teams: list[Team] = field(default_factory=list)
    staff: dict[str, Colleague] = field(default_factory=dict)
    """Headquarters by sign-in."""

    @property
    def everybody(self) -> list[Colleague]:
        """All colleagues, superiors first."""
        teams = [person for team in self.teams for person in (team.manager, *team.sellers)]
        return [self.chief, *self.directors, *teams, *self.staff.values()]

    @property
    def silent(self) -> frozenset[int]:
        """The units that have followed up nobody for days."""
        return frozenset(team.manager.unit_id for team in self.teams if team.is_silent)

    @property
    def places(self) -> Places:
        """Where everybody sits and whom they answer to."""
        ids = [person.actor.user_id or 0 for person in self.everybody]
        return Places(
            units={key: queries.home_unit_of(key) or 0 for key in ids},
            superiors={key: queries.superior_of(key) for key in ids},
        )


def organise(size: Size, *, seed: int, since: datetime) -> Organisation:
    """Make units, people, positions and superiors; everybody has the demo password."""
    making = _Making(size, names=Names(Random(f"{seed}:colleagues")))
    found = making.run()
    # Accounts are made on the day of the load, but their holders have worked here all along.
    Position.objects.filter(user__is_demo=True).update(since=since)
    User.objects.filter(is_demo=True).update(created_at=since)
    return found


class _Making:
    """Units and people, one after the other, with the names that are left."""

    def __init__(self, size: Size, *, names: Names) -> None:
        self.size = size
        self.names = names
        self.roles: dict[str, Role] = org.install_roles()
        self.hash = make_password(PASSWORD)
        self.usernames: set[str] = set()
        self.first = dict(FIRST_SIGN_INS)

    def run(self) -> Organisation:
        root = self._unit(NAME, None, position=0)
        # The sign-in page offers the first account of each role: a director's before the chief's.
        units = [
            self._unit(f"{region.name}大区", root, position=place)
            for place, region in enumerate(self.size.regions, start=1)
        ]
        directors = [
            self._direct(region, unit)
            for region, unit in zip(self.size.regions, units, strict=True)
        ]
        chief = self._person(CHIEF, root, superior=None)
        found = Organisation(chief, directors=directors)
        for region, unit, director in zip(self.size.regions, units, directors, strict=True):
            self._answer_to(director, chief)
            self._add_teams(found, region, unit, director)
        for place, department in enumerate(self.size.departments, start=20):
            unit = self._unit(department.name, root, position=place)
            head: Colleague | None = None
            for staff in department.staff:
                person = self._person(staff, unit, superior=head or chief)
                found.staff[staff.username] = person
                head = head or person
            self._lead(unit, head)
        self._lead(root, chief)
        found.staff[PARTNER.username] = self._person(PARTNER, root, superior=chief)
        return found

    def _direct(self, region: Region, unit: Unit) -> Colleague:
        given = Staff(self.first.pop("director", ""), REGIONAL_TITLE, "director")
        director = self._person(given, unit, superior=None, region=region.key)
        self._lead(unit, director)
        return director

    def _answer_to(self, person: Colleague, superior: Colleague) -> None:
        position = org.PositionGiven(
            unit_id=person.unit_id,
            role_id=self.roles[person.role].pk,
            title=person.title,
            superior_id=superior.actor.user_id,
            is_primary=True,
        )
        org.change_user(person.actor.user_id or 0, wanted={}, positions=[position], actor=SYSTEM)

    def _add_teams(
        self, found: Organisation, region: Region, unit: Unit, director: Colleague
    ) -> None:
        for number, count in enumerate(region.teams):
            team_unit = self._unit(f"{region.name}{TEAM_NAMES[number]}", unit, position=number)
            given = Staff(self.first.pop("manager", ""), MANAGER_TITLE, "manager")
            manager = self._person(given, team_unit, superior=director, region=region.key)
            self._lead(team_unit, manager)
            sellers = []
            for _ in range(count):
                given = Staff(self.first.pop("salesperson", ""), SELLER_TITLE, "salesperson")
                sellers.append(self._person(given, team_unit, superior=manager, region=region.key))
            is_silent = number >= len(region.teams) - region.silent
            found.teams.append(Team(manager, sellers, is_silent))

    def _unit(self, name: str, parent: Unit | None, *, position: int) -> Unit:
        return org.create_unit(
            name=name, parent_id=parent.pk if parent else None, position=position, actor=SYSTEM
        )

    def _lead(self, unit: Unit, head: Colleague | None) -> None:
        if head is not None:
            org.change_unit(unit.pk, wanted={"head_id": head.actor.user_id}, actor=SYSTEM)

    def _person(
        self, given: Staff, unit: Unit, *, superior: Colleague | None, region: str = ""
    ) -> Colleague:
        name = given.name or self.names.colleague()
        username = given.username or self._username(name)
        self.usernames.add(username)
        user = org.create_user(
            NewUser(
                username=username,
                name=name,
                email=f"{username}@{DOMAIN}",
                phone=self.names.mobile(),
                is_demo=True,
            ),
            positions=self._positions(given, unit, superior),
            password_hash=self.hash,
            actor=SYSTEM,
        )
        actor = actor_of_user(user)
        return Colleague(actor, username, given.title, given.role, unit.pk, region)

    def _positions(
        self, given: Staff, unit: Unit, superior: Colleague | None
    ) -> list[org.PositionGiven]:
        above = superior.actor.user_id if superior else None
        roles = [given.role]
        if given.username.startswith(SERVICE_HEAD):
            roles.append("presales")  # service reads every customer, as presales does
        return [
            org.PositionGiven(
                unit_id=unit.pk,
                role_id=self.roles[role].pk,
                title=given.title,
                superior_id=above,
                is_primary=role == given.role,
            )
            for role in roles
        ]

    def _username(self, name: str) -> str:
        plain = "".join(lazy_pinyin(name))
        number = 1
        while (chosen := plain if number == 1 else f"{plain}{number}") in self.usernames:
            number += 1
        return chosen

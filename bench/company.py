"""A company to measure with: people at every height, and teams that are large enough to page.

Two divisions; the first has three regions and 24 small offices, the second two regions. Each region
has two teams of six sellers, and each team owns about nine per cent of the records.
"""

from dataclasses import dataclass

from django.db import transaction

from closeloop.identity.actions import NewUser
from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import User
from closeloop.org import actions
from closeloop.org.actions import PositionGiven
from closeloop.org.models import Role

PASSWORD = "correct horse 47"
SELLERS_OF_A_TEAM = 6
SHARE = 4
"""A seller of a team owns four times as many records as one of a small office."""


@dataclass(frozen=True)
class Company:
    """Who owns records, as (person, unit), and one person who looks from each height."""

    owners: list[tuple[int, int]]
    in_division: int
    viewers: dict[str, User]

    @property
    def owners_in_division(self) -> list[tuple[int, int]]:
        """Those whom the viewer of the division sees; they come first."""
        return self.owners[: self.in_division]


def found_company() -> Company:
    """Make it by the product's own actions.

    The viewer `top` sees everything; `division`, `region` and `team` see their subtree (34, 3 and
    1 units); `own` sees the rows of one seller.
    """
    role = {each.key: each.pk for each in Role.objects.all()}
    owners: list[tuple[int, int]] = []
    viewers: dict[str, User] = {}
    with transaction.atomic():
        top = _unit("总部", None)
        viewers["top"] = _viewer("top", role["sales_ops"], top)
        for division_name, regions, offices in (("东", 3, 24), ("西", 2, 0)):
            division = _unit(f"{division_name}部", top)
            for number in range(regions):
                region = _unit(f"{division_name}{number}区", division)
                for team_name in "甲乙":
                    team = _unit(f"{division_name}{number}区{team_name}组", region)
                    owners += _sellers(team, role["salesperson"], SELLERS_OF_A_TEAM) * SHARE
                    _first(viewers, "team", role["manager"], team)
                _first(viewers, "region", role["manager"], region)
            for number in range(offices):
                office = _unit(f"{division_name}{number}办", division)
                owners += _sellers(office, role["salesperson"], 1)
            _first(viewers, "division", role["manager"], division)
            if division_name == "东":
                in_division = len(owners)
    viewers["own"] = User.objects.get(pk=owners[0][0])
    return Company(owners=owners, in_division=in_division, viewers=viewers)


def _unit(name: str, parent: int | None) -> int:
    return actions.create_unit(name=name, parent_id=parent, head_id=None, actor=SYSTEM).pk


def _sellers(unit: int, role: int, count: int) -> list[tuple[int, int]]:
    """They have no password, for hashing takes longer than all the rest."""
    return [
        (_person(f"seller{unit}n{number}", role, unit, password=None).pk, unit)
        for number in range(count)
    ]


def _first(viewers: dict[str, User], name: str, role: int, unit: int) -> None:
    if name not in viewers:
        viewers[name] = _viewer(name, role, unit)


def _viewer(name: str, role: int, unit: int) -> User:
    return _person(name, role, unit, password=PASSWORD)


def _person(username: str, role: int, unit: int, *, password: str | None) -> User:
    return actions.create_user(
        NewUser(username=username, name=f"员工{username}"),
        password=password,
        positions=[PositionGiven(unit_id=unit, role_id=role, is_primary=True)],
        actor=SYSTEM,
    )

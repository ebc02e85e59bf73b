"""A company to measure with: 2 divisions of 5 regions of 10 teams, and people at every height."""

from dataclasses import dataclass

from django.db import transaction

from closeloop.identity.actions import NewUser
from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import User
from closeloop.org import actions
from closeloop.org.actions import PositionGiven
from closeloop.org.models import Role

PASSWORD = "correct horse 47"
SELLERS_OF_A_TEAM = 5


@dataclass(frozen=True)
class Company:
    """Who owns records, as (person, unit), and one person who looks from each height."""

    owners: list[tuple[int, int]]
    viewers: dict[str, User]

    @property
    def owners_in_division(self) -> list[tuple[int, int]]:
        """Those whom the viewer of the division sees: the first half."""
        return self.owners[: len(self.owners) // 2]


def found_company() -> Company:
    """Make it by the product's own actions.

    The viewer `top` sees everything; `division`, `region` and `team` see their subtree (56, 11
    and 1 units); `own` sees the rows of one seller.
    """
    role = {each.key: each.pk for each in Role.objects.all()}
    owners: list[tuple[int, int]] = []
    viewers: dict[str, User] = {}
    with transaction.atomic():
        top = _unit("总部", None)
        viewers["top"] = _viewer("top", role["sales_ops"], top)
        for division_name in ("东", "西"):
            division = _unit(f"{division_name}部", top)
            for region_number in range(5):
                region = _unit(f"{division_name}{region_number}区", division)
                for team_number in range(10):
                    team = _unit(f"{division_name}{region_number}区{team_number}组", region)
                    owners += [(each, team) for each in _sellers(team, role["salesperson"])]
                    _first(viewers, "team", role["manager"], team)
                _first(viewers, "region", role["manager"], region)
            _first(viewers, "division", role["manager"], division)
    viewers["own"] = User.objects.get(pk=owners[0][0])
    return Company(owners=owners, viewers=viewers)


def _unit(name: str, parent: int | None) -> int:
    return actions.create_unit(name=name, parent_id=parent, head_id=None, actor=SYSTEM).pk


def _sellers(team: int, role: int) -> list[int]:
    """They have no password, for hashing five hundred takes longer than all the rest."""
    return [
        _person(f"seller{team}n{number}", role, team, password=None).pk
        for number in range(SELLERS_OF_A_TEAM)
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

"""A small company: two regions with two teams each, the standard pack, one person of every kind."""

from dataclasses import dataclass
from functools import cache

from django.db import transaction

from closeloop.designer import actions as designer
from closeloop.designer import packs
from closeloop.identity.actor import SYSTEM, Actor
from closeloop.identity.models import User
from closeloop.org.models import Unit
from tests.builders.people import actor_of, make_unit, make_user


@dataclass(frozen=True)
class Company:
    """Two regions (0, 1) with two teams each; everybody named works in or above the first team."""

    head_office: Unit
    regions: tuple[Unit, Unit]
    teams: tuple[Unit, Unit, Unit, Unit]
    seller: User
    colleague: User
    stranger: User
    manager: User
    director: User
    ops: User

    @property
    def actor(self) -> Actor:
        """The salesperson, as an action takes them."""
        return actor_of(self.seller)


@transaction.atomic
def make_company() -> Company:
    """The company with its pack. `stranger` sells in the other region."""
    install_standard_pack()
    office = make_unit("总部")
    east, west = make_unit("华东大区", parent=office), make_unit("华西大区", parent=office)
    teams = tuple(
        make_unit(f"{region.name}{name}", parent=region)
        for region in (east, west)
        for name in ("一组", "二组")
    )
    director = make_user("周总监", role="director", unit=office)
    manager = make_user("王经理", role="manager", unit=east, superior=director)
    return Company(
        head_office=office,
        regions=(east, west),
        teams=(teams[0], teams[1], teams[2], teams[3]),
        seller=make_user("张伟", role="salesperson", unit=teams[0], superior=manager),
        colleague=make_user("李娜", role="salesperson", unit=teams[0], superior=manager),
        stranger=make_user("赵强", role="salesperson", unit=teams[2], superior=director),
        manager=manager,
        director=director,
        ops=make_user("钱运营", role="sales_ops", unit=office),
    )


def install_standard_pack() -> None:
    """The record types, fields and processes that the product brings."""
    designer.install_pack(_standard_pack(), actor=SYSTEM)


@cache
def _standard_pack() -> packs.Pack:
    return packs.read_pack("standard")

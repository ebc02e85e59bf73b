"""Positions, superiors, closing accounts, and powers that nobody can take."""

import pytest
from django.db import transaction

from closeloop.identity.actor import SYSTEM
from closeloop.org import actions, errors, queries
from closeloop.org.models import Position
from tests.builders.activity import entries, verbs
from tests.builders.people import (
    PASSWORD,
    actor_of,
    make_role,
    make_unit,
    make_user,
    shipped_role,
)

pytestmark = pytest.mark.django_db


def give(user, *positions, actor=SYSTEM):
    return actions.change_user(user.pk, wanted={}, positions=positions, actor=actor)


def test_the_first_position_is_the_primary_one():
    east, west, role = make_unit(), make_unit(), shipped_role("salesperson")
    user = make_user()
    give(
        user,
        actions.PositionGiven(east.pk, role.pk, title="销售"),
        actions.PositionGiven(west.pk, role.pk),
    )
    assert queries.home_unit_of(user.pk) == east.pk
    changed = entries("user.positions_changed")
    assert [row["unit_id"] for row in changed[0]["changes"]["positions"][1]] == [east.pk, west.pk]


def test_every_wrong_position_is_named():
    unit, role = make_unit(), shipped_role("salesperson")
    user = make_user()
    with pytest.raises(errors.PositionsInvalid) as refused, transaction.atomic():
        give(
            user,
            actions.PositionGiven(unit.pk, 10**12, is_primary=True),
            actions.PositionGiven(10**12, role.pk, is_primary=True),
            actions.PositionGiven(unit.pk, role.pk, superior_id=user.pk),
        )
    assert refused.value.data["errors"] == [
        {"field": "positions.0.role_id", "code": "unknown_choice"},
        {"field": "positions.1.unit_id", "code": "unknown_choice"},
        {"field": "positions.2.superior_id", "code": "unknown_choice"},
        {"field": "positions", "code": "one_primary"},
    ]
    assert Position.objects.count() == 0


def test_superiors_form_no_circle():
    unit, role = make_unit(), shipped_role("manager")
    chief = make_user(role=role, unit=unit)
    deputy = make_user(role=role, unit=unit, superior=chief)
    clerk = make_user(role=role, unit=unit, superior=deputy)
    with pytest.raises(errors.PositionsInvalid) as refused, transaction.atomic():
        give(chief, actions.PositionGiven(unit.pk, role.pk, superior_id=clerk.pk))
    assert refused.value.data["errors"] == [{"field": "positions", "code": "superior_circle"}]
    assert queries.superior_of(chief.pk) is None
    assert queries.is_above(chief.pk, of=clerk.pk)
    assert not queries.is_above(clerk.pk, of=chief.pk)


def test_without_a_named_superior_the_nearest_other_head_is_it():
    director = make_user()
    region = make_unit(head=director)
    leader = make_user(role="manager", unit=make_unit(parent=region))
    team = Position.objects.get(user=leader).unit
    actions.change_unit(team.pk, wanted={"head_id": leader.pk}, actor=SYSTEM)
    seller = make_user(role="salesperson", unit=team)
    assert queries.superior_of(seller.pk) == leader.pk
    assert queries.superior_of(leader.pk) == director.pk
    assert queries.superior_of(director.pk) is None


def test_nobody_gives_more_than_they_hold():
    hr = make_user(role=make_role(capabilities=["users.manage"]))
    user, unit = make_user(), make_unit()
    with pytest.raises(errors.BeyondOwnPowers) as refused, transaction.atomic():
        give(
            user,
            actions.PositionGiven(unit.pk, shipped_role("administrator").pk),
            actor=actor_of(hr),
        )
    assert "roles.manage" in refused.value.data["capabilities"]
    assert not Position.objects.filter(user=user).exists()


def test_nobody_takes_over_the_account_of_somebody_who_may_more():
    hr = actor_of(make_user(role=make_role(capabilities=["users.manage"])))
    administrator = make_user(role="administrator", username="boss")
    with pytest.raises(errors.BeyondOwnPowers), transaction.atomic():
        actions.set_password(administrator.pk, password=PASSWORD, actor=hr)
    with pytest.raises(errors.BeyondOwnPowers), transaction.atomic():
        actions.change_user(administrator.pk, wanted={"username": "mine"}, actor=hr)
    administrator.refresh_from_db()
    assert administrator.username == "boss"
    assert not administrator.check_password(PASSWORD)
    assert not {"user.password_reset", "user.changed"} & set(verbs())


def test_the_last_administrator_stays():
    first = make_user(role="administrator")
    actor = actor_of(first)
    with pytest.raises(errors.LastAdministrator), transaction.atomic():
        actions.change_user(first.pk, wanted={"is_active": False}, actor=actor)
    with pytest.raises(errors.LastAdministrator), transaction.atomic():
        give(first, actor=actor)
    make_user(role="administrator")
    closed = actions.change_user(first.pk, wanted={"is_active": False}, actor=actor)
    assert closed.is_active is False
    assert verbs().count("user.deactivated") == 1


def test_people_are_found_by_name_and_by_initials():
    unit = make_unit("华东")
    for name in ("欧阳修", "欧阳询", "张伟"):
        make_user(name, role="salesperson", unit=unit)

    def found(q):
        return [position.user.name for position in queries.people(q=q, limit=20)]

    assert found("欧阳") == ["欧阳修", "欧阳询"]
    assert found("YX") == ["欧阳修", "欧阳询"]
    assert found("zw") == ["张伟"]
    assert found("查无此人") == []


def test_people_are_found_by_their_ids_even_after_they_left():
    unit = make_unit("华东")
    make_user(role="administrator")
    first, second, left = (make_user(name, role="salesperson", unit=unit) for name in "甲乙丙")
    actions.change_user(left.pk, wanted={"is_active": False}, actor=SYSTEM)
    found = queries.people(q="", limit=20, ids=[first.pk, left.pk])
    assert {position.user_id for position in found} == {first.pk, left.pk}
    assert second.pk not in {position.user_id for position in found}
    assert not queries.people(q="", limit=20, ids=[])

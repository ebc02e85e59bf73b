"""What waits for somebody whose account is closed goes on without them, and the record says so."""

import pytest

from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import User
from closeloop.org import actions as org
from closeloop.org.actions import AbsencePlanned
from closeloop.org.models import Position
from tests.builders.activity import entries
from tests.builders.approvals import approve, make_flow, open_case, persons, waiting
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.people import actor_of, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(company):
    """A request that waits for the manager."""
    return open_case(make_flow(approve("manager", persons(company.manager))), company.seller)


def close(person):
    """The company's address book says that somebody has left."""
    org.change_user(person.pk, wanted={"is_active": False}, actor=SYSTEM)


def test_it_goes_to_the_superior(company, case):
    close(company.manager)
    assert waiting(case) == ["周总监"]
    told = entries("approval.reassigned")[-1]
    assert (told["person_id"], told["to"]) == (company.manager.pk, company.director.pk)


def test_it_goes_to_who_stands_in(company, case):
    now = from_now()
    absence = AbsencePlanned(
        person_id=company.manager.pk,
        from_at=now,
        to_at=now.replace(year=now.year + 1),
        delegate_id=company.colleague.pk,
    )
    org.plan_absence(absence, actor=actor_of(company.manager))
    close(company.manager)
    assert waiting(case) == ["李娜"]


def test_a_superior_who_has_left_too_is_passed_over(company, case):
    chief = company.ops
    Position.objects.filter(user=company.director).update(superior=chief)
    User.objects.filter(pk=company.director.pk).update(is_active=False)
    close(company.manager)
    assert waiting(case) == [chief.name]


def test_by_hand_nobody_is_closed_who_still_holds_something(company, case):
    administrator = make_user("郑管理", role="administrator", unit=company.head_office)
    closed = client_as(administrator).patch(
        f"/org/users/{company.manager.pk}", {"is_active": False}, version=company.manager.version
    )
    assert (closed.status_code, closed.json()["code"]) == (409, "handover_incomplete")
    assert closed.json()["left"]["approvals"] == 1
    assert User.objects.get(pk=company.manager.pk).is_active
    assert waiting(case) == ["王经理"]

"""The first touch and the sleep of a lead begin anew for whoever gets it, and end in the pool."""

import pytest

from closeloop.desk import actions as desk
from closeloop.desk.actions import MoveAsk
from closeloop.identity.actor import SYSTEM
from closeloop.org import actions as org
from closeloop.routing import actions as routing
from closeloop.sla.models import Clock
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.people import actor_of
from tests.builders.pools import pooled_lead
from tests.builders.records import make_lead, open_lock
from tests.routing.given import make_group, new_lead, publish

pytestmark = pytest.mark.django_db
KEYS = ("first_touch", "dormant_lead")


def clocks(lead, key):
    """How the clocks of a lead stand, the oldest first: state, owner, round."""
    found = Clock.objects.filter(record_id=lead, policy__key=key).order_by("pk")
    return [(each.state, each.owner, each.round) for each in found]


@pytest.mark.parametrize("key", KEYS)
def test_a_claimed_lead_is_owed_anew_by_who_claimed_it(company, key):
    lead = pooled_lead(company.colleague)
    assert clocks(lead, key) == [("cancelled", None, 0)]
    assert client_as(company.seller).post(f"/records/lead/{lead}/claim").status_code == 200
    assert clocks(lead, key) == [("cancelled", None, 0), ("running", company.seller, 0)]


@pytest.mark.parametrize("key", KEYS)
def test_whoever_is_given_a_lead_out_of_the_pool_owes_it_anew(company, key):
    lead = pooled_lead(company.colleague)
    body = {"owner": company.seller.pk}
    answer = client_as(company.ops).post(f"/records/lead/{lead}/assign-out", body)
    assert answer.status_code == 200, answer.json()
    assert clocks(lead, key)[-1] == ("running", company.seller, 0)


@pytest.mark.parametrize("key", KEYS)
def test_a_rule_that_gives_a_lead_to_somebody_else_begins_its_clocks_anew(company, key):
    make_group("team", company.seller, company.colleague, strategy="fixed")
    publish(otherwise=["team"], reroutes=1)
    lead = new_lead()
    ((state, owner, before),) = clocks(lead, key)
    assert (state, owner) == ("running", company.seller)
    routing.route_again("lead", lead, why=key)
    ((state, owner, after),) = clocks(lead, key)
    assert (state, owner) == ("running", company.colleague)
    assert after > before
    routing.route_again("lead", lead, why=key)
    assert clocks(lead, key) == [("cancelled", None, after)]


@pytest.mark.parametrize("key", KEYS)
def test_what_waited_for_somebody_is_owed_from_when_it_was_given(company, key):
    make_group("team", company.seller)
    publish(otherwise=["team"])
    away = org.plan_absence(
        org.AbsencePlanned(
            person_id=company.seller.pk,
            delegate_id=None,
            from_at=from_now(hours=-1),
            to_at=from_now(days=1),
        ),
        actor=actor_of(company.seller),
    )
    lead = new_lead()
    assert clocks(lead, key)[0][1] is None
    org.cancel_absence(away.pk, actor=SYSTEM)
    assert routing.route_waiting("lead") == 1
    (found,) = clocks(lead, key)
    assert found[:2] == ("running", company.seller)
    assert found[2] > 0


def test_what_a_manager_puts_into_the_pool_is_owed_by_nobody(company):
    lead = make_lead(company.seller)
    answer = client_as(company.ops).post(f"/records/lead/{lead}/put-in", {"note": "重新分配"})
    assert answer.status_code == 200, answer.json()
    assert [clocks(lead, key)[0][0] for key in KEYS] == ["cancelled", "cancelled"]


def test_in_the_pool_nobody_stays_too_long_in_a_stage(company):
    lead = pooled_lead(company.colleague)
    key = "lead_stage_overstay"
    assert [state for state, _, _ in clocks(lead, key)] == ["cancelled"]
    assert client_as(company.seller).post(f"/records/lead/{lead}/claim").status_code == 200
    open_lock("lead", lead, "contacted")
    desk.move_record("lead", lead, MoveAsk(to_stage="contacted"), actor=company.actor)
    assert clocks(lead, key)[-1] == ("running", company.seller, 0)


def test_what_nobody_has_room_for_waits_without_a_clock_of_its_stage(company):
    make_group("team", company.seller, cap=1)
    publish(otherwise=["team"])
    first, second = new_lead(), new_lead()
    states = [clocks(lead, "lead_stage_overstay")[0][0] for lead in (first, second)]
    assert states == ["running", "cancelled"]

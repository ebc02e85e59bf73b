"""How many open leads people have: always what a recount gives, whatever way a lead took."""

import pytest
from django.db import connection

from closeloop.desk import actions as desk
from closeloop.desk import loads
from closeloop.desk.actions import BulkAsk, MoveAsk
from closeloop.identity.actor import SYSTEM
from closeloop.leads.models import Lead
from closeloop.org import actions as org
from tests.builders.people import actor_of
from tests.builders.records import make_lead
from tests.routing.given import make_group, new_lead, publish

pytestmark = pytest.mark.django_db


def recounted():
    """Open leads by owner, counted row by row."""
    open_leads = Lead.objects.filter(deleted_at=None, owner__isnull=False)
    counts = {}
    for owner in open_leads.exclude(stage__in=loads.ended("lead")).values_list("owner", flat=True):
        counts[owner] = counts.get(owner, 0) + 1
    return counts


@pytest.fixture
def everybody(company):
    return [company.seller.pk, company.colleague.pk, company.stranger.pk, company.manager.pk]


@pytest.fixture
def equal(everybody):
    """Compare and give the load of somebody."""

    def compare(person=None):
        found = loads.open_counts("lead", everybody)
        assert found == recounted()
        return found.get(person.pk, 0) if person else None

    return compare


def test_each_way_of_a_lead_is_counted(company, equal):
    manager = actor_of(company.ops)
    first, second = make_lead(company.seller), make_lead(company.seller)
    assert equal(company.seller) == 2
    desk.assign_record("lead", first, owner_id=company.stranger.pk, actor=manager)
    assert (equal(company.seller), equal(company.stranger)) == (1, 1)
    lose = MoveAsk(to_stage="disqualified", outcome_reason="no_need")
    desk.move_record("lead", second, lose, actor=company.actor)
    assert equal(company.seller) == 0
    reopen = MoveAsk(to_stage="new", reason="客户又来电")
    desk.move_record("lead", second, reopen, actor=company.actor)
    assert equal(company.seller) == 1
    desk.remove_record("lead", second, actor=SYSTEM)
    assert equal(company.seller) == 0
    desk.restore_record("lead", second, actor=SYSTEM)
    assert equal(company.seller) == 1
    desk.give_record("lead", second, owner_id=None, actor=SYSTEM, via="pool")
    assert equal(company.seller) == 0


def test_many_at_once_are_counted(company, equal):
    leads = [make_lead(company.seller) for _ in range(6)]
    ask = BulkAsk(action="assign", owner_id=company.colleague.pk)
    desk.change_many("lead", leads[:3], ask, actor=SYSTEM)
    assert (equal(company.seller), equal(company.colleague)) == (3, 3)
    desk.change_many("lead", leads[2:4], BulkAsk(action="delete"), actor=SYSTEM)
    assert (equal(company.seller), equal(company.colleague)) == (2, 2)
    org.hand_over(company.seller.pk, to={"*": company.stranger.pk}, actor=SYSTEM)
    assert (equal(company.seller), equal(company.stranger)) == (0, 2)


def test_what_rules_give_out_is_counted(company, equal):
    make_group("team", company.seller, company.stranger, cap=2)
    publish(otherwise=["team"])
    for _ in range(5):
        new_lead()
    assert (equal(company.seller), equal(company.stranger)) == (2, 2)


def test_folding_changes_nothing(company, equal):
    for _ in range(4):
        make_lead(company.seller)
    desk.fold_tallies()
    assert equal(company.seller) == 4


def test_plain_sql_is_counted(company, equal):
    lead = make_lead(company.seller)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE leads_lead SET owner_id = %s WHERE id = %s", [company.stranger.pk, lead]
        )
    assert (equal(company.seller), equal(company.stranger)) == (0, 1)

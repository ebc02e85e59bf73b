"""Several people at one pool at the same moment: one has the lead, and limits hold."""

import pytest

from closeloop.activity.models import Entry
from closeloop.pool import actions as pools
from closeloop.pool.models import Leaving, Stay
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.people import make_user
from tests.builders.pools import pooled_lead, set_rules
from tests.builders.records import make_lead, row_of
from tests.races.together import statuses, together

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = pytest.mark.parametrize("rounds", [5, pytest.param(200, marks=pytest.mark.long)])
CLIENTS = 8


def claiming(browser, lead):
    return lambda: browser.post(f"/records/lead/{lead}/claim")


def assigning(browser, lead, person):
    return lambda: browser.post(f"/records/lead/{lead}/assign-out", {"owner": person.pk})


@ROUNDS
def test_eight_claim_one_lead(company, rounds):
    set_rules(claim={})
    team = [
        make_user(f"抢单{n}", role="salesperson", unit=company.teams[n % 4]) for n in range(CLIENTS)
    ]
    browsers = [client_as(each) for each in team]
    with together(CLIENTS) as threads:
        for _ in range(rounds):
            lead = pooled_lead(company.colleague)
            answers = threads.do(*[claiming(each, lead) for each in browsers])
            assert statuses(answers) == [200] + [409] * (CLIENTS - 1)
            told = {each.json()["code"] for each in answers if each.status_code == 409}
            assert told == {"pool_already_taken"}
            (winner,) = [n for n, each in enumerate(answers) if each.status_code == 200]
            owner = row_of("lead", lead).owner_id
            assert owner == team[winner].pk
            stay = Stay.objects.get(record_id=lead)
            assert (stay.left_how, stay.to_owner_id) == (Leaving.CLAIMED, owner)
            claimed = Entry.objects.filter(verb="lead.claimed", record_id=lead)
            assert [each.actor_id for each in claimed] == [owner]


@ROUNDS
def test_one_person_claims_eight_leads_and_gets_three(company, rounds):
    set_rules(claim={"per_day": 3})
    with together(CLIENTS) as threads:
        for n in range(rounds):
            person = make_user(f"快手{n}", role="salesperson", unit=company.teams[0])
            browser = client_as(person)
            leads = [pooled_lead(company.colleague) for _ in range(CLIENTS)]
            answers = threads.do(*[claiming(browser, lead) for lead in leads])
            assert statuses(answers) == [200] * 3 + [409] * 5
            owned = [lead for lead in leads if row_of("lead", lead).owner_id == person.pk]
            assert len(owned) == 3
            assert Entry.objects.filter(verb="lead.claimed", actor_id=person.pk).count() == 3


@ROUNDS
def test_a_claim_and_an_assignment(company, rounds):
    """A manager assigns what somebody claims: one of them decides, nobody is told twice."""
    set_rules(claim={})
    seller, ops = client_as(company.seller), client_as(company.ops)
    with together() as threads:
        for _ in range(rounds):
            lead = pooled_lead(company.colleague)
            claimed, assigned = threads.do(
                claiming(seller, lead), assigning(ops, lead, company.stranger)
            )
            assert statuses([claimed, assigned]) == [200, 409]
            winner = company.seller if claimed.status_code == 200 else company.stranger
            assert row_of("lead", lead).owner_id == winner.pk
            assert Stay.objects.filter(record_id=lead, left_at=None).count() == 0


def test_two_sweepers_take_a_lead_back_once(company):
    set_rules(recycle=[{"key": "quiet", "when": "quiet", "days": 1}], notice={"days": 0})
    lead = make_lead(company.seller)
    later = from_now(days=3)
    with together() as threads:
        swept = threads.do(lambda: pools.sweep(later), lambda: pools.sweep(later))
    assert sum(each.recycled for each in swept) == 1
    assert Entry.objects.filter(verb="lead.recycled", record_id=lead).count() == 1
    assert Stay.objects.filter(record_id=lead, left_at=None).count() == 1

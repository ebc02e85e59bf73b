"""Two people at the same record at the same moment: one wins, the other learns both values."""

import pytest
from django.db import connection

from closeloop.activity.models import Entry
from closeloop.customers.models import Contact, Customer
from closeloop.deals.models import Deal
from closeloop.leads.models import Lead
from closeloop.process.models import Instance, Visit
from tests.builders.asking import client_as
from tests.builders.records import advance, make_deal, make_lead, open_lock, row_of
from tests.races.together import loser, statuses, together

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 25
"""Of each of the four encounters: a hundred in all."""


@pytest.fixture
def desks(company):
    """The salesperson and the manager, who both may work on the salesperson's records."""
    return client_as(company.seller), client_as(company.manager)


def test_two_moves_two_edits_a_move_and_an_edit_and_two_conversions(company, desks):
    with together() as threads:
        for number in range(ROUNDS):
            two_moves(threads, company, desks)
            two_edits(threads, company, desks)
            a_move_and_an_edit(threads, company, desks)
            two_conversions(threads, company, desks, number=number)
    assert tallies() == counted()


def two_moves(threads, company, desks):
    deal = ready_deal(company)
    path = f"/records/deal/{deal.pk}/move"
    wanted = [{"to_stage": "first_talk"}, {"to_stage": "lost", "outcome_reason": "price"}]
    about = Entry.objects.filter(record_id=deal.pk)
    before = about.count()

    answers = threads.do(
        *[
            lambda desk=desk, body=body: desk.post(path, body, version=deal.version)
            for desk, body in zip(desks, wanted, strict=True)
        ]
    )

    assert statuses(answers) == [200, 412]
    won = next(answer.json()["stage"] for answer in answers if answer.status_code == 200)
    lost = next(body["to_stage"] for body in wanted if body["to_stage"] != won)
    told = loser(answers)
    assert told["code"] == "edit_conflict"
    assert told["conflict"] == [{"field": "stage", "yours": lost, "theirs": won}]
    after = row_of("deal", deal.pk)
    assert (after.stage, after.version) == (won, deal.version + 1)
    assert Instance.objects.values_list("stage", "moves").get(pk=deal.pk) == (won, 1)
    assert stays(deal.pk) == [("first_contact", "start", True), (won, kind_of(won), False)]
    assert about.count() == before + 1


def two_edits(threads, company, desks):
    deal = ready_deal(company)
    path, amounts = f"/records/deal/{deal.pk}", ["100.00", "200.00"]
    before = Entry.objects.count()

    answers = threads.do(
        *[
            lambda desk=desk, amount=amount: desk.patch(
                path, {"values": {"amount": amount}}, version=deal.version
            )
            for desk, amount in zip(desks, amounts, strict=True)
        ]
    )

    assert statuses(answers) == [200, 412]
    after = row_of("deal", deal.pk)
    theirs = str(after.amount)
    yours = next(amount for amount in amounts if amount != theirs)
    assert loser(answers)["conflict"] == [{"field": "amount", "yours": yours, "theirs": theirs}]
    assert after.version == deal.version + 1
    assert Entry.objects.count() == before + 1


def a_move_and_an_edit(threads, company, desks):
    deal = ready_deal(company)
    path = f"/records/deal/{deal.pk}"

    answers = threads.do(
        lambda: desks[0].post(f"{path}/move", {"to_stage": "first_talk"}, version=deal.version),
        lambda: desks[1].patch(path, {"values": {"amount": "300"}}, version=deal.version),
    )

    assert statuses(answers) == [200, 412]
    after = row_of("deal", deal.pk)
    moved, edited = (answer.status_code == 200 for answer in answers)
    assert (after.stage, str(after.amount)) == (
        {True: "first_talk", False: "first_contact"}[moved],
        {True: "300.00", False: "500000.00"}[edited],
    )
    assert loser(answers)["conflict"] == [
        {
            True: {"field": "amount", "yours": "300", "theirs": "500000.00"},
            False: {"field": "stage", "yours": "first_talk", "theirs": "first_contact"},
        }[moved]
    ]
    assert after.version == deal.version + 1


def two_conversions(threads, company, desks, *, number):
    lead_id = make_lead(company.seller, f"孙主任{number}")
    advance("lead", lead_id, "contacted", "sql")
    open_lock("lead", lead_id, "converted")
    before = [model.objects.count() for model in (Customer, Contact, Deal)]

    answers = threads.do(
        *[
            lambda desk=desk: desk.post(f"/leads/{lead_id}/convert", {"deal": {"name": "新商机"}})
            for desk in desks
        ]
    )

    assert statuses(answers) == [200, 409]
    made = next(answer.json() for answer in answers if answer.status_code == 200)
    told = loser(answers)
    assert told["code"] == "lead_already_converted"
    assert (told["customer_id"], told["deal_id"]) == (made["customer_id"], made["deal_id"])
    after = [model.objects.count() for model in (Customer, Contact, Deal)]
    assert after == [count + 1 for count in before]
    lead = Lead.objects.get(pk=lead_id)
    assert (lead.customer_id, lead.deal_id) == (made["customer_id"], made["deal_id"])
    assert stays(lead_id)[-2:] == [("sql", "skip", True), ("converted", "forward", False)]
    assert Entry.objects.filter(record_id=lead_id, verb="lead.converted").count() == 1


def ready_deal(company):
    """A deal whose first lock is open."""
    record_id = make_deal(company.seller)
    open_lock("deal", record_id, "first_talk")
    return row_of("deal", record_id)


def kind_of(stage):
    return {"first_talk": "forward", "lost": "close"}[stage]


def stays(record_id):
    visits = Visit.objects.filter(record=record_id).order_by("id")
    return [(visit.stage, visit.kind, visit.left_at is not None) for visit in visits]


def tallies():
    """What the boards' counts say."""
    return sums(
        "SELECT record_type, stage, unit_id, owner_id, sum(count), sum(amount) FROM desk_tally"
        " WHERE record_type IN ('deal', 'lead') GROUP BY 1, 2, 3, 4"
        " HAVING sum(count) <> 0 OR sum(amount) <> 0 ORDER BY 1, 2"
    )


def counted():
    """The same, counted in the records."""
    return sums(
        "SELECT 'deal', stage, unit_id, owner_id, count(*), coalesce(sum(amount), 0)"
        " FROM deals_deal WHERE deleted_at IS NULL GROUP BY 2, 3, 4 UNION ALL"
        " SELECT 'lead', stage, unit_id, owner_id, count(*), 0"
        " FROM leads_lead WHERE deleted_at IS NULL GROUP BY 2, 3, 4 ORDER BY 1, 2"
    )


def sums(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def test_edits_and_ticks_never_wait_in_a_ring_with_moves(company, desks):
    with together() as threads:
        for _ in range(ROUNDS):
            deal = ready_deal(company)
            path = f"/records/deal/{deal.pk}"
            answers = threads.do(
                lambda path=path, version=deal.version: desks[0].patch(
                    path,
                    {"values": {"amount": "300.00"}, "stage": "first_talk"},
                    version=version,
                ),
                lambda path=path: desks[1].put(
                    f"{path}/checklist/first_contact.right_person", {"ticked": False}
                ),
            )
            assert {answer.status_code for answer in answers} <= {200, 423}

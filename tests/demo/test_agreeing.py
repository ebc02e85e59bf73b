"""Approvals of the past: the books write what the actions write, and people keep their hours."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from django.db import transaction

from closeloop.activity.models import Entry
from closeloop.approvals import flows, reporting
from closeloop.approvals.models import Ask, Case, Step
from closeloop.approvals.reporting import Period
from closeloop.demo import actions, company, workdays
from closeloop.demo.agreeing import words
from closeloop.demo.agreeing.casebooks import CaseBooks, Colleagues
from closeloop.demo.agreeing.course import Around, Course, Fate, Story
from closeloop.demo.agreeing.verbs import Wish
from closeloop.demo.ledger import writing
from closeloop.identity.models import User
from closeloop.sla import calendars
from closeloop.sla.models import Clock
from tests.builders.people import actor_of
from tests.demo.acting_cases import ActingOnCases
from tests.demo.conftest import TODAY
from tests.demo.test_books import differences, left_behind, make_books

pytestmark = pytest.mark.django_db

BEGIN = workdays.at(TODAY - timedelta(days=12), 10, actions.zone())
FORMS = {
    "contract_approval": {},
    "discount_approval": {"discount_percent": 22, "cause": "competitor"},
}


@pytest.fixture
def deal(organisation):
    """A deal of the first salesperson, with its customer."""
    books, seller = make_books(organisation), organisation.teams[0].sellers[0].actor
    hospital = {"name": "望渚市人民医院", "industry": "public_tertiary_hospital"}
    customer = books.create("customer", hospital, by=seller, at=BEGIN)
    values = {"name": "化学发光采购", "customer": customer, "amount": "980000"}
    deal = books.create("deal", values, by=seller, at=BEGIN)
    writing.write(books)
    return books.records[deal]


@pytest.mark.parametrize("fate", Fate)
@pytest.mark.parametrize("flow", FORMS)
def test_a_case_in_the_books_leaves_the_rows_of_the_actions(clock, organisation, deal, flow, fate):
    def live(ledger):
        wish = Wish(
            version=flows.current_of(flow),
            record_id=deal.id,
            record_type="deal",
            title="化学发光采购",
            requester_id=deal.owner_id,
            unit_id=deal.unit_id,
            form=FORMS[flow],
            comment="请优先处理",
        )
        calendar = calendars.for_unit(deal.unit_id).calendar
        slow = dict.fromkeys(User.objects.values_list("pk", flat=True), 2.5)
        around = Around(Colleagues(BEGIN), calendar, slow)
        story = Story(wish, BEGIN, words.CONTRACT, fate)
        with transaction.atomic():
            return Course(ledger, story, around, dice=Random(4)).live()

    def in_books():
        books, case_books = make_books(organisation), CaseBooks(organisation=Colleagues(BEGIN))
        live(case_books)
        books.added.entries += case_books.write()
        writing.write_entries(books)

    booked, acted = left_behind(in_books, lambda: live(ActingOnCases(clock)))
    assert len(booked["approvals_ask"]) >= 1
    assert {row["verb"] for row in booked["activity_entry"]} >= {"approval.opened", EXPECTED[fate]}
    assert differences(booked, acted) == {}


EXPECTED = {
    Fate.AGREED: "approval.granted",
    Fate.REFUSED: "approval.rejected",
    Fate.RETURNED: "approval.returned",
    Fate.TRANSFERRED: "approval.transferred",
    Fate.WITHDRAWN: "approval.withdrawn",
}


@pytest.fixture
def year(stored_files):
    """The small company with a past of some months."""
    size = replace(company.MINI, days=150)
    actions.load_company(today=TODAY, size=size)
    return Period(BEGIN - timedelta(days=size.days), BEGIN + timedelta(days=20))


def test_the_past_has_every_outcome_and_its_entries(db, year):
    past = Case.objects.exclude(state="running")
    assert past.filter(is_imported=False).count() == past.count() > 10
    for case in past:
        ended = {"granted": "approval.granted", "refused": "approval.rejected",
                 "withdrawn": "approval.withdrawn"}[case.state]  # fmt: skip
        told = Entry.objects.filter(record_id=case.record_id, data__case_id=case.pk)
        verbs = Counter(told.values_list("verb", flat=True))
        assert (verbs["approval.opened"], verbs[ended]) == (1, 1)
        assert verbs["approval.asked"] == case.asks.exclude(asked_at=None).count()
    answered = set(Ask.objects.values_list("state", flat=True))
    assert answered >= {"agreed", "returned", "closed"}
    assert not Ask.objects.filter(state__in=["refused", "returned"], comment="").exists()
    assert Step.objects.filter(kind="resubmit").exists()
    form = past.filter(flow__key="discount_approval").first().form
    assert set(form) == {"amount", "discount_percent", "cause"}


def test_people_answer_in_working_hours_and_before_their_deal_goes_on(db, year):
    calendar = calendars.for_unit(None).calendar
    answers = Ask.objects.filter(state__in=["agreed", "refused", "returned"])
    moments = [each for pair in answers.values_list("seen_at", "ended_at") for each in pair if each]
    assert [each for each in moments if calendar.working_between(each, each + SECOND) < 1] == []
    gone_on = Entry.objects.filter(
        verb="deal.stage_entered", data__contains={"from": "contract_approval", "kind": "forward"}
    )
    left = {entry.record_id: entry.at for entry in gone_on.order_by("id")}
    granted = Case.objects.filter(flow__key="contract_approval", state="granted")
    assert granted.exists()
    gone = [case for case in granted if case.record_id in left]  # one of today may still wait
    assert len(gone) > 3
    assert [case.pk for case in gone if case.closed_at > left[case.record_id]] == []


SECOND = timedelta(seconds=1)


def test_late_is_what_the_clock_of_the_policy_says(db, year):
    admin = actor_of(User.objects.get(username="admin"))
    found = reporting.found_in(year, actor=admin)
    assert len(found.answered) > 20
    for each in found.answered:
        assert (each.worked_s > 8 * 3600) == each.is_late
    late = Clock.objects.filter(about_kind="approval_ask", state="breached").count()
    assert late == sum(1 for each in found.answered if each.is_late)

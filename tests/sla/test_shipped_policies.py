"""What the standard pack's policies promise, lived through in told time."""

from datetime import timedelta

import pytest

from closeloop.desk import actions as desk
from closeloop.desk.actions import MoveAsk
from closeloop.notices.models import Notice
from closeloop.records import actions as records
from closeloop.records.models import Record
from closeloop.sla import actions as sla
from closeloop.sla.models import Clock
from tests.builders.documents import make_document
from tests.builders.moments import from_now
from tests.builders.records import make_deal, make_lead, open_lock
from tests.demo.told_clock import ToldClock

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def time(db, monkeypatch):
    """A clock that is told; it begins at this moment."""
    now = from_now()
    told = ToldClock(monkeypatch)
    told.tell(now)
    return told


def clock(record_id, key):
    return Clock.objects.get(record_id=record_id, policy__key=key)


def pass_(time, length):
    time.tell(time.now + length)
    return sla.sweep()


def test_the_72_hours_begin_when_the_lead_comes_in_and_end_with_its_minutes(company, time):
    lead = make_lead(company.seller)
    came_in = time.now
    assert clock(lead, "deep_interview").due_at == came_in + 72 * HOUR
    time.tell(came_in + 20 * HOUR)
    open_lock("lead", lead, "contacted")
    desk.move_record("lead", lead, MoveAsk(to_stage="contacted"), actor=company.actor)
    make_document(lead, "call_recording", types=("amr",))
    make_document(lead, "requirement_form")
    assert clock(lead, "deep_interview").due_at == came_in + 72 * HOUR
    time.tell(came_in + 71 * HOUR)
    make_document(lead, "interview_minutes")
    found = clock(lead, "deep_interview")
    assert (found.state, found.closed_at) == ("met", came_in + 71 * HOUR)


def test_without_minutes_the_owner_hears_of_it_and_their_manager_with_them(company, time):
    lead = make_lead(company.seller)
    Clock.objects.exclude(policy__key="deep_interview").update(next_at=None)
    pass_(time, 64 * HOUR)
    pass_(time, 8 * HOUR)
    heard = list(
        Notice.objects.filter(event__startswith="clock.")
        .order_by("id")
        .values_list("event", "person__name", "is_copy")
    )
    assert heard == [
        ("clock.warning", "张伟", False),
        ("clock.escalated", "张伟", False),
        ("clock.escalated", "王经理", True),
    ]
    time.tell(time.now + HOUR)
    make_document(lead, "interview_minutes")
    assert clock(lead, "deep_interview").state == "breached"


def test_a_comment_takes_no_red_away_a_document_does(company, time):
    deal = make_deal(company.seller)
    Clock.objects.exclude(policy__key="no_interaction").update(next_at=None)
    pass_(time, 7 * DAY)
    turned_red = clock(deal, "no_interaction").red_since
    assert turned_red == time.now
    time.tell(time.now + HOUR)
    row = Record.objects.get(pk=deal)
    records.comment(row, text="已沟通", mentions=[], actor=company.actor)
    assert clock(deal, "no_interaction").red_since == turned_red
    make_document(deal, "quotation")
    found = clock(deal, "no_interaction")
    assert (found.red_since, found.due_at) == (None, time.now + 7 * DAY)

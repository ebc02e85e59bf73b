"""Two sweepers, two workers, and somebody who unsubscribes: each at the same moment."""

import pytest
from django.db import connection, transaction

from closeloop.activity.models import Entry
from closeloop.identity.actor import SYSTEM
from closeloop.nurture import actions
from closeloop.nurture.actions import walking
from closeloop.nurture.models import Enrolment, Message, Suppression, Taken
from tests.nurture.given import mail, make_path, messages_of, new_lead, queued, wait
from tests.races.together import together

pytestmark = pytest.mark.django_db(transaction=True)
LEADS = 12


def test_two_sweepers_take_each_step_once(committed_post):
    make_path(mail("first"), wait("pause"))
    leads = [new_lead(name=f"客户{n}", email=f"c{n}@clinic.example") for n in range(LEADS)]
    with together() as threads:
        for _ in range(4):
            threads.do(*[lambda: actions.walk_due(at_most=7)] * 2)
    assert Taken.objects.count() == LEADS * 2
    assert Message.objects.count() == LEADS
    ids = queued()
    assert sorted(ids) == sorted(Message.objects.values_list("pk", flat=True))
    with together() as threads:
        sent = threads.do(*[lambda: actions.deliver(ids)] * 2)
    assert sum(sent) == LEADS
    assert len(committed_post.subjects()) == LEADS
    assert {state for lead in leads for _, state, _ in messages_of(lead)} == {"sent"}


def test_two_paths_of_one_person_never_pass_the_cap_together(committed_post):
    for key in ("one", "two"):
        make_path(mail("first"), key=key)
    for number in range(4):
        new_lead(name=f"分身{number}", email="same@clinic.example", phone=None)
    with together() as threads:
        threads.do(*[lambda: actions.walk_due(at_most=3)] * 2)
    actions.walk_due()
    ids = queued()
    with together() as threads:
        threads.do(lambda: actions.deliver(ids), lambda: actions.deliver(ids[::-1]))
    assert len(committed_post.subjects()) == 1
    reasons = Message.objects.exclude(state="sent").values_list("error_code", flat=True)
    assert set(reasons) == {"capped"}


def test_whoever_unsubscribes_first_is_not_written_to(committed_post):
    make_path(mail("first"), wait("pause"))
    with together() as threads:
        for number in range(6):
            address = f"out{number}@clinic.example"
            lead = new_lead(name=f"退订{number}", email=address)
            actions.walk_due()
            ids = queued()
            threads.do(
                lambda ids=ids: actions.deliver(ids),
                lambda address=address, lead=lead: _suppress(address, lead),
            )
            ((_, state, reason),) = messages_of(lead)
            assert (state, reason) in {("sent", ""), ("skipped", "suppressed"), ("skipped", "left")}
            assert Enrolment.objects.get(record_id=lead).reason == "unsubscribed"
    sent = Message.objects.filter(state="sent").count()
    assert len(committed_post.subjects()) == sent
    assert Suppression.objects.count() == 6


def test_a_sweeper_that_dies_before_it_commits_has_done_nothing(committed_post, monkeypatch):
    make_path(mail("first"), wait("pause"))
    lead = new_lead()
    write = walking.write

    def dies(*args, **named):
        write(*args, **named)
        raise SystemExit

    monkeypatch.setattr(walking, "write", dies)
    with pytest.raises(SystemExit):
        actions.walk_due()
    assert messages_of(lead) == []
    assert queued() == []
    monkeypatch.setattr(walking, "write", write)
    actions.walk_due()
    assert actions.deliver(queued()) == 1
    assert Entry.objects.filter(record_id=lead, verb="nurture.step_sent").count() == 1


def test_what_is_due_is_read_together(committed_post, django_assert_max_num_queries):
    make_path(mail("first"), wait("pause"))
    for number in range(30):
        new_lead(name=f"多{number}", email=f"m{number}@clinic.example")
    assert connection.in_atomic_block is False
    with django_assert_max_num_queries(30):
        assert actions.walk_due().looked_at == 30


def _suppress(address, lead):
    with transaction.atomic():
        actions.suppress("mail", address, source="page", record_id=lead, actor=SYSTEM)

"""Leads go through their steps: what is due, what they leave for, what is made up for."""

from datetime import timedelta

import pytest

from closeloop.activity.models import Entry
from closeloop.desk import actions as desk
from closeloop.identity.actor import SYSTEM
from closeloop.nurture import actions
from closeloop.nurture.models import Taken
from tests.nurture.given import (
    DAY,
    HOUR,
    after,
    branch,
    enrolment_of,
    mail,
    make_path,
    messages_of,
    new_lead,
    wait,
    where,
    work,
)

pytestmark = pytest.mark.django_db
OPENED = where(("nurture.opened_last", "=", True))


def trail(record_id):
    """What was recorded of a lead's paths, in order."""
    found = Entry.objects.filter(record_id=record_id, verb__startswith="nurture.").order_by("pk")
    return [verb.removeprefix("nurture.") for verb in found.values_list("verb", flat=True)]


def test_a_lead_goes_through_its_steps_and_all_of_it_is_told(post, clock):
    make_path(mail("first"), wait("pause", 3), mail("second"))
    lead = new_lead()
    assert work() == 1
    assert post.subjects() == ["给王女士"]
    assert enrolment_of(lead).next_at == clock.now + timedelta(days=3)
    assert after(clock, timedelta(days=2, hours=23)) == 0
    assert after(clock, HOUR) == 1
    assert enrolment_of(lead).state == "done"
    assert messages_of(lead) == [("first", "sent", ""), ("second", "sent", "")]
    taken = Taken.objects.filter(enrolment__record_id=lead).order_by("pk")
    assert list(taken.values_list("step", "outcome")) == [
        ("first", "sent"), ("pause", "waits"), ("second", "sent"),
    ]  # fmt: skip
    assert trail(lead) == ["started", "step_sent", "finished", "step_sent"]


def test_a_branch_follows_what_was_opened(post, clock):
    make_path(mail("first"), wait("pause"), branch("read", OPENED, [mail("more")], [mail("again")]))
    reader, other = new_lead(), new_lead(name="李先生", email="li@clinic.example")
    work()
    first = enrolment_of(reader).messages.get()
    actions.heard("mail_open", reader, {"message": first.pk})
    after(clock, DAY)
    assert [step for step, _, _ in messages_of(reader)] == ["first", "more"]
    assert [step for step, _, _ in messages_of(other)] == ["first", "again"]


def test_a_lead_leaves_as_soon_as_a_condition_is_met_and_is_sent_nothing_more(post, clock):
    ready = {"key": "ready", "name": {"zh-CN": "够了", "en-US": "Enough"},
             "when": where(("field.intent_level", "=", "high"))}  # fmt: skip
    make_path(mail("first"), wait("pause"), mail("second"), leaves=[ready])
    lead = new_lead()
    work()
    change(lead, intent_level="high")
    left = enrolment_of(lead)
    assert (left.state, left.reason, left.next_at) == ("left", "ready", None)
    assert after(clock, DAY * 5) == 0
    assert messages_of(lead) == [("first", "sent", "")]
    told = Entry.objects.get(verb="nurture.left", record_id=lead)
    assert (told.data["path"], told.data["reason"]) == ("path", "ready")


def test_what_was_planned_and_not_claimed_is_not_sent_to_a_lead_that_left(post, clock):
    ready = {"key": "ready", "name": {"zh-CN": "够了", "en-US": "Enough"},
             "when": where(("field.intent_level", "=", "high"))}  # fmt: skip
    make_path(mail("first"), leaves=[ready], on=())
    make_path(mail("only"), wait("pause"), key="other", leaves=[ready])
    lead = new_lead()
    actions.walk_due()
    change(lead, intent_level="high")
    assert work() == 0
    assert messages_of(lead) == [("only", "skipped", "left")]
    assert post.subjects() == []


def test_after_a_standstill_nothing_is_made_up_for(post, clock):
    make_path(mail("a"), wait("w1", 2), mail("b"), wait("w2", 2), mail("c"))
    lead = new_lead()
    work()
    assert after(clock, timedelta(days=30)) == 1
    assert [step for step, _, _ in messages_of(lead)] == ["a", "b"]
    assert enrolment_of(lead).next_at == clock.now + timedelta(days=2)


def test_caps_hold_over_all_paths_of_a_person(post, clock):
    make_path(mail("first"), key="one")
    make_path(mail("second"), key="two")
    lead = new_lead()
    assert work() == 1
    assert sorted(messages_of(lead)) == [("first", "sent", ""), ("second", "skipped", "capped")]
    twin = new_lead(name="王女士本人", email="WANG@clinic.example")
    assert work() == 0
    assert {reason for _, _, reason in messages_of(twin)} == {"capped"}


def test_a_closed_lead_and_a_removed_one_leave(post, clock):
    make_path(mail("first"), wait("pause"), mail("second"))
    closed, removed = new_lead(), new_lead(name="赵", email="zhao@clinic.example")
    work()
    desk.remove_record("lead", removed, actor=SYSTEM)
    assert (enrolment_of(removed).state, enrolment_of(removed).reason) == ("left", "removed")
    assert enrolment_of(closed).state == "running"


def test_a_lead_goes_once_or_again_after_so_many_days(post, clock):
    make_path(mail("first"), on=("lead.changed",), again=30)
    lead = new_lead()
    change(lead, intent_level="low")
    work()
    after(clock, timedelta(days=29))
    change(lead, intent_level="medium")
    assert enrolment_of(lead).state == "done"
    assert Entry.objects.filter(verb="nurture.started", record_id=lead).count() == 1
    after(clock, timedelta(days=2))
    change(lead, intent_level="low")
    assert Entry.objects.filter(verb="nurture.started", record_id=lead).count() == 2


def test_a_start_asks_its_condition(post, clock):
    make_path(mail("first"), when=where(("field.intent_level", "=", "low")))
    no, yes = new_lead(), new_lead(intent_level="low", email="low@clinic.example")
    assert enrolment_of(no) is None
    assert enrolment_of(yes) is not None


def test_leads_stay_on_the_version_at_which_they_began(post, clock):
    make_path(mail("first"), wait("pause"), mail("second"))
    lead = new_lead()
    work()
    make_path(mail("first"), wait("pause"), wait("longer", 9), mail("third"))
    after(clock, DAY)
    assert [step for step, _, _ in messages_of(lead)] == ["first", "second"]
    assert enrolment_of(lead).version.number == 1


def change(record_id, **values):
    desk.change_record("lead", record_id, values, expected_version=None, actor=SYSTEM)

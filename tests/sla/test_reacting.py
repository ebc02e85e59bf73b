"""Clocks follow what is recorded, in the same transaction."""

from datetime import timedelta

import pytest

from closeloop.activity.happenings import Happening
from closeloop.desk import actions as desk
from closeloop.desk.actions import MoveAsk
from closeloop.identity.actor import SYSTEM
from closeloop.sla import actions as sla
from closeloop.sla import policies
from closeloop.sla.actions import hearing
from closeloop.sla.models import Clock, ClockState
from closeloop.sla.subjects import subjects
from tests.builders.documents import make_document
from tests.builders.people import actor_of
from tests.builders.records import make_deal, make_lead, open_lock

pytestmark = pytest.mark.django_db


def clock(record_id, key, **state):
    return Clock.objects.get(record_id=record_id, policy__key=key, **state)


def test_a_new_lead_is_to_be_touched_within_two_working_hours(company):
    lead = make_lead(company.seller)
    found = clock(lead, "first_touch")
    assert (found.state, found.owner, found.target_s) == ("running", company.seller, 7200)
    assert found.calendar is not None
    assert len(found.schedule) == len(found.plan) == 3


def test_leaving_the_first_stage_touches_the_lead(company):
    lead = make_lead(company.seller)
    open_lock("lead", lead, "contacted")
    desk.move_record("lead", lead, MoveAsk(to_stage="contacted"), actor=company.actor)
    assert clock(lead, "first_touch").state == ClockState.MET
    assert clock(lead, "deep_interview").state == ClockState.RUNNING
    stages = Clock.objects.filter(record_id=lead, policy__key="lead_stage_overstay").order_by("pk")
    assert [(each.about_key, each.state) for each in stages] == [
        ("new", "met"),
        ("contacted", "running"),
    ]


def test_a_document_begins_the_seven_days_anew(company):
    deal = make_deal(company.seller)
    before = clock(deal, "no_interaction")
    make_document(deal, "quotation")
    after = clock(deal, "no_interaction")
    assert after.round == before.round + 1
    assert after.due_at == after.started_at + timedelta(days=7)
    assert after.started_at > before.started_at


def test_removing_a_record_cancels_its_clocks(company):
    deal = make_deal(company.seller)
    desk.remove_record("deal", deal, actor=actor_of(company.manager))
    assert {each.state for each in Clock.objects.filter(record_id=deal)} == {"cancelled"}


def test_clocks_go_with_their_record_to_another_owner(company):
    deal = make_deal(company.seller)
    desk.assign_record("deal", deal, owner_id=company.stranger.pk, actor=actor_of(company.ops))
    owners = set(Clock.objects.filter(record_id=deal).values_list("owner", "unit"))
    assert owners == {(company.stranger.pk, company.teams[2].pk)}


def test_a_restored_record_has_its_clocks_again(company):
    deal = make_deal(company.seller)
    before = clock(deal, "no_interaction")
    manager = actor_of(company.manager)
    desk.remove_record("deal", deal, actor=manager)
    desk.restore_record("deal", deal, actor=manager)
    after = clock(deal, "no_interaction", closed_at=None)
    assert after.state == "running"
    assert abs(after.due_at - before.due_at) < timedelta(minutes=1)


def test_a_condition_on_a_stage_that_has_gone_opens_no_clock_and_stops_nobody(company, monkeypatch):
    condition = {"rules": [{"field": "stage", "operator": "=", "value": "first_contact"}]}
    definition = {
        "key": "outlived",
        "name": {"zh-CN": "旧规则", "en-US": "Outlived"},
        "about": "deal",
        "opens": [{"verb": "deal.created", "when": {"combinator": "and", **condition}}],
        "closes": [{"verb": "deal.stage_entered"}],
        "target": {"days": 1},
        "steps": [{"key": "due", "after": {"days": 1}, "to": ["owner"]}],
    }
    sla.publish(definition, actor=SYSTEM)
    assert clock(make_deal(company.seller), "outlived").state == "running"
    monkeypatch.setattr(subjects, "stages", lambda record_type: ["another"])
    deal = make_deal(company.seller)
    assert not Clock.objects.filter(record_id=deal, policy__key="outlived").exists()
    assert sla.adopt("outlived") == 0


def test_what_is_heard_once_of_a_verb_tells_numbers_on_both_sides_of_a_bound_apart(company):
    """A stay of any length is another number; what counts is only whether it was too long."""
    deal = make_deal(company.seller)

    def heard(stayed_s):
        data = {"from": "first_contact", "to": "first_talk", "kind": "forward"}
        happening = Happening(
            verb="deal.stage_entered",
            record_id=deal,
            record_type="deal",
            data={**data, "stayed_s": stayed_s},
        )
        found = heard_now.of(happening)
        return found, "two_stages_overstayed" in {ear.live.policy.key for ear in found.opens}

    heard_now = hearing.of_book(policies.book())
    short, short_opens = heard(86400)
    assert heard(86401)[0] is short
    assert heard(14 * 86400)[1] is True
    assert short_opens is False


def test_what_is_heard_is_not_kept_without_end(company, monkeypatch):
    deal = make_deal(company.seller)
    monkeypatch.setattr(hearing.Hearing, "MOST_KNOWN", 3)
    heard_now = hearing.Hearing(policies.book())
    for number in range(10):
        heard_now.of(
            Happening(
                verb="deal.stage_entered",
                record_id=deal,
                record_type="deal",
                data={"to": f"stage_{number}", "kind": "forward"},
            )
        )
    assert len(heard_now._known) <= 3


def test_a_condition_of_one_event_lets_others_of_its_verb_travel_with_the_move(company):
    """A deal that is opened again is asked for its intent; one that moves on is not."""
    deal = make_deal(company.seller)

    def heard(kind):
        return hearing.of_book(policies.book()).without_record(
            Happening(
                verb="deal.stage_entered",
                record_id=deal,
                record_type="deal",
                data={"from": "first_contact", "to": "first_talk", "kind": kind},
            )
        )

    assert heard("reopen") is None
    assert heard("forward") is not None

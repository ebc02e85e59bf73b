"""Steps that change the lead: points that the score names, and handing it over."""

import pytest

from closeloop.activity.models import Entry
from closeloop.behaviour.models import Event
from closeloop.identity.actor import SYSTEM
from closeloop.leads.merging import actions as merging
from closeloop.leads.merging.actions import MergeAsk
from closeloop.leads.models import Lead
from closeloop.notices.models import Notice
from closeloop.nurture.models import Points
from closeloop.scoring import queries as scoring
from closeloop.scoring.presenting import score
from tests.nurture.given import (
    after,
    enrolment_of,
    mail,
    make_path,
    new_lead,
    wait,
    where,
    words,
    work,
)
from tests.routing.given import make_group
from tests.routing.given import publish as publish_rules

pytestmark = pytest.mark.django_db


def points(key="warm", amount=10):
    return {"key": key, "kind": "score", "points": amount, "reason": words("读了资料")}


def hand_over(to, **more):
    return {"key": "over", "kind": "hand_over", "to": to, **more}


def test_points_stand_in_the_score_with_their_reason(post, clock):
    make_path(points())
    lead = new_lead()
    before = Lead.objects.get(pk=lead).score
    work()
    row = Lead.objects.get(pk=lead)
    assert row.score == before + 10
    told = score(scoring.kept_score(lead), "zh-CN")["parts"]
    (given,) = [part for part in told if part["kind"] == "given"]
    assert (given["points"], given["name"]["zh-CN"]) == (10, "读了资料")
    assert enrolment_of(lead).state == "done"


def test_points_that_reach_a_grade_let_the_lead_leave_and_count_for_the_path(post, clock):
    graded = {"key": "graded", "name": words("已达标"), "when": where(("field.grade", "notNull"))}
    make_path(points(amount=90), wait("pause"), mail("first"), leaves=[graded])
    lead = new_lead()
    work()
    found = enrolment_of(lead)
    assert (found.state, found.reason) == ("left", "graded")
    assert list(found.reached.values_list("grade", flat=True)) == ["mql"]


def test_a_lead_is_handed_to_whom_the_rules_say(post, clock, company):
    make_path(hand_over("routing"))
    lead = new_lead()
    make_group("all", company.seller)
    publish_rules(otherwise=["all"])
    work()
    assert Lead.objects.get(pk=lead).owner_id == company.seller.pk
    assert (enrolment_of(lead).state, enrolment_of(lead).reason) == ("done", "handed_over")
    told = Entry.objects.get(record_id=lead, verb="nurture.handed_over").data
    assert (told["to"], told["to_owner"], told["refused"]) == ("routing", company.seller.pk, "")
    assert Notice.objects.filter(person=company.seller, event="nurture.handed_over").count() == 1


def test_nobody_to_route_to_is_said(post, clock):
    make_path(hand_over("routing"))
    lead = new_lead()
    work()
    told = Entry.objects.get(record_id=lead, verb="nurture.handed_over").data
    assert told["refused"] == "routing_nothing_decides"


def test_a_lead_is_handed_to_a_role(post, clock, company):
    make_path(hand_over("role", role="manager", note=words("请致电")))
    lead = new_lead()
    work()
    assert Lead.objects.get(pk=lead).owner_id == company.manager.pk


def test_merged_leads_go_on_once_and_come_apart_again(post, clock):
    make_path(points(), wait("pause", 2), mail("first"))
    winner, loser = new_lead(), new_lead(name="王 女士", email="w2@clinic.example")
    work()
    before = Lead.objects.get(pk=winner).score
    merge = merging.merge(MergeAsk(winner, (loser,)), actor=SYSTEM)
    assert (enrolment_of(loser).state, enrolment_of(loser).reason) == ("left", "merged")
    assert enrolment_of(winner).state == "running"
    assert Points.objects.filter(record_id=winner).count() == 2
    assert Lead.objects.get(pk=winner).score >= before
    merging.unmerge(merge.pk, actor=SYSTEM)
    assert Points.objects.filter(record_id=winner).count() == 1


def test_the_lead_that_stays_goes_on_with_the_path_of_the_other(post, clock):
    winner = new_lead(email=None, phone="13812345678")
    make_path(wait("pause", 2), mail("second"), key="other")
    loser = new_lead(name="王 女士", email="w2@clinic.example")
    work()
    merge = merging.merge(MergeAsk(winner, (loser,)), actor=SYSTEM)
    moved = enrolment_of(winner)
    assert (moved.state, moved.path.key) == ("running", "other")
    merging.unmerge(merge.pk, actor=SYSTEM)
    assert enrolment_of(loser).pk == moved.pk
    assert after(clock, moved.next_at - clock.now) == 1
    assert Event.objects.filter(kind="mail_open").count() == 0

"""What comes from outside is kept as long as the company says, and not longer."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from closeloop.behaviour import actions, jobs, retention
from closeloop.behaviour.actions import Forgotten
from closeloop.behaviour.intake import Given
from closeloop.behaviour.models import Event, Session, Visitor
from closeloop.capture import actions as capture
from closeloop.capture.models import Submission
from closeloop.identity.actor import SYSTEM
from tests.builders.activity import entries
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.records import make_lead
from tests.capture.senders import Program, make_channel

pytestmark = pytest.mark.django_db


def visit(token, days, session="s" * 8):
    actions.collect([Given("page_view", from_now(days=-days), "{}", token, session)])


def older(days):
    """Let the visitors and visits of the test be as old as their events."""
    Visitor.objects.update(first_seen_at=from_now(days=-days))


def test_strangers_are_forgotten_and_known_people_are_not(company):
    lead = make_lead(company.seller)
    visit("stranger_1", 400)
    visit("known_one", 400)
    visit("back_again", 400)
    older(400)
    actions.identify("known_one", lead, why="form", actor=SYSTEM)
    visit("back_again", 1, session="later_visit")

    done = actions.forget_strangers(from_now(days=-395))

    assert done == Forgotten(visitors=1, events=2)
    assert set(Visitor.objects.values_list("token", flat=True)) == {"known_one", "back_again"}
    assert Event.objects.filter(visitor__token="back_again").count() == 1
    assert Session.objects.filter(visitor__token="back_again").get().token == "later_visit"
    assert entries("behaviour.forgotten")[-1]["events"] == 2
    assert actions.forget_strangers(from_now(days=-395)) == Forgotten()


def test_trails_of_known_people_go_only_where_the_company_says_so(company):
    lead = make_lead(company.seller)
    visit("known_one", 800)
    older(800)
    actions.identify("known_one", lead, why="form", actor=SYSTEM)

    assert jobs.forget_at(from_now()).events == 0
    actions.set_retention(retention.Periods(known_months=24), actor=SYSTEM)
    assert jobs.forget_at(from_now()).events == 1
    assert Visitor.objects.get().record_id == lead


def test_events_still_cannot_be_deleted_otherwise(company):
    visit("stranger_1", 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.all().delete()


def test_months_are_counted_by_the_calendar():
    end = datetime(2026, 3, 31, 2, tzinfo=UTC)
    assert retention.months_before(end, 13) == datetime(2025, 2, 28, 2, tzinfo=UTC)
    assert retention.months_before(end, 3) == datetime(2025, 12, 31, 2, tzinfo=UTC)


def test_who_keeps_channels_says_how_long(company):
    ops = client_as(company.ops)
    assert ops.get("/behaviour/retention").json() == {
        "strangers_months": 13, "known_months": None, "bodies_months": 6,
    }  # fmt: skip
    wanted = {"strangers_months": 6, "known_months": 36, "bodies_months": 2}
    assert ops.put("/behaviour/retention", wanted).json() == wanted
    assert entries("behaviour.retention_changed")[-1]["after"] == wanted
    assert ops.put("/behaviour/retention", {**wanted, "bodies_months": 0}).status_code == 422
    assert client_as(company.seller).put("/behaviour/retention", wanted).status_code == 403


def test_bodies_expire_and_what_still_waited_is_emptied(company):
    program = Program(*make_channel())
    taken = program.send({"name": "林晓", "phone": "13812345678"}).json()[0]
    waiting = program.send({"name": "王明", "phone": "没有"}).json()[0]
    fresh = program.send({"name": "李雷", "phone": "也没有"}).json()[0]
    old = [taken["submission_id"], waiting["submission_id"]]
    Submission.objects.filter(pk__in=old).update(at=from_now(days=-200))

    assert capture.expire(from_now(days=-180)) == 2

    kept = Submission.objects.get(pk=taken["submission_id"])
    assert (kept.state, bytes(kept.raw), kept.values["name"]) == ("taken", b"", "林晓")
    gone = Submission.objects.get(pk=waiting["submission_id"])
    assert (gone.state, gone.values, bytes(gone.raw)) == ("discarded", {}, b"")
    assert gone.reasons == [{"field": "", "code": "expired"}]
    assert Submission.objects.get(pk=fresh["submission_id"]).state == "quarantined"
    assert entries("submission.expired")[-1]["waiting"] == 1
    assert capture.expire(from_now(days=-180)) == 0

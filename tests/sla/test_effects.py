"""Firings take effect together with few statements; where one cannot, it stops nobody else."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import revisions
from closeloop.identity.actor import SYSTEM
from closeloop.notices.models import Notice
from closeloop.sla import actions as sla
from closeloop.sla.models import Clock, Firing
from closeloop.sla.subjects import subjects
from closeloop.tasks.models import Task
from tests.builders.activity import entries
from tests.builders.moments import from_now
from tests.builders.people import make_user
from tests.builders.records import advance, make_deal
from tests.demo.told_clock import ToldClock
from tests.races.together import together

NAME = {"zh-CN": "批次", "en-US": "Batch"}
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def policy(**more):
    step = {"key": "due", "after": {"hours": 1}, "to": ["superior"], "channels": ["in_app"]}
    return {
        "key": "batch",
        "name": NAME,
        "about": "task",
        "owner": "data:person_id",
        "opens": [{"verb": "chaos.began"}],
        "closes": [{"verb": "chaos.ended"}],
        "target": {"hours": 1},
        "steps": [{**step, **more}],
    }


@pytest.fixture
def published(company):
    """The policy of these tests, and a company of which everybody has a superior."""
    with transaction.atomic():
        sla.publish(policy(), actor=SYSTEM)
    revisions.refresh()
    return company


@pytest.fixture
def time(db, monkeypatch):
    """A clock that is told; it begins at this moment."""
    now = from_now()
    told = ToldClock(monkeypatch)
    told.tell(now)
    return told


def begin(person, *task_ids, ago=HOUR):
    """Clocks that have just fallen due."""
    given = [{"task_id": task_id, "person_id": person.pk} for task_id in task_ids]
    at = from_now() - ago
    with transaction.atomic():
        activity.record_all(
            [Happening(verb="chaos.began", data=data, at=at) for data in given], actor=SYSTEM
        )


def states():
    return Counter(Firing.objects.values_list("state", flat=True))


@pytest.mark.django_db
def test_statements_do_not_grow_with_the_firings(published):
    counts = []
    for ids in (range(1, 4), range(10, 13), range(20, 80)):
        begin(published.seller, *ids)
        sla.fire_due()
        with CaptureQueriesContext(connection) as asked:
            assert sla.carry_out_pending() == len(ids)
        counts.append(len(asked))
    assert counts[1] == counts[2]
    assert states() == {"done": 66}
    assert Notice.objects.filter(person=published.manager).count() == 66
    told = {each["clock_id"] for each in entries("clock.step_fired")}
    assert told == set(Clock.objects.values_list("pk", flat=True))


@pytest.mark.django_db
def test_more_than_one_transaction_holds_take_effect_in_several(published, monkeypatch):
    monkeypatch.setattr("closeloop.sla.actions.effects.TOGETHER", 10)
    begin(published.seller, *range(1, 26))
    swept = sla.sweep()
    assert (swept.fired, swept.effects) == (25, 25)
    assert states() == {"done": 25}


@pytest.fixture
def broken(monkeypatch):
    """Nobody can say what task 7 is called."""
    kind = subjects.kinds["task"]
    titles = kind.titles

    def fail(contexts):
        if any(each["task_id"] == 7 for each in contexts):
            raise RuntimeError("no title")
        return titles(contexts)

    monkeypatch.setattr(kind, "titles", fail)


@pytest.mark.django_db
@pytest.mark.usefixtures("broken")
def test_one_that_fails_stops_nobody_else_and_is_tried_again(published, monkeypatch):
    begin(published.seller, *range(1, 21))
    swept = sla.sweep()
    assert (swept.fired, swept.effects) == (20, 19)
    assert states() == {"done": 19, "pending": 1}
    failed = Firing.objects.get(state="pending")
    assert (failed.clock.about_id, failed.attempts) == (7, 1)
    assert failed.reason == "RuntimeError: no title"
    assert failed.retry_at > from_now()
    assert Notice.objects.filter(event="clock.escalated").count() == 19
    monkeypatch.undo()
    Firing.objects.update(retry_at=None)
    assert sla.carry_out_pending() == 1
    assert states() == {"done": 20}
    assert Notice.objects.filter(event="clock.escalated").count() == 20


@pytest.mark.django_db
@pytest.mark.usefixtures("broken")
def test_the_later_step_of_a_clock_waits_for_the_earlier_that_failed(company, monkeypatch):
    second = {**policy()["steps"][0], "key": "later", "after": {"hours": 2}}
    sla.publish({**policy(), "steps": [*policy()["steps"], second]}, actor=SYSTEM)
    revisions.refresh()
    begin(company.seller, 7, 8, ago=3 * HOUR)
    sla.sweep()
    assert states() == {"done": 2, "pending": 2}
    assert {each.clock.about_id for each in Firing.objects.filter(state="pending")} == {7}
    monkeypatch.undo()
    Firing.objects.update(retry_at=None)
    sla.sweep()
    assert [each["step"] for each in entries("clock.step_fired")] == ["due", "later"] * 2


@pytest.mark.django_db
def test_conditions_are_asked_of_each_record(time, company):
    rule = {"field": "stage", "operator": "=", "value": "first_talk"}
    condition = {"combinator": "and", "rules": [rule]}
    step = {**policy()["steps"][0], "when": condition}
    silence = {
        **policy(), "key": "deals", "about": "deal", "owner": "owner",
        "opens": [{"verb": "deal.created"}], "closes": [{"verb": "deal.removed"}], "steps": [step],
    }  # fmt: skip
    sla.publish(silence, actor=SYSTEM)
    revisions.refresh()
    deals = [make_deal(company.seller) for _ in range(3)]
    for deal in (deals[0], deals[2]):
        advance("deal", deal, "first_talk")
    time.tell(time.now + HOUR)
    sla.sweep()
    mine = Firing.objects.filter(clock__policy__key="deals")
    found = {each.clock.record_id: (each.state, each.reason) for each in mine}
    assert [found[deal] for deal in deals] == [("done", ""), ("skipped", "condition"), ("done", "")]


@pytest.mark.django_db
def test_tasks_given_together_name_each_their_own_record(time, company):
    deals = {make_deal(company.seller) for _ in range(3)}
    time.tell(time.now + 7 * DAY)
    sla.sweep()
    tasks = {task.pk: task.record_id for task in Task.objects.filter(kind="intervention")}
    assert set(tasks.values()) == deals
    fired = [each for each in entries("clock.step_fired") if "task_id" in each]
    clocks = dict(Clock.objects.values_list("pk", "record_id"))
    assert {each["task_id"]: clocks[each["clock_id"]] for each in fired} == tasks


@pytest.mark.django_db(transaction=True)
def test_two_sweepers_at_once_let_each_step_take_effect_once(company):
    with transaction.atomic():
        sla.publish(policy(), actor=SYSTEM)
    make_user("旁人", unit=company.teams[0])
    with together(2) as threads:
        for number in range(5):
            begin(company.seller, *range(number * 100 + 1, number * 100 + 101))
            swept = threads.do(_sweep, _sweep)
            rest = sla.sweep()
            assert sum(each.fired for each in swept) + rest.fired == 100
            assert sum(each.effects for each in swept) + rest.effects == 100
    assert states() == {"done": 500}
    assert Notice.objects.filter(event="clock.escalated").count() == 500
    assert len(entries("clock.step_fired")) == 500


def _sweep():
    revisions.remember(None)
    return sla.sweep()

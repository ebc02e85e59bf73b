"""A type of event that jumps in a region gives its manager one review (F08)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeloop.engine.surges import Counted, Jump, surging
from closeloop.identity.actor import SYSTEM
from closeloop.org import actions as org
from closeloop.saleslog import actions, clock
from closeloop.saleslog.models import LogEvent, Surge
from closeloop.tasks.models import Task
from tests.builders.activity import entries
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.people import make_user
from tests.builders.records import make_customer
from tests.saleslog.given import reported

JUMP = Jump()


@pytest.mark.parametrize(
    ("count", "before", "is_met"),
    [(2, 1, False), (5, 0, True), (7, 5, True), (6, 5, False), (14, 10, True), (13, 10, False)],
)
def test_a_jump_is_forty_percent_and_enough_of_them(count, before, is_met):
    assert JUMP.is_met(count, before) is is_met


def test_one_jump_makes_one_review_at_the_lowest_manager():
    units = [Counted(1, None, 0, 0), Counted(2, 1, 3, 2), Counted(3, 2, 8, 4), Counted(4, 2, 3, 2)]
    assert surging(units, JUMP) == {3: (8, 4), 2: (6, 4)}


def test_small_jumps_show_where_they_come_together():
    units = [Counted(1, None, 0, 0), Counted(2, 1, 4, 2), Counted(3, 1, 4, 2)]
    assert surging(units, JUMP) == {1: (8, 4)}


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=8))
def test_no_event_stands_behind_two_reviews(numbers):
    units = [
        Counted(place, place - 1 if place else None, count, before)
        for place, (count, before) in enumerate(numbers)
    ]
    found = surging(units, JUMP)
    assert sum(count for count, _ in found.values()) <= sum(count for count, _ in numbers)
    assert all(JUMP.is_met(*both) for both in found.values())


def told(author, week, times, *, customer):
    """Events of a week, put there by their day."""
    for place in range(times):
        event = reported(author, "competitor_price", reason="bundle", customer_id=customer)
        day = week + timedelta(days=place % 5)
        LogEvent.objects.filter(pk=event.pk).update(day=day)


@pytest.mark.django_db
def test_a_surge_is_reviewed_once(company):
    head = make_user("杨经理", role="manager", unit=company.teams[0])
    org.change_unit(company.teams[0].pk, wanted={"head_id": head.pk}, actor=SYSTEM)
    org.change_unit(company.regions[0].pk, wanted={"head_id": company.manager.pk}, actor=SYSTEM)
    customer = make_customer(company.seller)
    week = clock.monday(clock.today(from_now())) - timedelta(days=7)
    told(company.seller, week - timedelta(days=7), 5, customer=customer)
    told(company.seller, week, 7, customer=customer)
    (surge,) = actions.review_surges(week)
    assert (surge.unit_id, surge.count, surge.before) == (company.teams[0].pk, 7, 5)
    assert surge.events.count() == 7
    task = Task.objects.get(kind="surge_review")
    assert (task.owner_id, task.origin["link"]) == (head.pk, f"/saleslog/surges/{surge.pk}")
    assert "竞品低价" in task.title["zh-CN"]
    assert entries("saleslog.surged")[-1]["task_id"] == task.pk
    assert actions.review_surges(week) == []
    assert (Surge.objects.count(), Task.objects.count()) == (1, 1)
    shown = client_as(head).get(f"/saleslog/surges/{surge.pk}").json()
    assert (shown["percent"], len(shown["events"])) == (40, 7)
    assert [each["id"] for each in client_as(company.manager).get("/saleslog/surges").json()] == [
        surge.pk
    ]
    assert client_as(company.stranger).get(f"/saleslog/surges/{surge.pk}").status_code == 404

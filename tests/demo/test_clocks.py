"""The clocks of a history that was copied in are those that would have run along with it."""

import pytest
from django.db import connection, transaction

from closeloop.demo import actions, workdays
from closeloop.demo.ledger import writing
from closeloop.sla import actions as sla
from closeloop.sla.models import Clock
from tests.demo import rows
from tests.demo.acting import Acting
from tests.demo.conftest import SIZE, TODAY
from tests.demo.test_books import live_with

pytestmark = pytest.mark.django_db
_CLOCKS = """
    SELECT p.key, c.record_id, c.about_key, c.started_at, c.opened_by_verb, c.opened_by_id,
        c.owner_id, c.unit_id, round(c.target_s) AS target_s, c.state, c.due_at, c.closed_at,
        c.closed_by_verb, c.closed_by_id, c.round, c.pauses, c.paused_reason, c.paused_since,
        round(c.elapsed_natural_s) AS natural_s, round(c.elapsed_working_s) AS working_s
    FROM sla_clock c JOIN sla_policy p ON p.id = c.policy_id
    WHERE c.about_kind = 'record'
    ORDER BY p.key, c.record_id, c.started_at, c.about_key, c.closed_at
"""


def test_adopted_clocks_are_those_that_ran_along(clock, organisation):
    numbers = rows.numbers()
    with undone():
        rows.set_numbers(numbers)
        books = actions.live(organisation, size=SIZE, today=TODAY, seed=1)
        writing.write(books)
        sla.adopt(with_past=True, until=workdays.at(TODAY, 0, actions.zone()))
        adopted = clocks()
    rows.set_numbers(numbers)
    acting = Acting(clock)
    live_with(organisation, acting, acting.open_requests)
    ran = clocks()
    assert len(ran) > 100
    assert {each["state"] for each in ran} >= {"running", "met", "breached"}
    only_adopted = [each for each in adopted if each not in ran]
    only_ran = [each for each in ran if each not in adopted]
    assert (only_adopted[:3], only_ran[:3]) == ([], [])


def test_adopting_twice_changes_nothing(clock, organisation):
    books = actions.live(organisation, size=SIZE, today=TODAY, seed=1)
    writing.write(books)
    until = workdays.at(TODAY, 0, actions.zone())
    first = sla.adopt(until=until)
    assert first == Clock.objects.count() > 0
    assert sla.adopt(until=until) == 0


def clocks():
    with connection.cursor() as cursor:
        cursor.execute(_CLOCKS)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def undone():
    """Everything inside is rolled back."""
    block = transaction.atomic()

    class Undone:
        def __enter__(self):
            block.__enter__()

        def __exit__(self, *error):
            transaction.set_rollback(True)
            block.__exit__(*error)

    return Undone()

import json
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from closeloop.engine.metrics import fold
from closeloop.metrics import actions
from closeloop.metrics.models import Build, CompanyDay, PersonDay, UnitDay
from tests.metrics.histories import MEASURES, histories, moment

pytestmark = pytest.mark.django_db
ZONE = "Asia/Shanghai"
INSERT = """
    INSERT INTO activity_entry (xid, at, verb, actor_id, actor_kind, unit_id, data, corrects_id)
    VALUES (%s, %s, %s, %s, 'person', %s, %s, %s) RETURNING id
"""
FIRST = 1000


def put(history, *, order):
    """Write the history as transactions that were begun in `order`; gives the entries as read."""
    held = []
    with connection.cursor() as cursor:
        for number, (verb, minutes, actor, unit, data, corrects) in enumerate(history):
            original = held[corrects % len(held)].id if corrects is not None and held else None
            at = moment(minutes)
            values = [FIRST + order[number], at, verb, actor, unit, json.dumps(data), original]
            cursor.execute(INSERT, values)
            held.append(
                SimpleNamespace(
                    id=cursor.fetchone()[0], at=at, verb=verb, actor_id=actor, unit_id=unit,
                    data=json.loads(json.dumps(data)), corrects_id=original,
                )
            )  # fmt: skip
    return held


def counts(build):
    """What stands in the finest grain, as `fold` gives it; nothing that adds up to nothing."""
    names = {each.pk: each.key for each in build.measures.all()}
    rows = PersonDay.objects.filter(measure_id__in=names)
    return {
        (names[row.measure_id], row.day, row.person_id, row.unit_id, row.kind): (row.n, row.value)
        for row in rows
        if row.n or row.value
    }


def summed(build, grain):
    """Counts by measure, day and kind, whatever the grain."""
    totals = {}
    for row in grain.objects.filter(measure_id__in=build.measures.values("pk")):
        n, value = totals.get((row.measure_id, row.day, row.kind), (0, 0))
        totals[row.measure_id, row.day, row.kind] = (n + row.n, value + row.value)
    return {key: total for key, total in totals.items() if any(total)}


def begun(xid):
    build = Build.objects.create(zone=ZONE, xid=xid, entry_id=0)
    actions.define(build, MEASURES)
    return build


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    history=histories(),
    order=st.permutations(range(25)),
    at_most=st.integers(1, 7),
    later=st.integers(0, 25),
)
def test_kept_up_in_any_order_or_counted_from_scratch_is_the_same(
    db, history, order, at_most, later
):
    with transaction.atomic():
        kept = begun(0)
        entries = put(history, order=order)
        while actions.catch_up(kept.pk, at_most=at_most):
            pass
        scratch = begun(FIRST + later - 1)
        Build.objects.filter(pk=scratch.pk).update(entry_id=2**62)
        scratch.refresh_from_db()
        actions.fill(scratch)
        while actions.catch_up(scratch.pk, at_most=at_most):
            pass

        wanted = fold(MEASURES, entries, zone=ZoneInfo(ZONE))
        assert counts(kept) == wanted
        assert counts(scratch) == wanted
        for build in (kept, scratch):
            assert summed(build, CompanyDay) == summed(build, UnitDay) == summed(build, PersonDay)
        transaction.set_rollback(True)

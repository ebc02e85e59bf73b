"""The closure of units agrees with their parents, whatever is added, moved and removed."""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from closeloop.identity.actor import SYSTEM
from closeloop.org import actions, queries
from closeloop.org.errors import UnitBelowItself
from closeloop.org.models import UnitClosure
from tests.builders.people import make_unit

pytestmark = pytest.mark.django_db
steps = st.lists(
    st.tuples(st.sampled_from(["add", "move", "delete"]), st.integers(0, 9), st.integers(-1, 9)),
    max_size=14,
)


def stored():
    return set(UnitClosure.objects.values_list("ancestor_id", "descendant_id", "depth"))


def computed():
    with connection.cursor() as cursor:
        cursor.execute(queries.CLOSURE_SQL)
        return set(cursor.fetchall())


def take(step, units):
    """Do one step on the living units; those that the tree refuses change nothing."""
    kind, which, other = step
    unit = units[which % len(units)]
    target = None if other < 0 else units[other % len(units)]
    {"add": add, "move": move, "delete": delete}[kind](units, unit, target)


def add(units, _unit, target):
    units.append(make_unit(parent=target))


def move(_units, unit, target):
    circular = target is not None and target.pk in queries.subtree_ids(unit.pk)
    expected = pytest.raises(UnitBelowItself) if circular else transaction.atomic()
    with expected, transaction.atomic():
        actions.move_unit(unit.pk, parent_id=target and target.pk, actor=SYSTEM)


def delete(units, unit, _target):
    is_leaf = len(queries.subtree_ids(unit.pk)) == 1 and len(units) > 1
    for gone in [unit] * is_leaf:
        actions.delete_unit(gone.pk, actor=SYSTEM)
        units.remove(gone)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(taken=steps)
def test_the_closure_is_what_the_parents_say(taken):
    with transaction.atomic():
        units = [make_unit() for _ in range(3)]
        for step in taken:
            take(step, units)
            assert stored() == computed()
        transaction.set_rollback(True)


def test_a_rebuilt_closure_is_the_same():
    top = make_unit()
    make_unit(parent=make_unit(parent=top))
    before = stored()
    UnitClosure.objects.all().delete()
    actions.rebuild_closure()
    assert stored() == before == computed()
    assert len(before) == 6

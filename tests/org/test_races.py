"""Two changes of the organisation at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from closeloop.edge import work
from closeloop.engine.refusals import Refusal
from closeloop.identity.actor import SYSTEM
from closeloop.org import actions, queries
from closeloop.org.models import Unit, UnitClosure
from tests.builders.people import actor_of, make_unit, make_user

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 10


@transaction.atomic
def close(user):
    actions.change_user(user.pk, wanted={"is_active": False}, actor=SYSTEM)


def together(*works):
    """Do all at the same moment, each on a connection of its own; gives what each was told."""
    barrier = Barrier(len(works))

    def run(job):
        barrier.wait()
        try:
            work.perform(job)
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(works)) as pool:
        return sorted(pool.map(run, works))


def test_two_units_cannot_be_moved_below_each_other():
    for _ in range(ROUNDS):
        one, other = make_unit(), make_unit()
        told = together(
            lambda one=one, other=other: actions.move_unit(
                one.pk, parent_id=other.pk, actor=SYSTEM
            ),
            lambda one=one, other=other: actions.move_unit(
                other.pk, parent_id=one.pk, actor=SYSTEM
            ),
        )
        assert told == ["done", "unit_below_itself"]
        assert Unit.objects.filter(pk__in=[one.pk, other.pk], parent=None).count() == 1
    with connection.cursor() as cursor:
        cursor.execute(queries.CLOSURE_SQL)
        expected = set(cursor.fetchall())
    assert set(UnitClosure.objects.values_list("ancestor_id", "descendant_id", "depth")) == expected


def test_of_two_edits_of_one_version_one_wins():
    unit = make_unit("华东")
    told = together(
        lambda: actions.change_unit(unit.pk, wanted={"name": "东一"}, version=1, actor=SYSTEM),
        lambda: actions.change_unit(unit.pk, wanted={"name": "东二"}, version=1, actor=SYSTEM),
    )
    assert told == ["done", "edit_conflict"]
    assert Unit.objects.get(pk=unit.pk).version == 2


def test_two_administrators_cannot_close_each_other():
    for _ in range(ROUNDS):
        one, other = make_user(role="administrator"), make_user(role="administrator")
        told = together(
            lambda one=one, other=other: actions.change_user(
                other.pk, wanted={"is_active": False}, actor=actor_of(one)
            ),
            lambda one=one, other=other: actions.change_user(
                one.pk, wanted={"is_active": False}, actor=actor_of(other)
            ),
        )
        assert told == ["done", "last_administrator"]
        for user in (one, other):
            close(user)


def test_a_person_is_not_put_into_a_unit_that_is_being_removed():
    role = make_user(role="manager").positions.get().role
    for _ in range(ROUNDS):
        unit, user = make_unit(), make_user()
        told = together(
            lambda unit=unit: actions.delete_unit(unit.pk, actor=SYSTEM),
            lambda unit=unit, user=user: actions.change_user(
                user.pk,
                wanted={},
                positions=[actions.PositionGiven(unit.pk, role.pk)],
                actor=SYSTEM,
            ),
        )
        assert told in (["done", "positions_invalid"], ["done", "unit_in_use"])

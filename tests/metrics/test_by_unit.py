"""By which units a figure is broken down for whom, and that a row opens what it counts."""

import pytest

from closeloop.metrics import actions
from closeloop.metrics.periods import Period
from closeloop.metrics.queries import Asked, Behind, figures, things
from tests.builders.moments import from_now
from tests.builders.people import actor_of, make_user
from tests.builders.records import make_customer
from tests.metrics.committed import settle

pytestmark = pytest.mark.django_db
METRIC = "new_customers"


def period():
    return Period(from_now(days=-1).date(), from_now(days=1).date())


def rows_of(person, **asked):
    actor = actor_of(person)
    found = figures(Asked(METRIC, period(), by=("unit",), **asked), actor=actor).rows
    for row in found:
        behind = Behind(METRIC, period(), region=row.keys[0], **asked)
        opened, _ = things(behind, cursor=None, limit=50, actor=actor)
        assert len(opened) == row.figure.value, row.keys
    return {row.keys[0]: int(row.figure.value) for row in found}


@pytest.fixture
def sold(company):
    """Two customers of the first team, one of the second, one of the region itself, one beyond."""
    second = make_user("孙二", role="salesperson", unit=company.teams[1])
    for number, who in enumerate(
        (company.seller, company.colleague, second, company.manager, company.stranger)
    ):
        make_customer(who, f"客户{number}")
    settle(1)
    actions.rebuild()
    return company


def test_everybody_sees_the_units_below_the_top_of_their_own_reach(sold):
    east, west = (each.pk for each in sold.regions)
    first, second = (each.pk for each in sold.teams[:2])
    assert rows_of(sold.director) == {east: 4, west: 1}
    assert rows_of(sold.manager) == {first: 2, second: 1, east: 1}
    assert rows_of(sold.seller) == {first: 2}


def test_a_unit_that_is_asked_for_is_broken_down_by_those_below_it(sold):
    east, first, second = sold.regions[0].pk, sold.teams[0].pk, sold.teams[1].pk
    assert rows_of(sold.director, unit=east) == {first: 2, second: 1, east: 1}
    assert rows_of(sold.manager, unit=first) == {first: 2}
    assert rows_of(sold.manager, unit=sold.regions[1].pk) == {}

"""What fell due in a period and was done in time, with the clocks behind it."""

from datetime import timedelta

import pytest

from closeloop.sla.models import Clock
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.records import make_lead

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def leads(company):
    """Five first touches: met, late, overdue and open, not yet due, cancelled."""
    found = [make_lead(company.seller, name=f"客户{number}") for number in range(5)]
    due, later = from_now(days=-2), from_now(days=2)
    changes = (
        {"due_at": due, "state": "met", "closed_at": due - HOUR},
        {"due_at": due, "state": "breached", "closed_at": due + HOUR, "breached_at": due},
        {"due_at": due, "state": "running"},
        {"due_at": later, "state": "running"},
        {"due_at": due, "state": "cancelled", "closed_at": due - HOUR},
    )
    for lead, changed in zip(found, changes, strict=True):
        touches = Clock.objects.filter(record_id=lead, policy__key="first_touch")
        touches.update(next_at=None, **changed)
    return found


def punctuality(person, **period):
    rows = client_as(person).get("/clocks/punctuality", **period).json()
    return {row["key"]: (row["due"], row["met"], row["missed"]) for row in rows}


def behind(person, outcome, **more):
    asked = {"policy": "first_touch", "outcome": outcome, **more}
    found = client_as(person).get("/clocks/punctuality/clocks", **asked).json()["items"]
    return {each["record"]["id"] for each in found}


def test_what_is_overdue_and_open_is_missed_what_is_not_due_counts_nowhere(company, leads):
    assert punctuality(company.manager)["first_touch"] == (3, 1, 2)
    day = from_now(days=-10).date().isoformat()
    assert punctuality(company.manager, **{"from": day, "to": day}) == {}


def test_every_figure_opens_down_to_its_clocks(company, leads):
    assert behind(company.manager, "met") == {leads[0]}
    assert behind(company.manager, "missed") == {leads[1], leads[2]}
    assert behind(company.manager, "due") == set(leads[:3])


def test_only_what_is_in_reach_counts(company, leads):
    assert punctuality(company.stranger) == {}
    assert behind(company.stranger, "due") == set()


def test_a_unit_narrows_to_itself_and_what_is_below(company, leads):
    team, other = company.teams[0], company.teams[2]
    for under in (team.pk, team.parent_id):
        assert punctuality(company.ops, under=under)["first_touch"] == (3, 1, 2)
        assert behind(company.ops, "met", under=under) == {leads[0]}
    assert punctuality(company.ops, under=other.pk) == {}
    assert behind(company.ops, "due", under=other.pk) == set()


def boxed(person, **asked):
    found = client_as(person).get("/clocks", box="team", **asked).json()["items"]
    return {each["record"]["id"] for each in found}


def test_a_box_is_narrowed_to_a_unit_and_never_beyond_reach(company, leads):
    team, other = company.teams[0], company.teams[2]
    open_leads = set(leads[2:4])
    assert boxed(company.ops, policy="first_touch", under=team.pk) == open_leads
    assert boxed(company.ops, policy="first_touch", under=team.parent_id) == open_leads
    assert boxed(company.ops, under=other.pk) == set()
    assert boxed(company.stranger, under=team.pk) == set()
